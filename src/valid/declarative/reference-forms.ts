import { mayName } from './context.ts';
import { expand, immediate, indexOf, plain, secondOf, type Scheme } from './form.ts';
import { okType, sub, type Judgement } from './judgement.ts';
import {
  abstract,
  index,
  isRef,
  ref,
  refNull,
  unpack,
  type FieldTerm,
  type StorageTerm,
  type ValTerm,
} from './terms.ts';
import { isDefaultable } from './type-rules.ts';

/**
 * Rules of reference and aggregate instructions [core 3.0, Validation / Reference, Aggregate, External Reference Instructions;
 * shared-everything overview, Instructions]. `s` is the free share of instructions that take references of either.
 *
 * Metavariables: C context, t value type, rt reference type, ht heap type, zt storage type, ft field, x y indices, s share.
 */

/** @rule Instr_ok/ref.null */
const refNullOf = plain((C, instr) => {
  const { heap } = immediate(instr, 'heap-type');
  return { params: [], results: [refNull(heap)], premises: [okType('Heaptype_ok', C.M, heap, C.values)] };
});

/** @rule Instr_ok/ref.func */
const refFunc = plain((C, instr) => {
  const x = indexOf(instr);
  const dt = C.M.funcs[x];
  if (dt === undefined || !C.M.refs.has(x)) return null;
  const share = dt.rec.subs[dt.i]?.share ?? 'unshared';
  return mayName(C, share) ? { params: [], results: [ref(dt)] } : null;
});

/** @rule Instr_ok/ref.i31 */
const refI31 = plain((_, instr) => ({
  params: ['i32'],
  results: [ref(abstract(instr.op === 'ref.i31_shared' ? 'shared' : 'unshared', 'i31'))],
}));

/** @rule Instr_ok/ref.is_null */
const refIsNull: Scheme = {
  variables: ['ht'],
  form: (C, _, { ht }) =>
    ht === undefined
      ? null
      : { params: [refNull(ht)], results: ['i32'], premises: [okType('Heaptype_ok', C.M, ht, C.values)] },
};

/** @rule Instr_ok/ref.as_non_null */
const refAsNonNull: Scheme = {
  variables: ['ht'],
  form: (C, _, { ht }) =>
    ht === undefined
      ? null
      : { params: [refNull(ht)], results: [ref(ht)], premises: [okType('Heaptype_ok', C.M, ht, C.values)] },
};

/** @rule Instr_ok/ref.eq */
const refEq: Scheme = {
  variables: ['s'],
  form: (_, __, { s }) => {
    if (s === undefined) return null;
    const eq = refNull(abstract(s, 'eq'));
    return { params: [eq, eq], results: ['i32'] };
  },
};

/** ref.test, ref.cast: from a supertype of the one that is asked for. */
function cast(results: 'i32' | 'type'): Scheme {
  return {
    variables: ['rt'],
    form: (C, instr, { rt: above }) => {
      if (above === undefined) return null;
      const { type: rt } = immediate(instr, 'ref-type');
      return {
        params: [above],
        results: [results === 'i32' ? 'i32' : rt],
        premises: [
          okType('Reftype_ok', C.M, rt, C.values),
          okType('Reftype_ok', C.M, above, C.values),
          sub('Reftype_sub', C.M, rt, above),
        ],
      };
    },
  };
}

/** @rule Instr_ok/i31.get */
const i31Get: Scheme = {
  variables: ['s'],
  form: (_, __, { s }) => (s === undefined ? null : { params: [refNull(abstract(s, 'i31'))], results: ['i32'] }),
};

function convert(from: 'any' | 'extern', to: 'any' | 'extern'): Scheme {
  return {
    variables: ['nullable', 's'],
    form: (_, __, { nullable, s }) => {
      if (nullable === undefined || s === undefined) return null;
      const of = (name: 'any' | 'extern'): ValTerm => ({ kind: 'ref', nullable, heap: abstract(s, name) });
      return { params: [of(from)], results: [of(to)] };
    },
  };
}

/** @rule Instr_ok/struct.new */
const structNew = plain((C, instr) => {
  const x = indexOf(instr);
  const st = expand(C, x, 'struct');
  return st === null ? null : { params: st.fields.map((ft) => unpack(ft.storage)), results: [ref(index(x))] };
});

/** @rule Instr_ok/struct.new_default */
const structNewDefault = plain((C, instr) => {
  const x = indexOf(instr);
  const st = expand(C, x, 'struct');
  if (st === null || !st.fields.every((ft) => isDefaultable(unpack(ft.storage)))) return null;
  return { params: [], results: [ref(index(x))] };
});

function isPacked(zt: StorageTerm): boolean {
  return zt !== unpack(zt);
}

/** sx? is there exactly for packed fields. */
function extensionFits(op: string, { storage }: FieldTerm): boolean {
  return /_[su]$/.test(op) === isPacked(storage);
}

/** @rule Instr_ok/struct.get */
const structGet = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'struct')?.fields[secondOf(instr)];
  if (ft === undefined || !extensionFits(instr.op, ft)) return null;
  return { params: [refNull(index(x))], results: [unpack(ft.storage)] };
});

/** @rule Instr_ok/struct.set */
const structSet = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'struct')?.fields[secondOf(instr)];
  return ft?.mutable === true ? { params: [refNull(index(x)), unpack(ft.storage)], results: [] } : null;
});

/** @rule Instr_ok/array.new */
const arrayNew = plain((C, instr) => {
  const x = indexOf(instr);
  const at = expand(C, x, 'array');
  return at === null ? null : { params: [unpack(at.field.storage), 'i32'], results: [ref(index(x))] };
});

/** @rule Instr_ok/array.new_default */
const arrayNewDefault = plain((C, instr) => {
  const x = indexOf(instr);
  const at = expand(C, x, 'array');
  if (at === null || !isDefaultable(unpack(at.field.storage))) return null;
  return { params: ['i32'], results: [ref(index(x))] };
});

/** @rule Instr_ok/array.new_fixed */
const arrayNewFixed = plain((C, instr) => {
  const x = indexOf(instr);
  const at = expand(C, x, 'array');
  if (at === null) return null;
  const t = unpack(at.field.storage);
  return { params: Array.from({ length: secondOf(instr) }, () => t), results: [ref(index(x))] };
});

/** @rule Instr_ok/array.new_elem */
const arrayNewElem = plain((C, instr) => {
  const x = indexOf(instr);
  const zt = expand(C, x, 'array')?.field.storage;
  const segment = C.M.elems[secondOf(instr)];
  if (!isRef(zt) || segment === undefined || !mayName(C, segment.share)) return null;
  return {
    params: ['i32', 'i32'],
    results: [ref(index(x))],
    premises: [sub('Reftype_sub', C.M, segment.type, zt)],
  };
});

/** Whether C has data segment y for elements of this type. */
function dataFits(zt: StorageTerm | undefined): boolean {
  return zt !== undefined && !isRef(unpack(zt));
}

/** @rule Instr_ok/array.new_data */
const arrayNewData = plain((C, instr) => {
  const x = indexOf(instr);
  const share = C.M.datas[secondOf(instr)];
  if (!dataFits(expand(C, x, 'array')?.field.storage) || share === undefined || !mayName(C, share)) return null;
  return { params: ['i32', 'i32'], results: [ref(index(x))] };
});

/** @rule Instr_ok/array.get */
const arrayGet = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  if (ft === undefined || !extensionFits(instr.op, ft)) return null;
  return { params: [refNull(index(x)), 'i32'], results: [unpack(ft.storage)] };
});

/** @rule Instr_ok/array.set */
const arraySet = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  return ft?.mutable === true ? { params: [refNull(index(x)), 'i32', unpack(ft.storage)], results: [] } : null;
});

/** @rule Instr_ok/array.len */
const arrayLen: Scheme = {
  variables: ['s'],
  form: (_, __, { s }) => (s === undefined ? null : { params: [refNull(abstract(s, 'array'))], results: ['i32'] }),
};

/** @rule Instr_ok/array.fill */
const arrayFill = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  if (ft?.mutable !== true) return null;
  return { params: [refNull(index(x)), 'i32', unpack(ft.storage), 'i32'], results: [] };
});

/** @rule Instr_ok/array.copy */
const arrayCopy = plain((C, instr) => {
  const [x, y] = [indexOf(instr), secondOf(instr)];
  const [to, from] = [expand(C, x, 'array')?.field, expand(C, y, 'array')?.field];
  if (to?.mutable !== true || from === undefined) return null;
  return {
    params: [refNull(index(x)), 'i32', refNull(index(y)), 'i32', 'i32'],
    results: [],
    premises: [sub('Storagetype_sub', C.M, from.storage, to.storage)],
  };
});

function arrayInit(x: number, premises: readonly Judgement[] = []): ReturnType<Scheme['form']> {
  return { params: [refNull(index(x)), 'i32', 'i32', 'i32'], results: [], premises };
}

/** @rule Instr_ok/array.init_elem */
const arrayInitElem = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  const segment = C.M.elems[secondOf(instr)];
  if (ft?.mutable !== true || segment === undefined || !mayName(C, segment.share)) return null;
  return arrayInit(x, [sub('Storagetype_sub', C.M, segment.type, ft.storage)]);
});

/** @rule Instr_ok/array.init_data */
const arrayInitData = plain((C, instr) => {
  const x = indexOf(instr);
  const ft = expand(C, x, 'array')?.field;
  const share = C.M.datas[secondOf(instr)];
  if (ft?.mutable !== true || !dataFits(ft.storage) || share === undefined || !mayName(C, share)) return null;
  return arrayInit(x);
});

export const REFERENCE_FORMS: Readonly<Record<string, Scheme>> = {
  'ref.null': refNullOf,
  'ref.func': refFunc,
  'ref.i31': refI31,
  'ref.is_null': refIsNull,
  'ref.as_non_null': refAsNonNull,
  'ref.eq': refEq,
  'ref.test': cast('i32'),
  'ref.cast': cast('type'),
  'i31.get': i31Get,
  'any.convert_extern': convert('extern', 'any'),
  'extern.convert_any': convert('any', 'extern'),
  'struct.new': structNew,
  'struct.new_default': structNewDefault,
  'struct.get': structGet,
  'struct.set': structSet,
  'array.new': arrayNew,
  'array.new_default': arrayNewDefault,
  'array.new_fixed': arrayNewFixed,
  'array.new_elem': arrayNewElem,
  'array.new_data': arrayNewData,
  'array.get': arrayGet,
  'array.set': arraySet,
  'array.len': arrayLen,
  'array.fill': arrayFill,
  'array.copy': arrayCopy,
  'array.init_elem': arrayInitElem,
  'array.init_data': arrayInitData,
};

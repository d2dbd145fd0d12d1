import type { PlainInstr } from '../../syntax/module.ts';
import { label, mayName, type Context } from './context.ts';
import { expand, immediate, indexOf, plain, polymorphic, secondOf, type Form, type Scheme } from './form.ts';
import { okType, sub, type Judgement } from './judgement.ts';
import {
  abstract,
  differ,
  index,
  isRef,
  refNull,
  ref,
  unroll,
  type FuncTerm,
  type ResultTerm,
  type ValTerm,
} from './terms.ts';

/**
 * Rules of parametric and control instructions, calls and exceptions [core 3.0, Validation / Instructions; shared-everything overview,
 * Functions, Exception tags; OOPSLA19, Fig. 21].
 *
 * Metavariables: C context, t value type, rt reference type, ht heap type, at address type, l label, x y indices, s share.
 */

const AXIOM: Form = { params: [], results: [] };

/** @rule Instr_ok/unreachable */
const unreachable = polymorphic(() => AXIOM);

/** @rule Instr_ok/nop */
const nop = plain(() => AXIOM);

/** C |- t : ok */
function valOk(C: Context, t: ValTerm): Judgement {
  return okType('Valtype_ok', C.M, t, C.values);
}

/** @rule Instr_ok/drop */
const drop: Scheme = {
  variables: ['t'],
  form: (C, _, { t }) => (t === undefined ? null : { params: [t], results: [], premises: [valOk(C, t)] }),
};

/** @rule Instr_ok/select-expl */
const selectExpl = plain((C, instr) => {
  const { types } = immediate(instr, 'result-types');
  const [t] = types ?? [];
  return t === undefined || types?.length !== 1
    ? null
    : { params: [t, t, 'i32'], results: [t], premises: [valOk(C, t)] };
});

/** @rule Instr_ok/select-impl — t is below a type of numbers or vectors. */
const selectImpl: Scheme = {
  variables: ['t', 'bound'],
  form: (C, _, { t, bound }) => {
    if (t === undefined || bound === undefined || isRef(bound) || bound === 'bot') return null;
    return { params: [t, t, 'i32'], results: [t], premises: [valOk(C, t), sub('Valtype_sub', C.M, t, bound)] };
  },
};

/** C.labels[l] = t* */
function labelOf(C: Context, instr: PlainInstr): ResultTerm | undefined {
  return label(C, indexOf(instr));
}

/** @rule Instr_ok/br */
const br = polymorphic((C, instr) => {
  const ts = labelOf(C, instr);
  return ts === undefined ? null : { params: ts, results: [] };
});

/** @rule Instr_ok/br_if */
const brIf = plain((C, instr) => {
  const ts = labelOf(C, instr);
  return ts === undefined ? null : { params: [...ts, 'i32'], results: ts };
});

/** @rule Instr_ok/br_table */
const brTable = polymorphic(
  (C, instr, { ts }) => {
    const targets = immediate(instr, 'labels').labels.map((l) => label(C, l));
    if (ts === undefined) return null;
    const premises: Judgement[] = [];
    for (const target of targets) {
      if (target === undefined) return null;
      premises.push(sub('Resulttype_sub', C.M, ts, target));
    }
    return { params: [...ts, 'i32'], results: [], premises };
  },
  ['ts'],
);

/** @rule Instr_ok/br_on_null */
const brOnNull: Scheme = {
  variables: ['ht'],
  form: (C, instr, { ht }) => {
    const ts = labelOf(C, instr);
    if (ts === undefined || ht === undefined) return null;
    return {
      params: [...ts, refNull(ht)],
      results: [...ts, ref(ht)],
      premises: [okType('Heaptype_ok', C.M, ht, C.values)],
    };
  },
};

/** @rule Instr_ok/br_on_non_null */
const brOnNonNull = plain((C, instr) => {
  const ts = labelOf(C, instr);
  const rt = ts?.at(-1);
  if (ts === undefined || !isRef(rt)) return null;
  const rest = ts.slice(0, -1);
  return { params: [...rest, refNull(rt.heap)], results: rest };
});

/** Both branches on casts: `fail` if the branch is taken where the cast fails. */
function brOnCast(fail: boolean): Scheme {
  return plain((C, instr) => {
    const { from, to } = immediate(instr, 'cast-branch');
    const ts = labelOf(C, instr);
    const rt = ts?.at(-1);
    if (ts === undefined || !isRef(rt)) return null;
    const rest = ts.slice(0, -1);
    const [taken, left] = fail ? [differ(from, to), to] : [to, differ(from, to)];
    return {
      params: [...rest, from],
      results: [...rest, left],
      premises: [
        okType('Reftype_ok', C.M, from, C.values),
        okType('Reftype_ok', C.M, to, C.values),
        sub('Reftype_sub', C.M, to, from),
        sub('Reftype_sub', C.M, taken, rt),
      ],
    };
  });
}

/** @rule Instr_ok/return */
const returns = polymorphic((C) => (C.return === null ? null : { params: C.return, results: [] }));

interface Callee {
  readonly type: FuncTerm;
  /** What is popped after the arguments: a reference, or a table's index. */
  readonly last: ResultTerm;
  readonly premises: readonly Judgement[];
}

type CalleeOf = (C: Context, instr: PlainInstr) => Callee | null;

const direct: CalleeOf = (C, instr) => {
  const dt = C.M.funcs[indexOf(instr)];
  if (dt === undefined) return null;
  const { share, comp } = unroll(dt);
  return comp.kind === 'func' && mayName(C, share) ? { type: comp, last: [], premises: [] } : null;
};

const byRef: CalleeOf = (C, instr) => {
  const x = indexOf(instr);
  const type = expand(C, x, 'func');
  return type === null ? null : { type, last: [refNull(index(x))], premises: [] };
};

/**
 * The table's elements are below (ref null (s func)) for the share s of the type: a call through a table is a cast to that type [core 3.0,
 * Execution], and there is no cast from one share to the other.
 */
const indirect: CalleeOf = (C, instr) => {
  const tt = C.M.tables[indexOf(instr)];
  const y = secondOf(instr);
  const [type, dt] = [expand(C, y, 'func'), C.M.types[y]];
  if (tt === undefined || type === null || dt === undefined || !mayName(C, tt.share)) return null;
  const { share } = unroll(dt);
  return { type, last: [tt.addr], premises: [sub('Reftype_sub', C.M, tt.elem, refNull(abstract(share, 'func')))] };
};

function call(callee: CalleeOf): Scheme {
  return plain((C, instr) => {
    const found = callee(C, instr);
    if (found === null) return null;
    const { type, last, premises } = found;
    return { params: [...type.params, ...last], results: type.results, premises };
  });
}

function returnCall(callee: CalleeOf): Scheme {
  return polymorphic((C, instr) => {
    const found = callee(C, instr);
    if (found === null || C.return === null) return null;
    const { type, last, premises } = found;
    return {
      params: [...type.params, ...last],
      results: [],
      premises: [...premises, sub('Resulttype_sub', C.M, type.results, C.return)],
    };
  });
}

/** @rule Instr_ok/fork — A shared function without results, which anyone may fork. */
const fork = plain((C, instr) => {
  const dt = C.M.funcs[indexOf(instr)];
  if (dt === undefined) return null;
  const { share, comp } = unroll(dt);
  if (share !== 'shared' || comp.kind !== 'func' || comp.results.length > 0) return null;
  return { params: comp.params, results: [] };
});

/** @rule Instr_ok/throw */
const throws = polymorphic((C, instr) => {
  const dt = C.M.tags[indexOf(instr)];
  if (dt === undefined) return null;
  const { share, comp } = unroll(dt);
  return comp.kind === 'func' && mayName(C, share) ? { params: comp.params, results: [] } : null;
});

/** @rule Instr_ok/throw_ref */
const throwRef = polymorphic(
  (_, __, { s }) => (s === undefined ? null : { params: [refNull(abstract(s, 'exn'))], results: [] }),
  ['s'],
);

export const CONTROL_FORMS: Readonly<Record<string, Scheme>> = {
  unreachable,
  nop,
  drop,
  'select-expl': selectExpl,
  'select-impl': selectImpl,
  br,
  br_if: brIf,
  br_table: brTable,
  br_on_null: brOnNull,
  br_on_non_null: brOnNonNull,
  br_on_cast: brOnCast(false),
  br_on_cast_fail: brOnCast(true),
  return: returns,
  call: call(direct),
  call_ref: call(byRef),
  call_indirect: call(indirect),
  return_call: returnCall(direct),
  return_call_ref: returnCall(byRef),
  return_call_indirect: returnCall(indirect),
  fork,
  throw: throws,
  throw_ref: throwRef,
};

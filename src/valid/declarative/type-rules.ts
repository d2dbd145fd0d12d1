import type { BlockType, ImportType } from '../../syntax/module.ts';
import type { GlobalType, Limits, MemType, Share, SubType, TableType } from '../../syntax/types.ts';
import type { ModuleContext } from './context.ts';
import { instrType, okType, sub, type Judgement, type Rule, type Step } from './judgement.ts';
import {
  index,
  isRef,
  unroll,
  type CompTerm,
  type FieldTerm,
  type HeapTerm,
  type RefTerm,
  type ResultTerm,
  type StorageTerm,
  type ValTerm,
} from './terms.ts';

/**
 * Well-formedness of types [core 3.0, Validation / Types; shared-everything overview, `shared` Annotations]. `share` is a
 * parameter of each rule: ok(shared) has the premises that ok has, each ok(shared), and the side conditions that Heaptype_ok gives it.
 *
 * Metavariables: M the module's part of the context, ht heap type, t value type, st subtype, lim limits, s share.
 */

interface Of<T> {
  readonly M: ModuleContext;
  readonly of: T;
}

interface Shared<T> extends Of<T> {
  readonly share: Share;
}

/** @rule Heaptype_ok/abs — ok(shared) if it is annotated, or of no share; i31 always under the reading `i31=common`. */
const heapAbs: Rule<Shared<HeapTerm>> = ({ M, of: ht, share }) => {
  if (ht.kind !== 'abstract') return null;
  const common = ht.name === 'i31' && M.readings.i31 === 'common';
  if (share === 'shared' && ht.share === 'unshared' && !common) return null;
  return { conclusion: okType('Heaptype_ok', M, ht, share), premises: [] };
};

/** @rule Heaptype_ok/typeuse — a type index or defined type; ok(shared) if it expands to a shared composite type. */
const heapTypeuse: Rule<Shared<HeapTerm>> = ({ M, of: ht, share }) => {
  const dt = ht.kind === 'def' ? ht : ht.kind === 'index' ? M.types[ht.type] : undefined;
  if (dt === undefined || (share === 'shared' && unroll(dt).share !== 'shared')) return null;
  return { conclusion: okType('Heaptype_ok', M, ht, share), premises: [] };
};

/** @rule Heaptype_ok/bot */
const heapBot: Rule<Shared<HeapTerm>> = ({ M, of: ht, share }) =>
  ht.kind === 'bot' ? { conclusion: okType('Heaptype_ok', M, ht, share), premises: [] } : null;

/** @rule Reftype_ok */
const refType: Rule<Shared<RefTerm>> = ({ M, of: rt, share }) => ({
  conclusion: okType('Reftype_ok', M, rt, share),
  premises: [okType('Heaptype_ok', M, rt.heap, share)],
});

/** @rule Valtype_ok/data — number and vector types, always ok(shared). */
const valData: Rule<Shared<ValTerm>> = ({ M, of: t, share }) =>
  isRef(t) || t === 'bot' ? null : { conclusion: okType('Valtype_ok', M, t, share), premises: [] };

/** @rule Valtype_ok/ref */
const valRef: Rule<Shared<ValTerm>> = ({ M, of: t, share }) =>
  isRef(t) ? { conclusion: okType('Valtype_ok', M, t, share), premises: [okType('Reftype_ok', M, t, share)] } : null;

/** @rule Valtype_ok/bot */
const valBot: Rule<Shared<ValTerm>> = ({ M, of: t, share }) =>
  t === 'bot' ? { conclusion: okType('Valtype_ok', M, t, share), premises: [] } : null;

/** @rule Resulttype_ok */
const resultType: Rule<Shared<ResultTerm>> = ({ M, of: ts, share }) => ({
  conclusion: okType('Resulttype_ok', M, ts, share),
  premises: ts.map((t) => okType('Valtype_ok', M, t, share)),
});

/** @rule Storagetype_ok/val */
const storageVal: Rule<Shared<StorageTerm>> = ({ M, of: zt, share }) =>
  zt === 'i8' || zt === 'i16'
    ? null
    : { conclusion: okType('Storagetype_ok', M, zt, share), premises: [okType('Valtype_ok', M, zt, share)] };

/** @rule Storagetype_ok/pack */
const storagePack: Rule<Shared<StorageTerm>> = ({ M, of: zt, share }) =>
  zt === 'i8' || zt === 'i16' ? { conclusion: okType('Storagetype_ok', M, zt, share), premises: [] } : null;

/** @rule Fieldtype_ok */
const fieldType: Rule<Shared<FieldTerm>> = ({ M, of: ft, share }) => ({
  conclusion: okType('Fieldtype_ok', M, ft, share),
  premises: [okType('Storagetype_ok', M, ft.storage, share)],
});

/** @rule Structtype_ok */
const compStruct: Rule<Shared<CompTerm>> = ({ M, of: ct, share }) =>
  ct.kind === 'struct'
    ? {
        conclusion: okType('Comptype_ok', M, ct, share),
        premises: ct.fields.map((ft) => okType('Fieldtype_ok', M, ft, share)),
      }
    : null;

/** @rule Arraytype_ok */
const compArray: Rule<Shared<CompTerm>> = ({ M, of: ct, share }) =>
  ct.kind === 'array'
    ? { conclusion: okType('Comptype_ok', M, ct, share), premises: [okType('Fieldtype_ok', M, ct.field, share)] }
    : null;

/** @rule Functype_ok */
const compFunc: Rule<Shared<CompTerm>> = ({ M, of: ct, share }) =>
  ct.kind === 'func'
    ? {
        conclusion: okType('Comptype_ok', M, ct, share),
        premises: [okType('Resulttype_ok', M, ct.params, share), okType('Resulttype_ok', M, ct.results, share)],
      }
    : null;

/**
 * @rule Subtype_ok
 *
 *     |x*| <= 1    (x < x0)*    (unroll(C.types[x]) = sub y* s ct')*    C |- ct : ok(s)    (C |- ct <: ct')*
 *     ------------------------------------------------------------------------------------------------------
 *                                 C |- sub final? x* s ct : ok(x0)
 *
 * A supertype is not final, and has the same share.
 */
const subType: Rule<Of<SubType> & { readonly at: number }> = ({ M, of: st, at }) => {
  if (st.supers.length > 1) return null;
  const premises: Judgement[] = [okType('Comptype_ok', M, st.comp, st.share)];
  for (const x of st.supers) {
    const dt = M.types[x];
    if (x >= at || dt === undefined) return null;
    const above = unroll(dt);
    if (above.final || above.share !== st.share) return null;
    premises.push(sub('Comptype_sub', M, st.comp, above.comp));
  }
  return { conclusion: { relation: 'Subtype_ok', M, of: st, at }, premises };
};

/** @rule Rectype_ok — of all members at once. */
const recType: Rule<Of<readonly SubType[]> & { readonly at: number }> = ({ M, of: sts, at }) => ({
  conclusion: { relation: 'Rectype_ok', M, of: sts, at },
  premises: sts.map((st, i) => ({ relation: 'Subtype_ok', M, of: st, at: at + i })),
});

/** @rule Blocktype_ok/valtype */
const blockVal: Rule<Shared<BlockType>> = ({ M, of: bt, share }) => {
  if (bt.kind !== 'value') return null;
  const results = bt.result === null ? [] : [bt.result];
  return {
    conclusion: { relation: 'Blocktype_ok', M, of: bt, type: instrType([], results), share },
    premises: results.map((t) => okType('Valtype_ok', M, t, share)),
  };
};

/** @rule Blocktype_ok/typeidx — the share of the type itself is of no importance. */
const blockIndex: Rule<Shared<BlockType>> = ({ M, of: bt, share }) => {
  const dt = bt.kind === 'type' ? M.types[bt.type] : undefined;
  if (dt === undefined) return null;
  const { comp } = unroll(dt);
  if (comp.kind !== 'func') return null;
  return {
    conclusion: { relation: 'Blocktype_ok', M, of: bt, type: instrType(comp.params, comp.results), share },
    premises: [okType('Resulttype_ok', M, comp.params, share), okType('Resulttype_ok', M, comp.results, share)],
  };
};

/** @rule Limits_ok */
const limits: Rule<{ readonly of: Limits; readonly most: bigint }> = ({ of: lim, most }) =>
  lim.min <= most && (lim.max === null || (lim.min <= lim.max && lim.max <= most))
    ? { conclusion: { relation: 'Limits_ok', of: lim, most }, premises: [] }
    : null;

/** @rule Tagtype_ok — a function type without results. */
const tagType: Rule<Of<number>> = ({ M, of: x }) => {
  const dt = M.types[x];
  if (dt === undefined) return null;
  const { comp } = unroll(dt);
  if (comp.kind !== 'func' || comp.results.length > 0) return null;
  return {
    conclusion: { relation: 'Tagtype_ok', M, of: x },
    premises: [okType('Heaptype_ok', M, index(x), 'unshared')],
  };
};

/** @rule Globaltype_ok */
const globalType: Rule<Of<GlobalType>> = ({ M, of: gt }) =>
  gt.share === 'thread_local'
    ? null
    : {
        conclusion: { relation: 'Globaltype_ok', M, of: gt },
        premises: [okType('Valtype_ok', M, gt.content, gt.share)],
      };

/** @rule Globaltype_ok/thread_local — the content is ok(shared) and has a default. */
const threadLocalType: Rule<Of<GlobalType>> = ({ M, of: gt }) =>
  gt.share === 'thread_local' && isDefaultable(gt.content)
    ? {
        conclusion: { relation: 'Globaltype_ok', M, of: gt },
        premises: [okType('Valtype_ok', M, gt.content, 'shared')],
      }
    : null;

/** |- t defaultable */
export function isDefaultable(t: ValTerm): boolean {
  return isRef(t) ? t.nullable : t !== 'bot';
}

/** @rule Memtype_ok — a shared memory has a maximum. */
const memType: Rule<Of<MemType>> = ({ M, of: mt }) =>
  mt.share === 'shared' && mt.limits.max === null
    ? null
    : {
        conclusion: { relation: 'Memtype_ok', M, of: mt },
        premises: [{ relation: 'Limits_ok', of: mt.limits, most: mt.addr === 'i64' ? 1n << 48n : 1n << 16n }],
      };

/** @rule Tabletype_ok */
const tableType: Rule<Of<TableType>> = ({ M, of: tt }) => ({
  conclusion: { relation: 'Tabletype_ok', M, of: tt },
  premises: [
    { relation: 'Limits_ok', of: tt.limits, most: (tt.addr === 'i64' ? 1n << 64n : 1n << 32n) - 1n },
    okType('Reftype_ok', M, tt.elem, tt.share),
  ],
});

/** @rule Externtype_ok — of every kind. */
const externType: Rule<Of<ImportType>> = ({ M, of: xt }) => {
  const conclusion = { relation: 'Externtype_ok', M, of: xt } as const;
  const step = (premise: Judgement): Step => ({ conclusion, premises: [premise] });
  switch (xt.kind) {
    case 'tag':
      return step({ relation: 'Tagtype_ok', M, of: xt.type });
    case 'global':
      return step({ relation: 'Globaltype_ok', M, of: xt.type });
    case 'memory':
      return step({ relation: 'Memtype_ok', M, of: xt.type });
    case 'table':
      return step({ relation: 'Tabletype_ok', M, of: xt.type });
    case 'func': {
      const dt = M.types[xt.type];
      if (dt === undefined || unroll(dt).comp.kind !== 'func') return null;
      return step(okType('Heaptype_ok', M, index(xt.type), 'unshared'));
    }
  }
};

export const TYPE_RULES = {
  'Heaptype_ok/abs': heapAbs,
  'Heaptype_ok/typeuse': heapTypeuse,
  'Heaptype_ok/bot': heapBot,
  Reftype_ok: refType,
  'Valtype_ok/data': valData,
  'Valtype_ok/ref': valRef,
  'Valtype_ok/bot': valBot,
  Resulttype_ok: resultType,
  'Storagetype_ok/val': storageVal,
  'Storagetype_ok/pack': storagePack,
  Fieldtype_ok: fieldType,
  Structtype_ok: compStruct,
  Arraytype_ok: compArray,
  Functype_ok: compFunc,
  Subtype_ok: subType,
  Rectype_ok: recType,
  'Blocktype_ok/valtype': blockVal,
  'Blocktype_ok/typeidx': blockIndex,
  Limits_ok: limits,
  Tagtype_ok: tagType,
  Globaltype_ok: globalType,
  'Globaltype_ok/thread_local': threadLocalType,
  Memtype_ok: memType,
  Tabletype_ok: tableType,
  Externtype_ok: externType,
} as const;

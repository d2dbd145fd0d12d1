import type { GlobalType, Limits, MemType, TableType } from '../../syntax/types.ts';
import type { Context } from './context.ts';
import { sub, type ExternTerm, type InstrType, type Judgement, type Rule, type Step } from './judgement.ts';
import type { Pair } from './heap-sub-rules.ts';
import {
  isRef,
  type CompTerm,
  type DefTerm,
  type FieldTerm,
  type RefTerm,
  type ResultTerm,
  type StorageTerm,
  type ValTerm,
} from './terms.ts';

/**
 * Subtyping of all but heap types [core 3.0, Validation / Matching; shared-everything overview]: shares are equal on both sides.
 *
 * Metavariables: C context, M its module part, t value type, rt reference type, zt storage type, ft field, ct composite type, lim limits.
 */

/** @rule Reftype_sub/nonnull */
const refNonNull: Rule<Pair<RefTerm>> = ({ M, left, right }) =>
  left.nullable || right.nullable
    ? null
    : {
        conclusion: sub('Reftype_sub', M, left, right),
        premises: [sub('Heaptype_sub', M, left.heap, right.heap)],
      };

/** @rule Reftype_sub/null */
const refNull: Rule<Pair<RefTerm>> = ({ M, left, right }) =>
  right.nullable
    ? {
        conclusion: sub('Reftype_sub', M, left, right),
        premises: [sub('Heaptype_sub', M, left.heap, right.heap)],
      }
    : null;

/** @rule Valtype_sub/data — number and vector types match themselves. */
const valData: Rule<Pair<ValTerm>> = ({ M, left, right }) =>
  typeof left === 'string' && left !== 'bot' && left === right
    ? { conclusion: sub('Valtype_sub', M, left, right), premises: [] }
    : null;

/** @rule Valtype_sub/ref */
const valRef: Rule<Pair<ValTerm>> = ({ M, left, right }) =>
  isRef(left) && isRef(right)
    ? { conclusion: sub('Valtype_sub', M, left, right), premises: [sub('Reftype_sub', M, left, right)] }
    : null;

/** @rule Valtype_sub/bot */
const valBot: Rule<Pair<ValTerm>> = ({ M, left, right }) =>
  left === 'bot' ? { conclusion: sub('Valtype_sub', M, left, right), premises: [] } : null;

/** The judgement of each pair; null if there are not as many on both sides. */
function pairwise<T>(
  left: readonly T[],
  right: readonly T[],
  judge: (l: T, r: T) => Judgement,
): readonly Judgement[] | null {
  return left.length === right.length ? left.map((l, i) => judge(l, right[i] ?? l)) : null;
}

/** @rule Resulttype_sub */
const resultType: Rule<Pair<ResultTerm>> = ({ M, left, right }) => {
  const premises = pairwise(left, right, (l, r) => sub('Valtype_sub', M, l, r));
  return premises === null ? null : { conclusion: sub('Resulttype_sub', M, left, right), premises };
};

/**
 * @rule Instrtype_sub
 *
 *     C |- t21* <: t11*    C |- t12* <: t22*    (C.locals[x] = set t)* for x in x2* \ x1*
 *     -----------------------------------------------------------------------------------
 *                         C |- t11* ->_x1* t12* <: t21* ->_x2* t22*
 */
const instrSub: Rule<{ readonly C: Context; readonly left: InstrType; readonly right: InstrType }> = ({
  C,
  left,
  right,
}) => {
  const more = right.locals.filter((x) => !left.locals.includes(x));
  if (more.some((x) => x >= C.locals.length || C.unset.has(x))) return null;
  return {
    conclusion: { relation: 'Instrtype_sub', C, left, right },
    premises: [
      sub('Resulttype_sub', C.M, right.params, left.params),
      sub('Resulttype_sub', C.M, left.results, right.results),
    ],
  };
};

/** @rule Storagetype_sub/val */
const storageVal: Rule<Pair<StorageTerm>> = ({ M, left, right }) =>
  isPacked(left) || isPacked(right)
    ? null
    : { conclusion: sub('Storagetype_sub', M, left, right), premises: [sub('Valtype_sub', M, left, right)] };

/** @rule Storagetype_sub/pack */
const storagePack: Rule<Pair<StorageTerm>> = ({ M, left, right }) =>
  isPacked(left) && left === right ? { conclusion: sub('Storagetype_sub', M, left, right), premises: [] } : null;

function isPacked(zt: StorageTerm): zt is 'i8' | 'i16' {
  return zt === 'i8' || zt === 'i16';
}

/** @rule Fieldtype_sub/const */
const fieldConst: Rule<Pair<FieldTerm>> = ({ M, left, right }) =>
  left.mutable || right.mutable
    ? null
    : {
        conclusion: sub('Fieldtype_sub', M, left, right),
        premises: [sub('Storagetype_sub', M, left.storage, right.storage)],
      };

/** @rule Fieldtype_sub/var */
const fieldVar: Rule<Pair<FieldTerm>> = ({ M, left, right }) =>
  left.mutable && right.mutable
    ? {
        conclusion: sub('Fieldtype_sub', M, left, right),
        premises: [
          sub('Storagetype_sub', M, left.storage, right.storage),
          sub('Storagetype_sub', M, right.storage, left.storage),
        ],
      }
    : null;

/** @rule Structtype_sub — the subtype may have more fields. */
const compStruct: Rule<Pair<CompTerm>> = ({ M, left, right }) => {
  if (left.kind !== 'struct' || right.kind !== 'struct') return null;
  const common = left.fields.slice(0, right.fields.length);
  const premises = pairwise(common, right.fields, (l, r) => sub('Fieldtype_sub', M, l, r));
  return premises === null ? null : { conclusion: sub('Comptype_sub', M, left, right), premises };
};

/** @rule Comptype_sub/array */
const compArray: Rule<Pair<CompTerm>> = ({ M, left, right }) =>
  left.kind === 'array' && right.kind === 'array'
    ? { conclusion: sub('Comptype_sub', M, left, right), premises: [sub('Fieldtype_sub', M, left.field, right.field)] }
    : null;

/** @rule Functype_sub */
const compFunc: Rule<Pair<CompTerm>> = ({ M, left, right }) =>
  left.kind === 'func' && right.kind === 'func'
    ? {
        conclusion: sub('Comptype_sub', M, left, right),
        premises: [
          sub('Resulttype_sub', M, right.params, left.params),
          sub('Resulttype_sub', M, left.results, right.results),
        ],
      }
    : null;

interface LimitsPair {
  readonly left: Limits;
  readonly right: Limits;
}

function limitsStep({ left, right }: LimitsPair): Step {
  return { conclusion: { relation: 'Limits_sub', left, right }, premises: [] };
}

/** @rule Limits_sub/max */
const limitsMax: Rule<LimitsPair> = (v) => {
  const { left, right } = v;
  if (left.max === null || left.min < right.min) return null;
  return right.max === null || left.max <= right.max ? limitsStep(v) : null;
};

/** @rule Limits_sub/eps */
const limitsEps: Rule<LimitsPair> = (v) =>
  v.left.max === null && v.right.max === null && v.left.min >= v.right.min ? limitsStep(v) : null;

/** @rule Tagtype_sub */
const tagType: Rule<Pair<DefTerm>> = ({ M, left, right }) => ({
  conclusion: sub('Tagtype_sub', M, left, right),
  premises: [sub('Deftype_sub', M, left, right), sub('Deftype_sub', M, right, left)],
});

/** @rule Globaltype_sub/const */
const globalConst: Rule<Pair<GlobalType>> = ({ M, left, right }) =>
  left.share !== right.share || left.mutable || right.mutable
    ? null
    : {
        conclusion: sub('Globaltype_sub', M, left, right),
        premises: [sub('Valtype_sub', M, left.content, right.content)],
      };

/** @rule Globaltype_sub/var */
const globalVar: Rule<Pair<GlobalType>> = ({ M, left, right }) =>
  left.share === right.share && left.mutable && right.mutable
    ? {
        conclusion: sub('Globaltype_sub', M, left, right),
        premises: [
          sub('Valtype_sub', M, left.content, right.content),
          sub('Valtype_sub', M, right.content, left.content),
        ],
      }
    : null;

/** @rule Memtype_sub */
const memType: Rule<Pair<MemType>> = ({ M, left, right }) =>
  left.share === right.share && left.addr === right.addr
    ? {
        conclusion: sub('Memtype_sub', M, left, right),
        premises: [{ relation: 'Limits_sub', left: left.limits, right: right.limits }],
      }
    : null;

/** @rule Tabletype_sub */
const tableType: Rule<Pair<TableType>> = ({ M, left, right }) =>
  left.share === right.share && left.addr === right.addr
    ? {
        conclusion: sub('Tabletype_sub', M, left, right),
        premises: [
          { relation: 'Limits_sub', left: left.limits, right: right.limits },
          sub('Reftype_sub', M, left.elem, right.elem),
          sub('Reftype_sub', M, right.elem, left.elem),
        ],
      }
    : null;

/** @rule Externtype_sub — of the same kind, by that kind's relation. */
const externType: Rule<Pair<ExternTerm>> = ({ M, left, right }) => {
  const step = (premise: Judgement): Step => ({
    conclusion: sub('Externtype_sub', M, left, right),
    premises: [premise],
  });
  if (left.kind === 'func' && right.kind === 'func') return step(sub('Deftype_sub', M, left.type, right.type));
  if (left.kind === 'tag' && right.kind === 'tag') return step(sub('Tagtype_sub', M, left.type, right.type));
  if (left.kind === 'global' && right.kind === 'global') return step(sub('Globaltype_sub', M, left.type, right.type));
  if (left.kind === 'memory' && right.kind === 'memory') return step(sub('Memtype_sub', M, left.type, right.type));
  if (left.kind === 'table' && right.kind === 'table') return step(sub('Tabletype_sub', M, left.type, right.type));
  return null;
};

export const SUB_RULES = {
  'Reftype_sub/nonnull': refNonNull,
  'Reftype_sub/null': refNull,
  'Valtype_sub/data': valData,
  'Valtype_sub/ref': valRef,
  'Valtype_sub/bot': valBot,
  Resulttype_sub: resultType,
  Instrtype_sub: instrSub,
  'Storagetype_sub/val': storageVal,
  'Storagetype_sub/pack': storagePack,
  'Fieldtype_sub/const': fieldConst,
  'Fieldtype_sub/var': fieldVar,
  Structtype_sub: compStruct,
  'Comptype_sub/array': compArray,
  Functype_sub: compFunc,
  'Limits_sub/max': limitsMax,
  'Limits_sub/eps': limitsEps,
  Tagtype_sub: tagType,
  'Globaltype_sub/const': globalConst,
  'Globaltype_sub/var': globalVar,
  Memtype_sub: memType,
  Tabletype_sub: tableType,
  Externtype_sub: externType,
} as const;

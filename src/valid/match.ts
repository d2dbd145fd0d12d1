import { assertNever } from '../base/assert.ts';
import type {
  AbsHeapName,
  DefType,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  RefType,
  Share,
  TableType,
  ValType,
} from '../syntax/types.ts';
import { type Premises, SHARING_PREMISES } from './premises.ts';
import { definedType } from './type-ids.ts';
import type { ExternType } from './types.ts';

/**
 * Matching of closed types [core 3.0, Matching; shared-everything-threads overview, Heap Types]: may a thing of the first
 * type stand where the second is wanted? Linking uses it for imports, the checker for operands.
 */

/** The immediate supertypes of the abstract heap types [core 3.0, Matching, Heap Types]. */
const PARENTS: Readonly<Record<AbsHeapName, readonly AbsHeapName[]>> = {
  any: [],
  eq: ['any'],
  i31: ['eq'],
  struct: ['eq'],
  array: ['eq'],
  none: ['i31', 'struct', 'array'],
  func: [],
  nofunc: ['func'],
  extern: [],
  noextern: ['extern'],
  exn: [],
  noexn: ['exn'],
};

function isAbstractSub(name: AbsHeapName, above: AbsHeapName): boolean {
  return name === above || PARENTS[name].some((parent) => isAbstractSub(parent, above));
}

function shareOf(ht: HeapType): Share {
  return ht.kind === 'abstract' ? ht.share : definedType(ht.type).share;
}

/**
 * @rule Heaptype_sub
 *
 *     share(ht1) = share(ht2)    ht1 = ht2  or  ht1 below ht2 in the hierarchy of abstract types
 *     ------------------------------------------------------------------------------------------
 *                                       |- ht1 <: ht2
 *
 * A defined function type is below `func` and above `nofunc` of its share. Shared and unshared types are never related.
 * Source: core 3.0, Matching, Heap Types; shared-everything-threads overview, Heap Types.
 */
export function matchHeapType(ht1: HeapType, ht2: HeapType, premises: Premises = SHARING_PREMISES): boolean {
  if (ht1.kind === 'index' && ht2.kind === 'index') return ht1.type === ht2.type;
  if (premises.has('Heaptype_sub:share') && shareOf(ht1) !== shareOf(ht2)) return false;
  if (ht1.kind === 'index') return ht2.kind === 'abstract' && ht2.name === 'func';
  if (ht2.kind === 'index') return ht1.name === 'nofunc';
  return isAbstractSub(ht1.name, ht2.name);
}

/**
 * @rule Reftype_sub
 *
 *     null1? = eps  or  null2? = null    |- ht1 <: ht2
 *     ------------------------------------------------
 *          |- ref null1? ht1 <: ref null2? ht2
 *
 * Source: core 3.0, Matching, Reference Types.
 */
export function matchRefType(rt1: RefType, rt2: RefType, premises: Premises = SHARING_PREMISES): boolean {
  return (!rt1.nullable || rt2.nullable) && matchHeapType(rt1.heap, rt2.heap, premises);
}

/**
 * @rule Valtype_sub
 *
 *     t1 = t2 a number type    or    |- t1 <: t2 as reference types
 *     -------------------------------------------------------------
 *                          |- t1 <: t2
 *
 * Source: core 3.0, Matching, Value Types.
 */
export function matchValType(t1: ValType, t2: ValType, premises: Premises = SHARING_PREMISES): boolean {
  if (typeof t1 === 'string' || typeof t2 === 'string') return t1 === t2;
  return matchRefType(t1, t2, premises);
}

/**
 * @rule Limits_sub
 *
 *     n1 >= n2    m2? = eps  or  m1 <= m2
 *     -----------------------------------
 *        |- [n1 .. m1?] <: [n2 .. m2?]
 *
 * Source: core 3.0, Matching, Limits.
 */
export function matchLimits(actual: Limits, expected: Limits): boolean {
  if (actual.min < expected.min) return false;
  return expected.max === null || (actual.max !== null && actual.max <= expected.max);
}

/**
 * @rule Deftype_sub
 *
 *     share1 = share2    ft1 = ft2
 *     ----------------------------
 *     |- share1 ft1 <: share2 ft2
 *
 * Without declared subtypes, definitions match if they are equal.
 * Source: core 3.0, Matching, Defined Types; shared-everything-threads overview, Heap Types.
 */
export function matchDefType(actual: DefType, expected: DefType, premises: Premises = SHARING_PREMISES): boolean {
  if (premises.has('Deftype_sub:share') && actual.share !== expected.share) return false;
  return (
    equalValTypes(actual.comp.params, expected.comp.params) && equalValTypes(actual.comp.results, expected.comp.results)
  );
}

/**
 * @rule Globaltype_sub
 *
 *     globalshare1 = globalshare2    mut1 = mut2    |- t1 <: t2    (mut1 = mut  =>  |- t2 <: t1)
 *     ------------------------------------------------------------------------------------------
 *                      |- globalshare1 mut1 t1 <: globalshare2 mut2 t2
 *
 * Source: core 3.0, Matching, Global Types; shared-everything-threads overview, Globals, Thread-local storage.
 */
export function matchGlobalType(
  actual: GlobalType,
  expected: GlobalType,
  premises: Premises = SHARING_PREMISES,
): boolean {
  if (premises.has('Globaltype_sub:share') && actual.share !== expected.share) return false;
  if (actual.mutable !== expected.mutable) return false;
  if (!matchValType(actual.content, expected.content, premises)) return false;
  return !actual.mutable || matchValType(expected.content, actual.content, premises);
}

/**
 * @rule Memtype_sub
 *
 *     share1 = share2    |- lim1 <: lim2
 *     ----------------------------------
 *       |- share1 lim1 <: share2 lim2
 *
 * Source: threads proposal, Matching, Memory Types.
 */
export function matchMemType(actual: MemType, expected: MemType, premises: Premises = SHARING_PREMISES): boolean {
  if (premises.has('Memtype_sub:share') && actual.share !== expected.share) return false;
  return matchLimits(actual.limits, expected.limits);
}

/**
 * @rule Tabletype_sub
 *
 *     share1 = share2    |- lim1 <: lim2    |- rt1 <: rt2    |- rt2 <: rt1
 *     --------------------------------------------------------------------
 *                 |- share1 lim1 rt1 <: share2 lim2 rt2
 *
 * Source: core 3.0, Matching, Table Types; shared-everything-threads overview, Tables.
 */
export function matchTableType(actual: TableType, expected: TableType, premises: Premises = SHARING_PREMISES): boolean {
  if (premises.has('Tabletype_sub:share') && actual.share !== expected.share) return false;
  return (
    matchLimits(actual.limits, expected.limits) &&
    matchRefType(actual.elem, expected.elem, premises) &&
    matchRefType(expected.elem, actual.elem, premises)
  );
}

/**
 * @rule Externtype_sub
 *
 *     kind1 = kind2    |- type1 <: type2
 *     ----------------------------------
 *        |- kind1 type1 <: kind2 type2
 *
 * Source: core 3.0, Matching, External Types.
 */
export function matchExternType(
  actual: ExternType,
  expected: ExternType,
  premises: Premises = SHARING_PREMISES,
): boolean {
  switch (expected.kind) {
    case 'func':
      return actual.kind === 'func' && matchDefType(actual.type, expected.type, premises);
    case 'table':
      return actual.kind === 'table' && matchTableType(actual.type, expected.type, premises);
    case 'memory':
      return actual.kind === 'memory' && matchMemType(actual.type, expected.type, premises);
    case 'global':
      return actual.kind === 'global' && matchGlobalType(actual.type, expected.type, premises);
    default:
      return assertNever(expected);
  }
}

/** Equal closed types: the same kind, and the same id where there is one. */
function equalValTypes(ts1: readonly ValType[], ts2: readonly ValType[]): boolean {
  return ts1.length === ts2.length && ts1.every((t1, i) => equalValType(t1, ts2[i]));
}

function equalValType(t1: ValType, t2: ValType | undefined): boolean {
  if (t2 === undefined) return false;
  if (typeof t1 === 'string' || typeof t2 === 'string') return t1 === t2;
  return t1.nullable === t2.nullable && equalHeapType(t1.heap, t2.heap);
}

function equalHeapType(ht1: HeapType, ht2: HeapType): boolean {
  if (ht1.kind === 'index') return ht2.kind === 'index' && ht1.type === ht2.type;
  return ht2.kind === 'abstract' && ht1.share === ht2.share && ht1.name === ht2.name;
}

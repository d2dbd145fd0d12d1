import { assertNever } from '../base/assert.ts';
import { DEFAULT_READINGS, type Readings } from '../syntax/readings.ts';
import type {
  AbsHeapName,
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
import { type DefType, definedType, isDeclaredSub, type TypeIds, UNKNOWN } from './type-ids.ts';
import type { ExternType } from './types.ts';

/**
 * Matching of types [core 3.0, Matching; shared-everything-threads overview, Heap Types]: may a thing of the first type stand where the
 * second is wanted? Linking uses it for closed types, the checker for those of its module (`matches` in `context.ts`).
 */

/** What a matching depends on besides the types: the chosen readings, and in mutation tests the premises that are left. */
export interface Matching {
  readonly premises: Premises;
  readonly readings: Readings;
  /** The ids of the types' indices; null for closed types, whose indices are ids. */
  readonly ids: TypeIds | null;
}

export const CLOSED: Matching = { premises: SHARING_PREMISES, readings: DEFAULT_READINGS, ids: null };

/** The supertypes of the abstract heap types, themselves included [core 3.0, Matching, Heap Types; SET, Managed Waiter Queues]. */
const ABOVE: Readonly<Record<AbsHeapName, readonly AbsHeapName[]>> = {
  any: ['any'],
  eq: ['eq', 'any'],
  i31: ['i31', 'eq', 'any'],
  struct: ['struct', 'eq', 'any'],
  array: ['array', 'eq', 'any'],
  none: ['none', 'i31', 'struct', 'array', 'eq', 'any'],
  func: ['func'],
  nofunc: ['nofunc', 'func'],
  extern: ['extern'],
  noextern: ['noextern', 'extern'],
  exn: ['exn'],
  noexn: ['noexn', 'exn'],
  waitqueue: ['waitqueue'],
  nowaitqueue: ['nowaitqueue', 'waitqueue'],
};

/** Whether an abstract type is below another of the same share. */
export function isAbstractSub(name: AbsHeapName, above: AbsHeapName): boolean {
  return name === above || ABOVE[name].includes(above);
}

/** The least type of the hierarchy that a composite type is in. */
export function bottomOf(def: DefType): AbsHeapName {
  return def.comp.kind === 'func' ? 'nofunc' : 'none';
}

/**
 * Whether a reading relates abstract types of different shares: `exnref=subtype` puts (shared exn) below exn, `i31=common` puts i31 below
 * (shared i31); what is below the one is then below what is above the other.
 */
function crossesShares(J: Matching, name1: AbsHeapName, share1: Share, name2: AbsHeapName): boolean {
  if (share1 === 'shared')
    return J.readings.exnref === 'subtype' && isAbstractSub(name1, 'exn') && isAbstractSub('exn', name2);
  return J.readings.i31 === 'common' && isAbstractSub(name1, 'i31') && isAbstractSub('i31', name2);
}

/**
 * @rule Heaptype_sub
 *
 *     share1 = share2    absht1 below absht2            share1 = share2    comptype below absht          share1 = share2    absht the bottom of comptype
 *     ---------------------------------------     ---------------------------------------     ------------------------------------------------
 *       |- share1 absht1 <: share2 absht2           |- share1 comptype <: share2 absht                |- share1 absht <: share2 comptype
 *
 * Shared and unshared types are not related, but for two readings. Two defined types match as Deftype_sub says.
 * Source: core 3.0, Matching, Heap Types; shared-everything-threads overview, Heap Types.
 */
export function matchHeapType(ht1: HeapType, ht2: HeapType, J: Matching = CLOSED): boolean {
  if (ht1.kind === 'index') {
    const id1 = idOf(J, ht1.type);
    if (ht2.kind === 'index') return matchIds(id1, idOf(J, ht2.type));
    if (id1 === UNKNOWN) return false;
    const { share, comp } = definedType(id1);
    return isAbstractSub(comp.kind, ht2.name) && (share === ht2.share || !J.premises.has('Heaptype_sub:share'));
  }
  if (ht2.kind === 'index') {
    const id2 = idOf(J, ht2.type);
    if (id2 === UNKNOWN) return false;
    const def = definedType(id2);
    return ht1.name === bottomOf(def) && (ht1.share === def.share || !J.premises.has('Heaptype_sub:share'));
  }
  if (ht1.share === ht2.share) return isAbstractSub(ht1.name, ht2.name);
  if (!J.premises.has('Heaptype_sub:share') && isAbstractSub(ht1.name, ht2.name)) return true;
  return crossesShares(J, ht1.name, ht1.share, ht2.name);
}

function idOf(J: Matching, x: number): number {
  return J.ids === null ? x : (J.ids[x] ?? UNKNOWN);
}

/**
 * @rule Deftype_sub
 *
 *          deftype1 = deftype2    or    |- super of deftype1 <: deftype2
 *     --------------------------------------------------------------
 *                         |- deftype1 <: deftype2
 *
 * Equality is that of closed types: the same place in equal recursive groups. A declared supertype has the same share (Subtype_ok).
 * Source: core 3.0, Matching, Defined Types; shared-everything-threads overview, Heap Types.
 */
export function matchDefType(actual: DefType, expected: DefType): boolean {
  return matchIds(actual.id, expected.id);
}

function matchIds(id1: number, id2: number): boolean {
  return id1 === id2 || isDeclaredSub(id1, id2);
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
export function matchRefType(rt1: RefType, rt2: RefType, J: Matching = CLOSED): boolean {
  if (rt1 === rt2) return true;
  return (!rt1.nullable || rt2.nullable) && matchHeapType(rt1.heap, rt2.heap, J);
}

/**
 * @rule Valtype_sub
 *
 *     t1 = t2 a number or vector type    or    |- t1 <: t2 as reference types
 *     -----------------------------------------------------------------------
 *                                  |- t1 <: t2
 *
 * Source: core 3.0, Matching, Value Types.
 */
export function matchValType(t1: ValType, t2: ValType, J: Matching = CLOSED): boolean {
  if (typeof t1 === 'string' || typeof t2 === 'string') return t1 === t2;
  return matchRefType(t1, t2, J);
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
 * @rule Globaltype_sub
 *
 *     globalshare1 = globalshare2    mut1 = mut2    |- t1 <: t2    (mut1 = mut  =>  |- t2 <: t1)
 *     ------------------------------------------------------------------------------------------
 *                      |- globalshare1 mut1 t1 <: globalshare2 mut2 t2
 *
 * Source: core 3.0, Matching, Global Types; shared-everything-threads overview, Globals, Thread-local storage.
 */
export function matchGlobalType(actual: GlobalType, expected: GlobalType, J: Matching = CLOSED): boolean {
  if (actual.share !== expected.share && J.premises.has('Globaltype_sub:share')) return false;
  if (actual.mutable !== expected.mutable) return false;
  if (!matchValType(actual.content, expected.content, J)) return false;
  return !actual.mutable || matchValType(expected.content, actual.content, J);
}

/**
 * @rule Memtype_sub
 *
 *     share1 = share2    at1 = at2    |- lim1 <: lim2
 *     -----------------------------------------------
 *          |- share1 at1 lim1 <: share2 at2 lim2
 *
 * Source: core 3.0, Matching, Memory Types; threads proposal, Matching, Memory Types.
 */
export function matchMemType(actual: MemType, expected: MemType, J: Matching = CLOSED): boolean {
  if (actual.share !== expected.share && J.premises.has('Memtype_sub:share')) return false;
  return actual.addr === expected.addr && matchLimits(actual.limits, expected.limits);
}

/**
 * @rule Tabletype_sub
 *
 *     share1 = share2    at1 = at2    |- lim1 <: lim2    |- rt1 <: rt2    |- rt2 <: rt1
 *     ---------------------------------------------------------------------------------
 *                   |- share1 at1 lim1 rt1 <: share2 at2 lim2 rt2
 *
 * Source: core 3.0, Matching, Table Types; shared-everything-threads overview, Tables.
 */
export function matchTableType(actual: TableType, expected: TableType, J: Matching = CLOSED): boolean {
  if (actual.share !== expected.share && J.premises.has('Tabletype_sub:share')) return false;
  return (
    actual.addr === expected.addr &&
    matchLimits(actual.limits, expected.limits) &&
    matchRefType(actual.elem, expected.elem, J) &&
    matchRefType(expected.elem, actual.elem, J)
  );
}

/**
 * @rule Tagtype_sub
 *
 *     |- deftype1 <: deftype2    |- deftype2 <: deftype1
 *     --------------------------------------------------
 *             |- tag deftype1 <: tag deftype2
 *
 * Source: core 3.0, Matching, Tag Types.
 */
export function matchTagType(actual: DefType, expected: DefType): boolean {
  return actual.id === expected.id;
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
export function matchExternType(actual: ExternType, expected: ExternType, J: Matching = CLOSED): boolean {
  switch (expected.kind) {
    case 'func':
      return actual.kind === 'func' && matchDefType(actual.type, expected.type);
    case 'table':
      return actual.kind === 'table' && matchTableType(actual.type, expected.type, J);
    case 'memory':
      return actual.kind === 'memory' && matchMemType(actual.type, expected.type, J);
    case 'global':
      return actual.kind === 'global' && matchGlobalType(actual.type, expected.type, J);
    case 'tag':
      return actual.kind === 'tag' && matchTagType(actual.type, expected.type);
    default:
      return assertNever(expected);
  }
}

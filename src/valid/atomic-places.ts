import type { OrderAnnotation } from '../syntax/module.ts';
import { isPacked, type RefType, type StorageType, unpacked, type ValType } from '../syntax/types.ts';
import { checkAtomicObject, checkOrder } from './atomic-rules.ts';
import { type Code, popAll, push } from './code.ts';
import { matches, report, type Site, type Thing } from './context.ts';
import { printStorage } from './describe.ts';
import { bothShares } from './reference-rules.ts';

/**
 * Atomic accesses to globals, table slots, fields and array elements: what their rules have in common [shared-everything-threads
 * overview, Instructions]. The messages begin with the official suite's words.
 *
 * Metavariables: C context, t value type, st storage type.
 */

/** What is accessed. */
export interface AtomicPlace {
  readonly sort: 'global' | 'table' | 'struct' | 'array';
  /** The object, or the type that it has. */
  readonly thing: Thing;
  readonly storage: StorageType;
  readonly mutable: boolean;
  /** The operands that find it: reference, index. */
  readonly path: readonly ValType[];
}

export type Extension = 's' | 'u' | null;

const WORD = { global: 'global', table: 'table', struct: 'field', array: 'array' } as const;

/** `unpacked(st)` from the place. */
export function atomicGet(
  code: Code,
  site: Site,
  place: AtomicPlace,
  order: OrderAnnotation,
  extension: Extension,
): void {
  const { sort, storage, path } = place;
  checkAccess(code, site, place, order);
  const suffix = extension === null ? '' : `_${extension}`;
  if (isPacked(storage) !== (extension !== null)) {
    const kind = extension === null ? 'packed' : 'non-packed';
    const message =
      sort === 'struct' && extension === null
        ? `can only use struct \`get\` with non-packed storage types: the field is ${storage}`
        : `cannot use ${sort}.get${suffix} with ${kind} storage types: this is ${printStorage(code.C, storage)}`;
    report(code.C, site, message, { hint: extension === null ? 'extend with get_s or get_u' : 'use get' });
  } else requireType(code, site, place, 'any', isPacked(storage), code.C.readings['atomic-references'] === 'all');
  popAll(code, site, path);
  push(code, unpacked(storage));
}

export function atomicSet(code: Code, site: Site, place: AtomicPlace, order: OrderAnnotation): void {
  checkAccess(code, site, place, order);
  requireMutable(code, site, place);
  requireType(code, site, place, 'any', true, code.C.readings['atomic-references'] === 'all');
  popAll(code, site, [...place.path, unpacked(place.storage)]);
}

/** add, sub, and, or, xor */
export function atomicRmw(code: Code, site: Site, place: AtomicPlace, order: OrderAnnotation): void {
  const t = unpacked(place.storage);
  checkAccess(code, site, place, order);
  requireMutable(code, site, place);
  requireType(code, site, place, null, packedArithmetic(code));
  popAll(code, site, [...place.path, t]);
  push(code, t);
}

export function atomicXchg(code: Code, site: Site, place: AtomicPlace, order: OrderAnnotation): void {
  const t = unpacked(place.storage);
  checkAccess(code, site, place, order);
  requireMutable(code, site, place);
  requireType(code, site, place, 'any', packedArithmetic(code), code.C.readings['atomic-references'] === 'all');
  popAll(code, site, [...place.path, t]);
  push(code, t);
}

/** The expected value may be of any type that can be compared with the place's. */
export function atomicCmpxchg(code: Code, site: Site, place: AtomicPlace, order: OrderAnnotation): void {
  const t = unpacked(place.storage);
  checkAccess(code, site, place, order);
  requireMutable(code, site, place);
  requireType(code, site, place, 'eq', packedArithmetic(code));
  popAll(code, site, [...place.path, comparable(code, t), t]);
  push(code, t);
}

function packedArithmetic({ C }: Code): boolean {
  return C.readings['packed-atomic-arithmetic'] === 'allow';
}

const EQ = bothShares('eq');
const TOP = { any: bothShares('any'), eq: EQ } as const;

function comparable({ C }: Code, t: ValType): ValType {
  if (typeof t === 'string') return t;
  if (matches(C, t, EQ.unshared)) return EQ.unshared;
  return matches(C, t, EQ.shared) ? EQ.shared : t;
}

/** The premises of every atomic access. */
function checkAccess(code: Code, site: Site, { thing }: AtomicPlace, order: OrderAnnotation): void {
  checkAtomicObject(code, site, thing);
  checkOrder(code, site, order);
}

function requireMutable(code: Code, site: Site, { sort, storage, mutable }: AtomicPlace): void {
  if (mutable) return;
  const hint = `declare it with (mut ${printStorage(code.C, storage)})`;
  report(code.C, site, `${WORD[sort]} is immutable: ${site.what} writes it`, { hint });
}

/** The place's type is i32, i64, a reference below `top`, or packed if that is allowed. */
function requireType(
  code: Code,
  site: Site,
  { sort, storage }: AtomicPlace,
  top: keyof typeof TOP | null,
  packed: boolean,
  anyReference = false,
): void {
  const { C } = code;
  if (storage === 'i32' || storage === 'i64' || (packed && isPacked(storage))) return;
  if (typeof storage !== 'string') {
    if (anyReference) return;
    if (top !== null && isBelow(code, storage, top)) return;
  }
  const numbers = sort === 'table' ? [] : [...(packed && sort !== 'global' ? ['`i8`', '`i16`'] : []), '`i32`', '`i64`'];
  const rmw = top === null ? `${sort}.atomic.rmw.*` : site.what;
  const all = top === null ? numbers : [...numbers, `subtypes of \`${top}ref\``];
  const last = all.length > 1 ? ` and ${all.at(-1)}` : '';
  const allowed = `${(last === '' ? all : all.slice(0, -1)).join(', ')}${last}`;
  const actual = printStorage(C, storage);
  report(C, site, `invalid type: \`${rmw}\` only allows ${allowed}, not ${actual}`, { actual });
}

function isBelow({ C }: Code, t: RefType, top: keyof typeof TOP): boolean {
  return matches(C, t, TOP[top].unshared) || matches(C, t, TOP[top].shared);
}

import { hashText, mix } from '../base/hash.ts';
import { Atom } from './atom.ts';
import { Callers } from './config.ts';

/**
 * Structural equality of plain data, maps and {@link Atom}s. Configurations have no other content, so it says exactly
 * whether two of them have the same continuation, operands, locals and thread-locals.
 */
export function sameData(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Atom) return b instanceof Atom && a.identity === b.identity;
  if (a instanceof Callers) return b instanceof Callers && sameCallers(a, b);
  if (a instanceof Map) return b instanceof Map && sameMap(a, b);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i]));
  return sameRecord(a, b);
}

/** A loop, since lists are long; equal configurations mostly share their callers. */
function sameCallers(a: Callers, b: Callers): boolean {
  if (a.depth !== b.depth) return false;
  let [x, y]: [Callers | null, Callers | null] = [a, b];
  while (x !== y) {
    if (x === null || y === null || !sameData(x.frame, y.frame)) return false;
    [x, y] = [x.rest, y.rest];
  }
  return true;
}

/** Whatever the order in which the keys were added. */
function sameMap(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (!b.has(key) || !sameData(value, b.get(key))) return false;
  return true;
}

function sameRecord(a: object, b: object): boolean {
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  const other = new Map(Object.entries(b));
  const entries = Object.entries(a);
  return (
    entries.length === other.size && entries.every(([key, value]) => other.has(key) && sameData(value, other.get(key)))
  );
}

/** A hash that is equal for what {@link sameData} takes for equal. What atoms stand for does not go into it. */
export function hashData(a: unknown): number {
  switch (typeof a) {
    case 'number':
      return mix(Math.trunc(a), 1);
    case 'object':
      return a === null ? 2 : hashObject(a);
    default:
      return hashText(String(a));
  }
}

function hashObject(a: object): number {
  if (a instanceof Atom) return 3;
  if (a instanceof Callers) return mix(a.depth, hashData(a.frame));
  if (a instanceof Map) return sumOf([...a].map(([key, value]) => mix(hashData(key), hashData(value))));
  if (Array.isArray(a)) return a.reduce<number>((hash, item) => mix(hash, hashData(item)), a.length);
  return sumOf(Object.entries(a).map(([key, value]) => mix(hashText(key), hashData(value))));
}

/** Whatever the order. */
function sumOf(hashes: readonly number[]): number {
  return hashes.reduce((sum, hash) => (sum + hash) | 0, hashes.length);
}

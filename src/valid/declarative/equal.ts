import type { RecTerm } from './terms.ts';

/**
 * Equality of judgements and of what they are made of: structural. Recursive types are closed terms that share their parts, so
 * pairs that were found equal are kept; types of one module are mostly the same objects.
 */

const equalPairs = new WeakMap<object, WeakSet<object>>();

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (equalPairs.get(a)?.has(b) === true) return true;
  const equal = sameParts(a, b);
  if (equal && isShared(a)) {
    const known = equalPairs.get(a) ?? new WeakSet<object>();
    equalPairs.set(a, known.add(b));
  }
  return equal;
}

/** Recursive types and the contexts of modules: what is compared again and again. */
function isShared(a: object): boolean {
  return 'subs' in a || 'types' in a;
}

function sameParts(a: object, b: object): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((x, i) => same(x, b[i]));
  }
  if (a instanceof Set || b instanceof Set) {
    return a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((x) => b.has(x));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => key in right && same(left[key], right[key]));
}

let recs = 0;
const ids = new WeakMap<RecTerm, number>();

/** A number of this object: equal types may have several. */
export function identity(rec: RecTerm): number {
  let id = ids.get(rec);
  if (id === undefined) {
    id = recs++;
    ids.set(rec, id);
  }
  return id;
}

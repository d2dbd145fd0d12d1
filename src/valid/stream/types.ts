import {
  ABSTRACT_BELOW,
  ARRAY,
  BOT,
  BOT_HEAP,
  BOT_SHARE,
  FIRST_INDEX,
  FIRST_REF,
  FUNC,
  heapOf,
  isRef,
} from './encoding.ts';
import { NOFUNC, NONE, STRUCT } from './encoding.ts';
import { grown, IntList } from './scratch.ts';

/**
 * The defined types of a module, and matching [core 3.0, Validation, Matching]. A type has a canonical index: the least one of an equivalent
 * type in an equivalent recursive group, so that equivalence of types is equality of integers wherever a heap type stands.
 *
 * A type's description in the pool: kind | share << 2 | final << 3, heap type of its supertype or -1, m, n, and then for a function m parameters
 * and n results, for a structure m pairs of storage type and mutability, for an array one such pair.
 */

export const KIND_FUNC = 0;
export const KIND_STRUCT = 1;
export const KIND_ARRAY = 2;

/**
 * The pool of integers, type lists among them. Its first 16 are themselves: the one-element lists of all types that are no references.
 */
export const pool = {
  items: new Int32Array(1024),
  length: FIRST_REF,

  push(x: number): void {
    if (this.length === this.items.length) this.items = grown(this.items, this.length + 1);
    this.items[this.length++] = x;
  },
};
for (let t = 0; t < FIRST_REF; t++) pool.items[t] = t;

/** By type index: where it is described, and its canonical index. */
export const places = new IntList();
export const canons = new IntList();

/** By canonical index: its supertype's (-1: none), how many supertypes it has, and one of those further up (to skip to). */
const parents = new IntList();
const depths = new IntList();
const jumps = new IntList();

export function clearTypes(): void {
  if (pool.items.length > 1 << 20) pool.items = pool.items.slice(0, 1024);
  pool.length = FIRST_REF;
  for (const list of [places, canons, parents, depths, jumps]) list.clear();
}

/** The place of a defined heap type's description. */
export function placeOf(heap: number): number {
  return places.at(heap - FIRST_INDEX);
}

export function kindAt(place: number): number {
  return (pool.items[place] as number) & 3;
}

export function shareAt(place: number): number {
  return ((pool.items[place] as number) >> 2) & 1;
}

export function isFinalAt(place: number): boolean {
  return ((pool.items[place] as number) & 8) !== 0;
}

export function shareOf(heap: number): number {
  return heap < FIRST_INDEX ? heap & 3 : shareAt(placeOf(heap));
}

/** Whether a value type may be part of what is shared. */
export function isShareable(t: number): boolean {
  return t < FIRST_REF || shareOf(heapOf(t)) !== 0;
}

/** Places a type in the hierarchy: under `parent`, a canonical index, or under none. Types of one kind only may be under each other. */
export function addToHierarchy(parent: number): void {
  const x = parents.length;
  parents.push(parent);
  if (parent < 0) {
    depths.push(0);
    jumps.push(x);
    return;
  }
  depths.push(depths.at(parent) + 1);
  const jump = jumps.at(parent);
  const even = depths.at(parent) - depths.at(jump) === depths.at(jump) - depths.at(jumps.at(jump));
  jumps.push(even ? jumps.at(jump) : parent);
}

/** Whether the canonical index `a` is `b` or a subtype of it; logarithmic in the depth. */
function isBelow(a: number, b: number): boolean {
  const depth = depths.at(b);
  let x = a;
  while (depths.at(x) > depth) x = depths.at(jumps.at(x)) >= depth ? jumps.at(x) : parents.at(x);
  return x === b;
}

const ABSTRACT_OF_KIND = [FUNC, STRUCT, ARRAY] as const;

export function matchesHeap(a: number, b: number): boolean {
  if (a === b) return true;
  if (a >= FIRST_INDEX) {
    if (b >= FIRST_INDEX) return isBelow(a - FIRST_INDEX, b - FIRST_INDEX);
    const place = placeOf(a);
    const name = ABSTRACT_OF_KIND[kindAt(place)] as number;
    return ABSTRACT_BELOW[(((name << 2) | shareAt(place)) << 6) | b] === 1;
  }
  if (b < FIRST_INDEX) return ABSTRACT_BELOW[(a << 6) | b] === 1;
  const place = placeOf(b);
  const bottom = kindAt(place) === KIND_FUNC ? NOFUNC : NONE;
  const share = a & 3;
  return (a >> 2 === bottom || a >> 2 === BOT_HEAP) && (share === BOT_SHARE || share === shareAt(place));
}

export function matches(a: number, b: number): boolean {
  if (a === b || a === BOT) return true;
  if (!isRef(a) || !isRef(b) || (a & 1) > (b & 1)) return false;
  return matchesHeap(heapOf(a), heapOf(b));
}

/** Whether the `n` types at one place in the pool match those at another. */
export function matchesList(a: number, b: number, n: number): boolean {
  const { items } = pool;
  if (a === b) return true;
  for (let i = 0; i < n; i++) if (!matches(items[a + i] as number, items[b + i] as number)) return false;
  return true;
}

import type { AbsHeapName, HeapType, RefType, Share, StorageType, ValType } from '../../../../src/syntax/types.ts';
import type { Env } from './environment.ts';
import { abstract, HEAP_NAMES, matchHeap, ref } from './matching.ts';

/** Random types, the simplest first. */

export interface TypeWish {
  /** Must it be valid as shared? */
  readonly shared: boolean;
  /** How many type definitions it may mention. */
  readonly known: number;
  readonly nullable?: boolean;
}

const GC_NAMES: readonly AbsHeapName[] = ['any', 'eq', 'i31', 'struct', 'array', 'none', 'nofunc', 'noextern'];

/** The abstract heap types of the language of these features. */
function heapNames(env: Env, share: Share): readonly AbsHeapName[] {
  const { gc, exceptions, waitQueues, sharedEverything } = env.features;
  return HEAP_NAMES.filter((name) => {
    if (name === 'exn') return exceptions;
    if (name === 'noexn') return exceptions && gc;
    if (name === 'waitqueue' || name === 'nowaitqueue')
      return waitQueues && sharedEverything && (share === 'shared' || env.features.weft);
    return gc || !GC_NAMES.includes(name);
  });
}

/** The heap types that are there, abstract ones and definitions. */
export function heapTypes(env: Env, wish: TypeWish): HeapType[] {
  const { gc, sharedEverything } = env.features;
  const shares: Share[] = wish.shared ? ['shared'] : sharedEverything ? ['unshared', 'shared'] : ['unshared'];
  const abstracts = shares.flatMap((share) => heapNames(env, share).map((name) => abstract(name, share)));
  if (!gc) return abstracts;
  const defined = env.types
    .slice(0, wish.known)
    .flatMap(({ share }, type): HeapType[] => (wish.shared && share !== 'shared' ? [] : [{ kind: 'index', type }]));
  return [...abstracts, ...defined];
}

export function someRefType(env: Env, wish: TypeWish): RefType | null {
  const all = heapTypes(env, wish);
  const indices = all.filter((ht) => ht.kind === 'index');
  const heap = env.c.maybe(indices.length > 0 && env.c.chance(1, 2) ? indices : all);
  if (heap === null) return null;
  const empty = env.runs && heap.kind === 'abstract' && heap.name.startsWith('no');
  return ref(heap, empty || wish.nullable === true || !env.features.gc || !env.c.chance(1, 3));
}

export function someValType(env: Env, wish: TypeWish): ValType {
  const { c, features } = env;
  const numbers: ValType[] = ['i32', 'i64', 'f32', 'f64', ...(features.simd ? (['v128'] as const) : [])];
  if (c.chance(2, 5)) return someRefType(env, wish) ?? 'i32';
  return c.pick(numbers);
}

export function someStorage(env: Env, wish: TypeWish): StorageType {
  return env.c.chance(1, 4) ? env.c.pick(['i8', 'i16'] as const) : someValType(env, wish);
}

export function someTypes(env: Env, wish: TypeWish, most: number): ValType[] {
  return Array.from({ length: env.c.below(most + 1) }, () => someValType(env, wish));
}

/** A random heap type that matches `ht`, of those that are known. */
export function heapBelow(env: Env, ht: HeapType, known = env.types.length): HeapType {
  const below = heapTypes(env, { shared: false, known }).filter((h) => matchHeap(env, h, ht));
  return env.c.maybe(below) ?? ht;
}

/** A random type that matches `t`. */
export function typeBelow(env: Env, t: ValType, known = env.types.length): ValType {
  if (typeof t === 'string' || env.c.chance(1, 2)) return t;
  return ref(heapBelow(env, t.heap, known), t.nullable && (!env.features.gc || !env.c.chance(1, 3)));
}

/** A random type that `t` matches. */
export function typeAbove(env: Env, t: ValType, known = env.types.length): ValType {
  if (typeof t === 'string' || env.c.chance(1, 2)) return t;
  const above = heapTypes(env, { shared: false, known }).filter((h) => matchHeap(env, t.heap, h));
  return ref(env.c.maybe(above) ?? t.heap, t.nullable || env.c.chance(1, 2));
}

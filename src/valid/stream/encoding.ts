import type { AbsHeapName } from '../../syntax/types.ts';

/**
 * Types as integers, which is all that this room knows of types.
 *
 *     value type    0 bot (any type at all: the polymorphic stack's)    1–5 i32 i64 f32 f64 v128    6–7 i8 i16 (fields only)
 *                   16 + (heap << 1 | nullable): a reference
 *     heap          name << 2 | share, below 64: abstract      64 + x: the type with canonical index x
 *     share         0 unshared, 1 shared, 2 bot-share (below both: only of what is popped from a polymorphic stack)
 *     name          the order of HEAP_NAMES; 14 is bot, below every heap type
 *
 * So two value types are equal exactly if their integers are, and a list of types is a place in the pool and a length.
 */

export const BOT = 0;
export const I32 = 1;
export const I64 = 2;
export const F32 = 3;
export const F64 = 4;
export const V128 = 5;
export const I8 = 6;
export const I16 = 7;
/** Value types from here on are references; below are places of one-element lists in the pool. */
export const FIRST_REF = 16;
/** Heap types from here on are defined ones. */
export const FIRST_INDEX = 64;

export const HEAP_NAMES: readonly (AbsHeapName | 'bot')[] = [
  'any',
  'eq',
  'i31',
  'struct',
  'array',
  'none',
  'func',
  'nofunc',
  'extern',
  'noextern',
  'exn',
  'noexn',
  'waitqueue',
  'nowaitqueue',
  'bot',
];

export const ANY = 0;
export const EQ = 1;
export const I31 = 2;
export const STRUCT = 3;
export const ARRAY = 4;
export const NONE = 5;
export const FUNC = 6;
export const NOFUNC = 7;
export const EXTERN = 8;
export const EXN = 10;
export const WAITQUEUE = 12;
export const BOT_HEAP = 14;

export const UNSHARED = 0;
export const SHARED = 1;
export const BOT_SHARE = 2;

export function abstract(name: number, share: number): number {
  return (name << 2) | share;
}

export function reference(heap: number, nullable: number): number {
  return FIRST_REF + ((heap << 1) | nullable);
}

export function isRef(t: number): boolean {
  return t >= FIRST_REF;
}

export function heapOf(t: number): number {
  return (t - FIRST_REF) >> 1;
}

/** Numbers, vectors and nullable references have a default value. */
export function isDefaultable(t: number): boolean {
  return t < FIRST_REF || (t & 1) === 1;
}

/** The value that a field of this storage type gives and takes. */
export function unpacked(storage: number): number {
  return storage === I8 || storage === I16 ? I32 : storage;
}

/** The immediate supertypes of each name within its hierarchy. */
const ABOVE: Readonly<Record<number, readonly number[]>> = {
  1: [ANY],
  2: [EQ],
  3: [EQ],
  4: [EQ],
  5: [I31, STRUCT, ARRAY],
  7: [FUNC],
  9: [EXTERN],
  11: [EXN],
  13: [WAITQUEUE],
};

function nameBelow(a: number, b: number): boolean {
  return a === b || a === BOT_HEAP || (ABOVE[a] ?? []).some((c) => nameBelow(c, b));
}

/** `ABSTRACT_BELOW[a << 6 | b]` is 1 if the abstract heap type `a` matches `b`. */
export const ABSTRACT_BELOW: Uint8Array = new Uint8Array(64 * 64);
/** The top of each name's hierarchy. */
export const TOP: Uint8Array = new Uint8Array(HEAP_NAMES.length);

for (let a = 0; a < HEAP_NAMES.length; a++) {
  for (let b = 0; b < HEAP_NAMES.length; b++) {
    if (!nameBelow(a, b)) continue;
    if (a !== BOT_HEAP && ABOVE[b] === undefined && b !== BOT_HEAP) TOP[a] = b;
    for (let s = 0; s < 3; s++) {
      for (let u = 0; u < 3; u++) {
        if (s === u || s === BOT_SHARE) ABSTRACT_BELOW[(abstract(a, s) << 6) | abstract(b, u)] = 1;
      }
    }
  }
}

/** What `ref.as_non_null` makes of a reference that is not known. */
export const BOT_REF: number = reference(abstract(BOT_HEAP, BOT_SHARE), 0);
export const SHARED_WAITQUEUE: number = reference(abstract(WAITQUEUE, SHARED), 0);
export const SHARED_EQREF: number = reference(abstract(EQ, SHARED), 1);

/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Pure, PureTable } from './words.ts';

/** Vectors as 128 bits [core 3.0, Numerics: vvunop, vvbinop, vvternop]. */

function binary(f: (x: number, y: number) => number): Pure {
  return (s, d, a, b) => {
    for (let i = 0; i < 4; i++) s[d + i] = f(s[a + i]!, s[b + i]!);
  };
}

/** Bits of `a` where those of `c` are set, else those of `b`. */
function bitselect(s: Int32Array, d: number, a: number, b: number, c: number): void {
  for (let i = 0; i < 4; i++) s[d + i] = (s[a + i]! & s[c + i]!) | (s[b + i]! & ~s[c + i]!);
}

export const BITS: PureTable = {
  'v128.not': (s, d, a) => {
    for (let i = 0; i < 4; i++) s[d + i] = ~s[a + i]!;
  },
  'v128.and': binary((x, y) => x & y),
  'v128.andnot': binary((x, y) => x & ~y),
  'v128.or': binary((x, y) => x | y),
  'v128.xor': binary((x, y) => x ^ y),
  'v128.bitselect': bitselect,
  'v128.any_true': (s, d, a) => {
    s[d] = (s[a]! | s[a + 1]! | s[a + 2]! | s[a + 3]!) === 0 ? 0 : 1;
  },

  // As in the deterministic profile.
  'i8x16.relaxed_laneselect': bitselect,
  'i16x8.relaxed_laneselect': bitselect,
  'i32x4.relaxed_laneselect': bitselect,
  'i64x2.relaxed_laneselect': bitselect,
};

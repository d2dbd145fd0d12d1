/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from '../int64.ts';
import type { PureTable } from './words.ts';
import { A, B, R } from './words.ts';

/** Instructions that move lanes as they are [core 3.0, Numerics: lanes, inverse lanes, iswizzle]. */

/** i8x16.shuffle, whose lanes are four to a word of the code at `at`. */
export function shuffle(s: Words, d: number, a: number, b: number, code: Int32Array, at: number): void {
  A.load(s, a);
  B.load(s, b);
  for (let i = 0; i < 16; i++) {
    const lane = (code[at + (i >> 2)]! >> (8 * (i & 3))) & 31;
    R.u8[i] = lane < 16 ? A.u8[lane]! : B.u8[lane - 16]!;
  }
  R.store(s, d);
}

function swizzle(s: Words, d: number, a: number, b: number): void {
  A.load(s, a);
  B.load(s, b);
  for (let i = 0; i < 16; i++) {
    const lane = B.u8[i]!;
    R.u8[i] = lane < 16 ? A.u8[lane]! : 0;
  }
  R.store(s, d);
}

function splat32(s: Words, d: number, a: number): void {
  R.i32.fill(s[a]!);
  R.store(s, d);
}

function splat64(s: Words, d: number, a: number): void {
  const low = s[a]!;
  const high = s[a + 1]!;
  s[d] = low;
  s[d + 1] = high;
  s[d + 2] = low;
  s[d + 3] = high;
}

function extract32(s: Words, d: number, a: number, lane: number): void {
  s[d] = s[a + lane]!;
}

function extract64(s: Words, d: number, a: number, lane: number): void {
  const low = s[a + 2 * lane]!;
  s[d + 1] = s[a + 2 * lane + 1]!;
  s[d] = low;
}

function replace32(s: Words, d: number, a: number, b: number, lane: number): void {
  R.load(s, a);
  R.i32[lane] = s[b]!;
  R.store(s, d);
}

function replace64(s: Words, d: number, a: number, b: number, lane: number): void {
  R.load(s, a);
  R.i32[2 * lane] = s[b]!;
  R.i32[2 * lane + 1] = s[b + 1]!;
  R.store(s, d);
}

export const LANES: PureTable = {
  'i8x16.swizzle': swizzle,
  'i8x16.relaxed_swizzle': swizzle,
  'i8x16.splat': (s, d, a) => {
    R.i8.fill(s[a]!);
    R.store(s, d);
  },
  'i16x8.splat': (s, d, a) => {
    R.i16.fill(s[a]!);
    R.store(s, d);
  },
  'i32x4.splat': splat32,
  'f32x4.splat': splat32,
  'i64x2.splat': splat64,
  'f64x2.splat': splat64,
  'i8x16.extract_lane_s': (s, d, a, lane) => {
    A.load(s, a);
    s[d] = A.i8[lane]!;
  },
  'i8x16.extract_lane_u': (s, d, a, lane) => {
    A.load(s, a);
    s[d] = A.u8[lane]!;
  },
  'i16x8.extract_lane_s': (s, d, a, lane) => {
    A.load(s, a);
    s[d] = A.i16[lane]!;
  },
  'i16x8.extract_lane_u': (s, d, a, lane) => {
    A.load(s, a);
    s[d] = A.u16[lane]!;
  },
  'i32x4.extract_lane': extract32,
  'f32x4.extract_lane': extract32,
  'i64x2.extract_lane': extract64,
  'f64x2.extract_lane': extract64,
  'i8x16.replace_lane': (s, d, a, b, lane) => {
    R.load(s, a);
    R.i8[lane] = s[b]!;
    R.store(s, d);
  },
  'i16x8.replace_lane': (s, d, a, b, lane) => {
    R.load(s, a);
    R.i16[lane] = s[b]!;
    R.store(s, d);
  },
  'i32x4.replace_lane': replace32,
  'f32x4.replace_lane': replace32,
  'i64x2.replace_lane': replace64,
  'f64x2.replace_lane': replace64,
};

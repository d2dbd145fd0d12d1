/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from '../int64.ts';
import type { Pure, PureTable } from './words.ts';
import { A, R } from './words.ts';

/** Integers to floats, floats to each other, and vectors of floats to integers [core 3.0, Numerics, Conversions]. */

const TWO_32 = 2 ** 32;

/** To an f64: both words are exact, so their sum is rounded once. */
function wide(s: Words, a: number, signed: boolean): number {
  return high(s, a, signed) * TWO_32 + (s[a]! >>> 0);
}

/**
 * An f64 that rounds to the same f32 as the integer at `a`. Where the integer has too many bits for an f64, the lowest twelve become one that
 * says whether any of them is set: it is below all that an f32 could keep, and above or below a tie as they are.
 */
function sticky(s: Words, a: number, signed: boolean): number {
  const top = high(s, a, signed);
  const low = s[a]! >>> 0;
  if (Math.abs(top) < 2 ** 20) return top * TWO_32 + low;
  const rest = low % 0x1000;
  return top * TWO_32 + (low - rest + (rest === 0 ? 0 : 0x800));
}

function high(s: Words, a: number, signed: boolean): number {
  return signed ? s[a + 1]! : s[a + 1]! >>> 0;
}

function toF32(from: (s: Words, a: number) => number): Pure {
  return (s, d, a) => {
    R.putF32(0, from(s, a));
    R.store(s, d, 1);
  };
}

function toF64(from: (s: Words, a: number) => number): Pure {
  return (s, d, a) => {
    R.putF64(0, from(s, a));
    R.store(s, d, 2);
  };
}

/** NaN to 0, and what is out of range to the nearest bound. */
function saturateS(x: number): number {
  return Math.max(-0x8000_0000, Math.min(0x7fff_ffff, x)) | 0;
}

function saturateU(x: number): number {
  return Math.max(0, Math.min(0xffff_ffff, x)) >>> 0;
}

function truncateF32(saturate: (x: number) => number): Pure {
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < 4; i++) s[d + i] = saturate(A.f32[i]!);
  };
}

/** The upper two lanes are zero. */
function truncateF64(saturate: (x: number) => number): Pure {
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < 4; i++) s[d + i] = i < 2 ? saturate(A.f64[i]!) : 0;
  };
}

export const CONVERSIONS: PureTable = {
  'f32.convert_i32_s': toF32((s, a) => s[a]!),
  'f32.convert_i32_u': toF32((s, a) => s[a]! >>> 0),
  'f32.convert_i64_s': toF32((s, a) => sticky(s, a, true)),
  'f32.convert_i64_u': toF32((s, a) => sticky(s, a, false)),
  'f64.convert_i64_s': toF64((s, a) => wide(s, a, true)),
  'f64.convert_i64_u': toF64((s, a) => wide(s, a, false)),

  'f32x4.convert_i32x4_s': (s, d, a) => {
    for (let i = 0; i < 4; i++) R.f32[i] = s[a + i]!;
    R.store(s, d);
  },
  'f32x4.convert_i32x4_u': (s, d, a) => {
    for (let i = 0; i < 4; i++) R.f32[i] = s[a + i]! >>> 0;
    R.store(s, d);
  },
  'f64x2.convert_low_i32x4_s': (s, d, a) => {
    for (let i = 0; i < 2; i++) R.f64[i] = s[a + i]!;
    R.store(s, d);
  },
  'f64x2.convert_low_i32x4_u': (s, d, a) => {
    for (let i = 0; i < 2; i++) R.f64[i] = s[a + i]! >>> 0;
    R.store(s, d);
  },
  'f32x4.demote_f64x2_zero': (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < 4; i++) R.putF32(i, i < 2 ? A.f64[i]! : 0);
    R.store(s, d);
  },
  'f64x2.promote_low_f32x4': (s, d, a) => {
    A.load(s, a, 2);
    for (let i = 0; i < 2; i++) R.putF64(i, A.f32[i]!);
    R.store(s, d);
  },

  'i32x4.trunc_sat_f32x4_s': truncateF32(saturateS),
  'i32x4.trunc_sat_f32x4_u': truncateF32(saturateU),
  'i32x4.trunc_sat_f64x2_s_zero': truncateF64(saturateS),
  'i32x4.trunc_sat_f64x2_u_zero': truncateF64(saturateU),
  'i32x4.relaxed_trunc_f32x4_s': truncateF32(saturateS),
  'i32x4.relaxed_trunc_f32x4_u': truncateF32(saturateU),
  'i32x4.relaxed_trunc_f64x2_s_zero': truncateF64(saturateS),
  'i32x4.relaxed_trunc_f64x2_u_zero': truncateF64(saturateU),
};

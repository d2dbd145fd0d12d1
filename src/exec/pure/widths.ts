/* oxlint-disable typescript/no-non-null-assertion -- lanes are in range by construction */
import type { Sign } from './integer-vectors.ts';
import { saturate } from './integer-vectors.ts';
import type { Pure, PureTable } from './words.ts';
import { A, B, R } from './words.ts';

/** Vector instructions between lanes of one width and of half or twice that [core 3.0, Numerics, Vector Operations]. */

/** How lanes are seen. */
const VIEWS = { s8: 'i8', u8: 'u8', s16: 'i16', u16: 'u16', s32: 'i32', u32: 'u32' } as const;

type Half = 'low' | 'high';

/** Lanes of `2 * bits` bits, which are signed, each to the nearest of half the width. */
function narrow(bits: 8 | 16, sign: Sign): Pure {
  const x = A[VIEWS[`s${doubled(bits)}`]];
  const y = B[VIEWS[`s${doubled(bits)}`]];
  const result = R[VIEWS[`s${bits}`]];
  const lanes = x.length;
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < lanes; i++) {
      result[i] = saturate(x[i]!, bits, sign);
      result[lanes + i] = saturate(y[i]!, bits, sign);
    }
    R.store(s, d);
  };
}

/** The lower or the upper half of the lanes, widened. */
function extend(bits: 8 | 16, sign: Sign, half: Half): Pure {
  const x = A[VIEWS[`${sign}${bits}`]];
  const result = R[VIEWS[`s${doubled(bits)}`]];
  const first = half === 'low' ? 0 : result.length;
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < result.length; i++) result[i] = x[first + i]!;
    R.store(s, d);
  };
}

/** Products of the lower or the upper halves, in full. */
function extendedProduct(bits: 8 | 16, sign: Sign, half: Half): Pure {
  const x = A[VIEWS[`${sign}${bits}`]];
  const y = B[VIEWS[`${sign}${bits}`]];
  const result = R[VIEWS[`s${doubled(bits)}`]];
  const first = half === 'low' ? 0 : result.length;
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < result.length; i++) result[i] = x[first + i]! * y[first + i]!;
    R.store(s, d);
  };
}

/** Sums of neighbours, in full. */
function pairwiseSum(bits: 8 | 16, sign: Sign): Pure {
  const x = A[VIEWS[`${sign}${bits}`]];
  const result = R[VIEWS[`s${doubled(bits)}`]];
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < result.length; i++) result[i] = x[2 * i]! + x[2 * i + 1]!;
    R.store(s, d);
  };
}

function doubled(bits: 8 | 16): 16 | 32 {
  return bits === 8 ? 16 : 32;
}

/** The sum of the products of the signed lanes `first` and the one after it, of as many bits as it takes. */
function dot(x: Int8Array | Int16Array, y: Int8Array | Int16Array, first: number): number {
  return x[first]! * y[first]! + x[first + 1]! * y[first + 1]!;
}

/** Of two bytes, in 16 bits: saturated, both operands signed, as in the deterministic profile. */
function byteDot(first: number): number {
  return saturate(dot(A.i8, B.i8, first), 16, 's');
}

function betweenWidths(bits: 8 | 16): PureTable {
  const from = `i${bits}x${128 / bits}`;
  const to = `i${2 * bits}x${64 / bits}`;
  const table: Record<string, Pure> = {};
  for (const sign of ['s', 'u'] as const) {
    table[`${from}.narrow_${to}_${sign}`] = narrow(bits, sign);
    table[`${to}.extadd_pairwise_${from}_${sign}`] = pairwiseSum(bits, sign);
    for (const half of ['low', 'high'] as const) {
      table[`${to}.extend_${half}_${from}_${sign}`] = extend(bits, sign, half);
      table[`${to}.extmul_${half}_${from}_${sign}`] = extendedProduct(bits, sign, half);
    }
  }
  return table;
}

export const WIDTHS: PureTable = {
  ...betweenWidths(8),
  ...betweenWidths(16),
  'i32x4.dot_i16x8_s': (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) R.i32[i] = dot(A.i16, B.i16, 2 * i);
    R.store(s, d);
  },
  'i16x8.relaxed_dot_i8x16_i7x16_s': (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 8; i++) R.i16[i] = byteDot(2 * i);
    R.store(s, d);
  },
  'i32x4.relaxed_dot_i8x16_i7x16_add_s': (s, d, a, b, c) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) R.i32[i] = byteDot(4 * i) + byteDot(4 * i + 2) + s[c + i]!;
    R.store(s, d);
  },
};

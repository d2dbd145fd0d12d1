/* oxlint-disable typescript/no-non-null-assertion -- lanes are in range by construction */
import type { Shape, Sign } from './integer-vectors.ts';
import { I16X8, I32X4, I8X16, clamp, rangeOf } from './integer-vectors.ts';
import type { Pure, PureTable } from './words.ts';
import { A, B, R } from './words.ts';

/** Vector instructions between lanes of one width and of half or twice that [core 3.0, Numerics, Vector Operations]. */

/** Lanes of `from`, which are signed, each to the nearest of half the width. */
function narrow(from: Shape, to: Shape, sign: Sign): Pure {
  const x = A[from.s];
  const y = B[from.s];
  const result = R[to.s];
  const { low, high } = rangeOf(to.bits, sign);
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < from.lanes; i++) {
      result[i] = clamp(x[i]!, low, high);
      result[from.lanes + i] = clamp(y[i]!, low, high);
    }
    R.store(s, d);
  };
}

/** The lower or the upper half of the lanes, widened. */
function extend(from: Shape, to: Shape, sign: Sign, half: Half): Pure {
  const x = A[from[sign]];
  const result = R[to.s];
  const first = half === 'low' ? 0 : to.lanes;
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < to.lanes; i++) result[i] = x[first + i]!;
    R.store(s, d);
  };
}

/** Products of the lower or the upper halves, in full. */
function extendedProduct(from: Shape, to: Shape, sign: Sign, half: Half): Pure {
  const x = A[from[sign]];
  const y = B[from[sign]];
  const result = R[to.s];
  const first = half === 'low' ? 0 : to.lanes;
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < to.lanes; i++) result[i] = x[first + i]! * y[first + i]!;
    R.store(s, d);
  };
}

/** Sums of neighbours, in full. */
function pairwiseSum(from: Shape, to: Shape, sign: Sign): Pure {
  const x = A[from[sign]];
  const result = R[to.s];
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < to.lanes; i++) result[i] = x[2 * i]! + x[2 * i + 1]!;
    R.store(s, d);
  };
}

/** The sum of the products of the signed lanes `first` and the one after it, of as many bits as it takes. */
function dot(x: Int8Array | Int16Array, y: Int8Array | Int16Array, first: number): number {
  return x[first]! * y[first]! + x[first + 1]! * y[first + 1]!;
}

/** Of two bytes, in 16 bits: saturated, both operands signed, as in the deterministic profile. */
function byteDot(first: number): number {
  return clamp(dot(A.i8, B.i8, first), -0x8000, 0x7fff);
}

type Half = 'low' | 'high';
const SIGNS: readonly Sign[] = ['s', 'u'];
const HALVES: readonly Half[] = ['low', 'high'];

function betweenWidths(from: Shape, to: Shape): PureTable {
  const entries = SIGNS.flatMap((sign): [string, Pure][] => [
    [`${from.name}.narrow_${to.name}_${sign}`, narrow(to, from, sign)],
    [`${to.name}.extadd_pairwise_${from.name}_${sign}`, pairwiseSum(from, to, sign)],
    ...HALVES.flatMap((half): [string, Pure][] => [
      [`${to.name}.extend_${half}_${from.name}_${sign}`, extend(from, to, sign, half)],
      [`${to.name}.extmul_${half}_${from.name}_${sign}`, extendedProduct(from, to, sign, half)],
    ]),
  ]);
  return Object.fromEntries(entries);
}

export const WIDTHS: PureTable = {
  ...betweenWidths(I8X16, I16X8),
  ...betweenWidths(I16X8, I32X4),
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

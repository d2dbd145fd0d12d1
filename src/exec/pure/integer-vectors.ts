/* oxlint-disable typescript/no-non-null-assertion -- lanes are in range by construction */
import { known } from '../../base/assert.ts';
import { popcnt32 } from '../int64.ts';
import type { Pure, PureTable } from './words.ts';
import { A, B, R, named } from './words.ts';

/**
 * Vectors of integers of 8, 16 and 32 bits, lane by lane [core 3.0, Numerics, Integer Operations]. Results are put into typed arrays, which
 * keep their low bits.
 */

export interface Shape {
  readonly name: string;
  readonly bits: 8 | 16 | 32;
  readonly lanes: number;
  /** How lanes are seen as signed and as unsigned integers. */
  readonly s: 'i8' | 'i16' | 'i32';
  readonly u: 'u8' | 'u16' | 'u32';
}

export type Sign = 's' | 'u';
type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;
type Comparison = (x: number, y: number) => boolean;

export const I8X16: Shape = { name: 'i8x16', bits: 8, lanes: 16, s: 'i8', u: 'u8' };
export const I16X8: Shape = { name: 'i16x8', bits: 16, lanes: 8, s: 'i16', u: 'u16' };
export const I32X4: Shape = { name: 'i32x4', bits: 32, lanes: 4, s: 'i32', u: 'u32' };

/** The least and the greatest integer of so many bits. */
export function rangeOf(bits: number, sign: Sign): { readonly low: number; readonly high: number } {
  return sign === 's' ? { low: -(2 ** (bits - 1)), high: 2 ** (bits - 1) - 1 } : { low: 0, high: 2 ** bits - 1 };
}

export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

function unary(shape: Shape, f: Unary): Pure {
  const x = A[shape.s];
  const result = R[shape.s];
  return (s, d, a) => {
    A.load(s, a);
    for (let i = 0; i < shape.lanes; i++) result[i] = f(x[i]!);
    R.store(s, d);
  };
}

function binary(shape: Shape, sign: Sign, f: Binary): Pure {
  const x = A[shape[sign]];
  const y = B[shape[sign]];
  const result = R[shape.s];
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < shape.lanes; i++) result[i] = f(x[i]!, y[i]!);
    R.store(s, d);
  };
}

function compare(shape: Shape, sign: Sign, f: Comparison): Pure {
  return binary(shape, sign, (x, y) => (f(x, y) ? -1 : 0));
}

/** The count is taken modulo the lanes' width. */
function shift(shape: Shape, sign: Sign, f: Binary): Pure {
  const x = A[shape[sign]];
  const result = R[shape.s];
  return (s, d, a, b) => {
    const count = s[b]! & (shape.bits - 1);
    A.load(s, a);
    for (let i = 0; i < shape.lanes; i++) result[i] = f(x[i]!, count);
    R.store(s, d);
  };
}

function allTrue(shape: Shape): Pure {
  const x = A[shape.s];
  return (s, d, a) => {
    A.load(s, a);
    s[d] = x.every((lane) => lane !== 0) ? 1 : 0;
  };
}

function bitmask(shape: Shape): Pure {
  const x = A[shape.s];
  return (s, d, a) => {
    A.load(s, a);
    let mask = 0;
    for (let i = 0; i < shape.lanes; i++) if (x[i]! < 0) mask |= 1 << i;
    s[d] = mask;
  };
}

function saturating(shape: Shape, sign: Sign, f: Binary): Pure {
  const { low, high } = rangeOf(shape.bits, sign);
  return binary(shape, sign, (x, y) => clamp(f(x, y), low, high));
}

const add: Binary = (x, y) => x + y;
const subtract: Binary = (x, y) => x - y;
const least: Binary = (x, y) => (x < y ? x : y);
const greatest: Binary = (x, y) => (x > y ? x : y);
/** The mean, halves up. */
const average: Binary = (x, y) => (x + y + 1) >> 1;
/** Of fractions of 15 bits, rounded; only that of -1 by -1 is out of range. */
const fractionalProduct: Binary = (x, y) => Math.min((x * y + 0x4000) >> 15, 0x7fff);

const ORDERINGS: Readonly<Record<string, Comparison>> = {
  lt: (x, y) => x < y,
  gt: (x, y) => x > y,
  le: (x, y) => x <= y,
  ge: (x, y) => x >= y,
};

function everyWidth(shape: Shape): PureTable {
  const { name } = shape;
  return {
    [`${name}.abs`]: unary(shape, Math.abs),
    [`${name}.neg`]: unary(shape, (x) => -x),
    [`${name}.add`]: binary(shape, 's', add),
    [`${name}.sub`]: binary(shape, 's', subtract),
    [`${name}.shl`]: shift(shape, 's', (x, count) => x << count),
    [`${name}.shr_s`]: shift(shape, 's', (x, count) => x >> count),
    [`${name}.shr_u`]: shift(shape, 'u', (x, count) => x >>> count),
    [`${name}.eq`]: compare(shape, 's', (x, y) => x === y),
    [`${name}.ne`]: compare(shape, 's', (x, y) => x !== y),
    [`${name}.all_true`]: allTrue(shape),
    [`${name}.bitmask`]: bitmask(shape),
    ...bothSigns(shape, '', ORDERINGS, compare),
    ...bothSigns(shape, '', { min: least, max: greatest }, binary),
  };
}

function narrowWidths(shape: Shape): PureTable {
  return {
    ...bothSigns(shape, '_sat', { add, sub: subtract }, saturating),
    [`${shape.name}.avgr_u`]: binary(shape, 'u', average),
  };
}

/** Operations named after their sign: `min_s` and `min_u`, `add_sat_s` and `add_sat_u`. */
function bothSigns<T>(
  shape: Shape,
  suffix: string,
  table: Readonly<Record<string, T>>,
  make: (shape: Shape, sign: Sign, each: T) => Pure,
): PureTable {
  const signs: readonly Sign[] = ['s', 'u'];
  const entries = signs.flatMap((sign) =>
    Object.keys(table).map((name): [string, Pure] => [
      `${shape.name}.${name}${suffix}_${sign}`,
      make(shape, sign, known(table[name], name)),
    ]),
  );
  return Object.fromEntries(entries);
}

export const INTEGER_VECTORS: PureTable = {
  ...everyWidth(I8X16),
  ...everyWidth(I16X8),
  ...everyWidth(I32X4),
  ...narrowWidths(I8X16),
  ...narrowWidths(I16X8),
  'i8x16.popcnt': unary(I8X16, (x) => popcnt32(x & 0xff)),
  'i16x8.mul': binary(I16X8, 's', Math.imul),
  'i32x4.mul': binary(I32X4, 's', Math.imul),
  ...named('i16x8', { q15mulr_sat_s: 's', relaxed_q15mulr_s: 's' } as const, (sign) =>
    binary(I16X8, sign, fractionalProduct),
  ),
};

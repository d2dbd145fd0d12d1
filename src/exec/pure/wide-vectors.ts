/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from '../int64.ts';
import { compareS64, mul64, shl64, shrS64, shrU64 } from '../int64.ts';
import type { Pure, PureTable } from './words.ts';

/** Vectors of two 64-bit integers, each in two words as everywhere. */

function add64(s: Words, d: number, a: number, b: number): void {
  const low = (s[a]! >>> 0) + (s[b]! >>> 0);
  s[d + 1] = s[a + 1]! + s[b + 1]! + (low > 0xffff_ffff ? 1 : 0);
  s[d] = low;
}

function subtract64(s: Words, d: number, a: number, b: number): void {
  const low = (s[a]! >>> 0) - (s[b]! >>> 0);
  s[d + 1] = s[a + 1]! - s[b + 1]! - (low < 0 ? 1 : 0);
  s[d] = low;
}

function negate64(s: Words, d: number, a: number): void {
  const low = s[a]!;
  s[d + 1] = ~s[a + 1]! + (low === 0 ? 1 : 0);
  s[d] = -low;
}

function abs64(s: Words, d: number, a: number): void {
  if (s[a + 1]! < 0) negate64(s, d, a);
  else {
    const low = s[a]!;
    s[d + 1] = s[a + 1]!;
    s[d] = low;
  }
}

function each(f: (s: Words, d: number, a: number, b: number) => void): Pure {
  return (s, d, a, b) => {
    f(s, d, a, b);
    f(s, d + 2, a + 2, b + 2);
  };
}

/** Both lanes by one count. */
function shift(f: (s: Words, d: number, a: number, b: number) => void): Pure {
  return (s, d, a, b) => {
    f(s, d, a, b);
    f(s, d + 2, a + 2, b);
  };
}

/** Lanes of ones where the order of the operands, as a number below, at or above 0, is right. */
function compare(right: (order: number) => boolean): Pure {
  return (s, d, a, b) => {
    const first = right(compareS64(s, a, b)) ? -1 : 0;
    const second = right(compareS64(s, a + 2, b + 2)) ? -1 : 0;
    s.fill(first, d, d + 2);
    s.fill(second, d + 2, d + 4);
  };
}

type Half = 'low' | 'high';

/** Four 64-bit integers: two widened lanes of one operand, and of another. */
const widened = new Int32Array(8);

function widen(s: Words, a: number, signed: boolean, half: Half, to: number): void {
  const first = half === 'low' ? a : a + 2;
  for (let i = 0; i < 2; i++) {
    const x = s[first + i]!;
    widened[to + 2 * i] = x;
    widened[to + 2 * i + 1] = signed ? x >> 31 : 0;
  }
}

function store(s: Words, d: number): void {
  for (let i = 0; i < 4; i++) s[d + i] = widened[i]!;
}

function extend(signed: boolean, half: Half): Pure {
  return (s, d, a) => {
    widen(s, a, signed, half, 0);
    store(s, d);
  };
}

/** Products in full. */
function extendedProduct(signed: boolean, half: Half): Pure {
  return (s, d, a, b) => {
    widen(s, a, signed, half, 0);
    widen(s, b, signed, half, 4);
    mul64(widened, 0, 0, 4);
    mul64(widened, 2, 2, 6);
    store(s, d);
  };
}

export const WIDE_VECTORS: PureTable = {
  'i64x2.abs': each(abs64),
  'i64x2.neg': each(negate64),
  'i64x2.add': each(add64),
  'i64x2.sub': each(subtract64),
  'i64x2.mul': each(mul64),
  'i64x2.shl': shift(shl64),
  'i64x2.shr_s': shift(shrS64),
  'i64x2.shr_u': shift(shrU64),
  'i64x2.eq': compare((order) => order === 0),
  'i64x2.ne': compare((order) => order !== 0),
  'i64x2.lt_s': compare((order) => order < 0),
  'i64x2.gt_s': compare((order) => order > 0),
  'i64x2.le_s': compare((order) => order <= 0),
  'i64x2.ge_s': compare((order) => order >= 0),
  'i64x2.all_true': (s, d, a) => {
    s[d] = (s[a]! | s[a + 1]!) !== 0 && (s[a + 2]! | s[a + 3]!) !== 0 ? 1 : 0;
  },
  'i64x2.bitmask': (s, d, a) => {
    s[d] = (s[a + 1]! >>> 31) | ((s[a + 3]! >>> 31) << 1);
  },
  'i64x2.extend_low_i32x4_s': extend(true, 'low'),
  'i64x2.extend_low_i32x4_u': extend(false, 'low'),
  'i64x2.extend_high_i32x4_s': extend(true, 'high'),
  'i64x2.extend_high_i32x4_u': extend(false, 'high'),
  'i64x2.extmul_low_i32x4_s': extendedProduct(true, 'low'),
  'i64x2.extmul_low_i32x4_u': extendedProduct(false, 'low'),
  'i64x2.extmul_high_i32x4_s': extendedProduct(true, 'high'),
  'i64x2.extmul_high_i32x4_u': extendedProduct(false, 'high'),
};

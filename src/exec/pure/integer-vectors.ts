/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { popcnt32 } from '../int64.ts';
import type { Pure, PureTable } from './words.ts';
import { named } from './words.ts';

/** Vectors of integers of 8, 16 and 32 bits, lane by lane [core 3.0, Numerics, Integer Operations]: word by word, as no lane is in two. */

type Bits = 8 | 16 | 32;
export type Sign = 's' | 'u';

const UNARY = ['abs', 'neg', 'popcnt'] as const;
const BINARY = ['add', 'sub', 'mul', 'min', 'max', 'avgr', 'q15mulr'] as const;
const COMPARISONS = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'] as const;

type Unary = (typeof UNARY)[number];
type Binary = (typeof BINARY)[number];
type Comparison = (typeof COMPARISONS)[number];

/** The lane of a word that begins at bit `at`. */
function laneOf(word: number, at: number, bits: Bits, sign: Sign): number {
  const shifted = word << (32 - bits - at);
  return sign === 's' ? shifted >> (32 - bits) : shifted >>> (32 - bits);
}

/** The low bits of a result, at their place in a word. */
function inLane(x: number, at: number, bits: Bits): number {
  return bits === 32 ? x | 0 : (x & ((1 << bits) - 1)) << at;
}

/** The integer of so many bits that is nearest. */
export function saturate(x: number, bits: Bits, sign: Sign): number {
  const low = sign === 's' ? -(2 ** (bits - 1)) : 0;
  const high = 2 ** (sign === 's' ? bits - 1 : bits) - 1;
  return x < low ? low : x > high ? high : x;
}

function unary(op: Unary, x: number): number {
  switch (op) {
    case 'abs':
      return x < 0 ? -x : x;
    case 'neg':
      return -x;
    case 'popcnt':
      return popcnt32(x);
  }
}

function binary(op: Binary, x: number, y: number): number {
  switch (op) {
    case 'add':
      return x + y;
    case 'sub':
      return x - y;
    case 'mul':
      return Math.imul(x, y);
    case 'min':
      return x < y ? x : y;
    case 'max':
      return x > y ? x : y;
    case 'avgr':
      // The mean, halves up.
      return (x + y + 1) >> 1;
    case 'q15mulr':
      // Of fractions of 15 bits, rounded; only that of -1 by -1 is out of range.
      return (x * y + 0x4000) >> 15;
  }
}

function holds(op: Comparison, x: number, y: number): boolean {
  switch (op) {
    case 'eq':
      return x === y;
    case 'ne':
      return x !== y;
    case 'lt':
      return x < y;
    case 'gt':
      return x > y;
    case 'le':
      return x <= y;
    case 'ge':
      return x >= y;
  }
}

function eachLane(bits: Bits, sign: Sign, op: Unary): Pure {
  return (s, d, a) => {
    for (let i = 0; i < 4; i++) {
      const x = s[a + i]!;
      let word = 0;
      for (let at = 0; at < 32; at += bits) word |= inLane(unary(op, laneOf(x, at, bits, sign)), at, bits);
      s[d + i] = word;
    }
  };
}

function eachPair(bits: Bits, sign: Sign, op: Binary, saturates = false): Pure {
  return (s, d, a, b) => {
    for (let i = 0; i < 4; i++) {
      const x = s[a + i]!;
      const y = s[b + i]!;
      let word = 0;
      for (let at = 0; at < 32; at += bits) {
        const result = binary(op, laneOf(x, at, bits, sign), laneOf(y, at, bits, sign));
        word |= inLane(saturates ? saturate(result, bits, sign) : result, at, bits);
      }
      s[d + i] = word;
    }
  };
}

/** Lanes of ones where it holds. */
function compare(bits: Bits, sign: Sign, op: Comparison): Pure {
  return (s, d, a, b) => {
    for (let i = 0; i < 4; i++) {
      const x = s[a + i]!;
      const y = s[b + i]!;
      let word = 0;
      for (let at = 0; at < 32; at += bits)
        if (holds(op, laneOf(x, at, bits, sign), laneOf(y, at, bits, sign))) word |= inLane(-1, at, bits);
      s[d + i] = word;
    }
  };
}

/** The count is taken modulo the lanes' width. */
function shift(bits: Bits, op: 'shl' | 'shr_s' | 'shr_u'): Pure {
  return (s, d, a, b) => {
    const count = s[b]! & (bits - 1);
    for (let i = 0; i < 4; i++) {
      const x = s[a + i]!;
      let word = 0;
      for (let at = 0; at < 32; at += bits) {
        const lane = laneOf(x, at, bits, op === 'shr_u' ? 'u' : 's');
        word |= inLane(op === 'shl' ? lane << count : op === 'shr_s' ? lane >> count : lane >>> count, at, bits);
      }
      s[d + i] = word;
    }
  };
}

function allTrue(bits: Bits): Pure {
  return (s, d, a) => {
    let all = 1;
    for (let i = 0; i < 4; i++)
      for (let at = 0; at < 32; at += bits) if (laneOf(s[a + i]!, at, bits, 'u') === 0) all = 0;
    s[d] = all;
  };
}

/** The lanes' signs. */
function bitmask(bits: Bits): Pure {
  return (s, d, a) => {
    let mask = 0;
    let lane = 0;
    for (let i = 0; i < 4; i++)
      for (let at = 0; at < 32; at += bits) mask |= ((s[a + i]! >>> (at + bits - 1)) & 1) << lane++;
    s[d] = mask;
  };
}

function everyWidth(bits: Bits): PureTable {
  const shape = `i${bits}x${128 / bits}`;
  const table: Record<string, Pure> = {
    [`${shape}.all_true`]: allTrue(bits),
    [`${shape}.bitmask`]: bitmask(bits),
    ...named(`${shape}.`, ['abs', 'neg'], (op) => eachLane(bits, 's', op)),
    ...named(`${shape}.`, ['add', 'sub'], (op) => eachPair(bits, 's', op)),
    ...named(`${shape}.`, ['shl', 'shr_s', 'shr_u'], (op) => shift(bits, op)),
    ...named(`${shape}.`, ['eq', 'ne'], (op) => compare(bits, 's', op)),
  };
  for (const sign of ['s', 'u'] as const) {
    for (const op of ['lt', 'gt', 'le', 'ge'] as const) table[`${shape}.${op}_${sign}`] = compare(bits, sign, op);
    for (const op of ['min', 'max'] as const) table[`${shape}.${op}_${sign}`] = eachPair(bits, sign, op);
    if (bits === 32) continue;
    for (const op of ['add', 'sub'] as const) table[`${shape}.${op}_sat_${sign}`] = eachPair(bits, sign, op, true);
  }
  return table;
}

export const INTEGER_VECTORS: PureTable = {
  ...everyWidth(8),
  ...everyWidth(16),
  ...everyWidth(32),
  'i8x16.popcnt': eachLane(8, 'u', 'popcnt'),
  'i8x16.avgr_u': eachPair(8, 'u', 'avgr'),
  'i16x8.avgr_u': eachPair(16, 'u', 'avgr'),
  'i16x8.mul': eachPair(16, 's', 'mul'),
  'i32x4.mul': eachPair(32, 's', 'mul'),
  'i16x8.q15mulr_sat_s': eachPair(16, 's', 'q15mulr', true),
  'i16x8.relaxed_q15mulr_s': eachPair(16, 's', 'q15mulr', true),
};

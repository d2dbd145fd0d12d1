/* oxlint-disable typescript/no-non-null-assertion -- lanes are in range by construction */
import type { Pure, PureTable } from './words.ts';
import { A, B, C, R, named } from './words.ts';

/**
 * Arithmetic on floats and vectors of them [core 3.0, Numerics, Floating-Point Operations]. A single float is a vector of one lane.
 *
 * An f32 is computed as an f64 and then rounded, which is right for sum, difference, product, quotient and square root, as an f64 has more
 * than twice its precision and two bits [Figueroa, When is double rounding innocuous?, 1995].
 */

const UNARY = ['ceil', 'floor', 'trunc', 'nearest', 'sqrt'] as const;
const BINARY = ['add', 'sub', 'mul', 'div', 'min', 'max'] as const;
const COMPARISONS = ['eq', 'ne', 'lt', 'gt', 'le', 'ge'] as const;
const SELECTIONS = ['pmin', 'pmax'] as const;
const SIGNS = ['abs', 'neg'] as const;

// Switches, not tables of functions: an engine computes with floats in place only where it sees what is computed.

function unary(op: (typeof UNARY)[number], x: number): number {
  switch (op) {
    case 'ceil':
      return Math.ceil(x);
    case 'floor':
      return Math.floor(x);
    case 'trunc':
      return Math.trunc(x);
    case 'nearest':
      return nearest(x);
    case 'sqrt':
      return Math.sqrt(x);
  }
}

/** Rounds to an integer, halves to the even one; -0 stays what it is. */
function nearest(x: number): number {
  const magnitude = Math.abs(x);
  // From here on all are integers; below, the sum has no room for a fraction.
  if (!(magnitude < 2 ** 52)) return x;
  const rounded = magnitude + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

function binary(op: (typeof BINARY)[number], x: number, y: number): number {
  switch (op) {
    case 'add':
      return x + y;
    case 'sub':
      return x - y;
    case 'mul':
      return x * y;
    case 'div':
      return x / y;
    case 'min':
      return Math.min(x, y);
    case 'max':
      return Math.max(x, y);
  }
}

function holds(op: (typeof COMPARISONS)[number], x: number, y: number): boolean {
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

/** Whether the second operand is the result, whose bits are kept. */
function takesSecond(op: (typeof SELECTIONS)[number], x: number, y: number): boolean {
  return op === 'pmin' ? y < x : x < y;
}

function unary32(lanes: number): (op: (typeof UNARY)[number]) => Pure {
  return (op) => (s, d, a) => {
    A.load(s, a, lanes);
    for (let i = 0; i < lanes; i++) R.putF32(i, unary(op, A.f32[i]!));
    R.store(s, d, lanes);
  };
}

function unary64(lanes: number): (op: (typeof UNARY)[number]) => Pure {
  return (op) => (s, d, a) => {
    A.load(s, a, 2 * lanes);
    for (let i = 0; i < lanes; i++) R.putF64(i, unary(op, A.f64[i]!));
    R.store(s, d, 2 * lanes);
  };
}

function binary32(lanes: number): (op: (typeof BINARY)[number]) => Pure {
  return (op) => (s, d, a, b) => {
    A.load(s, a, lanes);
    B.load(s, b, lanes);
    for (let i = 0; i < lanes; i++) R.putF32(i, binary(op, A.f32[i]!, B.f32[i]!));
    R.store(s, d, lanes);
  };
}

function binary64(lanes: number): (op: (typeof BINARY)[number]) => Pure {
  return (op) => (s, d, a, b) => {
    A.load(s, a, 2 * lanes);
    B.load(s, b, 2 * lanes);
    for (let i = 0; i < lanes; i++) R.putF64(i, binary(op, A.f64[i]!, B.f64[i]!));
    R.store(s, d, 2 * lanes);
  };
}

/** Lanes of ones where it holds. */
function compare32(op: (typeof COMPARISONS)[number]): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = holds(op, A.f32[i]!, B.f32[i]!) ? -1 : 0;
  };
}

function compare64(op: (typeof COMPARISONS)[number]): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = holds(op, A.f64[i >> 1]!, B.f64[i >> 1]!) ? -1 : 0;
  };
}

function select32(op: (typeof SELECTIONS)[number]): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = (takesSecond(op, A.f32[i]!, B.f32[i]!) ? B : A).i32[i]!;
  };
}

function select64(op: (typeof SELECTIONS)[number]): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = (takesSecond(op, A.f64[i >> 1]!, B.f64[i >> 1]!) ? B : A).i32[i]!;
  };
}

/** `width` words a lane, the last of which has the sign. */
function signs(words: number, width: number): (op: (typeof SIGNS)[number]) => Pure {
  return (op) => (s, d, a) => {
    for (let i = 0; i < words; i++) {
      const x = s[a + i]!;
      s[d + i] = (i + 1) % width !== 0 ? x : op === 'abs' ? x & 0x7fff_ffff : x ^ -0x8000_0000;
    }
  };
}

/** The magnitude of one and the sign of another. */
function copysign(width: number): Pure {
  return (s, d, a, b) => {
    const last = width - 1;
    const high = (s[a + last]! & 0x7fff_ffff) | (s[b + last]! & -0x8000_0000);
    for (let i = 0; i < last; i++) s[d + i] = s[a + i]!;
    s[d + last] = high;
  };
}

/** x · y + z, the product rounded: what the deterministic profile has for relaxed_madd; `sign` is that of the product. */
function multiplyAdd32(sign: 1 | -1): Pure {
  return (s, d, a, b, c) => {
    A.load(s, a);
    B.load(s, b);
    C.load(s, c);
    for (let i = 0; i < 4; i++) R.putF32(i, sign * Math.fround(A.f32[i]! * B.f32[i]!) + C.f32[i]!);
    R.store(s, d);
  };
}

function multiplyAdd64(sign: 1 | -1): Pure {
  return (s, d, a, b, c) => {
    A.load(s, a);
    B.load(s, b);
    C.load(s, c);
    for (let i = 0; i < 2; i++) R.putF64(i, sign * (A.f64[i]! * B.f64[i]!) + C.f64[i]!);
    R.store(s, d);
  };
}

export const FLOATS: PureTable = {
  ...named('f32.', UNARY, unary32(1)),
  ...named('f64.', UNARY, unary64(1)),
  ...named('f32.', ['min', 'max'], binary32(1)),
  ...named('f64.', ['min', 'max'], binary64(1)),
  ...named('f32.', SIGNS, signs(1, 1)),
  ...named('f64.', SIGNS, signs(2, 2)),
  'f32.copysign': copysign(1),
  'f64.copysign': copysign(2),
};

export const FLOAT_VECTORS: PureTable = {
  ...named('f32x4.', UNARY, unary32(4)),
  ...named('f64x2.', UNARY, unary64(2)),
  ...named('f32x4.', BINARY, binary32(4)),
  ...named('f64x2.', BINARY, binary64(2)),
  ...named('f32x4.', COMPARISONS, compare32),
  ...named('f64x2.', COMPARISONS, compare64),
  ...named('f32x4.', SELECTIONS, select32),
  ...named('f64x2.', SELECTIONS, select64),
  ...named('f32x4.', SIGNS, signs(4, 1)),
  ...named('f64x2.', SIGNS, signs(4, 2)),
  ...named('f32x4.relaxed_', ['min', 'max'], binary32(4)),
  ...named('f64x2.relaxed_', ['min', 'max'], binary64(2)),
  'f32x4.relaxed_madd': multiplyAdd32(1),
  'f64x2.relaxed_madd': multiplyAdd64(1),
  'f32x4.relaxed_nmadd': multiplyAdd32(-1),
  'f64x2.relaxed_nmadd': multiplyAdd64(-1),
};

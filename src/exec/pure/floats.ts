/* oxlint-disable typescript/no-non-null-assertion -- lanes are in range by construction */
import type { Pure, PureTable } from './words.ts';
import { A, B, C, R, named } from './words.ts';

/**
 * Arithmetic on floats and vectors of them [core 3.0, Numerics, Floating-Point Operations]. A single float is a vector of one lane.
 *
 * An f32 is computed as an f64 and then rounded, which is right for sum, difference, product, quotient and square root, as an f64 has more
 * than twice its precision and two bits [Figueroa, When is double rounding innocuous?, 1995].
 */

type Unary = (x: number) => number;
type Binary = (x: number, y: number) => number;
type Comparison = (x: number, y: number) => boolean;

/** Rounds to an integer, halves to the even one; -0 stays what it is. */
function nearest(x: number): number {
  const magnitude = Math.abs(x);
  // From here on all are integers; below, the sum has no room for a fraction.
  if (!(magnitude < 2 ** 52)) return x;
  const rounded = magnitude + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}

const ROUNDINGS: Readonly<Record<string, Unary>> = {
  ceil: Math.ceil,
  floor: Math.floor,
  trunc: Math.trunc,
  nearest,
};

const EXTREMA: Readonly<Record<string, Binary>> = { min: Math.min, max: Math.max };

const RELAXED_EXTREMA: Readonly<Record<string, Binary>> = { relaxed_min: Math.min, relaxed_max: Math.max };

const ARITHMETIC: Readonly<Record<string, Binary>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
};

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  gt: (x, y) => x > y,
  le: (x, y) => x <= y,
  ge: (x, y) => x >= y,
};

/** Whether the second operand is the result: selections, which keep a NaN's bits. */
const SELECTIONS: Readonly<Record<string, Comparison>> = { pmin: (x, y) => y < x, pmax: (x, y) => x < y };

/** Changes of the word that holds the sign. */
const SIGNS: Readonly<Record<string, Unary>> = { abs: (x) => x & 0x7fff_ffff, neg: (x) => x ^ -0x8000_0000 };

function unary32(lanes: number): (f: Unary) => Pure {
  return (f) => (s, d, a) => {
    A.load(s, a, lanes);
    for (let i = 0; i < lanes; i++) R.putF32(i, f(A.f32[i]!));
    R.store(s, d, lanes);
  };
}

function unary64(lanes: number): (f: Unary) => Pure {
  return (f) => (s, d, a) => {
    A.load(s, a, 2 * lanes);
    for (let i = 0; i < lanes; i++) R.putF64(i, f(A.f64[i]!));
    R.store(s, d, 2 * lanes);
  };
}

function binary32(lanes: number): (f: Binary) => Pure {
  return (f) => (s, d, a, b) => {
    A.load(s, a, lanes);
    B.load(s, b, lanes);
    for (let i = 0; i < lanes; i++) R.putF32(i, f(A.f32[i]!, B.f32[i]!));
    R.store(s, d, lanes);
  };
}

function binary64(lanes: number): (f: Binary) => Pure {
  return (f) => (s, d, a, b) => {
    A.load(s, a, 2 * lanes);
    B.load(s, b, 2 * lanes);
    for (let i = 0; i < lanes; i++) R.putF64(i, f(A.f64[i]!, B.f64[i]!));
    R.store(s, d, 2 * lanes);
  };
}

/** Lanes of ones where it holds. */
function compare32(f: Comparison): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = f(A.f32[i]!, B.f32[i]!) ? -1 : 0;
  };
}

function compare64(f: Comparison): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = f(A.f64[i >> 1]!, B.f64[i >> 1]!) ? -1 : 0;
  };
}

function select32(second: Comparison): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = (second(A.f32[i]!, B.f32[i]!) ? B : A).i32[i]!;
  };
}

function select64(second: Comparison): Pure {
  return (s, d, a, b) => {
    A.load(s, a);
    B.load(s, b);
    for (let i = 0; i < 4; i++) s[d + i] = (second(A.f64[i >> 1]!, B.f64[i >> 1]!) ? B : A).i32[i]!;
  };
}

/** `width` words a lane, the last of which has the sign. */
function signs(words: number, width: number): (f: Unary) => Pure {
  return (f) => (s, d, a) => {
    for (let i = 0; i < words; i++) {
      const x = s[a + i]!;
      s[d + i] = (i + 1) % width === 0 ? f(x) : x;
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
  ...named('f32', { ...ROUNDINGS, sqrt: Math.sqrt }, unary32(1)),
  ...named('f64', ROUNDINGS, unary64(1)),
  ...named('f32', EXTREMA, binary32(1)),
  ...named('f64', EXTREMA, binary64(1)),
  ...named('f32', SIGNS, signs(1, 1)),
  ...named('f64', SIGNS, signs(2, 2)),
  'f32.copysign': copysign(1),
  'f64.copysign': copysign(2),
};

export const FLOAT_VECTORS: PureTable = {
  ...named('f32x4', { ...ROUNDINGS, sqrt: Math.sqrt }, unary32(4)),
  ...named('f64x2', { ...ROUNDINGS, sqrt: Math.sqrt }, unary64(2)),
  ...named('f32x4', { ...ARITHMETIC, ...EXTREMA, ...RELAXED_EXTREMA }, binary32(4)),
  ...named('f64x2', { ...ARITHMETIC, ...EXTREMA, ...RELAXED_EXTREMA }, binary64(2)),
  ...named('f32x4', COMPARISONS, compare32),
  ...named('f64x2', COMPARISONS, compare64),
  ...named('f32x4', SELECTIONS, select32),
  ...named('f64x2', SELECTIONS, select64),
  ...named('f32x4', SIGNS, signs(4, 1)),
  ...named('f64x2', SIGNS, signs(4, 2)),
  ...named('f32x4', { relaxed_madd: 1, relaxed_nmadd: -1 } as const, multiplyAdd32),
  ...named('f64x2', { relaxed_madd: 1, relaxed_nmadd: -1 } as const, multiplyAdd64),
};

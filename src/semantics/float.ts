import type { Finite, Float, Format } from './float-bits.ts';
import { decode, digitsOf, encode, NAN, nearestMultiple } from './float-bits.ts';

/**
 * Floating-point operators [core, Floating-Point Operations]: the exact result of exact operands, rounded once, by `encode`.
 * Metavariables: F a format, z values of floats, a b bits.
 */

function finite(negative: boolean, significand: bigint, exponent: number): Finite {
  return { kind: 'finite', negative, significand, exponent };
}

function isZero(z: Float): boolean {
  return z.kind === 'finite' && z.significand === 0n;
}

function negated(z: Float): Float {
  return z.kind === 'nan' ? z : { ...z, negative: !z.negative };
}

/** The numbers as integer multiples of one power of two. */
function aligned(z1: Finite, z2: Finite): { readonly n1: bigint; readonly n2: bigint; readonly exponent: number } {
  const exponent = Math.min(z1.exponent, z2.exponent);
  const multiple = (z: Finite): bigint => {
    const n = z.significand << BigInt(z.exponent - exponent);
    return z.negative ? -n : n;
  };
  return { n1: multiple(z1), n2: multiple(z2), exponent };
}

/** A sum of zero is positive unless both terms are negative zeros. */
function add(z1: Float, z2: Float): Float {
  if (z1.kind === 'nan' || z2.kind === 'nan') return NAN;
  if (z1.kind === 'infinite') return z2.kind === 'infinite' && z1.negative !== z2.negative ? NAN : z1;
  if (z2.kind === 'infinite') return z2;
  const { n1, n2, exponent } = aligned(z1, z2);
  const sum = n1 + n2;
  if (sum === 0n) return finite(z1.negative && z2.negative, 0n, 0);
  return finite(sum < 0n, sum < 0n ? -sum : sum, exponent);
}

function mul(z1: Float, z2: Float): Float {
  if (z1.kind === 'nan' || z2.kind === 'nan') return NAN;
  const negative = z1.negative !== z2.negative;
  if (z1.kind === 'infinite' || z2.kind === 'infinite')
    return isZero(z1) || isZero(z2) ? NAN : { kind: 'infinite', negative };
  return finite(negative, z1.significand * z2.significand, z1.exponent + z2.exponent);
}

/**
 * What stands for a number that lies strictly between `n` and `n + 1` units if `inexact`: n + ½. It rounds to the same float, as
 * long as `n` has more than M + 2 digits, for then no float and no midpoint of two is between them.
 */
function between(negative: boolean, n: bigint, exponent: number, inexact: boolean): Finite {
  return finite(negative, 2n * n + (inexact ? 1n : 0n), exponent - 1);
}

function div(z1: Float, z2: Float, F: Format): Float {
  if (z1.kind === 'nan' || z2.kind === 'nan') return NAN;
  const negative = z1.negative !== z2.negative;
  if (z1.kind === 'infinite') return z2.kind === 'infinite' ? NAN : { kind: 'infinite', negative };
  if (z2.kind === 'infinite') return finite(negative, 0n, 0);
  if (isZero(z2)) return isZero(z1) ? NAN : { kind: 'infinite', negative };
  const places = 2 * F.M + 4;
  const dividend = z1.significand << BigInt(places);
  const quotient = dividend / z2.significand;
  const inexact = quotient * z2.significand !== dividend;
  return between(negative, quotient, z1.exponent - z2.exponent - places, inexact);
}

function sqrt(z: Float, F: Format): Float {
  if (z.kind === 'nan' || isZero(z)) return z;
  if (z.negative) return NAN;
  if (z.kind === 'infinite') return z;
  const odd = z.exponent % 2 !== 0;
  const places = F.M + 3;
  const radicand = z.significand << BigInt(2 * places + (odd ? 1 : 0));
  const root = integerRoot(radicand);
  return between(false, root, (z.exponent - (odd ? 1 : 0)) / 2 - places, root * root !== radicand);
}

/** The greatest integer whose square is at most n > 0: Newton's iteration from above. */
function integerRoot(n: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(digitsOf(n) / 2));
  for (;;) {
    const next = (root + n / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** -1, 0 or 1 as z1 is less than, equal to or greater than z2; null if they have no order. */
function compare(z1: Float, z2: Float): -1 | 0 | 1 | null {
  if (z1.kind === 'nan' || z2.kind === 'nan') return null;
  if (z1.kind === 'infinite') return z2.kind === 'infinite' && z1.negative === z2.negative ? 0 : z1.negative ? -1 : 1;
  if (z2.kind === 'infinite') return z2.negative ? 1 : -1;
  const { n1, n2 } = aligned(z1, z2);
  return n1 < n2 ? -1 : n1 > n2 ? 1 : 0;
}

/** Of two equal ones, which can only differ when they are zeros, the negative one. */
function min(z1: Float, z2: Float): Float {
  const order = compare(z1, z2);
  if (order === null) return NAN;
  return order < 0 || (order === 0 && z1.kind !== 'nan' && z1.negative) ? z1 : z2;
}

function max(z1: Float, z2: Float): Float {
  return negated(min(negated(z1), negated(z2)));
}

/** An integral value of the same sign, which a zero keeps; `toInteger` is of the magnitude. */
function integral(z: Float, toInteger: (z: Finite) => bigint): Float {
  if (z.kind !== 'finite' || z.exponent >= 0) return z;
  return finite(z.negative, toInteger(z), 0);
}

/** The integer part of the magnitude. */
function whole({ significand, exponent }: Finite): bigint {
  return exponent >= 0 ? significand << BigInt(exponent) : significand >> BigInt(-exponent);
}

/** The least integer that is not less than the magnitude. */
function wholeAbove({ significand, exponent }: Finite): bigint {
  return -(-significand >> BigInt(-exponent));
}

/** trunc, of a finite number, as an integer. */
export function towardsZero(z: Finite): bigint {
  const integer = whole(z);
  return z.negative ? -integer : integer;
}

/** The float that is this integer. */
export function fromInteger(integer: bigint): Float {
  return finite(integer < 0n, integer < 0n ? -integer : integer, 0);
}

const EXACT_UNARY: Readonly<Record<string, (z: Float, F: Format) => Float>> = {
  ceil: (z) => integral(z, (q) => (q.negative ? whole(q) : wholeAbove(q))),
  floor: (z) => integral(z, (q) => (q.negative ? wholeAbove(q) : whole(q))),
  trunc: (z) => integral(z, whole),
  nearest: (z) => integral(z, (q) => nearestMultiple(q.significand, q.exponent)),
  sqrt,
};

const EXACT_BINARY: Readonly<Record<string, (z1: Float, z2: Float, F: Format) => Float>> = {
  add,
  sub: (z1, z2) => add(z1, negated(z2)),
  mul,
  div,
  min,
  max,
};

type Unary = (F: Format, a: bigint) => bigint;
type Binary = (F: Format, a: bigint, b: bigint) => bigint;

/** The bits without their sign. */
function unsigned(F: Format, a: bigint): bigint {
  return a % F.signBit;
}

/** The operators on bits. Those of the sign, and the choice of one operand, keep the bits of a NaN. */
export const FLOAT_UNARY: Readonly<Record<string, Unary>> = {
  ...mapValues(
    EXACT_UNARY,
    (operator): Unary =>
      (F, a) =>
        encode(F, operator(decode(F, a), F)),
  ),
  abs: unsigned,
  neg: (F, a) => a ^ F.signBit,
};

export const FLOAT_BINARY: Readonly<Record<string, Binary>> = {
  ...mapValues(
    EXACT_BINARY,
    (operator): Binary =>
      (F, a, b) =>
        encode(F, operator(decode(F, a), decode(F, b), F)),
  ),
  copysign: (F, a, b) => unsigned(F, a) + (b - unsigned(F, b)),
  pmin: (F, a, b) => (ordered(F, b, a) === -1 ? b : a),
  pmax: (F, a, b) => (ordered(F, a, b) === -1 ? b : a),
};

function ordered(F: Format, a: bigint, b: bigint): -1 | 0 | 1 | null {
  return compare(decode(F, a), decode(F, b));
}

export const FLOAT_COMPARISON: Readonly<Record<string, (F: Format, a: bigint, b: bigint) => boolean>> = {
  eq: (F, a, b) => ordered(F, a, b) === 0,
  ne: (F, a, b) => ordered(F, a, b) !== 0,
  lt: (F, a, b) => ordered(F, a, b) === -1,
  gt: (F, a, b) => ordered(F, a, b) === 1,
  le: (F, a, b) => [-1, 0].includes(ordered(F, a, b) ?? 1),
  ge: (F, a, b) => [1, 0].includes(ordered(F, a, b) ?? -1),
};

function mapValues<T, U>(record: Readonly<Record<string, T>>, f: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));
}

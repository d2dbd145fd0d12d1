import { known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';

/**
 * Integer operators [core, Integer Operations], defined as the specification does: on integers 0 ≤ i < 2^N, without limit on
 * size in between. Metavariables: N M widths in bits, i j integers in that range. Instructions apply them to numbers, and to
 * the lanes of vectors.
 */

export type Width = 8 | 16 | 32 | 64;

const MODULUS: Readonly<Record<Width, bigint>> = { 8: 1n << 8n, 16: 1n << 16n, 32: 1n << 32n, 64: 1n << 64n };
const HALF: Readonly<Record<Width, bigint>> = { 8: 1n << 7n, 16: 1n << 15n, 32: 1n << 31n, 64: 1n << 63n };

/** signed_N: the two's complement reading. */
export function signedOf(N: Width, i: bigint): bigint {
  return i < HALF[N] ? i : i - MODULUS[N];
}

/** Its inverse; also wrap: the residue modulo 2^N. */
export function unsignedOf(N: Width, integer: bigint): bigint {
  const residue = integer % MODULUS[N];
  return residue < 0n ? residue + MODULUS[N] : residue;
}

/** extend_{M,N}^s of the lowest M bits. */
export function extend(M: Width, N: Width, i: bigint): bigint {
  return unsignedOf(N, signedOf(M, unsignedOf(M, i)));
}

/** Integers, both ends included. */
export interface IntRange {
  readonly least: bigint;
  readonly greatest: bigint;
}

export type Sign = 's' | 'u';

const SIGNED = rangesOf((N) => ({ least: -HALF[N], greatest: HALF[N] - 1n }));
const UNSIGNED = rangesOf((N) => ({ least: 0n, greatest: MODULUS[N] - 1n }));

function rangesOf(range: (N: Width) => IntRange): Readonly<Record<Width, IntRange>> {
  return { 8: range(8), 16: range(16), 32: range(32), 64: range(64) };
}

/** The integers that N bits can mean. */
export function rangeOf(N: Width, sign: Sign): IntRange {
  return (sign === 's' ? SIGNED : UNSIGNED)[N];
}

/** The integer of the range that is nearest. */
export function clamp({ least, greatest }: IntRange, integer: bigint): bigint {
  return integer < least ? least : integer > greatest ? greatest : integer;
}

/** sat_N^sx */
export function saturate(N: Width, sign: Sign, integer: bigint): bigint {
  return unsignedOf(N, clamp(rangeOf(N, sign), integer));
}

/** The bits of `i`, most significant first. */
function digits(N: Width, i: bigint): string {
  return i.toString(2).padStart(N, '0');
}

type Unary = (N: Width, i: bigint) => bigint;

export const INT_UNARY: Readonly<Record<string, Unary>> = {
  clz: (N, i) => BigInt(known(/^0*/.exec(digits(N, i)), 'match')[0].length),
  ctz: (N, i) => BigInt(known(/0*$/.exec(digits(N, i)), 'match')[0].length),
  popcnt: (N, i) => BigInt(digits(N, i).replaceAll('0', '').length),
  extend8_s: (N, i) => extend(8, N, i),
  extend16_s: (N, i) => extend(16, N, i),
  extend32_s: (N, i) => extend(32, N, i),
};

type Binary = (N: Width, i: bigint, j: bigint) => bigint;

/** The count of a shift. */
function count(N: Width, j: bigint): bigint {
  return j % BigInt(N);
}

export const INT_BINARY: Readonly<Record<string, Binary>> = {
  add: (N, i, j) => unsignedOf(N, i + j),
  sub: (N, i, j) => unsignedOf(N, i - j),
  mul: (N, i, j) => unsignedOf(N, i * j),
  and: (_, i, j) => i & j,
  or: (_, i, j) => i | j,
  xor: (_, i, j) => i ^ j,
  shl: (N, i, j) => unsignedOf(N, i << count(N, j)),
  shr_u: (N, i, j) => i >> count(N, j),
  shr_s: (N, i, j) => unsignedOf(N, signedOf(N, i) >> count(N, j)),
  rotl: (N, i, j) => rotate(N, i, Number(count(N, j))),
  rotr: (N, i, j) => rotate(N, i, N - Number(count(N, j))),
};

/** The first k digits go to the end. */
function rotate(N: Width, i: bigint, k: number): bigint {
  const d = digits(N, i);
  return BigInt(`0b${d.slice(k)}${d.slice(0, k)}`);
}

type Partial = (N: Width, i: bigint, j: bigint) => Result<bigint, string>;

/** Division truncates towards zero, as JavaScript's does on big integers; the remainder has the dividend's sign. */
export const INT_DIVISION: Readonly<Record<string, Partial>> = {
  div_u: (_, i, j) => (j === 0n ? err('integer divide by zero') : ok(i / j)),
  div_s: (N, i, j) => {
    if (j === 0n) return err('integer divide by zero');
    const quotient = signedOf(N, i) / signedOf(N, j);
    return quotient === HALF[N] ? err('integer overflow') : ok(unsignedOf(N, quotient));
  },
  rem_u: (_, i, j) => (j === 0n ? err('integer divide by zero') : ok(i % j)),
  rem_s: (N, i, j) => (j === 0n ? err('integer divide by zero') : ok(unsignedOf(N, signedOf(N, i) % signedOf(N, j)))),
};

export const INT_COMPARISON: Readonly<Record<string, (N: Width, i: bigint, j: bigint) => boolean>> = {
  eq: (_, i, j) => i === j,
  ne: (_, i, j) => i !== j,
  lt_u: (_, i, j) => i < j,
  gt_u: (_, i, j) => i > j,
  le_u: (_, i, j) => i <= j,
  ge_u: (_, i, j) => i >= j,
  lt_s: (N, i, j) => signedOf(N, i) < signedOf(N, j),
  gt_s: (N, i, j) => signedOf(N, i) > signedOf(N, j),
  le_s: (N, i, j) => signedOf(N, i) <= signedOf(N, j),
  ge_s: (N, i, j) => signedOf(N, i) >= signedOf(N, j),
};

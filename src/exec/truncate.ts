/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from './int64.ts';
import { writeI64 } from './int64.ts';

/** Floats to integers [core, Numerics: trunc, trunc_sat]. */

const scratch = new Int32Array(2);
const single = new Float32Array(scratch.buffer);
const double = new Float64Array(scratch.buffer);

/** The number whose f32 bits are at `a`. */
function readF32(s: Words, a: number): number {
  scratch[0] = s[a]!;
  return single[0]!;
}

/** The number whose f64 bits are at `a`. */
function readF64(s: Words, a: number): number {
  scratch[0] = s[a]!;
  scratch[1] = s[a + 1]!;
  return double[0]!;
}

/** What a truncation found: a number in range, a NaN, or a number out of range. */
type Truncation = 'fits' | 'nan' | 'overflow';

/** Truncates `x` to an integer of `bits` bits, written at `d` if it fits. */
function truncate(s: Words, d: number, x: number, bits: 32 | 64, signed: boolean): Truncation {
  if (Number.isNaN(x)) return 'nan';
  const whole = Math.trunc(x);
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const end = signed ? 2 ** (bits - 1) : 2 ** bits;
  if (whole < low || whole >= end) return 'overflow';
  put(s, d, whole, bits);
  return 'fits';
}

/** Truncates `x`, NaN to 0 and what is out of range to the nearest bound. */
function truncateSaturating(s: Words, d: number, x: number, bits: 32 | 64, signed: boolean): void {
  if (truncate(s, d, x, bits, signed) === 'fits') return;
  const ones = 2n ** BigInt(bits) - 1n;
  const bound = Number.isNaN(x) ? 0n : x < 0 ? (signed ? (ones + 1n) / 2n : 0n) : signed ? ones / 2n : ones;
  if (bits === 32) s[d] = Number(bound) | 0;
  else writeI64(s, d, bound);
}

function put(s: Words, d: number, whole: number, bits: 32 | 64): void {
  if (bits === 32) s[d] = whole | 0;
  else writeI64(s, d, BigInt(whole));
}

/**
 * The operation number `which` of the sixteen in their order in the table of operations: bit 0 says unsigned, bit 1 from an f64, bit 2 to an
 * i64, bit 3 saturating. The reason for a trap, if it traps.
 */
export function convert(s: Words, d: number, a: number, which: number): string | null {
  const x = (which & 2) === 0 ? readF32(s, a) : readF64(s, a);
  const bits = (which & 4) === 0 ? 32 : 64;
  const signed = (which & 1) === 0;
  if ((which & 8) !== 0) {
    truncateSaturating(s, d, x, bits, signed);
    return null;
  }
  const found = truncate(s, d, x, bits, signed);
  return found === 'fits' ? null : found === 'nan' ? 'invalid conversion to integer' : 'integer overflow';
}

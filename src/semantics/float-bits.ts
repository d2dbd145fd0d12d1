import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Value } from '../syntax/values.ts';

/**
 * Floating-point numbers as far as conversions to integers need them [core, Floating-Point; Conversions]: the exact
 * meaning of the bits, no arithmetic.
 */
type FloatValue = Extract<Value, { type: 'f32' | 'f64' }>;

/** (-1)^negative · significand · 2^exponent, an infinity, or no number. */
type Float =
  | { readonly kind: 'finite'; readonly negative: boolean; readonly significand: bigint; readonly exponent: number }
  | { readonly kind: 'infinite'; readonly negative: boolean }
  | { readonly kind: 'nan' };

/** Integers, both ends included. */
interface IntRange {
  readonly least: bigint;
  readonly greatest: bigint;
}

function decode(value: FloatValue): Float {
  const [bits, E, M] = value.type === 'f32' ? [BigInt(value.bits), 8, 23] : [value.bits, 11, 52];
  const fraction = bits % 2n ** BigInt(M);
  const biased = Number((bits >> BigInt(M)) % 2n ** BigInt(E));
  const negative = bits >> BigInt(E + M) === 1n;
  const bias = 2 ** (E - 1) - 1;
  if (biased === 2 ** E - 1) return fraction === 0n ? { kind: 'infinite', negative } : { kind: 'nan' };
  return biased === 0
    ? { kind: 'finite', negative, significand: fraction, exponent: 1 - bias - M }
    : { kind: 'finite', negative, significand: 2n ** BigInt(M) + fraction, exponent: biased - bias - M };
}

/** trunc: the integer next to it on zero's side. */
function towardsZero(float: Extract<Float, { kind: 'finite' }>): bigint {
  const { significand, exponent, negative } = float;
  const magnitude = exponent >= 0 ? significand * 2n ** BigInt(exponent) : significand / 2n ** BigInt(-exponent);
  return negative ? -magnitude : magnitude;
}

/** trunc_{M,N}^sx: partial. */
export function truncate(value: FloatValue, range: IntRange): Result<bigint, string> {
  const float = decode(value);
  if (float.kind === 'nan') return err('invalid conversion to integer');
  if (float.kind === 'infinite') return err('integer overflow');
  const integer = towardsZero(float);
  return integer < range.least || integer > range.greatest ? err('integer overflow') : ok(integer);
}

/** trunc_sat_{M,N}^sx: NaN is 0, what is too big or too small becomes the nearest integer. */
export function truncateSaturating(value: FloatValue, range: IntRange): bigint {
  const float = decode(value);
  if (float.kind === 'nan') return 0n;
  if (float.kind === 'infinite') return float.negative ? range.least : range.greatest;
  const integer = towardsZero(float);
  return integer < range.least ? range.least : integer > range.greatest ? range.greatest : integer;
}

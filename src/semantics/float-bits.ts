import { assertNever } from '../base/assert.ts';

/**
 * Floating-point numbers as exact numbers, and back by one rounding [core, Floating-Point Operations; IEEE 754-2019, 3.4, 4.3.1].
 * JavaScript's own floats are not used. The payload and sign of a NaN are no part of its meaning: those that arithmetic makes are
 * canonical and positive [core, Profiles: deterministic].
 */

/** A binary interchange format: E bits of exponent, M of fraction. */
export interface Format {
  readonly E: number;
  readonly M: number;
  /** What the exponent field is above the exponent. */
  readonly bias: number;
  /** The exponent field of infinities and NaNs. */
  readonly special: number;
  /** 2^M: the implicit digit of a normal number, as part of the integer that its significand is. */
  readonly implicit: bigint;
  readonly signBit: bigint;
  readonly infinity: bigint;
  readonly canonicalNaN: bigint;
}

/** The format with these widths; the instructions use two of them. */
export function format(E: number, M: number): Format {
  const special = 2 ** E - 1;
  return {
    E,
    M,
    bias: 2 ** (E - 1) - 1,
    special,
    implicit: 1n << BigInt(M),
    signBit: 1n << BigInt(E + M),
    infinity: BigInt(special) << BigInt(M),
    canonicalNaN: (BigInt(2 * special + 1) << BigInt(M)) >> 1n,
  };
}

export const FORMATS: Readonly<Record<'f32' | 'f64', Format>> = { f32: format(8, 23), f64: format(11, 52) };

/** (-1)^negative · significand · 2^exponent; zeros have a sign too. */
export interface Finite {
  readonly kind: 'finite';
  readonly negative: boolean;
  readonly significand: bigint;
  readonly exponent: number;
}

/** An exact number, of any precision; an infinity; or no number. */
export type Float = Finite | { readonly kind: 'infinite'; readonly negative: boolean } | { readonly kind: 'nan' };

export const NAN: Float = { kind: 'nan' };

/** What the bits mean. */
export function decode(F: Format, bits: bigint): Float {
  const { M, bias, special, implicit } = F;
  const negative = bits >= F.signBit;
  const fraction = bits % implicit;
  const field = Number(bits / implicit) % (special + 1);
  if (field === special) return fraction === 0n ? { kind: 'infinite', negative } : NAN;
  return field === 0
    ? { kind: 'finite', negative, significand: fraction, exponent: 1 - bias - M }
    : { kind: 'finite', negative, significand: implicit + fraction, exponent: field - bias - M };
}

/** float_N: the bits of the number of format F that is nearest to `z`, of two the one with an even significand. */
export function encode(F: Format, z: Float): bigint {
  switch (z.kind) {
    case 'nan':
      return F.canonicalNaN;
    case 'infinite':
      return withSign(F, z.negative, F.infinity);
    case 'finite':
      return withSign(F, z.negative, magnitude(F, z));
    default:
      return assertNever(z);
  }
}

function withSign(F: Format, negative: boolean, bits: bigint): bigint {
  return negative ? F.signBit + bits : bits;
}

/**
 * The format's numbers near z are the multiples of 2^unit: it has M+1 digits, or fewer when that would take the unit below the
 * subnormal one. A significand that rounds up to 2^(M+1) carries into the exponent field, as it should.
 */
function magnitude(F: Format, { significand, exponent }: Finite): bigint {
  const { M, bias, implicit, infinity } = F;
  if (significand === 0n) return 0n;
  const unit = Math.max(digitsOf(significand) + exponent - (M + 1), 1 - bias - M);
  const rounded = nearestMultiple(significand, exponent - unit);
  if (rounded < implicit) return rounded;
  const bits = BigInt(unit + bias + M - 1) * implicit + rounded;
  return bits < infinity ? bits : infinity;
}

/** The integer nearest to significand · 2^exponent, of two the even one. */
export function nearestMultiple(significand: bigint, exponent: number): bigint {
  if (exponent >= 0) return significand << BigInt(exponent);
  const below = significand >> BigInt(-exponent);
  const twiceRest = (significand - (below << BigInt(-exponent))) * 2n;
  const one = 1n << BigInt(-exponent);
  return twiceRest > one || (twiceRest === one && below % 2n === 1n) ? below + 1n : below;
}

/** How many binary digits a positive integer has. */
export function digitsOf(n: bigint): number {
  const hexadecimal = n.toString(16);
  return 4 * hexadecimal.length - (Math.clz32(Number.parseInt(hexadecimal.charAt(0), 16)) - 28);
}

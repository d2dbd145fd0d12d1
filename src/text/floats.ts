/**
 * Float literals [core specification, Text Format, Floating-Point] to IEEE 754 bits, correctly rounded: a literal is an
 * exact rational number, rounded once to the nearest float, ties to even.
 */

interface Format {
  /** Bits of the stored mantissa. */
  readonly mantissa: number;
  readonly exponent: number;
}

const F32: Format = { mantissa: 23, exponent: 8 };
const F64: Format = { mantissa: 52, exponent: 11 };

/** The bits of an f32 literal as an unsigned number; null if it is out of range. */
export function parseF32(literal: string): number | null {
  const bits = parseFloatBits(literal, F32);
  return bits === null ? null : Number(bits);
}

/** The bits of an f64 literal; null if it is out of range. */
export function parseF64(literal: string): bigint | null {
  return parseFloatBits(literal, F64);
}

function parseFloatBits(literal: string, format: Format): bigint | null {
  const sign = literal.startsWith('-') ? 1n : 0n;
  const bits = magnitudeBits(literal.replace(/^[+-]/, '').replaceAll('_', ''), format);
  return bits === null ? null : bits | (sign << BigInt(format.mantissa + format.exponent));
}

function magnitudeBits(text: string, format: Format): bigint | null {
  const infinity = ((1n << BigInt(format.exponent)) - 1n) << BigInt(format.mantissa);
  if (text === 'inf') return infinity;
  if (text === 'nan') return infinity | (1n << BigInt(format.mantissa - 1));
  if (text.startsWith('nan:')) {
    const payload = BigInt(text.slice(4));
    return payload === 0n || payload >> BigInt(format.mantissa) !== 0n ? null : infinity | payload;
  }
  const bits = text.startsWith('0x') ? hexBits(text.slice(2), format) : decimalBits(text, format);
  return bits === null || bits >= infinity ? null : bits;
}

/** Digits that can tell on which side of the middle of two floats a number is: for decimals 767 are enough. */
const MAX_SIGNIFICANT = 1000;

/** A number's digits; of a long one the first, with a last one that is not 0 if any digit dropped is not. */
function significantDigits(digits: string): { kept: string; dropped: number } {
  if (digits.length <= MAX_SIGNIFICANT) return { kept: digits, dropped: 0 };
  const first = digits.search(/[^0]/);
  if (first < 0) return { kept: '0', dropped: 0 };
  const end = first + MAX_SIGNIFICANT;
  if (digits.length <= end) return { kept: digits.slice(first), dropped: 0 };
  const isExact = digits.slice(end).search(/[^0]/) < 0;
  return { kept: `${digits.slice(first, end)}${isExact ? '0' : '1'}`, dropped: digits.length - end - 1 };
}

function hexBits(text: string, format: Format): bigint | null {
  const [digits = '', exponent = '0'] = text.split(/[pP]/);
  const [whole = '', fraction = ''] = digits.split('.');
  const { kept, dropped } = significantDigits(whole + fraction);
  return roundPowerOfTwo(BigInt(`0x${kept}`), Number(exponent) - 4 * (fraction.length - dropped), format);
}

function decimalBits(text: string, format: Format): bigint | null {
  const [digits = '', exponentText = '0'] = text.split(/[eE]/);
  const [whole = '', fraction = ''] = digits.split('.');
  const { kept, dropped } = significantDigits(whole + fraction);
  const significant = BigInt(kept);
  const exponent = Number(exponentText) - fraction.length + dropped;
  if (significant === 0n) return 0n;
  // Beyond every float's range in either direction, whatever the digits: no need for the power itself.
  const decimalMagnitude = significant.toString().length + exponent;
  if (decimalMagnitude > 400) return null;
  if (decimalMagnitude < -400) return 0n;
  const scale = 10n ** BigInt(Math.abs(exponent));
  return exponent >= 0 ? round(significant * scale, 1n, format) : round(significant, scale, format);
}

function roundPowerOfTwo(significant: bigint, exponent: number, format: Format): bigint | null {
  if (significant === 0n) return 0n;
  const magnitude = bitLength(significant) + exponent;
  if (magnitude > 1100) return null;
  if (magnitude < -1200) return 0n;
  return exponent >= 0
    ? round(significant << BigInt(exponent), 1n, format)
    : round(significant, 1n << BigInt(-exponent), format);
}

function bitLength(x: bigint): number {
  const hex = x.toString(16);
  return 4 * hex.length - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)) + 28;
}

/** The float nearest to numerator / denominator (both positive); infinity's bits or more if it is too big. */
function round(numerator: bigint, denominator: bigint, format: Format): bigint {
  const bias = 2 ** (format.exponent - 1) - 1;
  // The quotient's exponent, at most one too high; then as many bits as the mantissa holds, fewer where subnormal.
  let exponent = bitLength(numerator) - bitLength(denominator);
  if (compareScaled(numerator, denominator, exponent) < 0) exponent--;
  const least = 1 - bias;
  const unit = Math.max(exponent, least) - format.mantissa;
  const shifted = unit >= 0 ? [numerator, denominator << BigInt(unit)] : [numerator << BigInt(-unit), denominator];
  const [n = 0n, d = 1n] = shifted;
  let mantissa = n / d;
  const remainder = 2n * (n % d);
  if (remainder > d || (remainder === d && (mantissa & 1n) === 1n)) mantissa++;
  // A carry out of the mantissa runs into the exponent's bits, which is what it should do.
  const biased = exponent < least ? 0n : BigInt(exponent + bias);
  return biased === 0n ? mantissa : (biased << BigInt(format.mantissa)) + (mantissa - (1n << BigInt(format.mantissa)));
}

/** The sign of numerator / denominator − 2^exponent. */
function compareScaled(numerator: bigint, denominator: bigint, exponent: number): number {
  const left = exponent >= 0 ? numerator : numerator << BigInt(-exponent);
  const right = exponent >= 0 ? denominator << BigInt(exponent) : denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

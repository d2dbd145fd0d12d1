/** Integer literals [core specification, Text Format, Integers]. Their form is the tokenizer's business; here they get values. */

/** Digits that no number in range has; what is longer counts as this large. */
const MAX_DIGITS = 100;
const HUGE = 1n << 400n;

function magnitude(digits: string): bigint {
  const plain = digits.length > MAX_DIGITS ? shortened(digits) : digits.replaceAll('_', '');
  return plain.length > MAX_DIGITS ? HUGE : BigInt(plain);
}

/** A long literal without underscores and leading zeros. */
function shortened(digits: string): string {
  const isHex = digits.startsWith('0x');
  const significant = digits
    .slice(isHex ? 2 : 0)
    .replaceAll('_', '')
    .replace(/^0+(?=.)/, '');
  return isHex ? `0x${significant}` : significant;
}

/** The value of a literal, its sign included. */
export function integerValue(literal: string): bigint {
  if (literal.startsWith('-')) return -magnitude(literal.slice(1));
  return magnitude(literal.startsWith('+') ? literal.slice(1) : literal);
}

const SHORT_DECIMAL = /^-?[0-9]{1,9}$/;

/** An i32 literal as a signed number, written signed or unsigned; null if it is out of range. */
export function parseI32(literal: string): number | null {
  if (SHORT_DECIMAL.test(literal)) return Number(literal) | 0;
  const value = integerValue(literal);
  if (value < -0x8000_0000n || value > 0xffff_ffffn) return null;
  return Number(BigInt.asIntN(32, value));
}

/** An i64 literal as a signed bigint; null if it is out of range. */
export function parseI64(literal: string): bigint | null {
  const value = integerValue(literal);
  if (value < -0x8000_0000_0000_0000n || value > 0xffff_ffff_ffff_ffffn) return null;
  return BigInt.asIntN(64, value);
}

/** An unsigned 32-bit literal: an index, a limit; null if it is out of range. */
export function parseU32(literal: string): number | null {
  if (SHORT_DECIMAL.test(literal)) return Number(literal);
  const value = integerValue(literal);
  return value > 0xffff_ffffn ? null : Number(value);
}

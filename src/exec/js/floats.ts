/* oxlint-disable typescript/no-non-null-assertion -- indices are in range by construction */

/**
 * Floats as JavaScript numbers. A number that is no NaN stands for itself. A NaN's bits matter where it is stored, moved or
 * reinterpreted, so they are kept:
 *
 * - an f64 NaN has its own bits, which V8 keeps wherever it only moves a number;
 * - an f32 NaN is a double NaN whose lowest 29 bits hold a mark, the sign and the payload. Rounding to single precision, with which every f32
 *   operation ends, clears them; a NaN without the mark is the canonical one, which is what operations yield.
 */

/** `WORDS[2]` and `WORDS[3]` are the halves of `NUMBERS[1]`; `NUMBERS[0]` is the canonical NaN. Off V8's heap, for its size. */
export const NUMBERS = new Float64Array(64);
export const WORDS = new Int32Array(NUMBERS.buffer);
const SINGLES = new Float32Array(NUMBERS.buffer);
const WIDE = new BigUint64Array(NUMBERS.buffer);
WORDS[0] = 0;
WORDS[1] = 0x7ff8_0000;

const MARK = 0x1000_0000;
const SIGN = 0x0100_0000;
const FRACTION = 0x007f_ffff;
const CANONICAL = 0x7fc0_0000;

/** The f64 with these halves. */
export function doubleOf(low: number, high: number): number {
  WORDS[2] = low;
  WORDS[3] = high;
  return NUMBERS[1]!;
}

export function doubleBits(x: number): bigint {
  NUMBERS[1] = x;
  return WIDE[1]!;
}

/** The f32 with these bits. */
export function carriedSingle(bits: number): number {
  WORDS[2] = bits;
  const x = SINGLES[2]!;
  return x === x ? x : doubleOf(MARK | (bits < 0 || bits >= 0x8000_0000 ? SIGN : 0) | (bits & FRACTION), 0x7ff8_0000);
}

/** The bits of an f32, as an int32. */
export function singleBits(x: number): number {
  if (x === x) {
    SINGLES[2] = x;
    return WORDS[2]!;
  }
  NUMBERS[1] = x;
  const low = WORDS[2]!;
  if ((low & MARK) === 0) return CANONICAL;
  return ((low & SIGN) === 0 ? 0 : 0x8000_0000) | 0x7f80_0000 | (low & FRACTION);
}

export function negateSingle(x: number): number {
  return x === x ? -x : carriedSingle(singleBits(x) ^ 0x8000_0000);
}

export function absoluteSingle(x: number): number {
  return x === x ? Math.abs(x) : carriedSingle(singleBits(x) & 0x7fff_ffff);
}

export function copySignSingle(x: number, y: number): number {
  return carriedSingle((singleBits(x) & 0x7fff_ffff) | (singleBits(y) & 0x8000_0000));
}

export function negateDouble(x: number): number {
  if (x === x) return -x;
  NUMBERS[1] = x;
  WORDS[3]! ^= 0x8000_0000;
  return NUMBERS[1]!;
}

export function absoluteDouble(x: number): number {
  if (x === x) return Math.abs(x);
  NUMBERS[1] = x;
  WORDS[3]! &= 0x7fff_ffff;
  return NUMBERS[1]!;
}

export function copySignDouble(x: number, y: number): number {
  NUMBERS[1] = y;
  const sign = WORDS[3]! & 0x8000_0000;
  NUMBERS[1] = x;
  WORDS[3] = (WORDS[3]! & 0x7fff_ffff) | sign;
  return NUMBERS[1]!;
}

/** Rounds to an integer, ties to even. */
export function nearest(x: number): number {
  if (!(Math.abs(x) < 4503599627370496)) return x;
  if (x === 0) return x;
  return x > 0 ? x + 4503599627370496 - 4503599627370496 : -(-x + 4503599627370496 - 4503599627370496);
}

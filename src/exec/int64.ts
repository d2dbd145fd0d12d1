/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
/**
 * 64-bit integers as pairs of words in an `Int32Array`, low word first. Each function reads the operands at `a` (and `b`) and
 * writes the result at `d`, which may overlap them.
 */
export type Words = Int32Array;

const wide = new BigInt64Array(2);
const wideUnsigned = new BigUint64Array(wide.buffer);
const wideWords = new Int32Array(wide.buffer);

function put(s: Words, d: number, low: number, high: number): void {
  s[d] = low;
  s[d + 1] = high;
}

/** The words at `a` as a signed integer. */
export function readI64(s: Words, a: number): bigint {
  wideWords[0] = s[a]!;
  wideWords[1] = s[a + 1]!;
  return wide[0]!;
}

/** Writes the low 64 bits of `value`. */
export function writeI64(s: Words, d: number, value: bigint): void {
  wide[0] = value;
  put(s, d, wideWords[0]!, wideWords[1]!);
}

export function copy64(s: Words, d: number, a: number): void {
  put(s, d, s[a]!, s[a + 1]!);
}

export function equal64(s: Words, a: number, b: number): boolean {
  return s[a] === s[b] && s[a + 1] === s[b + 1];
}

export function mul64(s: Words, d: number, a: number, b: number): void {
  const x = s[a]!;
  const y = s[b]!;
  const x0 = x & 0xffff;
  const x1 = x >>> 16;
  const y0 = y & 0xffff;
  const y1 = y >>> 16;
  const low = x0 * y0;
  const middle = x1 * y0 + (low >>> 16);
  const cross = x0 * y1 + (middle & 0xffff);
  const high = x1 * y1 + Math.floor(middle / 0x10000) + Math.floor(cross / 0x10000);
  put(s, d, Math.imul(x, y), (high + Math.imul(s[a + 1]!, y) + Math.imul(x, s[b + 1]!)) | 0);
}

/** A division's outcome: fine, division by zero, or a quotient that is out of range. */
export type Division = 0 | 1 | 2;

export function div64(s: Words, d: number, a: number, b: number, signed: boolean, remainder: boolean): Division {
  wideWords[0] = s[a]!;
  wideWords[1] = s[a + 1]!;
  wideWords[2] = s[b]!;
  wideWords[3] = s[b + 1]!;
  if ((wideWords[2]! | wideWords[3]!) === 0) return 1;
  if (signed) {
    const x = wide[0]!;
    const y = wide[1]!;
    if (y === -1n && !remainder && x === -0x8000000000000000n) return 2;
    writeI64(s, d, remainder ? x % y : x / y);
  } else {
    const x = wideUnsigned[0]!;
    const y = wideUnsigned[1]!;
    writeI64(s, d, remainder ? x % y : x / y);
  }
  return 0;
}

export function shl64(s: Words, d: number, a: number, b: number): void {
  const n = s[b]! & 63;
  const low = s[a]!;
  const high = s[a + 1]!;
  if (n === 0) put(s, d, low, high);
  else if (n < 32) put(s, d, low << n, (high << n) | (low >>> (32 - n)));
  else put(s, d, 0, low << (n - 32));
}

export function shrU64(s: Words, d: number, a: number, b: number): void {
  const n = s[b]! & 63;
  const low = s[a]!;
  const high = s[a + 1]!;
  if (n === 0) put(s, d, low, high);
  else if (n < 32) put(s, d, (low >>> n) | (high << (32 - n)), high >>> n);
  else put(s, d, high >>> (n - 32), 0);
}

export function shrS64(s: Words, d: number, a: number, b: number): void {
  const n = s[b]! & 63;
  const low = s[a]!;
  const high = s[a + 1]!;
  if (n === 0) put(s, d, low, high);
  else if (n < 32) put(s, d, (low >>> n) | (high << (32 - n)), high >> n);
  else put(s, d, high >> (n - 32), high >> 31);
}

/** Rotates left by the operand at `b`, or right if `sign` is -1. */
export function rot64(s: Words, d: number, a: number, b: number, sign: 1 | -1): void {
  const n = (sign * s[b]!) & 63;
  const swap = n >= 32;
  const low = swap ? s[a + 1]! : s[a]!;
  const high = swap ? s[a]! : s[a + 1]!;
  const k = n & 31;
  if (k === 0) put(s, d, low, high);
  else put(s, d, (low << k) | (high >>> (32 - k)), (high << k) | (low >>> (32 - k)));
}

export function ctz32(x: number): number {
  return x === 0 ? 32 : 31 - Math.clz32(x & -x);
}

export function popcnt32(x: number): number {
  const pairs = x - ((x >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** -1, 0 or 1 as the signed integer at `a` is below, equal to or above the one at `b`. */
export function compareS64(s: Words, a: number, b: number): number {
  const x = s[a + 1]!;
  const y = s[b + 1]!;
  if (x !== y) return x < y ? -1 : 1;
  return compareU32(s[a]!, s[b]!);
}

export function compareU64(s: Words, a: number, b: number): number {
  const high = compareU32(s[a + 1]!, s[b + 1]!);
  return high !== 0 ? high : compareU32(s[a]!, s[b]!);
}

function compareU32(x: number, y: number): number {
  return x === y ? 0 : x >>> 0 < y >>> 0 ? -1 : 1;
}

/** The bytes being read [core 3.0, Binary Format, Values], and the one way out of a module that is not valid. */

/** Thrown, without a stack, by {@link refuse}: the module is malformed or invalid. */
export const REFUSED: unique symbol = Symbol('refused');

export function refuse(): never {
  throw REFUSED;
}

/** Refuses unless `condition` holds. */
export function need(condition: boolean): void {
  if (!condition) refuse();
}

/** Where reading is: in `bytes`, at `pos`, not beyond `end` (of the module, the section or the function body). */
export const input: { bytes: Uint8Array; pos: number; end: number } = { bytes: new Uint8Array(0), pos: 0, end: 0 };

export function byte(): number {
  if (input.pos >= input.end) refuse();
  return input.bytes[input.pos++] as number;
}

export function skip(length: number): void {
  if (length > input.end - input.pos) refuse();
  input.pos += length;
}

export function u32(): number {
  const { bytes, pos } = input;
  if (pos < input.end) {
    const b = bytes[pos] as number;
    if (b < 0x80) {
      input.pos = pos + 1;
      return b;
    }
  }
  return longU32();
}

function longU32(): number {
  let value = 0;
  for (let shift = 0; shift < 28; shift += 7) {
    const b = byte();
    value |= (b & 0x7f) << shift;
    if (b < 0x80) return value;
  }
  const b = byte();
  if (b > 0x0f) refuse();
  return value + b * 0x1000_0000;
}

/** An unsigned number of 64 bits, rounded if it is above 2^53. */
export function u64(): number {
  const { bytes, pos } = input;
  if (pos < input.end) {
    const b = bytes[pos] as number;
    if (b < 0x80) {
      input.pos = pos + 1;
      return b;
    }
  }
  let value = 0;
  let unit = 1;
  for (let i = 0; i < 9; i++) {
    const b = byte();
    value += (b & 0x7f) * unit;
    if (b < 0x80) return value;
    unit *= 128;
  }
  const b = byte();
  if (b > 1) refuse();
  return value + b * unit;
}

/** Skips a signed number of 32 bits. */
export function skipS32(): void {
  for (let i = 0; i < 4; i++) if (byte() < 0x80) return;
  const b = byte();
  // Of the last byte, the sign bit and the three bits above it are equal.
  if (b > 0x07 && (b < 0x78 || b > 0x7f)) refuse();
}

export function skipS64(): void {
  for (let i = 0; i < 9; i++) if (byte() < 0x80) return;
  const b = byte();
  if (b !== 0 && b !== 0x7f) refuse();
}

/** A signed number of 33 bits that must not be negative: a type index. */
export function index33(): number {
  let value = 0;
  let unit = 1;
  for (let i = 0; i < 4; i++) {
    const b = byte();
    value += (b & 0x7f) * unit;
    if (b < 0x80) {
      if (b >= 0x40) refuse();
      return value;
    }
    unit *= 128;
  }
  const b = byte();
  if (b > 0x0f) refuse();
  return value + b * unit;
}

/** Of the name last read by {@link name}. */
export const lastName: { start: number; length: number; hash: number } = { start: 0, length: 0, hash: 0 };

/** Reads a name: its length, and so many bytes of UTF-8. */
export function name(): void {
  const length = u32();
  const { bytes, pos } = input;
  if (length > input.end - pos) refuse();
  const end = pos + length;
  let hash = 0x811c_9dc5 ^ length;
  let i = pos;
  while (i < end) {
    const b = bytes[i] as number;
    hash = Math.imul(hash ^ b, 0x0100_0193);
    i = b < 0x80 ? i + 1 : afterCharacter(bytes, i, end, b);
  }
  lastName.start = pos;
  lastName.length = length;
  lastName.hash = hash ^ (hash >>> 15);
  input.pos = end;
}

/** Where a character of more than one byte ends: neither overlong, nor a surrogate, nor beyond U+10FFFF. */
function afterCharacter(bytes: Uint8Array, i: number, end: number, b: number): number {
  const length = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  if (b < 0xc2 || b > 0xf4 || i + length > end) refuse();
  const second = bytes[i + 1] as number;
  const least = b === 0xe0 ? 0xa0 : b === 0xf0 ? 0x90 : 0x80;
  const most = b === 0xed ? 0x9f : b === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) refuse();
  for (let k = 2; k < length; k++) if (((bytes[i + k] as number) & 0xc0) !== 0x80) refuse();
  return i + length;
}

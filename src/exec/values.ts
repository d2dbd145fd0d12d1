/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assertNever } from '../base/assert.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Words } from './int64.ts';
import { readI64, writeI64 } from './int64.ts';

/** Values and store units ⇄ words of a frame. */

export function readValue(s: Words, a: number, type: ValType): Value {
  switch (type) {
    case 'i32':
      return { type, value: s[a]! };
    case 'i64':
      return { type, value: readI64(s, a) };
    case 'f32':
      return { type, bits: s[a]! >>> 0 };
    case 'f64':
      return { type, bits: BigInt.asUintN(64, readI64(s, a)) };
    case 'v128':
      return { type, bits: BigInt.asUintN(64, readI64(s, a)) | (BigInt.asUintN(64, readI64(s, a + 2)) << 64n) };
    default:
      return { type: 'ref', id: s[a]! };
  }
}

export function writeValue(s: Words, d: number, value: Value): void {
  switch (value.type) {
    case 'i32':
      s[d] = value.value;
      break;
    case 'i64':
      writeI64(s, d, value.value);
      break;
    case 'f32':
      s[d] = value.bits;
      break;
    case 'f64':
      writeI64(s, d, value.bits);
      break;
    case 'v128':
      writeI64(s, d, value.bits);
      writeI64(s, d + 2, value.bits >> 64n);
      break;
    case 'ref':
      s[d] = value.id;
      break;
    default:
      assertNever(value);
  }
}

export function readValues(s: Words, a: number, types: readonly ValType[]): Value[] {
  let at = a;
  return types.map((type) => {
    const value = readValue(s, at, type);
    at += wordsOf(type);
    return value;
  });
}

export function writeValues(s: Words, d: number, values: readonly Value[]): void {
  let at = d;
  for (const value of values) {
    writeValue(s, at, value);
    at += value.type === 'ref' ? 1 : wordsOf(value.type);
  }
}

/** The low `n` bytes of the words at `a`, little-endian. */
export function bytesAt(s: Words, a: number, n: number): Uint8Array {
  const bytes = new Uint8Array(n);
  for (let k = 0; k < n; k++) bytes[k] = s[a + (k >> 2)]! >>> (8 * (k & 3));
  return bytes;
}

/** Writes little-endian bytes as a value of `words` words at `d`, extended with zeroes or with the sign. */
export function putBytes(s: Words, d: number, bytes: Units, words: Width, signed: boolean): void {
  const n = bytes.length;
  const extension = signed && unitAt(bytes, n - 1) >= 0x80 ? 0xff : 0;
  for (let word = 0; word < words; word++) {
    let value = 0;
    for (let k = 0; k < 4; k++) {
      const at = 4 * word + k;
      value |= (at < n ? unitAt(bytes, at) : extension) << (8 * k);
    }
    s[d + word] = value;
  }
}

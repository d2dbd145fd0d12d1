/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Words } from './int64.ts';
import { readI64, writeI64 } from './int64.ts';

/** Addresses, indices and sizes: i32, or i64 in two words (`wide`). As numbers they are exact below 2^53; what is above is far out of all bounds. */

/** The unsigned integer at `a`. */
export function unsignedAt(s: Words, a: number, wide: boolean): number {
  const low = s[a]! >>> 0;
  return wide ? (s[a + 1]! >>> 0) * 0x1_0000_0000 + low : low;
}

/** How many words it takes. */
export function addressWords(wide: boolean): 1 | 2 {
  return wide ? 2 : 1;
}

/** Puts a length, or -1. */
export function putLength(s: Words, d: number, length: number, wide: boolean): void {
  if (wide) writeI64(s, d, BigInt(length));
  else s[d] = length;
}

/** An offset added to the address that an operand is. */
export interface Offset {
  readonly wide: boolean;
  readonly offset: number;
  readonly exactOffset: bigint;
}

export function effectiveAddress(s: Words, a: number, { wide, offset, exactOffset }: Offset): number {
  const at = unsignedAt(s, a, wide) + offset;
  return at <= Number.MAX_SAFE_INTEGER ? at : Number(BigInt.asUintN(64, readI64(s, a)) + exactOffset);
}

/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import { unitsOfType } from '../runtime/value-units.ts';
import type { StorageType } from '../syntax/types.ts';
import { unpacked } from '../syntax/types.ts';
import type { Width } from './code.ts';
import { wordsOf } from './code.ts';
import type { Words } from './int64.ts';
import { bytesAt, putBytes } from './values.ts';

/** How a value lies in the store and in a frame. */
export interface Stored {
  readonly units: number;
  readonly words: Width;
  /** A reference is one unit, its id; anything else is bytes. */
  readonly reference: boolean;
  /** A packed value is sign-extended when it is read. */
  readonly signed: boolean;
}

export function storedAs(storage: StorageType, signed = false): Stored {
  return {
    units: unitsOfType(storage),
    words: wordsOf(unpacked(storage)),
    reference: typeof storage !== 'string',
    signed,
  };
}

/** The value at `a` as store units. */
export function unitsAt(s: Words, a: number, { reference, units }: Stored): number[] | Uint8Array {
  return reference ? [s[a]!] : bytesAt(s, a, units);
}

/** Puts the value that the units are at `d`. */
export function putUnits(s: Words, d: number, read: Units, { reference, words, signed }: Stored): void {
  if (reference) s[d] = unitAt(read, 0);
  else putBytes(s, d, read, words, signed);
}

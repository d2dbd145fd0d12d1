import { assertNever } from '../base/assert.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { DataType, NumType, StorageType, ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { defaultValue, NULL } from '../syntax/values.ts';
import { fromUnits } from '../runtime/value-units.ts';
import { extend } from './integer.ts';
import { bitsOf, valueOf } from './numeric.ts';

/** Values as store units [core, Storage: bytes_t, little-endian; OOPSLA19 Fig. 3, w]. */

/** The lowest `n` bytes of a number: wrapped if it is wider. */
export function bytesOf(value: Value, n: number): Uint8Array {
  const bits = bitsOf(value);
  return Uint8Array.from({ length: n }, (_, k) => Number((bits >> BigInt(8 * k)) % 256n));
}

/** The unsigned integer whose bytes these are. */
export function integerOf(units: Units): bigint {
  let sum = 0n;
  for (let k = units.length - 1; k >= 0; k--) sum = sum * 256n + BigInt(unitAt(units, k));
  return sum;
}

/** The value of a field, element or slot of type `t` with these units; a packed one is sign-extended where `signed`. */
export function fromStorage(t: StorageType, units: Units, signed: boolean): Value {
  if (t !== 'i8' && t !== 'i16') return fromUnits(t, units);
  const c = integerOf(units);
  return valueOf('i32', signed ? extend(t === 'i8' ? 8 : 16, 32, c) : c);
}

/** Units one after the other. */
export function listed(pieces: readonly Units[]): number[] {
  return pieces.flatMap((piece) => Array.from({ length: piece.length }, (_, i) => unitAt(piece, i)));
}

/** default_t [core, Default Values]; null also for a local whose type has none, which is set before it is read. */
export function defaultOf(t: ValType): Value {
  return typeof t === 'string' ? ZEROES[t] : NULL;
}

/** Values are data: one of each will do. */
const ZEROES: Readonly<Record<DataType, Value>> = {
  i32: defaultValue('i32'),
  i64: defaultValue('i64'),
  f32: defaultValue('f32'),
  f64: defaultValue('f64'),
  v128: defaultValue('v128'),
};

/** How what is read from a field, element or slot is shown. */
export function shownStorage(t: StorageType): string {
  return typeof t === 'string' ? t : 'ref';
}

/** How a number that is read in `bytes` is shown: a float as itself, an integer by its width. */
export function shownAs(type: NumType, bytes: 1 | 2 | 4 | 8): string {
  switch (type) {
    case 'f32':
    case 'f64':
      return type;
    case 'i32':
    case 'i64':
      return `i${bytes * 8}`;
    default:
      return assertNever(type);
  }
}

import { assertNever, known } from '../base/assert.ts';
import { neverTears } from '../event/location.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { StorageType, StructType, ValType } from '../syntax/types.ts';
import { sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';

/** The most units that one array may have; more are too large to allocate. */
export const MAX_ARRAY_UNITS = 2 ** 26;

/** How many units a value of this type takes where it is stored: bytes of a number or vector, one for a reference. */
export function unitsOfType(t: StorageType): number {
  if (t === 'i8') return 1;
  if (t === 'i16') return 2;
  return typeof t === 'string' ? sizeOf(t) : 1;
}

/** Whether an ordinary access to such a field, element or slot never tears [DOMAIN 3]. */
export function isNarrow(t: StorageType): boolean {
  return neverTears(unitsOfType(t));
}

/** Where a structure's fields begin in its region, and at the end the number of its units. */
export function fieldOffsets({ fields }: StructType): readonly number[] {
  const offsets = [0];
  for (const { storage } of fields) offsets.push(known(offsets.at(-1), 'offset') + unitsOfType(storage));
  return offsets;
}

/** The units of a value as a field or element stores it: a packed one keeps the low bits of an i32. */
export function toStorage(t: StorageType, value: Value): Units {
  const units = toUnits(value);
  return t === 'i8' || t === 'i16' ? Array.from({ length: unitsOfType(t) }, (_, i) => unitAt(units, i)) : units;
}

/** The first contents of an object, as `new` requests have them: zeroes are a fill. */
export function contentsOf(units: readonly number[] | Uint8Array): Units {
  return units.every((unit: number) => unit === 0) ? { fill: 0, length: units.length } : units;
}

/** The units of n equal elements: a fill where all units are equal. */
export function repeated(element: Units, n: number): Units {
  const first = unitAt(element, 0);
  const size = element.length;
  for (let i = 1; i < size; i++) {
    if (unitAt(element, i) !== first) return Uint8Array.from({ length: n * size }, (_, k) => unitAt(element, k % size));
  }
  return { fill: first, length: n * size };
}

/** A value as store units: little-endian bytes, or a reference's id. */
export function toUnits(value: Value): Units {
  switch (value.type) {
    case 'i32':
      return littleEndian(BigInt(value.value), 4);
    case 'i64':
      return littleEndian(value.value, 8);
    case 'f32':
      return littleEndian(BigInt(value.bits), 4);
    case 'f64':
      return littleEndian(value.bits, 8);
    case 'v128':
      return littleEndian(value.bits, 16);
    case 'ref':
      return [value.id];
    default:
      return assertNever(value);
  }
}

/** The value of type `t` that the units are. */
export function fromUnits(t: ValType, units: Units): Value {
  switch (t) {
    case 'i32':
      return { type: t, value: Number(BigInt.asIntN(32, fromLittleEndian(units))) };
    case 'i64':
      return { type: t, value: BigInt.asIntN(64, fromLittleEndian(units)) };
    case 'f32':
      return { type: t, bits: Number(fromLittleEndian(units)) };
    case 'f64':
    case 'v128':
      return { type: t, bits: fromLittleEndian(units) };
    default:
      return { type: 'ref', id: unitAt(units, 0) };
  }
}

function littleEndian(n: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Number((n >> BigInt(8 * i)) & 0xffn));
}

function fromLittleEndian(units: Units): bigint {
  let n = 0n;
  for (let i = units.length - 1; i >= 0; i--) n = (n << 8n) | BigInt(unitAt(units, i));
  return n;
}

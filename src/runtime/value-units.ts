import { assertNever } from '../base/assert.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { ValType } from '../syntax/types.ts';
import { sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';

/** How many units the `val` region of a global of this type has: bytes of a number, one for a reference. */
export function unitsOfType(t: ValType): number {
  return typeof t === 'string' ? sizeOf(t) : 1;
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

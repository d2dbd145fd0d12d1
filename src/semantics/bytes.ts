import { assert, assertNever } from '../base/assert.ts';
import type { Units } from '../event/units.ts';
import { unitAt } from '../event/units.ts';
import type { DataType, NumType, ValType } from '../syntax/types.ts';
import { sizeOf } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { NULL } from '../syntax/values.ts';
import { bitsOf, valueOf } from './numeric.ts';

/** Values as store units [core, Storage: bytes_t, little-endian; OOPSLA19 Fig. 3, w]. */

/** The lowest `n` bytes of a number: wrapped if it is wider. */
export function bytesOf(value: Value, n: number): Uint8Array {
  const bits = bitsOf(value);
  return Uint8Array.from({ length: n }, (_, k) => Number((bits / 256n ** BigInt(k)) % 256n));
}

/** The unsigned integer whose bytes these are. */
export function integerOf(units: Units): bigint {
  let sum = 0n;
  for (let k = 0; k < units.length; k++) sum += BigInt(unitAt(units, k)) * 256n ** BigInt(k);
  return sum;
}

/** The units of a global that holds `value`: its bytes, or its one reference. */
export function unitsOf(value: Value): Units {
  return value.type === 'ref' ? [value.id] : bytesOf(value, sizeOf(value.type));
}

/** The value of type `t` that these units are; inverse of {@link unitsOf}. */
export function fromUnits(t: ValType, units: Units): Value {
  return typeof t === 'string' ? valueOf(numeric(t), integerOf(units)) : { type: 'ref', id: unitAt(units, 0) };
}

/** default_t [core, Default Values]. */
export function defaultOf(t: ValType): Value {
  return typeof t === 'string' ? valueOf(numeric(t), 0n) : NULL;
}

function numeric(t: DataType): NumType {
  assert(t !== 'v128', 'vectors are not executed');
  return t;
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

import { Bug } from '../base/assert.ts';
import type { ValType } from './types.ts';

/**
 * Values of the language. Integers are signed and in range (i32 a number, i64 a bigint); floats are bits, since JavaScript may
 * change a NaN's payload.
 */
export type Value =
  | { readonly type: 'i32'; readonly value: number }
  | { readonly type: 'i64'; readonly value: bigint }
  /** `bits`: the IEEE 754 single as an unsigned 32-bit number. */
  | { readonly type: 'f32'; readonly bits: number }
  /** `bits`: the IEEE 754 double as an unsigned 64-bit number. */
  | { readonly type: 'f64'; readonly bits: bigint }
  /** `bits`: the 16 bytes as an unsigned 128-bit number, the first byte the least significant. */
  | { readonly type: 'v128'; readonly bits: bigint }
  | RefValue;

/** `id` 0 is null, a negative one an i31 reference ({@link i31Id}); positive ones are given by the runtime (`runtime/references.ts`). */
export interface RefValue {
  readonly type: 'ref';
  readonly id: number;
}

export const NULL: RefValue = { type: 'ref', id: 0 };

/** The id of the i31 reference with these low 31 bits: they are equal iff their ids are [core 3.0, Values, References]. */
export function i31Id(value: number): number {
  return value | -0x8000_0000;
}

export function isI31(id: number): boolean {
  return id < 0;
}

/** The 31 bits of an i31 reference, unsigned. */
export function i31Of(id: number): number {
  return id & 0x7fff_ffff;
}

/** Whether values of this type have a default: all but non-null references [core 3.0, Types, Defaultable Types]. */
export function isDefaultable(t: ValType): boolean {
  return typeof t === 'string' || t.nullable;
}

/** The default value of a defaultable type: what locals, new slots and thread-local globals start with. */
export function defaultValue(t: ValType): Value {
  switch (t) {
    case 'i32':
      return { type: 'i32', value: 0 };
    case 'i64':
      return { type: 'i64', value: 0n };
    case 'f32':
      return { type: 'f32', bits: 0 };
    case 'f64':
      return { type: 'f64', bits: 0n };
    case 'v128':
      return { type: 'v128', bits: 0n };
    default:
      if (!t.nullable) throw new Bug('a non-null reference type has no default value');
      return NULL;
  }
}

/** The value of a vector with these 16 bytes. */
export function vectorBits(bytes: ArrayLike<number>): bigint {
  let bits = 0n;
  for (let i = 15; i >= 0; i--) bits = (bits << 8n) | BigInt(bytes[i] ?? 0);
  return bits;
}

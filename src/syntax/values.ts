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
  | RefValue;

/** `id` 0 is null; other ids are given by the runtime. */
export interface RefValue {
  readonly type: 'ref';
  readonly id: number;
}

export const NULL: RefValue = { type: 'ref', id: 0 };

import type { PlainInstr } from '../../../src/syntax/module.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { vectorBits } from '../../../src/syntax/values.ts';
import { op } from './build.ts';

/** Vectors for tests, by their lanes; fewer than there is room for are repeated. */

interface Lanes {
  readonly buffer: ArrayBufferLike;
}

function vector<T>(make: { from(lanes: readonly T[]): Lanes }, count: number): (...lanes: readonly T[]) => Value {
  return (...lanes) => {
    const all = Array.from({ length: count / lanes.length }, () => lanes).flat();
    return { type: 'v128', bits: vectorBits(new Uint8Array(make.from(all).buffer)) };
  };
}

export const i8x16 = vector<number>(Int8Array, 16);
export const i16x8 = vector<number>(Int16Array, 8);
export const i32x4 = vector<number>(Int32Array, 4);
export const i64x2 = vector<bigint>(BigInt64Array, 2);
export const f32x4 = vector<number>(Float32Array, 4);
export const f64x2 = vector<number>(Float64Array, 2);

export function vectorConst(value: Value): PlainInstr {
  const bits = value.type === 'v128' ? value.bits : 0n;
  const bytes = Uint8Array.from({ length: 16 }, (_, k) => Number((bits >> BigInt(8 * k)) & 0xffn));
  return op('v128.const', { kind: 'v128', bytes });
}

import type { NumType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';

/** Numbers on which numeric instructions are likely to go wrong, and pseudo-random ones from a fixed seed. */

const EDGES_32 = [
  0n,
  1n,
  2n,
  7n,
  31n,
  32n,
  33n,
  63n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0x8000n,
  0xffffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0x8000_0001n,
  0xffff_fffen,
  0xffff_ffffn,
];
const EDGES_64 = [
  ...EDGES_32,
  64n,
  65n,
  0x1_0000_0000n,
  0x7fff_ffff_ffff_ffffn,
  0x8000_0000_0000_0000n,
  0x8000_0000_0000_0001n,
  0xffff_ffff_ffff_fffen,
  0xffff_ffff_ffff_ffffn,
];

/** Around the limits of both integer types, both signs, as floats; zeros, subnormals, infinities, NaNs. */
const REALS = [
  0,
  0.5,
  0.9999999,
  1,
  1.5,
  2 ** 31 - 128,
  2 ** 31 - 1,
  2 ** 31 - 0.5,
  2 ** 31,
  2 ** 31 + 1,
  2 ** 32 - 256,
  2 ** 32 - 1,
  2 ** 32 - 0.5,
  2 ** 32,
  2 ** 53 + 2,
  2 ** 63 - 2 ** 39,
  2 ** 63 - 1024,
  2 ** 63,
  2 ** 64 - 2 ** 40,
  2 ** 64 - 2048,
  2 ** 64,
  1e300,
  5e-324,
  Number.POSITIVE_INFINITY,
];
const FLOATS = [...REALS, ...REALS.map((x) => -x)];

const view = new DataView(new ArrayBuffer(8));

function singleBits(x: number): bigint {
  view.setFloat32(0, x);
  return BigInt(view.getUint32(0));
}

function doubleBits(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

/** xorshift64*, high bits. */
export function random(seed: bigint): () => bigint {
  let x = seed;
  return () => {
    x ^= x >> 12n;
    x ^= BigInt.asUintN(64, x << 25n);
    x ^= x >> 27n;
    return BigInt.asUintN(64, x * 0x2545f4914f6cdd1dn);
  };
}

/** Bits of sample values of a type. */
export function samples(t: NumType, count: number, next: () => bigint): readonly bigint[] {
  const wide = Array.from({ length: count }, next);
  switch (t) {
    case 'i32':
      return [...EDGES_32, ...wide.map((x) => x >> 32n)];
    case 'i64':
      return [...EDGES_64, ...wide];
    case 'f32':
      return [...FLOATS.map(singleBits), 0x7fc0_0000n, 0xffc0_0001n, 0x7f80_0001n, ...wide.map((x) => x >> 32n)];
    case 'f64':
      return [...FLOATS.map(doubleBits), 0x7ff8_0000_0000_0000n, 0xfff0_0000_0000_0001n, ...wide];
  }
}

export function valueFromBits(t: NumType, bits: bigint): Value {
  switch (t) {
    case 'i32':
      return { type: t, value: Number(BigInt.asIntN(32, bits)) };
    case 'i64':
      return { type: t, value: BigInt.asIntN(64, bits) };
    case 'f32':
      return { type: t, bits: Number(bits) };
    case 'f64':
      return { type: t, bits };
  }
}

/** The bits as the engine takes them: i32 and f32 as a number, i64 and f64 as a bigint. */
export function toNative(t: NumType, bits: bigint): number | bigint {
  return t === 'i32' || t === 'f32' ? Number(BigInt.asIntN(32, bits)) : BigInt.asIntN(64, bits);
}

/** A value's bits as the engine gives them. */
export function nativeResult(value: Value): number | bigint {
  switch (value.type) {
    case 'i32':
    case 'i64':
      return value.value;
    case 'f32':
      return value.bits | 0;
    case 'f64':
      return BigInt.asIntN(64, value.bits);
    case 'v128':
    case 'ref':
      throw new Error('a number expected');
  }
}

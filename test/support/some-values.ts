import type { DataType } from '../../src/syntax/types.ts';
import type { Value } from '../../src/syntax/values.ts';
import type { Choices } from '../property/generators/modules/choices.ts';

/** Values of number and vector types, special ones over-represented. */

const I32 = [0, 0, 0, 1, -1, 2, 31, 32, 0x7fff_ffff, -0x8000_0000, 0x8000, 0xff, -128, 0x7f80, 65_536, -65_537];
const I64 = [
  0n,
  0n,
  0n,
  1n,
  -1n,
  63n,
  64n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 32n,
  -(2n ** 31n),
  0xffff_ffffn,
  2n ** 53n + 1n,
];
/** Zeroes, ones, halves, ties, subnormals, the greatest, infinities, quiet and signalling NaNs, the ends of integer types. */
const F32 = [
  0, 0x8000_0000, 0x3f80_0000, 0xbf80_0000, 0x3fc0_0000, 0xbf40_0000, 0x4060_0000, 0x3f00_0000, 0x4020_0000,
  0xc020_0000, 1, 0x807f_ffff, 0x7f7f_ffff, 0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_0001, 0x7f80_0001,
  0x4f00_0000, 0xcf00_0000, 0x4f80_0000, 0x5f00_0000, 0x4b80_0001,
];
const F64 = [
  0n,
  0x8000_0000_0000_0000n,
  0x3ff0_0000_0000_0000n,
  0xbff0_0000_0000_0000n,
  0x3ff8_0000_0000_0000n,
  0xbff8_0000_0000_0000n,
  0x4006_0000_0000_0000n,
  0xbfe8_0000_0000_0000n,
  0x400c_0000_0000_0000n,
  0x3fe0_0000_0000_0000n,
  0x4004_0000_0000_0000n,
  0xc004_0000_0000_0000n,
  1n,
  0x000f_ffff_ffff_ffffn,
  0x7fef_ffff_ffff_ffffn,
  0x7ff0_0000_0000_0000n,
  0xfff0_0000_0000_0000n,
  0x7ff8_0000_0000_0000n,
  0x7ff0_0000_0000_0001n,
  0xfff8_0000_dead_beefn,
  0x41e0_0000_0000_0000n,
  0xc1e0_0000_0020_0000n,
  0x41f0_0000_0000_0000n,
  0x43e0_0000_0000_0000n,
  0x3ff0_0000_1000_0000n,
  0x36a0_0000_0000_0000n,
];

export function someNumber(t: DataType, c: Choices): Value {
  switch (t) {
    case 'i32':
      return { type: 'i32', value: c.chance(1, 3) ? Number(BigInt.asIntN(32, c.bits(32))) : c.pick(I32) };
    case 'i64':
      return { type: 'i64', value: c.chance(1, 3) ? BigInt.asIntN(64, c.bits(64)) : c.pick(I64) };
    case 'f32':
      return { type: 'f32', bits: c.chance(1, 3) ? Number(c.bits(32)) : c.pick(F32) };
    case 'f64':
      return { type: 'f64', bits: c.chance(1, 3) ? c.bits(64) : c.pick(F64) };
    case 'v128':
      return { type: 'v128', bits: someVector(c) };
  }
}

/** Numbers and vectors of these types; sometimes those of one type are equal. */
export function someNumbers(types: readonly DataType[], c: Choices): readonly Value[] {
  const alike = c.chance(1, 3);
  const made: Value[] = [];
  for (const t of types) made.push((alike ? made.find(({ type }) => type === t) : undefined) ?? someNumber(t, c));
  return made;
}

/** Lanes of one width, so that whatever width an instruction takes them to have meets special ones. */
function someVector(c: Choices): bigint {
  if (c.chance(1, 12)) return 0n;
  const width = c.pick([8, 16, 32, 64, 64]);
  const lane = (): bigint => {
    if (c.chance(1, 4)) return c.bits(width);
    if (c.chance(1, 4)) return c.pick([0n, (1n << BigInt(width)) - 1n]);
    if (width === 8) return c.pick([0n, 1n, 0x7fn, 0x80n, 0xffn, 0x10n]);
    if (width === 16) return c.pick([0n, 1n, 0x7fffn, 0x8000n, 0xffffn, 0xff80n]);
    const value = someNumber(width === 32 ? c.pick(['i32', 'f32', 'f32']) : c.pick(['i64', 'f64', 'f64']), c);
    if (value.type === 'i32' || value.type === 'i64') return BigInt.asUintN(width, BigInt(value.value));
    return value.type === 'ref' ? 0n : BigInt(value.bits);
  };
  let bits = 0n;
  for (let at = 0; at < 128; at += width) bits |= lane() << BigInt(at);
  return bits;
}

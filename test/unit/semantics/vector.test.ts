import { describe, expect, test } from 'vitest';
import type { Immediate } from '../../../src/syntax/module.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { applyVector } from '../../../src/semantics/vector.ts';
import { alone, constant, fn, i32, i64, op } from './build.ts';
import { f32x4, f64x2, i16x8, i32x4, i64x2, i8x16, vectorConst } from './vectors.ts';
import { run } from './world.ts';

/** One case or more for each family of vector instructions, worked out by hand; lanes that are not given repeat those that are. */

const NONE: Immediate = { kind: 'none' };
const lane = (x: number): Immediate => ({ kind: 'index', x });
const f32 = (bits: number): Value => ({ type: 'f32', bits });
const f64 = (bits: bigint): Value => ({ type: 'f64', bits });
const ZERO = i64x2(0n);
const ONES = i64x2(-1n);
const CANONICAL_32 = i32x4(0x7fc0_0000);
const CANONICAL_64 = i64x2(0x7ff8_0000_0000_0000n);

type Case = readonly [mnemonic: string, operands: readonly Value[], expected: Value, imm?: Immediate];

function checks(title: string, cases: readonly Case[]): void {
  test.each(cases.map((each, k) => [`${each[0]} #${k}`, each] as const))(
    `Step/vector: ${title}: %s`,
    (_, [mnemonic, operands, expected, imm = NONE]) => {
      expect(applyVector(mnemonic, imm, operands)).toEqual(expected);
    },
  );
}

describe('Step/vector on the lanes of one shape', () => {
  checks('integers wrap or saturate at the width of a lane', [
    ['i8x16.add', [i8x16(127, -1), i8x16(1, 1)], i8x16(-128, 0)],
    ['i16x8.sub', [i16x8(-32768, 0), i16x8(1, 1)], i16x8(32767, -1)],
    ['i64x2.mul', [i64x2(1n << 62n, -1n), i64x2(4n, -1n)], i64x2(0n, 1n)],
    ['i8x16.add_sat_s', [i8x16(100, -100), i8x16(100, -100)], i8x16(127, -128)],
    ['i8x16.add_sat_u', [i8x16(-56, 1), i8x16(100, 1)], i8x16(-1, 2)],
    ['i16x8.sub_sat_s', [i16x8(-32768, 32767), i16x8(1, -1)], i16x8(-32768, 32767)],
    ['i16x8.sub_sat_u', [i16x8(1, 5), i16x8(2, 3)], i16x8(0, 2)],
    ['i8x16.abs', [i8x16(-128, -5)], i8x16(-128, 5)],
    ['i32x4.neg', [i32x4(-0x8000_0000, 7)], i32x4(-0x8000_0000, -7)],
    ['i8x16.popcnt', [i8x16(-1, 0x11)], i8x16(8, 2)],
    ['i16x8.min_s', [i16x8(-1), i16x8(1)], i16x8(-1)],
    ['i16x8.min_u', [i16x8(-1), i16x8(1)], i16x8(1)],
    ['i32x4.max_s', [i32x4(-1), i32x4(1)], i32x4(1)],
    ['i32x4.max_u', [i32x4(-1), i32x4(1)], i32x4(-1)],
    ['i8x16.avgr_u', [i8x16(-1, 0), i8x16(-2, 1)], i8x16(-1, 1)],
    ['i16x8.q15mulr_sat_s', [i16x8(-32768, 16384), i16x8(-32768, 1)], i16x8(32767, 1)],
    ['i16x8.q15mulr_sat_s', [i16x8(16383, -16384), i16x8(1, 1)], i16x8(0, 0)],
  ]);

  checks('a comparison gives ones or zeros', [
    ['i8x16.lt_s', [i8x16(-1, 1), i8x16(0, 0)], i8x16(-1, 0)],
    ['i8x16.lt_u', [i8x16(-1, 1), i8x16(0, 2)], i8x16(0, -1)],
    ['i64x2.ge_s', [i64x2(5n, -6n), i64x2(5n, 5n)], i64x2(-1n, 0n)],
    ['f32x4.eq', [f32x4(0, Number.NaN), f32x4(-0, Number.NaN)], i32x4(-1, 0)],
    ['f32x4.ne', [f32x4(0, Number.NaN), f32x4(-0, Number.NaN)], i32x4(0, -1)],
    ['f64x2.le', [f64x2(1, -Infinity), f64x2(0.5, 0)], i64x2(0n, -1n)],
  ]);

  checks('shifts take the count modulo the width of a lane', [
    ['i8x16.shl', [i8x16(1, -127), i32(9)], i8x16(2)],
    ['i16x8.shr_s', [i16x8(-4, 4), i32(17)], i16x8(-2, 2)],
    ['i32x4.shr_u', [i32x4(-4), i32(1)], i32x4(0x7fff_fffe)],
    ['i64x2.shl', [i64x2(3n), i32(-1)], i64x2(-(1n << 63n))],
  ]);

  checks('floats are rounded lane by lane, and make canonical NaNs', [
    ['f32x4.add', [f32x4(1, 1 + 2 ** -23), f32x4(2 ** -24)], f32x4(1, 1 + 2 ** -22)],
    ['f64x2.div', [f64x2(1, -1), f64x2(3, 0)], f64x2(1 / 3, -Infinity)],
    ['f32x4.sub', [f32x4(Infinity), f32x4(Infinity)], CANONICAL_32],
    ['f64x2.sqrt', [f64x2(-1)], CANONICAL_64],
    ['f32x4.nearest', [f32x4(0.5, 1.5, -2.5, -0.2)], f32x4(0, 2, -2, -0)],
    ['f64x2.ceil', [f64x2(-0.5, 0.5)], f64x2(-0, 1)],
    ['f32x4.min', [i32x4(0x7f80_0001), f32x4(1)], CANONICAL_32],
    ['f64x2.max', [f64x2(-0, 2), f64x2(0, 1)], f64x2(0, 2)],
    ['f32x4.neg', [i32x4(0x7f80_0001)], i32x4(0x7f80_0001 | 0x8000_0000)],
    ['f64x2.abs', [i64x2(-1n)], i64x2(0x7fff_ffff_ffff_ffffn)],
  ]);

  checks('the pseudo-minimum and -maximum are one operand, as it is', [
    ['f32x4.pmin', [f32x4(0, -0, 2, 1), f32x4(-0, 0, 1, 2)], f32x4(0, -0, 1, 1)],
    ['f32x4.pmax', [f32x4(0, -0, 2, 1), f32x4(-0, 0, 1, 2)], f32x4(0, -0, 2, 2)],
    ['f32x4.pmin', [i32x4(0x7f80_0001), f32x4(1)], i32x4(0x7f80_0001)],
    ['f64x2.pmax', [f64x2(1), i64x2(-1n)], f64x2(1)],
  ]);

  checks('bits', [
    ['v128.not', [i8x16(0x0f)], i8x16(-16)],
    ['v128.and', [i8x16(0x0f), i8x16(0x35)], i8x16(0x05)],
    ['v128.andnot', [i8x16(0x0f), i8x16(0x35)], i8x16(0x0a)],
    ['v128.or', [i8x16(0x0f), i8x16(0x35)], i8x16(0x3f)],
    ['v128.xor', [i8x16(0x0f), i8x16(0x35)], i8x16(0x3a)],
    ['v128.bitselect', [i8x16(0x55), i8x16(0x22), i8x16(0x0f)], i8x16(0x25)],
  ]);
});

describe('Step/vector on lanes as such', () => {
  checks('tests', [
    ['v128.any_true', [ZERO], i32(0)],
    ['v128.any_true', [i64x2(0n, 1n << 63n)], i32(1)],
    ['i8x16.all_true', [i8x16(1, 2, 3, 0)], i32(0)],
    ['i64x2.all_true', [i64x2(1n, 1n << 32n)], i32(1)],
    ['i8x16.bitmask', [i8x16(-1, ...Array.from({ length: 14 }, () => 0), -128)], i32(0x8001)],
    ['i64x2.bitmask', [i64x2(1n, -1n)], i32(2)],
  ]);

  checks('lanes go in and out', [
    ['i8x16.splat', [i32(0x1ff)], i8x16(-1)],
    ['f64x2.splat', [f64(0x7ff0_0000_0000_0001n)], i64x2(0x7ff0_0000_0000_0001n)],
    ['i8x16.extract_lane_s', [i8x16(1, -2)], i32(-2), lane(15)],
    ['i8x16.extract_lane_u', [i8x16(1, -2)], i32(254), lane(15)],
    ['i16x8.extract_lane_s', [i16x8(-3, 4)], i32(-3), lane(6)],
    ['i32x4.extract_lane', [i32x4(1, 2, 3, -4)], i32(-4), lane(3)],
    ['i64x2.extract_lane', [i64x2(1n, -5n)], i64(-5n), lane(1)],
    ['f32x4.extract_lane', [i32x4(0x7f80_0001)], f32(0x7f80_0001), lane(2)],
    ['i16x8.replace_lane', [ZERO, i32(0x1_ffff)], i16x8(0, 0, 0, 0, 0, -1, 0, 0), lane(5)],
    ['f64x2.replace_lane', [ONES, f64(0n)], i64x2(-1n, 0n), lane(1)],
  ]);

  const bytes = i8x16(...Array.from({ length: 16 }, (_, k) => k + 100));
  const indices = i8x16(15, 0, 16, -1, 17, 127, -128, 3);
  const swizzled = i8x16(115, 100, 0, 0, 0, 0, 0, 103);
  const halves = [0, 16, 31, 15];
  const lanes: Immediate = { kind: 'lanes', lanes: [halves, halves, halves, halves].flat() };
  checks('lanes are moved', [
    ['i8x16.swizzle', [bytes, indices], swizzled],
    ['i8x16.relaxed_swizzle', [bytes, indices], swizzled],
    ['i8x16.shuffle', [i8x16(1), i8x16(2)], i8x16(1, 2, 2, 1), lanes],
  ]);
});

describe('Step/vector between shapes', () => {
  checks('integers', [
    ['i8x16.narrow_i16x8_s', [i16x8(300, -300), i16x8(5, -5)], i8x16(...eight(127, -128), ...eight(5, -5))],
    ['i8x16.narrow_i16x8_u', [i16x8(300, -300), i16x8(255, -5)], i8x16(...eight(-1, 0), ...eight(-1, 0))],
    ['i16x8.narrow_i32x4_u', [i32x4(0x10000, -1), i32x4(7)], i16x8(-1, 0, -1, 0, 7, 7, 7, 7)],
    ['i16x8.extend_low_i8x16_s', [i8x16(...eight(-1, 2), ...eight(3, 4))], i16x8(-1, 2)],
    ['i16x8.extend_high_i8x16_u', [i8x16(...eight(1, 2), ...eight(-1, 4))], i16x8(255, 4)],
    ['i64x2.extend_high_i32x4_s', [i32x4(1, 2, -3, 4)], i64x2(-3n, 4n)],
    ['i16x8.extadd_pairwise_i8x16_s', [i8x16(-128, -128, 127, 127)], i16x8(-256, 254)],
    ['i32x4.extadd_pairwise_i16x8_u', [i16x8(-1, -1)], i32x4(0x1fffe)],
    ['i16x8.extmul_low_i8x16_u', [i8x16(-1), i8x16(-1)], i16x8(-511)],
    ['i32x4.extmul_high_i16x8_s', [i16x8(1, 1, 1, 1, -2, 3, 4, 5), i16x8(7)], i32x4(-14, 21, 28, 35)],
    ['i64x2.extmul_low_i32x4_s', [i32x4(-0x8000_0000), i32x4(-0x8000_0000)], i64x2(1n << 62n)],
    ['i32x4.dot_i16x8_s', [i16x8(1, 2), i16x8(3, -4)], i32x4(-5)],
    ['i32x4.dot_i16x8_s', [i16x8(-32768), i16x8(-32768)], i32x4(-0x8000_0000)],
  ]);

  checks('floats', [
    ['f32x4.convert_i32x4_s', [i32x4(16777217, -1)], f32x4(16777216, -1)],
    ['f32x4.convert_i32x4_u', [i32x4(-1, 1)], f32x4(2 ** 32, 1)],
    ['f64x2.convert_low_i32x4_u', [i32x4(-1, 2, 3, 4)], f64x2(2 ** 32 - 1, 2)],
    ['f64x2.promote_low_f32x4', [f32x4(0.1, -0, 3, 4)], f64x2(Math.fround(0.1), -0)],
    ['f64x2.promote_low_f32x4', [i32x4(-1)], CANONICAL_64],
    ['f32x4.demote_f64x2_zero', [f64x2(0.1, 1e300)], f32x4(0.1, Infinity, 0, 0)],
    ['i32x4.trunc_sat_f32x4_s', [f32x4(1.9, -1.9, 1e10, Number.NaN)], i32x4(1, -1, 0x7fff_ffff, 0)],
    ['i32x4.trunc_sat_f32x4_u', [f32x4(-1, 1e10)], i32x4(0, -1)],
    ['i32x4.trunc_sat_f64x2_s_zero', [f64x2(-1e10, 7.5)], i32x4(-0x8000_0000, 7, 0, 0)],
  ]);
});

/** Where the specification leaves a choice, the first: that of its deterministic profile [core, Relaxed Operations]. */
describe('Step/vector on relaxed operators', () => {
  const third = 1 + 2 ** -22;
  checks('deterministic profile', [
    // The product 1 + 2^-15 + 2^-22 + 2^-37 is rounded before the sum.
    ['f32x4.relaxed_madd', [f32x4(third), f32x4(1 + 2 ** -15), f32x4(-(third + 2 ** -15))], f32x4(0)],
    ['f32x4.relaxed_nmadd', [f32x4(3), f32x4(4), f32x4(1)], f32x4(-11)],
    ['f64x2.relaxed_madd', [f64x2(2), f64x2(2 ** 1023), f64x2(-(2 ** 1023))], f64x2(Infinity)],
    ['f64x2.relaxed_nmadd', [f64x2(0), f64x2(1), f64x2(-0)], f64x2(-0)],
    ['f32x4.relaxed_min', [f32x4(0, Number.NaN), f32x4(-0, Number.NaN)], i32x4(-0x8000_0000, 0x7fc0_0000)],
    ['f64x2.relaxed_max', [f64x2(-0, 3), f64x2(0, -3)], f64x2(0, 3)],
    ['i32x4.relaxed_trunc_f32x4_u', [f32x4(-1, 1e10, Number.NaN, 3.5)], i32x4(0, -1, 0, 3)],
    ['i32x4.relaxed_trunc_f64x2_s_zero', [f64x2(1e10, Number.NaN)], i32x4(0x7fff_ffff, 0, 0, 0)],
    ['i8x16.relaxed_laneselect', [i8x16(0x55), i8x16(0x22), i8x16(-128, 0x0f)], i8x16(0x22, 0x25)],
    ['i16x8.relaxed_q15mulr_s', [i16x8(-32768), i16x8(-32768)], i16x8(32767)],
    ['i16x8.relaxed_dot_i8x16_i7x16_s', [i8x16(1, -2, -128, -128), i8x16(3, 4, -128, -128)], i16x8(-5, 32767)],
    [
      'i32x4.relaxed_dot_i8x16_i7x16_add_s',
      [i8x16(-128), i8x16(-128), i32x4(1, 0x7fff_ffff)],
      i32x4(65535, -0x7fff_ffff + 65532),
    ],
  ]);
});

function eight(a: number, b: number): readonly number[] {
  return [a, b, a, b, a, b, a, b];
}

describe('Step/vector as a rule', () => {
  test('Step/vector takes as many operands as its signature says, and leaves those below', () => {
    const body = [constant(i32(7)), ...[i8x16(1), i8x16(2), i8x16(3)].map(vectorConst), op('v128.bitselect')];
    const { results } = run(alone(fn([], ['i32', 'v128']), body));
    expect(results).toEqual([i32(7), i8x16(1)]);
  });

  test('Step/const pushes a vector constant', () => {
    expect(run(alone(fn([], ['v128']), [vectorConst(i8x16(1, 2, 3, 4))])).results).toEqual([i8x16(1, 2, 3, 4)]);
  });

  test('Step/vector rejects an instruction that is not on vectors', () => {
    expect(() => applyVector('i8x16.frobnicate', NONE, [ZERO])).toThrow('i8x16.frobnicate is missing');
  });
});

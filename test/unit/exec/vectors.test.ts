import { describe, expect, test } from 'vitest';
import type { Request } from '../../../src/event/request.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { bitsOfValue } from '../../support/number-cases.ts';
import { func, i32, i64, load } from './wat.ts';

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 1000 };
const MEMORY =
  '(memory (export "memory") 1) (data (i32.const 16) "\\81\\02\\83\\04\\85\\06\\87\\08\\09\\0a\\0b\\0c\\0d\\0e\\0f\\10")';
const BYTES = 'i8x16 0x81 2 0x83 4 0x85 6 0x87 8 9 10 11 12 13 14 15 16';

/** The results' bits of the function `f` of a module with these definitions. */
function results(definitions: string, ...args: readonly Value[]): readonly string[] {
  const loaded = load(`(module ${MEMORY} ${definitions})`);
  const { ending } = runCall(OPTIONS, func(loaded, 'f'), args, loaded.store);
  if (ending.kind === 'trap') return [ending.reason];
  return ending.kind === 'results' ? ending.values.map((value) => bitsOfValue(value).toString(16)) : [ending.kind];
}

function vector(expression: string): readonly string[] {
  return results(`(func (export "f") (result v128) ${expression})`);
}

function constant(literal: string): readonly string[] {
  return vector(`(v128.const ${literal})`);
}

function operands(literals: readonly string[]): string {
  return literals.map((literal) => ` (v128.const ${literal})`).join('');
}

describe('Step/vector computes lane by lane', () => {
  test.each([
    [
      'i8x16.add_sat_s',
      ['i8x16 127 -128 100 1 0 0 0 0 0 0 0 0 0 0 0 0', 'i8x16 1 -1 100 1 0 0 0 0 0 0 0 0 0 0 0 0'],
      'i8x16 127 -128 127 2 0 0 0 0 0 0 0 0 0 0 0 0',
    ],
    [
      'i8x16.sub_sat_u',
      ['i8x16 1 200 0 0 0 0 0 0 0 0 0 0 0 0 0 0', 'i8x16 2 100 0 0 0 0 0 0 0 0 0 0 0 0 0 1'],
      'i8x16 0 100 0 0 0 0 0 0 0 0 0 0 0 0 0 0',
    ],
    ['i8x16.abs', ['i8x16 -128 -1 1 0 0 0 0 0 0 0 0 0 0 0 0 0'], 'i8x16 -128 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0'],
    [
      'i8x16.avgr_u',
      ['i8x16 255 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0', 'i8x16 255 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0'],
      'i8x16 255 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0',
    ],
    [
      'i8x16.narrow_i16x8_u',
      ['i16x8 -1 256 255 1 0 0 0 0', 'i16x8 0x7fff 0x8000 0 0 0 0 0 2'],
      'i8x16 0 255 255 1 0 0 0 0 255 0 0 0 0 0 0 2',
    ],
    ['i16x8.narrow_i32x4_s', ['i32x4 40000 -40000 1 2', 'i32x4 3 4 5 -6'], 'i16x8 32767 -32768 1 2 3 4 5 -6'],
    [
      'i16x8.q15mulr_sat_s',
      ['i16x8 -32768 16384 1 0 0 0 0 0', 'i16x8 -32768 16384 16384 0 0 0 0 0'],
      'i16x8 32767 8192 1 0 0 0 0 0',
    ],
    ['i16x8.extend_high_i8x16_s', ['i8x16 0 0 0 0 0 0 0 0 -1 2 -3 4 -5 6 -7 8'], 'i16x8 -1 2 -3 4 -5 6 -7 8'],
    ['i16x8.extadd_pairwise_i8x16_u', ['i8x16 255 255 1 2 0 0 0 0 0 0 0 0 0 0 0 3'], 'i16x8 510 3 0 0 0 0 0 3'],
    [
      'i32x4.dot_i16x8_s',
      ['i16x8 -32768 -32768 1 2 3 4 5 6', 'i16x8 -32768 -32768 1 1 1 1 1 -1'],
      'i32x4 0x80000000 3 7 -1',
    ],
    ['i32x4.extmul_high_i16x8_u', ['i16x8 0 0 0 0 65535 1 2 3', 'i16x8 0 0 0 0 65535 1 2 3'], 'i32x4 0xfffe0001 1 4 9'],
    ['i32x4.max_u', ['i32x4 -1 1 2 3', 'i32x4 1 -1 3 2'], 'i32x4 -1 -1 3 3'],
    ['i64x2.add', ['i64x2 0xffffffff -1', 'i64x2 1 1'], 'i64x2 0x100000000 0'],
    ['i64x2.sub', ['i64x2 0x100000000 0', 'i64x2 1 1'], 'i64x2 0xffffffff -1'],
    ['i64x2.neg', ['i64x2 0x100000000 0x8000000000000000'], 'i64x2 -0x100000000 0x8000000000000000'],
    ['i64x2.mul', ['i64x2 0x100000001 -3', 'i64x2 0x100000001 5'], 'i64x2 0x200000001 -15'],
    ['i64x2.extmul_low_i32x4_s', ['i32x4 -2 0x7fffffff 0 0', 'i32x4 3 0x7fffffff 0 0'], 'i64x2 -6 0x3fffffff00000001'],
    ['i64x2.extmul_high_i32x4_u', ['i32x4 0 0 -1 -1', 'i32x4 0 0 -1 1'], 'i64x2 0xfffffffe00000001 0xffffffff'],
    ['i64x2.lt_s', ['i64x2 -1 1', 'i64x2 0 0x8000000000000000'], 'i64x2 -1 0'],
    ['f32x4.pmin', ['f32x4 0 nan:0x200001 1 2', 'f32x4 -0 1 -nan:0x200001 1'], 'f32x4 0 nan:0x200001 1 1'],
    ['f32x4.min', ['f32x4 0 nan:0x200001 1 2', 'f32x4 -0 1 -nan:0x200001 1'], 'f32x4 -0 nan nan 1'],
    ['f64x2.pmax', ['f64x2 -0 1', 'f64x2 0 -nan:0x1'], 'f64x2 -0 1'],
    ['f64x2.div', ['f64x2 0 1', 'f64x2 0 -0'], 'f64x2 nan -inf'],
    ['f32x4.eq', ['f32x4 nan 1 0 2', 'f32x4 nan 1 -0 3'], 'i32x4 0 -1 -1 0'],
    ['i32x4.trunc_sat_f32x4_s', ['f32x4 nan 3e9 -3e9 -1.9'], 'i32x4 0 0x7fffffff 0x80000000 -1'],
    ['i32x4.trunc_sat_f64x2_u_zero', ['f64x2 4294967295.9 -1'], 'i32x4 -1 0 0 0'],
    ['f64x2.convert_low_i32x4_u', ['i32x4 -1 1 7 7'], 'f64x2 4294967295 1'],
    ['f32x4.demote_f64x2_zero', ['f64x2 0x1.0000010000001p0 -nan:0x1'], 'f32x4 0x1.000002p0 nan 0 0'],
    ['f64x2.promote_low_f32x4', ['f32x4 0x1p-149 -nan:0x200001 1 1'], 'f64x2 0x1p-149 nan'],
    [
      'v128.bitselect',
      ['i32x4 -1 -1 0 0', 'i32x4 0 0 -1 -1', 'i32x4 0xf0f0f0f0 -1 0xf0f0f0f0 0'],
      'i32x4 0xf0f0f0f0 -1 0x0f0f0f0f -1',
    ],
    ['v128.andnot', ['i32x4 -1 3 0 0', 'i32x4 1 1 1 0'], 'i32x4 -2 2 0 0'],
  ])('%s', (op, literals, expected) => {
    expect(vector(`(${op}${operands(literals)})`)).toEqual(constant(expected));
  });

  test.each([
    ['i8x16.bitmask', 'i8x16 -1 0 0 0 0 0 0 -128 0 0 0 0 0 0 0 -2', '8081'],
    ['i64x2.bitmask', 'i64x2 1 -1', '2'],
    ['i64x2.all_true', 'i64x2 0x100000000 1', '1'],
    ['i64x2.all_true', 'i64x2 0x100000000 0', '0'],
    ['i16x8.all_true', 'i16x8 1 2 3 4 5 6 0 8', '0'],
    ['v128.any_true', 'i32x4 0 0 0 0x80000000', '1'],
    ['i8x16.extract_lane_s 1', 'i8x16 0 -2 0 0 0 0 0 0 0 0 0 0 0 0 0 0', 'fffffffe'],
    ['i8x16.extract_lane_u 1', 'i8x16 0 -2 0 0 0 0 0 0 0 0 0 0 0 0 0 0', 'fe'],
  ])('%s of %s', (op, literal, expected) => {
    expect(results(`(func (export "f") (result i32) (${op} (v128.const ${literal})))`)).toEqual([expected]);
  });

  test('a shift takes its count modulo the width', () => {
    const shifted = (op: string, literal: string, count: number): readonly string[] =>
      vector(`(${op} (v128.const ${literal}) (i32.const ${count}))`);
    expect(shifted('i8x16.shr_s', 'i8x16 -128 127 1 2 3 4 5 6 7 8 9 10 11 12 13 14', 9)).toEqual(
      constant('i8x16 -64 63 0 1 1 2 2 3 3 4 4 5 5 6 6 7'),
    );
    expect(shifted('i16x8.shr_u', 'i16x8 -1 0 0 0 0 0 0 2', -15)).toEqual(constant('i16x8 0x7fff 0 0 0 0 0 0 1'));
    expect(shifted('i64x2.shl', 'i64x2 1 3', 96)).toEqual(constant('i64x2 0x100000000 0x300000000'));
  });

  test('Step/vshuffle and Step/vswizzle take lanes by their numbers', () => {
    const bytes = 'i8x16 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25';
    const others = 'i8x16 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65';
    expect(vector(`(i8x16.shuffle 0 16 1 17 15 31 2 2 3 3 3 3 3 3 3 30 ${operands([bytes, others])})`)).toEqual(
      constant('i8x16 10 50 11 51 25 65 12 12 13 13 13 13 13 13 13 64'),
    );
    const numbers = 'i8x16 15 16 255 0 1 1 1 1 1 1 1 1 1 1 1 2';
    for (const op of ['i8x16.swizzle', 'i8x16.relaxed_swizzle'])
      expect(vector(`(${op} ${operands([bytes, numbers])})`)).toEqual(
        constant('i8x16 25 0 0 10 11 11 11 11 11 11 11 11 11 11 11 12'),
      );
  });
});

describe('relaxed instructions do as the deterministic profile does', () => {
  test.each([
    // The product rounds to -1 + 2^-23, so that nothing is left; fused, 2^-48 would be.
    [
      'f32x4.relaxed_madd',
      ['f32x4 0x1.000002p0 0x1.fffffep127 nan 1', 'f32x4 0x1.fffffcp-1 2 1 1', 'f32x4 -1 -0x1.fffffep127 1 -1'],
      'f32x4 0 inf nan 0',
    ],
    ['f32x4.relaxed_nmadd', ['f32x4 2 0 1 1', 'f32x4 3 1 1 1', 'f32x4 7 -0 1 2'], 'f32x4 1 -0 0 1'],
    [
      'f64x2.relaxed_madd',
      ['f64x2 0x1.0000000000001p0 2', 'f64x2 0x1.0000000000001p0 3', 'f64x2 -0x1.0000000000002p0 4'],
      'f64x2 0 10',
    ],
    [
      'i16x8.relaxed_q15mulr_s',
      ['i16x8 -32768 0 0 0 0 0 0 0', 'i16x8 -32768 0 0 0 0 0 0 0'],
      'i16x8 32767 0 0 0 0 0 0 0',
    ],
    [
      'i16x8.relaxed_dot_i8x16_i7x16_s',
      ['i8x16 -128 -128 1 2 0 0 0 0 0 0 0 0 0 0 0 0', 'i8x16 -128 -128 3 -4 0 0 0 0 0 0 0 0 0 0 0 0'],
      'i16x8 32767 -5 0 0 0 0 0 0',
    ],
    [
      'i32x4.relaxed_dot_i8x16_i7x16_add_s',
      [
        'i8x16 -128 -128 -128 -128 1 1 1 1 0 0 0 0 0 0 0 0',
        'i8x16 -128 -128 -128 -128 1 2 3 4 0 0 0 0 0 0 0 0',
        'i32x4 1 -10 0x7fffffff 0',
      ],
      'i32x4 65535 0 0x7fffffff 0',
    ],
    ['i32x4.relaxed_trunc_f32x4_u', ['f32x4 nan -1 5e9 2.9'], 'i32x4 0 0 -1 2'],
    [
      'i8x16.relaxed_laneselect',
      ['i32x4 -1 -1 0 0', 'i32x4 0 0 -1 -1', 'i32x4 0x80808080 1 2 3'],
      'i32x4 0x80808080 1 -3 -4',
    ],
    ['f32x4.relaxed_max', ['f32x4 -0 nan 1 2', 'f32x4 0 1 nan 3'], 'f32x4 0 nan nan 3'],
  ])('%s', (op, literals, expected) => {
    expect(vector(`(${op}${operands(literals)})`)).toEqual(constant(expected));
  });
});

describe('vectors take four words wherever they are', () => {
  const one = '(v128.const i32x4 1 2 3 4)';
  const two = '(v128.const i32x4 5 6 7 8)';

  test('in parameters, locals, results and calls, between narrower values', () => {
    const text = `(func $swap (param i32 v128 f64 v128) (result v128 f64 v128 i32) (local v128)
        (local.set 4 (local.get 1)) (local.get 3) (local.get 2) (local.get 4) (local.get 0))
      (func (export "f") (result v128 f64 v128 i32) (call $swap (i32.const 9) ${one} (f64.const 1) ${two}))`;
    expect(results(text)).toEqual([
      ...constant('i32x4 5 6 7 8'),
      '3ff0000000000000',
      ...constant('i32x4 1 2 3 4'),
      '9',
    ]);
  });

  test('Step/br moves them down over what it drops, word after word', () => {
    const text = `(func (export "f") (param i32) (result v128 v128)
      (block (result v128 v128) (local.get 0) (i32x4.splat (local.get 0)) (i32x4.add ${one} (i32x4.splat (local.get 0))) (br 0)))`;
    expect(results(text, i32(7))).toEqual([...constant('i32x4 7 7 7 7'), ...constant('i32x4 8 9 10 11')]);
  });

  test('Step/select chooses one of two', () => {
    const text = `(func (export "f") (param i32) (result v128) (select ${one} ${two} (local.get 0)))`;
    expect([results(text, i32(1)), results(text, i32(0))]).toEqual([
      constant('i32x4 1 2 3 4'),
      constant('i32x4 5 6 7 8'),
    ]);
  });

  test('in mutable, immutable and thread-local globals', () => {
    const text = `(global $c v128 ${one}) (global $m (mut v128) ${two})
      (func (export "f") (result v128 v128) (global.set $m (i32x4.add (global.get $c) (global.get $m))) (global.get $m) (global.get $c))`;
    expect(results(text)).toEqual([...constant('i32x4 6 8 10 12'), ...constant('i32x4 1 2 3 4')]);
  });

  test('a lane replaced by itself, and by one of the same vector', () => {
    const text = `(func (export "f") (param v128) (result v128)
      (local.set 0 (i64x2.replace_lane 0 (local.get 0) (i64x2.extract_lane 1 (local.get 0))))
      (local.set 0 (i8x16.replace_lane 15 (local.get 0) (i32.const -1))) (local.get 0))`;
    expect(results(text, { type: 'v128', bits: 0x0102_0304_0506_0708_090a_0b0c_0d0e_0f10n })).toEqual([
      'ff020304050607080102030405060708',
    ]);
  });
});

describe('Step/vload and Step/vstore', () => {
  test.each([
    ['v128.load', BYTES],
    ['v128.load8x8_s', 'i16x8 -127 2 -125 4 -123 6 -121 8'],
    ['v128.load16x4_u', 'i32x4 0x281 0x483 0x685 0x887'],
    ['v128.load32x2_s', 'i64x2 0x4830281 0x8870685'],
    ['v128.load8_splat', 'i8x16 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81 0x81'],
    ['v128.load16_splat', 'i16x8 0x281 0x281 0x281 0x281 0x281 0x281 0x281 0x281'],
    ['v128.load64_splat', 'i64x2 0x0887068504830281 0x0887068504830281'],
    ['v128.load32_zero', 'i64x2 0x04830281 0'],
    ['v128.load64_zero', 'i64x2 0x0887068504830281 0'],
  ])('%s', (op, expected) => {
    expect(vector(`(${op} (i32.const 16))`)).toEqual(constant(expected));
    expect(vector(`(${op} offset=10 (i32.const 6))`)).toEqual(constant(expected));
  });

  // The vector and the address in a place, a local or a constant.
  const vectors = ['(i32x4.splat (local.get 0))', '(local.get 1)', '(v128.const i32x4 7 7 7 7)'];
  const addresses = ['(i32.add (local.get 0) (i32.const 9))', '(local.get 2)', '(i32.const 16)'];
  const combinations = vectors.flatMap((v) => addresses.map((address) => [v, address] as const));

  test.each(combinations)('a lane is loaded into %s from %s', (v, address) => {
    const text = `(func (export "f") (param i32) (result i32 v128 v128) (local v128 i32)
      (local.set 1 (v128.const i32x4 7 7 7 7)) (local.set 2 (i32.const 16)) (i32.const 5)
      (v128.load8_lane 15 ${address} ${v}) (v128.load64_lane 1 ${address} ${v}))`;
    expect(results(text, i32(7))).toEqual([
      '5',
      ...constant('i32x4 7 7 7 0x81000007'),
      ...constant('i64x2 0x700000007 0x0887068504830281'),
    ]);
  });

  test.each(combinations)('a lane of %s is stored at %s', (v, address) => {
    const text = `(func (export "f") (param i32) (result i32 v128) (local v128 i32)
      (local.set 1 (v128.const i32x4 7 7 7 7)) (local.set 2 (i32.const 16)) (i32.const 5)
      (v128.store8_lane offset=1 4 ${address} ${v}) (v128.store32_lane offset=4 3 ${address} ${v}) (v128.store64_lane offset=8 1 ${address} ${v})
      (v128.load (i32.const 16)))`;
    expect(results(text, i32(7))).toEqual(['5', ...constant('i32x4 0x04830781 7 7 7')]);
  });

  test('a lane is loaded from and stored at an address of 64 bits', () => {
    const text = `(memory $wide i64 1) (func (export "f") (param i64) (result i32 v128 v128) (i32.const 5)
      (v128.store8_lane $wide offset=11 4 (i64.add (local.get 0) (i64.const 1)) (i8x16.splat (i32.const 9)))
      (v128.store64_lane $wide 1 (local.get 0) (v128.const i64x2 1 0x0102030405060708))
      (v128.load8_lane $wide offset=12 3 (i64.mul (local.get 0) (i64.const 1)) (i32x4.splat (i32.const 1)))
      (v128.load32x2_u $wide (local.get 0)))`;
    expect(results(text, i64(20n))).toEqual([
      '5',
      ...constant('i32x4 0x9000001 1 1 1'),
      ...constant('i64x2 0x05060708 0x01020304'),
    ]);
  });

  test('a vector is stored whole', () => {
    const text = `(func (export "f") (result v128 v128) (v128.store offset=1 (i32.const 2) (v128.const ${BYTES})) (v128.load (i32.const 3)) (v128.load (i32.const 4)))`;
    const [stored] = constant(BYTES);
    // The byte after it is the data segment's fourth.
    expect(results(text)).toEqual([stored, `4${stored?.slice(0, -2)}`]);
  });

  test.each([
    ['(drop (v128.load (i32.const 65521)))'],
    ['(drop (v128.load8_lane 0 (i32.const 65536) (v128.const i32x4 0 0 0 0)))'],
    ['(drop (v128.load64_zero (i32.const 65529)))'],
    ['(v128.store (i32.const 65521) (v128.const i32x4 0 0 0 0))'],
    ['(v128.store16_lane 0 (i32.const 65535) (v128.const i32x4 0 0 0 0))'],
  ])('%s is out of bounds', (body) => {
    expect(results(`(func (export "f") ${body})`)).toEqual(['out of bounds memory access']);
  });
});

describe('Step/vload asks for the bytes that it touches', () => {
  function asked(body: string): unknown {
    const { instance } = load(`(module ${MEMORY} (func (export "f") ${body}))`);
    const found = instance.exports.get('f');
    if (found?.kind !== 'func') throw new Error('no function');
    const { request } = makeExec(OPTIONS).start(callStart(found.func, [], new Map()));
    return summary(request);
  }

  function summary(request: Request): unknown {
    if (request.kind !== 'access') return request.kind;
    const [action] = request.actions;
    if (action === undefined) return 'nothing';
    const { kind, offset, size, order, tearFree } = action;
    return [kind, offset, size, order, tearFree, request.site.shows, request.bounds?.end];
  }

  const zero = '(v128.const i32x4 0 0 0 0)';

  test.each([
    ['(drop (v128.load (i32.const 16)))', ['rd', 16, 16, 'unord', false, 'v128', 32]],
    ['(drop (v128.load8x8_u (i32.const 16)))', ['rd', 16, 8, 'unord', false, 'i64', 24]],
    ['(drop (v128.load16_splat (i32.const 16)))', ['rd', 16, 2, 'unord', true, 'i16', 18]],
    ['(drop (v128.load32_zero (i32.const 17)))', ['rd', 17, 4, 'unord', false, 'i32', 21]],
    [`(drop (v128.load8_lane 3 (i32.const 17) ${zero}))`, ['rd', 17, 1, 'unord', true, 'i8', 18]],
    [`(v128.store64_lane 0 (i32.const 8) ${zero})`, ['wr', 8, 8, 'unord', false, null, 16]],
    [`(v128.store (i32.const 8) ${zero})`, ['wr', 8, 16, 'unord', false, null, 24]],
  ])('%s', (body, expected) => {
    expect(asked(body)).toEqual(expected);
  });

  test('with all lanes in its state, also those that it does not touch', () => {
    const { instance } = load(`(module ${MEMORY} (func (export "f") (param v128)
      (i32.const 0) (v128.not (local.get 0)) (local.set 0 (v128.const i32x4 0 0 0 0)) (v128.store8_lane 0)))`);
    const found = instance.exports.get('f');
    if (found?.kind !== 'func') throw new Error('no function');
    const { func: callee } = found;
    const exec = makeExec(OPTIONS);
    const state = (bits: bigint): Parameters<typeof exec.sameState>[0] =>
      exec.start(callStart(callee, [{ type: 'v128', bits }], new Map())).state;
    expect(exec.sameState(state(1n << 64n), state(1n << 64n))).toBe(true);
    expect(exec.sameState(state(1n << 64n), state(1n << 100n))).toBe(false);
  });

  test('and goes on with what it is answered', () => {
    const { instance } = load(
      `(module ${MEMORY} (func (export "f") (param v128) (result v128) (v128.load16_lane 1 (i32.const 16) (local.get 0))))`,
    );
    const found = instance.exports.get('f');
    if (found?.kind !== 'func') throw new Error('no function');
    const exec = makeExec(OPTIONS);
    const asking = exec.start(callStart(found.func, [{ type: 'v128', bits: 0x11n << 64n }], new Map()));
    const { state, request } = exec.resume(asking.state, { kind: 'units', units: [0x34, 0x12] });
    expect(request.kind).toBe('done');
    expect(exec.completion(state).results).toEqual([{ type: 'v128', bits: (0x11n << 64n) | 0x1234_0000n }]);
  });
});

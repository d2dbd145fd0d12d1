import { describe, expect, test } from 'vitest';
import { runCall } from '../../../src/exec/sequential.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { bitsOfValue } from '../../support/number-cases.ts';
import { func, i32, load } from './wat.ts';

/** Whether the expression is what the other one is, bit by bit; both of them of this type. */
function bits(type: string, expression: string, ...args: readonly Value[]): string {
  const params = args.map(({ type: t }) => ` (param ${t})`).join('');
  const loaded = load(`(module (func (export "f")${params} (result ${type}) ${expression}))`);
  const { ending } = runCall({ readings: DEFAULT_READINGS, fuel: 1000 }, func(loaded, 'f'), args, loaded.store);
  const [value] = ending.kind === 'results' ? ending.values : [];
  return value === undefined ? ending.kind : `0x${bitsOfValue(value).toString(16)}`;
}

function constant(type: string, literal: string): string {
  return bits(type, `(${type}.const ${literal})`);
}

describe('Step/numeric rounds floats to the nearest, ties to even', () => {
  test.each([
    // The double nearest to the sum lies half way between two singles; the sum does not.
    ['f32', '(f32.convert_i64_s (i64.const 0x1000001000000001))', '0x1.000002p60'],
    ['f32', '(f32.convert_i64_s (i64.const -0x1000001000000001))', '-0x1.000002p60'],
    ['f32', '(f32.convert_i64_s (i64.const 0x1000001000000000))', '0x1p60'],
    ['f32', '(f32.convert_i64_u (i64.const 0x8000008000000001))', '0x1.000002p63'],
    ['f32', '(f32.convert_i64_u (i64.const 0xffffffffffffffff))', '0x1p64'],
    ['f32', '(f32.convert_i64_u (i64.const 0xffffff7fffffffff))', '0x1.fffffep63'],
    ['f64', '(f64.convert_i64_u (i64.const 0xffffffffffffffff))', '0x1p64'],
    ['f64', '(f64.convert_i64_u (i64.const 0xfffffffffffffbff))', '0x1.fffffffffffffp63'],
    ['f64', '(f64.convert_i64_s (i64.const 0x8000000000000001))', '-0x1p63'],
    ['f64', '(f64.convert_i64_s (i64.const 9007199254740993))', '9007199254740992'],
    ['f64', '(f64.convert_i64_s (i64.const -1))', '-1'],
    ['f32', '(f32.convert_i32_s (i32.const 16777217))', '16777216'],
    ['f32', '(f32.convert_i32_u (i32.const -1))', '0x1p32'],
    ['f64', '(f64.convert_i32_u (i32.const -1))', '4294967295'],
    ['f32', '(f32.demote_f64 (f64.const 0x1.000001p0))', '1'],
    ['f32', '(f32.demote_f64 (f64.const 0x1.0000010000001p0))', '0x1.000002p0'],
    ['f32', '(f32.demote_f64 (f64.const 0x1.fffffefffffffp127))', '0x1.fffffep127'],
    ['f32', '(f32.demote_f64 (f64.const 0x1.ffffffp127))', 'inf'],
    ['f32', '(f32.mul (f32.const 0x1p-75) (f32.const 0x1p-75))', '0'],
    ['f32', '(f32.mul (f32.const 0x1.8p-75) (f32.const 0x1p-75))', '0x1p-149'],
    ['f32', '(f32.sqrt (f32.const 2))', '0x1.6a09e6p0'],
    ['f32', '(f32.div (f32.const 1) (f32.const 3))', '0x1.555556p-2'],
    ['f32', '(f32.add (f32.const 16777216) (f32.const 1))', '16777216'],
    ['f64', '(f64.sqrt (f64.const 2))', '0x1.6a09e667f3bcdp0'],
  ])('%s %s', (type, expression, literal) => {
    expect(bits(type, expression)).toBe(constant(type, literal));
  });
});

describe('Step/numeric rounds floats to integers', () => {
  test.each(['f32', 'f64'])('%s', (type) => {
    const rounded = (operation: string, literal: string): string =>
      bits(type, `(${type}.${operation} (${type}.const ${literal}))`);
    const is = (literal: string): string => constant(type, literal);
    expect(['0.5', '1.5', '2.5', '-0.5', '-2.5', '-0'].map((x) => rounded('nearest', x))).toEqual(
      ['0', '2', '2', '-0', '-2', '-0'].map(is),
    );
    expect(['0x1p60', 'inf', '4503599627370495.5'].map((x) => rounded('nearest', x))).toEqual(
      ['0x1p60', 'inf', '4503599627370496'].map(is),
    );
    expect(['-0.5', '0.5', '-0'].map((x) => rounded('ceil', x))).toEqual(['-0', '1', '-0'].map(is));
    expect(['-0.5', '0.5', '-0'].map((x) => rounded('floor', x))).toEqual(['-1', '0', '-0'].map(is));
    expect(['-0.5', '1.9', '-1.9'].map((x) => rounded('trunc', x))).toEqual(['-0', '1', '-1'].map(is));
  });
});

describe('Step/numeric makes the canonical NaN, and moves the bits of others', () => {
  test.each([
    ['f32', '(f32.div (f32.const 0) (f32.const 0))', 'nan'],
    ['f32', '(f32.add (f32.const -nan:0x200001) (f32.const 1))', 'nan'],
    ['f32', '(f32.sub (f32.const inf) (f32.const inf))', 'nan'],
    ['f32', '(f32.min (f32.const -nan:0x400001) (f32.const 1))', 'nan'],
    ['f32', '(f32.nearest (f32.const -nan))', 'nan'],
    ['f32', '(f32.sqrt (f32.const -1))', 'nan'],
    ['f64', '(f64.mul (f64.const 0) (f64.const -inf))', 'nan'],
    ['f64', '(f64.max (f64.const 1) (f64.const -nan:0x8000000000001))', 'nan'],
    ['f64', '(f64.sqrt (f64.const -inf))', 'nan'],
    ['f64', '(f64.promote_f32 (f32.const -nan:0x200001))', 'nan'],
    ['f32', '(f32.demote_f64 (f64.const -nan:0x4000000000001))', 'nan'],
    ['f32', '(f32.neg (f32.const nan:0x200001))', '-nan:0x200001'],
    ['f32', '(f32.abs (f32.const -nan:0x200001))', 'nan:0x200001'],
    ['f64', '(f64.neg (f64.const -nan:0x1))', 'nan:0x1'],
    ['f64', '(f64.abs (f64.const -nan:0x4000000000001))', 'nan:0x4000000000001'],
    ['f32', '(f32.copysign (f32.const nan:0x200001) (f32.const -1))', '-nan:0x200001'],
    ['f64', '(f64.copysign (f64.const -1) (f64.const nan:0x4000000000001))', '1'],
  ])('%s %s', (type, expression, literal) => {
    expect(bits(type, expression)).toBe(constant(type, literal));
  });

  test('a select, a local and a call leave a signalling NaN as it is', () => {
    const loaded = load(`(module (func $id (param f32) (result f32) (local.get 0))
      (func (export "f") (param f32 i32) (result f32) (local f32)
        (local.set 2 (select (local.get 0) (f32.const 1) (local.get 1))) (call $id (local.get 2))))`);
    const args: readonly Value[] = [{ type: 'f32', bits: 0xffa0_0001 }, i32(1)];
    const { ending } = runCall({ readings: DEFAULT_READINGS, fuel: 1000 }, func(loaded, 'f'), args, loaded.store);
    expect(ending).toEqual({ kind: 'results', values: [{ type: 'f32', bits: 0xffa0_0001 }] });
  });
});

describe('Step/numeric compares and chooses between zeros', () => {
  test.each([
    ['f32', '(f32.min (f32.const 0) (f32.const -0))', '-0'],
    ['f32', '(f32.max (f32.const -0) (f32.const 0))', '0'],
    ['f64', '(f64.min (f64.const -0) (f64.const 0))', '-0'],
    ['f64', '(f64.max (f64.const 0) (f64.const -0))', '0'],
    ['f64', '(f64.add (f64.const -0) (f64.const -0))', '-0'],
    ['f64', '(f64.sub (f64.const 0) (f64.const 0))', '0'],
  ])('%s %s', (type, expression, literal) => {
    expect(bits(type, expression)).toBe(constant(type, literal));
  });

  test.each(['f32', 'f64'])('%s', (type) => {
    const holds = (comparison: string, a: string, b: string): string =>
      bits('i32', `(${type}.${comparison} (${type}.const ${a}) (${type}.const ${b}))`);
    expect(['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((each) => holds(each, '0', '-0'))).toEqual([
      '0x1',
      '0x0',
      '0x0',
      '0x0',
      '0x1',
      '0x1',
    ]);
    expect(['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((each) => holds(each, 'nan', 'nan'))).toEqual([
      '0x0',
      '0x1',
      '0x0',
      '0x0',
      '0x0',
      '0x0',
    ]);
    expect(['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((each) => holds(each, '-1', '1'))).toEqual([
      '0x0',
      '0x1',
      '0x1',
      '0x0',
      '0x1',
      '0x0',
    ]);
  });
});

describe('results go where they belong', () => {
  test('Step/local.set of the low word of a sum leaves the next local as it is', () => {
    const text = '(local.set 0 (i32.wrap_i64 (i64.add (i64.const -1) (i64.extend_i32_s (local.get 0))))) (local.get 1)';
    expect(bits('i32', text, i32(0), i32(77))).toBe('0x4d');
  });

  test('Step/local.set of a product of one of its factors', () => {
    const text =
      '(local.set 0 (f64.mul (local.get 0) (f64.const 3))) (local.set 0 (f64.neg (local.get 0))) (local.get 0)';
    expect(bits('f64', text, { type: 'f64', bits: 0x3ff8_0000_0000_0000n })).toBe(constant('f64', '-4.5'));
  });
});

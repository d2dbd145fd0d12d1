import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { applyNumeric } from '../../../src/semantics/numeric.ts';
import type { NumType } from '../../../src/syntax/types.ts';
import { parseF32, parseF64 } from '../../../src/text/floats.ts';
import { bitsOfValue } from '../../support/number-cases.ts';
import { samples, valueFromBits } from './samples.ts';

/** Exact arithmetic with one rounding, against results worked out by hand and against the engine's own floats. */

type FloatType = 'f32' | 'f64';
const SEED = 0x2026_0205;

/** The bits of a literal. */
function literal(t: FloatType, text: string): bigint {
  return t === 'f64' ? known(parseF64(text), text) : BigInt(known(parseF32(text), text));
}

/** The bits of `t.name` of operands of one type. */
function result(t: FloatType, name: string, operands: readonly bigint[], type: NumType = t): bigint | string {
  const value = applyNumeric(
    `${t}.${name}`,
    operands.map((bits) => valueFromBits(type, bits)),
  );
  return value.ok ? bitsOfValue(value.value) : value.error;
}

function of(t: FloatType, name: string, ...operands: readonly string[]): bigint | string {
  return result(
    t,
    name,
    operands.map((operand) => literal(t, operand)),
  );
}

describe('Step/numeric rounds once, to the nearest float, ties to even', () => {
  test.each<[FloatType, string, string[], string]>([
    // Ties between two neighbours of 1: the one with an even significand.
    ['f32', 'add', ['1', '0x1p-24'], '1'],
    ['f32', 'add', ['0x1.000002p0', '0x1p-24'], '0x1.000004p0'],
    ['f32', 'add', ['1', '0x1.000002p-24'], '0x1.000002p0'],
    ['f64', 'add', ['1', '0x1p-53'], '1'],
    ['f64', 'add', ['0x1.0000000000001p0', '0x1p-53'], '0x1.0000000000002p0'],
    // The smaller term is far below the last digit, but decides that it is no tie.
    ['f64', 'sub', ['0x1.0000000000001p0', '0x1p-1074'], '0x1.0000000000001p0'],
    ['f64', 'add', ['0x1p53', '0x1.0000000000001p0'], '0x1.0000000000001p53'],
    // A significand that rounds up to a power of two.
    ['f32', 'add', ['0x1.fffffep0', '0x1p-24'], '2'],
    ['f32', 'mul', ['0x1.fffffep127', '0x1.000002p0'], 'inf'],
    ['f32', 'add', ['0x1.fffffep127', '0x1p102'], '0x1.fffffep127'],
    ['f32', 'add', ['0x1.fffffep127', '0x1p103'], 'inf'],
    ['f64', 'sub', ['-0x1.fffffffffffffp1023', '0x1p970'], '-inf'],
    // Subnormals: fewer digits, one unit; a tie with zero goes to zero.
    ['f32', 'mul', ['0x1p-75', '0x1p-75'], '0'],
    ['f32', 'mul', ['0x1.8p-75', '0x1p-75'], '0x1p-149'],
    ['f32', 'mul', ['-0x1p-75', '0x1p-76'], '-0'],
    ['f32', 'mul', ['0x1.fffffep-1', '0x1p-126'], '0x1p-126'],
    ['f64', 'mul', ['0x1.8p-537', '-0x1p-537'], '-0x1p-1073'],
    ['f64', 'div', ['0x1p-1074', '2'], '0'],
    ['f64', 'div', ['0x1.8p-1073', '2'], '0x1p-1073'],
    ['f64', 'sub', ['0x1p-1022', '0x1p-1074'], '0x0.fffffffffffffp-1022'],
    // Quotients and roots, which have no end.
    ['f32', 'div', ['1', '3'], '0x1.555556p-2'],
    ['f64', 'div', ['1', '3'], '0x1.5555555555555p-2'],
    ['f64', 'div', ['0x1p-1074', '0x1.fffffffffffffp1023'], '0'],
    ['f64', 'div', ['0x1.fffffffffffffp1023', '0x1p-1074'], 'inf'],
    ['f32', 'sqrt', ['2'], '0x1.6a09e6p0'],
    ['f64', 'sqrt', ['2'], '0x1.6a09e667f3bcdp0'],
    ['f64', 'sqrt', ['9'], '3'],
    ['f32', 'sqrt', ['0x1p-149'], '0x1.6a09e6p-75'],
    ['f64', 'sqrt', ['0x1p-1074'], '0x1p-537'],
    ['f64', 'sqrt', ['0x1.fffffffffffffp-1'], '0x1.fffffffffffffp-1'],
  ])('%s.%s %o', (t, name, operands, expected) => {
    expect(of(t, name, ...operands)).toBe(literal(t, expected));
  });

  test.each<[FloatType, string, NumType, bigint, string]>([
    ['f32', 'convert_i32_s', 'i32', 16777217n, '16777216'],
    ['f32', 'convert_i32_u', 'i32', 0xffff_ffffn, '0x1p32'],
    // Between two doubles first, it would be rounded twice.
    ['f32', 'convert_i64_u', 'i64', 0x8000_0080_0000_0001n, '0x1.000002p63'],
    ['f32', 'convert_i64_s', 'i64', 0x8000_0000_0000_0000n, '-0x1p63'],
    ['f64', 'convert_i64_s', 'i64', 0x0020_0000_0000_0001n, '9007199254740992'],
    ['f64', 'convert_i64_u', 'i64', 0xffff_ffff_ffff_fbffn, '0x1.fffffffffffffp63'],
    ['f32', 'demote_f64', 'f64', literal('f64', '0x1.0000010000001p0'), '0x1.000002p0'],
    ['f32', 'demote_f64', 'f64', literal('f64', '-0x1.ffffffp127'), '-inf'],
    ['f32', 'demote_f64', 'f64', literal('f64', '0x1.8p-150'), '0x1p-149'],
    ['f64', 'promote_f32', 'f32', literal('f32', '-0x1p-149'), '-0x1p-149'],
  ])('%s.%s of %s %i', (t, name, type, operand, expected) => {
    expect(result(t, name, [operand], type)).toBe(literal(t, expected));
  });
});

describe('Step/numeric follows the tables of special values', () => {
  test.each<[string, string[], string]>([
    ['add', ['0', '-0'], '0'],
    ['add', ['-0', '-0'], '-0'],
    ['sub', ['-0', '0'], '-0'],
    ['sub', ['3', '3'], '0'],
    ['add', ['-inf', '1'], '-inf'],
    ['sub', ['inf', 'inf'], 'nan'],
    ['mul', ['-0', '5'], '-0'],
    ['mul', ['inf', '-0'], 'nan'],
    ['mul', ['-inf', '-2'], 'inf'],
    ['div', ['0', '-0'], 'nan'],
    ['div', ['-1', '0'], '-inf'],
    ['div', ['1', '-inf'], '-0'],
    ['div', ['inf', '-inf'], 'nan'],
    ['sqrt', ['-0'], '-0'],
    ['sqrt', ['-0x1p-1000'], 'nan'],
    ['sqrt', ['inf'], 'inf'],
    ['min', ['0', '-0'], '-0'],
    ['max', ['-0', '0'], '0'],
    ['min', ['-nan:0x8000000000001', '1'], 'nan'],
    ['max', ['1', '-nan'], 'nan'],
    ['min', ['-inf', '-0x1.fffffffffffffp1023'], '-inf'],
    ['nearest', ['2.5'], '2'],
    ['nearest', ['3.5'], '4'],
    ['nearest', ['-0.5'], '-0'],
    ['nearest', ['0x1.0000000000001p-1'], '1'],
    ['nearest', ['-inf'], '-inf'],
    ['nearest', ['-nan:0x1'], 'nan'],
    ['ceil', ['-0.75'], '-0'],
    ['ceil', ['0x1p-1074'], '1'],
    ['floor', ['-0x1p-1074'], '-1'],
    ['floor', ['-0'], '-0'],
    ['trunc', ['-1.75'], '-1'],
    ['trunc', ['0x1.fffffffffffffp1023'], '0x1.fffffffffffffp1023'],
    ['neg', ['nan:0x1'], '-nan:0x1'],
    ['abs', ['-nan:0x8000000000001'], 'nan:0x8000000000001'],
    ['copysign', ['nan:0x1', '-3'], '-nan:0x1'],
  ])('f64.%s %o', (name, operands, expected) => {
    expect(of('f64', name, ...operands)).toBe(literal('f64', expected));
  });

  test('Step/numeric converts a NaN to the canonical positive one of the other format', () => {
    expect(result('f64', 'promote_f32', [0xff80_0001n], 'f32')).toBe(0x7ff8_0000_0000_0000n);
    expect(result('f32', 'demote_f64', [0xfff8_0000_0000_0001n], 'f64')).toBe(0x7fc0_0000n);
  });

  test.each<[string, FloatType, string, bigint | string]>([
    ['i32.trunc_f64_s', 'f64', '-2147483648.9', 0x8000_0000n],
    ['i32.trunc_f64_s', 'f64', '-2147483649', 'integer overflow'],
    ['i32.trunc_f64_u', 'f64', '-0.9', 0n],
    ['i32.trunc_f64_u', 'f64', '4294967296', 'integer overflow'],
    ['i64.trunc_f32_s', 'f32', '0x1p63', 'integer overflow'],
    ['i64.trunc_f32_s', 'f32', 'nan', 'invalid conversion to integer'],
    ['i32.trunc_sat_f32_s', 'f32', 'nan', 0n],
    ['i32.trunc_sat_f32_s', 'f32', '-inf', 0x8000_0000n],
    ['i64.trunc_sat_f64_u', 'f64', '1e300', 0xffff_ffff_ffff_ffffn],
    ['i64.trunc_sat_f64_u', 'f64', '-1', 0n],
  ])('%s of %s %s', (mnemonic, t, operand, expected) => {
    const value = applyNumeric(mnemonic, [valueFromBits(t, literal(t, operand))]);
    expect(value.ok ? bitsOfValue(value.value) : value.error).toBe(expected);
  });
});

const view = new DataView(new ArrayBuffer(8));

function engineBits(t: FloatType, x: number): bigint {
  if (Number.isNaN(x)) return t === 'f32' ? 0x7fc0_0000n : 0x7ff8_0000_0000_0000n;
  if (t === 'f64') view.setFloat64(0, x);
  else view.setFloat32(0, x);
  return t === 'f64' ? view.getBigUint64(0) : BigInt(view.getUint32(0));
}

function engineFloat(t: FloatType, bits: bigint): number {
  if (t === 'f64') view.setBigUint64(0, bits);
  else view.setUint32(0, Number(bits));
  return t === 'f64' ? view.getFloat64(0) : view.getFloat32(0);
}

/** Of a double the low bit of the integer decides ties; there are none where the float has no fraction. */
function nearest(x: number): number {
  const fraction = Math.abs(x) % 1;
  const down = Math.trunc(x);
  const up = down + Math.sign(x);
  return fraction > 0.5 || (fraction === 0.5 && down % 2 !== 0) ? up : down;
}

/** In double precision; rounding that to single is one rounding for these [IEEE 754: 53 ≥ 2·24 + 2]. */
const ENGINE: Readonly<Record<string, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  min: (x, y) => Math.min(x, y),
  max: (x, y) => Math.max(x, y),
  sqrt: (x) => Math.sqrt(x),
  ceil: (x) => Math.ceil(x),
  floor: (x) => Math.floor(x),
  trunc: (x) => Math.trunc(x),
  nearest,
};

const UNARY = new Set(['sqrt', 'ceil', 'floor', 'trunc', 'nearest']);

/** Any bits, special ones, and numbers near 1, whose digits meet. */
function floats(t: FloatType): fc.Arbitrary<bigint> {
  const width = t === 'f32' ? 32n : 64n;
  const [exponents, fraction] = t === 'f32' ? [0x3f00_0000n, 0xff_ffffn] : [0x3fe0_0000_0000_0000n, (1n << 53n) - 1n];
  return fc.oneof(
    fc.bigInt(0n, (1n << width) - 1n),
    fc.constantFrom(...samples(t, 0, () => 0n)),
    fc.bigInt(0n, fraction).map((bits) => exponents + bits),
  );
}

describe.each<FloatType>(['f32', 'f64'])('Step/numeric agrees with the numbers of JavaScript: %s', (t) => {
  test.each(Object.entries(ENGINE))('%s', (name, operator) => {
    fc.assert(
      fc.property(floats(t), floats(t), (a, b) => {
        const operands = UNARY.has(name) ? [a] : [a, b];
        expect(result(t, name, operands)).toBe(engineBits(t, operator(engineFloat(t, a), engineFloat(t, b))));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { parseF32, parseF64 } from '../../../src/text/floats.ts';
import { parseI32, parseI64, parseU32 } from '../../../src/text/integers.ts';
import { bytesToName, stringBytes } from '../../../src/text/strings.ts';

describe('integers', () => {
  test.each([
    ['0', 0],
    ['-1', -1],
    ['4294967295', -1],
    ['0xffff_ffff', -1],
    ['-0x8000_0000', -2147483648],
    ['2_147_483_648', -2147483648],
    ['+7', 7],
    ['4294967296', null],
    ['-2147483649', null],
    ['0x1_0000_0000', null],
  ])('i32 %s', (text, value) => {
    expect(parseI32(text)).toBe(value);
  });

  test.each([
    ['-1', -1n],
    ['0xffff_ffff_ffff_ffff', -1n],
    ['9223372036854775808', -9223372036854775808n],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551616', null],
    ['-9223372036854775809', null],
  ])('i64 %s', (text, value) => {
    expect(parseI64(text)).toBe(value);
  });

  test('u32', () => {
    expect(parseU32('4294967295')).toBe(4294967295);
    expect(parseU32('4294967296')).toBeNull();
  });
});

describe('floats', () => {
  test.each([
    ['0', 0],
    ['-0', 0x80000000],
    ['1', 0x3f800000],
    ['-1.5', 0xbfc00000],
    ['0x1.8p1', 0x40400000],
    ['inf', 0x7f800000],
    ['-inf', 0xff800000],
    ['nan', 0x7fc00000],
    ['-nan', 0xffc00000],
    ['nan:0x1', 0x7f800001],
    ['-nan:0x7fffff', 0xffffffff],
    ['nan:0x0', null],
    ['nan:0x800000', null],
    ['3.40282346638528859811704183484516925440e+38', 0x7f7fffff],
    ['340282356779733661637539395458142568448', null],
    ['340282356779733661637539395458142568447', 0x7f7fffff],
    ['1.4e-45', 1],
    ['0x1p-149', 1],
    ['0x1p-150', 0],
    ['0x1.000001p-150', 1],
    ['1e-400', 0],
    ['1e400', null],
    ['1e999999999999', null],
    ['0x1p999999999999', null],
    ['0e999999999999', 0],
    // Rounding once differs from rounding through a double: halfway between two singles but for a bit far to the right.
    ['0x1.00000100000000001p0', 0x3f800001],
    ['0x1.000001p0', 0x3f800000],
    ['0x1.000003p0', 0x3f800002],
    ['1.00000005960464477539062500001', 0x3f800001],
    ['0x1.fffffep127', 0x7f7fffff],
    ['0x1.ffffffp127', null],
    ['0x0.000002p-126', 1],
  ])('f32 %s', (text, bits) => {
    expect(parseF32(text)).toBe(bits);
  });

  test.each([
    ['1', 0x3ff0000000000000n],
    ['0.1', 0x3fb999999999999an],
    ['0x1p-1074', 1n],
    ['4.9e-324', 1n],
    ['2.4703282292062327e-324', 0n],
    ['2.4703282292062328e-324', 1n],
    ['1.7976931348623157e308', 0x7fefffffffffffffn],
    ['1.797693134862315808e308', null],
    ['9007199254740993', 0x4340000000000000n],
    ['9007199254740995', 0x4340000000000002n],
    ['nan:0xfffffffffffff', 0x7fffffffffffffffn],
    ['-nan:0x1', 0xfff0000000000001n],
    ['0x1_0.8p0_1', 0x4040800000000000n],
  ])('f64 %s', (text, bits) => {
    expect(parseF64(text)).toBe(bits);
  });
});

describe('strings', () => {
  test('escapes give bytes', () => {
    const bytes = stringBytes('"a\\t\\n\\r\\"\\\'\\\\\\00\\fF\\u{e9}\\u{1_F600}é\u0085"');
    const expected = [97, 9, 10, 13, 34, 39, 92, 0, 255, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0xc3, 0xa9, 0xc2, 0x85];
    expect(bytes.ok && [...bytes.value]).toEqual(expected);
  });

  test.each(['"\\u{d800}"', '"\\u{110000}"'])('%s is no character', (literal) => {
    expect(stringBytes(literal).ok).toBe(false);
  });

  test('names are UTF-8, byte order marks kept', () => {
    expect(bytesToName(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ ok: true, value: '\ufeffa' });
    expect(bytesToName(Uint8Array.of(0xc0, 0x80)).ok).toBe(false);
  });
});

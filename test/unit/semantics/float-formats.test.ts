import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { FLOAT_BINARY, FLOAT_UNARY } from '../../../src/semantics/float.ts';
import { FORMATS, format } from '../../../src/semantics/float-bits.ts';
import { reformat } from '../../../src/semantics/conversion.ts';

/**
 * The definitions are for any format, so they are tried on all pairs of floats of a small one, where the nearest float is found
 * by looking at all of them. Its numbers, sums and products are exact in double precision; quotients and roots are near enough.
 */
const SMALL = format(4, 3);
const ALL = Array.from({ length: 256 }, (_, bits) => bits);

/** The number that the bits are; an infinity as the power of two that is next after the greatest. */
function magnitude(bits: number): number {
  const fraction = bits % 8;
  const field = Math.floor(bits / 8) % 16;
  return field === 0 ? fraction * 2 ** -9 : (8 + fraction) * 2 ** (field - 10);
}

const INFINITE = 0x78;

function numberOf(bits: number): number {
  const rest = bits % 128;
  const x = rest > INFINITE ? Number.NaN : rest === INFINITE ? Number.POSITIVE_INFINITY : magnitude(rest);
  return bits >= 128 ? -x : x;
}

const MAGNITUDES = ALL.slice(0, INFINITE + 1).map(magnitude);

/** The bits of the nearest float, of two the one whose bits are even; they are ordered as the magnitudes are. */
function nearestBits(x: number): bigint {
  if (Number.isNaN(x)) return SMALL.canonicalNaN;
  const sign = x < 0 || Object.is(x, -0) ? 128 : 0;
  const target = Math.min(Math.abs(x), magnitude(INFINITE));
  const above = MAGNITUDES.findIndex((each) => each >= target);
  if (above === 0) return BigInt(sign);
  const [less, greater] = [target - magnitude(above - 1), magnitude(above) - target];
  const isBelow = less < greater || (less === greater && above % 2 === 1);
  return BigInt(sign + (isBelow ? above - 1 : above));
}

describe('Step/numeric: floats of 4 bits of exponent and 3 of fraction', () => {
  test.each<[string, (x: number, y: number) => number]>([
    ['add', (x, y) => x + y],
    ['sub', (x, y) => x - y],
    ['mul', (x, y) => x * y],
    ['div', (x, y) => x / y],
    ['min', (x, y) => Math.min(x, y)],
    ['max', (x, y) => Math.max(x, y)],
  ])('%s of all pairs is the nearest float', (name, operator) => {
    const exact = known(FLOAT_BINARY[name], name);
    const differing = ALL.flatMap((a) =>
      ALL.filter((b) => exact(SMALL, BigInt(a), BigInt(b)) !== nearestBits(operator(numberOf(a), numberOf(b)))).map(
        (b) => [a, b],
      ),
    );
    expect(differing).toEqual([]);
  });

  test.each<[string, (x: number) => number]>([
    ['sqrt', (x) => Math.sqrt(x)],
    ['ceil', (x) => Math.ceil(x)],
    ['floor', (x) => Math.floor(x)],
    ['trunc', (x) => Math.trunc(x)],
  ])('%s of all', (name, operator) => {
    const exact = known(FLOAT_UNARY[name], name);
    expect(ALL.filter((a) => exact(SMALL, BigInt(a)) !== nearestBits(operator(numberOf(a))))).toEqual([]);
  });

  test('promotion to double precision is exact, and demotion is back at the same float', () => {
    const view = new DataView(new ArrayBuffer(8));
    const there = ALL.map((a) => reformat(SMALL, FORMATS.f64, BigInt(a)));
    const back = there.map((bits) => reformat(FORMATS.f64, SMALL, bits));
    there.forEach((bits, a) => {
      view.setBigUint64(0, bits);
      expect(view.getFloat64(0)).toBe(numberOf(a));
    });
    expect(back).toEqual(ALL.map((a) => (a % 128 > INFINITE ? SMALL.canonicalNaN : BigInt(a))));
  });
});

test('formats are those of IEEE 754', () => {
  expect(FORMATS.f32).toMatchObject({ bias: 127, signBit: 0x8000_0000n, infinity: 0x7f80_0000n });
  expect(FORMATS.f32.canonicalNaN).toBe(0x7fc0_0000n);
  expect(FORMATS.f64).toMatchObject({ bias: 1023, infinity: 0x7ff0_0000_0000_0000n });
  expect(FORMATS.f64.canonicalNaN).toBe(0x7ff8_0000_0000_0000n);
});

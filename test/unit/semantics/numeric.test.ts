import { describe, expect, test } from 'vitest';
import { applyNumeric } from '../../../src/semantics/numeric.ts';
import type { NumType } from '../../../src/syntax/types.ts';
import type { NumberCase } from '../../support/number-cases.ts';
import { canonicalBits, NUMBER_CASES } from '../../support/number-cases.ts';
import { i32, i64 } from './build.ts';
import { nativeResult, random, samples, toNative, valueFromBits } from './samples.ts';
import { native } from './v8.ts';

const CASES = NUMBER_CASES.filter(({ params, result }) => ![...params, result].includes('v128'));
const engine = native(CASES.map(({ mnemonic }) => mnemonic));

/** The engine's words for the specification's. */
function reasonOf(error: unknown, isNaN: boolean): string {
  const message = String(error);
  if (message.includes('divide by zero') || message.includes('remainder by zero')) return 'integer divide by zero';
  if (message.includes('divide result unrepresentable')) return 'integer overflow';
  if (message.includes('float unrepresentable')) return isNaN ? 'invalid conversion to integer' : 'integer overflow';
  return message;
}

function isNaNBits(t: NumType, bits: bigint): boolean {
  if (t === 'f32') return (bits & 0x7fff_ffffn) > 0x7f80_0000n;
  return t === 'f64' && (bits & 0x7fff_ffff_ffff_ffffn) > 0x7ff0_0000_0000_0000n;
}

/** The engine's result; a NaN that it may choose, as the canonical one. */
function engineResult(each: NumberCase, bits: readonly bigint[]): number | bigint | string {
  const types = each.params as readonly NumType[];
  try {
    const found = engine.call(
      each.mnemonic,
      types.map((t, i) => toNative(t, bits[i] ?? 0n)),
    );
    const width = each.result === 'i64' || each.result === 'f64' ? 64 : 32;
    return toNative(each.result as NumType, canonicalBits(each, BigInt.asUintN(width, BigInt(found ?? 0))));
  } catch (error) {
    return reasonOf(error, isNaNBits(types[0] ?? 'i32', bits[0] ?? 0n));
  }
}

function ours({ mnemonic, params }: NumberCase, bits: readonly bigint[]): number | bigint | string {
  const result = applyNumeric(
    mnemonic,
    params.map((t, i) => valueFromBits(t as NumType, bits[i] ?? 0n)),
  );
  return result.ok ? nativeResult(result.value) : result.error;
}

describe('Step/numeric agrees with the engine', () => {
  const next = random(0x9e3779b97f4a7c15n);
  test.each(CASES.map((each) => [each.mnemonic, each] as const))('%s', (_, each) => {
    const [first = 'i32', second] = each.params as readonly NumType[];
    const tuples =
      second === undefined
        ? samples(first, 200, next).map((a) => [a])
        : samples(first, 20, next).flatMap((a) => samples(second, 20, next).map((b) => [a, b]));
    const differing = tuples
      .map((bits) => ({ bits, ours: ours(each, bits), engine: engineResult(each, bits) }))
      .filter((outcome) => outcome.ours !== outcome.engine);
    expect(tuples.length).toBeGreaterThan(200);
    expect(differing).toEqual([]);
  });
});

describe('Step/numeric', () => {
  test('Step/numeric has a definition for every numeric row of the table', () => {
    expect(CASES).toHaveLength(136);
  });

  test('Step/numeric gives signed values in range', () => {
    expect(applyNumeric('i32.add', [i32(0x7fff_ffff), i32(1)])).toEqual({ ok: true, value: i32(-0x8000_0000) });
    expect(applyNumeric('i64.sub', [i64(-(2n ** 63n)), i64(1n)])).toEqual({ ok: true, value: i64(2n ** 63n - 1n) });
  });

  test('Step/numeric tells the two ways in which signed division is undefined', () => {
    expect(applyNumeric('i32.div_s', [i32(-0x8000_0000), i32(-1)])).toEqual({ ok: false, error: 'integer overflow' });
    expect(applyNumeric('i32.div_s', [i32(1), i32(0)])).toEqual({ ok: false, error: 'integer divide by zero' });
    expect(applyNumeric('i32.rem_s', [i32(-0x8000_0000), i32(-1)])).toEqual({ ok: true, value: i32(0) });
  });

  test('Step/numeric keeps the payload of a NaN when it reinterprets', () => {
    expect(applyNumeric('i32.reinterpret_f32', [{ type: 'f32', bits: 0x7f80_0001 }])).toEqual({
      ok: true,
      value: i32(0x7f80_0001),
    });
    expect(applyNumeric('f64.reinterpret_i64', [i64(0x7ff0_0000_0000_0001n)])).toEqual({
      ok: true,
      value: { type: 'f64', bits: 0x7ff0_0000_0000_0001n },
    });
  });

  test('Step/numeric rejects an instruction that is not numeric', () => {
    expect(() => applyNumeric('i32.frobnicate', [i32(1)])).toThrow('no numeric instruction');
  });
});

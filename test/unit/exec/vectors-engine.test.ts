import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { encodeModule } from '../../../src/binary/encode.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import type { NumberCase } from '../../support/number-cases.ts';
import {
  NUMBER_CASES,
  bitsOf,
  bitsOfValue,
  canonicalBits,
  numbersText,
  valueOfBits,
} from '../../support/number-cases.ts';
import { sampleBits } from '../../support/number-samples.ts';
import { random } from '../semantics/samples.ts';
import { instantiate } from '../semantics/v8.ts';
import { func, load } from './wat.ts';

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 1_000_000 };
const OPERANDS = 100;

/** Relaxed instructions are the deterministic profile's here, and the processor's there. */
const CASES = NUMBER_CASES.filter(({ mnemonic }) => !mnemonic.includes('relaxed'));

/** The cases for the engine underneath, to which vectors cannot be passed: operands are in memory, 16 bytes apart, and the result after them. */
function engine(cases: readonly NumberCase[]): (each: NumberCase, operands: readonly bigint[]) => bigint | 'trap' {
  const functions = cases.map(({ text, params, result }) => {
    const operands = params.map((t, i) => ` (${t}.load (i32.const ${16 * i}))`).join('');
    return `(func (export "${text}") (${result}.store (i32.const 64) (${text}${operands})))`;
  });
  const parsed = parseModule(new Source('engine', `(module (memory (export "memory") 1) ${functions.join('\n')})`));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const { exports } = instantiate(encodeModule(parsed.value));
  const view = new DataView((exports['memory'] as { readonly buffer: ArrayBuffer }).buffer);
  return ({ text, result }, operands) => {
    for (const [i, bits] of operands.entries()) put(view, 16 * i, bits);
    try {
      (exports[text] as () => void)();
    } catch {
      return 'trap';
    }
    const bits = view.getBigUint64(64, true) | (view.getBigUint64(72, true) << 64n);
    return BigInt.asUintN(bitsOf(result), bits);
  };
}

function put(view: DataView, at: number, bits: bigint): void {
  view.setBigUint64(at, BigInt.asUintN(64, bits), true);
  view.setBigUint64(at + 8, bits >> 64n, true);
}

describe('Step/numeric and Step/vector agree with the engine underneath', () => {
  const oracle = engine(CASES);
  const loaded = load(numbersText(CASES));

  test.each(CASES.map((each) => [each.text, each] as const))('%s', (text, each) => {
    const next = random(0x0123_4567_89ab_cdefn);
    const differing: unknown[] = [];
    for (let k = 0; k < OPERANDS; k++) {
      const operands = each.params.map((t) => sampleBits(each, t, next));
      const native = oracle(each, operands);
      const expected = native === 'trap' ? native : canonicalBits(each, native);
      const args = each.params.map((t, i) => valueOfBits(t, operands[i] ?? 0n));
      const { ending } = runCall(OPTIONS, func(loaded, text), args, loaded.store);
      const [result] = ending.kind === 'results' ? ending.values : [];
      const actual = result === undefined ? ending.kind : bitsOfValue(result);
      if (actual !== expected)
        differing.push({ operands: operands.map(hex), actual: hex(actual), expected: hex(expected) });
    }
    expect(differing).toEqual([]);
  });

  test('covers the vector instructions', () => {
    expect(CASES.filter(({ mnemonic }) => /^(v128|[if]\d+x)/.test(mnemonic)).length).toBeGreaterThan(200);
  });
});

function hex(outcome: bigint | string): string {
  return typeof outcome === 'string' ? outcome : `0x${outcome.toString(16)}`;
}

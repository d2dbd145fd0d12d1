import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { OP, OPS } from '../../../src/exec/ops.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { SharedStore } from '../../../src/exec/store.ts';
import { MAX_CALL_DEPTH } from '../../../src/runtime/executor.ts';
import { EXECUTED_ROWS, signatureOf } from '../../support/executed.ts';
import { NUMBER_CASES, bitsOf, canonicalBits } from '../../support/number-cases.ts';
import type { NumType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { alone, constant, fn, op } from '../semantics/build.ts';
import { nativeResult, random, samples, toNative, valueFromBits } from '../semantics/samples.ts';
import { native } from '../semantics/v8.ts';
import { func, i32, i64, load } from './wat.ts';

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 1_000_000 };

describe('the table of operations', () => {
  const source = readFileSync(new URL('../../../src/exec/machine.ts', import.meta.url), 'utf8');

  test('has a case for each operation, under its number', () => {
    const cases = [...source.matchAll(/case (\d+): \/\* (.*?) \*\//g)].map(([, n, name]) => [Number(n), name]);
    expect(cases.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(OPS.map((name, n) => [n, name]));
  });

  test('is what other literals of the machine refer to', () => {
    expect(source).toContain(`const CALL = ${OP.call};`);
    expect(source).toContain(`const FIRST_TRANSFER = ${OP.call_ref};`);
    expect(source).toContain(`code[pc] === ${OP.return32} ? 1 : code[pc] === ${OP.return64} ? 2`);
    expect(source).toContain(`code[pc]! - ${OP['i32.trunc_f32_s']}`);
  });
});

describe('Step/numeric agrees with the engine underneath', () => {
  const rows = EXECUTED_ROWS.filter((row) => row.meaning.kind === 'numeric');
  const engine = native(rows.map((row) => row.mnemonic));
  const next = random(0x1234_5678_9abc_defn);

  function engineOutcome(
    mnemonic: string,
    types: readonly NumType[],
    bits: readonly bigint[],
  ): number | bigint | string | undefined {
    try {
      const found = engine.call(
        mnemonic,
        types.map((t, i) => toNative(t, bits[i] ?? 0n)),
      );
      return found === undefined ? found : withCanonicalNaN(mnemonic, found);
    } catch (error) {
      const message = String(error);
      if (message.includes('by zero')) return 'integer divide by zero';
      if (message.includes('divide result')) return 'integer overflow';
      return /^f32|^f64/.test(types[0] ?? '') && isNaNBits(types[0], bits[0] ?? 0n)
        ? 'invalid conversion to integer'
        : 'integer overflow';
    }
  }

  /** The engine may choose another NaN. */
  function withCanonicalNaN(mnemonic: string, native: number | bigint): number | bigint {
    const each = known(
      NUMBER_CASES.find((candidate) => candidate.mnemonic === mnemonic),
      mnemonic,
    );
    const width = bitsOf(each.result);
    const bits = canonicalBits(each, BigInt.asUintN(width, BigInt(native)));
    return typeof native === 'number' ? Number(BigInt.asIntN(width, bits)) : BigInt.asIntN(width, bits);
  }

  function isNaNBits(t: NumType | undefined, bits: bigint): boolean {
    return t === 'f32'
      ? (bits & 0x7fff_ffffn) > 0x7f80_0000n
      : (bits & 0x7fff_ffff_ffff_ffffn) > 0x7ff0_0000_0000_0000n;
  }

  function outcome(ending: ReturnType<typeof runCall>['ending']): number | bigint | string {
    if (ending.kind === 'trap') return ending.reason;
    return ending.kind === 'results' ? nativeResult(known(ending.values[0], 'result')) : ending.kind;
  }

  test.each(rows.map((row) => row.mnemonic))('%s', (mnemonic) => {
    const { params, results } = known(signatureOf(rows.find((row) => row.mnemonic === mnemonic)), mnemonic);
    const [first = 'i32', second] = params;
    const locals = params.map((_, i) => op('local.get', i));
    const onLocals = alone(fn(params, results), [...locals, op(mnemonic)]);
    const tuples =
      second === undefined
        ? samples(first, 100, next).map((a) => [a])
        : samples(first, 10, next)
            .flatMap((a) => samples(second, 10, next).map((b) => [a, b]))
            .filter((_, k) => first.startsWith('i') || k % 5 === 0);
    const differing: unknown[] = [];
    for (const [k, bits] of tuples.entries()) {
      const expected = engineOutcome(mnemonic, params, bits);
      const values = params.map((t, i) => valueFromBits(t, bits[i] ?? 0n));
      const variants = [onLocals];
      // A constant on either side, and on both: compiled to other operations.
      if (k % 7 === 0) {
        const constants = values.map(constant);
        const [x, y] = locals;
        const [c, d] = constants;
        const mixes =
          y === undefined || d === undefined
            ? [[c]]
            : [
                [x, d],
                [c, y],
                [c, d],
              ];
        for (const mix of mixes)
          variants.push(alone(fn(params, results), [...mix.map((instr) => known(instr, 'operand')), op(mnemonic)]));
      }
      for (const variant of variants) {
        const actual = outcome(runCall(OPTIONS, variant, values, new SharedStore()).ending);
        if (actual !== expected) differing.push({ values, actual, expected });
      }
    }
    expect(tuples.length).toBeGreaterThan(100);
    expect(differing).toEqual([]);
  });

  test('comparisons agree when they are joined with a branch', () => {
    const comparisons = rows
      .filter(({ mnemonic }) => /^i32\.(eq|ne|lt|gt|le|ge)/.test(mnemonic))
      .map(({ mnemonic }) => mnemonic);
    const differing: unknown[] = [];
    for (const mnemonic of comparisons) {
      const { instance, store } = load(`(module
        (func (export "if") (param i32 i32) (result i32) (if (result i32) (${operands(mnemonic)}) (then (i32.const 1)) (else (i32.const 0))))
        (func (export "br_if") (param i32 i32) (result i32) (block (br_if 0 (${operands(mnemonic)})) (return (i32.const 0))) (i32.const 1))
        (func (export "value") (param i32 i32) (result i32) (block (result i32) (drop (br_if 0 (i32.const 1) (${operands(mnemonic)}))) (i32.const 0)))
        (func (export "return") (param i32 i32) (result i32) (br_if 0 (i32.const 1) (${operands(mnemonic)})) (drop) (i32.const 0)))`);
      for (const a of samples('i32', 0, next)) {
        for (const b of samples('i32', 0, next)) {
          const expected = engineOutcome(mnemonic, ['i32', 'i32'], [a, b]);
          for (const name of ['if', 'br_if', 'value', 'return']) {
            const actual = outcome(
              runCall(
                OPTIONS,
                func({ instance, store }, name),
                [valueFromBits('i32', a), valueFromBits('i32', b)],
                store,
              ).ending,
            );
            if (actual !== expected) differing.push({ mnemonic, name, a, b, actual, expected });
          }
        }
      }
    }
    expect(comparisons.length).toBeGreaterThanOrEqual(10);
    expect(differing).toEqual([]);
  });
});

function operands(mnemonic: string): string {
  return mnemonic === 'i32.eqz' ? `${mnemonic} (local.get 0)` : `${mnemonic} (local.get 0) (local.get 1)`;
}

/** The results of calling the function of a module that has one, `f`. */
function results(text: string, ...args: readonly Value[]): unknown {
  const loaded = load(`(module (memory 1) (memory 1) ${text})`);
  const { ending } = runCall(OPTIONS, func(loaded, 'f'), args, loaded.store);
  if (ending.kind === 'results')
    return ending.values.map((value) =>
      'value' in value ? value.value : 'bits' in value ? value.bits : `ref ${value.id}`,
    );
  return ending.kind === 'trap' ? [ending.reason, ending.site.text] : ending.kind;
}

describe('operands that stay where they are until they must move', () => {
  test('Step/local.set leaves the value that was read before it', () => {
    expect(
      results(
        '(func (export "f") (param i32) (result i32) (local.get 0) (local.set 0 (i32.const 7)) (i32.add (local.get 0)))',
        i32(1),
      ),
    ).toEqual([8]);
  });

  test('Step/local.tee leaves the new value', () => {
    const text =
      '(func (export "f") (param i32) (result i32 i32) (local.get 0) (local.tee 0 (i32.add (local.get 0) (i32.const 1))))';
    expect(results(text, i32(1))).toEqual([1, 2]);
  });

  test('Step/local.set in one arm of an if does not move operands in the other', () => {
    const text = `(func (export "f") (param i32) (result i32) (local $x i32) (local.set $x (i32.const 5))
      (local.get $x) (if (local.get 0) (then (local.set $x (i32.const 9)))) (i32.mul (local.get $x)))`;
    expect([results(text, i32(0)), results(text, i32(1))]).toEqual([[25], [45]]);
  });

  test('Step/return may return the locals in another order', () => {
    expect(
      results(
        '(func (export "f") (param i64 i32) (result i32 i64) (local.get 1) (local.get 0))',
        i64(2n ** 40n),
        i32(3),
      ),
    ).toEqual([3, 2n ** 40n]);
  });

  test('Step/return takes its results from above what else is there', () => {
    const text =
      '(func (export "f") (param i32) (result i32 i32) (i64.const 1) (i32.const 2) (return (local.get 0) (i32.const 3)))';
    expect(results(text, i32(9))).toEqual([9, 3]);
  });

  test('Step/br drops what is below its operands', () => {
    const text =
      '(func (export "f") (result i32 i64) (block (result i32 i64) (i64.const 1) (f64.const 2) (br 0 (i32.const 3) (i64.const 4))))';
    expect(results(text)).toEqual([3, 4n]);
  });

  test('Step/br_if keeps its operands where it is not taken', () => {
    const text = `(func (export "f") (param i32) (result i32)
      (block (result i32) (i32.add (i32.const 100) (br_if 0 (i32.const 1) (local.get 0)))))`;
    expect([results(text, i32(0)), results(text, i32(1))]).toEqual([[101], [1]]);
  });

  test('Step/br_table takes values to every target', () => {
    const text = `(func (export "f") (param i32) (result i32)
      (block (result i32) (i32.add (i32.const 10) (block (result i32) (i32.const 1000) (br_table 0 1 2 (i32.const 5) (local.get 0))))))`;
    expect([0, 1, 2, 3, -1].map((n) => results(text, i32(n)))).toEqual([[15], [5], [5], [5], [5]]);
  });

  test('Step/loop takes parameters round', () => {
    const text = `(func (export "f") (param $n i32) (result i32 i64) (local $power i64) (local $count i32)
      (i32.const 0) (i64.const 1)
      (loop (param i32 i64) (result i32 i64)
        (local.set $power (i64.mul (i64.const 3)))
        (local.tee $count (i32.add (i32.const 1)))
        (local.get $power)
        (br_if 0 (i32.lt_s (local.get $count) (local.get $n)))))`;
    expect(results(text, i32(4))).toEqual([4, 81n]);
  });

  test('Step/select chooses among two words', () => {
    const text =
      '(func (export "f") (param i32) (result i64) (select (i64.const 0x100000002) (i64.const -1) (local.get 0)))';
    expect([results(text, i32(1)), results(text, i32(0))]).toEqual([[0x1_0000_0002n], [-1n]]);
  });

  test('Step/numeric reinterprets and wraps what is in a local or a constant', () => {
    const text = `(func (export "f") (param i64) (result i32 f32 i64) (i32.wrap_i64 (local.get 0))
      (f32.reinterpret_i32 (i32.wrap_i64 (i64.const 0x123456789abcdef0))) (i64.extend_i32_u (i32.wrap_i64 (local.get 0))))`;
    expect(results(text, i64(-2n))).toEqual([-2, 0x9abc_def0, 0xffff_fffen]);
  });

  test('code after a branch that cannot be reached is left out, whatever its operands', () => {
    expect(
      results(
        '(func (export "f") (result i32) (block (result i32) (br 0 (i32.const 1)) (i32.add) (br_if 0 (i32.const 2)) (drop) (unreachable)))',
      ),
    ).toEqual([1]);
  });

  test('locals are zero in every call, whatever was there before', () => {
    const text = `(func $g (result i64) (local i64) (local.get 0) (local.set 0 (i64.const -1)))
      (func (export "f") (result i64) (drop (call $g)) (drop (i64.const -1)) (i64.add (call $g) (call $g)))`;
    expect(results(text)).toEqual([0n]);
  });
});

describe('traps', () => {
  test.each([
    ['unreachable', '(unreachable)', 'unreachable'],
    ['integer divide by zero', '(drop (i64.rem_u (i64.const 1) (i64.const 0)))', 'i64.rem_u'],
    ['integer overflow', '(drop (i32.trunc_f64_s (f64.const 2147483648)))', 'i32.trunc_f64_s'],
    ['invalid conversion to integer', '(drop (i64.trunc_f32_u (f32.const nan)))', 'i64.trunc_f32_u'],
    ['out of bounds memory access', '(drop (i64.load (i32.const 65529)))', 'i64.load'],
    ['out of bounds memory access', '(i32.store8 offset=4294967295 (i32.const 1) (i32.const 0))', 'i32.store8'],
    ['out of bounds memory access', '(memory.fill (i32.const 65536) (i32.const 0) (i32.const 1))', 'memory.fill'],
    ['out of bounds memory access', '(memory.copy 0 1 (i32.const 0) (i32.const 65536) (i32.const 1))', 'memory.copy'],
    ['unaligned atomic', '(drop (i32.atomic.load (i32.const 65537)))', 'i32.atomic.load'],
    [
      'expected shared memory',
      '(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))',
      'memory.atomic.wait32',
    ],
  ])('%s, with the instruction that trapped', (reason, body, text) => {
    expect(results(`(func (export "f") ${body})`)).toEqual([reason, text]);
  });

  test(`calls may be nested ${MAX_CALL_DEPTH} deep, and no deeper`, () => {
    const text =
      '(func $g (export "f") (param i32) (if (local.get 0) (then (call $g (i32.sub (local.get 0) (i32.const 1))))))';
    expect(results(text, i32(MAX_CALL_DEPTH - 1))).toEqual([]);
    expect(results(text, i32(MAX_CALL_DEPTH))).toEqual(['call stack exhausted', 'call']);
  });

  test('an endless loop reaches the bound', () => {
    expect(results('(func (export "f") (loop (br 0)))')).toBe('bound');
  });
});

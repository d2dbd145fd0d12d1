import { expect, test } from 'vitest';
import type { Request } from '../../src/event/request.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import type { CallStart, Executor } from '../../src/runtime/executor.ts';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { NUMBER_CASES, bitsOfValue, numbersText, valueOfBits } from '../support/number-cases.ts';
import { sampleBits } from '../support/number-samples.ts';
import { random } from '../unit/semantics/samples.ts';
import { func, load } from '../unit/exec/wat.ts';

/** The fast executor's numbers, made of the engine's floats and words, against the definitional semantics', made of exact integers. */
const SEED = 0x2026_0205_0000_0001n;
const TUPLES = Number(process.env['WEFT_NUMBERS'] ?? 50);

const OPTIONS = { readings: DEFAULT_READINGS, fuel: 1_000 };
const loaded = load(numbersText(NUMBER_CASES));

/** The result's bits, or why there is none. */
function outcome<S>(executor: Executor<S>, start: CallStart): bigint | string {
  const { state, request } = executor.start(start);
  if (request.kind !== 'done') return reason(request);
  const [result] = executor.completion(state).results;
  return result === undefined ? 'no result' : bitsOfValue(result);
}

function reason(request: Request): string {
  return request.kind === 'trap' ? request.reason : request.kind;
}

test.each(NUMBER_CASES.map((each) => [each.text, each] as const))('both executors agree on %s', (text, each) => {
  const next = random(SEED);
  const exec = makeExec(OPTIONS);
  const semantics = makeSemantics(OPTIONS);
  const differing: unknown[] = [];
  for (let k = 0; k < TUPLES; k++) {
    const operands = each.params.map((t) => sampleBits(each, t, next));
    const args = each.params.map((t, i) => valueOfBits(t, operands[i] ?? 0n));
    const start = callStart(func(loaded, text), args, new Map());
    const [fast, slow] = [outcome(exec, start), outcome(semantics, start)];
    if (fast !== slow) differing.push({ operands: operands.map(hex), exec: hex(fast), semantics: hex(slow) });
  }
  expect(differing).toEqual([]);
});

test('numbers are compared for all instructions on them', () => {
  expect(new Set(NUMBER_CASES.map(({ mnemonic }) => mnemonic)).size).toBeGreaterThan(350);
});

function hex(value: bigint | string): string {
  return typeof value === 'string' ? value : `0x${value.toString(16)}`;
}

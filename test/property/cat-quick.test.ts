import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Source } from '../../src/base/span.ts';
import { readSource } from '../../src/cli/input.ts';
import { modelsFolder } from '../../src/cli/model-files.ts';
import { shippedFile } from '../../src/cli/models.ts';
import type { Execution } from '../../src/event/execution.ts';
import { loadCat } from '../../src/model/cat/load.ts';
import { parseCat } from '../../src/model/cat/parse.ts';
import { buildProgram } from '../../src/model/cat/program.ts';
import type { Step } from '../../src/model/cat/program.ts';
import { QuickRunner } from '../../src/model/cat/quick/runner.ts';
import { SmallCells } from '../../src/model/cat/quick/wasm-small.ts';
import type { Frame } from '../../src/model/cat/view.ts';
import { VIEWS } from '../../src/model/cat/views.ts';
import { wasmView } from '../../src/model/cat/wasm-view.ts';
import { DEFINITIONS } from '../../src/model/definitions.ts';
import { MOST } from '../../src/model/quick/numbers.ts';
import type { Model } from '../../src/model/model.ts';
import { addBit, hasBit, wordsOf } from '../../src/rel/rows.ts';
import type { Shape } from '../unit/model/arbitrary.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';

/** `WEFT_RUNS` multiplies how many executions are tried. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);

const SHAPES: Readonly<Record<string, readonly [Shape, number]>> = {
  'mixed sizes': [{ ...MIXED, events: [2, 8] }, 250],
  atomics: [{ ...ATOMIC, events: [5, 8] }, 250],
  'seqcst accesses alone': [SEQCST, 150],
  'critical cycles with fences': [{ ...CYCLES, threads: 3, noise: 2 }, 250],
};

const samples = Object.entries(SHAPES).map(
  ([name, [shape, numRuns]]) =>
    [name, fc.sample(executions(shape), { seed: 20261128, numRuns: numRuns * RUNS })] as const,
);

function resolve(name: string): Source | null {
  const file = join(modelsFolder(), 'lib', name);
  return existsSync(file) ? readSource(file) : null;
}

function stepsOf(name: string): readonly Step[] {
  const source = readSource(shippedFile(name));
  const file = parseCat(source);
  if (!file.ok) return expect.fail(`${name} is no cat text`);
  return buildProgram(file.value.instructions, source, wasmView, resolve, new Set()).program.steps;
}

function plainModel(name: string): Model {
  const loaded = loadCat(readSource(shippedFile(name)), resolve, { views: VIEWS, plain: true });
  return loaded.ok ? loaded.value : expect.fail(`${name} is no model`);
}

const cells = new SmallCells();

/** The quick answer is that of the plain meaning, of every execution that fits; how many are consistent, and how many are told. */
function agree(steps: readonly Step[], plain: Model, of: readonly Execution[]): { consistent: number; told: number } {
  const quick = known(QuickRunner.of(steps), 'a file that only checks and solves for orders');
  let [consistent, told] = [0, 0];
  for (const execution of of) {
    if (!cells.take(execution)) continue;
    const answer = quick.run(cells);
    if (answer === null) continue;
    told++;
    if (answer !== plain.check(execution).consistent) expect.fail(JSON.stringify(execution));
    if (answer) consistent++;
  }
  return { consistent, told };
}

describe.each(DEFINITIONS.map(({ name }) => [name] as const))('quick judgements by models/%s.cat', (name) => {
  const [steps, plain] = [stepsOf(name), plainModel(name)];

  test.each(samples)('are those of its plain meaning, on %s', (_, of) => {
    const { consistent, told } = agree(steps, plain, of);
    expect(told).toBeGreaterThan(0.9 * of.length);
    expect(consistent).toBeGreaterThan(0);
    expect(consistent).toBeLessThan(told);
  });
});

test('quick judgements by models/wasm.cat less an axiom are those of its plain meaning', () => {
  const [steps, plain] = [stepsOf('wasm'), plainModel('wasm')];
  for (const { name } of plain.axioms) {
    const fewer = steps.filter((step) => step.kind !== 'check' || step.name !== name);
    const less = plain.less([name]);
    for (const [, of] of samples) agree(fewer, less, of.slice(0, 60 * RUNS));
  }
});

/** By pair of events, or event: how many pairs of a base's elements, or elements, are of it. */
function byEvents(frame: Frame, base: string, isSet: boolean): ReadonlyMap<string, number> {
  const { size, eventOf } = frame;
  const words = wordsOf(size);
  const rows = new Int32Array(Math.max(MOST, size * words));
  frame.write(base, rows);
  const counts = new Map<string, number>();
  for (let a = 0; a < (isSet ? 1 : size); a++) {
    for (let b = 0; b < size; b++) {
      if (!hasBit(rows, words, a, b)) continue;
      const key = isSet ? `${eventOf[b]}` : `${eventOf[a]} ${eventOf[b]}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

test.each(samples)('small frames have the cells and relations of the plain ones, on %s', (_, of) => {
  for (const execution of of.slice(0, 100 * RUNS)) {
    if (!cells.take(execution)) continue;
    const frame = wasmView.frame(execution);
    if ('impossible' in frame || 'unsupported' in frame) expect.fail('the view shows every execution');
    for (const { name, kind } of wasmView.bases) {
      const [ours, theirs] = [cells, frame].map((one) => byEvents(one, name, kind === 'set'));
      expect(ours, name).toEqual(theirs);
    }
  }
});

test('a base that is asked for within some pairs has those of its pairs', () => {
  for (const execution of known(samples[0], 'a sample')[1].slice(0, 50)) {
    if (!cells.take(execution)) continue;
    const [all, within, some] = [new Int32Array(MOST), new Int32Array(MOST), new Int32Array(MOST)];
    cells.write('same-value', all);
    for (let a = 0; a < cells.size; a++) addBit(within, 1, a, (7 * a) % cells.size);
    cells.write('same-value', some, within);
    expect([...some].map((row, a) => row & known(within[a], 'row'))).toEqual(
      [...all].map((row, a) => row & known(within[a], 'row')),
    );
  }
});

test('an execution with more cells than a row has bits is not taken', () => {
  const large = fc.sample(executions({ ...ATOMIC, events: [MOST, MOST] }), { seed: 1, numRuns: 1 });
  expect(cells.take(known(large[0], 'execution'))).toBe(false);
});

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { evaluate } from '../../src/litmus/condition.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { exploreProgram, programOf } from '../support/explore-file.ts';

const WHOLE = Number(process.env['WEFT_RUNS'] ?? 1) > 1;
const root = new URL('../../models/litmus', import.meta.url).pathname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.wast'))
  .sort();

const tests = files.flatMap((file) => {
  const program = programOf(join(root, file));
  return program.litmus.map((litmus) => ({ file, program, litmus }));
});

/** One model's verdict of one test. */
const judged = tests.flatMap((one) => one.litmus.verdicts.map((verdict) => ({ ...one, ...verdict })));
type Judged = (typeof judged)[number];

const labels = (list: readonly Judged[]): string[] =>
  list.map(({ file, litmus, model }) => `${file} ${litmus.name}: ${model}`);

/** The axioms that a reason opens with: `no-tear: …`, `hb-irreflexive, hb-consistent-1: …`. */
function named({ reason }: Judged): readonly string[] {
  return /^([a-z0-9-]+(?:, [a-z0-9-]+)*): /.exec(reason ?? '')?.[1]?.split(', ') ?? [];
}

/** The verdict of the model less some axioms. */
function without({ program, litmus, model }: Judged, axioms: readonly string[]): string {
  const less = known(findModel(model), model).less(axioms);
  return evaluate(litmus, exploreProgram(program, less).outcomes).verdict;
}

describe('the litmus library', () => {
  test('has at least 200 tests, each with a name of its own', () => {
    const names = tests.map(({ litmus }) => litmus.name);
    expect(names.length).toBeGreaterThanOrEqual(200);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test.each(['wasm', 'sc'])('has a verdict of %s on every test', (model) => {
    const bare = tests.filter(({ litmus }) => !litmus.verdicts.some((verdict) => verdict.model === model));
    expect(bare.map(({ file }) => file)).toEqual([]);
  });

  test('gives the source and the reason of every verdict', () => {
    const bare = judged.filter(({ source, reason }) => !source?.trim() || !reason?.trim());
    expect(labels(bare)).toEqual([]);
  });
});

/** Verdicts that the axioms of native models decide; what the semantics has no execution of at all says so. */
const forbidden = judged.filter(
  ({ model, verdict, reason }) =>
    findModel(model) !== null && verdict === 'forbidden' && reason?.startsWith('no execution: ') !== true,
);

describe('the axioms that a reason names', () => {
  test('are axioms of the model, wherever it forbids', () => {
    const wrong = forbidden.filter((one) => {
      const axioms = known(findModel(one.model), one.model).axioms.map(({ name }) => name);
      return named(one).length === 0 || named(one).some((axiom) => !axioms.includes(axiom));
    });
    expect(labels(wrong)).toEqual([]);
  });

  test('cover all of wasm but value, which no candidate of the search breaks', () => {
    const covered = new Set(forbidden.filter(({ model }) => model === 'wasm').flatMap(named));
    const axioms = known(findModel('wasm'), 'wasm').axioms.map(({ name }) => name);
    expect(axioms.filter((axiom) => axiom !== 'value' && !covered.has(axiom))).toEqual([]);
  });

  /** WEFT_RUNS=2 judges all; otherwise two of each model and set of axioms. */
  const isChosen = (one: Judged, i: number, all: readonly Judged[]): boolean =>
    WHOLE || all.slice(0, i).filter((o) => o.model === one.model && `${named(o)}` === `${named(one)}`).length < 2;

  /** Without sc-latest nothing but values is left of sc: that mutant has every execution, and is left out. */
  const weak = forbidden.filter(({ model }) => model !== 'sc').filter(isChosen);
  test.each(weak.map((one) => [one.litmus.name, one.model, named(one).join(', '), one] as const))(
    '%s under %s appears without %s, and not without fewer',
    (_name, _model, _axioms, one) => {
      const axioms = named(one);
      const fewer = axioms.length > 1 ? axioms.map((axiom) => [axiom]) : [];
      expect(without(one, axioms)).toBe('allowed');
      for (const some of fewer) expect([some, without(one, some)]).toEqual([some, 'forbidden']);
    },
  );
});

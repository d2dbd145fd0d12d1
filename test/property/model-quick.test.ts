import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/model/definition.ts';
import { DEFINITIONS, jsEs2018Scdrf, wasm } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import { MOST } from '../../src/model/quick/numbers.ts';
import { QuickJudge } from '../../src/model/quick/judge.ts';
import { Order } from '../../src/model/quick/order.ts';
import { solveOrder } from '../../src/model/total-order.ts';
import { BitMatrix } from '../../src/rel/bit-matrix.ts';
import type { Shape } from '../unit/model/arbitrary.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';
import { everyReadsFrom } from '../unit/model/build.ts';
import { aroundAcqrel, overwrittenAcqrel } from '../unit/model/rare-programs.ts';

/** `WEFT_RUNS` multiplies how many executions are tried. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);

const SHAPES: Readonly<Record<string, readonly [Shape, number]>> = {
  'mixed sizes': [{ ...MIXED, events: [4, 9] }, 300],
  atomics: [{ ...ATOMIC, events: [6, 10] }, 300],
  'atomics with noise': [{ ...ATOMIC, noise: 5 }, 200],
  'seqcst accesses alone': [SEQCST, 200],
  'critical cycles with fences': [{ ...CYCLES, threads: 3, noise: 2 }, 300],
};

function mutant(base: Definition, without: Definition['axioms'][number]): Definition {
  return { ...base, name: `${base.name} less ${without}`, axioms: base.axioms.filter((axiom) => axiom !== without) };
}

const MUTANTS = [wasm, jsEs2018Scdrf].flatMap((base) => base.axioms.map((without) => mutant(base, without)));

function agree(definition: Definition, shape: Shape, numRuns: number): number {
  const plain = nativeModel({ base: definition, plain: true });
  const quick = new QuickJudge(definition);
  let consistent = 0;
  const same = fc.property(executions(shape), (execution) => {
    const answer = quick.judge(execution);
    expect(answer).toBe(plain.check(execution).consistent);
    if (answer === true) consistent++;
  });
  fc.assert(same, { seed: 20261128, numRuns: numRuns * RUNS });
  return consistent;
}

describe('quick judgements are those of the axioms one by one', () => {
  describe.each(DEFINITIONS.map((definition) => [definition.name, definition] as const))('%s', (_name, definition) => {
    test.each(Object.entries(SHAPES))('on %s', (_, [shape, numRuns]) => {
      const consistent = agree(definition, shape, numRuns);
      expect(consistent).toBeGreaterThan(0);
      expect(consistent).toBeLessThan(numRuns * RUNS);
    });
  });

  test.each(MUTANTS.map((definition) => [definition.name, definition] as const))('%s', (_, definition) => {
    for (const [shape] of Object.values(SHAPES)) agree(definition, { ...shape, noise: 3 }, 60);
  });

  test.each([aroundAcqrel, overwrittenAcqrel])('on all reads-from of a rare program (%#)', (rare) => {
    for (const definition of [wasm, ...MUTANTS]) {
      const plain = nativeModel({ base: definition, plain: true });
      const quick = new QuickJudge(definition);
      for (const execution of everyReadsFrom(rare)) {
        expect(quick.judge(execution)).toBe(plain.check(execution).consistent);
      }
    }
  });

  test('an execution with more events than a row has bits is not judged', () => {
    const [large] = fc.sample(executions({ ...ATOMIC, events: [MOST, MOST] }), { seed: 1, numRuns: 1 });
    if (large === undefined) expect.fail('no execution');
    expect(new QuickJudge(wasm).judge(large)).toBeNull();
  });

  test('the reasons of a verdict are those of the axioms one by one', () => {
    const [lazy, plain] = [nativeModel({ base: wasm }), nativeModel({ base: wasm, plain: true })];
    for (const execution of fc.sample(executions({ ...MIXED, noise: 4 }), { seed: 20261128, numRuns: 100 })) {
      const [ours, theirs] = [lazy.check(execution), plain.check(execution)];
      if (ours.consistent && theirs.consistent) {
        expect(ours.tot).toEqual(theirs.tot);
        expect(ours.relations.hb.equals(theirs.relations.hb)).toBe(true);
      } else if (!ours.consistent && !theirs.consistent) {
        expect([ours.axiom, ours.events]).toEqual([theirs.axiom, theirs.events]);
      } else expect.fail('one is consistent');
    }
  });
});

const SIZE = 7;
const element = fc.nat({ max: SIZE - 1 });
const clause = fc.oneof(
  { arbitrary: fc.tuple(element, element, element).map(([w, v, r]) => [v, w, r, v]), weight: 3 },
  { arbitrary: fc.tuple(element, element, element, element).map((edges) => [...edges]), weight: 2 },
);

test('an order of clauses of two edges is possible iff one is found by solving', () => {
  let possible = 0;
  const numRuns = 3000 * RUNS;
  const required = fc.array(fc.tuple(element, element), { maxLength: 4 });
  const clauses = fc.array(clause, { minLength: 5, maxLength: 22 });
  fc.assert(
    fc.property(required, clauses, (edges, either) => {
      const start = new BitMatrix(SIZE);
      const order = new Order();
      order.begin(SIZE, 0, order.after, order.before);
      for (const [a, b] of edges) {
        if (a < b) start.addClosed(a, b);
        if (a < b) order.require(a, b);
      }
      for (const [a, b, c, d] of either as [number, number, number, number][]) order.either(a, b, c, d);
      const solved = solveOrder(
        start,
        either.map((each) => ({ axiom: 'some-axiom', events: [], either: each })),
      );
      const answer = order.isPossible();
      expect(answer).toBe('order' in solved);
      if (answer) possible++;
    }),
    { seed: 20261128, numRuns },
  );
  expect(possible).toBeGreaterThan(numRuns / 10);
  expect(possible).toBeLessThan((9 * numRuns) / 10);
});

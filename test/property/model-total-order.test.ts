import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { EventId } from '../../src/event/execution.ts';
import type { Constraint } from '../../src/model/total-order.ts';
import { solveOrder } from '../../src/model/total-order.ts';
import { BitMatrix } from '../../src/rel/bit-matrix.ts';

const SIZE = 6;
const element = fc.nat({ max: SIZE - 1 }).map((e) => e as EventId);

/** Clauses of two edges mostly, W′ between W and R as the axioms have it, or any. */
const between = fc.tuple(element, element, element).map(([w, v, r]) => [v, w, r, v]);
const edges = (count: number): fc.Arbitrary<number[]> =>
  fc.array(element, { minLength: 2 * count, maxLength: 2 * count });
const constraint: fc.Arbitrary<Constraint> = fc
  .oneof(
    { arbitrary: between, weight: 6 },
    { arbitrary: edges(1), weight: 2 },
    { arbitrary: edges(2), weight: 3 },
    { arbitrary: edges(3), weight: 2 },
  )
  .map((either) => ({ axiom: 'some-axiom', events: [], either }));

const problem = fc.record({
  edges: fc.array(fc.tuple(element, element), { maxLength: 4 }),
  constraints: fc.array(constraint, { minLength: 4, maxLength: 14 }),
});

function satisfies(order: readonly number[], constraints: readonly Constraint[]): boolean {
  const at = (e: number): number => order.indexOf(e);
  return constraints.every(({ either }) =>
    either.some((from, i) => i % 2 === 0 && at(from) < at(known(either[i + 1], 'end'))),
  );
}

function* permutations(rest: readonly number[]): Generator<readonly number[]> {
  if (rest.length === 0) yield [];
  for (const first of rest) for (const tail of permutations(rest.filter((e) => e !== first))) yield [first, ...tail];
}

const ALL = [...permutations([0, 1, 2, 3, 4, 5])];

describe('solveOrder', () => {
  test('finds an order iff there is one, and it satisfies everything', () => {
    let solvable = 0;
    const numRuns = 3000;
    fc.assert(
      fc.property(problem, ({ edges, constraints }) => {
        const start = new BitMatrix(SIZE);
        for (const [a, b] of edges) if (a < b) start.addClosed(a, b);
        const given = start.copy();
        const keepsGiven = (order: readonly number[]): boolean =>
          [...given.pairs()].every(([a, b]) => order.indexOf(a) < order.indexOf(b));
        const exists = ALL.some((order) => satisfies(order, constraints) && keepsGiven(order));
        const solved = solveOrder(start, constraints);
        expect('order' in solved).toBe(exists);
        if (!('order' in solved)) {
          expect(constraints).toContainEqual(solved.conflict);
          return;
        }
        solvable++;
        expect([...solved.order].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
        expect(keepsGiven(solved.order) && satisfies(solved.order, constraints)).toBe(true);
      }),
      { seed: 20261124, numRuns },
    );
    expect(solvable).toBeGreaterThan(numRuns / 10);
    expect(solvable).toBeLessThan((numRuns * 9) / 10);
  });

  test('a constraint without edges is a contradiction', () => {
    const empty = { axiom: 'some-axiom', events: [], either: [] };
    expect(solveOrder(new BitMatrix(2), [empty])).toEqual({ conflict: empty });
  });
});

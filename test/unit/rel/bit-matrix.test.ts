import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BitMatrix } from '../../../src/rel/bit-matrix.ts';

const SIZE = 40;
const pairs = fc.array(fc.tuple(fc.nat({ max: SIZE - 1 }), fc.nat({ max: SIZE - 1 })), { maxLength: 60 });
const SEEDED = { seed: 20261124, numRuns: 100 };

function matrix(edges: readonly (readonly [number, number])[]): BitMatrix {
  const m = new BitMatrix(SIZE);
  for (const [a, b] of edges) m.add(a, b);
  return m;
}

function reachable(edges: readonly (readonly [number, number])[], from: number): Set<number> {
  const seen = new Set<number>();
  const visit = (a: number): void => {
    for (const [x, y] of edges) {
      if (x !== a || seen.has(y)) continue;
      seen.add(y);
      visit(y);
    }
  };
  visit(from);
  return seen;
}

describe('BitMatrix', () => {
  test('holds the pairs that were added', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const m = matrix(edges);
        const expected = new Set(edges.map(([a, b]) => a * SIZE + b));
        expect([...m.pairs()].map(([a, b]) => a * SIZE + b)).toEqual([...expected].toSorted((p, q) => p - q));
        for (let a = 0; a < SIZE; a++) expect(m.rowCount(a)).toBe([...m.successors(a)].length);
      }),
      SEEDED,
    );
  });

  test('closes transitively', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const m = matrix(edges).close();
        for (let a = 0; a < SIZE; a++) expect(new Set(m.successors(a))).toEqual(reachable(edges, a));
        const loop = Array.from({ length: SIZE }, (_, a) => a).findIndex((a) => reachable(edges, a).has(a));
        expect(m.reflexivePoint()).toBe(loop);
      }),
      SEEDED,
    );
  });

  test('stays closed under addClosed', () => {
    fc.assert(
      fc.property(pairs, (edges) => {
        const m = new BitMatrix(SIZE);
        for (const [a, b] of edges) m.addClosed(a, b);
        expect(m.equals(matrix(edges).close())).toBe(true);
      }),
      SEEDED,
    );
  });

  test('copies do not share', () => {
    const m = matrix([[0, 33]]);
    const copy = m.copy();
    copy.add(33, 0);
    expect(m.has(33, 0)).toBe(false);
    expect(copy.has(0, 33)).toBe(true);
    expect(m.equals(copy)).toBe(false);
    expect(m.equals(new BitMatrix(SIZE + 1))).toBe(false);
  });
});

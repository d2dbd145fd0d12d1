import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import type { EventId } from '../../../src/event/execution.ts';
import { BitMatrix } from '../../../src/rel/bit-matrix.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import { closeEdges } from '../../../src/model/relations.ts';
import type { Program } from './build.ts';
import { candidates, eventsOf, execution, program, R, Rsc, W, Wsc, x, y } from './build.ts';

function relationsOf(of: Program, model: string) {
  const found = [...candidates(of)].flatMap((candidate) => {
    const verdict = known(findModel(model), model).check(candidate);
    return verdict.consistent ? [verdict] : [];
  });
  return known(found[0], 'consistent execution');
}

describe('relations', () => {
  // 0 allocation; 1 W x, 2 Wsc y; 3 Rsc y, 4 R x
  const messagePassing = program([W(x, 1), Wsc(y, 1)], [Rsc(y, 1), R(x, 1)]);

  test('of message passing', () => {
    const { relations, tot } = relationsOf(messagePassing, 'wasm');
    expect([...relations.po.pairs()]).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect([...relations.rf.pairs()]).toEqual([
      [1, 4],
      [2, 3],
    ]);
    expect([...relations.sw.pairs()]).toEqual([[2, 3]]);
    expect([...relations.asw.pairs()]).toEqual([]);
    expect([...relations.hb.pairs()]).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [0, 4],
      [1, 2],
      [1, 3],
      [1, 4],
      [2, 3],
      [2, 4],
      [3, 4],
    ]);
    expect(tot).toEqual([0, 1, 2, 3, 4]);
  });

  test('init synchronises in JavaScript only', () => {
    const early = program([Wsc(y, 1)], [Rsc(y, 0)]);
    expect([...relationsOf(early, 'js-es2018').relations.sw.pairs()]).toEqual([[0, 2]]);
    expect([...relationsOf(early, 'wasm').relations.sw.pairs()]).toEqual([]);
  });

  test('a read from no writer of its unit is refused as a bug', () => {
    const events = eventsOf(program([R(x, 0)], [W(y, 1)]));
    const wrong = execution(events, [[null, null], [[2 as EventId]], [null]]);
    expect(() => known(findModel('wasm'), 'wasm').check(wrong)).toThrow('write that a read reads from');
  });
});

describe('closeEdges', () => {
  test('closes as Warshall does', () => {
    const edges = [0, 3, 3, 1, 1, 40, 2, 3, 40, 39, 5, 2];
    const direct = new BitMatrix(41);
    for (let i = 0; i < edges.length; i += 2) direct.add(edges[i] as number, edges[i + 1] as number);
    const closure = closeEdges(41, [edges.slice(0, 6), edges.slice(6)]);
    expect('closed' in closure && closure.closed.equals(direct.close())).toBe(true);
  });

  test('finds a cycle, and nothing but the cycle', () => {
    const closure = closeEdges(7, [
      [0, 1, 1, 2, 2, 3],
      [3, 1, 3, 4, 4, 5, 6, 5],
    ]);
    const cycle = 'cycle' in closure ? [...closure.cycle] : [];
    const start = cycle.indexOf(1 as EventId);
    expect([...cycle.slice(start), ...cycle.slice(0, start)]).toEqual([1, 2, 3]);
  });
});

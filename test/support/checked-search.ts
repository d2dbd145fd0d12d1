import { expect } from 'vitest';
import type { Start } from '../../src/event/request.ts';
import type { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { executionKey, executionSoFar, ordersOf, withOrder } from '../../src/explore/weak/candidates.ts';
import { landscape } from '../../src/explore/weak/landscape.ts';
import { search } from '../../src/explore/weak/search.ts';
import type { IncrementalCheck, Model } from '../../src/model/model.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';

/** What was compared along a search. */
export interface Compared {
  /** Points at which the search asked, and those of them at which what there was so far was inconsistent. */
  points: number;
  inconsistent: number;
  /** Inconsistent points that saturation alone did not recognise. */
  unnoticed: number;
  leaves: number;
  /** The keys of the consistent executions. */
  readonly keys: string[];
  complete: boolean;
}

/**
 * Searches a program's executions and expects the check, which is told of all that the search does, to say what the model says of the same execution from
 * scratch, wherever the search asks.
 */
export function compareAlong<S>(
  trie: AnswerTrie<S>,
  main: Start,
  model: Model,
  check: IncrementalCheck,
  polls = 4_000,
): Compared {
  const names = new ThreadNames();
  const { assumes } = model;
  const compared: Compared = { points: 0, inconsistent: 0, unnoticed: 0, leaves: 0, keys: [], complete: true };
  let polled = 0;
  const shouldStop = (): boolean => {
    if (++polled > polls) compared.complete = false;
    return !compared.complete;
  };
  const limits = { readings: DEFAULT_READINGS, assumes, events: 50, returns: 5, mixtures: 4096, shouldStop };
  const land = landscape(trie, main, names, { ...limits, nodes: 20_000 });
  const agree = (x: Parameters<Model['check']>[0]): boolean => {
    const verdict = model.check(x);
    expect(check.isConsistent()).toBe(verdict.consistent);
    if (verdict.consistent) {
      expect(check.isPlausible()).toBe(true);
      expect(check.happensBefore().equals(verdict.relations.hb)).toBe(true);
    }
    return verdict.consistent;
  };
  search(trie, main, names, land, {
    ...limits,
    check,
    leaf: ({ graph }) => {
      for (const order of ordersOf(graph, names)) {
        const execution = withOrder(executionSoFar(graph, names), order);
        const mark = check.mark();
        for (const [from, to] of order) check.edge(from, to);
        compared.leaves++;
        if (agree(execution)) compared.keys.push(executionKey(execution));
        check.undoTo(mark);
      }
    },
    plausible: (graph) => {
      compared.points++;
      const isConsistent = agree(executionSoFar(graph, names));
      if (!isConsistent) compared.inconsistent++;
      const isPlausible = check.isPlausible();
      if (!isConsistent && isPlausible) compared.unnoticed++;
      return !assumes.monotone || isPlausible;
    },
    blocked: () => {},
    spins: () => {},
    bounded: () => {
      compared.complete = false;
    },
  });
  expect(new Set(compared.keys).size).toBe(compared.keys.length);
  return compared;
}

import type { ScriptState } from '../../runtime/script-state.ts';
import type { EndedThread } from '../outcome.ts';
import type { Exploration } from '../explore.ts';
import type { ThreadNames } from '../thread-names.ts';
import { executionKey, executionSoFar, executionsOf } from './candidates.ts';
import { tooManyMixtures } from '../bounds.ts';
import { landscape } from './landscape.ts';
import { TooManyMixtures } from './mixing.ts';
import type { Finished } from './search.ts';
import { search } from './search.ts';
import { hasEnded } from './thread-state.ts';

/** States of single threads that the landscape may have, and ways in which one read may mix writes. */
const NODES = 400_000;
const MIXTURES = 200_000;

/** Explores candidate executions, which the model judges. Says whether some thread was given up because it spins. */
export function exploreAxioms<S>({ trie, main, names, findings, options, isOver }: Exploration<S>): boolean {
  const { model, readings, bounds } = options;
  const land = landscape(trie, main, names, {
    readings,
    nodes: NODES,
    events: bounds.events,
    returns: bounds.returns,
    mixtures: MIXTURES,
    assumes: model.assumes,
    shouldStop: isOver,
  });
  if (land.bound !== null) findings.reach(land.bound);
  let spins = false;
  try {
    search(trie, main, names, land, {
      readings,
      assumes: model.assumes,
      mixtures: MIXTURES,
      events: bounds.events,
      returns: bounds.returns,
      leaf,
      plausible: (graph) => !model.assumes.monotone || model.check(executionSoFar(graph, names)).consistent,
      blocked: () => findings.block(),
      spins: () => {
        spins = true;
      },
      bounded: (what) => findings.reach(what),
      shouldStop: isOver,
    });
  } catch (error) {
    if (!(error instanceof TooManyMixtures)) throw error;
    findings.reach(tooManyMixtures(MIXTURES));
  }
  return spins;

  function leaf(finished: Finished<ScriptState<S>>): void {
    for (const execution of executionsOf(finished.graph, names)) {
      const verdict = model.check(execution);
      if (!verdict.consistent) {
        findings.block();
        continue;
      }
      const { tot, relations, flags = [] } = verdict;
      findings.add({
        execution,
        tot,
        relations,
        flags,
        threads: endedThreads(finished, names),
        key: executionKey(execution),
      });
    }
  }
}

/** Where the threads of a finished candidate stand. */
export function endedThreads<S>({ threads, crashes }: Finished<ScriptState<S>>, names: ThreadNames): EndedThread<S>[] {
  return [...threads.values()]
    .sort((a, b) => a.id - b.id)
    .map((thread) => {
      const crash = crashes.get(names.group(thread.id)) ?? null;
      return {
        info: names.info(thread.id),
        state: thread.node.state,
        ended: hasEnded(thread) || crash !== null,
        crash,
      };
    });
}

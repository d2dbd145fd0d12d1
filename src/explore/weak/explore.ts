import type { ScriptState } from '../../runtime/script-state.ts';
import { endedThread } from '../outcome.ts';
import type { EndedThread } from '../outcome.ts';
import type { Exploration } from '../explore.ts';
import { Cursor } from '../task.ts';
import type { ThreadNames } from '../thread-names.ts';
import { executionKey, executionSoFar } from './candidates.ts';
import { checkedExecutions, judgedExecutions } from './judged.ts';
import { tooManyMixtures } from '../bounds.ts';
import { tellCut } from '../loops/cut.ts';
import type { Landscape } from './landscape.ts';
import { landscape } from './landscape.ts';
import { TooManyMixtures } from './mixing.ts';
import type { Finished } from './search.ts';
import { search } from './search.ts';
import { hasEnded } from './thread-state.ts';

/** States of single threads that the landscape may have, and ways in which one read may mix writes. */
const NODES = 400_000;
const MIXTURES = 200_000;
/** What is done to survey the threads between two questions whether to stop, in steps of the search. */
const STEPS_BETWEEN = 64;

/** What the threads of the program can write, with which its candidate executions are made. */
export function landOf<S>({ trie, main, names, options, isOver }: Exploration<S>): Landscape<ScriptState<S>> {
  const { model, readings, bounds } = options;
  return landscape(trie, main, names, {
    readings,
    nodes: NODES,
    events: bounds.events,
    returns: bounds.returns,
    rounds: bounds.rounds ?? Infinity,
    mixtures: MIXTURES,
    assumes: model.assumes,
    shouldStop: () => isOver(STEPS_BETWEEN),
  });
}

/**
 * Explores candidate executions, which the model judges; those of one part of the search, if there is a cursor. Says whether some thread was given
 * up because it spins.
 */
export function exploreAxioms<S>(
  exploration: Exploration<S>,
  land: Landscape<ScriptState<S>> = landOf(exploration),
  cursor: Cursor = new Cursor(),
): boolean {
  const { trie, main, names, findings, options, isOver } = exploration;
  const { model, readings, bounds } = options;
  if (land.bound !== null) findings.reach(land.bound);
  for (const where of land.cuts) tellCut(findings, names, where);
  const check = model.incremental?.() ?? null;
  let spins = false;
  try {
    search(trie, main, names, land, {
      readings,
      assumes: model.assumes,
      mixtures: MIXTURES,
      events: bounds.events,
      returns: bounds.returns,
      rounds: bounds.rounds ?? Infinity,
      leaf,
      check,
      plausible: (graph) =>
        !model.assumes.monotone ||
        (check === null ? model.check(executionSoFar(graph, names)).consistent : check.isPlausible()),
      blocked: () => findings.block(),
      spins: () => {
        spins = true;
      },
      bounded: (what, where) => {
        findings.reach(what);
        tellCut(findings, names, where);
      },
      shouldStop: isOver,
      cursor,
    });
  } catch (error) {
    if (!(error instanceof TooManyMixtures)) throw error;
    findings.reach(tooManyMixtures(MIXTURES));
  }
  return spins;

  function leaf(finished: Finished<ScriptState<S>>): void {
    const { graph } = finished;
    const judged =
      check === null ? judgedExecutions(graph, names, model) : checkedExecutions(graph, names, check, model);
    for (const found of judged) {
      if (found === null) {
        findings.block();
        continue;
      }
      const { execution, relations, flags } = found;
      findings.add({
        execution,
        get tot() {
          return found.tot;
        },
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
      return endedThread(names.info(thread.id), thread.node, hasEnded(thread) || crash !== null, crash);
    });
}

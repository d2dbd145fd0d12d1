import { known } from '../../base/assert.ts';
import type { Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { MAIN } from '../../event/location.ts';
import { AnswerTrie } from '../../exec/answer-trie.ts';
import type { Assumptions } from '../../model/model.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { Program } from '../../runtime/program.ts';
import { makeScriptMachine } from '../../runtime/script-machine.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { scriptMain } from '../../runtime/session.ts';
import type { Readings } from '../../syntax/readings.ts';
import { STACK_BOUND, tooManyMegabytes, tooManyMixtures, tooManySeconds } from '../bounds.ts';
import type { Bounds } from '../explore.ts';
import { outcomeValues, ThreadEnds } from '../outcome.ts';
import { explored } from '../publication.ts';
import type { Explored } from '../publication.ts';
import { ThreadNames } from '../thread-names.ts';
import { executionSoFar, executionsOf } from '../weak/candidates.ts';
import { landscape } from '../weak/landscape.ts';
import { TooManyMixtures } from '../weak/mixing.ts';
import { endedThreads } from '../weak/explore.ts';
import type { Finished } from '../weak/search.ts';
import { search } from '../weak/search.ts';
import type { Target, Values } from './target.ts';

/** A candidate execution with what it shows. */
export interface Candidate {
  readonly execution: Execution;
  readonly values: Values;
  /** Object names for people and pictures: address → `mem.shared`. */
  readonly objects: ReadonlyMap<number, string>;
}

export interface CandidateOptions {
  readonly readings: Readings;
  readonly bounds: Bounds;
  /** What the search may take for granted of the executions that are wanted. */
  readonly assumes: Assumptions;
  /** Candidates that show something else are left out; null wants all. */
  readonly target: Target | null;
  /** Whether what an unfinished execution has become so far is worth going on with. */
  readonly plausible: (execution: Execution) => boolean;
  /** Takes a candidate; false ends the search. */
  readonly take: (candidate: Candidate) => boolean;
  readonly shouldStop: () => boolean;
}

/** States of single threads, and ways in which one read may mix writes; as when exploring. */
const NODES = 400_000;
const MIXTURES = 200_000;

/** Enumerates a program's candidate executions. Answers the bound that was reached, in words; null if all were enumerated, or `take` ended it. */
export function enumerateCandidates<S>(
  program: Program,
  executor: Executor<S>,
  options: CandidateOptions,
): string | null {
  const { readings, bounds, assumes, target } = options;
  const trie = new AnswerTrie(makeScriptMachine(explored(executor, readings), program));
  const names = new ThreadNames();
  const ends = new ThreadEnds<Explored<S>>();
  const started = performance.now();
  let bound: string | null = null;
  let taken = 0;
  let over = false;
  const reach = (what: string): void => {
    bound ??= what;
  };
  const isOver = (): boolean => {
    const { milliseconds, executions, memory } = bounds;
    if (over) return true;
    if (taken >= executions) reach(`more than ${executions} executions`);
    else if (milliseconds !== null && performance.now() - started > milliseconds) reach(tooManySeconds(milliseconds));
    else if (memory?.isFull() === true) reach(tooManyMegabytes(memory.megabytes));
    else if (options.shouldStop()) reach('interrupted');
    else return false;
    over = true;
    return true;
  };
  const limits = { readings, assumes, events: bounds.events, returns: bounds.returns, mixtures: MIXTURES };
  try {
    const land = landscape(trie, scriptMain(program), names, { ...limits, nodes: NODES, shouldStop: isOver });
    if (land.bound !== null) reach(land.bound);
    search(trie, scriptMain(program), names, land, {
      ...limits,
      leaf,
      plausible: (graph) => options.plausible(executionSoFar(graph, names)),
      wanted: (id, state) => target === null || !isExcluded(target, id, state),
      blocked: () => {},
      spins: () => {},
      bounded: reach,
      shouldStop: isOver,
    });
  } catch (error) {
    if (error instanceof TooManyMixtures) reach(tooManyMixtures(MIXTURES));
    else if (error instanceof RangeError && error.message.includes('call stack')) reach(STACK_BOUND);
    else throw error;
  }
  return bound;

  /** Whether the results of the actions that a thread has behind it contradict the target. */
  function isExcluded(what: Target, id: ThreadId, state: ScriptState<Explored<S>>): boolean {
    const { results } = ends.of(names.info(id).name, state);
    return results.length > 0 && what.excludes(new Map(results));
  }

  function leaf(finished: Finished<ScriptState<Explored<S>>>): void {
    const threads = endedThreads(finished, names);
    const main = known(
      threads.find(({ info }) => info.id === MAIN),
      'main thread',
    ).state;
    const values = outcomeValues(threads, finished.graph.events, ends);
    if (target !== null && !target.matches(values)) return;
    for (const execution of executionsOf(finished.graph, names)) {
      if (isOver()) return;
      taken++;
      if (!options.take({ execution, values, objects: ends.objects(main).objects })) over = true;
    }
  }
}

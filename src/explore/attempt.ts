import { AnswerTrie } from '../exec/answer-trie.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import { makeScriptMachine } from '../runtime/script-machine.ts';
import { scriptMain } from '../runtime/session.ts';
import { givenUp, STACK_BOUND, tooManyExecutions, tooManyMegabytes, tooManySeconds } from './bounds.ts';
import type { Exploration, ExploreOptions, Strategy } from './explore.ts';
import { Findings } from './findings.ts';
import { lookForNonTermination } from './loops/look.ts';
import type { Explored } from './publication.ts';
import { explored } from './publication.ts';
import type { ExploreResult } from './result.ts';
import { ThreadNames } from './thread-names.ts';

/** Puts what it finds into the exploration's findings; says why they may not be all, if they may not. */
export type Search = <S>(exploration: Exploration<S>) => Doubt | null;

/** Why what was found, which is some of what there is under the model, may not be all. `isLikely`: there is likely to be more. */
export interface Doubt {
  readonly why: string;
  readonly isLikely: boolean;
}

/** How much of a search is tried. Counts, never times: a program is always answered in the same way. */
export interface Budget {
  /** Executions found and given up. */
  readonly executions: number;
  /** Steps of the search, as it counts them itself ({@link Exploration}). */
  readonly steps: number;
}

/** A strategy to be tried, all of it or as far as a budget goes. */
interface Trial {
  readonly strategy: Exclude<Strategy, 'auto'>;
  readonly search: Search;
  readonly budget: Budget | null;
}

/**
 * How an attempt ended. `answered`: everything was found. `stopped`: the caller's bounds on executions or time were reached, or it was interrupted.
 * `limited`: another bound was. `spent`: the budget was. `part`: it finds a part of the answer, and that was found.
 */
export interface Attempt {
  readonly strategy: Trial['strategy'];
  readonly end: 'answered' | 'stopped' | 'limited' | 'spent' | 'part';
  readonly doubt: Doubt | null;
  /** Executions found. */
  readonly executions: number;
  readonly result: () => ExploreResult;
}

/** A search that is expected to have so many times the executions of its budget is given up at once. Searches are often smaller than they seem. */
const FAR = 8;

/** Executions between two reports of progress. */
const PROGRESS_STEP = 1_000;

/** Searches a program with one strategy. `started`: when the time began to count. */
export function attempt<S>(
  program: Program,
  executor: Executor<S>,
  options: ExploreOptions,
  { strategy, search, budget }: Trial,
  started: number,
): Attempt {
  const { executions, milliseconds, memory } = options.bounds;
  const findings = new Findings<Explored<S>>(program, options.model, strategy, options.findings);
  let interrupted = false;
  let reported = 0;
  let steps = 0;
  let over: 'stopped' | 'spent' | null = null;
  const isOver = (more = 1, expected = 0): boolean => {
    if (over !== null) return true;
    steps += more;
    if (findings.executions >= reported + PROGRESS_STEP) options.onProgress((reported = findings.executions));
    if (findings.executions >= executions) findings.reach(tooManyExecutions(executions));
    else if (milliseconds !== null && performance.now() - started > milliseconds)
      findings.reach(tooManySeconds(milliseconds));
    else if (memory?.isFull() === true) findings.reach(tooManyMegabytes(memory.megabytes));
    else if (options.shouldStop()) interrupted = true;
    else {
      if (budget === null || (isWithin(budget) && expected <= FAR * budget.executions)) return false;
      findings.reach(givenUp(steps, findings.executions));
      over = 'spent';
      return true;
    }
    over = 'stopped';
    return true;
  };
  const isWithin = (most: Budget): boolean => steps <= most.steps && findings.effort <= most.executions;
  let doubt: Doubt | null = null;
  try {
    const exploration: Exploration<Explored<S>> = {
      program,
      trie: new AnswerTrie(makeScriptMachine(explored(executor, options.readings), program)),
      main: scriptMain(program),
      names: new ThreadNames(),
      findings,
      options,
      isOver,
    };
    doubt = search(exploration);
    if (doubt !== null && !interrupted) findings.reach(doubt.why);
    if (over === null) lookForNonTermination(exploration);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    findings.reach(STACK_BOUND);
  }
  const whole = over ?? (findings.bound === null ? 'answered' : 'limited');
  const end = doubt === null ? whole : (over ?? 'part');
  return { strategy, end, doubt, executions: findings.executions, result: () => findings.result(interrupted) };
}

export function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

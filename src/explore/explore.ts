import { AnswerTrie } from '../exec/answer-trie.ts';
import type { Model } from '../model/model.ts';
import type { CallStart, Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import { makeScriptMachine } from '../runtime/script-machine.ts';
import type { ScriptStart, ScriptState } from '../runtime/script-state.ts';
import type { Readings } from '../syntax/readings.ts';
import { explored } from './publication.ts';
import type { Explored } from './publication.ts';
import { Findings } from './findings.ts';
import { exploreInterleavings, findLivelocks } from './interleave/explore.ts';
import type { ExploreResult } from './result.ts';
import { exploreSample } from './sample/explore.ts';
import { exploreStates } from './states/explore.ts';
import { exploreAxioms } from './weak/explore.ts';
import { scriptMain } from '../runtime/session.ts';
import { ThreadNames } from './thread-names.ts';

/**
 * How to search. `axioms` enumerates candidate executions and lets the model judge. The others run the threads step by step (the model
 * `sc` only): `interleavings` visits one execution of every reads-from and write order, `reads-from` one of every reads-from,
 * `all-interleavings` every interleaving; `states` merges equal states, so that it has an execution for every distinct end; `random` and `pct`
 * try schedules at random. `auto` takes interleavings for `sc`, axioms for the others.
 */
export const STRATEGIES = [
  'auto',
  'axioms',
  'interleavings',
  'all-interleavings',
  'reads-from',
  'states',
  'random',
  'pct',
] as const;
export type Strategy = (typeof STRATEGIES)[number];

export interface ExploreOptions {
  readonly model: Model;
  readonly strategy: Strategy;
  readonly readings: Readings;
  readonly bounds: Bounds;
  /** Asked often; true ends the search with what was found. */
  readonly shouldStop: () => boolean;
  /** Told now and then how many executions were found. */
  readonly onProgress: (executions: number) => void;
}

export interface Bounds {
  /** Executions explored. */
  readonly executions: number;
  /** Events of one thread. */
  readonly events: number;
  /** How often a thread may return to a state that it was in, having had effects on others in between. */
  readonly returns: number;
  /** Time; null for none. */
  readonly milliseconds: number | null;
}

/** What a strategy needs to search a program, and where it puts what it finds. */
export interface Exploration<S> {
  readonly trie: AnswerTrie<ScriptState<S>, ScriptStart | CallStart>;
  readonly main: ScriptStart;
  readonly names: ThreadNames;
  readonly findings: Findings<S>;
  readonly options: ExploreOptions;
  /** Whether to go on no further: interrupted, or a bound on executions or time was reached (and noted). */
  readonly isOver: () => boolean;
}

/** Executions between two reports of progress. */
const PROGRESS_STEP = 1_000;

/** All outcomes of a program under a model, or those found until a bound was reached. */
export function explore<S>(program: Program, executor: Executor<S>, options: ExploreOptions): ExploreResult {
  const strategy = chosen(options);
  const findings = new Findings<Explored<S>>(program, options.model, strategy);
  const started = performance.now();
  let interrupted = false;
  let reported = 0;
  let over = false;
  const isOver = (): boolean => {
    const { executions, milliseconds } = options.bounds;
    if (over) return true;
    if (findings.executions >= reported + PROGRESS_STEP) options.onProgress((reported = findings.executions));
    if (findings.executions >= executions) findings.reach(`more than ${executions} executions`);
    else if (milliseconds !== null && performance.now() - started > milliseconds)
      findings.reach(`more than ${milliseconds / 1000} seconds`);
    else if (options.shouldStop()) interrupted = true;
    else return false;
    over = true;
    return true;
  };
  const exploration: Exploration<Explored<S>> = {
    trie: new AnswerTrie(makeScriptMachine(explored(executor, options.readings), program)),
    main: scriptMain(program),
    names: new ThreadNames(),
    findings,
    options,
    isOver,
  };
  try {
    SEARCHES[strategy](exploration);
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    findings.reach(STACK_BOUND);
  }
  return findings.result(interrupted);
}

type Search = <S>(exploration: Exploration<S>) => void;

const SEARCHES: Readonly<Record<Exclude<Strategy, 'auto'>, Search>> = {
  axioms: (exploration) => {
    if (exploreAxioms(exploration)) findLivelocks(exploration);
  },
  interleavings: (exploration) => exploreInterleavings(exploration, 'reduced'),
  'all-interleavings': (exploration) => exploreInterleavings(exploration, 'plain'),
  'reads-from': (exploration) => exploreStates(exploration, 'history'),
  states: (exploration) => exploreStates(exploration, 'state'),
  random: (exploration) => exploreSample(exploration, 'random'),
  pct: (exploration) => exploreSample(exploration, 'pct'),
};

function chosen({ strategy, model }: ExploreOptions): Exclude<Strategy, 'auto'> {
  if (strategy !== 'auto' && strategy !== 'axioms' && !model.assumes.interleavings)
    throw new RangeError(
      `the strategy ${strategy} finds sequentially consistent executions only, not those of ${model.name}`,
    );
  if (strategy !== 'auto') return strategy;
  return model.assumes.interleavings ? 'interleavings' : 'axioms';
}

/** The bound of a search that is deeper than this thread's stack; one with a larger stack may go on. */
export const STACK_BOUND = 'the search is deeper than the stack';

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && error.message.includes('call stack');
}

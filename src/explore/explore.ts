import { known } from '../base/assert.ts';
import type { AnswerTrie } from '../exec/answer-trie.ts';
import type { Model } from '../model/model.ts';
import type { CallStart, Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import type { ScriptStart, ScriptState } from '../runtime/script-state.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Attempt, Budget, Search } from './attempt.ts';
import { attempt } from './attempt.ts';
import type { DivisibleStrategy } from './divide.ts';
import { DividedSearch, isDivisible } from './divide.ts';
import { exploreDrf } from './drf/explore.ts';
import type { FindingRules } from './finding/rules.ts';
import type { Findings } from './findings.ts';
import type { ScheduleBound } from './interleave/bounded.ts';
import { exploreBounded, exploreInterleavings, findLivelocks } from './interleave/explore.ts';
import type { ExploreResult } from './result.ts';
import { exploreSample } from './sample/explore.ts';
import type { SampleOptions } from './sample/options.ts';
import { exploreStates } from './states/explore.ts';
import { exploreAxioms } from './weak/explore.ts';
import type { ThreadNames } from './thread-names.ts';

/**
 * How to search. `axioms` enumerates candidate executions and lets the model judge. The others run the threads step by step (the model
 * `sc` only): `interleavings` visits one execution of every reads-from and write order, `reads-from` one of every reads-from,
 * `all-interleavings` every interleaving; `states` merges equal states, so that it has an execution for every distinct end; `random` and `pct`
 * try schedules at random. `drf` explores the sequentially consistent executions, and goes over to axioms if one of them shows that
 * there may be others. `auto` tries interleavings for `sc`, axioms for the others; where that takes long, it goes over to states for `sc`, to `drf` for the others.
 */
export const STRATEGIES = [
  'auto',
  'axioms',
  'drf',
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
  /** Which interleavings are explored; without it all. */
  readonly schedules?: ScheduleBound | null;
  /** Which schedules are tried at random. */
  readonly sample?: SampleOptions;
  /** What counts as a finding; tests have it wrong. */
  readonly findings?: FindingRules;
  /** Explores in parts what is long and can be; without it all is explored here, in one go. */
  readonly divide?: <S>(search: DividedSearch<S>, strategy: DivisibleStrategy) => ExploreResult;
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
  /** Rounds of one loop that a thread may make in one activation of a function; none or null for any number. */
  readonly rounds?: number | null;
  /** Time; null for none. */
  readonly milliseconds: number | null;
  /** Memory; none or null for as much as there is. */
  readonly memory?: MemoryBound | null;
}

export interface MemoryBound {
  readonly megabytes: number;
  /** Whether more is used; asked now and then. */
  readonly isFull: () => boolean;
}

/** What a strategy needs to search a program, and where it puts what it finds. */
export interface Exploration<S> {
  readonly program: Program;
  readonly trie: AnswerTrie<ScriptState<S>, ScriptStart | CallStart>;
  readonly main: ScriptStart;
  readonly names: ThreadNames;
  readonly findings: Findings<S>;
  readonly options: ExploreOptions;
  /** Whether to go on no further: interrupted, or a bound on executions or time was reached (and noted). `steps`: how much was done since the last question. */
  readonly isOver: (steps?: number) => boolean;
}

/** All outcomes of a program under a model, or those found until a bound was reached. */
export function explore<S>(program: Program, executor: Executor<S>, options: ExploreOptions): ExploreResult {
  const started = performance.now();
  let limited: Attempt | null = null;
  let part: Attempt | null = null;
  let last: Attempt | null = null;
  const stages = stagesOf(options);
  for (const stage of stages) {
    const { strategy } = stage;
    // Axioms that would have the rest of what is likely all get what a small program needs, and that once.
    if (part !== null && stages[0]?.strategy === strategy) break;
    const budget: Budget | null = part === null ? stage.budget : SMALL;
    if (limited !== null && limited.strategy === strategy) continue;
    if (
      budget === null &&
      isDivisible(strategy) &&
      options.divide !== undefined &&
      (options.schedules ?? null) === null
    ) {
      const result = options.divide(new DividedSearch(program, executor, options, strategy), strategy);
      return result.complete || limited === null ? result : limited.result();
    }
    last = attempt(program, executor, options, { strategy, search: SEARCHES[strategy], budget }, started);
    if (last.end === 'answered') return last.result();
    if (last.end === 'stopped') break;
    if (last.end === 'part') part = last;
    if (last.end === 'limited') limited ??= last;
  }
  if (part === null && last?.end === 'stopped') return last.result();
  return known(part ?? limited ?? last, 'an attempt').result();
}

const SEARCHES: Readonly<Record<Exclude<Strategy, 'auto'>, Search>> = {
  axioms: (exploration) => {
    if (exploreAxioms(exploration)) findLivelocks(exploration);
    return null;
  },
  drf: (exploration) => exploreDrf(exploration),
  interleavings: (exploration) => found(exploreInterleavings(exploration, 'reduced')),
  'all-interleavings': (exploration) => {
    const { schedules } = exploration.options;
    if (schedules === undefined || schedules === null) exploreInterleavings(exploration, 'plain');
    else exploreBounded(exploration, schedules);
    return null;
  },
  'reads-from': (exploration) => found(exploreStates(exploration, 'history')),
  states: (exploration) => found(exploreStates(exploration, 'state')),
  random: (exploration) => found(exploreSample(exploration, 'random')),
  pct: (exploration) => found(exploreSample(exploration, 'pct')),
};

/** What a search found is an answer, as it is under every model. */
function found(_: unknown): null {
  return null;
}

interface Stage {
  readonly strategy: Exclude<Strategy, 'auto'>;
  readonly budget: Budget | null;
}

/** Where searches of single executions are as good as any; most litmus tests end within it. Interleavings cost more than states beyond some hundred. */
const SMALL: Budget = { executions: 2_000, steps: 100_000 };
const FEW: Budget = { executions: 200, steps: 20_000 };

/** Why the strategy does not answer what the outcomes under the model are, if it does not. */
export function objectionTo(strategy: Strategy, { name, assumes }: Model): string | null {
  if (strategy === 'auto' || strategy === 'axioms' || assumes.interleavings) return null;
  if (strategy === 'drf') return assumes.drf ? null : `is for models that are SC-DRF, which ${name} is not known to be`;
  return 'is for --model sc only';
}

/** The strategies to try one after the other, until one answers. */
function stagesOf({ strategy, model, schedules }: ExploreOptions): readonly Stage[] {
  if (schedules !== undefined && schedules !== null) return [{ strategy: 'all-interleavings', budget: null }];
  const { interleavings, drf } = model.assumes;
  if (strategy === 'auto') {
    if (interleavings)
      return [
        { strategy: 'interleavings', budget: FEW },
        { strategy: 'states', budget: null },
      ];
    const axioms = { strategy: 'axioms', budget: null } as const;
    return drf ? [{ strategy: 'axioms', budget: SMALL }, { strategy: 'drf', budget: null }, axioms] : [axioms];
  }
  const objection = objectionTo(strategy, model);
  if (objection !== null) throw new RangeError(`the strategy ${strategy} ${objection}`);
  return [{ strategy, budget: null }, ...(strategy === 'drf' ? [{ strategy: 'axioms', budget: null } as const] : [])];
}

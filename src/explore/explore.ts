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
import type { Saving } from './states/saved.ts';
import { together } from './together.ts';
import { exploreAxioms } from './weak/explore.ts';
import type { ThreadNames } from './thread-names.ts';

/**
 * How to search. `axioms` enumerates candidate executions and lets the model judge. The others run the threads step by step (the model
 * `sc` only): `interleavings` visits one execution of every reads-from and write order, `reads-from` one of every reads-from,
 * `all-interleavings` every interleaving; `states` merges equal states, so that it has an execution for every distinct end; `random` and `pct`
 * try schedules at random. `drf` explores the sequentially consistent executions, and has axioms look for others if one of them shows that
 * there may be some. `auto` tries interleavings for `sc`, axioms for the others; where that takes long, it goes over to states for `sc`, to `drf` for the others.
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
  /** What counts as a finding; tests have it wrong. Null where only outcomes are asked for: no races are told then, and nothing that is wrong. */
  readonly findings?: FindingRules | null;
  /** Explores in parts what is long and can be; without it all is explored here, in one go. */
  readonly divide?: <S>(search: DividedSearch<S>, strategy: DivisibleStrategy) => ExploreResult;
  /** Where the strategies `states` and `reads-from` are saved now and then, and go on from. */
  readonly saving?: Saving | undefined;
  /** What is explored in parts, if that is known: it was begun with before. */
  readonly divided?: DivisibleStrategy | null;
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
  /**
   * Whether to go on no further: interrupted, or a bound on executions or time was reached (and noted). `steps`: how much was done since the last question; `expected`: about how many
   * executions there are, where something is known of that.
   */
  readonly isOver: (steps?: number, expected?: number) => boolean;
}

/** All outcomes of a program under a model, or those found until a bound was reached. */
export function explore<S>(program: Program, executor: Executor<S>, options: ExploreOptions): ExploreResult {
  const started = performance.now();
  const { divide, divided = null, schedules = null } = options;
  if (divide !== undefined && divided !== null) {
    const result = divide(new DividedSearch(program, executor, options, divided), divided);
    return result.complete ? result : withInterleaved(program, executor, options, result);
  }
  let limited: Attempt | null = null;
  let interleaved: Attempt | null = null;
  let first: Attempt | null = null;
  let last: Attempt | null = null;
  for (const { strategy, budget: own } of stagesOf(options)) {
    if (limited !== null && limited.strategy === strategy) continue;
    const rest = doubtOf(interleaved);
    // Axioms that would have the rest of what is likely all get what a small program needs.
    const budget: Budget | null =
      rest === 'unlikely' ? SMALL : rest === 'likely' && isRare(first, options) ? MUCH : own;
    if (budget === null && isDivisible(strategy) && divide !== undefined && schedules === null) {
      const result = divide(new DividedSearch(program, executor, options, strategy), strategy);
      return result.complete || interleaved === null ? result : together(result, interleaved.result());
    }
    last = attempt(program, executor, options, { strategy, search: SEARCHES[strategy], budget }, started);
    first ??= last;
    if (last.end === 'answered') return last.result();
    if (strategy === 'drf') interleaved = last;
    else if (last.end === 'limited') limited ??= last;
    if (last.end === 'stopped') break;
  }
  const ended = known(last, 'an attempt');
  if (interleaved === null) return (ended.end === 'stopped' ? ended : (limited ?? ended)).result();
  const isOfUse = ended !== interleaved && (ended.end !== 'spent' || doubtOf(interleaved) === 'likely');
  const rest: Attempt | null = limited ?? (isOfUse ? ended : null);
  return rest === null ? interleaved.result() : together(rest.result(), interleaved.result());
}

/** What a search in parts found until a bound, with the sequentially consistent executions, where these are looked for as well. */
function withInterleaved<S>(
  program: Program,
  executor: Executor<S>,
  options: ExploreOptions,
  found: ExploreResult,
): ExploreResult {
  if (!stagesOf(options).some(({ strategy }) => strategy === 'drf')) return found;
  const bounds = { ...options.bounds, milliseconds: null };
  const unbounded = { ...options, bounds, shouldStop: () => false, saving: undefined };
  const trial = { strategy: 'drf', search: SEARCHES.drf, budget: AGAIN } as const;
  const interleaved = attempt(program, executor, unbounded, trial, 0);
  return interleaved.end === 'answered' ? interleaved.result() : together(found, interleaved.result());
}

/** How likely it is that there are other executions than those that the interleavings' search found; null if it did not say. */
function doubtOf(interleaved: Attempt | null): 'likely' | 'unlikely' | null {
  const doubt = interleaved?.doubt ?? null;
  return doubt === null ? null : doubt.isLikely ? 'likely' : 'unlikely';
}

/** Whether axioms found next to nothing in what a small program needs, so that to go on without a bound would be to go on for ever. */
function isRare(first: Attempt | null, { bounds }: ExploreOptions): boolean {
  return first?.end === 'spent' && first.executions < RARE && bounds.milliseconds === null;
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
  'reads-from': (exploration) => found(exploreStates(exploration, 'history', { saving: exploration.options.saving })),
  states: (exploration) => found(exploreStates(exploration, 'state', { saving: exploration.options.saving })),
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

/** What a small program needs. */
const SMALL: Budget = { executions: 2_000, steps: 100_000 };
/** Where searches of single executions are as good as any, by axioms and by interleavings; most litmus tests end within it. */
const LITTLE: Budget = { executions: 400, steps: 20_000 };
/** Executions that are few in {@link LITTLE}; how far axioms go on where they found so few. */
const RARE = 20;
const MUCH: Budget = { executions: Infinity, steps: 1_000_000 };
/** Until a search that was finished before is through, and no further. */
const AGAIN: Budget = { executions: Infinity, steps: 10_000 };
const FEW: Budget = { executions: 32, steps: 1_000 };

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
    return drf ? [{ strategy: 'axioms', budget: LITTLE }, { strategy: 'drf', budget: null }, axioms] : [axioms];
  }
  const objection = objectionTo(strategy, model);
  if (objection !== null) throw new RangeError(`the strategy ${strategy} ${objection}`);
  return [{ strategy, budget: null }, ...(strategy === 'drf' ? [{ strategy: 'axioms', budget: null } as const] : [])];
}

import { AnswerTrie } from '../exec/answer-trie.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Program } from '../runtime/program.ts';
import { makeScriptMachine } from '../runtime/script-machine.ts';
import { scriptMain } from '../runtime/session.ts';
import { isStackOverflow } from './attempt.ts';
import { STACK_BOUND } from './bounds.ts';
import type { Exploration, ExploreOptions, Strategy } from './explore.ts';
import { exploreInterleavings, findLivelocks } from './interleave/explore.ts';
import { lookForNonTermination } from './loops/look.ts';
import type { Explored } from './publication.ts';
import { explored } from './publication.ts';
import { Recorder, Remaker } from './recorder.ts';
import type { ExploreResult } from './result.ts';
import type { SampleKind } from './sample/explore.ts';
import { sampler, tellSample } from './sample/explore.ts';
import { emptySample } from './sample/tally.ts';
import type { Kept, Tally } from './tally.ts';
import { executionsIn } from './tally.ts';
import { Cursor } from './task.ts';
import type { Task } from './task.ts';
import type { NamedThread } from './thread-names.ts';
import { ThreadNames } from './thread-names.ts';
import { exploreAxioms, landOf } from './weak/explore.ts';

/** The strategies whose search can be explored in parts, in any order, each of them several at a time. */
export type DivisibleStrategy = 'axioms' | 'all-interleavings' | SampleKind;

export function isDivisible(strategy: Strategy): strategy is DivisibleStrategy {
  return strategy === 'axioms' || strategy === 'all-interleavings' || isSample(strategy);
}

function isSample(strategy: Strategy): strategy is SampleKind {
  return strategy === 'random' || strategy === 'pct';
}

/** What came of a part of a search. */
export interface PartDone {
  readonly tally: Tally;
  /** What it did not get to. */
  readonly rest: readonly Task[];
  /** How its threads were numbered. */
  readonly names: readonly NamedThread[];
}

/** What is known of a whole search. */
export interface Progressed {
  readonly tally: Tally;
  readonly rest: readonly Task[];
  readonly names: readonly NamedThread[];
}

/** Explores one cursor's part; says what its findings do not: whether some thread spins, and of a sample what its schedules were like. */
type Explore<S> = (exploration: Exploration<S>, cursor: Cursor) => Partial<Pick<Tally, 'spins' | 'sample'>>;

/** Why a search ended before it was through; null if it is. */
export type Ended = { readonly bound: string } | 'interrupted' | null;

/**
 * A search in parts. Those that follow each other share what they learn of the threads; results do not depend on it. A class because that is
 * hidden.
 */
export class DividedSearch<S> {
  readonly #program: Program;
  readonly #executor: Executor<S>;
  readonly #options: ExploreOptions;
  readonly #strategy: DivisibleStrategy;
  #prepared: { readonly names: ThreadNames; readonly explore: Explore<Explored<S>>; readonly base: Base<S> } | null =
    null;

  constructor(program: Program, executor: Executor<S>, options: ExploreOptions, strategy: DivisibleStrategy) {
    this.#program = program;
    this.#executor = executor;
    this.#options = options;
    this.#strategy = strategy;
  }

  /** Whether something was learnt; {@link forget} gives its memory back. */
  get isFresh(): boolean {
    return this.#prepared === null;
  }

  forget(): void {
    this.#prepared = null;
  }

  /** Explores a part until `shouldStop`; threads are numbered as in `names`. */
  part(task: Task, names: readonly NamedThread[], shouldStop: () => boolean): PartDone {
    const rest: Task[] = [];
    const findings = this.#recorder();
    const explore = this.#prepare(findings, names, this.#options.shouldStop);
    if (explore === null) return { tally: this.#recorder().tally, rest: [task], names };
    const cursor = new Cursor(task, (left) => rest.push(left));
    findings.follow(cursor);
    try {
      // Before a choice was made below the task's root there would be nothing to go on from but the task itself.
      const isBelow = (): boolean => cursor.path.length > task.path.length;
      const isOver = (): boolean => cursor.stopped || this.#options.shouldStop() || (isBelow() && shouldStop());
      Object.assign(findings.tally, explore(findings, cursor, isOver));
    } catch (error) {
      if (!isStackOverflow(error)) throw error;
      findings.reach(STACK_BOUND);
    }
    return { tally: findings.tally, rest, names: this.#prepared?.names.given ?? names };
  }

  /** The executions that are needed to make the result again, of those that were kept. */
  needed({ tally, names }: Progressed): readonly Kept[] {
    const findings = this.#remaker();
    const explore = this.#prepare(findings, names, () => false);
    const profiles = new Set<string>();
    return tally.kept.filter((kept) => {
      const added = findings.again(kept, 1, () => explore?.(findings, followed(kept), () => false));
      const isFirst = !profiles.has(kept.profile);
      profiles.add(kept.profile);
      return added?.news === true || isFirst;
    });
  }

  /** The result of the whole, or of what is known of it. */
  result({ tally, names, rest }: Progressed, ended: Ended): ExploreResult {
    const findings = this.#remaker();
    const isNeeded = tally.kept.length > 0 || ended === null;
    const explore = isNeeded ? this.#prepare(findings, names, () => false) : null;
    const times = timesOf(tally);
    for (const kept of tally.kept) {
      findings.again(kept, times(kept), () => explore?.(findings, followed(kept), () => false));
    }
    findings.block(tally.blocked);
    findings.repeat(tally.added - executionsIn(tally));
    if (tally.mayLoop) findings.mayLoop();
    for (const { bound, loop } of tally.remarks) {
      if (bound !== null) findings.reach(bound);
      if (loop !== null) findings.cut(loop);
    }
    if (rest.length > 0) findings.note({ remaining: weightOf(rest) });
    if (ended !== null && ended !== 'interrupted') findings.reach(ended.bound);
    if (isSample(this.#strategy))
      tellSample(findings, this.#strategy, this.#options.sample, tally.sample ?? emptySample());
    let interrupted = ended === 'interrupted';
    const isOver = (): boolean => {
      if (this.#options.shouldStop()) interrupted = true;
      return interrupted || ended !== null;
    };
    if (this.#prepared !== null && ended === null) {
      const whole = { ...this.#prepared.base, findings, isOver };
      if (tally.spins) findLivelocks(whole);
      lookForNonTermination(whole);
    }
    return findings.result(interrupted);
  }

  #recorder(): Recorder<Explored<S>> {
    return new Recorder(this.#program, this.#options.model, this.#strategy);
  }

  #remaker(): Remaker<Explored<S>> {
    return new Remaker(this.#program, this.#options.model, this.#strategy);
  }

  /** How to explore a cursor's part; null if it was stopped before that was known. */
  #prepare(
    findings: Recorder<Explored<S>> | Remaker<Explored<S>>,
    names: readonly NamedThread[],
    shouldStop: () => boolean,
  ): ((findings: Found<S>, cursor: Cursor, isOver: () => boolean) => ReturnType<Explore<S>>) | null {
    if (this.#prepared?.names.giveAlike(names, this.#options.readings) !== true) {
      const own = new ThreadNames();
      own.giveAlike(names, this.#options.readings);
      const base: Base<S> = {
        program: this.#program,
        trie: new AnswerTrie(makeScriptMachine(explored(this.#executor, this.#options.readings), this.#program)),
        main: scriptMain(this.#program),
        names: own,
        options: this.#options,
      };
      const explore = exploreOf(this.#strategy, { ...base, findings, isOver: shouldStop });
      if (shouldStop()) return null;
      this.#prepared = { names: own, explore, base };
    }
    const { explore, base } = this.#prepared;
    return (found, cursor, isOver) => explore({ ...base, findings: found, isOver }, cursor);
  }
}

type Base<S> = Omit<Exploration<Explored<S>>, 'findings' | 'isOver'>;
type Found<S> = Exploration<Explored<S>>['findings'];

function exploreOf<S>(strategy: DivisibleStrategy, exploration: Exploration<S>): Explore<S> {
  if (strategy === 'axioms') {
    const land = landOf(exploration);
    return (part, cursor) => ({ spins: exploreAxioms(part, land, cursor) });
  }
  if (isSample(strategy)) {
    const sample = sampler(exploration, strategy);
    return (part, cursor) => ({ sample: sample(part, cursor) });
  }
  return (part, cursor) => {
    exploreInterleavings(part, 'plain', cursor);
    return {};
  };
}

function followed({ path }: Kept): Cursor {
  return new Cursor({ path, weight: 0 });
}

/** How often a kept execution counts: the first of its profile also for those that were not kept. */
function timesOf({ kept, profiles }: Tally): (kept: Kept) => number {
  const left = new Map<string, number>();
  for (const [profile, { hashes, others }] of profiles) left.set(profile, hashes.size + others);
  for (const { profile } of kept) left.set(profile, (left.get(profile) ?? 0) - 1);
  return ({ profile }) => {
    const more = left.get(profile) ?? 0;
    left.set(profile, 0);
    return 1 + more;
  };
}

/** The share of the whole search that is left. */
export function weightOf(tasks: readonly Task[]): number {
  return tasks.reduce((sum, { weight }) => sum + weight, 0);
}

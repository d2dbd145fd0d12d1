import type { Source } from '../../base/span.ts';
import { known } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { Addr, ThreadId } from '../../event/location.ts';
import type { Site } from '../../event/request.ts';
import type { DataRace } from '../../model/races.ts';
import type { EndedThread, ThreadEnd } from '../outcome.ts';
import type { Witness } from '../result.ts';
import type { Account, Finding, FindingKind } from './finding.ts';
import { FINDING_KINDS } from './finding.ts';
import type { Problem } from './problems.ts';
import type { FindingRules } from './rules.ts';
import type { ToldTurn } from './schedule.ts';
import { tellSchedule } from './schedule.ts';
import type { Size } from './size.ts';
import { causesOf, stuckThreads } from './stuck.ts';
import type { LostWakeUp, Stuck } from './stuck.ts';
import { Teller } from './teller.ts';
import { tellDeadlock, tellLostWakeUp } from './told-stuck.ts';
import { tellCrash, tellProblem, tellRace, tellTorn } from './told.ts';
import type { TornRead } from './torn.ts';

/** An execution with what is known of it so far. */
export interface Case<S> {
  readonly execution: Execution;
  readonly threads: readonly EndedThread<S>[];
  readonly size: Size;
  readonly ends: readonly ThreadEnd[];
  readonly races: readonly DataRace[];
  readonly objects: ReadonlyMap<Addr, string>;
  /** The key of its outcome; null if it was not seen to its end. */
  readonly outcome: string | null;
  readonly witness: () => Witness;
}

/** `order` is an interleaving of the execution; null if there is none. */
type Tell = (teller: Teller, order: () => readonly EventId[] | null) => Account;

/** A finding with the smallest execution so far that shows it. */
interface Entry<S> {
  readonly kind: FindingKind;
  readonly key: string;
  shows: Case<S>;
  /** That which was counted last: an execution may show a finding several times. */
  latest: Case<S>;
  tell: Tell;
  executions: number;
}

/** The findings so far. A class because they are hidden: only for the smallest execution of each is it said in words what it is. */
export class FindingLog<S> {
  readonly #source: Source;
  readonly #rules: FindingRules;
  readonly #entries = new Map<string, Entry<S>>();
  /** The entry of a race by its threads, source places and location. */
  readonly #races = new Map<string, Entry<S>>();
  #times = 1;
  #shown: string[] = [];
  #news = false;

  constructor(source: Source, rules: FindingRules) {
    this.#source = source;
    this.#rules = rules;
  }

  /** Begins with another execution, which counts for so many. */
  begin(times: number): void {
    this.#times = times;
    this.#shown = [];
    this.#news = false;
  }

  /** What was counted of the execution that was begun with, whatever the order of its events. */
  get shown(): string {
    return this.#shown.sort().join('\n');
  }

  /** Whether the execution that was begun with is kept as a witness of something. */
  get news(): boolean {
    return this.#news;
  }

  /** Takes in all that an execution shows but races. `torn`: whether the model lets reads tear. */
  add(one: Case<S>, torn: boolean): void {
    const { threads, ends } = one;
    for (let i = 0; i < ends.length; i++) {
      const { problems } = ends[i] as ThreadEnd;
      if (problems.length > 0) this.#addProblems(one, known(threads[i], 'thread').info.id, problems);
    }
    let stuck = false;
    let crashed = false;
    for (const { ended, crash } of threads) {
      if (!ended) stuck = true;
      if (crash !== null) crashed = true;
    }
    if (stuck) this.#addStuck(one);
    if (crashed) this.#addCrashes(one);
    if (torn) for (const read of this.#rules.tornReads(one.execution)) this.#addTorn(one, read);
  }

  /** A race of the execution; `key` tells it from others of other threads, places or locations. Whether that is new. */
  addRace(one: Case<S>, race: DataRace, key: string): boolean {
    const old = this.#races.get(key);
    const tell: Tell = (teller) => tellRace(teller, race);
    if (old !== undefined) {
      this.#improve(old, one, tell);
      return false;
    }
    const [a, b] = [race.first, race.second].map((id) => {
      const { thread, site } = known(one.execution.events[id], 'event');
      return `${thread}:${site.at.start}`;
    }) as [string, string];
    this.#races.set(key, this.#offer('race', a < b ? `${a} ${b}` : `${b} ${a}`, one, tell));
    return true;
  }

  /** In order of gravity, then of places, with those that are found elsewhere; `outcomeOf` is the index of an outcome by its key. */
  list(outcomeOf: (key: string) => number | null, others: readonly Finding[]): readonly Finding[] {
    const own = [...this.#entries.values()].map((entry) =>
      findingOf(this.#source, entry, entry.shows.outcome === null ? null : outcomeOf(entry.shows.outcome)),
    );
    return [...own, ...others].sort(compareFindings);
  }

  #addProblems(one: Case<S>, thread: ThreadId, problems: readonly Problem[]): void {
    for (const problem of problems) {
      const { kind, at, site } = problem;
      const key = kind === 'trap' && site !== null ? `${thread}:${site.at.start}` : `${thread}:${at.start}`;
      this.#offer(kind, key, one, (teller) => tellProblem(teller, thread, problem));
    }
  }

  #addStuck(one: Case<S>): void {
    const stuck = stuckThreads(one.execution, one.threads);
    const lost = this.#rules.lostWakeUps(one.execution, stuck);
    for (const wakeUp of lost) this.#addLost(one, wakeUp, stuck);
    if (lost.length === 0)
      this.#offer('deadlock', keyOf(causesOf(stuck)), one, (teller, order) => tellDeadlock(teller, stuck, order()));
  }

  #addLost(one: Case<S>, wakeUp: LostWakeUp, stuck: readonly Stuck[]): void {
    const notify = known(one.execution.events[wakeUp.notify], 'notify');
    const key = `${keyOf([wakeUp.sleeper])} ${notify.thread}:${notify.site.at.start}`;
    this.#offer('lost wake-up', key, one, (teller, order) => tellLostWakeUp(teller, wakeUp, stuck, order()));
  }

  #addCrashes(one: Case<S>): void {
    const { execution, threads } = one;
    for (const { id, kind, thread, site } of execution.events) {
      if (kind !== 'trap') continue;
      const i = threads.findIndex(({ info }) => info.id === thread);
      const { crash, request } = known(threads[i], 'thread');
      if (crash === null || isJudged(known(one.ends[i], 'end'), site)) continue;
      const reason = request.kind === 'trap' ? request.reason : crash;
      this.#offer('trap', `${thread}:${site.at.start}`, one, (teller) => tellCrash(teller, id, reason));
    }
  }

  #addTorn(one: Case<S>, read: TornRead): void {
    const [reader, ...writers] = [read.event, ...read.writers].map((id) => {
      const { thread, site } = known(one.execution.events[id], 'event');
      return `${thread}:${site.at.start}`;
    });
    const key = [reader, ...writers.toSorted()].join(' ');
    this.#offer('torn value', key, one, (teller) => tellTorn(teller, read));
  }

  #offer(kind: FindingKind, place: string, one: Case<S>, tell: Tell): Entry<S> {
    const key = `${kind} ${place}`;
    const old = this.#entries.get(key);
    if (old !== undefined) {
      this.#improve(old, one, tell);
      return old;
    }
    const entry: Entry<S> = { kind, key, shows: one, latest: one, tell, executions: this.#times };
    this.#shown.push(key);
    this.#news = true;
    this.#entries.set(key, entry);
    return entry;
  }

  #improve(entry: Entry<S>, one: Case<S>, tell: Tell): void {
    if (entry.latest === one) return;
    entry.latest = one;
    entry.executions += this.#times;
    this.#shown.push(entry.key);
    if (!this.#rules.isSmaller(one.size, entry.shows.size)) return;
    this.#news = true;
    entry.shows = one;
    entry.tell = tell;
  }
}

/** Whether the script's own verdict on its action tells of the trap: it failed by it, or expected it. */
function isJudged({ log, problems }: ThreadEnd, { at }: Site): boolean {
  const last = log.commands.at(-1);
  return (
    problems.some(({ site }) => site?.at.start === at.start) ||
    (last?.command === 'assert_trap' && last.status === 'passed')
  );
}

/** Threads and places. */
function keyOf(stuck: readonly Stuck[]): string {
  return stuck.map(({ thread, why, site }) => `${why} ${thread}:${site?.at.start ?? ''}`).join(' ');
}

/** In words only when somebody asks. */
function findingOf<S>(
  source: Source,
  { kind, key, shows, tell, executions }: Entry<S>,
  outcome: number | null,
): Finding {
  let account: Account | null = null;
  let witness: Witness | null = null;
  let schedule: readonly ToldTurn[] | null = null;
  const teller = new Teller(source, shows.execution, shows.objects);
  const told = (): Account => (account ??= tell(teller, () => shows.size.interleaving));
  return {
    kind,
    key,
    get text() {
      return told().text;
    },
    get places() {
      return told().places;
    },
    get events() {
      return told().events;
    },
    outcome,
    executions,
    get witness() {
      return (witness ??= shows.witness());
    },
    get schedule() {
      return (schedule ??= tellSchedule(teller, shows.size.interleaving ?? shows.size.schedule.order, told().events));
    },
    repeatsFrom: null,
    lasso: null,
  };
}

/** The gravest first, then by places. */
export function compareFindings(a: Finding, b: Finding): number {
  const gravity = FINDING_KINDS.indexOf(a.kind) - FINDING_KINDS.indexOf(b.kind);
  if (gravity !== 0) return gravity;
  for (const [i, { at, thread }] of a.places.entries()) {
    const other = b.places[i];
    if (other === undefined) return 1;
    if (other.at.start !== at.start) return at.start - other.at.start;
    if (other.thread !== thread) return thread < other.thread ? -1 : 1;
  }
  return a.places.length - b.places.length;
}

import type { Event, EventId, Execution } from '../event/execution.ts';
import { MAIN } from '../event/location.ts';
import type { Addr } from '../event/location.ts';
import type { Flag, Model, Relations } from '../model/model.ts';
import type { DataRace } from '../model/races.ts';
import { dataRaces } from '../model/races.ts';
import { sc } from '../model/definitions.ts';
import { nativeModel } from '../model/native.ts';
import { isSequentiallyConsistent } from '../model/sc-order.ts';
import type { Program } from '../runtime/program.ts';
import type { ScriptState } from '../runtime/script-state.ts';
import { Bug, known } from '../base/assert.ts';
import { hash53 } from '../base/hash.ts';
import { AssertionTallies } from './assertion-tallies.ts';
import type { Case } from './finding/log.ts';
import { FindingLog } from './finding/log.ts';
import type { FindingRules } from './finding/rules.ts';
import { FINDING_RULES } from './finding/rules.ts';
import { Size } from './finding/size.ts';
import { Teller } from './finding/teller.ts';
import { tellEndless } from './finding/told.ts';
import type { EndedThread } from './outcome.ts';
import { outcomeKey, outcomeValues, ThreadEnds } from './outcome.ts';
import { OutcomeTallies } from './outcome-tallies.ts';
import type { CutLoop } from './loops/cut.ts';
import { CutLoops } from './loops/cut.ts';
import type { NonTermination } from './loops/non-termination.ts';
import type { ExploreResult, Method, Race, RaceClass, Witness } from './result.ts';

/** A consistent execution at its end. */
export interface FoundExecution<S> {
  readonly execution: Execution;
  readonly tot: readonly EventId[];
  readonly relations: Relations;
  readonly flags?: readonly Flag[];
  readonly threads: readonly EndedThread<S>[];
  /** Equal for equal executions only; null where it cannot be found again. */
  readonly key: string | null;
  /** The number of the schedule, in a sample. */
  readonly run?: number;
}

/** What came of an execution that was added. */
export interface Added {
  /** All that is counted of it: executions with equal profiles add the same to every count. */
  readonly profile: string;
  /** Whether it changed anything but counts. */
  readonly news: boolean;
  /** Of its key. */
  readonly hash: number | null;
  /** Nothing is wrong with it. */
  readonly isRight: boolean;
}

const interleaved = nativeModel({ base: sc });

/** Executions with the same outcome that are searched for a weak one to show. */
const WITNESSES_TRIED = 16;

/** What an exploration has found so far. A class because its tallies are hidden. */
export class Findings<S> {
  readonly #program: Program;
  readonly #model: Model;
  readonly #outcomes: OutcomeTallies;
  readonly #races = new Map<string, { readonly locations: Set<string>; readonly events: readonly string[] }>();
  readonly #assertions: AssertionTallies;
  readonly #keys = new Set<number>();
  readonly #flags = new Map<string, Flag>();
  readonly #log: FindingLog<S>;
  /** Whether races and what is wrong are looked for, beside outcomes. */
  readonly #looks: boolean;
  readonly #ends = new ThreadEnds<S>();
  #executions = 0;
  #blocked = 0;
  #duplicates = 0;
  #deadlocks = 0;
  #bound: string | null = null;
  #method: Method;
  readonly #loops = new CutLoops();
  #nonTermination: readonly NonTermination[] = [];
  #mayLoop = false;

  constructor(
    program: Program,
    model: Model,
    strategy: Method['strategy'],
    rules: FindingRules | null = FINDING_RULES,
  ) {
    this.#program = program;
    this.#model = model;
    this.#method = { strategy, drf: false, states: null, remaining: null };
    this.#looks = rules !== null;
    this.#log = new FindingLog(program.source, rules ?? FINDING_RULES);
    this.#outcomes = new OutcomeTallies(model.assumes.interleavings ? 1 : WITNESSES_TRIED);
    this.#assertions = new AssertionTallies(program.commands);
  }

  get executions(): number {
    return this.#executions;
  }

  get bound(): string | null {
    return this.#bound;
  }

  /** Executions found, again or for the first time, and given up. */
  get effort(): number {
    return this.#executions + this.#duplicates + this.#blocked;
  }

  /** Something was given up: inconsistent, redundant, or spinning. */
  block(times = 1): void {
    this.#blocked += times;
  }

  /** How the answer is found. */
  get method(): Method {
    return this.#method;
  }

  /** Says more of how the answer is found. */
  note(method: Partial<Method>): void {
    this.#method = { ...this.#method, ...method };
  }

  /** A bound was reached; the first one is reported. */
  reach(bound: string): void {
    this.#bound ??= bound;
  }

  /** A bound that was reached cut a loop. */
  cut(loop: CutLoop): void {
    this.#loops.add(loop);
    this.#mayLoop = true;
  }

  /** Some thread may come back to where it was, again and again. */
  mayLoop(): void {
    this.#mayLoop = true;
  }

  /** The loops that may go on for ever. */
  tellNonTermination(found: readonly NonTermination[]): void {
    this.#nonTermination = found;
  }

  /** Whether some thread was seen that may not end: a bound cut its loop, or it spins where nothing will change. */
  get mayNotEnd(): boolean {
    return this.#mayLoop;
  }

  /** Adds an execution, or so many with the same profile; null if it was found again. */
  add(found: FoundExecution<S>, times = 1): Added | null {
    const { execution, threads, key } = found;
    const deadlock = threads.some((thread) => !thread.ended);
    const main = known(
      threads.find(({ info }) => info.id === MAIN),
      'main thread',
    ).state;
    const { objects } = this.#ends.objects(main);
    const values = outcomeValues(threads, execution.events, this.#ends);
    const outcome = outcomeKey(values, deadlock);
    const hash = key === null ? null : hash53(key);
    if (hash !== null && this.#isKnown(hash) && this.#outcomes.has(outcome)) {
      this.#duplicates++;
      return null;
    }
    this.#executions += times;
    this.#log.begin(times);
    let news = false;
    for (const flag of found.flags ?? []) {
      news ||= !this.#flags.has(flag.name);
      this.#flags.set(flag.name, flag);
    }
    if (deadlock) this.#deadlocks += times;
    this.#mayLoop ||= threads.some(({ ended, round }) => !ended && round > 0);
    const one = this.#looks ? this.#caseOf(found, objects, outcome) : null;
    if (one !== null) for (const race of one.races) news = this.#addRace(race, one) || news;
    const logs = threads.map(({ info, state }) => this.#ends.of(info.name, state).log);
    const judged = this.#assertions.judge(logs, times);
    if (one !== null) this.#log.add(one, !this.#model.assumes.interleavings);
    const witness = one?.witness ?? (() => this.#caseOf(found, objects, outcome).witness());
    const isKept = this.#outcomes.add(outcome, { values, deadlock, run: found.run ?? null }, times, witness);
    const profile = [outcome, judged.held, this.#log.shown].join('\n');
    return { profile, news: news || judged.news || isKept || this.#log.news, hash, isRight: this.#log.shown === '' };
  }

  /** Something that was added before was found again so often. */
  repeat(times: number): void {
    this.#duplicates += times;
  }

  #caseOf(found: FoundExecution<S>, objects: ReadonlyMap<Addr, string>, outcome: string): Case<S> {
    const { execution, tot, relations, threads } = found;
    const races = dataRaces(execution, relations.hb);
    const { interleavings } = this.#model.assumes;
    const size = new Size(execution, interleavings ? tot : null);
    const witness = (): Witness => ({
      ...found,
      ...(interleavings ? { tot: size.schedule.order } : {}),
      races: races.map((race) => this.#describeRace(race, new Teller(this.#program.source, execution, objects))),
      objects,
      sequentiallyConsistent: interleavings || isSequentiallyConsistent(execution),
    });
    const ends = threads.map(({ info, state }) => this.#ends.of(info.name, state));
    return { execution, threads, ends, races, objects, outcome, size, witness };
  }

  /** Some execution that begins with the events of this one has the race. */
  race(race: DataRace, execution: Execution, main: ScriptState<S>): void {
    if (!this.#looks) return;
    const { objects } = this.#ends.objects(main);
    const order = execution.events.map(({ id }) => id);
    const size = new Size(execution, order);
    const witness = (): Witness => ({
      ...this.#witnessOfPart(execution, [race], objects),
      tot: size.schedule.order,
    });
    this.#addRace(race, { execution, threads: [], ends: [], races: [race], objects, outcome: null, size, witness });
  }

  /** Of executions that begin so, which are sequentially consistent. */
  #witnessOfPart(execution: Execution, races: readonly DataRace[], objects: ReadonlyMap<Addr, string>): Witness {
    const verdict = interleaved.check(execution);
    if (!verdict.consistent) throw new Bug('a state that no interleaving leads to');
    const { tot, relations } = verdict;
    const teller = new Teller(this.#program.source, execution, objects);
    const described = races.map((race) => this.#describeRace(race, teller));
    return { execution, tot, relations, races: described, objects, sequentiallyConsistent: true, part: true };
  }

  /** Whether the key was seen before; keys are kept as 53-bit hashes, so a collision may say so wrongly, but never loses an outcome. */
  #isKnown(hash: number): boolean {
    const known = this.#keys.has(hash);
    this.#keys.add(hash);
    return known;
  }

  /** Whether the race is new. */
  #addRace(dataRace: DataRace, one: Case<S>): boolean {
    const { region, offset, size } = dataRace;
    const { execution } = one;
    const [a, b] = [
      known(execution.events[dataRace.first], 'event'),
      known(execution.events[dataRace.second], 'event'),
    ];
    const place = `${a.thread}:${a.site.at.start}:${b.thread}:${b.site.at.start}:${region}:${offset}:${size}`;
    if (!this.#log.addRace(one, dataRace, place)) return false;
    const race = this.#describeRace(dataRace, new Teller(this.#program.source, execution, one.objects));
    const key = race.events.join(' ~ ');
    const old = this.#races.get(key);
    if (old === undefined) this.#races.set(key, { locations: new Set([race.location]), events: race.events });
    else old.locations.add(race.location);
    return true;
  }

  #describeRace({ first, second, ...range }: DataRace, teller: Teller): Race {
    const [one, other] = [teller.event(first), teller.event(second)];
    const [a, b] = one.thread < other.thread ? [one, other] : [other, one];
    const describe = ({ id }: Event): string => `${teller.actor(id)} ${teller.instruction(id)}`;
    return { first, second, location: teller.location(range), events: [describe(a), describe(b)] };
  }

  /** The result so far; `interrupted` if the caller stopped the search. */
  result(interrupted: boolean): ExploreResult {
    const bound = this.#bound ?? (interrupted ? 'interrupted' : null);
    const { outcomes, indices } = this.#outcomes.all();
    return {
      model: this.#model.name,
      method: this.#method,
      complete: bound === null,
      bound,
      outcomes,
      executions: this.#executions,
      blocked: this.#blocked,
      duplicates: this.#duplicates,
      races: [...this.#races.values()].map(
        ({ locations, events }): RaceClass => ({ locations: [...locations], events }),
      ),
      deadlocks: this.#deadlocks,
      loops: this.#loops.all(),
      nonTermination: this.#nonTermination,
      flags: [...this.#flags.values()],
      assertions: this.#assertions.results(this.#executions),
      findings: this.#log.list(
        (key) => indices.get(key) ?? null,
        this.#nonTermination.map((found) => tellEndless(this.#program.source, found)),
      ),
    };
  }
}

import type { Event, EventId, Execution } from '../event/execution.ts';
import { fieldOf, MAIN, makerOf, objectOf } from '../event/location.ts';
import type { Addr, Field, Region } from '../event/location.ts';
import type { Flag, Model, Relations } from '../model/model.ts';
import type { DataRace } from '../model/races.ts';
import { dataRaces } from '../model/races.ts';
import { isSequentiallyConsistent } from '../model/sc-order.ts';
import type { Program, ProgramCommand } from '../runtime/program.ts';
import type { Span } from '../base/span.ts';
import { known } from '../base/assert.ts';
import type { EndedThread } from './outcome.ts';
import { compareOutcomes, outcomeKey, outcomeValues, ThreadEnds } from './outcome.ts';
import type { AssertionResult, ExploreResult, Method, Outcome, Race, RaceClass, Witness } from './result.ts';

/** A consistent execution at its end. */
export interface FoundExecution<S> {
  readonly execution: Execution;
  readonly tot: readonly EventId[];
  readonly relations: Relations;
  readonly flags?: readonly Flag[];
  readonly threads: readonly EndedThread<S>[];
  /** Equal for equal executions only; null where it cannot be found again. */
  readonly key: string | null;
}

interface Tally {
  readonly at: Span;
  held: number;
  failure: string | null;
}

interface OutcomeTally {
  readonly values: ReadonlyMap<string, string>;
  readonly deadlock: boolean;
  executions: number;
  /** Executions of this outcome, made into witnesses when somebody asks. */
  readonly witnesses: (() => Witness)[];
}

/** Executions with the same outcome that are searched for a weak one to show. */
const WITNESSES_TRIED = 16;

/** What an exploration has found so far. A class because its tallies are hidden. */
export class Findings<S> {
  readonly #program: Program;
  readonly #model: Model;
  readonly #outcomes = new Map<string, OutcomeTally>();
  readonly #races = new Map<string, { readonly locations: Set<string>; readonly events: readonly string[] }>();
  /** By where the command starts: every assertion, and every other command that failed in some execution. */
  readonly #assertions: Map<number, Tally>;
  readonly #keys = new Set<number>();
  readonly #flags = new Map<string, Flag>();
  /** Races that were described, by their threads, source places and location. */
  readonly #racesKnown = new Set<string>();
  readonly #ends = new ThreadEnds<S>();
  #executions = 0;
  #blocked = 0;
  #duplicates = 0;
  #deadlocks = 0;
  #bound: string | null = null;
  #method: Method;

  constructor(program: Program, model: Model, strategy: Method['strategy']) {
    this.#program = program;
    this.#model = model;
    this.#method = { strategy, drf: false, states: null, remaining: null };
    this.#assertions = new Map(assertionsOf(program.commands).map((at) => [at.start, newTally(at)]));
  }

  get executions(): number {
    return this.#executions;
  }

  get bound(): string | null {
    return this.#bound;
  }

  /** Something was given up: inconsistent, redundant, or spinning. */
  block(): void {
    this.#blocked++;
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

  add(found: FoundExecution<S>): void {
    const { execution, threads, relations, key } = found;
    const deadlock = threads.some((thread) => !thread.ended);
    const main = known(
      threads.find(({ info }) => info.id === MAIN),
      'main thread',
    ).state;
    const { objects } = this.#ends.objects(main);
    const values = outcomeValues(threads, execution.events, this.#ends);
    const outcome = outcomeKey(values, deadlock);
    if (key !== null && this.#isKnown(key) && this.#outcomes.has(outcome)) {
      this.#duplicates++;
      return;
    }
    this.#executions++;
    for (const flag of found.flags ?? []) this.#flags.set(flag.name, flag);
    if (deadlock) this.#deadlocks++;
    const races = dataRaces(execution, relations.hb);
    for (const race of races) this.#addRace(race, execution, objects);
    this.#judge(threads);
    this.#addOutcome(outcome, values, deadlock, () => ({
      ...found,
      races: races.map((race) => this.#describeRace(race, execution, objects)),
      objects,
      sequentiallyConsistent: this.#model.assumes.interleavings || isSequentiallyConsistent(execution),
    }));
  }

  /** Whether the key was seen before; keys are kept as 53-bit hashes, so a collision may say so wrongly, but never loses an outcome. */
  #isKnown(key: string): boolean {
    const hash = hash53(key);
    const known = this.#keys.has(hash);
    this.#keys.add(hash);
    return known;
  }

  #addOutcome(key: string, values: ReadonlyMap<string, string>, deadlock: boolean, witness: () => Witness): void {
    const old = this.#outcomes.get(key);
    if (old === undefined) {
      this.#outcomes.set(key, { values, deadlock, executions: 1, witnesses: [witness] });
      return;
    }
    old.executions++;
    if (!this.#model.assumes.interleavings && old.witnesses.length < WITNESSES_TRIED) old.witnesses.push(witness);
  }

  #judge(threads: readonly EndedThread<S>[]): void {
    for (const { info, state } of threads) {
      for (const { at, holds, message } of this.#ends.of(info.name, state).log.assertions) {
        const tally = this.#assertions.get(at.start) ?? newTally(at);
        this.#assertions.set(at.start, tally);
        if (holds) tally.held++;
        else tally.failure ??= message;
      }
    }
  }

  #addRace(dataRace: DataRace, execution: Execution, objects: ReadonlyMap<Addr, string>): void {
    const { region, offset, size } = dataRace;
    const [a, b] = [
      known(execution.events[dataRace.first], 'event'),
      known(execution.events[dataRace.second], 'event'),
    ];
    const place = `${a.thread}:${a.site.at.start}:${b.thread}:${b.site.at.start}:${region}:${offset}:${size}`;
    if (this.#racesKnown.has(place)) return;
    this.#racesKnown.add(place);
    const race = this.#describeRace(dataRace, execution, objects);
    const key = race.events.join(' ~ ');
    const old = this.#races.get(key);
    if (old === undefined) this.#races.set(key, { locations: new Set([race.location]), events: race.events });
    else old.locations.add(race.location);
  }

  #describeRace(
    { first, second, region, offset, size }: DataRace,
    x: Execution,
    objects: ReadonlyMap<Addr, string>,
  ): Race {
    const name = objects.get(objectOf(region)) ?? nameless(region, x);
    const field = fieldOf(region);
    const units =
      field === 'data' || field === 'elem' || field === 'fields'
        ? `+${offset}${size > 1 ? `..${offset + size - 1}` : ''}`
        : '';
    const location = field === 'length' ? `${name}.length` : `${name}${units}`;
    const [one, other] = [known(x.events[first], 'event'), known(x.events[second], 'event')];
    const [a, b] = one.thread < other.thread ? [one, other] : [other, one];
    return { first, second, location, events: [this.#describeEvent(a, x), this.#describeEvent(b, x)] };
  }

  #describeEvent({ thread, site }: Event, { threads }: Execution): string {
    const { line } = this.#program.source.position(site.at.start);
    return `${threads[thread]?.name ?? thread} ${site.text} (line ${line})`;
  }

  /** The result so far; `interrupted` if the caller stopped the search. */
  result(interrupted: boolean): ExploreResult {
    const bound = this.#bound ?? (interrupted ? 'interrupted' : null);
    const outcomes = [...this.#outcomes.values()]
      .sort((a, b) => compareOutcomes(a.values, b.values))
      .map((tally) => outcomeOf(tally));
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
      flags: [...this.#flags.values()],
      assertions: [...this.#assertions.values()]
        .sort((a, b) => a.at.start - b.at.start)
        .map((tally) => this.#assertion(tally)),
    };
  }

  /** An assertion that an execution did not reach (a deadlock, a trap elsewhere) does not hold in it. */
  #assertion({ at, held, failure }: Tally): AssertionResult {
    const holds = held === this.#executions && held > 0 ? 'always' : held > 0 ? 'sometimes' : 'never';
    return { at, holds, failure: holds === 'always' ? null : (failure ?? 'some executions do not reach it') };
  }
}

const KINDS: Readonly<Partial<Record<Field, string>>> = {
  fields: 'struct',
  elem: 'array',
  queue: 'waitqueue',
  length: 'segment',
};

/** What an object without a name is called: `T1’s struct#3`, `struct#1` if it is an instance's. */
function nameless(region: Region, { threads }: Execution): string {
  const { thread, number } = makerOf(objectOf(region));
  const kind = KINDS[fieldOf(region)] ?? 'object';
  return thread === null ? `${kind}#${number}` : `${threads[thread]?.name}’s ${kind}#${number}`;
}

/** The outcome, whose witness is chosen when it is first asked for: a weak one if there is one among the first. */
function outcomeOf({ values, deadlock, executions, witnesses }: OutcomeTally): Outcome {
  let chosen: Witness | null = null;
  return {
    values,
    deadlock,
    executions,
    get witness() {
      chosen ??= weakest(witnesses);
      return chosen;
    },
  };
}

function weakest(witnesses: readonly (() => Witness)[]): Witness | null {
  let first: Witness | null = null;
  for (const make of witnesses) {
    const witness = make();
    if (!witness.sequentiallyConsistent) return witness;
    first ??= witness;
  }
  return first;
}

function newTally(at: Span): Tally {
  return { at, held: 0, failure: null };
}

function assertionsOf(commands: readonly ProgramCommand[]): Span[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return assertionsOf(command.commands);
    return command.kind.startsWith('assert_') ? [command.at] : [];
  });
}

/** Two 32-bit multiplicative hashes of the UTF-16 units, put together to 53 bits. */
function hash53(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1f_ffff) * 2 ** 32 + (a >>> 0);
}

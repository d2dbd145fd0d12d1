import type { Label } from '../interleave/step.ts';
import { hasEnded, labelOf } from '../interleave/step.ts';
import { tooLong, tooManyEvents } from '../bounds.ts';
import { components, isCyclic, StateGraph } from './graph.ts';
import { shortestWays } from './ways.ts';
import { IntList } from './int-list.ts';
import type { Local } from './locals.ts';
import type { Choose, Standing, ThreadMask } from './persistent.ts';
import { enabledIn, everyThread, MOST_THREADS } from './persistent.ts';
import type { StateWorld } from './state-world.ts';
import { Slots, StateTable } from './state-table.ts';

/** Two threads that may access the same next, in some order, as a race. */
export interface RaceFound {
  readonly state: number;
  readonly first: Label;
  readonly second: Label;
}

export interface StateSearchOptions {
  readonly choose: Choose;
  /** Steps that concern no other thread are made at once. */
  readonly eager: boolean;
  /** Every cycle has a state that is explored with all its threads; without, some threads may be put off for ever. */
  readonly proviso: boolean;
  /** Events of one thread. */
  readonly events: number;
  readonly bounded: (what: string) => void;
  readonly shouldStop: () => boolean;
  /** Nothing need happen any more in the state. */
  readonly end: (state: number) => void;
  /** Told of each pair of local states once, in the state; whether they do race now is to be looked at. */
  readonly race: (found: RaceFound) => void;
}

/** States expanded between two questions whether to stop. */
const STOP_STEP = 64;

/**
 * All states that can be reached, breadth first, so that ways to them are short: each once, with the steps of the threads that `choose` says. As more is
 * learnt of what threads may do, states are explored further. A class because its tables are hidden.
 */
export class StateSearch<S> {
  readonly world: StateWorld<S>;
  readonly graph = new StateGraph();
  readonly table: StateTable;
  readonly #options: StateSearchOptions;
  readonly #beginning = new Slots();
  /** By which step of which state it was found first. */
  readonly #parents = new IntList();
  readonly #labels = new IntList();
  readonly #depths = new IntList();
  /** The threads with which each state has been explored. */
  readonly #explored: IntList = new IntList();
  readonly #enabled: IntList = new IntList();
  readonly #racesAsked = new Set<number>();
  #isBounded = false;

  constructor(world: StateWorld<S>, options: StateSearchOptions, table = new StateTable()) {
    this.table = table;
    this.world = world;
    this.#beginning.copy(world.state);
    this.#options = options;
  }

  /** Whether a state has been explored with all threads that have a step there. */
  isFull(state: number): boolean {
    return (this.#enabled.at(state) & ~this.#explored.at(state)) === 0;
  }

  /** Searches; false if it was stopped, or the world took threads for alike that are not. */
  run(): boolean {
    this.restart();
    if (this.#options.eager) this.world.settle(null);
    this.#arrive(-1, -1, 0, 0);
    let next = 0;
    for (;;) {
      for (; next < this.table.size; next++) {
        if (next % STOP_STEP === 0 && this.#options.shouldStop()) return false;
        this.#explore(next, this.#options.choose);
        if (this.world.isWrong) return false;
      }
      if (this.#options.choose === everyThread) return true;
      const before = this.graph.edges;
      for (let state = 0; state < next; state++) {
        if (state % STOP_STEP === 0 && this.#options.shouldStop()) return false;
        if (!this.isFull(state)) this.#explore(state, this.#options.choose);
        if (this.world.isWrong) return false;
      }
      if (this.graph.edges === before && this.#options.proviso && this.world.locals.mayReturn) this.#breakCycles();
      if (this.graph.edges === before) return true;
    }
  }

  /** From now on, ways to states are those with the fewest events, and of those ones with few switches of threads. Says how many events each has. */
  shorten(): Int32Array {
    return shortestWays(this.graph, (state, edge) => {
      this.#parents.set(state, this.graph.from(edge));
      this.#labels.set(state, this.graph.label(edge));
    });
  }

  /** The states on the way to one, itself included, the first first. */
  path(state: number): number[] {
    const states: number[] = [];
    for (let s = state; s >= 0; s = this.#parents.at(s)) states.push(s);
    return states.reverse();
  }

  /** By which step the state was found; not for the first. */
  labelTo(state: number): Label {
    return this.#labels.at(state);
  }

  parentOf(state: number): number {
    return this.#parents.at(state);
  }

  /** Goes to where nothing has been done. */
  restart(): void {
    this.world.state.copy(this.#beginning);
  }

  /** Goes to a state. */
  load(state: number): void {
    this.table.load(state, this.world.state);
  }

  /** The world is in a state that was reached by a step, which made so many events. */
  #arrive(from: number, label: Label, depth: number, events: number): void {
    this.world.arrange();
    const state = this.table.add(this.world.state);
    if (from >= 0) this.graph.addEdge(from, label, state, events);
    if (state < this.#parents.length) return;
    this.graph.addState();
    this.#parents.push(from);
    this.#labels.push(label);
    this.#depths.push(depth);
    this.#explored.push(0);
    const standing = this.#standing();
    const enabled = this.#limit(depth) ? 0 : enabledIn(standing);
    this.#enabled.push(enabled);
    if (!standing.urgent.includes(true) && !this.#isBounded) this.#options.end(state);
    this.#isBounded = false;
    this.#findRaces(state, standing);
  }

  /** Whether the world goes no further than this. */
  #limit(depth: number): boolean {
    for (const thread of this.world.threads) {
      const request = this.world.localOf(thread)?.at.request;
      if (request?.kind === 'bound') this.#bound(tooLong(request.what));
    }
    // One of so many threads has more than the allowed number then.
    if (depth > this.#options.events * this.world.threads.length) this.#bound(tooManyEvents(this.#options.events));
    return this.#isBounded;
  }

  #bound(what: string): void {
    this.#isBounded = true;
    this.#options.bounded(what);
  }

  #standing(): Standing<S> {
    const locals: Local<S>[] = [];
    const enabled: boolean[] = [];
    const urgent: boolean[] = [];
    for (const thread of this.world.threads) {
      const local = this.world.localOf(thread);
      if (local === null || hasEnded(local.status) || local.status === 'parked') continue;
      locals.push(local);
      const choices = this.world.choices(local);
      enabled.push(choices.length > 0);
      urgent.push(choices.some((choice) => choice !== 'spurious'));
    }
    return { locals, enabled, urgent };
  }

  #explore(state: number, choose: Choose): void {
    if (this.#enabled.at(state) === 0) return;
    this.load(state);
    const standing = this.#standing();
    const explored = this.#explored.at(state);
    const more = choose(this.world, standing, explored) & ~explored;
    if (more === 0) return;
    this.#explored.set(state, explored | more);
    const labels: Label[] = [];
    const seen = new Set<number>();
    standing.locals.forEach((local) => {
      if (!has(more, local.thread.index)) return;
      if (this.world.isOneOfMany(local)) {
        if (seen.has(local.kind.id)) return;
        seen.add(local.kind.id);
      }
      for (const choice of this.world.choices(local)) labels.push(labelOf(local.thread.id, choice));
    });
    const depth = this.#depths.at(state) + 1;
    labels.forEach((label, i) => {
      if (i > 0) this.load(state);
      const { events } = this.world;
      this.world.step(label);
      if (this.#options.eager) this.world.settle(null);
      this.#arrive(state, label, depth, this.world.events - events);
    });
  }

  /** Explores a state of each cycle of states that are explored in part with all its threads. */
  #breakCycles(): void {
    const chosen: number[] = [];
    components(
      this.graph,
      (state) => !this.isFull(state),
      (component) => {
        if (isCyclic(this.graph, component)) chosen.push(Math.min(...component));
      },
    );
    for (const state of chosen) this.#explore(state, everyThread);
  }

  /** Of threads that stand for each other one is asked. */
  #raceId(local: Local<S>): number {
    return this.world.isOneOfMany(local) ? 2 * local.kind.id : 2 * local.id + 1;
  }

  #findRaces(state: number, { locals }: Standing<S>): void {
    for (let i = 1; i < locals.length; i++) {
      const a = locals[i] as Local<S>;
      for (let j = 0; j < i; j++) {
        const b = locals[j] as Local<S>;
        if (a.status !== 'running' || b.status !== 'running' || !this.world.locals.mayRace(a.kind, b.kind)) continue;
        const pair = this.#raceId(a) * 2 ** 26 + this.#raceId(b);
        if (this.#racesAsked.has(pair)) continue;
        this.#racesAsked.add(pair);
        this.#options.race({ state, first: labelOf(b.thread.id, 'go'), second: labelOf(a.thread.id, 'go') });
      }
    }
  }
}

function has(mask: ThreadMask, index: number): boolean {
  return (mask & (1 << Math.min(index, MOST_THREADS))) !== 0;
}

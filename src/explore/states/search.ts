import { known } from '../../base/assert.ts';
import type { Label } from '../interleave/step.ts';
import { labelOf } from '../interleave/step.ts';
import { tooLong, tooManyEvents } from '../bounds.ts';
import type { EdgeNumber } from './graph.ts';
import { components, isCyclic, StateGraph } from './graph.ts';
import { shortestWays } from './ways.ts';
import { IntList } from './int-list.ts';
import type { RaceFound } from './race-questions.ts';
import { RaceQuestions } from './race-questions.ts';
import type { Local, SearchThread } from './locals.ts';
import type { Choose, Standing, ThreadMask } from './persistent.ts';
import { enabledIn, everyThread, MOST_THREADS } from './persistent.ts';
import type { Moved } from './symmetry.ts';
import { Taken } from './taken.ts';
import type { Position, SavedRest, SavedStates } from './saved.ts';
import type { StateWorld } from './state-world.ts';
import { Slots, StateTable } from './state-table.ts';

export interface StateSearchOptions {
  readonly choose: Choose;
  /** Steps that concern no other thread are made at once. */
  readonly eager: boolean;
  /** Every cycle has a state that is explored with all its threads; without, some threads may be put off for ever. */
  readonly proviso: boolean;
  /** Events of one thread. */
  readonly events: number;
  readonly bounded: (what: string) => void;
  /** A thread stands where it has made more rounds of a loop than it may. */
  readonly cut?: (local: Local<unknown>) => void;
  readonly shouldStop: () => boolean;
  /** States expanded between two questions whether to stop; {@link STOP_STEP} by default. */
  readonly stopStep?: number;
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
  readonly #stopStep: number;
  readonly #beginning = new Slots();
  /** States in which nothing need happen any more. */
  readonly #ends = new IntList();
  /** Edges (twice the number) and states (that and one) at which the world learnt something: what it knows comes of these alone, in this order. */
  readonly #lessons = new IntList();
  /** Steps made at once: see {@link #settle}. */
  readonly #made: Label[] = [];
  /** See {@link #standing}. */
  readonly #stands: { locals: Local<S>[]; enabled: boolean[]; urgent: boolean[] } = {
    locals: [],
    enabled: [],
    urgent: [],
  };
  /** Of the state that is being explored. */
  readonly #labels: Label[] = [];
  #position: Position = { next: 0, again: null, before: 0 };
  /** By which edge it was found first, and later: by which it is to be reached; -1 for the first. */
  readonly #by = new IntList();
  readonly #taken = new Taken();
  readonly #depths = new IntList();
  /** The threads with which each state has been explored. */
  readonly #explored: IntList = new IntList();
  readonly #enabled: IntList = new IntList();
  /** What was learnt of its threads when each was last looked at. */
  readonly #seen = new IntList();
  readonly #races: RaceQuestions<S>;
  #isBounded = false;

  constructor(world: StateWorld<S>, options: StateSearchOptions, table = new StateTable()) {
    this.table = table;
    this.world = world;
    this.#beginning.copy(world.state);
    this.#options = options;
    this.#stopStep = options.stopStep ?? STOP_STEP;
    this.#races = new RaceQuestions(world, table, options.race);
  }

  /** Whether a state has been explored with all threads that have a step there. */
  isFull(state: number): boolean {
    return (this.#enabled.at(state) & ~this.#explored.at(state)) === 0;
  }

  /** In the order in which they were found. */
  get ends(): readonly number[] {
    return [...this.#ends.view()];
  }

  /** Searches; false if it was stopped, or the world took threads for alike that are not. After a stop it may be run on. */
  run(): boolean {
    if (this.table.size === 0) this.#begin();
    for (;;) {
      let { next, again, before } = this.#position;
      if (again === null) {
        for (; next < this.table.size; next++) {
          if (next % this.#stopStep === 0 && this.#isStopped({ next, again, before })) return false;
          this.#explore(next, this.#options.choose);
          if (this.world.isWrong) return false;
        }
        if (this.#options.choose === everyThread) return true;
        before = this.graph.edges;
      }
      for (let state = again ?? 0; state < next; state++) {
        if (state % this.#stopStep === 0 && this.#isStopped({ next, again: state, before })) return false;
        if (!this.isFull(state) && this.#seen.at(state) !== this.world.learntOf(state, this.table))
          this.#explore(state, this.#options.choose);
        if (this.world.isWrong) return false;
      }
      if (this.graph.edges === before && this.#options.proviso && this.world.locals.mayReturn) this.#breakCycles();
      this.#position = { next, again: null, before };
      if (this.graph.edges === before) return true;
    }
  }

  #isStopped(position: Position): boolean {
    this.#position = position;
    return this.#options.shouldStop();
  }

  #begin(): void {
    this.restart();
    const made = this.#settle();
    this.#taken.add(made, this.world.arrange());
    this.#arrive(-1, -1, 0, 0);
  }

  /** Makes all steps that concern single threads alone; which those were, until it is called again. */
  #settle(): readonly Label[] {
    this.#made.length = 0;
    if (this.#options.eager) this.world.settle(this.#made);
    return this.#made;
  }

  /** What is known, to be written down when the search asks whether to stop, or afterwards. */
  saved(): Pick<SavedStates, 'lists'> & Pick<SavedRest, 'parts' | 'position' | 'moves'> {
    const own = [this.#explored, this.#enabled, this.#ends, this.#lessons].map((list) => list.view());
    const parts = [own, this.graph.saved(), this.#taken.saved(), this.table.saved()];
    const { moves } = this.#taken;
    return { lists: parts.flat(), parts: parts.map(({ length }) => length), position: this.#position, moves };
  }

  /** Takes over what a search knew that began in an equal world, in place of running from the beginning. The world learns what it learnt then; races are told again. */
  restore({ lists, rest: { parts, position, moves } }: SavedStates): void {
    let first = 0;
    const [own = [], graph = [], taken = [], table = []] = parts.map((size) => lists.slice(first, (first += size)));
    const [explored, enabled, ends, lessons] = own;
    this.table.restore(table);
    this.graph.restore(this.table.size, graph);
    this.#taken.restore(taken, moves);
    this.#explored.assign(known(explored, 'explored'));
    this.#enabled.assign(known(enabled, 'enabled'));
    this.#ends.assign(known(ends, 'ends'));
    this.#position = position;
    this.#restoreWays();
    this.restart();
    this.#settle();
    this.world.arrange();
    for (const lesson of known(lessons, 'lessons')) this.#learnAgain(lesson);
    this.#lessons.assign(known(lessons, 'lessons'));
  }

  /** A state is reached by the first edge to it. */
  #restoreWays(): void {
    for (let edge = -1; edge < this.graph.edges; edge++) {
      if (edge >= 0 && this.graph.to(edge) !== this.#by.length) continue;
      this.#by.push(edge);
      this.#seen.push(-1);
      this.#depths.push(edge < 0 ? 0 : this.#depths.at(this.graph.from(edge)) + 1);
    }
  }

  #learnAgain(lesson: number): void {
    const which = lesson >> 1;
    if (lesson % 2 === 0) {
      this.load(this.graph.from(which));
      this.world.step(this.graph.label(which));
      this.#settle();
      this.world.arrange();
    } else {
      this.load(which);
      this.#races.in(which, this.#standing().locals, -1);
    }
  }

  /** All that it learns is counted. */
  get #learnt(): number {
    return this.world.learnt + this.#races.count;
  }

  /** From now on, ways to states are those with the fewest events, and of those ones with few switches of threads. Says how many events each has. */
  shorten(): Int32Array {
    return shortestWays(this.graph, (state, edge) => this.#by.set(state, edge));
  }

  /** The states on the way to one, itself included, the first first. */
  path(state: number): number[] {
    const states: number[] = [];
    for (let s = state; s >= 0; s = this.parentOf(s)) states.push(s);
    return states.reverse();
  }

  /** By which step the state was found; not for the first. */
  labelTo(state: number): Label {
    return this.graph.label(this.#by.at(state));
  }

  /** -1 for the first. */
  parentOf(state: number): number {
    const edge = this.#by.at(state);
    return edge < 0 ? -1 : this.graph.from(edge);
  }

  /** Adds the labels of the step to a state and of those that were made at once after it; says who took whose place then. */
  follow(state: number, labels: Label[]): Moved | null {
    const edge = this.#by.at(state);
    if (edge >= 0) labels.push(this.graph.label(edge));
    this.#taken.labels(edge + 1, labels);
    return this.#taken.moved(edge + 1);
  }

  /** Whether a step was one step of one thread, after which nothing was made at once and nobody took another's place. */
  isSingle(edge: EdgeNumber): boolean {
    return this.#taken.isNothing(edge + 1);
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
    const state = this.table.add(this.world.state);
    if (from >= 0) this.graph.addEdge(from, label, state, events);
    if (state < this.#by.length) return;
    this.graph.addState();
    this.#by.push(from < 0 ? -1 : this.graph.edges - 1);
    this.#depths.push(depth);
    this.#explored.push(0);
    this.#seen.push(-1);
    const learnt = this.#learnt;
    const standing = this.#standing();
    const enabled = this.#limit(depth) ? 0 : enabledIn(standing);
    this.#enabled.push(enabled);
    if (!this.#isCut() && !standing.urgent.includes(true) && !this.#isBounded) this.#ends.push(state);
    this.#isBounded = false;
    this.#races.in(state, standing.locals, from);
    if (this.#learnt !== learnt) this.#lessons.push(2 * state + 1);
  }

  /** Whether some thread goes no further; the others do, so that what they may do in its way is known. */
  #isCut(): boolean {
    const cut = cutIn(this.world);
    if (cut !== null) this.#options.cut?.(cut);
    return cut !== null;
  }

  /** Whether the world goes no further than this. */
  #limit(depth: number): boolean {
    for (const { at } of this.#stands.locals) if (at.request.kind === 'bound') this.#bound(tooLong(at.request.what));
    // One of so many threads has more than the allowed number then.
    if (depth > this.#options.events * this.world.threads.length) this.#bound(tooManyEvents(this.#options.events));
    return this.#isBounded;
  }

  #bound(what: string): void {
    this.#isBounded = true;
    this.#options.bounded(what);
  }

  /** Valid until it is called again. */
  #standing(): Standing<S> {
    const { world } = this;
    const { threads } = world;
    const { locals, enabled, urgent } = this.#stands;
    let count = 0;
    for (let i = 0; i < threads.length; i++) {
      const local = world.localOf(threads[i] as SearchThread);
      if (local === null || local.isOver) continue;
      const choices = world.choices(local);
      locals[count] = local;
      enabled[count] = choices.length > 0;
      urgent[count] = choices.length > 1 || (choices.length === 1 && choices[0] !== 'spurious');
      count++;
    }
    // Shorter by one or two, mostly: to set the length would cost more.
    while (locals.length > count) {
      locals.pop();
      enabled.pop();
      urgent.pop();
    }
    return this.#stands;
  }

  #explore(state: number, choose: Choose): void {
    if (this.#enabled.at(state) === 0) return;
    this.load(state);
    const standing = this.#standing();
    const explored = this.#explored.at(state);
    const more = choose(this.world, standing, explored) & ~explored;
    this.#seen.set(state, this.world.learntOf(state, this.table));
    if (more === 0) return;
    this.#explored.set(state, explored | more);
    const labels = this.#labels;
    labels.length = 0;
    for (let k = 0; k < standing.locals.length; k++) {
      const local = standing.locals[k] as Local<S>;
      if (!has(more, local.thread.index) || this.#isRepeated(standing.locals, k)) continue;
      for (const choice of this.world.choices(local)) labels.push(labelOf(local.thread.id, choice));
    }
    const depth = this.#depths.at(state) + 1;
    for (let i = 0; i < labels.length; i++) {
      const label = labels[i] as Label;
      if (i > 0) this.load(state);
      const { events, learnt } = this.world;
      this.world.step(label);
      const made = this.#settle();
      this.#taken.add(made, this.world.arrange());
      if (this.world.learnt !== learnt) this.#lessons.push(2 * this.graph.edges);
      this.#arrive(state, label, depth, this.world.events - events);
    }
  }

  /** Whether a thread before the k-th that it stands for as well stands as it does. */
  #isRepeated(locals: readonly Local<S>[], k: number): boolean {
    const local = locals[k] as Local<S>;
    if (!this.world.isOneOfMany(local)) return false;
    for (let j = 0; j < k; j++) if (locals[j]?.kind === local.kind) return true;
    return false;
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
}

/** A thread that has made more rounds of a loop than it may, if there is one: what others come to then is no end of the program's. */
export function cutIn<S>(world: StateWorld<S>): Local<S> | null {
  for (const thread of world.threads) {
    const local = world.localOf(thread);
    if (local?.at.isCut === true) return local;
  }
  return null;
}

function has(mask: ThreadMask, index: number): boolean {
  return (mask & (1 << Math.min(index, MOST_THREADS))) !== 0;
}

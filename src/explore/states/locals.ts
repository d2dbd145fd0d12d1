import type { ThreadId } from '../../event/location.ts';
import type { Status } from '../interleave/step.ts';
import type { Continuation } from './continuations.ts';
import type { Observed } from './observed.ts';
import type { Bits } from './touches.ts';
import { intersects, Touches, touchesOf, withBit } from './touches.ts';

/** A thread of the search; its index counts threads in the order in which they were first met. */
export interface SearchThread {
  readonly index: number;
  readonly id: ThreadId;
  /** Where states hold it. */
  readonly slot: number;
  readonly group: ThreadId;
}

/** What a thread contributes to a state: how it goes on, how it stands, what its future names depend on, and what outcomes tell of it beyond its log. */
export interface LocalState<S> {
  readonly thread: SearchThread;
  readonly at: Continuation<S>;
  readonly status: Status;
  readonly forks: number;
  readonly observed: Observed;
  /** Where histories count: how it came here, and how many events it has made. */
  readonly history: string;
  readonly events: number;
}

/** A local state that was met, with what is known of its future. */
export interface Local<S> extends LocalState<S> {
  readonly id: number;
  /** What its next step touches. */
  readonly touches: readonly number[];
  readonly touchBits: Bits;
  /** How its accesses went: see {@link Move}. */
  readonly moves: Map<number, Move<S>[]>;
  /** The slots that an access reads and writes; null for other requests, and before it is asked. */
  slots: readonly number[] | null;
  /** What its next step and all steps after it that were found so far touch, those of threads that it forks included. */
  future: Bits;
  readonly predecessors: Set<Local<S>>;
  /** What conflicts, and what may race, with its next step, of the first `knownTouches` touches. */
  conflicts: Bits;
  races: Bits;
  knownTouches: number;
}

/** What a step that was made before did: with these values in its slots, these came out, and the thread went on so. */
export interface Move<S> {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly next: Local<S>;
}

/** All local states met, and what may come after them. A class because the tables are hidden. */
export class Locals<S> {
  readonly touches = new Touches();
  readonly #groupOf: (id: ThreadId) => ThreadId;
  readonly #touchesOf: typeof touchesOf;
  readonly #locals: Local<S>[] = [];
  readonly #numbers = new Map<string, Local<S>>();
  /** Counts how often some future grew. */
  #growth = 0;
  #mayReturn = false;

  constructor(groupOf: (id: ThreadId) => ThreadId, touches: typeof touchesOf) {
    this.#groupOf = groupOf;
    this.#touchesOf = touches;
  }

  get growth(): number {
    return this.#growth;
  }

  get size(): number {
    return this.#locals.length;
  }

  /** Whether some thread may come back to a local state. */
  get mayReturn(): boolean {
    return this.#mayReturn;
  }

  /** By number plus one, as slots hold it. */
  at(value: number): Local<S> | null {
    return value === 0 ? null : (this.#locals[value - 1] as Local<S>);
  }

  get(state: LocalState<S>): Local<S> {
    const { thread, at, status, forks, observed, history } = state;
    const key = `${thread.index} ${at.id} ${status} ${forks} ${observed.id} ${history}`;
    let local = this.#numbers.get(key);
    if (local === undefined) {
      local = this.#make(state);
      this.#numbers.set(key, local);
      this.#locals.push(local);
    }
    return local;
  }

  /** Notes that the second may come after the first. */
  link(from: Local<S>, to: Local<S>): void {
    if (to.predecessors.has(from)) return;
    if (to.id <= from.id) this.#mayReturn = true;
    to.predecessors.add(from);
    const changed = [to];
    for (let local = changed.pop(); local !== undefined; local = changed.pop())
      for (const before of local.predecessors) if (this.#extend(before, local.future)) changed.push(before);
  }

  /** Whether the next step of one may conflict with the next step of the other, or with one after it. */
  conflict(a: Local<S>, b: Local<S>): boolean {
    this.#refresh(a);
    return intersects(a.conflicts, b.future);
  }

  /** Whether the next steps of both may race. */
  mayRace(a: Local<S>, b: Local<S>): boolean {
    this.#refresh(a);
    return intersects(a.races, b.touchBits);
  }

  #make(state: LocalState<S>): Local<S> {
    const { at, status, thread } = state;
    const isOver = status === 'ended' || status === 'trapped' || status === 'cut' || status === 'parked';
    const touches = isOver
      ? []
      : this.#touchesOf(at.request, thread.group, this.#groupOf).map((touch) => this.touches.number(touch));
    const touchBits = touches.reduce((bits, touch) => withBit(bits, touch), new Uint32Array(0) as Bits);
    return {
      ...state,
      id: this.#locals.length,
      touches,
      touchBits,
      moves: new Map(),
      slots: null,
      future: touchBits.slice(),
      predecessors: new Set(),
      conflicts: touchBits,
      races: touchBits,
      knownTouches: -1,
    };
  }

  #refresh(local: Local<S>): void {
    if (local.knownTouches === this.touches.count) return;
    local.conflicts = this.touches.conflictsOf(local.touches);
    local.races = this.touches.racesOf(local.touches);
    local.knownTouches = this.touches.count;
  }

  #extend(local: Local<S>, by: Bits): boolean {
    if (by.length > local.future.length) {
      const grown = new Uint32Array(by.length);
      grown.set(local.future);
      local.future = grown;
    }
    let changed = false;
    for (let w = 0; w < by.length; w++) {
      const old = local.future[w] as number;
      const now = (old | (by[w] as number)) >>> 0;
      if (now !== old) {
        local.future[w] = now;
        changed = true;
      }
    }
    if (changed) this.#growth++;
    return changed;
  }
}

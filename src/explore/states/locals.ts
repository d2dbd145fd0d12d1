import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';
import type { Choice, Status } from '../interleave/step.ts';
import { hasEnded } from '../interleave/step.ts';
import type { Continuation } from './continuations.ts';
import type { Kin } from './kin.ts';
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
  /** The group's name in touches: alike threads that have groups of their own are named alike there. */
  readonly fate: ThreadId;
  readonly kin: Kin;
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

/** A local state that was met. */
export interface Local<S> extends LocalState<S> {
  readonly id: number;
  readonly kind: Kind<S>;
  /** How its accesses went: see {@link Move}. */
  readonly moves: Map<number, Move<S>[]>;
  /** The slots that an access reads and writes; null for other requests, and before it is asked. */
  slots: readonly number[] | null;
  /** What the thread may do, whatever the others do; null if that depends on them, undefined before it is asked. */
  steady: readonly Choice[] | null | undefined;
  /** For whose end it waits, as far as was known when the world had learnt so much of alike threads. */
  awaited: { readonly threads: readonly ThreadId[]; readonly learnt: number } | null;
  /** Whether the next step may be one that concerns no other thread. */
  readonly mayBeOwn: boolean;
  /** Whether the thread has nothing more to do: it is over, or spins. */
  readonly isOver: boolean;
}

/** Local states that are the same but for which of alike threads stands in them, with what is known of their future. */
export interface Kind<S> {
  readonly id: number;
  /** By index of the thread. */
  readonly locals: (Local<S> | undefined)[];
  /** What the next step touches. */
  readonly touches: readonly number[];
  readonly touchBits: Bits;
  /** What the next step and all steps after it that were found so far touch, those of threads that are forked included. */
  future: Bits;
  /** Counts how often that grew. */
  grown: number;
  readonly predecessors: Set<Kind<S>>;
  /** What conflicts, and what may race, with the next step, of the first `knownTouches` touches. */
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

/** Requests that may concern no other thread. */
const OWN: ReadonlySet<Request['kind']> = new Set(['join', 'alloc', 'fence', 'host', 'new', 'fork']);

/** All local states met, and what may come after them. A class because the tables are hidden. */
export class Locals<S> {
  readonly touches = new Touches();
  /** The name that a thread's group has in touches. */
  readonly #fateOf: (id: ThreadId) => ThreadId;
  readonly #touchesOf: typeof touchesOf;
  readonly #locals: Local<S>[] = [];
  readonly #kinds = new Map<string, Kind<S>>();
  #links = 0;
  /** Whether some kind was met before one that it may come after: only then there may be a cycle. */
  #leadsBack = false;
  #mayReturn = false;
  /** How many links there were when that was last looked at. */
  #seenLinks = 0;

  constructor(fateOf: (id: ThreadId) => ThreadId, touches: typeof touchesOf) {
    this.#fateOf = fateOf;
    this.#touchesOf = touches;
  }

  get size(): number {
    return this.#locals.length;
  }

  /** Grows with all that is known. */
  get learnt(): number {
    return this.#locals.length + this.#kinds.size + this.#links + this.touches.count;
  }

  /** Whether some thread may come back to a local state. */
  get mayReturn(): boolean {
    if (this.#leadsBack && !this.#mayReturn && this.#seenLinks < this.#links) {
      this.#seenLinks = this.#links;
      this.#mayReturn = this.#hasCycle();
    }
    return this.#mayReturn;
  }

  /** By number plus one, as slots hold it. */
  at(value: number): Local<S> | null {
    return value === 0 ? null : (this.#locals[value - 1] as Local<S>);
  }

  get(state: LocalState<S>): Local<S> {
    const { thread, at, status, forks, observed, history } = state;
    const key = `${thread.kin.id} ${at.id} ${status} ${forks} ${observed.id} ${history}`;
    let kind = this.#kinds.get(key);
    if (kind === undefined) {
      kind = this.#kind(state);
      this.#kinds.set(key, kind);
    }
    return kind.locals[thread.index] ?? this.#make(state, kind);
  }

  /** Where another thread stands that does as the first did. */
  twin({ at, status, forks, observed, history, events, kind }: Local<S>, thread: SearchThread): Local<S> {
    const state = { thread, at, status, forks, observed, history, events };
    return kind.locals[thread.index] ?? this.#make(state, kind);
  }

  /** Notes that the second may come after the first. */
  link({ kind: from }: Local<S>, { kind: to }: Local<S>): void {
    if (to.predecessors.has(from)) return;
    this.#links++;
    if (to.id <= from.id) this.#leadsBack = true;
    to.predecessors.add(from);
    const changed = [to];
    for (let kind = changed.pop(); kind !== undefined; kind = changed.pop())
      for (const before of kind.predecessors) if (this.#extend(before, kind.future)) changed.push(before);
  }

  /** Whether the next step of one may conflict with the next step of the other, or with one after it. */
  conflict(a: Kind<S>, b: Kind<S>): boolean {
    this.#refresh(a);
    return intersects(a.conflicts, b.future);
  }

  /** Whether the next steps of both may race. */
  mayRace(a: Kind<S>, b: Kind<S>): boolean {
    this.#refresh(a);
    return intersects(a.races, b.touchBits);
  }

  /** Whether kinds are left when those are taken away, again and again, that nothing comes after. */
  #hasCycle(): boolean {
    const after = new Int32Array(this.#kinds.size);
    for (const kind of this.#kinds.values()) for (const { id } of kind.predecessors) after[id] = (after[id] ?? 0) + 1;
    const last = [...this.#kinds.values()].filter(({ id }) => after[id] === 0);
    let left = this.#kinds.size;
    for (let kind = last.pop(); kind !== undefined; kind = last.pop()) {
      left--;
      for (const before of kind.predecessors) {
        const more = (after[before.id] as number) - 1;
        after[before.id] = more;
        if (more === 0) last.push(before);
      }
    }
    return left > 0;
  }

  #make(state: LocalState<S>, kind: Kind<S>): Local<S> {
    const { thread, at, status, forks, observed, history, events } = state;
    // Written out, so that all have their fields in one order.
    const local: Local<S> = {
      thread,
      at,
      status,
      forks,
      observed,
      history,
      events,
      id: this.#locals.length,
      kind,
      moves: new Map(),
      slots: null,
      steady: undefined,
      awaited: null,
      mayBeOwn: status === 'running' && !at.isCut && OWN.has(at.request.kind),
      isOver: hasEnded(status) || status === 'parked',
    };
    this.#locals.push(local);
    kind.locals[state.thread.index] = local;
    return local;
  }

  #kind({ at, status, thread }: LocalState<S>): Kind<S> {
    const touches =
      hasEnded(status) || status === 'parked'
        ? []
        : this.#touchesOf(at.request, thread.fate, this.#fateOf).map((touch) => this.touches.number(touch));
    const touchBits = touches.reduce((bits, touch) => withBit(bits, touch), new Uint32Array(0) as Bits);
    return {
      id: this.#kinds.size,
      locals: [],
      touches,
      touchBits,
      future: touchBits.slice(),
      grown: 0,
      predecessors: new Set(),
      conflicts: touchBits,
      races: touchBits,
      knownTouches: -1,
    };
  }

  #refresh(kind: Kind<S>): void {
    if (kind.knownTouches === this.touches.count) return;
    kind.conflicts = this.touches.conflictsOf(kind.touches);
    kind.races = this.touches.racesOf(kind.touches);
    kind.knownTouches = this.touches.count;
  }

  #extend(kind: Kind<S>, by: Bits): boolean {
    if (by.length > kind.future.length) {
      const grown = new Uint32Array(by.length);
      grown.set(kind.future);
      kind.future = grown;
    }
    let changed = false;
    for (let w = 0; w < by.length; w++) {
      const old = kind.future[w] as number;
      const now = (old | (by[w] as number)) >>> 0;
      if (now !== old) {
        kind.future[w] = now;
        changed = true;
      }
    }
    if (changed) kind.grown++;
    return changed;
  }
}

import { known } from '../../base/assert.ts';
import { isWriting } from '../../event/action.ts';
import type { LocatedRequest } from '../../event/answer.ts';
import type { Event } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Graph, Placed, Promised } from './graph.ts';
import type { ShapeId, ShapeTable } from './shapes.ts';
import { synchronisingReads } from './supply.ts';
import type { ThreadState } from './thread-state.ts';
import { isLive } from './thread-state.ts';

/** A promise that a write which was just placed can keep. */
interface Keep {
  readonly promise: Promised;
  readonly write: Placed;
}

/** A write that was just placed and synchronises with a deferred read. */
export interface Offer {
  readonly thread: ThreadId;
  readonly write: Placed;
}

/**
 * What reads still wait for. After each event, the promises that it can keep and the deferred reads that it can supply are decided one by
 * one, before any thread goes on. A class because the two queues are hidden; they are undone with the graph.
 */
export class Commitments<S> {
  readonly #graph: Graph;
  readonly #threads: ReadonlyMap<ThreadId, ThreadState<S>>;
  readonly #shapes: ShapeTable;
  readonly #canReach: (thread: ThreadState<S>, shape: ShapeId) => boolean;
  #keeps: readonly Keep[] = [];
  #offers: readonly Offer[] = [];

  constructor(
    graph: Graph,
    threads: ReadonlyMap<ThreadId, ThreadState<S>>,
    shapes: ShapeTable,
    canReach: (thread: ThreadState<S>, shape: ShapeId) => boolean,
  ) {
    this.#graph = graph;
    this.#threads = threads;
    this.#shapes = shapes;
    this.#canReach = canReach;
  }

  /** Whether a promise is to be decided next: by {@link keep} or {@link leave}. */
  get hasKeep(): boolean {
    return this.#keeps.length > 0;
  }

  /** The offer to be decided next; null if there is none. */
  get offer(): Offer | null {
    return this.#offers[0] ?? null;
  }

  /** Notes what the event of the thread, which still stands before it, can keep and supply. */
  note(thread: ThreadState<S>, event: Event): void {
    const keeps: Keep[] = [];
    const offers: Offer[] = [];
    const { promises } = this.#graph;
    for (const action of event.actions) {
      if (!isWriting(action)) continue;
      const write: Placed = { event: event.id, action };
      const shape = promises.length === 0 ? undefined : this.#shapes.find(thread.id, action, thread.progress);
      for (const promise of promises) {
        if (promise.shape === shape && promise.read.event !== event.id) keeps.push({ promise, write });
      }
      for (const other of this.#threads.values()) {
        if (other.status !== 'deferred') continue;
        const reads = synchronisingReads(other.node.request as LocatedRequest);
        if (reads.some((read) => this.#graph.synchronises(action, read))) offers.push({ thread: other.id, write });
      }
    }
    if (keeps.length > 0) this.#setKeeps(keeps);
    if (offers.length > 0) this.#setOffers([...this.#offers, ...offers]);
  }

  /** The first promise is kept; false if no model allows it. */
  keep(): boolean {
    const { promise, write } = known(this.#keeps[0], 'promise to keep');
    this.#setKeeps(this.#keeps.slice(1));
    return this.#graph.keep(promise, write);
  }

  /** The first promise is left to a later write; false if there can be none. */
  leave(): boolean {
    const { promise } = known(this.#keeps[0], 'promise to leave');
    this.#setKeeps(this.#keeps.slice(1));
    const writer = known(this.#threads.get(this.#shapes.get(promise.shape).thread), 'writer');
    return isLive(writer) && this.#canReach(writer, promise.shape);
  }

  /** The first offer is taken: its thread goes on, so it needs no other. */
  takeOffer(): void {
    const [first] = this.#offers;
    this.#setOffers(this.#offers.filter(({ thread }) => thread !== first?.thread));
  }

  /** The first offer is refused; whether the same thread has another. */
  refuseOffer(): boolean {
    const [first, ...rest] = this.#offers;
    this.#setOffers(rest);
    return rest.some(({ thread }) => thread === first?.thread);
  }

  /** Whether a thread that has just moved can still keep what was promised of it. */
  hold(id: ThreadId): boolean {
    const thread = known(this.#threads.get(id), 'thread');
    return this.#graph.promises.every((promise) => {
      if (this.#shapes.get(promise.shape).thread !== id) return true;
      if (this.#keeps.some((keep) => keep.promise === promise)) return true;
      return isLive(thread) && this.#canReach(thread, promise.shape);
    });
  }

  #setKeeps(next: readonly Keep[]): void {
    const old = this.#keeps;
    this.#keeps = next;
    this.#graph.onUndo(() => {
      this.#keeps = old;
    });
  }

  #setOffers(next: readonly Offer[]): void {
    const old = this.#offers;
    this.#offers = next;
    this.#graph.onUndo(() => {
      this.#offers = old;
    });
  }
}

import type { Brand } from '../base/brand.ts';
import type { Action, Order } from './action.ts';
import type { ThreadId } from './location.ts';
import type { Site } from './request.ts';

/** A dense index into {@link Execution.events}. */
export type EventId = Brand<number, 'EventId'>;

/** What kind of step made an event; for people and pictures, axioms look at actions only. */
export type EventKind =
  | 'alloc'
  | 'access'
  | 'grow'
  | 'wait'
  | 'wake'
  | 'timeout'
  | 'spurious'
  | 'notify'
  | 'fence'
  | 'fork'
  | 'join'
  | 'host'
  | 'trap';

/**
 * An event: a set of actions that happen at one instant [OOPSLA19 Fig. 3]. Actions of one event that write (or that read) never overlap; a fresh
 * structure or array has one for each location.
 */
export interface Event {
  readonly id: EventId;
  readonly thread: ThreadId;
  /** Position in its thread's program order, from 0. */
  readonly index: number;
  readonly kind: EventKind;
  readonly actions: readonly Action[];
  /** A fence's order; null otherwise. */
  readonly fence: Order | null;
  readonly site: Site;
}

export interface ThreadInfo {
  readonly id: ThreadId;
  /** `main`, `T1`, `T1/T11`, `#0`; a thread of Wasm's `fork` is its parent's name and `+k`. */
  readonly name: string;
  readonly parent: ThreadId | null;
}

/** An edge between events. */
export type Edge = readonly [EventId, EventId];

/**
 * A candidate execution. `po` is given by thread and index: events of one thread are in ascending order of `index`.
 */
export interface Execution {
  readonly events: readonly Event[];
  readonly threads: readonly ThreadInfo[];
  /**
   * Reads-from, unit by unit: `rf[e][a][k]` is the event that wrote the k-th unit that action `a` of event `e` read. Null
   * where an action does not read (or, in the outer array, where no action of the event does).
   */
  readonly rf: readonly (readonly (readonly EventId[] | null)[] | null)[];
  /** Additional synchronisation: fork → child's first, a thread's last → join, notify → woken, queue order. */
  readonly asw: readonly Edge[];
}

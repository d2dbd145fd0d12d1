import type { Range } from './location.ts';
import type { Units } from './units.ts';

/** `init`: instantiation and allocation. */
export type Order = 'init' | 'unord' | 'acqrel' | 'seqcst';

/** What every access to a location has. `tearFree` as in OOPSLA19 Fig. 15: atomic, or aligned and of at most four bytes. */
export interface Access extends Range {
  readonly order: Order;
  readonly tearFree: boolean;
}

/**
 * An action: what an event does to one region [OOPSLA19 Fig. 3; THREADS relaxed.rst for the suspensions]. Values are
 * concrete. A failing compare-exchange is an `rd` (or an `rmw` that writes what it read, by the switch `cmpxchg-failure`).
 */
export type Action = ReadAction | WriteAction | RmwAction | QueueAction;

export interface ReadAction extends Access {
  readonly kind: 'rd';
  readonly read: Units;
}

export interface WriteAction extends Access {
  readonly kind: 'wr';
  readonly written: Units;
}

export interface RmwAction extends Access {
  readonly kind: 'rmw';
  readonly read: Units;
  readonly written: Units;
}

/**
 * An operation on the wait queue of the location (region, offset); it neither reads nor writes data. `timeout` and `spurious` are the
 * waiter's own: it leaves the queue without having been notified.
 */
export interface QueueAction {
  readonly kind: 'enqueue' | 'woken' | 'timeout' | 'spurious' | 'notify';
  readonly region: Range['region'];
  readonly offset: number;
  /** notify: how many it may wake, and how many it woke; 0 otherwise. */
  readonly count: number;
  readonly woke: number;
}

export type ReadingAction = ReadAction | RmwAction;
export type WritingAction = WriteAction | RmwAction;

export function isReading(action: Action): action is ReadingAction {
  return action.kind === 'rd' || action.kind === 'rmw';
}

export function isWriting(action: Action): action is WritingAction {
  return action.kind === 'wr' || action.kind === 'rmw';
}

export function isAccess(action: Action): action is ReadAction | WriteAction | RmwAction {
  return action.kind === 'rd' || action.kind === 'wr' || action.kind === 'rmw';
}

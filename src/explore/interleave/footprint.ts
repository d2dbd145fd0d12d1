import type { Action } from '../../event/action.ts';
import { isAccess, isWriting } from '../../event/action.ts';
import type { Region, ThreadId } from '../../event/location.ts';
import type { QueueKey } from '../world-store.ts';

/** A range that a step touches; `end` is exclusive and may be infinite. */
export interface Touch {
  readonly region: Region;
  readonly start: number;
  readonly end: number;
  readonly writes: boolean;
}

/** A trap that ends the threads of a group. */
export interface Crash {
  readonly group: ThreadId;
  /** The threads that it ended, itself included. */
  readonly ended: readonly ThreadId[];
  /** Threads for whose end some ended thread was waiting. */
  readonly awaited: readonly ThreadId[];
}

/**
 * What a step of the world depends on: two steps that are not {@link dependent} commute, so orders of them need not
 * both be explored.
 */
export interface Footprint {
  readonly thread: ThreadId;
  /** The groups in which it makes events: its own thread's, and those of threads that it wakes. */
  readonly groups: readonly ThreadId[];
  readonly touches: readonly Touch[];
  readonly queues: readonly QueueKey[];
  readonly forks: ThreadId | null;
  readonly joins: ThreadId | null;
  readonly wakes: readonly ThreadId[];
  /** The threads whose last step this is. */
  readonly ends: readonly ThreadId[];
  readonly crash: Crash | null;
}

const NONE: readonly never[] = [];

/** A footprint that touches nothing but its thread. */
export function ownFootprint(thread: ThreadId, group: ThreadId): Footprint {
  return {
    thread,
    groups: [group],
    touches: NONE,
    queues: NONE,
    forks: null,
    joins: null,
    wakes: NONE,
    ends: NONE,
    crash: null,
  };
}

/** What performed actions touch. Allocation touches nothing: nobody else can have the object yet. */
export function touchesOf(actions: readonly Action[]): Touch[] {
  const touches: Touch[] = [];
  for (const action of actions) {
    if (!isAccess(action) || action.order === 'init') continue;
    touches.push({
      region: action.region,
      start: action.offset,
      end: action.offset + action.size,
      writes: isWriting(action),
    });
  }
  return touches;
}

/** Whether the order of two steps, one after the other, may matter. */
export function dependent(a: Footprint, b: Footprint): boolean {
  return (
    a.thread === b.thread ||
    conflict(a.touches, b.touches) ||
    (a.queues.length > 0 && b.queues.length > 0 && a.queues.some((key) => b.queues.includes(key))) ||
    enables(a, b) ||
    enables(b, a) ||
    (a.crash !== null && crashes(a.crash, b)) ||
    (b.crash !== null && crashes(b.crash, a))
  );
}

function conflict(a: readonly Touch[], b: readonly Touch[]): boolean {
  for (const x of a) {
    for (const y of b) {
      if ((x.writes || y.writes) && x.region === y.region && x.start < y.end && y.start < x.end) return true;
    }
  }
  return false;
}

function enables(a: Footprint, b: Footprint): boolean {
  return a.forks === b.thread || b.joins === a.thread || (a.wakes.length > 0 && a.wakes.includes(b.thread));
}

function crashes(crash: Crash, step: Footprint): boolean {
  if (step.groups.includes(crash.group)) return true;
  return (
    (step.joins !== null && crash.ended.includes(step.joins)) || step.ends.some((id) => crash.awaited.includes(id))
  );
}

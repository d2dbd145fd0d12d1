import type { QueueAction } from '../../event/action.ts';
import type { Edge, Event, EventId } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { known } from '../../base/assert.ts';

/**
 * Wait queues [THREADS relaxed.rst, suspensions]: the operations on one location's queue are totally ordered by
 * happens-before, first in, first out. Which order is existential; it is enumerated here.
 */

interface Operation {
  readonly event: EventId;
  /** `trap`: whoever of a group waits is taken out. */
  readonly action: Pick<QueueAction, 'count' | 'woke'> & { readonly kind: QueueAction['kind'] | 'trap' };
}

const TRAP = { kind: 'trap', count: 0, woke: 0 } as const;

interface WaitingThread {
  /** The event that entered the queue. */
  readonly enqueue: EventId;
  /** The event after it in its thread, if the thread went on. */
  readonly resumed: Operation | null;
}

/** The edges of one order of all queues: each operation before the next, each notify before those whom it wakes. */
export type QueueOrder = readonly Edge[];

/**
 * All orders of the queue operations that explain what waits and notifies answered; one (empty) if there are none. `groupOf`: the threads that a
 * trap ends with its own.
 */
export function queueOrders(
  events: readonly Event[],
  hbBefore: (a: EventId, b: EventId) => boolean,
  groupOf: (thread: ThreadId) => ThreadId,
): QueueOrder[] {
  const byLocation = new Map<string, Operation[]>();
  for (const event of events) {
    for (const action of event.actions) {
      if (action.kind === 'rd' || action.kind === 'wr' || action.kind === 'rmw') continue;
      const key = `${action.region}+${action.offset}`;
      const list = byLocation.get(key) ?? [];
      list.push({ event: event.id, action });
      byLocation.set(key, list);
    }
  }
  let orders: QueueOrder[] = [[]];
  for (const operations of byLocation.values()) {
    const here = ordersOfLocation(operations, events, hbBefore, groupOf);
    orders = orders.flatMap((order) => here.map((more) => [...order, ...more]));
  }
  return orders;
}

function ordersOfLocation(
  operations: readonly Operation[],
  events: readonly Event[],
  hbBefore: (a: EventId, b: EventId) => boolean,
  groupOf: (thread: ThreadId) => ThreadId,
): QueueOrder[] {
  const groupAt = (event: EventId): ThreadId => groupOf(known(events[event], 'event').thread);
  const resumptions = operations.filter((op) => op.action.kind !== 'enqueue' && op.action.kind !== 'notify');
  const waiting = new Map<EventId, WaitingThread>();
  for (const op of operations) {
    if (op.action.kind === 'enqueue')
      waiting.set(op.event, { enqueue: op.event, resumed: resumption(op, resumptions, events) });
  }
  /** A wake is not placed by itself: it follows the notify that causes it. */
  const placed = operations.filter((op) => op.action.kind !== 'woken');
  const left = new Set([...waiting.values()].flatMap((w) => (w.resumed === null ? [groupAt(w.enqueue)] : [])));
  for (const { id, kind } of events)
    if (kind === 'trap' && left.has(groupAt(id))) placed.push({ event: id, action: TRAP });
  const orders: QueueOrder[] = [];

  const extend = (
    rest: readonly Operation[],
    queue: readonly EventId[],
    last: EventId | null,
    edges: readonly Edge[],
  ): void => {
    if (rest.length === 0) {
      if (queue.every((e) => waiting.get(e)?.resumed === null)) orders.push(edges);
      return;
    }
    for (const op of rest) {
      if (rest.some((other) => other !== op && hbBefore(other.event, op.event))) continue;
      const after = perform(op, queue, waiting, groupAt);
      if (after === null) continue;
      const sequence: Edge[] = last === null ? [] : [[last, op.event]];
      const wakes = after.woken.map((event): Edge => [op.event, event]);
      extend(
        rest.filter((other) => other !== op),
        after.queue,
        op.event,
        [...edges, ...sequence, ...wakes],
      );
    }
  };
  extend(placed, [], null, []);
  return orders;
}

/** The next operation on the queue by the thread that waits at `op`. */
function resumption(op: Operation, resumptions: readonly Operation[], events: readonly Event[]): Operation | null {
  const enqueue = events[op.event];
  return (
    resumptions.find((r) => {
      const event = events[r.event];
      return event?.thread === enqueue?.thread && event?.index === (enqueue?.index ?? 0) + 1;
    }) ?? null
  );
}

/** The queue after an operation and the wake events that it causes; null if the operation did not answer that. */
function perform(
  op: Operation,
  queue: readonly EventId[],
  waiting: ReadonlyMap<EventId, WaitingThread>,
  groupAt: (event: EventId) => ThreadId,
): { readonly queue: readonly EventId[]; readonly woken: readonly EventId[] } | null {
  switch (op.action.kind) {
    case 'enqueue':
      return { queue: [...queue, op.event], woken: [] };
    case 'timeout':
    case 'spurious': {
      const entry = queue.find((e) => waiting.get(e)?.resumed?.event === op.event);
      return entry === undefined ? null : { queue: queue.filter((e) => e !== entry), woken: [] };
    }
    case 'notify': {
      const { count, woke } = op.action;
      if (woke !== Math.min(count, queue.length)) return null;
      const head = queue.slice(0, woke).map((e) => waiting.get(e)?.resumed);
      if (head.some((r) => r?.action.kind !== 'woken')) return null;
      return { queue: queue.slice(woke), woken: head.map((r) => (r as Operation).event) };
    }
    case 'trap': {
      const group = groupAt(op.event);
      return { queue: queue.filter((e) => groupAt(e) !== group), woken: [] };
    }
    case 'woken':
      return null;
  }
}

import type { EventId, Execution } from '../../event/execution.ts';
import type { Action, ReadAction } from '../../event/action.ts';
import { isReading } from '../../event/action.ts';
import { unitsKey } from '../../event/units.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Graph } from './graph.ts';
import type { QueueOrder } from './queues.ts';
import { queueOrders } from './queues.ts';
import { known } from '../../base/assert.ts';

/** The executions of a finished graph: one for each order of the wait queues. */
export function executionsOf(graph: Graph, names: ThreadNames): Execution[] {
  const x = executionSoFar(graph, names);
  return ordersOf(graph, names).map((order) => withOrder(x, order));
}

/** The orders of the wait queues of a finished graph. */
export function ordersOf(graph: Graph, names: ThreadNames): QueueOrder[] {
  return queueOrders(
    graph.events,
    (a, b) => graph.hb.before(a, b),
    (thread) => names.group(thread),
  );
}

export function withOrder(x: Execution, order: QueueOrder): Execution {
  return order.length === 0 ? x : { ...x, asw: [...x.asw, ...order] };
}

/**
 * The execution so far. Reads that take from promised writes are left out: if what remains is inconsistent, so is
 * everything that it can become, since axioms forbid patterns and reads only add to them.
 */
export function executionSoFar(graph: Graph, names: ThreadNames): Execution {
  const events = graph.events.slice();
  const rf: ((readonly EventId[] | null)[] | null)[] = events.map(() => null);
  for (const read of graph.reads) {
    const event = known(events[read.event], 'event');
    const writers = read.from.map((w) => w?.event ?? null);
    if (writers.some((w) => w === null)) {
      events[read.event] = {
        ...event,
        actions: event.actions.map((action, i) => (i === read.action ? withoutRead(action) : action)),
      };
      continue;
    }
    const row = rf[read.event] ?? event.actions.map(() => null);
    row[read.action] = writers as EventId[];
    rf[read.event] = row;
  }
  return { events, threads: names.all(), rf, asw: graph.asw.slice() };
}

/** What is left of a reading action whose read is left out: its write, or a read of nothing. */
function withoutRead(action: Action): Action {
  if (action.kind === 'rmw') {
    const { region, offset, size, order, tearFree, written } = action;
    return { kind: 'wr', region, offset, size, order, tearFree, written };
  }
  return {
    kind: 'notify',
    region: (action as ReadAction).region,
    offset: (action as ReadAction).offset,
    count: 0,
    woke: 0,
  };
}

/** A key that is equal for equal executions only: every thread's actions with their values, and what they read from. */
export function executionKey({ events, rf, asw }: Execution): string {
  const label = events.map(({ thread, index }) => `${thread}.${index}`);
  const order = [...events].sort((a, b) => a.thread - b.thread || a.index - b.index);
  let key = '';
  for (const { id, actions } of order) {
    key += `${label[id]}=`;
    const row = rf[id];
    for (let a = 0; a < actions.length; a++) {
      key += actionKey(actions[a] as Action);
      let before: EventId | null = null;
      // Units of one writer after the other are told by how many they are.
      let count = 0;
      for (const writer of row?.[a] ?? []) {
        if (writer !== before) key += `${count}<${label[writer]}`;
        before = writer;
        count++;
      }
      key += ';';
    }
    key += '|';
  }
  if (asw.length === 0) return key;
  const edges = asw.map(([a, b]) => `${label[a]}>${label[b]}`).sort();
  return `${key}#${edges.join()}`;
}

/** What was read, also where writers and readers form a cycle, which their values decide; what was chosen where nothing is read. */
function actionKey(action: Action): string {
  if (isReading(action)) return `${action.kind} ${unitsKey(action.read)}`;
  return action.kind === 'notify' ? `notify ${action.woke}` : action.kind;
}

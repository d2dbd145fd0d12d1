import type { EventId, Execution } from '../../event/execution.ts';
import { isReading } from '../../event/action.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Graph } from './graph.ts';
import { queueOrders } from './queues.ts';
import { known } from '../../base/assert.ts';

/** The executions of a finished graph: one for each order of the wait queues. */
export function executionsOf(graph: Graph, names: ThreadNames): Execution[] {
  const events = graph.events.slice();
  const rf: (readonly (readonly EventId[] | null)[] | null)[] = events.map(() => null);
  for (const read of graph.reads) {
    const actions = known(events[read.event], 'event').actions;
    const row = (rf[read.event] ?? actions.map(() => null)) as (readonly EventId[] | null)[];
    if (isReading(known(actions[read.action], 'action'))) row[read.action] = read.from.map((w) => known(w, 'writer').event);
    rf[read.event] = row;
  }
  const orders = queueOrders(events, (a, b) => graph.hb.before(a, b));
  return orders.map((order) => ({ events, threads: names.all(), rf, asw: [...graph.asw, ...order] }));
}

/** A key that is equal for equal executions only: every thread's actions with their values, and what they read from. */
export function executionKey(x: Execution): string {
  const label = x.events.map((e) => `${e.thread}.${e.index}`);
  const events = x.events.map((event) => {
    const rows = x.rf[event.id]?.map((row) => row?.map((w) => label[w]).join(',') ?? '').join(';') ?? '';
    return `${label[event.id]}=${rows}`;
  });
  return `${events.sort().join('|')}#${x.asw.map(([a, b]) => `${label[a]}>${label[b]}`).sort().join()}`;
}

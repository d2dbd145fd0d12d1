import type { Action } from '../../event/action.ts';
import { isAccess, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { overlaps } from '../../event/location.ts';
import type { Region, ThreadId } from '../../event/location.ts';
import type { Chains } from './turns.ts';

/** The events of an execution by thread, in order of number, and what must come before what; `rest` comes before all of them and belongs to no thread that runs. */
export interface ThreadChains extends Chains {
  readonly threads: readonly ThreadId[];
  readonly rest: readonly EventId[];
}

/**
 * What any interleaving must keep that is to be the same execution. `order`: an interleaving, of which the order of events that conflict is
 * kept; without it what forks, joins, wakes and queues order, and, where that is no cycle, that reads come after the writes that they read from.
 */
export function chainsOf(x: Execution, order: readonly EventId[] | null): ThreadChains {
  const { threads, byThread } = threadsOf(x);
  const size = threads.length;
  const chainOf = new Map(threads.map((thread, c) => [thread, c]));
  const rest = x.events.flatMap(({ id, thread }) => (chainOf.has(thread) ? [] : [id]));
  const needs = new Int32Array(x.events.length * size);
  const result = { threads, rest, chains: byThread, needs };
  for (const [a, b] of x.asw) need(x.events[a] as Event, x.events[b] as Event);
  if (order === null) {
    const without = needs.slice();
    for (const event of x.events)
      for (const row of x.rf[event.id] ?? []) for (const writer of new Set(row)) need(x.events[writer] as Event, event);
    return isAcyclic(result) ? result : { ...result, needs: without };
  }
  const written = writtenRegions(x);
  const before = new Map<Region, Done[]>();
  for (const id of order) {
    const event = x.events[id] as Event;
    if (!chainOf.has(event.thread)) continue;
    for (const action of event.actions) {
      if (!written.has(action.region)) continue;
      let done = before.get(action.region);
      if (done === undefined) before.set(action.region, (done = []));
      for (let k = done.length - 1; k >= 0; k--) {
        const other = done[k] as Done;
        if (!actionsConflict(other.action, action)) continue;
        need(other.event, event);
        // What comes before that comes before this by it.
        if (hides(other.action, action)) break;
      }
      done.push({ event, action });
    }
  }
  return result;

  function need(a: Event, b: Event): void {
    const c = chainOf.get(a.thread);
    if (c === undefined || a.thread === b.thread) return;
    const at = b.id * size + c;
    if ((needs[at] as number) <= a.index) needs[at] = a.index + 1;
  }
}

/** The threads that do more than make objects, and the events of each, in order. */
function threadsOf({ events }: Execution): { readonly threads: ThreadId[]; readonly byThread: readonly EventId[][] } {
  const lists = new Map<ThreadId, Event[]>();
  for (const event of events) {
    if (event.kind === 'alloc') continue;
    const list = lists.get(event.thread);
    if (list === undefined) lists.set(event.thread, [event]);
    else list.push(event);
  }
  for (const event of events) if (event.kind === 'alloc') lists.get(event.thread)?.push(event);
  const threads = [...lists.keys()].sort((a, b) => a - b);
  const byThread = threads.map((thread) => {
    const list = lists.get(thread) ?? [];
    return list.sort((a, b) => a.index - b.index).map(({ id }) => id);
  });
  return { threads, byThread };
}

/** Regions of which the order of accesses can be seen: those that running code writes, and queues. */
function writtenRegions({ events }: Execution): ReadonlySet<Region> {
  const written = new Set<Region>();
  for (const { kind, actions } of events) {
    if (kind === 'alloc') continue;
    for (const action of actions) if (!isAccess(action) || isWriting(action)) written.add(action.region);
  }
  return written;
}

/** What was done in a region. */
interface Done {
  readonly event: Event;
  readonly action: Action;
}

/** Whether the order of the two can be seen: of a location or of a queue. */
function actionsConflict(a: Action, b: Action): boolean {
  if (a.region !== b.region) return false;
  if (isAccess(a) && isAccess(b)) return (isWriting(a) || isWriting(b)) && overlaps(a, b);
  return !isAccess(a) && !isAccess(b) && a.offset === b.offset;
}

/** Of two that conflict: whether all that conflicts with the later one, and comes before, conflicts with the earlier one too. */
function hides(earlier: Action, later: Action): boolean {
  if (!isAccess(earlier) || !isAccess(later)) return true;
  return (
    isWriting(earlier) && earlier.offset <= later.offset && later.offset + later.size <= earlier.offset + earlier.size
  );
}

/** Whether all events can be done. */
function isAcyclic({ chains, needs }: Chains): boolean {
  const done = new Int32Array(chains.length);
  for (let moved = true; moved; ) {
    moved = false;
    for (const [c, chain] of chains.entries()) {
      for (let k = done[c] as number; k < chain.length; k++) {
        const event = chain[k] as number;
        if (done.some((n, other) => n < (needs[event * chains.length + other] as number))) break;
        done[c] = k + 1;
        moved = true;
      }
    }
  }
  return chains.every((chain, c) => done[c] === chain.length);
}

/** The events in the order in which the threads take these turns, each going on as far as it can. */
export function orderOf({ chains, needs, rest }: ThreadChains, turns: readonly number[]): EventId[] {
  const order = [...rest];
  const done = new Int32Array(chains.length);
  for (const c of turns) {
    const chain = chains[c] ?? [];
    for (let k = done[c] as number; k < chain.length; k++) {
      const event = chain[k] as EventId;
      if (done.some((n, other) => n < (needs[event * chains.length + other] as number))) break;
      done[c] = k + 1;
      order.push(event);
    }
  }
  return order;
}

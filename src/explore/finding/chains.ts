import type { Action } from '../../event/action.ts';
import { isAccess, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { overlaps } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
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
  const threads = [...new Set(x.events.flatMap(({ kind, thread }) => (kind === 'alloc' ? [] : [thread])))];
  threads.sort((a, b) => a - b);
  const rest = x.events.flatMap(({ id, thread }) => (threads.includes(thread) ? [] : [id]));
  const chains = threads.map((t) => x.events.filter(({ thread }) => thread === t).sort((a, b) => a.index - b.index));
  const size = threads.length;
  const chainOf = new Map(threads.map((thread, c) => [thread, c]));
  const needs = new Int32Array(x.events.length * size);
  const result = { threads, rest, chains: chains.map((chain) => chain.map(({ id }) => id)), needs };
  for (const [a, b] of x.asw) need(x.events[a] as Event, x.events[b] as Event);
  if (order === null) {
    const without = needs.slice();
    for (const event of x.events)
      for (const row of x.rf[event.id] ?? []) for (const writer of new Set(row)) need(x.events[writer] as Event, event);
    return isAcyclic(result) ? result : { ...result, needs: without };
  }
  for (let j = 1; j < order.length; j++) {
    const b = x.events[order[j] as EventId] as Event;
    for (let i = j - 1; i >= 0; i--) {
      const a = x.events[order[i] as EventId] as Event;
      if (a.thread !== b.thread && conflict(a, b)) need(a, b);
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

/** Whether the order of the two can be seen: of a location or of a queue. */
function conflict(a: Event, b: Event): boolean {
  for (const x of a.actions) for (const y of b.actions) if (actionsConflict(x, y)) return true;
  return false;
}

function actionsConflict(a: Action, b: Action): boolean {
  if (a.region !== b.region) return false;
  if (isAccess(a) && isAccess(b)) return (isWriting(a) || isWriting(b)) && overlaps(a, b);
  return !isAccess(a) && !isAccess(b) && a.offset === b.offset;
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

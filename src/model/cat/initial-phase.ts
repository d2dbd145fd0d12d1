import type { Action, ReadingAction, WritingAction } from '../../event/action.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { covers, MAIN } from '../../event/location.ts';
import type { Region } from '../../event/location.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';

/**
 * What happens before any other thread runs: allocation, and what the main thread does until it starts others. It leaves the initial values
 * to which machines and languages without allocation are used.
 */
export interface InitialPhase {
  readonly members: ReadonlySet<EventId>;
  /** Its writes by region, each thread's in order. */
  readonly writes: ReadonlyMap<Region, readonly InitialWrite[]>;
}

interface InitialWrite {
  readonly event: EventId;
  readonly action: WritingAction;
}

/** The initial phase of an execution; `order` is po with asw, closed. */
export function initialPhase({ events }: Execution, order: BitMatrix): InitialPhase {
  const members = new Set<EventId>(events.filter(isAllocation).map((e) => e.id));
  const firsts = new Map<number, EventId>();
  for (const e of events) {
    if (e.thread !== MAIN && !members.has(e.id) && !firsts.has(e.thread)) firsts.set(e.thread, e.id);
  }
  for (const e of events) {
    if (e.thread !== MAIN || members.has(e.id)) continue;
    if (![...firsts.values()].every((first) => order.has(e.id, first))) break;
    members.add(e.id);
  }
  const writes = new Map<Region, InitialWrite[]>();
  for (const event of events) {
    if (!members.has(event.id)) continue;
    for (const action of event.actions) {
      if (!isWriting(action)) continue;
      const before = writes.get(action.region);
      if (before === undefined) writes.set(action.region, [{ event: event.id, action }]);
      else before.push({ event: event.id, action });
    }
  }
  return { members, writes };
}

function isAllocation({ actions }: Event): boolean {
  return actions.length > 0 && actions.every((a: Action) => isAccess(a) && a.order === 'init');
}

/** The event whose write is a unit's initial value: of those before `limit`, the last. */
export function initialWriter(
  { writes }: InitialPhase,
  region: Region,
  unit: number,
  limit: number = Number.POSITIVE_INFINITY,
): EventId | null {
  let last: EventId | null = null;
  for (const { event, action } of writes.get(region) ?? []) {
    if (event < limit && covers(action, unit)) last = event;
  }
  return last;
}

/** An initial value that a read takes although another has replaced it before any thread ran: its writer and the reader. Null if there is none. */
export function staleRead({ events, rf }: Execution, phase: InitialPhase): readonly EventId[] | null {
  for (const event of events) {
    const inside = phase.members.has(event.id);
    for (const [a, action] of event.actions.entries()) {
      if (!isReading(action)) continue;
      const from = rf[event.id]?.[a] ?? [];
      const stale = from.find((writer, i) => !mayRead(phase, action, i, writer, inside ? event.id : null));
      if (stale !== undefined) return [stale, event.id];
    }
  }
  return null;
}

function mayRead(
  phase: InitialPhase,
  action: ReadingAction,
  i: number,
  writer: EventId,
  inside: EventId | null,
): boolean {
  if (inside === null && !phase.members.has(writer)) return true;
  const limit = inside ?? undefined;
  return writer === initialWriter(phase, action.region, action.offset + i, limit);
}

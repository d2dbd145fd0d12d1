import { isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { overlaps } from '../../event/location.ts';

/** Two threads that see two writes of others in opposite orders. */
export interface Disagreement {
  readonly first: EventId;
  readonly second: EventId;
  /** The thread that sees `first` before `second`, and the reads that say so. */
  readonly one: View;
  /** The thread that sees `second` before `first`. */
  readonly other: View;
}

export interface View {
  readonly thread: ThreadId;
  /** Reads the one write, and later in program order not yet, or at last, the other. */
  readonly reads: readonly [EventId, EventId];
}

interface Sight extends View {
  readonly before: EventId;
  readonly after: EventId;
}

/** Two threads that disagree about the order of two writes, neither of which is theirs; null if all agree. */
export function disagreementIn(execution: Execution): Disagreement | null {
  const sights = sightsOf(execution);
  for (const one of sights) {
    const other = sights.find((s) => s.thread !== one.thread && s.before === one.after && s.after === one.before);
    if (other !== undefined) return { first: one.before, second: one.after, one, other };
  }
  return null;
}

function sightsOf(execution: Execution): Sight[] {
  const { events } = execution;
  const writes = events.filter((e) => e.kind !== 'alloc' && e.actions.some(isWriting));
  const sights: Sight[] = [];
  for (const early of events) {
    for (const before of writersOf(execution, early)) {
      const first = events[before] as Event;
      if (first.kind === 'alloc' || first.thread === early.thread) continue;
      for (const late of events) {
        if (late.thread !== early.thread || late.index <= early.index) continue;
        for (const after of writes) {
          if (after.id === before || after.thread === early.thread || !readsPlaceOf(late, after)) continue;
          if (seesLast(execution, late, first, after) || missesYet(execution, late, after))
            sights.push({ thread: early.thread, reads: [early.id, late.id], before, after: after.id });
        }
      }
    }
  }
  return sights;
}

function writersOf({ rf }: Execution, { id }: Event): readonly EventId[] {
  return [...new Set((rf[id] ?? []).flatMap((row) => row ?? []))];
}

/** Reads the other write of the same place in the end. */
function seesLast(execution: Execution, late: Event, first: Event, after: Event): boolean {
  return writersOf(execution, late).includes(after.id) && writesPlaceOf(first, after);
}

/** Reads the place of the other write as it was at the beginning. */
function missesYet({ events, rf }: Execution, late: Event, after: Event): boolean {
  return late.actions.some(
    (read, a) =>
      isReading(read) &&
      after.actions.some((write) => isWriting(write) && overlaps(read, write)) &&
      (rf[late.id]?.[a] ?? []).every((writer) => events[writer]?.kind === 'alloc'),
  );
}

function readsPlaceOf(reader: Event, writer: Event): boolean {
  return reader.actions.some((r) => isReading(r) && writer.actions.some((w) => isWriting(w) && overlaps(r, w)));
}

function writesPlaceOf(a: Event, b: Event): boolean {
  return a.actions.some((x) => isWriting(x) && b.actions.some((y) => isWriting(y) && overlaps(x, y)));
}

import type { Action, ReadingAction } from '../../event/action.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import { covers } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { unitAt } from '../../event/units.ts';

/** A read that took its units from writes which no order of whole writes explains. */
export interface TornRead {
  readonly event: EventId;
  readonly action: number;
  /** The events that it read from, in the order of their first units. */
  readonly writers: readonly EventId[];
}

/**
 * The torn reads of an execution. Where a unit comes from one write that another one overwrote, or would have been overwritten by, the one
 * must come before the other; a cycle of that means that the location never held what was read. Two narrow writes of two halves make no
 * cycle. A value that a single write gives is not torn, whoever supplied its units.
 */
export function tornReads(x: Execution): readonly TornRead[] {
  let torn: TornRead[] | null = null;
  for (const event of x.events) {
    const rows = x.rf[event.id];
    if (rows === null || rows === undefined) continue;
    for (let a = 0; a < rows.length; a++) {
      const row = rows[a];
      const action = event.actions[a] as Action;
      if (row === null || row === undefined || isUniform(row) || !isReading(action)) continue;
      const writers = [...new Set(row)];
      if (!isCyclic(x, action, row, writers) || isWhole(x, action)) continue;
      torn ??= [];
      torn.push({ event: event.id, action: a, writers });
    }
  }
  return torn ?? [];
}

function isUniform(row: readonly EventId[]): boolean {
  const [first] = row;
  for (let k = 1; k < row.length; k++) if (row[k] !== first) return false;
  return true;
}

/** Whether "was overwritten by" has a cycle among the writers. */
function isCyclic(x: Execution, read: ReadingAction, row: readonly EventId[], writers: readonly EventId[]): boolean {
  const before = writers.map((writer) =>
    writers.map((other) => other !== writer && row.some((w, k) => w === other && writes(x, writer, read, k))),
  );
  const left = new Set(writers.keys());
  for (let shrinks = true; shrinks && left.size > 0; ) {
    shrinks = false;
    for (const i of left) {
      if ([...left].some((j) => before[j]?.[i] === true)) continue;
      left.delete(i);
      shrinks = true;
    }
  }
  return left.size > 0;
}

/** Whether the event writes unit `k` of what is read. */
function writes({ events }: Execution, id: EventId, { region, offset }: ReadingAction, k: number): boolean {
  return (events[id]?.actions ?? []).some((a) => isWriting(a) && a.region === region && covers(a, offset + k));
}

/** Whether some write gives all that was read. */
function isWhole({ events }: Execution, { region, offset, size, read }: ReadingAction): boolean {
  return events.some(({ actions }) =>
    actions.some(
      (a) =>
        isWriting(a) &&
        a.region === region &&
        a.offset <= offset &&
        offset + size <= a.offset + a.size &&
        sameUnits(a.written, offset - a.offset, read),
    ),
  );
}

function sameUnits(written: Units, from: number, read: Units): boolean {
  for (let k = 0; k < read.length; k++) if (unitAt(written, from + k) !== unitAt(read, k)) return false;
  return true;
}

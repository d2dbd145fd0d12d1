import { isWriting } from '../../../src/event/action.ts';
import type { EventId, Execution } from '../../../src/event/execution.ts';
import type { Demands } from '../../../src/model/model.ts';
import { solveOrder } from '../../../src/model/total-order.ts';
import { BitMatrix } from '../../../src/rel/bit-matrix.ts';

/**
 * A modification order for each range, of its atomic writes, that goes with a total order: that order itself, where all of them are seqcst, and else
 * one that fulfils what the model demands of both. Null if the model has none with this total order.
 */
export function modificationOrder(
  { events }: Execution,
  order: readonly EventId[],
  demands: Demands | null,
): BitMatrix | null {
  const places = demands === null || demands.placed.length === 0 ? order : placesOf(events.length, order, demands);
  if (places === null) return null;
  const position = new Map(places.map((id, i) => [id, i]));
  const ranges = new Map<string, EventId[]>();
  for (const { id, actions } of events)
    for (const action of actions) {
      if (!isWriting(action) || (action.order !== 'seqcst' && action.order !== 'acqrel')) continue;
      const key = `${action.region} ${action.offset} ${action.size}`;
      ranges.set(key, [...(ranges.get(key) ?? []), id]);
    }
  const mo = new BitMatrix(events.length);
  for (const writes of ranges.values())
    for (const a of writes) for (const b of writes) if ((position.get(a) ?? 0) < (position.get(b) ?? 0)) mo.add(a, b);
  return mo;
}

/** The events in an order that has each atomic write at its place in the modification order of its range. */
function placesOf(
  count: number,
  order: readonly EventId[],
  { within, placed, constraints }: Demands,
): EventId[] | null {
  const start = within.copy();
  for (const [i, id] of order.entries()) {
    const next = order[i + 1];
    if (next !== undefined) start.addClosed(id, next);
  }
  const solved = solveOrder(start, constraints);
  if ('conflict' in solved) return null;
  const has = new Set(placed);
  return solved.order.flatMap((element) => {
    if (element >= count) return placed[element - count] ?? [];
    return has.has(element) ? [] : [element];
  });
}

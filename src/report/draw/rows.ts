import { isAccess } from '../../event/action.ts';
import type { EventId } from '../../event/execution.ts';
import { overlaps } from '../../event/location.ts';
import type { Range, Region } from '../../event/location.ts';
import type { Figure } from './figure.ts';
import { listAt } from './lists.ts';

interface Accessed extends Range {
  readonly row: number;
  readonly writes: boolean;
}

/**
 * The row of each event: as high as it can be below the earlier events of its thread, those that it conflicts with, and
 * those that an edge joins it to. So rows follow the order of time wherever it matters.
 */
export function rowsOf(figure: Figure): ReadonlyMap<EventId, number> {
  const neighbours = neighboursOf(figure);
  const rows = new Map<EventId, number>();
  /** The least row that is free, by column. */
  const free = figure.columns.map(() => 0);
  const accessed = new Map<Region, Accessed[]>();
  for (const { event, column } of figure.nodes) {
    let row = free[column] ?? 0;
    for (const other of neighbours.get(event.id) ?? []) row = Math.max(row, (rows.get(other) ?? -1) + 1);
    const own = event.actions.filter(isAccess);
    // Overlapping accesses of which one writes conflict.
    for (const action of own) {
      const writes = action.kind !== 'rd';
      for (const other of accessed.get(action.region) ?? [])
        if (other.row >= row && (writes || other.writes) && overlaps(action, other)) row = other.row + 1;
    }
    for (const { region, offset, size, kind } of own)
      listAt(accessed, region).push({ region, offset, size, row, writes: kind !== 'rd' });
    rows.set(event.id, row);
    free[column] = row + 1;
  }
  return rows;
}

function neighboursOf({ edges }: Figure): ReadonlyMap<EventId, readonly EventId[]> {
  const neighbours = new Map<EventId, EventId[]>();
  for (const { from, to } of edges) {
    listAt(neighbours, from).push(to);
    listAt(neighbours, to).push(from);
  }
  return neighbours;
}

import { isAccess } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import { overlaps } from '../../event/location.ts';
import type { Figure } from './figure.ts';

/**
 * The row of each event: as high as it can be below the earlier events of its thread, those that it conflicts with, and
 * those that an edge joins it to. So rows follow the order of time wherever it matters.
 */
export function rowsOf(figure: Figure): ReadonlyMap<EventId, number> {
  const linked = new Set(figure.edges.map(({ from, to }) => `${from},${to}`));
  const isLinked = (a: EventId, b: EventId) => linked.has(`${a},${b}`) || linked.has(`${b},${a}`);
  const rows = new Map<EventId, number>();
  for (const [i, node] of figure.nodes.entries()) {
    let row = 0;
    for (const earlier of figure.nodes.slice(0, i)) {
      const below =
        earlier.column === node.column ||
        isLinked(earlier.event.id, node.event.id) ||
        conflict(earlier.event, node.event);
      if (below) row = Math.max(row, (rows.get(earlier.event.id) ?? 0) + 1);
    }
    rows.set(node.event.id, row);
  }
  return rows;
}

/** Overlapping accesses of which one writes. */
function conflict(a: Event, b: Event): boolean {
  return a.actions.some((x) =>
    b.actions.some((y) => isAccess(x) && isAccess(y) && (x.kind !== 'rd' || y.kind !== 'rd') && overlaps(x, y)),
  );
}

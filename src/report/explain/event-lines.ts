import type { EventId, Execution } from '../../event/execution.ts';
import { isReading } from '../../event/action.ts';
import { fieldOf } from '../../event/location.ts';
import { bytesText } from '../draw/edges.ts';
import type { EventNames, EventRow } from './names.ts';

/** The events in columns: thread, name, what it does, place, instruction. */
export function eventLines(names: EventNames): string[] {
  const { rows } = names;
  const isInitial = (row: EventRow): boolean => row.name.startsWith('init');
  const widths = {
    thread: Math.max(0, ...rows.map((row) => (isInitial(row) ? 0 : row.thread.length))),
    name: Math.max(0, ...rows.map((row) => row.name.length)),
    label: Math.max(0, ...rows.map((row) => row.label.length)),
    place: Math.max(0, ...rows.map((row) => (isInitial(row) ? 0 : row.place.length))),
  };
  let last = '';
  return rows.map((row) => {
    const thread = isInitial(row) || row.thread === last ? '' : row.thread;
    last = isInitial(row) ? last : row.thread;
    const where = isInitial(row) ? [] : [row.place.padStart(widths.place), row.instruction];
    const cells = [
      thread.padEnd(widths.thread),
      row.name.padEnd(widths.name),
      row.label.padEnd(widths.label),
      ...where,
    ];
    return cells.join('  ').trimEnd();
  });
}

/** Who reads from whom, and from whom else in other executions: `d from b`, `e from c or init`, `f from a (bytes 0..1) and init (bytes 2..3)`. */
export function readsText(
  execution: Execution,
  names: EventNames,
  elsewhere: ReadonlyMap<EventId, readonly EventId[]> = new Map(),
): string {
  const parts = names.reads.flatMap((id) => {
    const own = writersText(execution, names, id);
    if (own === null) return [];
    const others = (elsewhere.get(id) ?? []).map((writer) => names.of(writer));
    return [`${names.of(id)} from ${[own, ...new Set(others)].join(' or ')}`];
  });
  return parts.join(', ');
}

function writersText(execution: Execution, names: EventNames, id: EventId): string | null {
  const { units, torn } = readBy(execution, id);
  if (units.size === 0) return null;
  return [...units].map(([writer, at]) => names.of(writer) + (torn ? ` (${bytesText(at)})` : '')).join(' and ');
}

/** From whom an event reads which units, bounds checks apart; `torn` if one access of a memory takes bytes from several. */
export function readBy(
  { events, rf }: Execution,
  id: EventId,
): { readonly units: ReadonlyMap<EventId, readonly number[]>; readonly torn: boolean } {
  const actions = events[id]?.actions ?? [];
  const units = new Map<EventId, number[]>();
  let torn = false;
  for (const [a, action] of actions.entries()) {
    if (!isReading(action) || (fieldOf(action.region) === 'length' && actions.length > 1)) continue;
    const writers = rf[id]?.[a] ?? [];
    torn ||= fieldOf(action.region) === 'data' && new Set(writers).size > 1;
    for (const [k, writer] of writers.entries()) units.set(writer, [...(units.get(writer) ?? []), action.offset + k]);
  }
  return { units, torn };
}

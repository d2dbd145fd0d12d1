import type { Access } from '../../../src/event/action.ts';
import { isAccess, isReading, isWriting } from '../../../src/event/action.ts';
import type { EventId } from '../../../src/event/execution.ts';
import { fieldOf, overlaps, sameRange } from '../../../src/event/location.ts';
import type { Region } from '../../../src/event/location.ts';
import { unitAt } from '../../../src/event/units.ts';
import type { Figure } from '../../../src/report/draw/figure.ts';
import type { ByteCell, ByteRow, ByteView } from '../calls.ts';
import type { Telling } from './telling.ts';

/** Wider ranges are not shown byte by byte. */
const MAX_UNITS = 32;

interface Used {
  readonly event: EventId;
  readonly action: number;
  readonly access: Access;
}

/** The ranges whose bytes are read or written in pieces: accesses overlap that are not of one range, or a read has several writers. */
export function byteViews(figure: Figure, tell: Telling): ByteView[] {
  const byRegion = new Map<Region, Used[]>();
  for (const { event } of figure.nodes) {
    for (const [action, access] of event.actions.entries()) {
      if (!isAccess(access) || !tell.context.visible.action(event.id, action)) continue;
      if (fieldOf(access.region) !== 'data' || access.size > MAX_UNITS) continue;
      byRegion.set(access.region, [...(byRegion.get(access.region) ?? []), { event: event.id, action, access }]);
    }
  }
  return [...byRegion].flatMap(([region, used]) =>
    clusters(used)
      .filter((cluster) => inPieces(cluster, tell))
      .flatMap((cluster) => viewOf(region, cluster, figure, tell)),
  );
}

/** Accesses that overlap each other, be it by way of others. */
function clusters(used: readonly Used[]): Used[][] {
  const found: { end: number; items: Used[] }[] = [];
  for (const one of used.toSorted((a, b) => a.access.offset - b.access.offset)) {
    const { offset, size } = one.access;
    const last = found.at(-1);
    if (last !== undefined && offset < last.end) {
      last.items.push(one);
      last.end = Math.max(last.end, offset + size);
    } else found.push({ end: offset + size, items: [one] });
  }
  return found.map(({ items }) => items);
}

function inPieces(cluster: readonly Used[], tell: Telling): boolean {
  const isTorn = ({ event, action }: Used): boolean => new Set(tell.execution.rf[event]?.[action] ?? []).size > 1;
  const isMixed = cluster.some((a) =>
    cluster.some((b) => overlaps(a.access, b.access) && !sameRange(a.access, b.access)),
  );
  return isMixed || cluster.some(isTorn);
}

function viewOf(region: Region, cluster: readonly Used[], figure: Figure, tell: Telling): ByteView[] {
  const first = Math.min(...cluster.map(({ access }) => access.offset));
  const last = Math.max(...cluster.map(({ access }) => access.offset + access.size - 1));
  if (last - first >= MAX_UNITS) return [];
  const time = new Map(figure.nodes.map(({ event }, i) => [event.id, i]));
  const used = cluster.toSorted((a, b) => (time.get(a.event) ?? 0) - (time.get(b.event) ?? 0));
  const initial = initialRow(region, first, last, used, tell);
  const rowOf = new Map<EventId, number>(initial === null ? [] : initial.events.map((id) => [id, 0]));
  for (const [i, { event }] of used.entries()) rowOf.set(event, i + (initial === null ? 0 : 1));
  const rows = used.map((one): ByteRow => rowFor(one, first, last, rowOf, tell));
  return [
    { name: tell.context.nameOf(region), first, last, rows: [...(initial === null ? [] : [initial.row]), ...rows] },
  ];
}

function rowFor(
  { event, action, access }: Used,
  first: number,
  last: number,
  rowOf: ReadonlyMap<EventId, number>,
  tell: Telling,
): ByteRow {
  const it = tell.event(event).actions[action];
  const writers = tell.execution.rf[event]?.[action];
  const cells = Array.from({ length: last - first + 1 }, (_, i): ByteCell | null => {
    const k = first + i - access.offset;
    if (it === undefined || k < 0 || k >= access.size) return null;
    const read = isReading(it) ? unitAt(it.read, k) : null;
    const written = isWriting(it) ? unitAt(it.written, k) : null;
    const writer = writers?.[k];
    return {
      value: read ?? written ?? 0,
      written: read === null ? null : written,
      writer: writer === undefined ? null : (rowOf.get(writer) ?? null),
    };
  });
  const kind = it?.kind === 'rd' ? 'reads' : it?.kind === 'wr' ? 'writes' : 'updates';
  return { event, name: tell.deed(event), kind, cells };
}

/** What was there at first, if somebody reads it. */
function initialRow(
  region: Region,
  first: number,
  last: number,
  used: readonly Used[],
  tell: Telling,
): { readonly row: ByteRow; readonly events: readonly EventId[] } | null {
  const events = new Set<EventId>();
  for (const { event, action } of used)
    for (const writer of tell.execution.rf[event]?.[action] ?? [])
      if (tell.event(writer).kind === 'alloc' || tell.event(writer).kind === 'grow') events.add(writer);
  const [one] = events;
  if (one === undefined) return null;
  const cells = Array.from({ length: last - first + 1 }, (_, i): ByteCell | null => {
    for (const id of events)
      for (const action of tell.event(id).actions)
        if (isAccess(action) && isWriting(action) && action.region === region) {
          const k = first + i - action.offset;
          if (k >= 0 && k < action.size) return { value: unitAt(action.written, k), written: null, writer: null };
        }
    return null;
  });
  return { row: { event: one, name: 'initially', kind: 'initially', cells }, events: [...events] };
}

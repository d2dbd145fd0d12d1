import { isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { covers } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import { listAt } from './lists.ts';

/** How a read differs from the latest write: it reads one that was overwritten before, or one that comes after it. */
export type Mark = 'stale' | 'early';

/** One unit's read: which action of which event read it from which event. */
export interface UnitRead {
  readonly reader: EventId;
  readonly action: number;
  readonly region: number;
  readonly unit: number;
  readonly writer: EventId;
}

/** Every unit that every event reads. */
export function unitReads(execution: Execution): UnitRead[] {
  return execution.events.flatMap((event) =>
    event.actions.flatMap((action, a) => {
      if (!isReading(action)) return [];
      const writers = execution.rf[event.id]?.[a] ?? [];
      return writers.map((writer, k) => ({
        reader: event.id,
        action: a,
        region: action.region,
        unit: action.offset + k,
        writer,
      }));
    }),
  );
}

/** Marks of events' actions: `marks.get(event)?.get(action)`. None in a sequentially consistent execution. */
export type Marks = ReadonlyMap<EventId, ReadonlyMap<number, Mark>>;

/** The reads that do not read the latest write of the order. */
export function weakReads(witness: Witness, order: readonly EventId[]): Marks {
  const marks = new Map<EventId, Map<number, Mark>>();
  if (witness.sequentiallyConsistent) return marks;
  const { execution } = witness;
  const position = positions(order);
  const writers = writersByRegion(execution, order);
  for (const read of unitReads(execution)) {
    const at = position.get(read.reader) ?? 0;
    const isBefore = (id: EventId): boolean => (position.get(id) ?? 0) < at;
    const latest = writers
      .get(read.region)
      ?.findLast((id) => isBefore(id) && writes(execution.events[id], read.region, read.unit));
    if (latest === read.writer) continue;
    const mark: Mark = (position.get(read.writer) ?? -1) > at ? 'early' : 'stale';
    marks.set(read.reader, (marks.get(read.reader) ?? new Map<number, Mark>()).set(read.action, mark));
  }
  return marks;
}

/** From-read: a read and the first event of the order that overwrites, after its writer, a unit that it read. */
export interface FromRead {
  readonly from: EventId;
  readonly to: EventId;
  readonly action: number;
  /** Whether it lies on a cycle of po, synchronisation, reads-from, from-read and the order of writes. */
  readonly cyclic: boolean;
}

export function fromReads(witness: Witness, order: readonly EventId[]): FromRead[] {
  const { execution } = witness;
  const position = positions(order);
  const found = new Map<string, Omit<FromRead, 'cyclic'>>();
  const writers = writersByRegion(execution, order);
  const reads = unitReads(execution);
  for (const { reader, action, region, unit, writer } of reads) {
    const at = position.get(writer) ?? 0;
    const isAfter = (id: EventId): boolean => id !== reader && (position.get(id) ?? 0) > at;
    const to = writers.get(region)?.find((id) => isAfter(id) && writes(execution.events[id], region, unit));
    if (to !== undefined) found.set(`${reader},${to},${action}`, { from: reader, to, action });
  }
  const edges = [...found.values()];
  // An interleaving explains all of it: nothing goes round.
  if (witness.sequentiallyConsistent) return edges.map((edge) => ({ ...edge, cyclic: false }));
  const reach = communication(witness, order, [
    ...reads.map(({ writer, reader }) => [writer, reader] as const),
    ...edges.map(({ from, to }) => [from, to] as const),
  ]);
  return edges.map((edge) => ({ ...edge, cyclic: reach.has(edge.to, edge.from) }));
}

/** The events that write to each region, in the order. */
function writersByRegion({ events }: Execution, order: readonly EventId[]): ReadonlyMap<number, readonly EventId[]> {
  const writers = new Map<number, EventId[]>();
  for (const id of order) {
    for (const region of new Set(events[id]?.actions.filter(isWriting).map((action) => action.region))) {
      listAt(writers, region).push(id);
    }
  }
  return writers;
}

/** The closure of everything that sequential consistency would have to order; `reads` are reads-from and from-read. */
function communication(
  { execution, relations }: Witness,
  order: readonly EventId[],
  reads: readonly (readonly [EventId, EventId])[],
): BitMatrix {
  const reach = relations.po.copy();
  for (const [a, b] of [...execution.asw, ...reads]) reach.add(a, b);
  const written = new Map<number, EventId[]>();
  for (const id of order) {
    for (const action of execution.events[id]?.actions ?? []) {
      if (!isWriting(action)) continue;
      const earlier = listAt(written, action.region);
      for (const other of earlier)
        if (other !== id && overwrites(execution.events[other], action)) reach.add(other, id);
      earlier.push(id);
    }
  }
  return reach.close();
}

function overwrites(event: Event | undefined, range: { region: number; offset: number; size: number }): boolean {
  return (event?.actions ?? []).some(
    (a) =>
      isWriting(a) &&
      a.region === range.region &&
      a.offset < range.offset + range.size &&
      range.offset < a.offset + a.size,
  );
}

function writes(event: Event | undefined, region: number, unit: number): boolean {
  return (event?.actions ?? []).some((action) => isWriting(action) && action.region === region && covers(action, unit));
}

function positions(order: readonly EventId[]): ReadonlyMap<EventId, number> {
  return new Map(order.map((id, i) => [id, i]));
}

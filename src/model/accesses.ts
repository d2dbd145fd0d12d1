import type { Action, Order } from '../event/action.ts';
import { isReading, isWriting } from '../event/action.ts';
import type { Event, EventId, Execution } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { known } from '../base/assert.ts';
import type { Fill, Units } from '../event/units.ts';
import { isFill } from '../event/units.ts';

/** A writing action with its event, its range as numbers, and its order as a strength. */
export interface WriteAccess {
  readonly event: EventId;
  readonly region: Region;
  readonly offset: number;
  readonly end: number;
  readonly strength: number;
  readonly tearFree: boolean;
  readonly written: Units;
  /**
   * The element that stands for it in the modification order of its range, which is solved for together with `tot`: its event, where that order is
   * `tot` itself, or one of its own.
   */
  readonly place: number;
}

/** Consecutive units (`from` … `to`-1, counted in the region) that one action reads from one write. */
export interface Source {
  readonly write: WriteAccess;
  readonly from: number;
  readonly to: number;
  /** Whether no earlier source of the same read is the same write: to visit each writer once. */
  readonly first: boolean;
}

/** A reading action with its event and where its units come from. */
export interface ReadAccess {
  readonly event: EventId;
  readonly region: Region;
  readonly offset: number;
  readonly end: number;
  readonly strength: number;
  readonly tearFree: boolean;
  /** The write of a read-modify-write; null of a read. */
  readonly update: WriteAccess | null;
  readonly sources: readonly Source[];
  /** All writes of its region. */
  readonly writes: readonly WriteAccess[];
}

/** An execution as the axioms look at it. */
export interface Accesses {
  readonly count: number;
  /** Whether some action is acqrel. */
  readonly acqrel: boolean;
  readonly reads: readonly ReadAccess[];
  readonly writes: readonly WriteAccess[];
  /** The seqcst fences. */
  readonly fences: readonly EventId[];
  /** The events of the elements from `count` on: the places of writes in the modification orders of their ranges. */
  readonly placed: readonly EventId[];
  /** The first unit read that is not what its writer wrote there. */
  readonly wrongValue: { readonly reader: EventId; readonly writer: EventId } | null;
}

type UnitList = Exclude<Units, Fill>;

export const INIT = 0;
export const UNORDERED = 1;
export const ACQREL = 2;
export const SEQCST = 3;

export function strengthOf(order: Order, weakestAtomic: 'acqrel' | 'seqcst'): number {
  switch (order) {
    case 'init':
      return INIT;
    case 'unord':
      return UNORDERED;
    case 'acqrel':
      return weakestAtomic === 'acqrel' ? ACQREL : UNORDERED;
    case 'seqcst':
      return SEQCST;
  }
}

/**
 * Which atomic writes have places of their own in the modification order of their range: none; those of ranges with an acqrel write, the others being ordered
 * by `tot`; or all, in executions with acqrel accesses or seqcst fences.
 */
export type Placing = 'none' | 'acqrel' | 'all';

/** Views an execution's actions. A {@link import("../base/assert.ts").Bug} if `rf` names an event that does not write the unit: not an execution at all. */
export function accessesOf(
  execution: Execution,
  weakestAtomic: 'acqrel' | 'seqcst',
  placing: Placing = 'none',
): Accesses {
  const { events, rf } = execution;
  const writes: Placeable[] = [];
  const regions: Placeable[][] = [];
  const fences: EventId[] = [];
  let acqrel = false;
  for (let e = 0; e < events.length; e++) {
    const { actions, fence } = events[e] as Event;
    if (fence === 'seqcst') fences.push(e as EventId);
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      if (!isWriting(action)) continue;
      const { region, offset, size, order, tearFree, written } = action;
      acqrel ||= order === 'acqrel';
      const strength = strengthOf(order, weakestAtomic);
      const event = e as EventId;
      const write = { event, region, offset, end: offset + size, strength, tearFree, written, place: e };
      writes.push(write);
      const others = writesOf(regions, region);
      if (others === null) regions.push([write]);
      else others.push(write);
    }
  }
  const reads: ReadAccess[] = [];
  let wrongValue: Accesses['wrongValue'] = null;
  for (let e = 0; e < events.length; e++) {
    const { actions } = events[e] as Event;
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      if (!isReading(action)) continue;
      const { kind, region, offset, size, order, tearFree, read } = action;
      acqrel ||= order === 'acqrel';
      const strength = strengthOf(order, weakestAtomic);
      const rivals = writesOf(regions, region) ?? [];
      const from = known(rf[e]?.[a], 'reads-from of a reading action');
      const sources = sourcesOf(offset, size, from, rivals);
      const event = e as EventId;
      if (wrongValue === null) {
        const writer = firstWrongValue(read, offset, sources);
        if (writer !== null) wrongValue = { reader: event, writer };
      }
      const update = kind === 'rmw' ? writeAt(rivals, event, offset) : null;
      reads.push({ event, region, offset, end: offset + size, strength, tearFree, update, sources, writes: rivals });
    }
  }
  acqrel &&= weakestAtomic === 'acqrel';
  const places = placing !== 'none' && (acqrel || fences.length > 0);
  const placed = places ? placeWrites(writes, placing === 'all', events.length) : NOTHING_PLACED;
  return { count: events.length, acqrel, reads, writes, fences, placed, wrongValue };
}

type Placeable = { -readonly [K in keyof WriteAccess]: WriteAccess[K] };

const NOTHING_PLACED: readonly EventId[] = [];

/** Gives atomic writes places from `first` on. */
function placeWrites(writes: readonly Placeable[], all: boolean, first: number): readonly EventId[] {
  const placed: EventId[] = [];
  for (const write of writes) {
    if (write.strength < ACQREL) continue;
    if (!all && !writes.some((other) => other.strength === ACQREL && sameRange(other, write))) continue;
    write.place = first + placed.length;
    placed.push(write.event);
  }
  return placed;
}

function writesOf(regions: readonly Placeable[][], region: Region): Placeable[] | null {
  for (const writes of regions) if (writes[0]?.region === region) return writes;
  return null;
}

export function sourcesOf(
  offset: number,
  size: number,
  from: readonly EventId[],
  candidates: readonly WriteAccess[],
): Source[] {
  let sources: Source[] | null = null;
  for (let k = 0; k < size; ) {
    const writer = known(from[k], 'writer of a unit');
    const write = known(writeAt(candidates, writer, offset + k), 'write that a read reads from');
    const start = k;
    const limit = Math.min(size, write.end - offset);
    for (k++; k < limit && from[k] === writer; ) k++;
    const source = { write, from: offset + start, to: offset + k, first: true };
    if (sources === null) sources = [source];
    else {
      for (const earlier of sources) if (earlier.write === write) source.first = false;
      sources.push(source);
    }
  }
  return sources ?? [];
}

export function writeAt(writes: readonly WriteAccess[], event: EventId, unit: number): WriteAccess | null {
  for (const write of writes) if (write.event === event && write.offset <= unit && unit < write.end) return write;
  return null;
}

/** The writer of the first unit that is not what was written there. */
export function firstWrongValue(read: Units, offset: number, sources: readonly Source[]): EventId | null {
  const all = isFill(read) ? read.fill : null;
  for (const { write, from, to } of sources) {
    const { written } = write;
    const filled = isFill(written) ? written.fill : null;
    if (all !== null && all === filled) continue;
    for (let k = from; k < to; k++) {
      const value = all ?? (read as UnitList)[k - offset];
      if (value !== (filled ?? (written as UnitList)[k - write.offset])) return write.event;
    }
  }
  return null;
}

interface Ranged {
  readonly region: Region;
  readonly offset: number;
  readonly end: number;
}

export function sameRange(a: Ranged, b: Ranged): boolean {
  return a.offset === b.offset && a.end === b.end && a.region === b.region;
}

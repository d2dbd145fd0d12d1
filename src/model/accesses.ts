import type { Action, Order, ReadingAction, WritingAction } from '../event/action.ts';
import { isReading, isWriting } from '../event/action.ts';
import type { Event, EventId, Execution } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { known } from '../base/assert.ts';
import type { Units } from '../event/units.ts';
import { isFill, unitAt } from '../event/units.ts';

/** A writing action with its event, its range as numbers, and its order as a strength. */
export interface WriteAccess {
  readonly event: EventId;
  readonly region: Region;
  readonly offset: number;
  readonly end: number;
  readonly strength: number;
  readonly tearFree: boolean;
  readonly written: Units;
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
  readonly update: boolean;
  readonly sources: readonly Source[];
}

/** An execution as the axioms look at it. */
export interface Accesses {
  readonly count: number;
  /** Whether some action is acqrel. */
  readonly acqrel: boolean;
  readonly reads: readonly ReadAccess[];
  readonly writes: ReadonlyMap<Region, readonly WriteAccess[]>;
  /** The first unit read that is not what its writer wrote there. */
  readonly wrongValue: { readonly reader: EventId; readonly writer: EventId } | null;
}

export const INIT = 0;
export const UNORDERED = 1;
export const ACQREL = 2;
export const SEQCST = 3;

function strength(order: Order, weakestAtomic: 'acqrel' | 'seqcst'): number {
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

/** Views an execution's actions. A {@link import("../base/assert.ts").Bug} if `rf` names an event that does not write the unit: not an execution at all. */
export function accessesOf(execution: Execution, weakestAtomic: 'acqrel' | 'seqcst'): Accesses {
  const { events, rf } = execution;
  const writes = new Map<Region, WriteAccess[]>();
  let acqrel = false;
  for (const event of events) {
    for (const action of event.actions) {
      if (!isWriting(action)) continue;
      const write = writeAccess(event, action, weakestAtomic);
      acqrel ||= write.strength === ACQREL;
      const others = writes.get(write.region);
      if (others === undefined) writes.set(write.region, [write]);
      else others.push(write);
    }
  }
  const reads: ReadAccess[] = [];
  let wrongValue: Accesses['wrongValue'] = null;
  for (const event of events) {
    const { actions } = event;
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      if (!isReading(action)) continue;
      const from = known(rf[event.id]?.[a], 'reads-from of a reading action');
      const sources = sourcesOf(action, from, writes.get(action.region) ?? []);
      wrongValue ??= firstWrongValue(event.id, action, sources);
      const { region, offset, size, order, tearFree } = action;
      acqrel ||= order === 'acqrel';
      reads.push({
        event: event.id,
        region,
        offset,
        end: offset + size,
        strength: strength(order, weakestAtomic),
        tearFree,
        update: action.kind === 'rmw',
        sources,
      });
    }
  }
  return { count: events.length, acqrel, reads, writes, wrongValue };
}

function writeAccess(event: Event, action: WritingAction, weakestAtomic: 'acqrel' | 'seqcst'): WriteAccess {
  const { region, offset, size, tearFree, written } = action;
  return {
    event: event.id,
    region,
    offset,
    end: offset + size,
    strength: strength(action.order, weakestAtomic),
    tearFree,
    written,
  };
}

function sourcesOf(action: ReadingAction, from: readonly EventId[], candidates: readonly WriteAccess[]): Source[] {
  const sources: Source[] = [];
  const { offset, size } = action;
  for (let k = 0; k < size; ) {
    const writer = known(from[k], 'writer of a unit');
    const write = known(
      candidates.find((w) => w.event === writer && w.offset <= offset + k && offset + k < w.end),
      'write that a read reads from',
    );
    const start = k;
    const limit = Math.min(size, write.end - offset);
    for (k++; k < limit && from[k] === writer; ) k++;
    const first = !sources.some((source) => source.write === write);
    sources.push({ write, from: offset + start, to: offset + k, first });
  }
  return sources;
}

function firstWrongValue(reader: EventId, action: ReadingAction, sources: readonly Source[]): Accesses['wrongValue'] {
  for (const { write, from, to } of sources) {
    const { read, offset } = action;
    if (isFill(read) && isFill(write.written)) {
      if (read.fill !== write.written.fill) return { reader, writer: write.event };
      continue;
    }
    for (let k = from; k < to; k++) {
      if (unitAt(read, k - offset) !== unitAt(write.written, k - write.offset)) return { reader, writer: write.event };
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

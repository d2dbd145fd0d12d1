import fc from 'fast-check';
import type { Action, Order, ReadingAction } from '../../../src/event/action.ts';
import { isReading } from '../../../src/event/action.ts';
import type { Edge, Event, EventId, Execution } from '../../../src/event/execution.ts';
import type { Range } from '../../../src/event/location.ts';
import type { Units } from '../../../src/event/units.ts';
import { known } from '../../../src/base/assert.ts';
import type { Fence, Thread } from './build.ts';
import { bytesAt, eventsOf, execution, length, R, U, unitWritten, W, writeOf } from './build.ts';

export interface Shape {
  readonly threads: number;
  /** Whether each thread begins with an access of a place of its own and one of the next thread's, with or without a fence between. */
  readonly cyclic: boolean;
  /** The least and the greatest number of events beside the allocation and those. */
  readonly events: readonly [number, number];
  readonly orders: readonly Order[];
  /** The orders of fences; none if empty. */
  readonly fences: readonly Order[];
  readonly places: readonly Range[];
  /** How often, in a hundred, a unit read is corrupted, an asw edge added. */
  readonly noise: number;
}

/** A few places of one size, atomics above all: where `tot` decides. */
export const ATOMIC: Shape = {
  threads: 3,
  cyclic: false,
  events: [5, 7],
  orders: ['seqcst', 'seqcst', 'acqrel', 'acqrel', 'unord'],
  fences: [],
  places: [bytesAt(0, 1), bytesAt(0, 1), bytesAt(0, 1), bytesAt(1, 1)],
  noise: 0,
};

/** Sequentially consistent accesses of two bytes: for sc-last-visible-1, which † and ‡ hide in smaller executions. */
export const SEQCST: Shape = {
  threads: 3,
  cyclic: false,
  events: [7, 8],
  orders: ['seqcst'],
  fences: [],
  places: [bytesAt(0, 1), bytesAt(0, 1), bytesAt(1, 1)],
  noise: 0,
};

/** Critical cycles of atomics: store buffering and its like, with fences or without, and a few accesses more. */
export const CYCLES: Shape = {
  threads: 2,
  cyclic: true,
  events: [0, 3],
  orders: ['acqrel', 'acqrel', 'seqcst'],
  fences: ['seqcst', 'seqcst', 'seqcst', 'acqrel'],
  places: [bytesAt(0, 1), bytesAt(1, 1)],
  noise: 0,
};

/** All sizes and orders. */
export const MIXED: Shape = {
  threads: 3,
  cyclic: false,
  events: [2, 6],
  orders: ['unord', 'acqrel', 'seqcst'],
  fences: ['acqrel', 'seqcst'],
  places: [bytesAt(0, 1), bytesAt(0, 1), bytesAt(1, 1), bytesAt(1, 1), bytesAt(0, 2), bytesAt(0, 4), bytesAt(2, 1)],
  noise: 5,
};

const BYTES = 4;

/** Draws one number after another from a list of random bits. */
type Draw = (limit: number) => number;

function drawer(seeds: readonly number[]): Draw {
  let at = 0;
  return (limit) => {
    const seed = seeds[at++ % seeds.length] ?? 0;
    return (seed + at) % limit;
  };
}

/** Random executions: any reads-from that respects places, and the values that follow. */
export function executions(shape: Shape): fc.Arbitrary<Execution> {
  return fc
    .array(fc.nat({ max: 1_000_003 }), { minLength: 80, maxLength: 80 })
    .map((seeds) => executionFrom(drawer(seeds), shape));
}

function executionFrom(draw: Draw, shape: Shape): Execution {
  const threadCount = 2 + draw(shape.threads - 1);
  const threads: (Action[] | Fence)[][] = Array.from({ length: threadCount }, () => []);
  if (shape.cyclic) {
    threads.forEach((thread, t) => {
      thread.push(accessOf(draw, shape, bytesAt(t, 1), 2 * t + 101));
      if (draw(3) > 0) thread.push({ fence: shape.fences[draw(shape.fences.length)] ?? 'seqcst' });
      thread.push(accessOf(draw, shape, bytesAt((t + 1) % threadCount, 1), 2 * t + 102));
    });
  }
  const [least, most] = shape.events;
  const count = least + draw(most - least + 1);
  for (let i = 0; i < count; i++) threads[draw(threadCount)]?.push(eventFrom(draw, shape, i + 1));
  return readsFrom(draw, shape, eventsOf({ threads: threads satisfies Thread[], bytes: BYTES }));
}

function eventFrom(draw: Draw, shape: Shape, value: number): Action[] | Fence {
  if (shape.fences.length > 0 && draw(6) === 0) return { fence: shape.fences[draw(shape.fences.length)] ?? 'seqcst' };
  const place = shape.places[draw(shape.places.length)] ?? bytesAt(0, 1);
  const values = value * 0x01010101;
  const kind = draw(16);
  if (kind < 14) return accessOf(draw, shape, place, value);
  if (kind === 14) return [U(length, 0, value, 'seqcst'), W(place, values)];
  const to = shape.places[draw(shape.places.length)] ?? bytesAt(0, 1);
  return [R(length, 0), R(place, 0), W(to, values)];
}

function accessOf(draw: Draw, shape: Shape, place: Range, value: number): Action[] {
  const order = shape.orders[draw(shape.orders.length)] ?? 'unord';
  const values = value * 0x01010101;
  const kind = draw(14);
  if (kind < 7) return [R(place, 0, order)];
  if (kind < 12) return [W(place, values, order)];
  return [U(place, 0, values, order === 'unord' ? 'seqcst' : order)];
}

function readsFrom(draw: Draw, shape: Shape, drafts: readonly Event[]): Execution {
  const rf: Execution['rf'] = drafts.map((e) =>
    e.actions.map((a) => (isReading(a) ? sources(draw, shape, drafts, e, a) : null)),
  );
  const events = drafts.map((e) => ({
    ...e,
    actions: e.actions.map((a, i) => {
      const from = rf[e.id]?.[i];
      return isReading(a) && from ? { ...a, read: valuesRead(draw, shape, drafts, a, from) } : a;
    }),
  }));
  const asw: Edge[] = [];
  const [a, b] = [draw(drafts.length), draw(drafts.length)];
  if (a !== b && a !== 0 && b !== 0 && draw(100) < 4 * shape.noise) asw.push([a as EventId, b as EventId]);
  return execution(events, rf, asw);
}

/** Writers unit by unit, mostly the same one as for the unit before, and mostly not one that `po` alone rules out. */
function sources(draw: Draw, shape: Shape, events: readonly Event[], reader: Event, read: ReadingAction): EventId[] {
  const from: EventId[] = [];
  for (let k = 0; k < read.size; k++) {
    const all = events.filter((e) => writeOf(e, read, k) !== undefined);
    const own = all.filter((e) => e.thread === reader.thread && e.index < reader.index);
    const sensible = all.filter((e) => e.thread !== reader.thread && (e.thread !== 0 || own.length === 0));
    const last = own[own.length - 1];
    const writers = (draw(100) < shape.noise ? all : last === undefined ? sensible : [...sensible, last]).map(
      (e) => e.id,
    );
    const previous = from[k - 1];
    const keep = previous !== undefined && writers.includes(previous) && draw(4) > 0;
    from.push(keep ? previous : (writers[draw(writers.length)] as EventId));
  }
  return from;
}

function valuesRead(
  draw: Draw,
  shape: Shape,
  events: readonly Event[],
  read: ReadingAction,
  from: readonly EventId[],
): Units {
  return from.map((writer, k) => {
    const value = unitWritten(writeOf(known(events[writer], 'writer'), read, k), read, k);
    return draw(400) < shape.noise ? value + 1 : value;
  });
}

import type { EventId } from '../../event/execution.ts';
import { addBit, wordsOf } from '../../rel/rows.ts';
import type { Rows } from '../../rel/rows.ts';
import type { Base, Frame } from './view.ts';
import type { WholeExecution } from './whole-accesses.ts';

/** One element of a frame whose elements are listed. */
export interface Element {
  readonly event: EventId;
  /** -1 for initial writes, which are no thread's. */
  readonly thread: number;
  /** -1 for fences. */
  readonly location: number;
  /** The sets of the view that it is in, `M` and `IW` apart. */
  readonly sets: ReadonlySet<string>;
}

/** What else relates elements. */
export interface ElementRelations {
  /** Write and read: pairs of elements. */
  readonly rf: readonly (readonly [number, number])[];
  /** The read and the write of an update that are two elements. */
  readonly rmw: readonly (readonly [number, number])[];
}

export const INITIAL_THREAD = -1;
export const NO_LOCATION = -1;

/** Relations that every view with listed elements has. */
export const COMMON_RELATIONS: readonly Base[] = [
  relation(
    'po',
    'program order, transitive: from a thread’s start to its end, and through the threads that it starts and joins',
  ),
  relation('rf', 'reads-from: a write and a read that takes its value from it'),
  relation('loc', 'two accesses of one location'),
  relation('int', 'two elements of one thread'),
  relation('ext', 'two elements of different threads; an initial write is of no thread'),
  relation('rmw', 'the read and the write of an update, where they are two elements'),
  relation('amo', 'those of rmw that one instruction makes: none, updates are pairs of exclusives or one element'),
  relation('si', 'elements that happen at one instant: each with itself'),
  relation('sm', 'the same as si'),
  relation('addr', 'address dependencies: empty, Weft tracks none'),
  relation('data', 'data dependencies: empty, Weft tracks none'),
  relation('ctrl', 'control dependencies: empty, Weft tracks none'),
];

export const COMMON_SETS: readonly Base[] = [
  set('M', 'memory accesses: R | W'),
  set('R', 'reads'),
  set('W', 'writes, the initial ones among them'),
  set('F', 'fences'),
  set('IW', 'initial writes, one for each location'),
  set('FW', 'writes that the final state shows: empty, a program’s observations are its reads'),
];

export function relation(name: string, doc: string): Base {
  return { name, kind: 'relation', doc };
}

export function set(name: string, doc: string): Base {
  return { name, kind: 'set', doc };
}

/** The elements of the locations' initial values, one each, which come first in a frame. */
export function initialElements({ locations }: WholeExecution, sets: readonly string[]): Element[] {
  return locations.map(({ initialiser }, location) => ({
    event: initialiser ?? (0 as EventId),
    thread: INITIAL_THREAD,
    location,
    sets: new Set(sets),
  }));
}

/** A frame of listed elements; those of one thread are in its order. */
export function elementFrame(
  elements: readonly Element[],
  { order }: WholeExecution,
  { rf, rmw }: ElementRelations,
): Frame {
  const size = elements.length;
  const words = wordsOf(size);
  const fill = (out: Rows, holds: (a: Element, b: Element) => boolean): void => {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++)
        if (holds(elements[a] as Element, elements[b] as Element)) addBit(out, words, a, b);
    }
  };
  const addPairs = (out: Rows, pairs: readonly (readonly [number, number])[]): void => {
    for (const [a, b] of pairs) addBit(out, words, a, b);
  };
  const position = new Map(elements.map((element, i) => [element, i]));
  const before = (a: Element, b: Element): boolean =>
    a.event === b.event ? (position.get(a) as number) < (position.get(b) as number) : order.has(a.event, b.event);
  const relations: Readonly<Record<string, (out: Rows) => void>> = {
    si: (out) => fill(out, (a, b) => a === b),
    sm: (out) => fill(out, (a, b) => a === b),
    po: (out) => fill(out, (a, b) => a.thread >= 0 && b.thread >= 0 && before(a, b)),
    rf: (out) => addPairs(out, rf),
    rmw: (out) => addPairs(out, rmw),
    loc: (out) => fill(out, (a, b) => a.location >= 0 && a.location === b.location),
    int: (out) => fill(out, (a, b) => a.thread >= 0 && a.thread === b.thread),
    ext: (out) => fill(out, (a, b) => a.thread !== b.thread),
  };
  const isIn = (name: string, { thread, location, sets }: Element): boolean => {
    if (name === 'IW') return thread === INITIAL_THREAD;
    if (name === 'M') return location !== NO_LOCATION;
    return sets.has(name);
  };
  return {
    size,
    eventOf: Int32Array.from(elements, ({ event }) => event),
    write(base, out) {
      const write = relations[base];
      if (write !== undefined) write(out);
      else elements.forEach((element, i) => isIn(base, element) && addBit(out, words, 0, i));
    },
  };
}

import type { Brand } from '../base/brand.ts';

/** A thread: 0 is the script's own (`main`); the world numbers the others so that equal forks get equal numbers. */
export type ThreadId = Brand<number, 'ThreadId'>;
export const MAIN = 0 as ThreadId;

/**
 * The address of an object of shared state: a memory, table, global, segment, structure, array or wait queue. Given by the allocating thread and its count of
 * allocations so far, so that a thread's addresses do not depend on what other threads do.
 */
export type Addr = Brand<number, 'Addr'>;

const ALLOCATIONS_PER_THREAD = 2 ** 20;

export function addrOf(thread: ThreadId, allocation: number): Addr {
  return (thread * ALLOCATIONS_PER_THREAD + allocation) as Addr;
}

/** Where a thread's addresses of structures, arrays and wait queues begin; below are those of what it instantiates. */
const FIRST_OBJECT = ALLOCATIONS_PER_THREAD / 2;

/** The address of the object that a thread allocates by its `answers`-th request: unique, and independent of other threads. */
export function objectAddr(thread: ThreadId, answers: number): Addr {
  return addrOf(thread, FIRST_OBJECT + answers);
}

/** Who made an object, if running code did (see {@link objectAddr}), and a number that tells it from others. */
export function makerOf(addr: Addr): { readonly thread: ThreadId | null; readonly number: number } {
  const number = addr % ALLOCATIONS_PER_THREAD;
  if (number < FIRST_OBJECT) return { thread: null, number };
  return { thread: Math.floor(addr / ALLOCATIONS_PER_THREAD) as ThreadId, number: number - FIRST_OBJECT };
}

/**
 * A field of an object [OOPSLA19 Fig. 3, region r]: a memory's, table's or segment's length, a memory's bytes, a table's slots or an
 * array's elements, a global's value, a structure's fields, a wait queue's waiters. Accesses of different regions never overlap.
 */
export type Region = Brand<number, 'Region'>;

export type Field = 'length' | 'data' | 'elem' | 'val' | 'fields' | 'queue';
const FIELDS: readonly Field[] = ['length', 'data', 'elem', 'val', 'fields', 'queue'];
const FIELDS_PER_OBJECT = 16;

export function regionOf(addr: Addr, field: Field): Region {
  return (addr * FIELDS_PER_OBJECT + FIELDS.indexOf(field)) as Region;
}

export function objectOf(region: Region): Addr {
  return Math.floor(region / FIELDS_PER_OBJECT) as Addr;
}

export function fieldOf(region: Region): Field {
  return FIELDS[region % FIELDS_PER_OBJECT] ?? 'val';
}

/**
 * A contiguous piece of a region, counted in its store units [OOPSLA19 Fig. 3, w]: bytes in `data` and wherever a number or vector is
 * stored; one reference (its id) where a reference is; one number (pages, slots, bytes) in `length`. A structure's fields lie in `fields` one
 * after the other, an array's elements likewise in `elem`, each as many units as its type has.
 */
export interface Range {
  readonly region: Region;
  readonly offset: number;
  readonly size: number;
}

export function sameRange(a: Range, b: Range): boolean {
  return a.region === b.region && a.offset === b.offset && a.size === b.size;
}

export function overlaps(a: Range, b: Range): boolean {
  return a.region === b.region && a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** Whether `range` contains unit `k` of its region. */
export function covers(range: Range, k: number): boolean {
  return range.offset <= k && k < range.offset + range.size;
}

/** Whether an ordinary access to a location of so many units (a reference, or at most four bytes) never tears [DOMAIN 3]. */
export function neverTears(units: number): boolean {
  return units <= 4;
}

/** More locations than this are not told apart: exploration would have an action for each. */
const MOST_LOCATIONS = 4096;

/**
 * The locations of a range: their sizes in units are `layout`'s, first to last, over and over until the range ends. Where all of them are single
 * units, which cannot tear, or where they are too many, the range is left whole.
 */
export function locationsIn(range: Range, layout: readonly number[]): readonly Range[] {
  const period = layout.reduce((sum, size) => sum + size, 0);
  if (range.size === 0 || period === 0) return [];
  const count = (range.size / period) * layout.length;
  if (count > MOST_LOCATIONS || layout.every((size) => size === 1)) return [range];
  const locations: Range[] = [];
  for (let offset = range.offset; offset < range.offset + range.size; ) {
    for (const size of layout) {
      locations.push({ region: range.region, offset, size });
      offset += size;
    }
  }
  return locations;
}

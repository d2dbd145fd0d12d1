import type { Brand } from '../base/brand.ts';

/** A thread: 0 is the script's own (`main`); the world numbers the others so that equal forks get equal numbers. */
export type ThreadId = Brand<number, 'ThreadId'>;
export const MAIN = 0 as ThreadId;

/**
 * The address of an object of shared state: a memory, table or global. Given by the allocating thread and its count of
 * allocations so far, so that a thread's addresses do not depend on what other threads do.
 */
export type Addr = Brand<number, 'Addr'>;

const ALLOCATIONS_PER_THREAD = 2 ** 20;

export function addrOf(thread: ThreadId, allocation: number): Addr {
  return (thread * ALLOCATIONS_PER_THREAD + allocation) as Addr;
}

/**
 * A field of an object [OOPSLA19 Fig. 3, region r]: a memory's or table's length, a memory's bytes, a table's slots, a
 * global's value. Accesses of different regions never overlap.
 */
export type Region = Brand<number, 'Region'>;

export type Field = 'length' | 'data' | 'elem' | 'val';
const FIELDS: readonly Field[] = ['length', 'data', 'elem', 'val'];
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
 * A contiguous piece of a region, counted in its store units [OOPSLA19 Fig. 3, w]: bytes in `data` and in the `val` of a
 * numeric global; one reference (its id) in `elem` and in the `val` of a reference global; one number (pages, slots) in `length`.
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

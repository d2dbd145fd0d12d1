import type { BoundedProgram } from './programs.ts';
import { letterOf, placeOf } from './programs.ts';

/** The writer of a byte that nothing of the program wrote: allocation. */
export const ALLOCATION = -1;

/** The bytes that a program reads, one slot for each byte of each reading event, and what each may be read from. */
export interface ReadSlots {
  /** The first slot of each event's bytes; -1 if it reads none. */
  readonly first: Int8Array;
  readonly count: number;
  readonly reader: Int8Array;
  readonly byte: Int8Array;
  /** Writers that each slot may be read from: {@link ALLOCATION} or events, ascending. */
  readonly writers: readonly Int8Array[];
}

/**
 * `all`: every write of the byte but the reading event's own. `local`: less what program order alone forbids: a later write of
 * the reader's thread, an earlier one that the thread overwrote, and allocation where the thread wrote the byte before.
 */
export type Writers = 'all' | 'local';

export function readSlotsOf(program: BoundedProgram, which: Writers): ReadSlots {
  const { count } = program;
  const first = new Int8Array(count).fill(-1);
  const reader: number[] = [];
  const byte: number[] = [];
  const writers: Int8Array[] = [];
  for (let event = 0; event < count; event++) {
    const place = placeOf(program, event);
    const { kind } = letterOf(program, event);
    if (place === null || kind === 'wr') continue;
    first[event] = reader.length;
    for (let k = place.offset; k < place.offset + place.size; k++) {
      reader.push(event);
      byte.push(k);
      writers.push(Int8Array.from(writersOf(program, event, k, which)));
    }
  }
  return { first, count: reader.length, reader: Int8Array.from(reader), byte: Int8Array.from(byte), writers };
}

function writersOf(program: BoundedProgram, reader: number, byte: number, which: Writers): number[] {
  const all = [];
  for (let event = 0; event < program.count; event++) {
    if (event !== reader && writesByte(program, event, byte)) all.push(event);
  }
  if (which === 'all') return [ALLOCATION, ...all];
  const foreign = all.filter((event) => program.thread[event] !== program.thread[reader]);
  const before = all.filter((event) => program.thread[event] === program.thread[reader] && event < reader);
  return [...before.slice(-1), ...(before.length === 0 ? [ALLOCATION] : []), ...foreign].toSorted((a, b) => a - b);
}

export function writesByte(program: BoundedProgram, event: number, byte: number): boolean {
  const place = placeOf(program, event);
  const { kind } = letterOf(program, event);
  return place !== null && kind !== 'rd' && place.offset <= byte && byte < place.offset + place.size;
}

/**
 * Visits one reads-from (slot → writer) of each class under the renamings that leave the program as it is: the first in
 * lexicographic order. The array is reused. Ends early, answering true, when a visit answers true.
 */
export function forEachReadsFrom(
  { symmetries }: BoundedProgram,
  slots: ReadSlots,
  visit: (rf: Int8Array) => boolean | void,
): boolean {
  const rf = new Int8Array(slots.count);
  const choice = new Int32Array(slots.count);
  const { writers } = slots;
  if (writers.some((list) => list.length === 0)) return false;
  for (let slot = 0; slot < slots.count; slot++) rf[slot] = (writers[slot] as Int8Array)[0] as number;
  const image = new Int8Array(slots.count);
  for (;;) {
    if (symmetries.length === 0 || isLeast(symmetries, slots, rf, image)) {
      if (visit(rf) === true) return true;
    }
    let slot = slots.count - 1;
    for (; slot >= 0; slot--) {
      const list = writers[slot] as Int8Array;
      const next = (choice[slot] as number) + 1;
      const there = next < list.length ? next : 0;
      choice[slot] = there;
      rf[slot] = list[there] as number;
      if (there > 0) break;
    }
    if (slot < 0) return false;
  }
}

function isLeast(symmetries: BoundedProgram['symmetries'], slots: ReadSlots, rf: Int8Array, image: Int8Array): boolean {
  for (const { events, bytes } of symmetries) {
    for (let slot = 0; slot < slots.count; slot++) {
      const writer = rf[slot] as number;
      const at = slotOf(
        slots,
        events[slots.reader[slot] as number] as number,
        bytes[slots.byte[slot] as number] as number,
      );
      image[at] = writer === ALLOCATION ? ALLOCATION : (events[writer] as number);
    }
    for (let slot = 0; slot < slots.count; slot++) {
      const difference = (image[slot] as number) - (rf[slot] as number);
      if (difference < 0) return false;
      if (difference > 0) break;
    }
  }
  return true;
}

/** The slot of a byte that an event reads. */
export function slotOf({ first, byte }: ReadSlots, event: number, at: number): number {
  let slot = first[event] as number;
  while (byte[slot] !== at) slot++;
  return slot;
}

import type { Order } from '../../event/action.ts';

/** A range of bytes that a program may access. Offsets are in bytes of the one memory that there is. */
export interface Place {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

/** What an event may be, but for its place: an access or a fence (which has no place). */
export interface Letter {
  readonly kind: 'rd' | 'wr' | 'rmw' | 'fence';
  readonly order: Order;
}

/** What programs are made of: every access letter at every place, and the fences. */
export interface Alphabet {
  readonly places: readonly Place[];
  readonly letters: readonly Letter[];
}

const NAMES = ['x', 'y', 'z', 'w', 'v', 'u'];

/** That many places of one byte, none of which overlap. */
export function singleBytes(count: number): readonly Place[] {
  return Array.from({ length: count }, (_, i) => ({ name: NAMES[i] ?? `p${i}`, offset: i, size: 1 }));
}

/** Two bytes, the pair of them, and that many further bytes. */
export function bytesAndPair(others: number): readonly Place[] {
  return [
    { name: 'x', offset: 0, size: 2 },
    { name: 'x[0]', offset: 0, size: 1 },
    { name: 'x[1]', offset: 1, size: 1 },
    ...singleBytes(others + 1)
      .slice(1)
      .map((place, i) => ({ ...place, offset: i + 2 })),
  ];
}

const ATOMICS: readonly Order[] = ['acqrel', 'seqcst'];

/**
 * Reads, writes and read-modify-writes of those orders; an order that is not atomic has no read-modify-writes. `fences` are
 * the orders of fences.
 */
export function lettersOf(orders: readonly Order[], fences: readonly Order[] = []): readonly Letter[] {
  return [
    ...orders.map((order): Letter => ({ kind: 'rd', order })),
    ...orders.map((order): Letter => ({ kind: 'wr', order })),
    ...orders.filter((order) => ATOMICS.includes(order)).map((order): Letter => ({ kind: 'rmw', order })),
    ...fences.map((order): Letter => ({ kind: 'fence', order })),
  ];
}

/** As in OOPSLA19 Fig. 15: atomic, or aligned and of at most four bytes. */
export function isTearFree(order: Order, { offset, size }: Place): boolean {
  return order === 'acqrel' || order === 'seqcst' || (size <= 4 && offset % size === 0);
}

export function overlap(a: Place, b: Place): boolean {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}

/** How many bytes the places span. */
export function bytesOf(places: readonly Place[]): number {
  return Math.max(0, ...places.map(({ offset, size }) => offset + size));
}

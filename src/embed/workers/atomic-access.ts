import type { RmwUpdate } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import { unitAt } from '../../event/units.ts';

/** Accesses of one location by JavaScript's Atomics, as store units: bytes, the least significant first. */

export type Cells = Int8Array | Uint8Array | Int16Array | Int32Array | BigInt64Array;

export function readCell(cells: Cells, i: number): Units {
  return bytesOf(load(cells, i), cells.BYTES_PER_ELEMENT);
}

export function writeCell(cells: Cells, i: number, units: Units): void {
  if (cells instanceof BigInt64Array) Atomics.store(cells, i, longOf(units));
  else Atomics.store(cells, i, Number(longOf(units)));
}

/** The units before. */
export function updateCell(cells: Cells, i: number, update: RmwUpdate): Units {
  const size = cells.BYTES_PER_ELEMENT;
  if (update.op === 'cmpxchg') {
    const expected = longOf(update.expected);
    const replacement = longOf(update.replacement);
    return cells instanceof BigInt64Array
      ? bytesOf(Atomics.compareExchange(cells, i, expected, replacement), size)
      : bytesOf(Atomics.compareExchange(cells, i, Number(expected), Number(replacement)), size);
  }
  const operand = longOf(update.operand);
  return cells instanceof BigInt64Array
    ? bytesOf(LONG[update.op](cells, i, operand), size)
    : bytesOf(SMALL[update.op](cells, i, Number(operand)), size);
}

type Small = Exclude<Cells, BigInt64Array>;

const SMALL: Readonly<
  Record<Exclude<RmwUpdate['op'], 'cmpxchg'>, (cells: Small, i: number, operand: number) => number>
> = {
  add: (cells, i, operand) => Atomics.add(cells, i, operand),
  sub: (cells, i, operand) => Atomics.sub(cells, i, operand),
  and: (cells, i, operand) => Atomics.and(cells, i, operand),
  or: (cells, i, operand) => Atomics.or(cells, i, operand),
  xor: (cells, i, operand) => Atomics.xor(cells, i, operand),
  xchg: (cells, i, operand) => Atomics.exchange(cells, i, operand),
};

const LONG: Readonly<
  Record<Exclude<RmwUpdate['op'], 'cmpxchg'>, (cells: BigInt64Array, i: number, operand: bigint) => bigint>
> = {
  add: (cells, i, operand) => Atomics.add(cells, i, operand),
  sub: (cells, i, operand) => Atomics.sub(cells, i, operand),
  and: (cells, i, operand) => Atomics.and(cells, i, operand),
  or: (cells, i, operand) => Atomics.or(cells, i, operand),
  xor: (cells, i, operand) => Atomics.xor(cells, i, operand),
  xchg: (cells, i, operand) => Atomics.exchange(cells, i, operand),
};

function load(cells: Cells, i: number): number | bigint {
  return cells instanceof BigInt64Array ? Atomics.load(cells, i) : Atomics.load(cells, i);
}

function bytesOf(value: number | bigint, size: number): Units {
  if (typeof value === 'number') return Array.from({ length: size }, (_, k) => (value >> (8 * k)) & 0xff);
  return Array.from({ length: size }, (_, k) => Number((value >> BigInt(8 * k)) & 0xffn));
}

/** The units as a signed number, of as many bytes as there are. */
export function longOf(units: Units): bigint {
  let n = 0n;
  for (let k = units.length - 1; k >= 0; k--) n = (n << 8n) | BigInt(unitAt(units, k));
  return BigInt.asIntN(8 * units.length, n);
}

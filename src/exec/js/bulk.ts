import { assert } from '../../base/assert.ts';
import { NOWHERE } from '../../base/span.ts';
import type { GrowRequest } from '../../event/request.ts';
import type { TableInst } from '../../runtime/instance.ts';
import type { DirectBytes, DirectStore } from '../store.ts';
import { trap } from './endings.ts';

/** What instructions on whole runs of bytes and slots do, for compiled code. Places and sizes are unsigned numbers. */

const MEMORY = 'out of bounds memory access';
const TABLE = 'out of bounds table access';

/** A segment: what it has, and how many units of it are left, all or none. */
export interface Segment<T> {
  readonly items: T;
  readonly lengths: number[];
}

export interface Slots {
  readonly table: TableInst;
  readonly cells: number[];
  readonly lengths: number[];
  readonly store: DirectStore;
}

export function drop({ lengths }: Segment<unknown>): void {
  lengths[0] = 0;
}

export function fillMemory({ bytes }: DirectBytes, to: number, byte: number, size: number): void {
  if (to + size > bytes.length) trap(MEMORY);
  bytes.fill(byte, to, to + size);
}

export function copyMemory(target: DirectBytes, source: DirectBytes, to: number, from: number, size: number): void {
  if (to + size > target.bytes.length || from + size > source.bytes.length) trap(MEMORY);
  if (target === source) target.bytes.copyWithin(to, from, from + size);
  else target.bytes.set(source.bytes.subarray(from, from + size), to);
}

export function initMemory(
  { bytes }: DirectBytes,
  { items, lengths }: Segment<Uint8Array>,
  to: number,
  from: number,
  size: number,
): void {
  if (from + size > (lengths[0] ?? 0) || to + size > bytes.length) trap(MEMORY);
  bytes.set(items.subarray(from, from + size), to);
}

export function getSlot({ cells, lengths }: Slots, index: number): number {
  if (index >= (lengths[0] ?? 0)) trap(TABLE);
  return cells[index] ?? 0;
}

export function setSlot({ cells, lengths }: Slots, index: number, id: number): void {
  if (index >= (lengths[0] ?? 0)) trap(TABLE);
  cells[index] = id;
}

export function growTable({ store, table }: Slots, fill: number, delta: number): number {
  const { length, elem, type } = table;
  const most = type.addr === 'i32' ? 2 ** 32 - 1 : 2 ** 64;
  const max = Number(type.limits.max ?? most);
  return grow(store, { kind: 'grow', length, content: elem, unit: 1, fill, delta, max, site });
}

const site = { at: NOWHERE, text: 'grow', shows: null };

export function grow(store: DirectStore, request: GrowRequest): number {
  const answer = store.answer(request);
  assert(answer?.kind === 'grown', 'a growth is answered');
  return answer.previous;
}

export function fillTable({ cells, lengths }: Slots, to: number, id: number, size: number): void {
  if (to + size > (lengths[0] ?? 0)) trap(TABLE);
  for (let i = 0; i < size; i++) cells[to + i] = id;
}

export function copyTable(target: Slots, source: Slots, to: number, from: number, size: number): void {
  if (to + size > (target.lengths[0] ?? 0) || from + size > (source.lengths[0] ?? 0)) trap(TABLE);
  if (to <= from) for (let i = 0; i < size; i++) target.cells[to + i] = source.cells[from + i] ?? 0;
  else for (let i = size - 1; i >= 0; i--) target.cells[to + i] = source.cells[from + i] ?? 0;
}

export function initTable(
  { cells, lengths: own }: Slots,
  { items, lengths }: Segment<readonly number[]>,
  to: number,
  from: number,
  size: number,
): void {
  if (from + size > (lengths[0] ?? 0) || to + size > (own[0] ?? 0)) trap(TABLE);
  for (let i = 0; i < size; i++) cells[to + i] = items[from + i] ?? 0;
}

/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import type { Region } from '../event/location.ts';
import { regionOf } from '../event/location.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import { unsignedAt } from './addresses.ts';
import type { PlaceShape } from './events-place.ts';
import type { EventSite } from './events.ts';
import { whyNotCalled, tableOf } from './events-table.ts';
import type { Words } from './int64.ts';
import type { Stored } from './stored.ts';

/** Units of regions that are not memories' bytes or globals' values. */
export interface Cells {
  cells(region: Region): number[];
}

type Get = Extract<PlaceShape, { kind: 'place.get' }>;
type Set = Extract<PlaceShape, { kind: 'place.set' }>;

/**
 * Reads or writes a slot, field or element at once; false if it is left to a request: a global, and what traps. Sequentially consistent, so
 * that orders do not matter.
 */
export function performPlace(
  store: Cells,
  s: Words,
  module: ModuleInst,
  event: Get | Set,
  d: number,
  a: number,
  b: number,
  c: number,
): boolean {
  const { place, stored } = event;
  switch (place.kind) {
    case 'global':
      return false;
    case 'slot': {
      const { elem, length } = tableOf(module, place.table);
      const at = unsignedAt(s, a, place.wide);
      if (at >= store.cells(length)[0]!) return false;
      access(store.cells(elem), at, s, event, stored, d, b);
      return true;
    }
    case 'field': {
      const id = s[a]!;
      const reference = id === 0 ? null : module.refs.get(id);
      if (reference?.kind !== 'struct') return false;
      access(store.cells(regionOf(reference.addr, 'fields')), place.offset, s, event, stored, d, b);
      return true;
    }
    default: {
      const id = s[a]!;
      const reference = id === 0 ? null : module.refs.get(id);
      const at = s[b]! >>> 0;
      if (reference?.kind !== 'array' || at >= reference.length) return false;
      access(store.cells(regionOf(reference.addr, 'elem')), at * stored.units, s, event, stored, d, c);
      return true;
    }
  }
}

/** Finds what call_indirect calls; false if it traps. */
export function performCallee(
  store: Cells,
  s: Words,
  module: ModuleInst,
  event: Extract<EventSite, { kind: 'callee' }>,
  d: number,
  a: number,
): boolean {
  const { elem, length } = tableOf(module, event.table);
  const at = unsignedAt(s, a, event.wide);
  if (at >= store.cells(length)[0]!) return false;
  const id = store.cells(elem)[at]!;
  if (whyNotCalled(module, event, id) !== null) return false;
  s[d] = id;
  return true;
}

function access(
  cells: number[],
  at: number,
  s: Words,
  event: Get | Set,
  { reference, units, words, signed }: Stored,
  d: number,
  value: number,
): void {
  if (event.kind === 'place.set') {
    if (reference) cells[at] = s[value]!;
    else for (let k = 0; k < units; k++) cells[at + k] = (s[value + (k >> 2)]! >>> (8 * (k & 3))) & 0xff;
    return;
  }
  if (reference) s[d] = cells[at]!;
  else if (units < 4) {
    const packed = units === 1 ? cells[at]! : cells[at]! | (cells[at + 1]! << 8);
    const shift = 32 - 8 * units;
    s[d] = signed ? (packed << shift) >> shift : packed;
  } else {
    for (let word = 0, k = at; word < words; word++, k += 4)
      s[d + word] = cells[k]! | (cells[k + 1]! << 8) | (cells[k + 2]! << 16) | (cells[k + 3]! << 24);
  }
}

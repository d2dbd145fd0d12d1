import { assertNever, Bug, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import { regionOf } from '../event/location.ts';
import type { Addr } from '../event/location.ts';
import type { AskedAction, BoundsCheck, Request, Response, RmwUpdate, Site } from '../event/request.ts';
import { applyRmw } from '../event/rmw.ts';
import type { GlobalInst, ModuleInst } from '../runtime/instance.ts';
import { fromUnits, toUnits } from '../runtime/value-units.ts';
import type { RmwOp } from '../syntax/instructions.ts';
import { unsignedAt } from './addresses.ts';
import { access, trap, unitsOf } from './events-common.ts';
import { tableOf } from './events-table.ts';
import type { Words } from './int64.ts';
import type { Stored } from './stored.ts';
import { putUnits, unitsAt } from './stored.ts';
import type { Thread } from './thread.ts';

/** A global, a table's slot, a structure's field or an array's element; operands find the latter three. */
export type Place =
  | { readonly kind: 'global'; readonly global: number }
  | { readonly kind: 'slot'; readonly table: number; readonly wide: boolean }
  /** `offset`: of the field in its structure's units. */
  | { readonly kind: 'field'; readonly offset: number }
  | { readonly kind: 'element' };

/** Accesses of places. Without an atomic order they are of one's own memory model: `unord`. */
export type PlaceShape = PlaceAccess &
  (
    | { readonly kind: 'place.get' }
    | { readonly kind: 'place.set' }
    | { readonly kind: 'place.rmw'; readonly op: RmwOp }
    | { readonly kind: 'place.cmpxchg' }
  );

interface PlaceAccess {
  readonly place: Place;
  readonly stored: Stored;
  readonly order: Order;
  readonly tearFree: boolean;
}

/** Where a place is in the world. */
export interface Located {
  readonly region: Access['region'];
  readonly offset: number;
  readonly bounds: BoundsCheck | null;
}

/** How many operands find the place. */
export function pathLength(place: Place): 0 | 1 | 2 {
  switch (place.kind) {
    case 'global':
      return 0;
    case 'slot':
    case 'field':
      return 1;
    case 'element':
      return 2;
    default:
      return assertNever(place);
  }
}

export function askPlace(
  thread: Thread,
  module: ModuleInst,
  event: PlaceShape & { readonly site: Site },
  d: number,
  a: number,
  b: number,
  c: number,
): Request | null {
  const { place, stored, order, tearFree, site } = event;
  const s = thread.words;
  const path = pathLength(place);
  const value = path === 0 ? a : path === 1 ? b : c;
  const after = path === 0 ? b : path === 1 ? c : c + stored.words;
  if (place.kind === 'global') {
    const global = known(module.globals[place.global], 'global');
    if (global.kind !== 'mutable') {
      accessLocally(thread, global, event, d, value, after);
      return null;
    }
  }
  const located = locate(s, module, place, stored.units, site, a, b);
  if ('reason' in located) return located;
  const { region, offset, bounds } = located;
  const where: Access = { region, offset, size: stored.units, order, tearFree };
  return access(bounds, [actionOf(s, event, where, value, after)], site);
}

export function takePlace(
  s: Words,
  event: PlaceShape & { readonly site: Site },
  d: number,
  answer: Response,
): Request | null {
  if (answer.kind === 'out-of-bounds') return trap('out of bounds table access', event.site);
  if (event.kind !== 'place.set') putUnits(s, d, unitsOf(answer), event.stored);
  return null;
}

/** Finds a place that the world holds, or the trap. */
export function locate(
  s: Words,
  module: ModuleInst,
  place: Place,
  units: number,
  site: Site,
  a: number,
  b: number,
): Located | (Request & { readonly kind: 'trap' }) {
  switch (place.kind) {
    case 'global': {
      const global = known(module.globals[place.global], 'global');
      if (global.kind !== 'mutable') throw new Bug('a global that the world does not hold');
      return { region: global.val, offset: 0, bounds: null };
    }
    case 'slot': {
      const { elem, length } = tableOf(module, place.table);
      const at = unsignedAt(s, a, place.wide);
      return { region: elem, offset: at, bounds: { length, unit: 1, end: at + 1 } };
    }
    case 'field': {
      const addr = structAt(s, module, a);
      if (addr === null) return trap('null structure reference', site);
      return { region: regionOf(addr, 'fields'), offset: place.offset, bounds: null };
    }
    case 'element': {
      const array = arrayAt(s, module, a);
      if (array === null) return trap('null array reference', site);
      const at = unsignedAt(s, b, false);
      if (at >= array.length) return trap('out of bounds array access', site);
      return { region: regionOf(array.addr, 'elem'), offset: at * units, bounds: null };
    }
    default:
      return assertNever(place);
  }
}

/** The structure whose reference is at `a`; null if that is null. */
function structAt(s: Words, { refs }: ModuleInst, a: number): Addr | null {
  const id = known(s[a], 'reference');
  if (id === 0) return null;
  const reference = refs.get(id);
  if (reference.kind !== 'struct') throw new Bug(`a ${reference.kind} as a structure`);
  return reference.addr;
}

/** Likewise an array. */
export function arrayAt(
  s: Words,
  { refs }: ModuleInst,
  a: number,
): { readonly addr: Addr; readonly length: number } | null {
  const id = known(s[a], 'reference');
  if (id === 0) return null;
  const reference = refs.get(id);
  if (reference.kind !== 'array') throw new Bug(`a ${reference.kind} as an array`);
  return reference;
}

function actionOf(s: Words, event: PlaceShape, where: Access, value: number, after: number): AskedAction {
  if (event.kind === 'place.get') return { kind: 'rd', ...where };
  if (event.kind === 'place.set') return { kind: 'wr', ...where, written: unitsAt(s, value, event.stored) };
  return { kind: 'rmw', ...where, update: updateOf(s, event, value, after) };
}

function updateOf(
  s: Words,
  event: Extract<PlaceShape, { kind: 'place.rmw' | 'place.cmpxchg' }>,
  value: number,
  after: number,
): RmwUpdate {
  const operand = unitsAt(s, value, event.stored);
  if (event.kind === 'place.rmw') return { op: event.op, operand };
  return { op: 'cmpxchg', expected: operand, replacement: unitsAt(s, after, event.stored) };
}

/** An access of a global that is constant or the thread's own, which asks nothing. */
function accessLocally(
  thread: Thread,
  global: Exclude<GlobalInst, { kind: 'mutable' }>,
  event: PlaceShape,
  d: number,
  value: number,
  after: number,
): void {
  const { content } = global.type;
  const held = global.kind === 'constant' ? global.value : (thread.local(global.addr) ?? global.initial);
  const written =
    event.kind === 'place.get'
      ? null
      : event.kind === 'place.set'
        ? unitsAt(thread.words, value, event.stored)
        : applyRmw(updateOf(thread.words, event, value, after), toUnits(held));
  if (event.kind !== 'place.set') thread.put(d, held);
  if (written === null) return;
  if (global.kind === 'constant') throw new Bug('a constant global is set');
  thread.setLocal(global.addr, fromUnits(content, written));
}

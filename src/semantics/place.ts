import { assert, known } from '../base/assert.ts';
import type { Access, Order } from '../event/action.ts';
import type { Range } from '../event/location.ts';
import { regionOf } from '../event/location.ts';
import type { AskedAction, BoundsCheck, Site } from '../event/request.ts';
import type { ArrayType, GlobalShare, StorageType, StructType } from '../syntax/types.ts';
import { NULL, type Value } from '../syntax/values.ts';
import type { GlobalInst, TableInst } from '../runtime/instance.ts';
import type { Reference } from '../runtime/references.ts';
import { fieldOffsets, isNarrow, unitsOfType } from '../runtime/value-units.ts';
import { BEYOND_TABLE } from './access.ts';
import type { State } from './config.ts';
import { frameOf } from './config.ts';
import { idOf } from './operands.ts';
import type { Attempt } from './rule.ts';

/**
 * A location outside of memories: a global's value, a table's slot, a structure's field or an array's element. Ordinary and atomic
 * accesses and waits reach it alike. In the rules' statements l is such a location.
 */
export interface Place {
  readonly range: Range;
  readonly storage: StorageType;
  readonly share: GlobalShare;
  /** No ordinary access to it tears. */
  readonly tearFree: boolean;
  /** Of a slot. */
  readonly bounds: BoundsCheck | null;
}

/** A place, or the trap that the way there ends in. */
export type Found = Place | string;

export type MutableGlobal = Extract<GlobalInst, { readonly kind: 'mutable' }>;
type StructRef = Extract<Reference, { readonly kind: 'struct' }>;
export type ArrayRef = Extract<Reference, { readonly kind: 'array' }>;

export const NULL_STRUCT = 'null structure reference';
export const NULL_ARRAY = 'null array reference';
export const BEYOND_ARRAY = 'out of bounds array access';

/** What a reference is to; null for a null one. Not for i31 references. */
export function referred(z: State, value: Value): Reference | null {
  const id = idOf(value);
  return id === NULL.id ? null : frameOf(z).func.it.module.refs.get(id);
}

/** The structure that a reference of a structure type is to; null for a null one. */
export function structAt(z: State, value: Value): StructRef | null {
  const found = referred(z, value);
  if (found === null) return null;
  assert(found.kind === 'struct', 'a structure');
  return found;
}

export function arrayAt(z: State, value: Value): ArrayRef | null {
  const found = referred(z, value);
  if (found === null) return null;
  assert(found.kind === 'array', 'an array');
  return found;
}

/** The structure type that an index of the module names. */
export function structType(z: State, x: number): StructType {
  const { comp } = known(frameOf(z).func.it.module.types[x], 'type');
  assert(comp.kind === 'struct', 'a structure type');
  return comp;
}

export function arrayType(z: State, x: number): ArrayType {
  const { comp } = known(frameOf(z).func.it.module.types[x], 'type');
  assert(comp.kind === 'array', 'an array type');
  return comp;
}

export function globalPlace({ val, type, tearFree }: MutableGlobal): Place {
  const { content, share } = type;
  const range = { region: val, offset: 0, size: unitsOfType(content) };
  return { range, storage: content, share, tearFree, bounds: null };
}

export function slotPlace({ elem, length, type }: TableInst, i: number): Place {
  const range = { region: elem, offset: i, size: 1 };
  return { range, storage: type.elem, share: type.share, tearFree: true, bounds: { length, unit: 1, end: i + 1 } };
}

/** Field y of a structure that has type x. A subtype's fields begin as its supertype's do. */
export function fieldPlace(z: State, value: Value, x: number, y: number): Found {
  const found = structAt(z, value);
  if (found === null) return NULL_STRUCT;
  const type = structType(z, x);
  const { storage } = known(type.fields[y], 'field');
  const offset = known(fieldOffsets(type)[y], 'offset');
  const range = { region: regionOf(found.addr, 'fields'), offset, size: unitsOfType(storage) };
  return { range, storage, share: found.type.share, tearFree: isNarrow(storage), bounds: null };
}

/** Element i of an array that has type x. */
export function elementPlace(z: State, value: Value, x: number, i: number): Found {
  const found = arrayAt(z, value);
  if (found === null) return NULL_ARRAY;
  if (i >= found.length) return BEYOND_ARRAY;
  const { storage } = arrayType(z, x).field;
  const size = unitsOfType(storage);
  const range = { region: regionOf(found.addr, 'elem'), offset: i * size, size };
  return { range, storage, share: found.type.share, tearFree: isNarrow(storage), bounds: null };
}

/** The one event that is an access to a place; a slot's is bounds-checked. */
export function accessTo(found: Found, order: Order, site: Site, action: (access: Access) => AskedAction): Attempt {
  if (typeof found === 'string') return { request: null, trap: found, site };
  const { range, bounds } = found;
  const access = { ...range, order, tearFree: order !== 'unord' || found.tearFree };
  const trap = bounds === null ? null : BEYOND_TABLE;
  return { request: { kind: 'access', bounds, actions: [action(access)], site }, trap, site };
}

export function readOf(found: Found, order: Order, site: Site): Attempt {
  return accessTo(found, order, site, (access) => ({ kind: 'rd', ...access }));
}

import { known } from '../base/assert.ts';
import type { Module } from '../syntax/module.ts';
import type {
  CompType,
  FieldType,
  FuncType,
  GlobalType,
  HeapType,
  RefType,
  StorageType,
  SubType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import { rolledKey } from './rolled-key.ts';

/**
 * Closed types [core 3.0, Types / Conventions: rolling, closed types]. A type index means nothing outside its module, so a
 * definition gets an id for the whole process, equal for equal definitions of any two modules; a *closed* type has such
 * ids where its module wrote indices. Definitions are equal if they stand at the same place of equal recursive groups; two
 * groups are equal if they are written alike, an index of the own group counting by its place in it.
 *
 * Metavariables: x type index, ids the ids of a module's types.
 */

/** The id of each type index of a module. */
export type TypeIds = readonly number[];

/** A closed definition. There is one object for each id. */
export interface DefType extends SubType {
  readonly id: number;
  /** How many supertypes it has, one above the other. */
  readonly depth: number;
  /** A supertype further up (or itself, without one), chosen so that every one is reached in logarithmic time. */
  readonly jump: DefType | null;
}

/** An index that names no type, or a later group's: equal to nothing that is valid. */
export const UNKNOWN = -1;

const firstIdOfKey = new Map<string, number>();
const definitions: DefType[] = [];

/**
 * The ids of a module's type definitions, in order; `recs` are the sizes of its recursive groups. Total, so that an ill-formed
 * module can be checked on.
 */
export function typeIds(types: readonly SubType[], recs: readonly number[]): TypeIds {
  const ids: number[] = [];
  for (const size of recs) {
    const group = types.slice(ids.length, ids.length + size);
    const first = groupId(group, ids);
    for (let i = 0; i < group.length; i++) ids.push(first + i);
  }
  return ids;
}

/** The id of a group's first definition; the others follow it. `before` are the ids of the definitions before the group. */
function groupId(group: readonly SubType[], before: TypeIds): number {
  const key = rolledKey(group, before);
  const found = firstIdOfKey.get(key);
  if (found !== undefined) return found;
  const first = definitions.length;
  firstIdOfKey.set(key, first);
  const start = before.length;
  const close = (x: number): number => {
    if (x < start) return before[x] ?? UNKNOWN;
    return x < start + group.length ? first + x - start : UNKNOWN;
  };
  for (const st of group) define(closeSubType(st, close));
  return first;
}

/** Supertypes come before their subtypes; one that does not is no supertype of anything (and its module is invalid). */
function define(closed: SubType): void {
  const id = definitions.length;
  const above = closed.supers[0];
  const parent = above === undefined ? undefined : definitions[above];
  if (parent === undefined) {
    definitions.push({ ...closed, id, depth: 0, jump: null });
    return;
  }
  // Skip pointers: a jump is as long as the parent's two together where these are equally long, else one step.
  const far = parent.jump;
  const skips = far !== null && parent.depth - far.depth === far.depth - (far.jump?.depth ?? far.depth);
  definitions.push({ ...closed, id, depth: parent.depth + 1, jump: skips ? (far.jump ?? parent) : parent });
}

/** The closed definition that has this id. */
export function definedType(id: number): DefType {
  return known(definitions[id], `type definition ${id}`);
}

/** Whether `id` is `above` or has it among its supertypes. */
export function isDeclaredSub(id: number, above: number): boolean {
  if (id === above) return true;
  const target = definitions[above];
  let at = definitions[id];
  if (target === undefined || at === undefined) return false;
  while (at.depth > target.depth) {
    const { jump }: DefType = at;
    if (jump !== null && jump.depth >= target.depth) at = jump;
    else at = definedType(known(at.supers[0], 'supertype'));
  }
  return at.id === above;
}

const idsOfModule = new WeakMap<Module, TypeIds>();

/** The ids of a module's types, reckoned once. */
export function idsOf(module: Module): TypeIds {
  let ids = idsOfModule.get(module);
  if (ids === undefined) {
    ids = typeIds(
      module.types.map((td) => td.type),
      module.recs,
    );
    idsOfModule.set(module, ids);
  }
  return ids;
}

/** The closed form of a definition that is a group of its own and mentions no index, such as a host function's type. */
export function soleType(st: SubType): DefType {
  return definedType(groupId([st], []));
}

/** The closed form of a definition that is a group of its own and whose indices are ids already. */
export function closedType(st: SubType): DefType {
  return definedType(
    groupId(
      [st],
      definitions.map(({ id }) => id),
    ),
  );
}

type Closing = (x: number) => number;

function closeHeapType(ht: HeapType, close: Closing): HeapType {
  return ht.kind === 'index' ? { kind: 'index', type: close(ht.type) } : ht;
}

function closeRef(rt: RefType, close: Closing): RefType {
  if (rt.heap.kind === 'abstract') return rt;
  return { kind: 'ref', nullable: rt.nullable, heap: closeHeapType(rt.heap, close) };
}

function closeVal(t: ValType, close: Closing): ValType {
  return typeof t === 'string' ? t : closeRef(t, close);
}

function closeStorage(st: StorageType, close: Closing): StorageType {
  return typeof st === 'string' ? st : closeRef(st, close);
}

function closeField({ mutable, storage }: FieldType, close: Closing): FieldType {
  return { mutable, storage: closeStorage(storage, close) };
}

function closeFunc(ft: FuncType, close: Closing): FuncType {
  return {
    kind: 'func',
    params: ft.params.map((t) => closeVal(t, close)),
    results: ft.results.map((t) => closeVal(t, close)),
  };
}

function closeComp(ct: CompType, close: Closing): CompType {
  switch (ct.kind) {
    case 'func':
      return closeFunc(ct, close);
    case 'struct':
      return { kind: 'struct', fields: ct.fields.map((ft) => closeField(ft, close)) };
    case 'array':
      return { kind: 'array', field: closeField(ct.field, close) };
  }
}

function closeSubType({ final, supers, share, comp }: SubType, close: Closing): SubType {
  return { final, supers: supers.map(close), share, comp: closeComp(comp, close) };
}

function closing(ids: TypeIds): Closing {
  return (x) => ids[x] ?? UNKNOWN;
}

export function closeRefType(ids: TypeIds, rt: RefType): RefType {
  return closeRef(rt, closing(ids));
}

export function closeGlobalType(ids: TypeIds, gt: GlobalType): GlobalType {
  return { ...gt, content: closeVal(gt.content, closing(ids)) };
}

export function closeTableType(ids: TypeIds, tt: TableType): TableType {
  return { ...tt, elem: closeRefType(ids, tt.elem) };
}

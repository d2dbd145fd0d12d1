import { known } from '../base/assert.ts';
import type { DefType, FuncType, GlobalType, HeapType, RefType, TableType, ValType } from '../syntax/types.ts';

/**
 * Closed types [core 3.0, Types / Conventions: rolling, closed types]. A type index means nothing outside its module, so a
 * definition gets an id for the whole process, equal for equal definitions of any two modules; a *closed* type has such
 * ids where its module wrote indices. Two definitions are equal if their shares and components are, a reference of a
 * definition to itself counting as equal to the other's to itself (each definition is a recursive group of its own).
 *
 * Metavariables: x type index, ids the ids of a module's types.
 */

/** The id of each type index of a module. */
export type TypeIds = readonly number[];

/** An index that names no type, or a later one: equal to nothing else, not even across modules. */
const UNKNOWN = -1;

const SELF = -2;

const idOfKey = new Map<string, number>();
const definitions: DefType[] = [];

/** The ids of a module's type definitions, in order; total, so that an ill-formed module can be checked on. */
export function typeIds(types: readonly DefType[]): TypeIds {
  const ids: number[] = [];
  types.forEach((dt, self) => {
    const open = mapIndices(dt, (x) => (x === self ? SELF : x < self ? (ids[x] ?? UNKNOWN) : UNKNOWN));
    const key = JSON.stringify(open);
    let id = idOfKey.get(key);
    if (id === undefined) {
      id = definitions.length;
      const own = id;
      idOfKey.set(key, id);
      definitions.push(mapIndices(open, (x) => (x === SELF ? own : x)));
    }
    ids.push(id);
  });
  return ids;
}

/** The closed definition that has this id. */
export function definedType(id: number): DefType {
  return known(definitions[id], `type definition ${id}`);
}

function mapHeap(ht: HeapType, f: (x: number) => number): HeapType {
  return ht.kind === 'index'
    ? { kind: 'index', type: f(ht.type) }
    : { kind: 'abstract', share: ht.share, name: ht.name };
}

function mapRef(rt: RefType, f: (x: number) => number): RefType {
  return { kind: 'ref', nullable: rt.nullable, heap: mapHeap(rt.heap, f) };
}

function mapVal(t: ValType, f: (x: number) => number): ValType {
  return typeof t === 'string' ? t : mapRef(t, f);
}

function mapFunc(ft: FuncType, f: (x: number) => number): FuncType {
  return { kind: 'func', params: ft.params.map((t) => mapVal(t, f)), results: ft.results.map((t) => mapVal(t, f)) };
}

function mapIndices(dt: DefType, f: (x: number) => number): DefType {
  return { share: dt.share, comp: mapFunc(dt.comp, f) };
}

function closing(ids: TypeIds): (x: number) => number {
  return (x) => ids[x] ?? UNKNOWN;
}

export function closeValType(ids: TypeIds, t: ValType): ValType {
  return mapVal(t, closing(ids));
}

export function closeDefType(ids: TypeIds, dt: DefType): DefType {
  return mapIndices(dt, closing(ids));
}

export function closeGlobalType(ids: TypeIds, gt: GlobalType): GlobalType {
  return { ...gt, content: closeValType(ids, gt.content) };
}

export function closeTableType(ids: TypeIds, tt: TableType): TableType {
  return { ...tt, elem: mapRef(tt.elem, closing(ids)) };
}

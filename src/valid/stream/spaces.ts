import { need, refuse } from './reader.ts';
import { IntList } from './scratch.ts';
import { canons, kindAt, KIND_FUNC, places, shareAt } from './types.ts';

/**
 * The context C of the module being read: its index spaces, imports first [core 3.0, Validation, Contexts]. The functions that use an index
 * refuse what is not there, and what is not shared if the code is.
 */

/** Bits of a memory's or table's flags, as in the binary format's limits. */
export const IS_SHARED = 2;
export const IS_64 = 4;

/** Bits of a global's flags. */
export const MUTABLE = 1;
/** Shared or thread_local: shared code may use it. */
export const USABLE = 2;
export const THREAD_LOCAL = 4;

/** Types of functions and tags, by type index. */
export const funcs = new IntList();
export const tags = new IntList();
export const memories = new IntList();
export const tables = new IntList();
export const tableTypes = new IntList();
export const globals = new IntList();
export const globalTypes = new IntList();
export const elems = new IntList();
/** 1 where the segment is shared. */
export const elemShares = new IntList();
/** Functions that are mentioned outside of bodies: C.refs. */
export const declared = new IntList();
/** Data segments that shared code uses: whether they are shared is known after the code. */
export const sharedDatas = new IntList();

export const counts = {
  importedFuncs: 0,
  importedGlobals: 0,
  /** As the data count section says; -1 without one. */
  datas: -1,
};

/** Whether the code being read is a shared function's. */
export const strict = { on: false };

export function clearSpaces(): void {
  for (const list of [funcs, tags, memories, tables, tableTypes, globals, globalTypes, elems, elemShares]) list.clear();
  declared.clear();
  sharedDatas.clear();
  counts.importedFuncs = 0;
  counts.importedGlobals = 0;
  counts.datas = -1;
  strict.on = false;
}

/** The place of a function type's description. */
export function funcTypeAt(x: number): number {
  if (x >= places.length) refuse();
  const place = places.at(x);
  if (kindAt(place) !== KIND_FUNC) refuse();
  return place;
}

/** The place of a type of one kind that an instruction mentions. */
export function useType(x: number, kind: number): number {
  if (x >= places.length) refuse();
  const place = places.at(x);
  if (kindAt(place) !== kind || (strict.on && shareAt(place) === 0)) refuse();
  return place;
}

/** The heap type of a type index that is known to exist. */
export function canonOf(x: number): number {
  return canons.at(x);
}

export function useFunc(x: number): number {
  if (x >= funcs.length) refuse();
  const place = places.at(funcs.at(x));
  if (strict.on && shareAt(place) === 0) refuse();
  return place;
}

export function useTag(x: number): number {
  if (x >= tags.length) refuse();
  const place = places.at(tags.at(x));
  if (strict.on && shareAt(place) === 0) refuse();
  return place;
}

/** The flags of a memory. */
export function useMemory(x: number): number {
  if (x >= memories.length) refuse();
  const flags = memories.at(x);
  if (strict.on && (flags & IS_SHARED) === 0) refuse();
  return flags;
}

/** The flags of a table; its type is `tableTypes.at(x)`. */
export function useTable(x: number): number {
  if (x >= tables.length) refuse();
  const flags = tables.at(x);
  if (strict.on && (flags & IS_SHARED) === 0) refuse();
  return flags;
}

/** The flags of a global; its type is `globalTypes.at(x)`. */
export function useGlobal(x: number): number {
  if (x >= globals.length) refuse();
  const flags = globals.at(x);
  if (strict.on && (flags & USABLE) === 0) refuse();
  return flags;
}

/** The type of an element segment. */
export function useElem(x: number): number {
  if (x >= elems.length) refuse();
  if (strict.on && elemShares.at(x) === 0) refuse();
  return elems.at(x);
}

export function useData(x: number): void {
  need(x < counts.datas);
  if (strict.on) sharedDatas.push(x);
}

export function declare(x: number): void {
  while (declared.length <= x) declared.push(0);
  declared.items[x] = 1;
}

export function isDeclared(x: number): boolean {
  return x < declared.length && declared.at(x) === 1;
}

/** What an import or export must be in a module with the flag `shared`: shared or thread_local. */
export function isUsable(kind: number, x: number): boolean {
  switch (kind) {
    case 0: // function
      return shareAt(places.at(funcs.at(x))) === 1;
    case 1: // table
      return (tables.at(x) & IS_SHARED) !== 0;
    case 2: // memory
      return (memories.at(x) & IS_SHARED) !== 0;
    case 3: // global
      return (globals.at(x) & USABLE) !== 0;
    default: // tag
      return shareAt(places.at(tags.at(x))) === 1;
  }
}

import type {
  CompType,
  FieldType,
  HeapType,
  Share,
  StorageType,
  SubType,
  ValType,
} from '../../../../src/syntax/types.ts';
import { addType, type Env } from './environment.ts';
import { someStorage, someTypes, typeAbove, typeBelow, type TypeWish } from './value-types.ts';

/**
 * The types of a module: recursive groups whose members mention each other and earlier ones, subtypes made from their supertypes, shared ones
 * made of shared parts, and copies of whole groups, which are equal to their originals.
 */

const EMPTY: Record<CompType['kind'], CompType> = {
  func: { kind: 'func', params: [], results: [] },
  struct: { kind: 'struct', fields: [] },
  array: { kind: 'array', field: { mutable: true, storage: 'i32' } },
};

export function makeTypes(env: Env): void {
  const { c, features } = env;
  const groups = 1 + c.below(6);
  for (let i = 0; i < groups; i++) {
    if (!features.gc) addType(env, plainFunction(env));
    else if (env.recs.length > 0 && c.chance(1, 8)) copyGroup(env, c.below(env.recs.length));
    else makeGroup(env, c.chance(1, 3) ? c.below(4) : 1);
  }
}

function plainFunction(env: Env): SubType {
  const share: Share = env.features.sharedEverything && env.c.chance(1, 3) ? 'shared' : 'unshared';
  const wish = { shared: share === 'shared', known: env.types.length };
  const comp: CompType = { kind: 'func', params: someTypes(env, wish, 3), results: someTypes(env, wish, 2) };
  return { final: true, supers: [], share, comp };
}

/** Places of the group's members are taken first, with their kinds, shares and supertypes; then their parts may mention all of them. */
function makeGroup(env: Env, size: number): void {
  const { c, features } = env;
  const first = env.types.length;
  for (let x = first; x < first + size; x++) {
    const open = env.types.flatMap((st, i) => (st.final ? [] : [i]));
    const above = c.chance(1, 2) ? c.maybe(open) : null;
    const parent = above === null ? undefined : env.types[above];
    const kind = parent?.comp.kind ?? c.pick(['func', 'struct', 'array', 'struct'] as const);
    const share = parent?.share ?? (features.sharedEverything && c.chance(1, 2) ? 'shared' : 'unshared');
    env.types.push({ final: !c.chance(1, 2), supers: above === null ? [] : [above], share, comp: EMPTY[kind] });
    env.canon.push(x);
  }
  env.recs.push(size);
  for (let x = first; x < first + size; x++) {
    const st = env.types[x] as SubType;
    const wish = { shared: st.share === 'shared', known: first + size };
    const above = st.supers[0] === undefined ? undefined : env.types[st.supers[0]]?.comp;
    env.types[x] = { ...st, comp: above === undefined ? someComp(env, st.comp.kind, wish) : below(env, above, wish) };
  }
}

function someField(env: Env, wish: TypeWish): FieldType {
  return { mutable: env.c.chance(2, 3), storage: someStorage(env, wish) };
}

function someFields(env: Env, wish: TypeWish, most: number): FieldType[] {
  return Array.from({ length: env.c.below(most + 1) }, () => someField(env, wish));
}

function someComp(env: Env, kind: CompType['kind'], wish: TypeWish): CompType {
  if (kind === 'func') return { kind, params: someTypes(env, wish, 3), results: someTypes(env, wish, 2) };
  if (kind === 'struct') return { kind, fields: someFields(env, wish, 4) };
  return { kind, field: someField(env, wish) };
}

/** A composite type that matches the given one. */
function below(env: Env, above: CompType, wish: TypeWish): CompType {
  if (above.kind === 'array') return { kind: 'array', field: fieldBelow(env, above.field, wish) };
  if (above.kind === 'struct')
    return {
      kind: 'struct',
      fields: [...above.fields.map((ft) => fieldBelow(env, ft, wish)), ...someFields(env, wish, 2)],
    };
  // Of shared types, what matches or is matched is shared too.
  return {
    kind: 'func',
    params: above.params.map((t) => typeAbove(env, t, wish.known)),
    results: above.results.map((t) => typeBelow(env, t, wish.known)),
  };
}

function fieldBelow(env: Env, ft: FieldType, wish: TypeWish): FieldType {
  if (ft.mutable || ft.storage === 'i8' || ft.storage === 'i16') return ft;
  return { mutable: false, storage: typeBelow(env, ft.storage, wish.known) };
}

/** Appends a group equal to the `n`-th: references within it move along, others stay. */
function copyGroup(env: Env, n: number): void {
  const first = env.recs.slice(0, n).reduce((sum, size) => sum + size, 0);
  const size = env.recs[n] as number;
  const move = env.types.length - first;
  const moved = (x: number): number => (x >= first && x < first + size ? x + move : x);
  const heap = (ht: HeapType): HeapType => (ht.kind === 'index' ? { kind: 'index', type: moved(ht.type) } : ht);
  const value = (t: ValType): ValType => (typeof t === 'string' ? t : { ...t, heap: heap(t.heap) });
  const storage = (t: StorageType): StorageType => (t === 'i8' || t === 'i16' ? t : value(t));
  const field = (ft: FieldType): FieldType => ({ ...ft, storage: storage(ft.storage) });
  const list = (ts: readonly ValType[]): ValType[] => ts.map(value);
  const comp = (ct: CompType): CompType => {
    if (ct.kind === 'func') return { kind: 'func', params: list(ct.params), results: list(ct.results) };
    return ct.kind === 'struct'
      ? { kind: 'struct', fields: ct.fields.map(field) }
      : { kind: 'array', field: field(ct.field) };
  };
  for (let x = first; x < first + size; x++) {
    const st = env.types[x] as SubType;
    env.types.push({ ...st, supers: st.supers.map(moved), comp: comp(st.comp) });
    env.canon.push(env.canon[x] as number);
  }
  env.recs.push(size);
}

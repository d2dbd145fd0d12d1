import { assertNever } from '../base/assert.ts';
import type {
  AbsHeapName,
  CompType,
  DataType,
  FieldType,
  HeapType,
  PackedType,
  StorageType,
  SubType,
} from '../syntax/types.ts';

/**
 * A recursive group as a string, equal for equal groups [core 3.0, Types / Conventions: rolling]. An index of the group itself
 * is written by its place in it, an earlier one by its id, a later one as unknown. Every part tells its own end, so that different
 * groups have different strings.
 */

const DATA: Readonly<Record<DataType | PackedType, string>> = {
  i32: 'i',
  i64: 'l',
  f32: 'f',
  f64: 'd',
  v128: 'v',
  i8: 'b',
  i16: 'h',
};

const ABSTRACT: Readonly<Record<AbsHeapName, string>> = {
  any: 'A',
  eq: 'E',
  i31: 'I',
  struct: 'S',
  array: 'R',
  none: 'N',
  func: 'F',
  nofunc: 'G',
  extern: 'X',
  noextern: 'Y',
  exn: 'T',
  noexn: 'U',
  waitqueue: 'W',
  nowaitqueue: 'Q',
};

/** A group's place: the ids of the definitions before it, and where it ends. */
interface Place {
  readonly before: readonly number[];
  readonly end: number;
}

/** `before` are the ids of the definitions before the group. */
export function rolledKey(group: readonly SubType[], before: readonly number[]): string {
  const place = { before, end: before.length + group.length };
  let key = '';
  for (const { final, share, supers, comp } of group) {
    if (final) key += '!';
    if (share === 'shared') key += 's';
    for (const x of supers) key += indexKey(place, x);
    key += compKey(place, comp);
  }
  return key;
}

function indexKey({ before, end }: Place, x: number): string {
  if (x < before.length) return `#${before[x]};`;
  return x < end ? `@${x - before.length};` : '?';
}

function heapKey(place: Place, ht: HeapType): string {
  if (ht.kind === 'index') return indexKey(place, ht.type);
  return ht.share === 'shared' ? `s${ABSTRACT[ht.name]}` : ABSTRACT[ht.name];
}

function storageKey(place: Place, st: StorageType): string {
  return typeof st === 'string' ? DATA[st] : `${st.nullable ? 'n' : 'r'}${heapKey(place, st.heap)}`;
}

function listKey(place: Place, ts: readonly StorageType[]): string {
  let key = '';
  for (const t of ts) key += storageKey(place, t);
  return key;
}

function fieldKey(place: Place, { mutable, storage }: FieldType): string {
  return mutable ? `m${storageKey(place, storage)}` : storageKey(place, storage);
}

function compKey(place: Place, ct: CompType): string {
  switch (ct.kind) {
    case 'func':
      return `(${listKey(place, ct.params)}>${listKey(place, ct.results)})`;
    case 'struct': {
      let key = '{';
      for (const ft of ct.fields) key += fieldKey(place, ft);
      return `${key}}`;
    }
    case 'array':
      return `[${fieldKey(place, ct.field)}]`;
    default:
      return assertNever(ct);
  }
}

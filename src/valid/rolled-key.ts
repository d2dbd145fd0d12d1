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

/** `before` are the ids of the definitions before the group. */
export function rolledKey(group: readonly SubType[], before: readonly number[]): string {
  const start = before.length;
  const end = start + group.length;

  const index = (x: number): string => {
    if (x < start) return `#${before[x]};`;
    return x < end ? `@${x - start};` : '?';
  };
  const heap = (ht: HeapType): string =>
    ht.kind === 'index' ? index(ht.type) : ht.share === 'shared' ? `s${ABSTRACT[ht.name]}` : ABSTRACT[ht.name];
  const storage = (st: StorageType): string =>
    typeof st === 'string' ? DATA[st] : `${st.nullable ? 'n' : 'r'}${heap(st.heap)}`;
  const list = (ts: readonly StorageType[]): string => {
    let key = '';
    for (const t of ts) key += storage(t);
    return key;
  };
  const field = (ft: FieldType): string => (ft.mutable ? `m${storage(ft.storage)}` : storage(ft.storage));
  const comp = (ct: CompType): string => {
    switch (ct.kind) {
      case 'func':
        return `(${list(ct.params)}>${list(ct.results)})`;
      case 'struct':
        return `{${ct.fields.map(field).join('')}}`;
      case 'array':
        return `[${field(ct.field)}]`;
    }
  };

  let key = '';
  for (const st of group) {
    key += `${st.final ? '!' : ''}${st.share === 'shared' ? 's' : ''}${st.supers.map(index).join('')}${comp(st.comp)}`;
  }
  return key;
}

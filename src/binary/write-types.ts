import { assertNever } from '../base/assert.ts';
import type { BlockType } from '../syntax/module.ts';
import type {
  AddrType,
  CompType,
  FieldType,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  RefType,
  Share,
  StorageType,
  SubType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import { isPacked } from '../syntax/types.ts';
import * as code from './codes.ts';
import type { Writer } from './writer.ts';

/** Types [core 3.0, Binary Format, Types; shared-everything overview, Binary format]. */

export function writeHeapType(w: Writer, ht: HeapType): void {
  if (ht.kind === 'index') {
    w.s33(ht.type);
    return;
  }
  if (ht.share === 'shared') w.byte(code.SHARED);
  w.byte(code.HEAP_TYPES[ht.name]);
}

/** In its short form where it has one that every tool reads: nullable, abstract and unshared. */
export function writeRefType(w: Writer, { nullable, heap }: RefType): void {
  const short = nullable && heap.kind === 'abstract' && heap.share === 'unshared';
  if (!short) w.byte(nullable ? code.REF_NULL : code.REF);
  writeHeapType(w, heap);
}

export function writeValType(w: Writer, t: ValType): void {
  if (typeof t === 'string') w.byte(code.DATA_TYPES[t]);
  else writeRefType(w, t);
}

function writeStorageType(w: Writer, st: StorageType): void {
  if (isPacked(st)) w.byte(code.PACKED_TYPES[st]);
  else writeValType(w, st);
}

function writeFieldType(w: Writer, ft: FieldType): void {
  writeStorageType(w, ft.storage);
  w.byte(ft.mutable ? 1 : 0);
}

function writeCompType(w: Writer, ct: CompType): void {
  switch (ct.kind) {
    case 'func':
      w.byte(code.FUNC);
      w.list(ct.params, (t) => writeValType(w, t));
      w.list(ct.results, (t) => writeValType(w, t));
      return;
    case 'struct':
      w.byte(code.STRUCT);
      w.list(ct.fields, (ft) => writeFieldType(w, ft));
      return;
    case 'array':
      w.byte(code.ARRAY);
      writeFieldType(w, ct.field);
      return;
    default:
      assertNever(ct);
  }
}

export function writeSubType(w: Writer, { final, supers, share, comp }: SubType): void {
  if (!final || supers.length > 0) {
    w.byte(final ? code.SUB_FINAL : code.SUB);
    w.list(supers, (x) => w.u32(x));
  }
  if (share === 'shared') w.byte(code.SHARED);
  writeCompType(w, comp);
}

function writeLimits(w: Writer, share: Share, addr: AddrType, { min, max }: Limits): void {
  const flags =
    (max === null ? 0 : code.LIMITS.max) |
    (share === 'shared' ? code.LIMITS.shared : 0) |
    (addr === 'i64' ? code.LIMITS.i64 : 0);
  w.byte(flags);
  w.u64(min);
  if (max !== null) w.u64(max);
}

export function writeMemType(w: Writer, { share, addr, limits }: MemType): void {
  writeLimits(w, share, addr, limits);
}

export function writeTableType(w: Writer, { share, addr, limits, elem }: TableType): void {
  writeRefType(w, elem);
  writeLimits(w, share, addr, limits);
}

export function writeGlobalType(w: Writer, { share, mutable, content }: GlobalType): void {
  writeValType(w, content);
  w.byte((mutable ? code.GLOBAL.mut : 0) | (share === 'unshared' ? 0 : code.GLOBAL[share]));
}

export function writeBlockType(w: Writer, bt: BlockType): void {
  if (bt.kind === 'type') w.s33(bt.type);
  else if (bt.result === null) w.byte(code.EMPTY_BLOCK);
  else writeValType(w, bt.result);
}

import { assertNever } from '../base/assert.ts';
import type { Data, Elem, Export, Expr, Global, Import, Module, Table } from '../syntax/module.ts';
import type { Share } from '../syntax/types.ts';
import * as code from './codes.ts';
import { writeExpr } from './write-code.ts';
import { writeGlobalType, writeMemType, writeRefType, writeSubType, writeTableType } from './write-types.ts';
import type { Writer } from './writer.ts';

/** The contents of the sections but for the code [core 3.0, Binary Format, Modules]. */

export function writeTypes(w: Writer, { types, recs }: Module): void {
  let next = 0;
  w.list(recs, (size) => {
    if (size !== 1) {
      w.byte(code.REC);
      w.u32(size);
    }
    for (const { type } of types.slice(next, next + size)) writeSubType(w, type);
    next += size;
  });
}

export function writeImport(w: Writer, { module, name, desc }: Import): void {
  w.name(module);
  w.name(name);
  w.byte(code.EXTERN_KINDS.indexOf(desc.kind));
  switch (desc.kind) {
    case 'func':
      w.u32(desc.type);
      return;
    case 'table':
      writeTableType(w, desc.type);
      return;
    case 'memory':
      writeMemType(w, desc.type);
      return;
    case 'global':
      writeGlobalType(w, desc.type);
      return;
    case 'tag':
      writeTagType(w, desc.type);
      return;
    default:
      assertNever(desc);
  }
}

/** A reserved byte, and the type's index. */
export function writeTagType(w: Writer, type: number): void {
  w.byte(0x00);
  w.u32(type);
}

export function writeTable(w: Writer, { type, init }: Table): void {
  if (init !== null) w.raw(code.TABLE_INIT);
  writeTableType(w, type);
  if (init !== null) writeExpr(w, init);
}

/** A thread-local global without an initialiser has an empty one: Weft's own form. */
export function writeGlobal(w: Writer, { type, init }: Global): void {
  writeGlobalType(w, type);
  writeExpr(w, init ?? []);
}

export function writeExport(w: Writer, { name, kind, index }: Export): void {
  w.name(name);
  w.byte(code.EXTERN_KINDS.indexOf(kind));
  w.u32(index);
}

/** wasm-tools has no shared segments. */
function shareBit(w: Writer, share: Share): number {
  return share === 'shared' && w.forms === 'proposals' ? code.SEGMENT.shared : 0;
}

/** The shortest of the eight forms; a shared segment always says its type, since no source says what it is where it is left out. */
export function writeElem(w: Writer, { share, type, items, mode }: Elem): void {
  const isFuncs = type.heap.kind === 'abstract' && type.heap.name === 'func' && type.heap.share === 'unshared';
  const indices = isFuncs && !type.nullable && share === 'unshared' ? funcIndices(items) : null;
  const implicit = mode.kind === 'active' && mode.table === 0 && share === 'unshared' && isFuncs;
  const short = implicit && (indices !== null || type.nullable);
  let flags = shareBit(w, share) | (indices === null ? code.SEGMENT.expressions : 0);
  if (mode.kind !== 'active') flags |= code.SEGMENT.passive;
  if (mode.kind === 'declarative' || (mode.kind === 'active' && !short)) flags |= code.SEGMENT.explicit;
  w.u32(flags);
  if (mode.kind === 'active') {
    if (!short) w.u32(mode.table);
    writeExpr(w, mode.offset);
  }
  if (!short && indices !== null) w.byte(code.FUNC_ELEMENTS);
  if (!short && indices === null) writeRefType(w, type);
  if (indices !== null) w.list(indices, (x) => w.u32(x));
  else w.list(items, (item) => writeExpr(w, item));
}

/** The functions that the elements are, if each is a `ref.func` alone. */
function funcIndices(items: readonly Expr[]): readonly number[] | null {
  const indices: number[] = [];
  for (const [first, second] of items) {
    if (second !== undefined || first?.kind !== 'plain' || first.op !== 'ref.func' || first.imm.kind !== 'index')
      return null;
    indices.push(first.imm.x);
  }
  return indices;
}

export function writeData(w: Writer, { share, bytes, mode }: Data): void {
  const shared = shareBit(w, share);
  if (mode.kind === 'passive') w.u32(shared | code.SEGMENT.passive);
  else {
    w.u32(shared | (mode.memory === 0 ? 0 : code.SEGMENT.explicit));
    if (mode.memory !== 0) w.u32(mode.memory);
    writeExpr(w, mode.offset);
  }
  w.sized(bytes);
}

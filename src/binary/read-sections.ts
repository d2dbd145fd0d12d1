import type { Instr, SectionName } from '../syntax/module.ts';
import type { ExternKind, RefType, Share } from '../syntax/types.ts';
import type { Building } from './building.ts';
import * as code from './codes.ts';
import { readBody } from './read-body.ts';
import { readExpr } from './read-code.ts';
import {
  funcRef,
  readGlobalType,
  readMemType,
  readRefType,
  readSubType,
  readTableType,
  shareOf,
} from './read-types.ts';
import type { Reader } from './reader.ts';

/** The sections [core 3.0, Binary Format, Modules]: what each adds to a module. */

export type SectionReader = (r: Reader, m: Building) => void;

/** Entries of a section, as in engines [JavaScript interface, Implementation Limits]. */
const MAX_ENTRIES = 1_000_000;

/** A section that is a list; `noun` and the numbers from `first` on name its entries in messages. */
function list(noun: string, read: SectionReader, first: (m: Building) => number = () => 0): SectionReader {
  return (r, m) => {
    const start = r.pos;
    const count = r.count('number of entries');
    if (count > MAX_ENTRIES)
      r.fail(
        'Binary/limit',
        `too many entries: ${count}, where ${MAX_ENTRIES} are allowed`,
        'number of entries',
        start,
        r.pos,
      );
    const offset = first(m);
    r.noun = noun;
    for (let i = 0; i < count; i++) {
      r.entry = offset + i;
      read(r, m);
    }
    r.entry = -1;
  };
}

const NO_FIELDS: readonly null[] = [];

function readTypeDef(r: Reader, m: Building): void {
  const start = r.pos;
  const type = readSubType(r);
  const index = m.count('type');
  const id = m.nextId('type');
  const fields = type.comp.kind === 'struct' ? m.fieldNames(index, type.comp.fields.length) : NO_FIELDS;
  m.types.push({ id, at: { start, end: r.pos }, type, fields });
}

function readRecType(r: Reader, m: Building): void {
  if (r.peek() !== code.REC) {
    readTypeDef(r, m);
    m.recs.push(1);
    return;
  }
  r.pos++;
  const count = r.count('types of a recursive group');
  for (let i = 0; i < count; i++) readTypeDef(r, m);
  m.recs.push(count);
}

function readImport(r: Reader, m: Building): void {
  const start = r.pos;
  const module = r.name('module name');
  const name = r.name('import name');
  const kindAt = r.pos;
  const kind = code.EXTERN_KINDS[r.byte('import kind')];
  if (kind === undefined) return r.fail('Binary/kind', 'malformed import kind', 'import kind', kindAt);
  const desc = readImportType(r, kind);
  m.imports.push({ id: m.nextId(kind), at: { start, end: r.pos }, module, name, desc });
}

function readImportType(r: Reader, kind: ExternKind): Building['imports'][number]['desc'] {
  switch (kind) {
    case 'func':
      return { kind, type: r.u32('type index') };
    case 'table':
      return { kind, type: readTableType(r) };
    case 'memory':
      return { kind, type: readMemType(r) };
    case 'global':
      return { kind, type: readGlobalType(r) };
    case 'tag':
      return { kind, type: readTagType(r) };
  }
}

/** A reserved byte, and the index of a function type. */
function readTagType(r: Reader): number {
  if (r.byte('attribute') !== 0) r.fail('Binary/zero', 'zero byte expected', 'attribute', r.pos - 1);
  return r.u32('type index');
}

function readTable(r: Reader, m: Building): void {
  const start = r.pos;
  const initialised = r.peek() === code.TABLE_INIT[0];
  if (initialised) {
    r.pos++;
    if (r.byte('reserved byte') !== code.TABLE_INIT[1])
      r.fail('Binary/zero', 'zero byte expected', 'reserved byte', r.pos - 1);
  }
  const type = readTableType(r);
  const init = initialised ? readExpr(r, m.constant) : null;
  m.tables.push({ id: m.nextId('table'), at: { start, end: r.pos }, type, init });
}

function readMemory(r: Reader, m: Building): void {
  const start = r.pos;
  const type = readMemType(r);
  m.memories.push({ id: m.nextId('memory'), at: { start, end: r.pos }, type });
}

function readTag(r: Reader, m: Building): void {
  const start = r.pos;
  const type = readTagType(r);
  m.tags.push({ id: m.nextId('tag'), at: { start, end: r.pos }, type });
}

/** A thread-local global without an initialiser has an empty one: Weft's own, since no source gives it a form. */
function readGlobal(r: Reader, m: Building): void {
  const start = r.pos;
  const type = readGlobalType(r);
  const init = readExpr(r, m.constant);
  const none = init.length === 0 && type.share === 'thread_local';
  m.globals.push({ id: m.nextId('global'), at: { start, end: r.pos }, type, init: none ? null : init });
}

function readExport(r: Reader, m: Building): void {
  const start = r.pos;
  const name = r.name('export name');
  const kindAt = r.pos;
  const kind = code.EXTERN_KINDS[r.byte('export kind')];
  if (kind === undefined) return r.fail('Binary/kind', 'malformed export kind', 'export kind', kindAt);
  const index = r.u32(`${kind} index`);
  m.exports.push({ name, kind, index, at: { start, end: r.pos } });
}

function readStart(r: Reader, m: Building): void {
  const start = r.pos;
  const func = r.u32('function index');
  m.start = { func, at: { start, end: r.pos } };
}

const PASSIVE = { kind: 'passive' } as const;
const DECLARATIVE = { kind: 'declarative' } as const;

/** The eight forms of an element segment, each also shared. Without a type the elements are functions as shared as the segment. */
function readElem(r: Reader, m: Building): void {
  const start = r.pos;
  const flags = r.u32('segment kind');
  if (flags > 15) r.fail('Binary/segment', 'malformed elements segment kind', 'segment kind', start, r.pos);
  const share = shareOf(flags, code.SEGMENT.shared);
  const explicit = (flags & code.SEGMENT.explicit) !== 0;
  const expressions = (flags & code.SEGMENT.expressions) !== 0;
  const active = (flags & code.SEGMENT.passive) === 0;
  const mode = active
    ? ({ kind: 'active', table: explicit ? r.u32('table index') : 0, offset: readExpr(r, m.constant) } as const)
    : explicit
      ? DECLARATIVE
      : PASSIVE;
  const type = readElemType(r, expressions, active && !explicit, share);
  const count = r.count('elements');
  const items: (readonly Instr[])[] = [];
  for (let i = 0; i < count; i++) items.push(expressions ? readExpr(r, m.constant) : readFuncElement(r, m));
  m.elems.push({ id: m.nextId('elem'), at: { start, end: r.pos }, share, type, items, mode });
}

function readElemType(r: Reader, expressions: boolean, implicit: boolean, share: Share): RefType {
  if (implicit) return funcRef(expressions, share);
  if (expressions) return readRefType(r);
  if (r.byte('element kind') !== code.FUNC_ELEMENTS)
    r.fail('Binary/kind', 'malformed element kind', 'element kind', r.pos - 1);
  return funcRef(false, share);
}

function readFuncElement(r: Reader, m: Building): readonly Instr[] {
  const start = r.pos;
  const x = r.u32('function index');
  return m.funcElement(x, { start, end: r.pos });
}

function readDataCount(r: Reader, m: Building): void {
  const start = r.pos;
  const count = r.u32('number of data segments');
  m.dataCount = { count, at: { start, end: r.pos } };
}

const NO_BYTES = new Uint8Array();

function readData(r: Reader, m: Building): void {
  const start = r.pos;
  const flags = r.u32('segment kind');
  const share = shareOf(flags, code.SEGMENT.shared);
  const kind = flags & ~code.SEGMENT.shared;
  if (flags > 15 || kind > code.SEGMENT.explicit)
    r.fail('Binary/segment', 'malformed data segment kind', 'segment kind', start, r.pos);
  const mode =
    kind === code.SEGMENT.passive
      ? PASSIVE
      : ({
          kind: 'active',
          memory: kind === code.SEGMENT.explicit ? r.u32('memory index') : 0,
          offset: readExpr(r, m.constant),
        } as const);
  const length = r.count('length of the data');
  const bytes = length === 0 ? NO_BYTES : r.take(length, 'data');
  m.datas.push({ id: m.nextId('data'), at: { start, end: r.pos }, share, bytes, mode });
}

function functionsSoFar(m: Building): number {
  return m.count('func');
}

export const SECTION_READERS: Readonly<Record<SectionName, SectionReader>> = {
  type: list('type group', readRecType),
  import: list('import', readImport),
  func: list('function', (r, m) => m.funcTypes.push(r.u32('type index')), functionsSoFar),
  table: list('table', readTable),
  memory: list('memory', readMemory),
  tag: list('tag', readTag),
  global: list('global', readGlobal),
  export: list('export', readExport),
  start: readStart,
  elem: list('element segment', readElem),
  datacount: readDataCount,
  code: list('function', readBody, functionsSoFar),
  data: list('data segment', readData),
};

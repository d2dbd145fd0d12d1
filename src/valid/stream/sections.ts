import { abstract, FUNC, heapOf, isDefaultable, reference } from './encoding.ts';
import { readBody } from './code.ts';
import { constant, defaultConstant } from './constant.ts';
import { addressType } from './memory.ts';
import { byte, input, lastName, name, need, refuse, skip, u32, u64 } from './reader.ts';
import { refType, valType } from './read-types.ts';
import { HashTable, IntList } from './scratch.ts';
import { counts, declare, elems, elemShares, funcs, funcTypeAt, globals, globalTypes, IS_64 } from './spaces.ts';
import { IS_SHARED, isUsable, memories, MUTABLE, sharedDatas, strict, tables, tableTypes, tags } from './spaces.ts';
import { THREAD_LOCAL, USABLE, useFunc } from './spaces.ts';
import { isShareable, matches, places, pool, shareAt, shareOf } from './types.ts';

/** The sections but that of types [core 3.0, Binary Format, Modules; Validation, Modules]. */

/** Whether the module has Weft's flag: all that it imports and exports must be shared or thread_local. */
export const moduleFlag = { shared: false };

/** Export names by hash: where each begins and how long it is. */
const exportNames = new HashTable();
const nameStarts = new IntList();
const nameLengths = new IntList();

/** Where the next function's type is in `funcs`: bodies come in the order of the function section. */
const bodies = { next: 0 };

export function clearSections(): void {
  moduleFlag.shared = false;
  bodies.next = 0;
}

function readFuncType(): number {
  const x = u32();
  funcTypeAt(x);
  return x;
}

const MAX_PAGES = 0x1_0000;
const MAX_PAGES_64 = 2 ** 48;
const MAX_SLOTS = 0xffff_ffff;
const HAS_MAX = 1;

/** Reads limits, of at most so many units in 32 and in 64 bits, and gives their flags. */
function readLimits(most: number, most64: number): number {
  const flags = byte();
  if (flags > 7) refuse();
  const limit = (flags & IS_64) === 0 ? most : most64;
  const from = input.pos;
  const min = u64();
  const mid = input.pos;
  if (min > limit) refuse();
  if ((flags & HAS_MAX) === 0) return flags;
  const max = u64();
  if (max > limit || min > max) refuse();
  if (min === max && min > Number.MAX_SAFE_INTEGER) compareLong(from, mid, input.pos);
  return flags;
}

/** Two numbers that are equal when rounded: the first, at `from`, must not be greater than the second, at `mid`. */
function compareLong(from: number, mid: number, end: number): void {
  let order = 0;
  for (let i = 0; i < 10; i++) {
    const a = from + i < mid ? (input.bytes[from + i] as number) & 0x7f : 0;
    const b = mid + i < end ? (input.bytes[mid + i] as number) & 0x7f : 0;
    if (a !== b) order = a - b;
  }
  if (order > 0) refuse();
}

function readTableType(): void {
  const t = refType();
  const flags = readLimits(MAX_SLOTS, Infinity);
  if ((flags & IS_SHARED) !== 0 && !isShareable(t)) refuse();
  tables.push(flags);
  tableTypes.push(t);
}

function readMemoryType(): void {
  const flags = readLimits(MAX_PAGES, MAX_PAGES_64);
  if ((flags & (IS_SHARED | HAS_MAX)) === IS_SHARED) refuse();
  memories.push(flags);
}

/** Bits of a global's mutability byte beside `MUTABLE`. */
const GLOBAL_SHARED = 2;
const GLOBAL_THREAD_LOCAL = 8;

function readGlobalType(): number {
  const t = valType();
  const code = byte();
  const share = code & ~MUTABLE;
  let flags = code & MUTABLE;
  if (share !== 0) {
    if (share !== GLOBAL_SHARED && share !== GLOBAL_THREAD_LOCAL) refuse();
    if (!isShareable(t)) refuse();
    flags |= USABLE;
    if (share === GLOBAL_THREAD_LOCAL) {
      if (!isDefaultable(t)) refuse();
      flags |= THREAD_LOCAL;
    }
  }
  globals.push(flags);
  globalTypes.push(t);
  return flags;
}

function readTagType(): void {
  if (byte() !== 0) refuse();
  const x = readFuncType();
  if (pool.items[places.at(x) + 3] !== 0) refuse();
  tags.push(x);
}

export function readImports(): void {
  for (let n = u32(); n > 0; n--) {
    name();
    name();
    const kind = byte();
    switch (kind) {
      case 0:
        funcs.push(readFuncType());
        counts.importedFuncs++;
        break;
      case 1:
        readTableType();
        break;
      case 2:
        readMemoryType();
        break;
      case 3:
        readGlobalType();
        counts.importedGlobals++;
        break;
      case 4:
        readTagType();
        break;
      default:
        refuse();
    }
    if (moduleFlag.shared && !isUsable(kind, lastOf(kind))) refuse();
  }
  bodies.next = funcs.length;
}

const SPACES = [funcs, tables, memories, globals, tags] as const;

function lastOf(kind: number): number {
  return (SPACES[kind] as IntList).length - 1;
}

export function readFunctions(): void {
  for (let n = u32(); n > 0; n--) funcs.push(readFuncType());
}

export function readTables(): void {
  for (let n = u32(); n > 0; n--) {
    need(input.pos < input.end);
    const initialised = input.bytes[input.pos] === 0x40;
    if (initialised) {
      input.pos++;
      if (byte() !== 0) refuse();
    }
    readTableType();
    const x = tables.length - 1;
    const t = tableTypes.at(x);
    if (initialised) readInitialiser(t, counts.importedGlobals, (tables.at(x) & IS_SHARED) !== 0);
    else if (!isDefaultable(t)) refuse();
  }
}

/** A constant expression; that of something shared uses what is shared. */
function readInitialiser(t: number, visible: number, shared: boolean): void {
  strict.on = shared;
  constant(t, visible);
  strict.on = false;
}

export function readMemories(): void {
  for (let n = u32(); n > 0; n--) readMemoryType();
}

export function readTags(): void {
  for (let n = u32(); n > 0; n--) readTagType();
}

export function readGlobals(): void {
  for (let n = u32(); n > 0; n--) {
    const visible = globals.length;
    const flags = readGlobalType();
    const t = globalTypes.at(visible);
    if ((flags & THREAD_LOCAL) !== 0) defaultConstant(t);
    else readInitialiser(t, visible, (flags & USABLE) !== 0);
  }
}

export function readExports(): void {
  exportNames.clear();
  nameStarts.clear();
  nameLengths.clear();
  for (let n = u32(); n > 0; n--) {
    name();
    addExportName();
    const kind = byte();
    if (kind > 4) refuse();
    const x = u32();
    if (x >= (SPACES[kind] as IntList).length) refuse();
    if (kind === 0) declare(x);
    if (moduleFlag.shared && !isUsable(kind, x)) refuse();
  }
}

/** Refuses a name that was exported before. */
function addExportName(): void {
  const { start, length, hash } = lastName;
  const { bytes } = input;
  for (let slot = exportNames.first(hash); ; slot = exportNames.next(hash, slot)) {
    const k = exportNames.value(slot);
    if (k < 0) break;
    if (nameLengths.at(k) !== length) continue;
    const other = nameStarts.at(k);
    let i = 0;
    while (i < length && bytes[other + i] === bytes[start + i]) i++;
    if (i === length) refuse();
  }
  exportNames.add(hash, nameStarts.length);
  nameStarts.push(start);
  nameLengths.push(length);
}

export function readStart(): void {
  const place = useFunc(u32());
  if (pool.items[place + 2] !== 0 || pool.items[place + 3] !== 0) refuse();
}

/** Bits of a segment's flags. */
const PASSIVE = 1;
const EXPLICIT = 2;
const EXPRESSIONS = 4;
const SEGMENT_SHARED = 8;

export function readElements(): void {
  for (let n = u32(); n > 0; n--) {
    const flags = u32();
    if (flags > 15) refuse();
    const share = (flags & SEGMENT_SHARED) === 0 ? 0 : 1;
    const active = (flags & PASSIVE) === 0;
    const explicit = (flags & EXPLICIT) !== 0;
    const expressions = (flags & EXPRESSIONS) !== 0;
    let table = -1;
    if (active) {
      table = explicit ? u32() : 0;
      if (table >= tables.length) refuse();
      constant(addressType(tables.at(table)), globals.length);
    }
    const t = readElementType(expressions, active && !explicit, share);
    if (share === 1 && !isShareable(t)) refuse();
    if (table >= 0 && !matches(t, tableTypes.at(table))) refuse();
    strict.on = share === 1 || shareOf(heapOf(t)) === 1;
    if (expressions) for (let k = u32(); k > 0; k--) constant(t, globals.length);
    else readFunctionElements(share);
    strict.on = false;
    elems.push(t);
    elemShares.push(share);
  }
}

/** Without a type the elements are functions as shared as the segment. */
function readElementType(expressions: boolean, implicit: boolean, share: number): number {
  if (expressions && !implicit) return refType();
  if (!implicit && byte() !== 0) refuse();
  return reference(abstract(FUNC, share), expressions ? 1 : 0);
}

function readFunctionElements(share: number): void {
  for (let n = u32(); n > 0; n--) {
    const x = u32();
    // All functions of one share match `(ref (share func))`.
    if (shareAt(useFunc(x)) !== share) refuse();
    declare(x);
  }
}

export function readDataCount(): void {
  counts.datas = u32();
}

export function readCode(): void {
  const sectionEnd = input.end;
  let n = u32();
  if (n !== funcs.length - bodies.next) refuse();
  for (; n > 0; n--) {
    const size = u32();
    if (size > sectionEnd - input.pos) refuse();
    input.end = input.pos + size;
    readBody(places.at(funcs.at(bodies.next++)));
    input.end = sectionEnd;
  }
}

export function readDatas(): void {
  const n = u32();
  if (counts.datas >= 0 && counts.datas !== n) refuse();
  const wanted = sharedDatas.length === 0 ? null : new Set(sharedDatas.items.subarray(0, sharedDatas.length));
  for (let i = 0; i < n; i++) {
    const flags = u32();
    const form = flags & ~SEGMENT_SHARED;
    if (flags > 15 || form > EXPLICIT) refuse();
    if (form !== PASSIVE) {
      const memory = form === EXPLICIT ? u32() : 0;
      if (memory >= memories.length) refuse();
      constant(addressType(memories.at(memory)), globals.length);
    }
    skip(u32());
    if (wanted !== null && flags < SEGMENT_SHARED && wanted.has(i)) refuse();
  }
  counts.datas = -1;
  sharedDatas.clear();
}

/** Once all sections are read: what they say of each other. */
export function finishSections(): void {
  if (bodies.next !== funcs.length || counts.datas > 0) refuse();
}

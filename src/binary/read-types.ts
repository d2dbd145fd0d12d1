import type { BlockType } from '../syntax/module.ts';
import type {
  AbsHeapName,
  CompType,
  DataType,
  FieldType,
  GlobalType,
  HeapType,
  Limits,
  MemType,
  PackedType,
  RefType,
  Share,
  StorageType,
  SubType,
  TableType,
  ValType,
} from '../syntax/types.ts';
import * as code from './codes.ts';
import type { Reader } from './reader.ts';

/** Types [core 3.0, Binary Format, Types; shared-everything overview, Binary format]. Abstract references and plain fields are shared. */

interface Abstract {
  readonly heap: HeapType;
  readonly nullable: RefType;
  readonly nonNull: RefType;
}

function abstract(name: AbsHeapName, share: Share): Abstract {
  const heap: HeapType = { kind: 'abstract', share, name };
  return {
    heap,
    nullable: { kind: 'ref', nullable: true, heap },
    nonNull: { kind: 'ref', nullable: false, heap },
  };
}

/** Abstract heap types by their code. */
const ABSTRACT: Readonly<Record<Share, readonly (Abstract | undefined)[]>> = {
  unshared: abstractByCode('unshared'),
  shared: abstractByCode('shared'),
};

function abstractByCode(share: Share): (Abstract | undefined)[] {
  const byCode: (Abstract | undefined)[] = [];
  for (const [name, byte] of Object.entries(code.HEAP_TYPES)) byCode[byte] = abstract(name as AbsHeapName, share);
  byCode[code.OTHER_WAITQUEUE] = byCode[code.HEAP_TYPES.waitqueue];
  return byCode;
}

const DATA: (DataType | undefined)[] = [];
for (const [name, byte] of Object.entries(code.DATA_TYPES)) DATA[byte] = name as DataType;
const PACKED: (PackedType | undefined)[] = [];
for (const [name, byte] of Object.entries(code.PACKED_TYPES)) PACKED[byte] = name as PackedType;

/** `(ref func)` and `funcref`, which element segments without a type have. */
export function funcRef(nullable: boolean, share: Share): RefType {
  const found = ABSTRACT[share][code.HEAP_TYPES.func] as Abstract;
  return nullable ? found.nullable : found.nonNull;
}

/** Whether a byte begins a negative number of one byte, which no index does. */
function isTypeCode(byte: number): boolean {
  return (byte & 0xc0) === 0x40;
}

function readAbstract(r: Reader, what: string): Abstract | undefined {
  const byte = r.byte(what);
  if (byte !== code.SHARED) return ABSTRACT.unshared[byte];
  return ABSTRACT.shared[r.byte(what)];
}

export function readHeapType(r: Reader): HeapType {
  const start = r.pos;
  if (isTypeCode(r.peek())) {
    const found = readAbstract(r, 'heap type');
    return found?.heap ?? r.fail('Binary/type', 'malformed heap type', 'heap type', start, r.pos);
  }
  const type = r.s33('type index');
  if (type < 0) r.fail('Binary/type', 'malformed heap type', 'heap type', start, r.pos);
  return { kind: 'index', type };
}

export function readRefType(r: Reader): RefType {
  return tryRefType(r) ?? malformedCode(r, 'malformed reference type', 'reference type', r.pos);
}

/** null, and nothing read, where what comes is no reference type. */
function tryRefType(r: Reader): RefType | null {
  const start = r.pos;
  const byte = r.peek();
  if (byte === code.REF || byte === code.REF_NULL) {
    r.pos++;
    const nullable = byte === code.REF_NULL;
    const next = isTypeCode(r.peek()) ? r.pos : -1;
    if (next < 0) return { kind: 'ref', nullable, heap: readHeapType(r) };
    const found = readAbstract(r, 'heap type');
    if (found === undefined) return r.fail('Binary/type', 'malformed heap type', 'heap type', next, r.pos);
    return nullable ? found.nullable : found.nonNull;
  }
  const found = readAbstract(r, 'reference type');
  if (found !== undefined) return found.nullable;
  r.pos = start;
  return null;
}

export function readValType(r: Reader): ValType {
  const data = DATA[r.peek()];
  if (data !== undefined) {
    r.pos++;
    return data;
  }
  return tryRefType(r) ?? malformedCode(r, 'malformed value type', 'value type', r.pos);
}

const NO_TYPES: readonly ValType[] = [];

export function readValTypes(r: Reader, what: string): readonly ValType[] {
  const count = r.count(what);
  if (count === 0) return NO_TYPES;
  const types: ValType[] = [];
  for (let i = 0; i < count; i++) types.push(readValType(r));
  return types;
}

function readStorageType(r: Reader): StorageType {
  const packed = PACKED[r.peek()];
  if (packed === undefined) return readValType(r);
  r.pos++;
  return packed;
}

const NO_FLAGS = 0;

/** Fields of types without contents of their own, one object each. */
const fieldTypes = new Map<StorageType, readonly [FieldType, FieldType]>();
for (const storage of [...Object.keys(code.DATA_TYPES), ...Object.keys(code.PACKED_TYPES)] as StorageType[])
  fieldTypes.set(storage, [
    { mutable: false, storage },
    { mutable: true, storage },
  ]);

function readFieldType(r: Reader): FieldType {
  const storage = readStorageType(r);
  const flags = r.byte('mutability');
  if (flags > 1) malformedMutability(r);
  return fieldTypes.get(storage)?.[flags] ?? { mutable: flags === 1, storage };
}

function malformedMutability(r: Reader): never {
  return r.fail('Binary/type', 'malformed mutability', 'mutability', r.pos - 1);
}

function readCompType(r: Reader): CompType {
  const start = r.pos;
  switch (r.byte('composite type')) {
    case code.FUNC: {
      const params = readValTypes(r, 'parameter types');
      return { kind: 'func', params, results: readValTypes(r, 'result types') };
    }
    case code.STRUCT: {
      const count = r.count('fields');
      const fields: FieldType[] = [];
      for (let i = 0; i < count; i++) fields.push(readFieldType(r));
      return { kind: 'struct', fields };
    }
    case code.ARRAY:
      return { kind: 'array', field: readFieldType(r) };
    default:
      return malformedCode(r, 'malformed definition type', 'composite type', start);
  }
}

/** The codes of types are integers of one byte. */
function malformedCode(r: Reader, message: string, what: string, at: number): never {
  const long = (r.bytes[at] ?? 0) >= 0x80;
  return r.fail('Binary/type', long ? 'integer representation too long' : message, what, at);
}

const NO_SUPERS: readonly number[] = [];

export function readSubType(r: Reader): SubType {
  const first = r.peek();
  const declared = first === code.SUB || first === code.SUB_FINAL;
  if (declared) r.pos++;
  const supers = declared ? readIndices(r, 'supertypes') : NO_SUPERS;
  const share: Share = r.peek() === code.SHARED ? 'shared' : 'unshared';
  if (share === 'shared') r.pos++;
  return { final: first !== code.SUB, supers, share, comp: readCompType(r) };
}

export function readIndices(r: Reader, what: string): number[] {
  const count = r.count(what);
  const indices: number[] = [];
  for (let i = 0; i < count; i++) indices.push(r.u32(what));
  return indices;
}

interface FlaggedLimits {
  readonly flags: number;
  readonly limits: Limits;
}

function readLimits(r: Reader): FlaggedLimits {
  const flags = r.byte('limits flags');
  if (flags > (code.LIMITS.max | code.LIMITS.shared | code.LIMITS.i64))
    r.fail('Binary/type', 'malformed limits flags', 'limits flags', r.pos - 1);
  const min = r.u64('minimum');
  const max = (flags & code.LIMITS.max) === NO_FLAGS ? null : r.u64('maximum');
  return { flags, limits: { min, max } };
}

export function readMemType(r: Reader): MemType {
  const { flags, limits } = readLimits(r);
  return { share: shareOf(flags, code.LIMITS.shared), addr: addrOf(flags), limits };
}

export function readTableType(r: Reader): TableType {
  const elem = readRefType(r);
  const { flags, limits } = readLimits(r);
  return { share: shareOf(flags, code.LIMITS.shared), addr: addrOf(flags), limits, elem };
}

function addrOf(flags: number): 'i32' | 'i64' {
  return (flags & code.LIMITS.i64) === NO_FLAGS ? 'i32' : 'i64';
}

export function shareOf(flags: number, bit: number): Share {
  return (flags & bit) === NO_FLAGS ? 'unshared' : 'shared';
}

export function readGlobalType(r: Reader): GlobalType {
  const content = readValType(r);
  const flags = r.byte('mutability');
  const mutable = (flags & code.GLOBAL.mut) !== NO_FLAGS;
  switch (flags & ~code.GLOBAL.mut) {
    case NO_FLAGS:
      return { share: 'unshared', mutable, content };
    case code.GLOBAL.shared:
      return { share: 'shared', mutable, content };
    case code.GLOBAL.thread_local:
      return { share: 'thread_local', mutable, content };
    default:
      return malformedMutability(r);
  }
}

const BLOCK_TYPES = new Map<ValType | null, BlockType>();

/** Block types of no or one plain result are one object each. */
export function readBlockType(r: Reader): BlockType {
  const byte = r.peek();
  if (byte === code.EMPTY_BLOCK) {
    r.pos++;
    return valueBlock(null);
  }
  if (byte < 0 || isTypeCode(byte)) return valueBlock(readValType(r));
  const start = r.pos;
  const type = r.s33('block type');
  if (type < 0) r.fail('Binary/type', 'malformed block type', 'block type', start, r.pos);
  return { kind: 'type', type };
}

function valueBlock(result: ValType | null): BlockType {
  const known = BLOCK_TYPES.get(result);
  if (known !== undefined) return known;
  const type: BlockType = { kind: 'value', result };
  if (typeof result === 'string' || result === null) BLOCK_TYPES.set(result, type);
  return type;
}

/**
 * Types [core 3.0, Types; shared-everything-threads overview]. Semantic: they carry no spans and compare structurally.
 * Metavariables: t value type, ht heap type, rt reference type, ct composite type, st storage type, gt global, mt memory,
 * tt table, at address type.
 */

export type Share = 'shared' | 'unshared';

/** A global is one of three: `thread_local` globals have one value per thread. */
export type GlobalShare = Share | 'thread_local';

export type NumType = 'i32' | 'i64' | 'f32' | 'f64';

/** Types of plain data: always valid as shared. */
export type DataType = NumType | 'v128';

/** What addresses a memory or table: `i64` makes it one of 64 bits. */
export type AddrType = 'i32' | 'i64';

export type AbsHeapName =
  | 'any'
  | 'eq'
  | 'i31'
  | 'struct'
  | 'array'
  | 'none'
  | 'func'
  | 'nofunc'
  | 'extern'
  | 'noextern'
  | 'exn'
  | 'noexn'
  | 'waitqueue'
  | 'nowaitqueue';

export type HeapType =
  | { readonly kind: 'abstract'; readonly share: Share; readonly name: AbsHeapName }
  | { readonly kind: 'index'; readonly type: number };

export interface RefType {
  readonly kind: 'ref';
  readonly nullable: boolean;
  readonly heap: HeapType;
}

export type ValType = DataType | RefType;

/** Packed types, which fields have but no value. */
export type PackedType = 'i8' | 'i16';

export type StorageType = ValType | PackedType;

export interface FieldType {
  readonly mutable: boolean;
  readonly storage: StorageType;
}

export interface FuncType {
  readonly kind: 'func';
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly FieldType[];
}

export interface ArrayType {
  readonly kind: 'array';
  readonly field: FieldType;
}

/** A composite type: what a type definition defines. */
export type CompType = FuncType | StructType | ArrayType;

/**
 * A type definition's own part of its recursive group: a composite type with its share annotation and its declared
 * supertypes (indices; valid ones have at most one). `(type ct)` is final and has none.
 */
export interface SubType {
  readonly final: boolean;
  readonly supers: readonly number[];
  readonly share: Share;
  readonly comp: CompType;
}

/** Pages of a memory or slots of a table; below 2^64. */
export interface Limits {
  readonly min: bigint;
  readonly max: bigint | null;
}

export interface MemType {
  readonly share: Share;
  readonly addr: AddrType;
  readonly limits: Limits;
}

export interface TableType {
  readonly share: Share;
  readonly addr: AddrType;
  readonly limits: Limits;
  readonly elem: RefType;
}

export interface GlobalType {
  readonly share: GlobalShare;
  readonly mutable: boolean;
  readonly content: ValType;
}

export type ExternKind = 'func' | 'global' | 'table' | 'memory' | 'tag';

export const PAGE_SIZE = 65536;

/** Bytes of a number or vector type's value. */
export function sizeOf(t: DataType): 4 | 8 | 16 {
  if (t === 'v128') return 16;
  return t === 'i32' || t === 'f32' ? 4 : 8;
}

/** A definition without annotations: final, unshared, of no supertype. */
export function plainType(comp: CompType, share: Share = 'unshared'): SubType {
  return { final: true, supers: [], share, comp };
}

export function isPacked(st: StorageType): st is PackedType {
  return st === 'i8' || st === 'i16';
}

/** The value that a field of this type gives and takes: `i32` for packed ones. */
export function unpacked(st: StorageType): ValType {
  return isPacked(st) ? 'i32' : st;
}

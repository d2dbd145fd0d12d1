/**
 * Types [shared-everything-threads overview; core specification, Types]. Semantic: they carry no spans and compare
 * structurally. Metavariables: t value type, ht heap type, rt reference type, ft function type, gt global, mt memory, tt table.
 */

export type Share = 'shared' | 'unshared';

/** A global is one of three: `thread_local` globals have one value per thread. */
export type GlobalShare = Share | 'thread_local';

export type NumType = 'i32' | 'i64' | 'f32' | 'f64';

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
  | 'noexn';

export type HeapType =
  | { readonly kind: 'abstract'; readonly share: Share; readonly name: AbsHeapName }
  | { readonly kind: 'index'; readonly type: number };

export interface RefType {
  readonly kind: 'ref';
  readonly nullable: boolean;
  readonly heap: HeapType;
}

export type ValType = NumType | RefType;

export interface FuncType {
  readonly kind: 'func';
  readonly params: readonly ValType[];
  readonly results: readonly ValType[];
}

/** What a type definition may define; functions so far. */
export type CompType = FuncType;

/** A composite type with its share annotation: `(shared (func …))`. */
export interface DefType {
  readonly share: Share;
  readonly comp: CompType;
}

/** Pages of a memory or slots of a table. */
export interface Limits {
  readonly min: number;
  readonly max: number | null;
}

export interface MemType {
  readonly share: Share;
  readonly limits: Limits;
}

export interface TableType {
  readonly share: Share;
  readonly limits: Limits;
  readonly elem: RefType;
}

export interface GlobalType {
  readonly share: GlobalShare;
  readonly mutable: boolean;
  readonly content: ValType;
}

export type ExternKind = 'func' | 'global' | 'table' | 'memory';

export const PAGE_SIZE = 65536;

/** Bytes of a number type's value. */
export function sizeOf(t: NumType): 4 | 8 {
  return t === 'i32' || t === 'f32' ? 4 : 8;
}

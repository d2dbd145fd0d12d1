import type { SectionName } from '../syntax/module.ts';
import type { AbsHeapName, DataType, ExternKind } from '../syntax/types.ts';

/**
 * The codes of everything but instructions [core 3.0, Binary Format; threads and shared-everything overviews, Binary format], for
 * reading and writing alike.
 */

export const MAGIC = [0x00, 0x61, 0x73, 0x6d] as const;
export const VERSION = [0x01, 0x00, 0x00, 0x00] as const;

export const CUSTOM_SECTION = 0;

export const SECTION_IDS: Readonly<Record<SectionName, number>> = {
  type: 1,
  import: 2,
  func: 3,
  table: 4,
  memory: 5,
  tag: 13,
  global: 6,
  export: 7,
  start: 8,
  elem: 9,
  datacount: 12,
  code: 10,
  data: 11,
};

export const DATA_TYPES: Readonly<Record<DataType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

export const PACKED_TYPES = { i8: 0x78, i16: 0x77 } as const;

/** No source gives `nowaitqueue` a code: 0x67 is Weft's own. */
export const HEAP_TYPES: Readonly<Record<AbsHeapName, number>> = {
  any: 0x6e,
  eq: 0x6d,
  i31: 0x6c,
  struct: 0x6b,
  array: 0x6a,
  none: 0x71,
  func: 0x70,
  nofunc: 0x73,
  extern: 0x6f,
  noextern: 0x72,
  exn: 0x69,
  noexn: 0x74,
  waitqueue: 0x68,
  nowaitqueue: 0x67,
};

/** The other code of `waitqueue`, -0x24 as a signed number, which is read but never written. */
export const OTHER_WAITQUEUE = 0x5c;

export const REF = 0x64;
export const REF_NULL = 0x63;
/** Before an abstract heap type or a composite type. */
export const SHARED = 0x65;
export const EMPTY_BLOCK = 0x40;

export const FUNC = 0x60;
export const STRUCT = 0x5f;
export const ARRAY = 0x5e;
export const SUB = 0x50;
export const SUB_FINAL = 0x4f;
export const REC = 0x4e;

/** Bits of the flags of limits. */
export const LIMITS = { max: 1, shared: 2, i64: 4 } as const;

/** Bits of a global's mutability byte. That of thread-local globals is Weft's own: no source gives them one. */
export const GLOBAL = { mut: 1, shared: 2, thread_local: 8 } as const;

/** Bits of a memory argument's flags, above the alignment's exponent. The order's is there in atomic accesses only. */
export const MEMARG = { order: 0x10, memory: 0x40 } as const;

/** Bits of a segment's flags: element segments have all, data segments no `expressions`. */
export const SEGMENT = { passive: 1, explicit: 2, expressions: 4, shared: 8 } as const;

/** An element segment whose elements are function indices. */
export const FUNC_ELEMENTS = 0x00;

/** Before a table with an initialiser. */
export const TABLE_INIT = [0x40, 0x00] as const;

export const EXTERN_KINDS: readonly ExternKind[] = ['func', 'table', 'memory', 'global', 'tag'];

/** Structured instructions, which the instruction table does not have. */
export const BLOCK = 0x02;
export const LOOP = 0x03;
export const IF = 0x04;
export const ELSE = 0x05;
export const END = 0x0b;
export const TRY_TABLE = 0x1f;

export const CATCHES = ['catch', 'catch_ref', 'catch_all', 'catch_all_ref'] as const;

/** The custom section, of no contents, that stands for the module-level `shared` flag: Weft's own. */
export const SHARED_MODULE = 'weft.shared';

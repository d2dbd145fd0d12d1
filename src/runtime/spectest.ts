import type { WriteAction } from '../event/action.ts';
import type { Addr } from '../event/location.ts';
import { addrOf } from '../event/location.ts';
import type { FuncType, GlobalType, MemType, TableType, ValType } from '../syntax/types.ts';
import { plainType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import { soleType } from '../valid/type-ids.ts';
import type { ExternType } from '../valid/types.ts';
import type { ExternVal } from './instance.ts';
import type { Naming } from './instantiate.ts';
import { allocMemory, allocTable } from './allocate.ts';

/**
 * The host module `spectest` that scripts of the official test suite import [core interpreter, `spectest`; threads proposal for the
 * shared memory]. Each script thread has its own; a memory or table of it comes to be when a module first imports it.
 */
export interface Spectest {
  readonly exports: ReadonlyMap<string, ExternVal>;
  /** What the allocation of an export writes. */
  readonly writes: ReadonlyMap<string, readonly WriteAction[]>;
  readonly allocations: number;
}

const PRINTERS: Readonly<Record<string, readonly ValType[]>> = {
  print: [],
  print_i32: ['i32'],
  print_i64: ['i64'],
  print_f32: ['f32'],
  print_f64: ['f64'],
  print_i32_f32: ['i32', 'f32'],
  print_f64_f64: ['f64', 'f64'],
};

const GLOBALS: Readonly<Record<string, Value>> = {
  global_i32: { type: 'i32', value: 666 },
  global_i64: { type: 'i64', value: 666n },
  global_f32: { type: 'f32', bits: 0x4426a666 },
  global_f64: { type: 'f64', bits: 0x4084d4cccccccccdn },
};

const MEMORIES: Readonly<Record<string, MemType>> = {
  memory: { share: 'unshared', addr: 'i32', limits: { min: 1n, max: 2n } },
  shared_memory: { share: 'shared', addr: 'i32', limits: { min: 1n, max: 2n } },
};

const TABLE: TableType = {
  share: 'unshared',
  addr: 'i32',
  limits: { min: 10n, max: 20n },
  elem: { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } },
};

const TABLES: Readonly<Record<string, TableType>> = { table: TABLE, table64: { ...TABLE, addr: 'i64' } };

/** What `spectest` exports, by type. */
export const SPECTEST_TYPES: ReadonlyMap<string, ExternType> = new Map<string, ExternType>([
  ...Object.entries(PRINTERS).map(([name, params]) => [name, { kind: 'func', type: printerType(params) }] as const),
  ...Object.entries(GLOBALS).map(([name, value]) => [name, { kind: 'global', type: globalType(value) }] as const),
  ...Object.entries(MEMORIES).map(([name, type]) => [name, { kind: 'memory', type }] as const),
  ...Object.entries(TABLES).map(([name, type]) => [name, { kind: 'table', type }] as const),
]);

function printerType(params: readonly ValType[]): DefType {
  return soleType(plainType({ kind: 'func', params, results: [] }));
}

function globalType(value: Value): GlobalType {
  return { share: 'unshared', mutable: false, content: value.type === 'ref' ? 'i32' : value.type };
}

export function makeSpectest(naming: Naming): Spectest {
  const key = `${naming.thread}/spectest`;
  let allocations = naming.allocations;
  const fresh = (): Addr => addrOf(naming.thread, allocations++);
  const exports = new Map<string, ExternVal>();
  const writes = new Map<string, readonly WriteAction[]>();
  const allocated = (name: string, make: (writes: WriteAction[]) => ExternVal): void => {
    const initial: WriteAction[] = [];
    exports.set(name, make(initial));
    writes.set(name, initial);
  };
  for (const [name, params] of Object.entries(PRINTERS)) {
    const type: FuncType = { kind: 'func', params, results: [] };
    const func = {
      kind: 'host',
      key: `${key}:${name}`,
      share: 'unshared',
      type,
      closed: printerType(params),
      name: `spectest.${name}`,
      call: () => [],
    } as const;
    exports.set(name, { kind: 'func', func });
  }
  for (const [name, value] of Object.entries(GLOBALS)) {
    exports.set(name, {
      kind: 'global',
      global: { kind: 'constant', addr: fresh(), type: globalType(value), value },
    });
  }
  for (const [name, type] of Object.entries(MEMORIES)) {
    allocated(name, (initial) => ({ kind: 'memory', memory: allocMemory(fresh(), type, initial) }));
  }
  for (const [name, type] of Object.entries(TABLES)) {
    allocated(name, (initial) => ({ kind: 'table', table: allocTable(fresh(), type, initial) }));
  }
  return { exports, writes, allocations };
}

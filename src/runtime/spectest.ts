import type { WriteAction } from '../event/action.ts';
import type { Addr } from '../event/location.ts';
import { addrOf } from '../event/location.ts';
import type { FuncType, MemType, TableType, ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { ExternVal } from './instance.ts';
import type { Naming } from './instantiate.ts';
import { allocMemory, allocTable } from './instantiate.ts';

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
  memory: { share: 'unshared', limits: { min: 1, max: 2 } },
  shared_memory: { share: 'shared', limits: { min: 1, max: 2 } },
};

const TABLES: Readonly<Record<string, TableType>> = {
  table: {
    share: 'unshared',
    limits: { min: 10, max: 20 },
    elem: { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'func' } },
  },
};

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
      name: `spectest.${name}`,
      call: () => [],
    } as const;
    exports.set(name, { kind: 'func', func });
  }
  for (const [name, value] of Object.entries(GLOBALS)) {
    const type = { share: 'unshared', mutable: false, content: value.type === 'ref' ? 'i32' : value.type } as const;
    exports.set(name, { kind: 'global', global: { kind: 'constant', addr: fresh(), type, value } });
  }
  for (const [name, type] of Object.entries(MEMORIES)) {
    allocated(name, (initial) => ({ kind: 'memory', memory: allocMemory(fresh(), type, initial) }));
  }
  for (const [name, type] of Object.entries(TABLES)) {
    allocated(name, (initial) => ({ kind: 'table', table: allocTable(fresh(), type, initial) }));
  }
  return { exports, writes, allocations };
}

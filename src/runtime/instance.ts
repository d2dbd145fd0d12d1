import type { Addr, Region } from '../event/location.ts';
import type { Func } from '../syntax/module.ts';
import type { FuncType, GlobalType, MemType, Share, SubType, TableType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import type { ValidModule } from '../valid/valid-module.ts';

/**
 * Instances [core, Runtime Structure]. They are immutable: everything mutable lives in the world (by region) or in a
 * thread's context (thread-local globals), so instances are shared by all threads, states and executions.
 */
export interface ModuleInst {
  /** Unique within a compartment and equal in all executions in which the same thread instantiates the same module next. */
  readonly key: string;
  readonly module: ValidModule;
  readonly types: readonly SubType[];
  readonly funcs: readonly FuncInst[];
  readonly tables: readonly TableInst[];
  readonly memories: readonly MemInst[];
  readonly globals: readonly GlobalInst[];
  readonly exports: ReadonlyMap<string, ExternVal>;
}

export type FuncInst = WasmFuncInst | HostFuncInst;

export interface WasmFuncInst {
  readonly kind: 'wasm';
  /** Unique within a compartment, like {@link ModuleInst.key}. */
  readonly key: string;
  readonly share: Share;
  readonly type: FuncType;
  /** Its type as imports are matched with it. */
  readonly closed: DefType;
  readonly module: ModuleInst;
  readonly code: Func;
  /** Index in its module's function index space. */
  readonly index: number;
}

export interface HostFuncInst {
  readonly kind: 'host';
  readonly key: string;
  readonly share: Share;
  readonly type: FuncType;
  readonly closed: DefType;
  readonly name: string;
  readonly call: (args: readonly Value[]) => readonly Value[];
}

export interface MemInst {
  readonly addr: Addr;
  readonly type: MemType;
  /** One unit: pages. */
  readonly length: Region;
  /** Bytes. */
  readonly data: Region;
}

export interface TableInst {
  readonly addr: Addr;
  readonly type: TableType;
  readonly length: Region;
  readonly elem: Region;
}

/**
 * Where a global's value is: an immutable one in the instance itself, a mutable one in the world, a thread-local one in
 * each thread's context.
 */
export type GlobalInst =
  | { readonly kind: 'constant'; readonly addr: Addr; readonly type: GlobalType; readonly value: Value }
  | {
      readonly kind: 'mutable';
      readonly addr: Addr;
      readonly type: GlobalType;
      readonly val: Region;
      /** No access to it tears: its content is a reference or of at most four bytes, or the readings say so of all globals. */
      readonly tearFree: boolean;
    }
  | { readonly kind: 'thread_local'; readonly addr: Addr; readonly type: GlobalType; readonly initial: Value };

export type ExternVal =
  | { readonly kind: 'func'; readonly func: FuncInst }
  | { readonly kind: 'table'; readonly table: TableInst }
  | { readonly kind: 'memory'; readonly memory: MemInst }
  | { readonly kind: 'global'; readonly global: GlobalInst };

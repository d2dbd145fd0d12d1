import type { Addr, Region } from '../event/location.ts';
import type { Func } from '../syntax/module.ts';
import type { FuncType, GlobalType, MemType, Share, SubType, TableType, ValType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import type { ValidModule } from '../valid/valid-module.ts';
import type { Request, Response, Site } from '../event/request.ts';
import type { ThreadLocals } from './executor.ts';
import type { Refs } from './references.ts';

/**
 * Instances [core, Runtime Structure]. They are immutable: everything mutable lives in the world (by region) or in a
 * thread's context (thread-local globals), so instances are shared by all threads, states and executions.
 */
export interface ModuleInst {
  /** Unique within a compartment and equal in all executions in which the same thread instantiates the same module next. */
  readonly key: string;
  readonly module: ValidModule;
  /** The references of its world. */
  readonly refs: Refs;
  /** Its types, with indices of the module's own. */
  readonly types: readonly SubType[];
  /** Its types, closed: what objects carry and casts compare. */
  readonly closed: readonly DefType[];
  readonly funcs: readonly FuncInst[];
  readonly tables: readonly TableInst[];
  readonly memories: readonly MemInst[];
  readonly globals: readonly GlobalInst[];
  readonly tags: readonly TagInst[];
  readonly elems: readonly ElemInst[];
  readonly datas: readonly DataInst[];
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
  /**
   * What it does at once, after which the thread asks `host`. It may throw: a {@link HostTrap} becomes a trap, a {@link HostException} an
   * exception of the calling code, anything else a trap with that as its cause.
   */
  readonly call: (args: readonly Value[]) => readonly Value[];
  /** Instead of `call`, for a function that asks the world: to start, join or end a thread. */
  readonly asks?: HostAsk;
}

/** A host function that is one request. Both are functions of what they are given: a suspended thread calls them again. */
export interface HostAsk {
  /** `locals`: the thread-locals that a new thread begins with. A `done` or `trap` request ends the calling thread. */
  readonly request: (args: readonly Value[], locals: ThreadLocals, site: Site) => Request;
  readonly results: (args: readonly Value[], answer: Response) => readonly Value[];
}

/** Thrown by a host function: the call traps for this reason. */
export class HostTrap extends Error {}

/** Thrown by a host function: an exception that Wasm code may catch. */
export class HostException extends Error {
  readonly tag: TagInst;
  readonly args: readonly Value[];

  constructor(tag: TagInst, args: readonly Value[]) {
    super('exception of a host function');
    this.tag = tag;
    this.args = args;
  }
}

/** A tag; its key is its identity. */
export interface TagInst {
  readonly key: string;
  /** Of a function type without results, whose parameters are the exception's arguments. */
  readonly type: DefType;
  readonly params: readonly ValType[];
}

/** An element segment. Its items never change; dropping it makes its length 0. */
export interface ElemInst {
  readonly items: readonly Value[];
  /** One unit: how many items are left, all or none. Null if no instruction of its module names a segment of the kind. */
  readonly length: Region | null;
}

/** A data segment, likewise. */
export interface DataInst {
  readonly bytes: Uint8Array;
  /** One unit: bytes. */
  readonly length: Region | null;
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
  | { readonly kind: 'global'; readonly global: GlobalInst }
  | { readonly kind: 'tag'; readonly tag: TagInst };

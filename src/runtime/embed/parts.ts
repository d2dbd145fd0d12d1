import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Result } from '../../base/result.ts';
import type { Region } from '../../event/location.ts';
import type { Value } from '../../syntax/values.ts';
import type { DefType } from '../../valid/type-ids.ts';
import type { ValidModule } from '../../valid/valid-module.ts';
import type { Executor, ThreadLocals } from '../executor.ts';
import type { FuncInst, ModuleInst } from '../instance.ts';
import type { Store } from '../schedule.ts';
import type { CallEnd } from './calls.ts';
import type { Compartment } from './compartment.ts';
import type { Func } from './func.ts';
import type { CallResult } from './result.ts';

/** What a compartment is made of. Nothing here executes, reads text or knows how state is held: whoever makes a compartment brings it. */
export interface Parts<S> {
  readonly name: string;
  readonly executor: Executor<S>;
  readonly store: EmbedStore;
  readonly front: FrontEnd;
  /** Runs calls that need no other thread, faster than a schedule does; null: there is none. */
  readonly runner: Runner | null;
  readonly limits: CallLimits;
  readonly startWorker?: (home: Compartment) => WorkerContext;
}

/** A context in a thread of the system. Its calls run one after the other. */
export interface WorkerContext {
  readonly compartment: Compartment;
  /** Refused, with the reason, if the function needs what workers do not have in common. */
  call(func: Func, args?: readonly unknown[]): Promise<CallResult>;
  /** Ends the thread; calls in progress are traps. */
  terminate(): void;
}

/** A store that an embedder can look into. */
export interface EmbedStore extends Store {
  /** A memory's bytes as they are now. */
  direct(data: Region): { readonly bytes: Uint8Array };
  /** The same state in a store of its own; no thread waits in it. */
  clone(): EmbedStore;
  /** Told of every instance before its first contents are allocated. */
  prepare?(instance: ModuleInst): void;
}

export interface CallLimits {
  /** Requests that one call may make, with the threads that run meanwhile. */
  readonly requests: number;
  /** Pages that all memories of the compartment may have together. */
  readonly pages: number;
}

/** From what an embedder writes to modules and types. */
export interface FrontEnd {
  /** Text, or a binary. */
  module(source: string | Uint8Array): Result<ValidModule, readonly Diagnostic[]>;
  /** `(func (param i32))`, `(shared (func))`, closed; null if it is no such type. */
  funcType(text: string): DefType | null;
}

/** Runs one call of a thread that is alone, in a store, to its end. */
export type Runner = (
  store: EmbedStore,
  func: FuncInst,
  args: readonly Value[],
  locals: ThreadLocals,
) => { readonly end: CallEnd; readonly locals: ThreadLocals };

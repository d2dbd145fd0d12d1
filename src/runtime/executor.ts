import type { Request, Response, Start } from '../event/request.ts';
import type { Addr } from '../event/location.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Value } from '../syntax/values.ts';
import type { FuncInst } from './instance.ts';

/**
 * A context: what a thread brings to a compartment, its own values of thread-local globals. A thread-local that is not in
 * the map still has its initial value. Immutable: a thread's state holds the current one.
 */
export type ThreadLocals = ReadonlyMap<Addr, Value>;

/** The start of a thread that calls one function: what `fork` and `invoke` make. */
export interface CallStart extends Start {
  readonly kind: 'call';
  readonly func: FuncInst;
  readonly args: readonly Value[];
  readonly locals: ThreadLocals;
  /** Its `done` request carries its result, an i64 or i32, as the code that a join is told. */
  readonly tells?: true;
}

/** A thread between two requests: the state to resume, and what it asks. */
export interface Suspended<S> {
  readonly state: S;
  readonly request: Request;
}

/** How a call ended, once its request is `done`. */
export interface Completion {
  readonly results: readonly Value[];
  readonly locals: ThreadLocals;
}

/**
 * A machine: threads that ask [DESIGN, The waist]. Both executors and the script machine are machines. States are values:
 * `resume` never changes the state that it is given, and equal states given equal answers ask equal things.
 */
export interface Machine<S, From extends Start = Start> {
  start(start: From): Suspended<S>;
  resume(state: S, response: Response): Suspended<S>;
  /** Equal for equal states: same continuation, stack, locals and thread-locals. Used to recognise a spinning thread, and to merge states. */
  sameState(a: S, b: S): boolean;
  /** Whether both are in the same activation of a function, as far as can be told. */
  sameActivation?(a: S, b: S): boolean;
  /** A 32-bit number, equal for equal states. */
  stateHash(state: S): number;
}

/** A machine that runs functions. */
export interface Executor<S> extends Machine<S, CallStart> {
  readonly name: 'exec' | 'semantics';
  /** The results and thread-locals of a state whose request is `done`. */
  completion(state: S): Completion;
  /** The thread-locals of any state, so that a trap in an action leaves the ones that its caller had set. */
  threadLocals(state: S): ThreadLocals;
}

export interface ExecutorOptions {
  readonly readings: Readings;
  /** Instructions that one thread may execute between two requests before the executor gives up with a `bound`. */
  readonly fuel: number;
}

/** Nested calls allowed before a `call stack exhausted` trap; both executors count alike. */
export const MAX_CALL_DEPTH = 10_000;

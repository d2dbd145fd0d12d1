import type { EditorCalls } from '../editor/calls.ts';
import type { GraphCalls } from '../graph/calls.ts';
import type { OutcomeCalls } from '../outcomes/calls.ts';
import type { ExplainCalls } from '../explain/calls.ts';
import type { TimeCalls } from '../time/calls.ts';

/** What the page may ask of a worker: name → what it takes, what it gives, and what it tells in between (`never` if nothing). All of it is plain data. */
export interface Calls extends EditorCalls, OutcomeCalls, GraphCalls, ExplainCalls, TimeCalls {}

export type CallName = keyof Calls;

/** How a worker answers a call. Throwing {@link import('./refused.ts').Refused} is an answer for people; any other error is a fault of ours. */
export type Handler<N extends CallName> = (
  takes: Calls[N]['takes'],
  control: Control<Calls[N]['tells']>,
) => Calls[N]['gives'] | Promise<Calls[N]['gives']>;

export interface Control<Tells> {
  /** Whether the page wants no more; asked often. */
  readonly shouldStop: () => boolean;
  readonly tell: (what: Tells) => void;
}

export interface Asked {
  readonly id: number;
  readonly name: CallName;
  readonly takes: unknown;
}

export type Told =
  | { readonly id: number; readonly kind: 'told'; readonly what: unknown }
  | { readonly id: number; readonly kind: 'given'; readonly what: unknown }
  | { readonly id: number; readonly kind: 'refused'; readonly message: string }
  | { readonly id: number; readonly kind: 'failed'; readonly message: string };

/** The first message to a worker: cells that say which calls are to stop; null where pages cannot share memory. */
export interface Hello {
  readonly stop: Int32Array | null;
}

/** Cells in which single calls are given up: call `id` in cell `1 + id % ALONE`, which then holds it. Cell 0 stops all calls with lower ids. */
export const ALONE = 63;

export function isStopped(stop: Int32Array, id: number): boolean {
  return id < Atomics.load(stop, 0) || Atomics.load(stop, 1 + (id % ALONE)) === id;
}

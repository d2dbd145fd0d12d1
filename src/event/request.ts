import type { Span } from '../base/span.ts';
import type { Order } from './action.ts';
import type { Access, WriteAction } from './action.ts';
import type { Addr, Region, ThreadId } from './location.ts';
import type { Units } from './units.ts';
import { unitsKey } from './units.ts';

/**
 * The waist [DESIGN, The waist]: a thread runs until it needs the world, and then asks. A request says which locations,
 * in which order, and how a written value depends on the value read; it never says what is read.
 */
export type Request =
  | AccessRequest
  | GrowRequest
  | WaitRequest
  | NotifyRequest
  | FenceRequest
  | ForkRequest
  | JoinRequest
  | AllocRequest
  | NewRequest
  | HostRequest
  | DoneRequest
  | TrapRequest
  | BoundRequest;

/** Where in the program a request comes from, for people. */
export interface Site {
  readonly at: Span;
  /** The instruction or command as a person would write it: `i32.atomic.load`. */
  readonly text: string;
  /** How a value that is read here is shown in an observation (`i32`, `i64`, `f32`, `f64`, `i8`, `i16`, `ref`); null if it reads none. */
  readonly shows: string | null;
}

/** A read-modify-write as data, so that requests can be compared; computed by {@link import('./rmw.ts').applyRmw}. */
export type RmwUpdate =
  | { readonly op: 'add' | 'sub' | 'and' | 'or' | 'xor' | 'xchg'; readonly operand: Units }
  | { readonly op: 'cmpxchg'; readonly expected: Units; readonly replacement: Units };

/** Accesses at once of the locations that lie one after the other in the range, of `each` units; without it, of one location. */
interface Block {
  readonly each?: number;
}

/** An action with what is read still open. */
export type AskedAction =
  | (Access & Block & { readonly kind: 'rd' })
  | (Access & Block & { readonly kind: 'wr'; readonly written: Units })
  /** A write of what the request's action number `copies` reads (memory.copy). */
  | (Access & Block & { readonly kind: 'wr-copy'; readonly copies: number })
  | (Access & { readonly kind: 'rmw'; readonly update: RmwUpdate });

/**
 * A relaxed bounds check: the event first reads `length` (one unit, `unord`), and goes on only if
 * length × `unit` ≥ `end`; else the world answers `out-of-bounds` and the event is that read alone [OOPSLA19 §4.1].
 */
export interface BoundsCheck {
  readonly length: Region;
  /** Bytes of a page, or 1 for tables. */
  readonly unit: number;
  readonly end: number;
}

/** One event of accesses. Answered by `units` (everything read, in the actions' order, without the length) or `out-of-bounds`. */
export interface AccessRequest {
  readonly kind: 'access';
  readonly bounds: BoundsCheck | null;
  readonly actions: readonly AskedAction[];
  readonly site: Site;
}

/** memory.grow, table.grow: one event [DOMAIN 3]. Answered by `grown`. */
export interface GrowRequest {
  readonly kind: 'grow';
  readonly length: Region;
  /** The region whose units appear, `unit` of them for each step of length, all `fill`. */
  readonly content: Region;
  readonly unit: number;
  readonly fill: number;
  readonly delta: number;
  /** The most that the length may become. */
  readonly max: number;
  readonly site: Site;
}

/** What identifies a wait queue: for memory.atomic.wait the location itself, for other waits the `queue` of a wait queue object. */
export interface QueuePlace {
  readonly region: Region;
  readonly offset: number;
}

/**
 * All waits. The read of the control word is seqcst; equal units enqueue. A negative timeout is infinite. Answered by `waited` or
 * `out-of-bounds`.
 */
export interface WaitRequest {
  readonly kind: 'wait';
  readonly bounds: BoundsCheck | null;
  readonly read: Access & { readonly kind: 'rd' };
  readonly queue: QueuePlace;
  readonly expected: Units;
  readonly timeout: bigint;
  readonly site: Site;
}

/** memory.atomic.notify and waitqueue.notify: wakes waiters of the queue at (region, offset); `count` is unsigned. Answered by `notified` or `out-of-bounds`. */
export interface NotifyRequest {
  readonly kind: 'notify';
  readonly bounds: BoundsCheck | null;
  readonly region: Region;
  readonly offset: number;
  readonly count: number;
  readonly site: Site;
}

/** An event without a location. Answered by `unit`. */
export interface FenceRequest {
  readonly kind: 'fence';
  readonly order: Order;
  readonly site: Site;
}

/** How a thread begins; only executors look inside. Equal keys begin equal threads. */
export interface Start {
  readonly key: string;
}

/** A new thread, whose events happen after this one. Answered by `forked`. */
export interface ForkRequest {
  readonly kind: 'fork';
  readonly start: Start;
  /** The forked thread's name in outcomes (`T1`, `#0`), null for Wasm's own `fork`. */
  readonly name: string | null;
  readonly site: Site;
}

/** Waits for the end of `thread`, whose events happen before this one. Answered by `joined`. */
export interface JoinRequest {
  readonly kind: 'join';
  readonly thread: ThreadId;
  readonly site: Site;
}

/** Fresh objects with their first contents: one event of `init` writes. Answered by `unit`. */
export interface AllocRequest {
  readonly kind: 'alloc';
  readonly writes: readonly WriteAction[];
  readonly site: Site;
}

/**
 * A fresh structure, array or wait queue with its first contents, all of one region: one event of `init` writes (none without contents).
 * Answered by `new` with its address, which the world chooses so that it does not depend on other threads.
 */
export interface NewRequest {
  readonly kind: 'new';
  readonly field: 'fields' | 'elem' | 'queue';
  readonly contents: Units;
  /** The sizes of its locations in units, first to last, repeated until the contents end: of all fields, or of one element. */
  readonly layout: readonly number[];
  readonly site: Site;
}

/** A call of a host function with the values' printed form; the world may record it. Answered by `unit`. */
export interface HostRequest {
  readonly kind: 'host';
  readonly name: string;
  readonly args: readonly string[];
  readonly site: Site;
}

/** The thread ended. Executors keep its results; the world needs none but the code that a joining thread is told. */
export interface DoneRequest {
  readonly kind: 'done';
  /** Of a thread that ended by an exit or returned one i64 or i32; 0 if absent. */
  readonly code?: bigint;
}

/** The thread trapped: it ends, and with it all threads of its fork group [DOMAIN 1]. */
export interface TrapRequest {
  readonly kind: 'trap';
  /** In the official test suite's words: `out of bounds memory access`. */
  readonly reason: string;
  /** The id of the exception that nobody caught, where that is the reason. */
  readonly exception?: number;
  /** What a host function threw, where that is the reason. */
  readonly cause?: unknown;
  readonly site: Site;
}

/** The executor's own limit was reached (an endless loop without requests). */
export interface BoundRequest {
  readonly kind: 'bound';
  readonly what: string;
  readonly site: Site;
}

export type Response =
  | { readonly kind: 'units'; readonly units: Units }
  | { readonly kind: 'out-of-bounds' }
  /** The length before growing, or -1. */
  | { readonly kind: 'grown'; readonly previous: number }
  /** 0 woken, 1 not equal, 2 timed out. */
  | { readonly kind: 'waited'; readonly result: 0 | 1 | 2 }
  | { readonly kind: 'notified'; readonly woke: number }
  | { readonly kind: 'forked'; readonly thread: ThreadId }
  /** The code that the thread ended with; 0 if it gave none. */
  | { readonly kind: 'joined'; readonly code: bigint }
  | { readonly kind: 'new'; readonly addr: Addr }
  | { readonly kind: 'unit' };

export const UNIT: Response = { kind: 'unit' };

/** A key that is equal for equal responses. */
export function responseKey(response: Response): string {
  switch (response.kind) {
    case 'units':
      return `u${unitsKey(response.units)}`;
    case 'out-of-bounds':
      return 'o';
    case 'grown':
      return `g${response.previous}`;
    case 'waited':
      return `w${response.result}`;
    case 'notified':
      return `n${response.woke}`;
    case 'forked':
      return `f${response.thread}`;
    case 'joined':
      return `j${response.code}`;
    case 'new':
      return `a${response.addr}`;
    case 'unit':
      return '.';
  }
}

/** The code that a thread whose last request this is gave to who joins it. */
export function codeOf(request: Request): bigint {
  return request.kind === 'done' ? (request.code ?? 0n) : 0n;
}

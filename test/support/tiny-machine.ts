import type { Order, WriteAction } from '../../src/event/action.ts';
import { addrOf, MAIN, regionOf } from '../../src/event/location.ts';
import type { ThreadId } from '../../src/event/location.ts';
import type { AccessRequest, Request, Response, RmwUpdate, Site, Start } from '../../src/event/request.ts';
import type { Machine, Suspended } from '../../src/runtime/executor.ts';

/**
 * A machine small enough to generate: threads are lists of steps over one shared memory of 16 bytes that main allocates, with registers
 * for what was read. It asks by the same requests as the executors, so it drives the explorers in tests.
 */
export type TinyStep =
  | { readonly kind: 'read'; readonly at: number; readonly size: number; readonly order: Order; readonly to: string }
  /** Writes `value`, or a register's value plus `value`. */
  | {
      readonly kind: 'write';
      readonly at: number;
      readonly size: number;
      readonly order: Order;
      readonly value: number;
      readonly from?: string;
    }
  | {
      readonly kind: 'rmw';
      readonly at: number;
      readonly size: number;
      readonly order: Order;
      readonly op: 'add' | 'xchg';
      readonly value: number;
      readonly to: string;
    }
  | {
      readonly kind: 'cas';
      readonly at: number;
      readonly size: number;
      readonly order: Order;
      readonly expected: number;
      readonly value: number;
      readonly to: string;
    }
  | { readonly kind: 'fence'; readonly order: Order }
  | { readonly kind: 'fork'; readonly thread: string }
  | { readonly kind: 'join'; readonly thread: string }
  | {
      readonly kind: 'wait';
      readonly at: number;
      readonly expected: number;
      readonly timeout: bigint;
      readonly to: string;
    }
  | { readonly kind: 'notify'; readonly at: number; readonly count: number; readonly to: string }
  /** Goes back `back` steps while the register is `value`. */
  | { readonly kind: 'while'; readonly register: string; readonly value: number; readonly back: number }
  | { readonly kind: 'trap'; readonly reason: string };

export type TinyProgram = Readonly<Record<string, readonly TinyStep[]>>;

export interface TinyState {
  readonly thread: string;
  readonly pc: number;
  readonly registers: Readonly<Record<string, number>>;
  readonly threads: Readonly<Record<string, ThreadId>>;
}

export interface TinyStart extends Start {
  readonly thread: string;
}

export const MEMORY_BYTES = 16;
const memory = addrOf(MAIN, 0);
export const DATA = regionOf(memory, 'data');
const LENGTH = regionOf(memory, 'length');
const site: Site = { at: { start: 0, end: 0 }, text: '', shows: null };

export function tinyStart(thread: string): TinyStart {
  return { key: thread, thread };
}

/** The machine of a program; `main` first allocates the memory, zeroed. */
export function tinyMachine(program: TinyProgram): Machine<TinyState, TinyStart> {
  const ask = (state: TinyState): Suspended<TinyState> => {
    const settled = settle(program, state);
    return { state: settled, request: request(program, settled) };
  };
  return {
    start: ({ thread }) => ask({ thread, pc: thread === 'main' ? -1 : 0, registers: {}, threads: {} }),
    resume: (state, response) => ask(answered(program, state, response)),
    sameState: (a, b) => JSON.stringify(a) === JSON.stringify(b),
    stateHash: ({ pc }) => pc,
  };
}

function step(program: TinyProgram, state: TinyState): TinyStep | undefined {
  return program[state.thread]?.[state.pc];
}

/** Runs the steps that ask nothing. */
function settle(program: TinyProgram, state: TinyState): TinyState {
  const now = step(program, state);
  if (now?.kind !== 'while') return state;
  const loops = state.registers[now.register] === now.value;
  return settle(program, { ...state, pc: loops ? state.pc - now.back : state.pc + 1 });
}

function bytes(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
}

function access(
  at: number,
  size: number,
  order: Order,
): { region: typeof DATA; offset: number; size: number; order: Order; tearFree: boolean } {
  return { region: DATA, offset: at, size, order, tearFree: order !== 'unord' || (size <= 4 && at % size === 0) };
}

function plain(actions: AccessRequest['actions']): AccessRequest {
  return { kind: 'access', bounds: null, actions, site };
}

function request(program: TinyProgram, state: TinyState): Request {
  if (state.pc < 0) {
    const written = { fill: 0, length: MEMORY_BYTES };
    const length: WriteAction = {
      kind: 'wr',
      region: LENGTH,
      offset: 0,
      size: 1,
      order: 'init',
      tearFree: true,
      written: [1],
    };
    return {
      kind: 'alloc',
      writes: [
        length,
        { kind: 'wr', region: DATA, offset: 0, size: MEMORY_BYTES, order: 'init', tearFree: false, written },
      ],
      site,
    };
  }
  const now = step(program, state);
  if (now === undefined) return { kind: 'done' };
  switch (now.kind) {
    case 'read':
      return plain([{ kind: 'rd', ...access(now.at, now.size, now.order) }]);
    case 'write': {
      const base = now.from === undefined ? 0 : (state.registers[now.from] ?? 0);
      return plain([
        { kind: 'wr', ...access(now.at, now.size, now.order), written: bytes(base + now.value, now.size) },
      ]);
    }
    case 'rmw': {
      const update: RmwUpdate = { op: now.op, operand: bytes(now.value, now.size) };
      return plain([{ kind: 'rmw', ...access(now.at, now.size, now.order), update }]);
    }
    case 'cas': {
      const update: RmwUpdate = {
        op: 'cmpxchg',
        expected: bytes(now.expected, now.size),
        replacement: bytes(now.value, now.size),
      };
      return plain([{ kind: 'rmw', ...access(now.at, now.size, now.order), update }]);
    }
    case 'fence':
      return { kind: 'fence', order: now.order, site };
    case 'fork':
      return { kind: 'fork', start: tinyStart(now.thread), name: now.thread, site };
    case 'join':
      return { kind: 'join', thread: state.threads[now.thread] as ThreadId, site };
    case 'wait': {
      const bounds = { length: LENGTH, unit: 1, end: 0 };
      return {
        kind: 'wait',
        bounds,
        read: { kind: 'rd', ...access(now.at, 1, 'seqcst') },
        queue: { region: DATA, offset: now.at },
        expected: [now.expected],
        timeout: now.timeout,
        site,
      };
    }
    case 'notify': {
      const bounds = { length: LENGTH, unit: 1, end: 0 };
      return { kind: 'notify', bounds, region: DATA, offset: now.at, count: now.count, site };
    }
    case 'trap':
      return { kind: 'trap', reason: now.reason, site };
    case 'while':
      throw new Error('settled');
  }
}

function answered(program: TinyProgram, state: TinyState, response: Response): TinyState {
  const now = step(program, state);
  const next = { ...state, pc: state.pc + 1 };
  if (response.kind === 'forked' && now?.kind === 'fork')
    return { ...next, threads: { ...state.threads, [now.thread]: response.thread } };
  if (now === undefined || !('to' in now)) return next;
  const set = (value: number): TinyState => ({ ...next, registers: { ...state.registers, [now.to]: value } });
  if (response.kind === 'units')
    return set(Array.from(response.units as number[]).reduce((sum, u, i) => sum + u * 256 ** i, 0));
  if (response.kind === 'waited') return set(response.result);
  if (response.kind === 'notified') return set(response.woke);
  return next;
}

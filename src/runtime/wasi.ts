import { assert } from '../base/assert.ts';
import type { ThreadId } from '../event/location.ts';
import type { Start } from '../event/request.ts';
import type { ValType } from '../syntax/types.ts';
import { plainType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import type { DefType } from '../valid/type-ids.ts';
import { soleType } from '../valid/type-ids.ts';
import type { ExternVal, HostFuncInst, ModuleInst } from './instance.ts';
import type { CommandProgram, ProgramCommand } from './program.ts';
import type { ScriptStart } from './script-state.ts';

/**
 * What a command program imports [wasi-threads; WASI preview 1]: `thread-spawn`, whose thread is a new instance of the program's module
 * over the memory that it imports, and as much of preview 1 as says how a program ends and that it has nothing to do.
 */

/** Asked by `thread-spawn`; the script machine knows which module and which thread that means. */
export interface SpawnStart extends Start {
  readonly kind: 'spawn';
  readonly argument: number;
}

export function isSpawn(start: Start): start is SpawnStart {
  return 'kind' in start && start.kind === 'spawn';
}

/** What a thread begins with that `thread-spawn` makes [wasi-threads]. */
export const THREAD_ENTRY = 'wasi_thread_start';

const EXIT = 'exit ';

/** How `proc_exit` ends all threads, which is no trap: the code is in the reason. */
export function exitReason(code: number): string {
  return `${EXIT}${code}`;
}

/** Whether a thread’s end is by `proc_exit`: no trap of a program begins so. */
export function isExit(reason: string): boolean {
  return reason.startsWith(EXIT);
}

const SPAWN: HostFuncInst = {
  ...host('wasi.thread-spawn', ['i32'], ['i32']),
  asks: {
    request([argument], _, site) {
      assert(argument?.type === 'i32', 'thread-spawn has an i32');
      const start: SpawnStart = { kind: 'spawn', key: `spawn ${argument.value}`, argument: argument.value };
      return { kind: 'fork', start, name: null, site };
    },
    results(_, answer) {
      assert(answer.kind === 'forked', 'a fork is answered by its thread');
      return [{ type: 'i32', value: answer.thread }];
    },
  },
};

const PROC_EXIT: HostFuncInst = {
  ...host('wasi_snapshot_preview1.proc_exit', ['i32'], []),
  asks: {
    request([code], _, site) {
      assert(code?.type === 'i32', 'proc_exit has an i32');
      return { kind: 'trap', reason: exitReason(code.value >>> 0), site };
    },
    results: () => [],
  },
};

const SUCCESS: Value = { type: 'i32', value: 0 };

const SCHED_YIELD: HostFuncInst = {
  ...host('wasi_snapshot_preview1.sched_yield', [], ['i32']),
  call: () => [SUCCESS],
};

function host(name: string, params: readonly ValType[], results: readonly ValType[]): HostFuncInst {
  const closed: DefType = soleType(plainType({ kind: 'func', params, results }));
  const type = closed.comp;
  assert(type.kind === 'func', 'a function has a function type');
  return { kind: 'host', key: name, share: closed.share, type, closed, name, call: () => [] };
}

/** The host modules that every thread of a command program has. */
export const WASI: ReadonlyMap<string, ReadonlyMap<string, ExternVal>> = new Map([
  ['wasi', new Map([['thread-spawn', { kind: 'func', func: SPAWN }]])],
  [
    'wasi_snapshot_preview1',
    new Map([
      ['proc_exit', { kind: 'func', func: PROC_EXIT }],
      ['sched_yield', { kind: 'func', func: SCHED_YIELD }],
    ]),
  ],
]);

/** Threads that one thread may spawn, and how deep: its number is written with a digit to the base 256 for each generation. */
const MOST_SPAWNED = 255;
const GENERATIONS = 256 ** 2;

/** The number of the thread that a thread spawns next, which is its `tid`, the same in all executions; null if there is none left. */
export function spawnedNumber(parent: ThreadId, before: number): ThreadId | null {
  if (before >= MOST_SPAWNED || parent >= GENERATIONS) return null;
  return (parent * (MOST_SPAWNED + 1) + before + 1) as ThreadId;
}

/** A thread of `thread-spawn`: the module again, over the host's memories, then its entry. */
export function spawnedThread(
  { module, hosts, threadAt }: CommandProgram,
  number: ThreadId,
  argument: number,
  shared: ReadonlyMap<string, ModuleInst>,
): ScriptStart {
  const { at } = module.valid.module;
  const args: readonly Value[] = [
    { type: 'i32', value: number },
    { type: 'i32', value: argument },
  ];
  const commands: ProgramCommand[] = [
    ...hosts.map((id): ProgramCommand => ({ kind: 'register', as: id, module: id, at })),
    { kind: 'module', module, at },
    { kind: 'action', action: { kind: 'invoke', module: null, name: THREAD_ENTRY, args, at: threadAt }, at: threadAt },
  ];
  return { kind: 'script', key: `wasi ${number}(${argument})`, name: '', number, commands, shared, spawned: true };
}

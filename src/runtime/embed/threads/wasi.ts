import { assert, known } from '../../../base/assert.ts';
import type { Result } from '../../../base/result.ts';
import type { Request, Site } from '../../../event/request.ts';
import { plainType } from '../../../syntax/types.ts';
import type { Value } from '../../../syntax/values.ts';
import { matchDefType } from '../../../valid/match.ts';
import { soleType } from '../../../valid/type-ids.ts';
import type { ThreadLocals } from '../../executor.ts';
import { callStart } from '../../call-start.ts';
import type { ExternVal, FuncInst, HostFuncInst, ModuleInst } from '../../instance.ts';
import type { Compartment, Imports, ModuleSource } from '../compartment.ts';
import type { Context } from '../context.ts';
import type { Instance } from '../instance.ts';
import type { InstantiateFailure } from '../result.ts';
import { asking, fork, i32, i32Of, threadIn } from './fork.ts';

/** (func (param i32 i32)) */
const ENTRY = soleType(plainType({ kind: 'func', params: ['i32', 'i32'], results: [] }));

/** EAGAIN, as wasi-threads reports that there can be no thread. */
const FAILED = -6;

/** Threads have numbers from 1 to 2^29 - 1 [wasi-threads, Thread IDs]. */
const MAX_THREAD = 0x1fff_ffff;

/** Threads that each compartment has started so. */
const started = new WeakMap<Compartment, number>();

/**
 * Instantiates a module with `wasi.thread-spawn` among its imports [wasi-threads]. Every thread is an instance of its own, of the same module
 * with the same imports in the same compartment: its start function runs, then its export `wasi_thread_start` with the thread's number
 * and the argument.
 */
export function instantiateWithWasiThreads(
  home: Compartment,
  source: ModuleSource,
  imports: Imports,
  context: Context = home.createContext(),
): Result<Instance, InstantiateFailure> {
  const spawn = home.askFunc('wasi.thread-spawn', '(func (param i32) (result i32))', {
    request: ([argument], locals, site) => startThread(spawn.inst as HostFuncInst, argument, locals, site),
    results: (_, answer) => [i32(answer.kind === 'forked' ? numberOf(answer) : FAILED)],
  });
  return home.instantiate(source, { ...imports, wasi: { ...imports['wasi'], 'thread-spawn': spawn } }, context);
}

function startThread(spawn: HostFuncInst, argument: Value | undefined, locals: ThreadLocals, site: Site): Request {
  const home = asking();
  const number = (started.get(home) ?? 0) + 1;
  const entry = number > MAX_THREAD ? null : anotherInstance(home, spawn);
  if (entry === null) return { kind: 'host', name: 'wasi.thread-spawn', args: [`i32 ${i32Of(argument)}`], site };
  started.set(home, number);
  return fork(callStart(entry, [i32(number), i32(i32Of(argument))], locals), site);
}

/** What a new thread calls: the entry of a further instance, after its start function. Null if there can be none. */
function anotherInstance(home: Compartment, spawn: HostFuncInst): FuncInst | null {
  const first = known(
    home.instances.find(({ funcs }) => funcs.includes(spawn)),
    'instance that imports thread-spawn',
  );
  const given = importsOf(first);
  const made = home.instantiateWith(first.module, (module, name) => given.get(keyOf(module, name)) ?? null, null);
  if (!made.ok) return null;
  const { inst } = made.value;
  const entry = inst.exports.get('wasi_thread_start');
  if (entry?.kind !== 'func' || !matchDefType(entry.func.closed, ENTRY)) return null;
  const { start } = inst.module.module;
  if (start === null) return entry.func;
  const beginning = home.instantiate(START_THEN_ENTRY, {
    '': { start: home.wrapFunc(known(inst.funcs[start.func], 'start function')), entry: home.wrapFunc(entry.func) },
  });
  assert(beginning.ok, 'a start function takes and gives nothing');
  return known(beginning.value.func('run'), 'function').inst;
}

const START_THEN_ENTRY = `(module
  (import "" "start" (func $start)) (import "" "entry" (func $entry (param i32 i32)))
  (func (export "run") (param i32 i32) (call $start) (call $entry (local.get 0) (local.get 1))))`;

/** What an instance imports, by name. */
function importsOf(instance: ModuleInst): ReadonlyMap<string, ExternVal> {
  const next = { func: 0, memory: 0, table: 0, global: 0, tag: 0 };
  const imports = new Map<string, ExternVal>();
  for (const { module, name, desc } of instance.module.module.imports)
    imports.set(keyOf(module, name), importAt(instance, desc.kind, next[desc.kind]++));
  return imports;
}

function importAt(
  { funcs, memories, tables, globals, tags }: ModuleInst,
  kind: ExternVal['kind'],
  x: number,
): ExternVal {
  switch (kind) {
    case 'func':
      return { kind, func: known(funcs[x], 'imported function') };
    case 'memory':
      return { kind, memory: known(memories[x], 'imported memory') };
    case 'table':
      return { kind, table: known(tables[x], 'imported table') };
    case 'global':
      return { kind, global: known(globals[x], 'imported global') };
    case 'tag':
      return { kind, tag: known(tags[x], 'imported tag') };
  }
}

function keyOf(module: string, name: string): string {
  return `${module}\0${name}`;
}

function numberOf(answer: Parameters<typeof threadIn>[0]): number {
  const { args } = asking().calls.startOf(threadIn(answer)) as ReturnType<typeof callStart>;
  return i32Of(args[0]);
}

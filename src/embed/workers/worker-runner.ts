import { assert, Bug, known } from '../../base/assert.ts';
import type { Request, Response } from '../../event/request.ts';
import { effectiveAddress } from '../../exec/addresses.ts';
import type { Linked } from '../../exec/code.ts';
import type { EventSite } from '../../exec/events.ts';
import { begin } from '../../exec/executor.ts';
import { callInWorker } from '../../exec/js/call.ts';
import type { RunMachine } from '../../exec/js/world.ts';
import type { World } from '../../exec/machine.ts';
import type { CallOutcome } from '../../exec/sequential.ts';
import type { DirectBytes } from '../../exec/store.ts';
import { Thread } from '../../exec/thread.ts';
import { readValues } from '../../exec/values.ts';
import { callStart } from '../../runtime/call-start.ts';
import type { Runner } from '../../runtime/embed/parts.ts';
import type { ExecutorOptions } from '../../runtime/executor.ts';
import { MAX_CALL_DEPTH } from '../../runtime/executor.ts';
import type { FuncInst } from '../../runtime/instance.ts';
import { endOf } from '../runner.ts';
import { SharedMemory } from './shared-memory.ts';
import { WorkerStore } from './worker-store.ts';

/**
 * Calls over a store that other workers use meanwhile: compiled code where that can be, and else the machine, whose ordinary accesses of memories
 * go to their bytes and all others to Atomics.
 */
export function makeWorkerRunner(options: ExecutorOptions): Runner {
  return (store, func, args, locals) => {
    assert(store instanceof WorkerStore, 'a worker runs over its store');
    const { ending, locals: left } = callInWorker(options, func, args, store, locals, machineOver(store));
    return { end: endOf(ending), locals: left };
  };
}

const machines = new WeakMap<WorkerStore, RunMachine>();

function machineOver(store: WorkerStore): RunMachine {
  let machine = machines.get(store);
  if (machine === undefined) {
    machine = makeMachine(worldOf(store));
    machines.set(store, machine);
  }
  return machine;
}

function makeMachine(world: World): RunMachine {
  return (frames, { readings, fuel }, func, args, locals) => {
    const started = performance.now();
    const thread = new Thread(readings['thread-local'] === 'inherit');
    thread.maxFrames = MAX_CALL_DEPTH - frames;
    const request = begin(thread, callStart(func, args, locals), world, fuel);
    return {
      ending: endingAt(request, thread, func),
      locals: thread.sharedLocals(),
      fuel: thread.fuel,
      milliseconds: performance.now() - started,
    };
  };
}

function endingAt(request: Request, { words }: Thread, { type }: FuncInst): CallOutcome['ending'] {
  switch (request.kind) {
    case 'done':
      return { kind: 'results', values: readValues(words, 0, type.results) };
    case 'trap':
    case 'bound':
      return request;
    default:
      throw new Bug(`a worker asks for ${request.kind}`);
  }
}

function worldOf(store: WorkerStore): World {
  return {
    answer(request: Request): Response | null {
      const answer = store.answer(request);
      return answer === null || answer.kind === 'waiter' ? null : answer;
    },
    memory({ module }: Linked): DirectBytes | null {
      const memory = module.memories[0];
      return memory === undefined ? null : store.direct(memory.data);
    },
    perform(thread: Thread, { module }: Linked, event: EventSite, d: number, a: number, b: number): boolean {
      if (event.kind !== 'load' && event.kind !== 'store' && event.kind !== 'rmw') return false;
      const memory = store.direct(known(module.memories[event.memory], 'memory').data);
      const at = effectiveAddress(thread.words, a, event);
      if (event.bytes < 4 || at + event.bytes > memory.bytes.length) return false;
      if (!event.atomic) {
        plain(thread, memory, event, at, d, b);
        return true;
      }
      if (event.bytes !== 4 || at % 4 !== 0 || !(memory instanceof SharedMemory)) return false;
      atomic(thread, memory.words, event, at / 4, d, b);
      return true;
    },
  };
}

type Shaped<K extends EventSite['kind']> = Extract<EventSite, { readonly kind: K }>;

/** Word by word, each of which may tear from the others. */
function plain(
  { words }: Thread,
  { view }: DirectBytes,
  event: Shaped<'load' | 'store' | 'rmw'>,
  at: number,
  d: number,
  b: number,
): void {
  if (event.kind === 'store') {
    for (let word = 0; 4 * word < event.bytes; word++)
      view.setInt32(at + 4 * word, known(words[b + word], 'word'), true);
    return;
  }
  const low = view.getInt32(at, true);
  const extension = event.kind === 'load' && event.signed ? low >> 31 : 0;
  words[d] = low;
  for (let word = 1; word < event.words; word++)
    words[d + word] = 4 * word < event.bytes ? view.getInt32(at + 4 * word, true) : extension;
}

/** The commonest atomic accesses: of four bytes. */
function atomic(
  { words }: Thread,
  cells: Int32Array,
  event: Shaped<'load' | 'store' | 'rmw'>,
  i: number,
  d: number,
  b: number,
): void {
  if (event.kind === 'store') {
    Atomics.store(cells, i, known(words[b], 'word'));
    return;
  }
  words[d] = event.kind === 'load' ? Atomics.load(cells, i) : UPDATES[event.op](cells, i, known(words[b], 'word'));
  if (event.words === 2) words[d + 1] = 0;
}

const UPDATES: Readonly<Record<Shaped<'rmw'>['op'], (cells: Int32Array, i: number, operand: number) => number>> = {
  add: (cells, i, operand) => Atomics.add(cells, i, operand),
  sub: (cells, i, operand) => Atomics.sub(cells, i, operand),
  and: (cells, i, operand) => Atomics.and(cells, i, operand),
  or: (cells, i, operand) => Atomics.or(cells, i, operand),
  xor: (cells, i, operand) => Atomics.xor(cells, i, operand),
  xchg: (cells, i, operand) => Atomics.exchange(cells, i, operand),
};

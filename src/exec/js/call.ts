import type { ExecutorOptions, ThreadLocals } from '../../runtime/executor.ts';
import type { FuncInst, ModuleInst } from '../../runtime/instance.ts';
import type { Expr, Module } from '../../syntax/module.ts';
import type { Value } from '../../syntax/values.ts';
import type { CallOutcome } from '../sequential.ts';
import { runCall, runFrom } from '../sequential.ts';
import type { DirectStore, SharedStore } from '../store.ts';
import { isEligible } from './eligible.ts';
import { HeldLocals } from './thread-locals.ts';
import type { RunMachine } from './world.ts';
import { CodeWorld } from './world.ts';

/** The compiled code of a store: without counters of fuel, and with them. */
interface Worlds {
  readonly plain: CodeWorld;
  readonly metered: CodeWorld;
}

const worldsOf = new WeakMap<DirectStore, Worlds>();

/**
 * Calls a function and runs it to its end, like {@link runCall} and with the same outcome but for the places that traps come from, as
 * JavaScript where nothing that it reaches may start another thread. Without a bound on fuel the code does not count.
 */
export function callSequential(
  options: ExecutorOptions,
  func: FuncInst,
  args: readonly Value[],
  store: SharedStore,
  locals: ThreadLocals = new Map(),
): CallOutcome {
  if (func.kind === 'host' || !runsAlone(func) || !isEligible(func)) return runCall(options, func, args, store, locals);
  const { plain, metered } = worlds(store, false, (frames, limits, callee, values, own) =>
    runFrom(frames, limits, callee, values, store, own),
  );
  return (options.fuel === Infinity ? plain : metered).call(options, func, args, locals);
}

/**
 * The same over a store that other workers use meanwhile: its memories' bytes are `SharedBytes`, and atomic accesses
 * of memories are those of Atomics. `machine` runs what is not compiled, waits among it.
 */
export function callInWorker(
  options: ExecutorOptions,
  func: FuncInst,
  args: readonly Value[],
  store: DirectStore,
  locals: ThreadLocals,
  machine: RunMachine,
): CallOutcome {
  if (func.kind === 'host' || !isEligible(func)) return machine(0, options, func, args, locals);
  const { plain, metered } = worlds(store, true, machine);
  return (options.fuel === Infinity ? plain : metered).call(options, func, args, locals);
}

/** `machine` is kept with the store's first call. */
function worlds(store: DirectStore, workers: boolean, machine: RunMachine): Worlds {
  let found = worldsOf.get(store);
  if (found === undefined) {
    const held = new HeldLocals();
    const world = (metered: boolean): CodeWorld => new CodeWorld(store, held, { metered, workers }, machine);
    found = { plain: world(false), metered: world(true) };
    worldsOf.set(store, found);
  }
  return found;
}

const alone = new WeakMap<ModuleInst, boolean>();
const forking = new WeakMap<Module, boolean>();

/**
 * Whether neither its module nor one that it imports functions from has a `fork` or a host function that asks the world. What tables
 * and references hold is not looked at: where a call gets to such a function by them, its threads run to their ends in it.
 */
export function runsAlone(func: FuncInst): boolean {
  if (func.kind === 'host') return func.asks === undefined;
  const { module } = func;
  let found = alone.get(module);
  if (found === undefined) {
    found =
      !forks(module.module.module) &&
      module.funcs.every((each) => (each.kind === 'wasm' && each.module === module) || runsAlone(each));
    alone.set(module, found);
  }
  return found;
}

function forks(module: Module): boolean {
  let found = forking.get(module);
  if (found === undefined) {
    found = module.funcs.some(({ body }) => hasFork(body));
    forking.set(module, found);
  }
  return found;
}

function hasFork(body: Expr): boolean {
  return body.some((instr) => {
    switch (instr.kind) {
      case 'plain':
        return instr.op === 'fork';
      case 'if':
        return hasFork(instr.then) || hasFork(instr.else);
      default:
        return hasFork(instr.body);
    }
  });
}

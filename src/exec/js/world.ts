import { known } from '../../base/assert.ts';
import type { ExecutorOptions, ThreadLocals } from '../../runtime/executor.ts';
import { MAX_CALL_DEPTH } from '../../runtime/executor.ts';
import type { FuncInst, GlobalInst, HostFuncInst, ModuleInst, WasmFuncInst } from '../../runtime/instance.ts';
import { HostException, HostTrap } from '../../runtime/instance.ts';
import type { Refs } from '../../runtime/references.ts';
import type { Func } from '../../syntax/module.ts';
import type { FuncType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import type { CallOutcome } from '../sequential.ts';
import type { DirectStore, DirectValue } from '../store.ts';
import type { CodeOptions, Text } from './compile.ts';
import { compile } from './compile.ts';
import { isEligible } from './eligible.ts';
import { Ended, endingOf, trap, Trapped } from './endings.ts';
import { fuelLeft, setFuel, useFuel } from './fuel.ts';
import type { Cell, Code, Linker } from './linking.ts';
import { LinkedInstance } from './linking.ts';
import { DIRTY, DOUBLES, INTS } from './longs.ts';
import { kindOf, listOfParts, partCount, pushParts, valuesOf } from './parts.ts';
import { depthAt, placeInHost } from './stack.ts';
import { SUPPORT } from './support.ts';
import { trampoline } from './tails.ts';
import { HeldLocals } from './thread-locals.ts';

/** A compiled text as a function of the support functions and the slots' values. */
type Factory = (support: typeof SUPPORT, slots: readonly unknown[]) => Code;

interface Compiled extends Text {
  readonly make: Factory;
}

/** By the options and by function; null: the engine refuses the text. */
const compiledOf = Array.from({ length: 4 }, () => new WeakMap<Func, Compiled | null>());

/** The text is the same for all instances of a module. */
function compiled(func: WasmFuncInst, options: CodeOptions): Compiled | null {
  const texts = known(compiledOf[(options.metered ? 1 : 0) + (options.workers ? 2 : 0)], 'texts');
  let found = texts.get(func.code);
  if (found === undefined) {
    found = isEligible(func) ? evaluate(compile(func, options)) : null;
    texts.set(func.code, found);
  }
  return found;
}

function evaluate(text: Text): Compiled | null {
  try {
    // oxlint-disable-next-line no-implied-eval, no-new-func -- compiling to JavaScript is what this is for
    return { ...text, make: new Function('support', 'slots', text.source) as Factory };
  } catch (error) {
    // The engine's parser ran out of stack, or the page's policy allows no code from strings.
    if (error instanceof RangeError || error instanceof EvalError) return null;
    throw error;
  }
}

/** Runs a call in the machine, over the same store, with so many frames above it. */
export type RunMachine = (
  frames: number,
  options: ExecutorOptions,
  func: FuncInst,
  args: readonly Value[],
  locals: ThreadLocals,
) => CallOutcome;

/** Where in JavaScript's stack the next call begins: further on while a host function runs. */
let beginning = 0;

/**
 * Compiled code over one store, and the call that it is in. JavaScript runs one call at a time, and host functions may call back, so
 * the state of the current call is kept here and put back after a nested one.
 */
export class CodeWorld implements Linker {
  readonly store: DirectStore;
  readonly #code: CodeOptions;
  readonly #held: HeldLocals;
  readonly #machine: RunMachine;
  readonly #cells = new Map<FuncInst, Cell>();
  readonly #instances = new Map<ModuleInst, LinkedInstance>();
  readonly #referred = new Map<Refs, Cell[]>();
  #options: ExecutorOptions | null = null;

  constructor(store: DirectStore, held: HeldLocals, code: CodeOptions, machine: RunMachine) {
    this.store = store;
    this.#held = held;
    this.#code = code;
    this.#machine = machine;
  }

  call(options: ExecutorOptions, func: WasmFuncInst, args: readonly Value[], locals: ThreadLocals): CallOutcome {
    const started = performance.now();
    const site = { at: func.code.at, text: 'func', shows: null };
    const outer = { options: this.#options, fuel: fuelLeft(), dirty: INTS[DIRTY] ?? 0 };
    this.#held.enter(locals);
    this.#options = options;
    // The first call is not counted.
    setFuel(this.#code.metered ? options.fuel + 1 : 0);
    let ending: CallOutcome['ending'];
    try {
      const parts = listOfParts(beginning);
      for (const value of args) pushParts(parts, value);
      const first = this.cell(func, func.module.refs).f(...(parts as Parameters<Code>));
      ending = { kind: 'results', values: resultsOf(func.type, first) };
    } catch (error) {
      const found = endingOf(error, site);
      if (found === null) throw error;
      ending = found;
    }
    const left = this.#held.leave();
    const fuel = fuelLeft();
    this.#options = outer.options;
    setFuel(outer.fuel);
    INTS[DIRTY] = outer.dirty;
    return { ending, locals: left, fuel, milliseconds: performance.now() - started };
  }

  cell(func: FuncInst, refs: Refs): Cell {
    let cell = this.#cells.get(func);
    if (cell === undefined) {
      cell = func.kind === 'host' ? this.#hostCell(func, refs) : this.#wasmCell(func);
      this.#cells.set(func, cell);
    }
    return cell;
  }

  threadLocal(global: Extract<GlobalInst, { kind: 'thread_local' }>): DirectValue {
    return this.#held.of(global);
  }

  /** Compiled when it is first called. */
  #wasmCell(func: WasmFuncInst): Cell {
    const cell: Cell = {
      f: (place, ...parts) => {
        this.#compile(cell, func);
        return cell.f(place, ...parts);
      },
      inner: (place, ...parts) => {
        this.#compile(cell, func);
        return cell.inner(place, ...parts);
      },
      deep: (place, ...parts) => this.#runMachine(func, depthAt(place) - 1, place, parts),
      type: func.closed.id,
      func,
    };
    return cell;
  }

  #compile(cell: Cell, func: WasmFuncInst): void {
    const text = compiled(func, this.#code);
    cell.inner =
      text === null
        ? (place, ...parts) => this.#runMachine(func, depthAt(place), place, parts)
        : text.make(SUPPORT, this.#instance(func.module).link(text.slots));
    cell.f = text?.tails === true ? trampoline(cell, this.#code.metered) : cell.inner;
  }

  #instance(module: ModuleInst): LinkedInstance {
    let instance = this.#instances.get(module);
    if (instance === undefined) {
      let referred = this.#referred.get(module.refs);
      if (referred === undefined) {
        referred = [];
        this.#referred.set(module.refs, referred);
      }
      instance = new LinkedInstance(this, module, referred);
      this.#instances.set(module, instance);
    }
    return instance;
  }

  /** Runs a function in the machine, with all that it calls; `frames` are above it. */
  #runMachine(func: FuncInst, frames: number, place: number, parts: readonly number[]): number | undefined {
    if (frames >= MAX_CALL_DEPTH) trap('call stack exhausted');
    if (this.#code.metered) useFuel();
    const options = known(this.#options ?? undefined, 'call');
    const fuel = this.#code.metered ? fuelLeft() : options.fuel;
    const {
      ending,
      locals,
      fuel: left,
    } = this.#outside(place, (own) =>
      this.#machine(frames, { ...options, fuel }, func, valuesOf(func.type.params, parts), own),
    );
    if (this.#code.metered) setFuel(left);
    this.#held.enter(locals);
    switch (ending.kind) {
      case 'results':
        return deliver(ending.values);
      case 'trap':
        throw new Trapped(ending);
      default:
        throw new Ended(ending);
    }
  }

  /** A host function that asks the world is the machine's. */
  #hostCell(func: HostFuncInst, refs: Refs): Cell {
    const call: Code =
      func.asks === undefined
        ? (place, ...parts) => deliver(this.#outside(place, () => callHost(func, refs, parts)))
        : (place, ...parts) => this.#runMachine(func, depthAt(place), place, parts);
    return { f: call, inner: call, deep: call, type: func.closed.id, func };
  }

  /** Lets something run that may call back here. */
  #outside<T>(place: number, run: (locals: ThreadLocals) => T): T {
    const before = beginning;
    const own = this.#held.leave();
    beginning = placeInHost(place);
    try {
      return run(own);
    } finally {
      beginning = before;
      this.#held.enter(own);
    }
  }
}

/** Nothing in compiled code catches exceptions. */
function callHost(func: HostFuncInst, refs: Refs, parts: readonly number[]): readonly Value[] {
  try {
    return func.call(valuesOf(func.type.params, parts));
  } catch (error) {
    if (error instanceof HostTrap) trap(error.message);
    if (error instanceof HostException) throwUncaught(refs.exn(error.tag, error.args).id);
    const message = error instanceof Error ? error.message : String(error);
    trap(`host function ${func.name} threw: ${message}`, { cause: error });
  }
}

function throwUncaught(exception: number): never {
  trap('uncaught exception', { exception });
}

/** Returns the first part of results, and leaves the others as compiled code does. */
function deliver(values: readonly Value[]): number | undefined {
  const parts = listOfParts(0);
  for (const value of values) {
    const from = parts.length;
    pushParts(parts, value);
    const array = value.type === 'f32' || value.type === 'f64' ? DOUBLES : INTS;
    for (let i = Math.max(2, from); i < parts.length; i++) array[i - 1] = known(parts[i], 'part');
  }
  return parts[1];
}

function resultsOf({ results }: FuncType, first: number | undefined): Value[] {
  const parts = listOfParts(first ?? 0);
  let place = 0;
  for (const type of results) {
    const kind = kindOf(type);
    const array = kind === 'single' || kind === 'double' ? DOUBLES : INTS;
    for (let part = 0; part < partCount(kind); part++) {
      if (place > 0) parts.push(known(array[place], 'part'));
      place++;
    }
  }
  return valuesOf(results, parts);
}

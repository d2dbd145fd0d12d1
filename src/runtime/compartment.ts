import { assert, assertNever } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import { NOWHERE } from '../base/span.ts';
import { MAIN } from '../event/location.ts';
import type { Access } from '../event/action.ts';
import type { Site } from '../event/request.ts';
import { printValType } from '../syntax/print-types.ts';
import { printValue } from '../syntax/print-values.ts';
import type { FuncType, ValType } from '../syntax/types.ts';
import { plainType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';
import { soleType } from '../valid/type-ids.ts';
import type { ValidModule } from '../valid/valid-module.ts';
import { callStart } from './call-start.ts';
import type { CallStart, Executor, ThreadLocals } from './executor.ts';
import type { ExternVal, FuncInst, GlobalInst } from './instance.ts';
import type { InstantiationFailure } from './place-instance.ts';
import { placeInstance } from './place-instance.ts';
import { Refs } from './references.ts';
import type { Store } from './schedule.ts';
import { Schedule } from './schedule.ts';
import { fromUnits, toUnits, unitsOfType } from './value-units.ts';

/**
 * The embedder's side [DOMAIN 1.5 and 9; WAVM, compartments and contexts]. A compartment holds instances and everything shared; a
 * thread brings a context, which holds its thread-locals, so that one `Func` and one `Global` serve all threads. Objects of one
 * compartment are refused by every other.
 */

/** What a compartment runs on. */
export interface CompartmentOptions<S> {
  readonly executor: Executor<S>;
  readonly store: Store;
  /** Requests that one call may make. */
  readonly requests: number;
}

/** How a call ended. Refused: the call was a mistake, and nothing ran. */
export type CallResult =
  | { readonly kind: 'return'; readonly values: readonly Value[] }
  | { readonly kind: 'trap'; readonly reason: string }
  /** It waits, and nothing in the compartment will wake it. */
  | { readonly kind: 'deadlock' }
  | { readonly kind: 'bound'; readonly what: string }
  | { readonly kind: 'refused'; readonly message: string };

export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
}

export type Extern = Func | Global | Handle;

/** Imports by module and name. */
export type Imports = Readonly<Record<string, Readonly<Record<string, Extern>>>>;

function refused(message: string): Refused {
  return { kind: 'refused', message };
}

const ELSEWHERE = 'belongs to another compartment';

/** A thread's own values of the compartment's thread-local globals; costs nothing until one is set. */
export class Context {
  readonly compartment: Compartment;
  #locals: ThreadLocals;
  #busy = false;

  /** Made by {@link Compartment.createContext}. */
  constructor(compartment: Compartment, locals: ThreadLocals) {
    this.compartment = compartment;
    this.#locals = locals;
  }

  get locals(): ThreadLocals {
    return this.#locals;
  }

  /** A context with copies of this one's current values. */
  clone(): Context {
    return new Context(this.compartment, this.#locals);
  }

  set(global: GlobalInst, value: Value): void {
    this.#locals = new Map([...this.#locals, [global.addr, value]]);
  }

  /** Lends the context to one call: the thread-locals that it leaves replace those it had. Null if a call has it already. */
  lend<T>(run: (locals: ThreadLocals) => readonly [T, ThreadLocals]): T | null {
    if (this.#busy) return null;
    this.#busy = true;
    try {
      const [result, locals] = run(this.#locals);
      this.#locals = locals;
      return result;
    } finally {
      this.#busy = false;
    }
  }
}

/** A function of a compartment, callable by any thread that brings a context. */
export class Func {
  readonly compartment: Compartment;
  readonly inst: FuncInst;

  constructor(compartment: Compartment, inst: FuncInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  get type(): FuncType {
    return this.inst.type;
  }

  call(context: Context, args: readonly Value[]): CallResult {
    return this.compartment.call(context, this, args);
  }
}

/** A global of a compartment: constant, shared by all contexts, or each context's own. */
export class Global {
  readonly compartment: Compartment;
  readonly inst: GlobalInst;

  constructor(compartment: Compartment, inst: GlobalInst) {
    this.compartment = compartment;
    this.inst = inst;
  }

  get(context: Context): Result<Value, Refused> {
    if (context.compartment !== this.compartment) return err(refused(`the context ${ELSEWHERE} than the global`));
    const { inst } = this;
    switch (inst.kind) {
      case 'constant':
        return ok(inst.value);
      case 'thread_local':
        return ok(context.locals.get(inst.addr) ?? inst.initial);
      case 'mutable':
        return ok(this.compartment.readGlobal(inst));
      default:
        return assertNever(inst);
    }
  }

  set(context: Context, value: Value): Result<null, Refused> {
    const { inst } = this;
    if (context.compartment !== this.compartment) return err(refused(`the context ${ELSEWHERE} than the global`));
    if (!inst.type.mutable) return err(refused('the global is immutable'));
    if (!isOf(inst.type.content, value))
      return err(refused(`the global holds ${printValType(inst.type.content)}, not ${printValue(value)}`));
    if (inst.kind === 'mutable') this.compartment.writeGlobal(inst, value);
    else context.set(inst, value);
    return ok(null);
  }
}

/** A memory, table or tag, to be imported by further instances. */
export class Handle {
  readonly compartment: Compartment;
  readonly inst: Extract<ExternVal, { kind: 'memory' | 'table' | 'tag' }>;

  constructor(compartment: Compartment, inst: Extract<ExternVal, { kind: 'memory' | 'table' | 'tag' }>) {
    this.compartment = compartment;
    this.inst = inst;
  }
}

export interface Instance {
  readonly exports: ReadonlyMap<string, Extern>;
  /** Null where the export is missing or something else. */
  func(name: string): Func | null;
  global(name: string): Global | null;
}

/** One isolated world of instances; collected as a whole when nothing refers to it or its objects. */
export abstract class Compartment {
  abstract createContext(): Context;
  /** Instantiates; the start function runs with the context. */
  abstract instantiate(
    module: ValidModule,
    imports: Imports,
    context: Context,
  ): Result<Instance, InstantiationFailure | Refused>;
  /** A host function: never shared, so that shared code cannot call it. */
  abstract hostFunc(name: string, type: FuncType, call: (args: readonly Value[]) => readonly Value[]): Func;
  abstract call(context: Context, func: Func, args: readonly Value[]): CallResult;
  abstract readGlobal(global: Extract<GlobalInst, { kind: 'mutable' }>): Value;
  abstract writeGlobal(global: Extract<GlobalInst, { kind: 'mutable' }>, value: Value): void;
}

export function createCompartment<S>(options: CompartmentOptions<S>): Compartment {
  return new Running(options);
}

const SITE: Site = { at: NOWHERE, text: 'host', shows: null };

class Running<S> extends Compartment {
  readonly #executor: Executor<S>;
  readonly #store: Store;
  readonly #requests: number;
  /** Threads that earlier calls forked go on while later ones run. */
  readonly #schedule: Schedule<S, CallStart>;
  #instances = 0;
  #allocations = 0;
  #hostFuncs = 0;
  readonly #refs = new Refs();

  constructor({ executor, store, requests }: CompartmentOptions<S>) {
    super();
    this.#executor = executor;
    this.#store = store;
    this.#requests = requests;
    this.#schedule = new Schedule(executor, store, requests);
  }

  createContext(): Context {
    return new Context(this, new Map());
  }

  hostFunc(name: string, type: FuncType, call: (args: readonly Value[]) => readonly Value[]): Func {
    const key = `host/${this.#hostFuncs++}`;
    return new Func(this, {
      kind: 'host',
      key,
      share: 'unshared',
      type,
      closed: soleType(plainType(type)),
      name,
      call,
    });
  }

  instantiate(
    valid: ValidModule,
    imports: Imports,
    context: Context,
  ): Result<Instance, InstantiationFailure | Refused> {
    if (context.compartment !== this) return err(refused(`the context ${ELSEWHERE}`));
    for (const { module, name } of valid.module.imports) {
      const extern = imports[module]?.[name];
      if (extern !== undefined && extern.compartment !== this)
        return err(refused(`the import "${module}" "${name}" ${ELSEWHERE}`));
    }
    const naming = { thread: MAIN, instances: this.#instances++, allocations: this.#allocations, refs: this.#refs };
    const resolve = (module: string, name: string): ExternVal | null => externOf(imports[module]?.[name]);
    const placed = placeInstance(valid, resolve, naming, this.#store);
    if (!placed.ok) return placed;
    const { instance, start, allocations } = placed.value;
    this.#allocations = allocations;
    const failure = start === null ? null : failureOf(this.call(context, new Func(this, start), []));
    if (failure !== null) return err(failure);
    return ok(instanceOf(new Map([...instance.exports].map(([name, value]) => [name, this.#wrap(value)]))));
  }

  call(context: Context, { compartment, inst }: Func, args: readonly Value[]): CallResult {
    if (compartment !== this) return refused(`the function ${ELSEWHERE}`);
    if (context.compartment !== this) return refused(`the context ${ELSEWHERE} than the function`);
    const { params } = inst.type;
    if (params.length !== args.length || !params.every((t, i) => isOf(t, args[i]))) {
      return refused(
        `the function takes [${params.map((t) => printValType(t)).join(' ')}], not [${args.map(printValue).join(', ')}]`,
      );
    }
    const result = context.lend((locals) => this.#run(inst, args, locals));
    return result ?? refused('the context is in use by another call');
  }

  readGlobal({ val, type: { content } }: Extract<GlobalInst, { kind: 'mutable' }>): Value {
    const access: Access = { region: val, offset: 0, size: unitsOfType(content), order: 'unord', tearFree: false };
    const answer = this.#store.answer({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', ...access }],
      site: SITE,
    });
    assert(answer?.kind === 'units', 'a read is answered with units');
    return fromUnits(content, answer.units);
  }

  writeGlobal({ val, type: { content } }: Extract<GlobalInst, { kind: 'mutable' }>, value: Value): void {
    const access: Access = { region: val, offset: 0, size: unitsOfType(content), order: 'unord', tearFree: false };
    this.#store.answer({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'wr', ...access, written: toUnits(value) }],
      site: SITE,
    });
  }

  #run(func: FuncInst, args: readonly Value[], locals: ThreadLocals): readonly [CallResult, ThreadLocals] {
    this.#schedule.allow(this.#requests);
    const id = this.#schedule.spawn(callStart(func, args, locals), 'call');
    const stop = this.#schedule.run(id);
    const { suspended, standing } = this.#schedule.thread(id);
    if (stop !== 'done') this.#schedule.cancel(id, stop);
    this.#schedule.forgetEnded();
    const left = this.#executor.threadLocals(suspended.state);
    if (stop === 'deadlock') return [{ kind: 'deadlock' }, left];
    if (stop === 'bound') return [{ kind: 'bound', what: 'requests' }, left];
    switch (standing.kind) {
      case 'trapped':
      case 'cut':
        return [{ kind: 'trap', reason: standing.reason }, left];
      case 'bound':
        return [{ kind: 'bound', what: standing.what }, left];
      default: {
        const completion = this.#executor.completion(suspended.state);
        return [{ kind: 'return', values: completion.results }, completion.locals];
      }
    }
  }

  #wrap(value: ExternVal): Extern {
    switch (value.kind) {
      case 'func':
        return new Func(this, value.func);
      case 'global':
        return new Global(this, value.global);
      case 'memory':
      case 'table':
      case 'tag':
        return new Handle(this, value);
      default:
        return assertNever(value);
    }
  }
}

function externOf(extern: Extern | undefined): ExternVal | null {
  if (extern === undefined) return null;
  if (extern instanceof Func) return { kind: 'func', func: extern.inst };
  if (extern instanceof Global) return { kind: 'global', global: extern.inst };
  return extern.inst;
}

function instanceOf(exports: ReadonlyMap<string, Extern>): Instance {
  return {
    exports,
    func(name) {
      const extern = exports.get(name);
      return extern instanceof Func ? extern : null;
    },
    global(name) {
      const extern = exports.get(name);
      return extern instanceof Global ? extern : null;
    },
  };
}

/** What a start function's end makes of an instantiation. */
function failureOf(result: CallResult): InstantiationFailure | Refused | null {
  switch (result.kind) {
    case 'return':
      return null;
    case 'refused':
      return result;
    case 'trap':
      return { kind: 'trap', message: result.reason };
    case 'deadlock':
      return { kind: 'trap', message: 'the start function never ends' };
    case 'bound':
      return { kind: 'trap', message: `the bound was reached: ${result.what}` };
    default:
      return assertNever(result);
  }
}

function isOf(t: ValType, value: Value | undefined): boolean {
  return value?.type === (typeof t === 'string' ? t : 'ref');
}

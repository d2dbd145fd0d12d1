import { assert, assertNever, known } from '../../base/assert.ts';
import type { Result } from '../../base/result.ts';
import { err, ok } from '../../base/result.ts';
import { MAIN } from '../../event/location.ts';
import type { Value } from '../../syntax/values.ts';
import { printImportType } from '../../valid/extern-text.ts';
import { importTypes } from '../../valid/types.ts';
import type { ValidModule } from '../../valid/valid-module.ts';
import type { ExternVal, FuncInst, HostAsk, ModuleInst } from '../instance.ts';
import type { ThreadLocals } from '../executor.ts';
import type { Linked, Naming } from '../instantiate.ts';
import { placeInstance } from '../place-instance.ts';
import { Refs } from '../references.ts';
import { valuesOf } from './arguments.ts';
import type { CallEnd, Calls } from './calls.ts';
import { makeCalls } from './calls.ts';
import { Context } from './context.ts';
import { Func } from './func.ts';
import { Global } from './global.ts';
import { belongsElsewhere } from './home.ts';
import type { HostCall, HostType } from './host.ts';
import { hostDefType, makeAskFunc, makeHostFunc } from './host.ts';
import { Instance } from './instance.ts';
import { fromValue } from './js-values.ts';
import { Memory } from './memory.ts';
import type { Ancestors, Marks } from './origin.ts';
import { existedAt } from './origin.ts';
import type { EmbedStore, FrontEnd, Parts, WorkerContext } from './parts.ts';
import type { CallResult, InstantiateFailure } from './result.ts';
import { refused } from './result.ts';
import { runIn } from './running.ts';
import { makesThreads } from './makes-threads.ts';
import type { Block } from './slots.ts';
import { Slots } from './slots.ts';
import { readLength } from './store-access.ts';
import { Table } from './table.ts';
import { Tag } from './tag.ts';

export type Extern = Func | Global | Memory | Table | Tag;

/** Imports by module and name. A function of JavaScript's becomes a host function of the type that is wanted, never a shared one. */
export type Imports = Readonly<Record<string, Readonly<Record<string, Extern | HostCall>>>>;

/** Text, a binary, or a checked module. */
export type ModuleSource = string | Uint8Array | ValidModule;

/** What a compartment has besides its parts; a clone begins with a copy. */
interface State {
  /** Common to a compartment and its clones, whose instances are the same. */
  readonly refs: Refs;
  readonly slots: Slots;
  readonly instances: ModuleInst[];
  readonly ancestors: Ancestors;
  allocations: number;
  hostFuncs: number;
  threaded: boolean;
}

let made = 0;

/** A name for a compartment that was given none. */
export function nextName(): string {
  made++;
  return `compartment ${made}`;
}

export function makeCompartment<S>(parts: Parts<S>): Compartment {
  return compartmentOf(parts, {
    refs: new Refs(),
    slots: new Slots(),
    instances: [],
    ancestors: new Map(),
    allocations: 0,
    hostFuncs: 0,
    threaded: false,
  });
}

function compartmentOf<S>(parts: Parts<S>, state: State): Compartment {
  return new Compartment(parts, makeCalls(parts), state, (name, copied) =>
    compartmentOf({ ...parts, name, store: parts.store.clone() }, copied),
  );
}

/**
 * One isolated world of instances and everything that they share [DOMAIN 1.5 and 9; WAVM, compartments]. A thread brings a context. Objects
 * of one compartment are refused by every other; it is collected as a whole, when nothing refers to it or its objects.
 */
export class Compartment {
  readonly name: string;
  readonly store: EmbedStore;
  readonly calls: Calls;
  /** Stands for this compartment among the ancestors of its clones, without keeping it alive. */
  readonly token: object = {};
  readonly #front: FrontEnd;
  readonly #startWorker: ((home: Compartment) => WorkerContext) | null;
  readonly #pages: number;
  readonly #state: State;
  readonly #remake: (name: string, state: State) => Compartment;
  readonly #wrapped = new WeakMap<object, Extern>();

  constructor(
    { name, store, front, limits, startWorker }: Omit<Parts<unknown>, 'executor'>,
    calls: Calls,
    state: State,
    remake: (name: string, state: State) => Compartment,
  ) {
    this.name = name;
    this.store = store;
    this.calls = calls;
    this.#front = front;
    this.#startWorker = startWorker ?? null;
    this.#pages = limits.pages;
    this.#state = state;
    this.#remake = remake;
    if (state.threaded) calls.needsThreads();
  }

  /** What its reference values refer to. */
  get refs(): Refs {
    return this.#state.refs;
  }

  get instances(): readonly ModuleInst[] {
    return this.#state.instances;
  }

  /** A context whose thread-locals have their initial values. */
  createContext(): Context {
    return new Context(this, this.#state.slots);
  }

  /**
   * Instantiates; the start function runs with the context. An import that is missing or of another type fails with the words of the
   * official test suite, what was wanted and what was given.
   */
  instantiate(
    source: ModuleSource,
    imports: Imports = {},
    context: Context = this.createContext(),
  ): Result<Instance, InstantiateFailure> {
    if (context.compartment !== this) return err(refused(belongsElsewhere('the context', context.compartment, this)));
    const valid = this.check(source);
    if (!valid.ok) return valid;
    const externs = this.#imports(valid.value, imports);
    if (!externs.ok) return externs;
    return this.instantiateWith(
      valid.value,
      (module, name) => externs.value.get(`${module}\0${name}`) ?? null,
      context,
    );
  }

  /** Reads and checks a module. */
  check(source: ModuleSource): Result<ValidModule, InstantiateFailure> {
    if (typeof source !== 'string' && !(source instanceof Uint8Array)) return ok(source);
    const valid = this.#front.module(source);
    if (valid.ok) return valid;
    const message = valid.error[0]?.message ?? 'not a module';
    return err({ kind: 'invalid', message, diagnostics: valid.error });
  }

  /** {@link instantiate} with imports that are the compartment's own already. */
  instantiateWith(
    valid: ValidModule,
    resolve: (module: string, name: string) => ExternVal | null,
    context: Context | null,
  ): Result<Instance, InstantiateFailure> {
    const excess = this.#tooManyPages(valid);
    if (excess !== null) return err(refused(excess));
    const placed = placeInstance(valid, resolve, this.naming(), this.store, (linked) => this.#adopt(linked));
    if (!placed.ok) return placed;
    const { instance, start } = placed.value;
    const wrapped = new Instance(this, instance);
    if (start === null || context === null) return ok(wrapped);
    const failure = failureOf(this.call(context, this.wrapFunc(start), []));
    return failure === null ? ok(wrapped) : err(failure);
  }

  /** A memory, table, global or tag from its definition in text: `(memory 1 2 shared)`, `(global (mut i32) (i32.const 0))`. */
  define(definition: string): Result<Extern, InstantiateFailure> {
    const named = /^\s*\(\s*(memory|table|global|tag)\b/.exec(definition);
    if (named === null) return err(refused(`not a definition of a memory, table, global or tag: ${definition}`));
    const [head, kind] = named;
    const made = this.instantiate(`(module (${known(kind, 'kind')} (export "it") ${definition.slice(head.length)})`);
    return made.ok ? ok(known(made.value.exports.get('it'), 'export')) : made;
  }

  /** A host function, which takes and gives values of JavaScript's; only one of a shared type can be called from shared code. */
  hostFunc(name: string, type: HostType, call: HostCall): Func {
    return this.wrapFunc(makeHostFunc(this, this.#hostKey(), name, hostDefType(this.#front, type), call, false));
  }

  /** {@link hostFunc} with exact `Value`s. */
  exactHostFunc(name: string, type: HostType, call: (args: readonly Value[]) => readonly Value[]): Func {
    return this.wrapFunc(makeHostFunc(this, this.#hostKey(), name, hostDefType(this.#front, type), call, true));
  }

  /** A host function that is a request: from now on all calls run on the schedule. */
  askFunc(name: string, type: HostType, asks: HostAsk): Func {
    this.#mayMakeThreads();
    return this.wrapFunc(makeAskFunc(this.#hostKey(), name, hostDefType(this.#front, type), asks));
  }

  call(context: Context, func: Func, args: readonly unknown[]): CallResult {
    if (func.compartment !== this) return refused(belongsElsewhere('the function', func.compartment, this));
    if (context.compartment !== this) return refused(belongsElsewhere('the context', context.compartment, this));
    const values = valuesOf(this, func.type.params, args);
    if (!values.ok) return refused(`the function takes ${values.error}`);
    const result = context.lend((locals) => this.#run(func.inst, values.value, locals));
    return result ?? refused('the context is in use by another call');
  }

  /**
   * A compartment with copies of everything that this one holds: memories, tables, globals and objects, with the same values and references.
   * Threads that run on in this one do not in the clone. {@link counterpart} finds the clone's own objects.
   */
  clone(name = `${this.name}, cloned`): Compartment {
    const { refs, slots, instances, ancestors, allocations, hostFuncs, threaded } = this.#state;
    const marks: Marks = { instances: instances.length, allocations, hostFuncs, words: slots.words };
    return this.#remake(name, {
      refs,
      slots: slots.clone(),
      instances: [...instances],
      ancestors: new Map([...ancestors, [this.token, marks]]),
      allocations,
      hostFuncs,
      threaded,
    });
  }

  /** The object of this compartment that is the copy of one of a compartment that it was cloned from; null if there is none. */
  counterpart(object: Instance): Instance | null;
  counterpart(object: Func): Func | null;
  counterpart(object: Global): Global | null;
  counterpart(object: Memory): Memory | null;
  counterpart(object: Table): Table | null;
  counterpart(object: Tag): Tag | null;
  counterpart(object: Instance | Extern): Instance | Extern | null {
    const marks = this.#state.ancestors.get(object.compartment.token);
    if (marks === undefined) return null;
    if (object instanceof Instance)
      return this.instances.indexOf(object.inst) < 0 ? null : new Instance(this, object.inst);
    const value = externOf(object);
    return existedAt(marks, value) ? this.wrap(value) : null;
  }

  /** A context with the values of one of a compartment that this one was cloned from, or of its own. */
  adopt(context: Context, block: Block): Context {
    if (context.compartment === this) return new Context(this, this.#state.slots, block);
    const marks = this.#state.ancestors.get(context.compartment.token);
    if (marks === undefined) throw new TypeError(belongsElsewhere('the context', context.compartment, this));
    return new Context(this, this.#state.slots, block.slice(0, marks.words));
  }

  /** The object that stands for an instance's part; the same one every time, as long as somebody has it. */
  wrap(value: ExternVal): Extern {
    const key = keyOf(value);
    let extern = this.#wrapped.get(key);
    if (extern === undefined) {
      extern = this.#made(value);
      this.#wrapped.set(key, extern);
    }
    return extern;
  }

  wrapFunc(inst: FuncInst): Func {
    const func = this.wrap({ kind: 'func', func: inst });
    assert(func instanceof Func, 'a function is wrapped as one');
    return func;
  }

  /**
   * A context in a thread of the system, which runs what it is given while this one does something else. Throws unless the compartment was
   * made with workers.
   */
  worker(): WorkerContext {
    if (this.#startWorker === null) throw new TypeError(`${this.name} was made without workers`);
    return this.#startWorker(this);
  }

  /** The JavaScript form of a value of this compartment. */
  toJs(value: Value): unknown {
    return fromValue(this, value);
  }

  /** A reference to something of the host's, as an exact value. */
  hostRef(host: unknown): Value {
    return this.refs.host(host);
  }

  /** The counts that the next instantiation goes on from. */
  naming(): Naming {
    const { instances, allocations, refs } = this.#state;
    return { thread: MAIN, instances: instances.length, allocations, refs };
  }

  #run(func: FuncInst, args: readonly Value[], locals: ThreadLocals): readonly [CallResult, ThreadLocals] {
    const [end, left] = runIn(this, () => this.calls.run(func, args, locals));
    return [this.#resultOf(end), left];
  }

  #resultOf(end: CallEnd): CallResult {
    if (end.kind !== 'trap') return end;
    const { exception, ...trap } = end;
    if (exception === undefined) return trap;
    const thrown = this.refs.get(exception);
    assert(thrown.kind === 'exn', 'an exception is thrown');
    const tag = this.wrap({ kind: 'tag', tag: thrown.tag });
    assert(tag instanceof Tag, 'a tag is wrapped as one');
    return { kind: 'exception', tag, values: thrown.args };
  }

  #imports(valid: ValidModule, imports: Imports): Result<ReadonlyMap<string, ExternVal>, InstantiateFailure> {
    const types = importTypes(valid.module);
    const externs = new Map<string, ExternVal>();
    for (const [k, { module, name, desc }] of valid.module.imports.entries()) {
      const given = Object.hasOwn(imports, module) ? imports[module] : undefined;
      const extern = given !== undefined && Object.hasOwn(given, name) ? given[name] : undefined;
      const key = `${module}\0${name}`;
      if (extern === undefined) continue;
      if (typeof extern === 'function') {
        const type = known(types[k], 'type of an import');
        if (type.kind !== 'func')
          return err({
            kind: 'unlinkable',
            message: `incompatible import type: ${label(module, name)} is wanted as ${printImportType(valid.module, desc)}, and given as a function of JavaScript's`,
          });
        const { comp } = type.type;
        assert(comp.kind === 'func', 'a function has a function type');
        externs.set(
          key,
          externOf(this.hostFunc(`${module}.${name}`, { params: comp.params, results: comp.results }, extern)),
        );
        continue;
      }
      if (extern.compartment !== this)
        return err(refused(belongsElsewhere(`the import ${label(module, name)}`, extern.compartment, this)));
      externs.set(key, externOf(extern));
    }
    return ok(externs);
  }

  /** Takes note of an instance before its contents are allocated. */
  #adopt({ instance, allocations }: Linked): void {
    const { slots, instances } = this.#state;
    instances.push(instance);
    this.#state.allocations = allocations;
    for (const global of instance.globals) if (global.kind === 'thread_local') slots.add(global);
    if (makesThreads(instance)) this.#mayMakeThreads();
    this.store.prepare?.(instance);
  }

  #mayMakeThreads(): void {
    this.#state.threaded = true;
    this.calls.needsThreads();
  }

  #tooManyPages({ module: { memories } }: ValidModule): string | null {
    if (memories.length === 0 || this.#pages === Infinity) return null;
    const lengths = new Set(this.instances.flatMap((instance) => instance.memories.map(({ length }) => length)));
    const used = [...lengths].reduce((sum, length) => sum + readLength(this.store, length), 0);
    const wanted = memories.reduce((sum, { type }) => sum + Number(type.limits.min), 0);
    if (used + wanted <= this.#pages) return null;
    return `out of memory: ${wanted} pages are wanted, where ${this.#pages - used} of ${this.#pages} are left in ${this.name}`;
  }

  #hostKey(): string {
    return `host/${this.#state.hostFuncs++}`;
  }

  #made(value: ExternVal): Extern {
    switch (value.kind) {
      case 'func':
        return new Func(this, value.func);
      case 'global':
        return new Global(this, value.global);
      case 'memory':
        return new Memory(this, value.memory);
      case 'table':
        return new Table(this, value.table);
      case 'tag':
        return new Tag(this, value.tag);
      default:
        return assertNever(value);
    }
  }
}

function label(module: string, name: string): string {
  return `${JSON.stringify(module)} ${JSON.stringify(name)}`;
}

function keyOf(value: ExternVal): object {
  switch (value.kind) {
    case 'func':
      return value.func;
    case 'global':
      return value.global;
    case 'memory':
      return value.memory;
    case 'table':
      return value.table;
    case 'tag':
      return value.tag;
    default:
      return assertNever(value);
  }
}

function externOf(extern: Extern): ExternVal {
  if (extern instanceof Func) return { kind: 'func', func: extern.inst };
  if (extern instanceof Global) return { kind: 'global', global: extern.inst };
  if (extern instanceof Memory) return { kind: 'memory', memory: extern.inst };
  if (extern instanceof Table) return { kind: 'table', table: extern.inst };
  return { kind: 'tag', tag: extern.inst };
}

/** What a start function's end makes of an instantiation. */
function failureOf(result: CallResult): InstantiateFailure | null {
  switch (result.kind) {
    case 'return':
    case 'exit':
      return null;
    case 'refused':
      return result;
    case 'trap':
      return { kind: 'trap', message: result.reason, ...('cause' in result ? { cause: result.cause } : {}) };
    case 'exception':
      return { kind: 'trap', message: 'uncaught exception' };
    case 'deadlock':
      return { kind: 'trap', message: 'the start function never ends' };
    case 'bound':
      return { kind: 'trap', message: `the bound was reached: ${result.what}` };
    default:
      return assertNever(result);
  }
}

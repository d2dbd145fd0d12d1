import { assertNever } from '../../base/assert.ts';
import { MAIN } from '../../event/location.ts';
import { callSequential } from '../../exec/js/call.ts';
import { SharedStore } from '../../exec/store.ts';
import { loadBinary, loadProgram } from '../../litmus/load.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { runJson, runText } from '../../report/run-json.ts';
import type { RunReport } from '../../report/run-json.ts';
import { callStart } from '../../runtime/call-start.ts';
import type { CallStart, ExecutorOptions, ThreadLocals } from '../../runtime/executor.ts';
import type { FuncInst, ModuleInst } from '../../runtime/instance.ts';
import { placeInstance } from '../../runtime/place-instance.ts';
import type { Program } from '../../runtime/program.ts';
import { Refs } from '../../runtime/references.ts';
import { Schedule } from '../../runtime/schedule.ts';
import { makeSemantics } from '../../semantics/executor.ts';
import { printFuncType } from '../../syntax/print-types.ts';
import { printValue } from '../../syntax/print-values.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { ValType } from '../../syntax/types.ts';
import type { Value } from '../../syntax/values.ts';
import { NULL } from '../../syntax/values.ts';
import { parseF32, parseF64 } from '../../text/floats.ts';
import { parseI32, parseI64 } from '../../text/integers.ts';
import { EXIT, unloaded, UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import type { ExecutorName } from '../executors.ts';
import { readInput, readSource } from '../input.ts';
import { printJson, printNote, printText } from '../output.ts';

/** Accesses under `--semantics small-step` before a run is given up. */
const REQUESTS = 100_000_000;

interface RunOptions {
  readonly invoke: string;
  readonly json?: boolean;
  readonly reading?: Readings;
  readonly semantics: ExecutorName;
  /** Backward branches and calls of the call, and of each start function, before it is given up. */
  readonly fuel?: number;
  readonly maxMemory?: number;
}

type Ended =
  | { readonly kind: 'report'; readonly report: RunReport }
  | { readonly kind: 'bound'; readonly what: string };

/** A call and how it ended, with the main thread's thread-locals as they are then. */
type Call = (
  func: FuncInst,
  args: readonly Value[],
  store: SharedStore,
  limits: ExecutorOptions,
  locals: ThreadLocals,
) => { readonly ended: Ended; readonly values: readonly Value[]; readonly locals: ThreadLocals };

/** Calls an exported function of a file's last module and prints its results. */
export function run(path: string, args: readonly string[], options: RunOptions): ExitCode {
  const readings = options.reading ?? DEFAULT_READINGS;
  const input = readInput(path);
  const { source } = input;
  const program =
    input.kind === 'binary' ? loadBinary(input.source, readings) : loadProgram(readSource(path), readings);
  if (!program.ok) {
    for (const diagnostic of program.error) printNote(diagnosticText(diagnostic, source, { color: false }));
    return unloaded(program.error);
  }
  const pages = options.maxMemory ?? Infinity;
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back', pages });
  const limits: ExecutorOptions = { readings, fuel: options.fuel ?? Infinity };
  const call = options.semantics === 'exec' ? callFast : callSmallStep;
  const placed = instantiateAll(program.value, store, limits, pages, call);
  if (placed.kind === 'report') return ended(placed.report, options);
  if (placed.kind === 'bound') return bounded(placed.what);
  const func = exportedFunc(placed.instance, options.invoke, path);
  const given = parseArguments(func, args, options.invoke);
  const result = call(func, given, store, limits, placed.locals);
  if (result.ended.kind === 'bound') return bounded(result.ended.what);
  const { refs } = placed.instance;
  const results = result.values.map((value) => (value.type === 'ref' ? refs.print(value.id) : printValue(value)));
  return ended({ ...result.ended.report, results }, options);
}

function bounded(what: string): ExitCode {
  printNote(`incomplete: ${what}`);
  return EXIT.bound;
}

function ended(report: RunReport, options: RunOptions): ExitCode {
  if (options.json === true) printJson(runJson(report));
  else printText(runText(report));
  return report.trap === null ? EXIT.holds : EXIT.refuted;
}

/** Instantiates a file's modules in order; the last instance, or how a start function ended that did not return. */
function instantiateAll(
  program: Program,
  store: SharedStore,
  limits: ExecutorOptions,
  pages: number,
  call: Call,
): Ended | { readonly kind: 'instance'; readonly instance: ModuleInst; readonly locals: ThreadLocals } {
  const registry = new Map<string, ModuleInst>();
  const byId = new Map<string, ModuleInst>();
  let last: ModuleInst | null = null;
  let allocations = 0;
  let locals: ThreadLocals = new Map();
  const refs = new Refs();
  for (const [count, command] of program.commands.entries()) {
    if (command.kind === 'register') {
      const instance = command.module === null ? last : byId.get(command.module);
      if (instance !== null && instance !== undefined) registry.set(command.as, instance);
    }
    if (command.kind !== 'module') continue;
    const { valid, id } = command.module;
    const needed = valid.module.memories.reduce((sum, { type }) => sum + Number(type.limits.min), store.pages);
    if (needed > pages) return { kind: 'bound', what: `memories of ${needed} pages, where ${pages} are allowed` };
    const resolve = (module: string, name: string) => registry.get(module)?.exports.get(name) ?? null;
    const placed = placeInstance(valid, resolve, { thread: MAIN, instances: count, allocations, refs }, store);
    if (!placed.ok) {
      if (placed.error.kind === 'trap') return trapped(placed.error.message);
      throw new UsageError(`${program.source.name} cannot be linked: ${placed.error.message}`);
    }
    last = placed.value.instance;
    allocations = placed.value.allocations;
    if (id !== null) byId.set(id, last);
    if (placed.value.start !== null) {
      const started = call(placed.value.start, [], store, limits, locals);
      if (started.ended.kind === 'bound') return { kind: 'bound', what: `${started.ended.what} of the start function` };
      if (started.ended.report.trap !== null) return trapped(started.ended.report.trap);
      ({ locals } = started);
    }
  }
  if (last === null) throw new UsageError(`${program.source.name} has no module`);
  return { kind: 'instance', instance: last, locals };
}

function trapped(trap: string): Ended {
  return { kind: 'report', report: { results: [], trap, milliseconds: 0 } };
}

function exportedFunc(instance: ModuleInst, name: string, path: string): FuncInst {
  const found = instance.exports.get(name);
  if (found?.kind === 'func') return found.func;
  const funcs = [...instance.exports].filter(([, value]) => value.kind === 'func').map(([key]) => key);
  throw new UsageError(
    `${path} exports no function '${name}'${funcs.length === 0 ? '' : `; it exports ${funcs.join(', ')}`}`,
  );
}

function parseArguments(func: FuncInst, args: readonly string[], name: string): Value[] {
  const { params } = func.type;
  if (params.length !== args.length) {
    throw new UsageError(
      `'${name}' is ${printFuncType(func.type)} and takes ${params.length} arguments, not ${args.length}`,
    );
  }
  return params.map((t, i) => parseArgument(t, args[i] ?? ''));
}

function parseArgument(t: ValType, text: string): Value {
  if (typeof t !== 'string' && text === 'ref.null' && t.nullable) return NULL;
  const value = typeof t === 'string' && t !== 'v128' ? PARSERS[t](text) : null;
  if (value === null) {
    const wanted = typeof t === 'string' ? t : 'reference that can be given (ref.null, where the type has it)';
    throw new UsageError(`'${text}' is no ${wanted}`);
  }
  return value;
}

const PARSERS: Readonly<Record<'i32' | 'i64' | 'f32' | 'f64', (text: string) => Value | null>> = {
  i32: (text) => given(literal(text, parseI32), (value) => ({ type: 'i32', value })),
  i64: (text) => given(literal(text, parseI64), (value) => ({ type: 'i64', value })),
  f32: (text) => given(literal(text, parseF32), (bits) => ({ type: 'f32', bits })),
  f64: (text) => given(literal(text, parseF64), (bits) => ({ type: 'f64', bits })),
};

const NUMBER = /^[+-]?(0x[0-9a-f_.]+(p[+-]?\d+)?|\d[\d_.]*(e[+-]?\d+)?|inf|nan(:0x[0-9a-f]+)?)$/i;

function literal<T>(text: string, parse: (literal: string) => T | null): T | null {
  return NUMBER.test(text) ? parse(text) : null;
}

function given<T>(value: T | null, make: (value: T) => Value): Value | null {
  return value === null ? null : make(value);
}

const DEADLOCK = 'deadlock: the call waits, and nothing will wake it';

const callFast: Call = (func, args, store, limits, before) => {
  const { ending, milliseconds, locals } = callSequential(limits, func, args, store, before);
  const report = (trap: string | null): Ended => ({ kind: 'report', report: { results: [], trap, milliseconds } });
  switch (ending.kind) {
    case 'results':
      return { ended: report(null), values: ending.values, locals };
    case 'trap':
      return { ended: report(ending.reason), values: [], locals };
    case 'deadlock':
      return { ended: report(DEADLOCK), values: [], locals };
    case 'bound':
      return { ended: { kind: 'bound', what: ending.what }, values: [], locals };
    default:
      return assertNever(ending);
  }
};

const callSmallStep: Call = (func, args, store, limits, before) => {
  const executor = makeSemantics(limits);
  const schedule = new Schedule<ReturnType<typeof executor.start>['state'], CallStart>(executor, store, REQUESTS);
  const started = performance.now();
  const id = schedule.spawn(callStart(func, args, before), 'main');
  const stop = schedule.run(id);
  const milliseconds = performance.now() - started;
  const { standing, suspended } = schedule.thread(id);
  const locals = executor.threadLocals(suspended.state);
  const report = (trap: string | null): Ended => ({ kind: 'report', report: { results: [], trap, milliseconds } });
  switch (standing.kind) {
    case 'ended':
      return { ended: report(null), values: executor.completion(suspended.state).results, locals };
    case 'trapped':
    case 'cut':
      return { ended: report(standing.reason), values: [], locals };
    case 'bound':
      return { ended: { kind: 'bound', what: standing.what }, values: [], locals };
    default: {
      const ended: Ended =
        stop === 'bound' ? { kind: 'bound', what: `more than ${REQUESTS} accesses` } : report(DEADLOCK);
      return { ended, values: [], locals };
    }
  }
};

import { known } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { ByteSource, Piece, Span } from '../base/span.ts';
import { Source } from '../base/span.ts';
import { decodeModule } from '../binary/decode.ts';
import type { LoadError, Program, ProgramCommand, ProgramModule } from '../runtime/program.ts';
import { THREAD_ENTRY, WASI } from '../runtime/wasi.ts';
import type { Data, Export, Func, Import, Module } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import type { FuncType } from '../syntax/types.ts';
import type { Value } from '../syntax/values.ts';

import { checkModule } from '../valid/check.ts';
import { printImportType } from '../valid/extern-text.ts';
import { CLOSED, matchExternType } from '../valid/match.ts';
import { importTypes } from '../valid/types.ts';
import { filledBeforehand } from './initial-memory.ts';

/**
 * A command program: one module whose entry is called, such as a compiler makes it from C, with threads by `thread-spawn`
 * [wasi-threads]. Its memories are made for it, of the limits that it asks for, and every thread is an instance of its own over them.
 * So what an instance defines belongs to one thread alone, and its mutable globals (the stack pointer) are made thread-local: to read
 * and write them concerns nobody else, and is no event.
 */
export interface CommandOptions {
  readonly readings: Readings;
  /** The export to call; null for `_start`, or `main`. */
  readonly invoke: string | null;
  /** Every thread runs the start function, whatever it is (see `initial-memory.ts`). */
  readonly asWritten?: boolean;
}

/** A binary module as a command program. */
export function loadCommandBinary(bytes: ByteSource, options: CommandOptions): Result<Program, LoadError> {
  const module = decodeModule(bytes.bytes, { readings: options.readings });
  if (!module.ok) return module;
  const valid = checkModule(module.value, options.readings);
  return valid.ok
    ? makeCommand(module.value, new Source(bytes.name, '', piecesOf(module.value, bytes.bytes.length)), options)
    : valid;
}

/** A script of one module as a command program, if its imports or exports say that it is one, or an entry is asked for; else null. */
export function commandOf(program: Program, options: CommandOptions): Result<Program, LoadError> | null {
  const [command, ...more] = program.commands;
  if (command?.kind !== 'module' || more.length > 0 || program.litmus.length > 0) return null;
  const { module } = command.module.valid;
  if (command.module.written?.form !== 'text' || (options.invoke === null && !isCommand(module))) return null;
  const { name, text } = program.source;
  return makeCommand(module, new Source(name, text, piecesOf(module, text.length)), options);
}

function isCommand({ imports, exports }: Module): boolean {
  return (
    imports.some(({ module }) => WASI.has(module)) ||
    exports.some(({ name, kind }) => kind === 'func' && name === ENTRY)
  );
}

/** Functions by name, in the order of their places, each up to the next: in a text, a definition’s own place is its beginning. */
function piecesOf({ imports, funcs, exports }: Module, end: number): readonly Piece[] {
  const imported = imports.filter(({ desc }) => desc.kind === 'func').length;
  return funcs.map(({ id, at }, i): Piece => {
    const exported = exports.find(({ kind, index }) => kind === 'func' && index === imported + i);
    const name = id !== null ? `$${id}` : exported !== undefined ? exported.name : `func ${imported + i}`;
    return { name, span: { start: at.start, end: funcs[i + 1]?.at.start ?? end } };
  });
}

const ENTRY = '_start';
const MAIN = ['main', '__main_void'];
const INITIALIZE = '_initialize';

function makeCommand(
  written: Module,
  source: Source,
  { readings, invoke, asWritten }: CommandOptions,
): Result<Program, LoadError> {
  const entry = entryOf(written, invoke);
  const wrong = [...wrongImports(written), ...wrongThreads(written), ...(entry.ok ? [] : [entry.error])];
  if (!entry.ok || wrong.length > 0) return err(wrong);
  // Whatever initialises a global may initialise it where each thread has one.
  const beforehand = asWritten === true ? null : filledBeforehand(written);
  const valid = checkModule(withPrivateGlobals(beforehand?.module ?? written), {
    ...readings,
    'thread-local-init': 'constant',
  });
  if (!valid.ok) return valid;
  const module: ProgramModule = { id: null, valid: valid.value, written: null };
  const { at } = written;
  const hosts = hostsOf(written, beforehand?.contents ?? []);
  const commands: ProgramCommand[] = [];
  for (const [id, host] of hosts) {
    const made = checkModule(host, readings);
    if (!made.ok) return made;
    commands.push({ kind: 'module', module: { id, valid: made.value, written: null }, at });
    commands.push({ kind: 'register', as: id, module: id, at });
  }
  commands.push({ kind: 'module', module, at }, ...entry.value);
  return ok({
    source,
    readings,
    litmus: [],
    commands,
    command: { module, hosts: [...hosts.keys()], threadAt: exportedAt(written, THREAD_ENTRY) },
  });
}

function withPrivateGlobals(module: Module): Module {
  const globals = module.globals.map((global) =>
    global.type.mutable && global.type.share === 'unshared'
      ? { ...global, type: { ...global.type, share: 'thread_local' as const } }
      : global,
  );
  return { ...module, globals };
}

/** Modules that have the memories that the program imports, by name; the first begins with the contents. */
function hostsOf({ imports, at }: Module, contents: readonly Data[]): ReadonlyMap<string, Module> {
  const hosts = new Map<string, Module>();
  for (const { module, name, desc } of imports) {
    if (desc.kind !== 'memory') continue;
    const host = hosts.get(module) ?? { ...EMPTY, at };
    if (host.exports.some((e) => e.name === name)) continue;
    const exported: Export = { name, kind: 'memory', index: host.memories.length, at };
    const memory = { id: null, at, type: desc.type };
    const datas = hosts.size === 0 ? contents : host.datas;
    hosts.set(module, { ...host, memories: [...host.memories, memory], exports: [...host.exports, exported], datas });
  }
  return hosts;
}

const EMPTY: Omit<Module, 'at'> = {
  id: null,
  shared: false,
  types: [],
  recs: [],
  imports: [],
  funcs: [],
  tables: [],
  memories: [],
  tags: [],
  globals: [],
  exports: [],
  start: null,
  elems: [],
  datas: [],
  customs: [],
};

/** The calls that run the program. */
function entryOf(module: Module, invoke: string | null): Result<readonly ProgramCommand[], Diagnostic> {
  const { at } = module;
  const candidates = invoke === null ? [ENTRY, ...MAIN] : [invoke];
  const name = candidates.find((candidate) => exportedType(module, candidate) !== null);
  if (name === undefined) {
    const there = module.exports.filter(({ kind }) => kind === 'func').map((e) => e.name);
    const has = there.length === 0 ? 'no function' : there.join(', ');
    return err(refusal('entry', `no function ${candidates.join(' or ')} to call: the module exports ${has}`, at));
  }
  const { params } = known(exportedType(module, name) ?? undefined, 'entry');
  const isMain = MAIN.includes(name) && params.length === 2 && params.every((type) => type === 'i32');
  if (params.length > 0 && !isMain)
    return err(refusal('entry', `"${name}" has parameters, so it cannot be the entry`, at));
  const call = (of: string, args: readonly Value[]): ProgramCommand => {
    const place = exportedAt(module, of);
    return { kind: 'action', action: { kind: 'invoke', module: null, name: of, args, at: place }, at: place };
  };
  const begins = name !== ENTRY && exportedType(module, INITIALIZE) !== null;
  return ok([...(begins ? [call(INITIALIZE, [])] : []), call(name, isMain ? [ZERO, ZERO] : [])]);
}

const ZERO: Value = { type: 'i32', value: 0 };

/** The function that an export is. */
function exportedAt(module: Module, name: string): Span {
  const index = module.exports.find((e) => e.kind === 'func' && e.name === name)?.index ?? 0;
  const imported = module.imports.filter(({ desc }) => desc.kind === 'func').length;
  return module.funcs[index - imported]?.at ?? module.at;
}

function exportedType(module: Module, name: string): FuncType | null {
  const found = module.exports.find((e) => e.kind === 'func' && e.name === name);
  if (found === undefined) return null;
  const imported = module.imports.flatMap(({ desc }) => (desc.kind === 'func' ? [desc.type] : []));
  const x = imported[found.index] ?? known<Func>(module.funcs[found.index - imported.length], 'function').type;
  const { comp } = known(module.types[x], 'type').type;
  return comp.kind === 'func' ? comp : null;
}

const PROVIDED = `a memory${[...WASI].map(([module, items]) => `, ${[...items.keys()].map((name) => `"${module}" "${name}"`).join(', ')}`).join('')}`;

function wrongImports(module: Module): readonly Diagnostic[] {
  const types = importTypes(module);
  return module.imports.flatMap((item, i): readonly Diagnostic[] => {
    if (item.desc.kind === 'memory') return [];
    const named = `"${item.module}" "${item.name}"`;
    const given = WASI.get(item.module)?.get(item.name);
    if (given?.kind !== 'func' || item.desc.kind !== 'func')
      return [refusal('import', `nothing provides ${named}: a command program may import ${PROVIDED}`, item.at)];
    const has = { kind: 'func', type: given.func.closed } as const;
    if (matchExternType(has, known(types[i], 'type of an import'), CLOSED)) return [];
    const text = printImportType(module, item.desc);
    const { params, results } = given.func.type;
    const right = `[${params.join(' ')}] -> [${results.join(' ')}]`;
    return [refusal('import', `${named} is imported as ${text}, and is of type ${right}`, item.at)];
  });
}

/** What a program that spawns threads must have. */
function wrongThreads(module: Module): readonly Diagnostic[] {
  const spawn = module.imports.find((item) => item.module === 'wasi' && item.name === 'thread-spawn');
  if (spawn === undefined) return [];
  const wrong: Diagnostic[] = [];
  const entry = exportedType(module, THREAD_ENTRY);
  if (entry === null || entry.params.join(' ') !== 'i32 i32' || entry.results.length > 0)
    wrong.push(
      refusal('thread', `a module that spawns threads exports "${THREAD_ENTRY}" of type [i32 i32] -> []`, spawn.at),
    );
  const memories = module.imports.filter(
    (item): item is Import & { desc: { kind: 'memory' } } => item.desc.kind === 'memory',
  );
  if (memories.length === 0)
    wrong.push(
      refusal(
        'memory',
        'a module that spawns threads imports its memory: with one of its own, each thread would have another',
        spawn.at,
      ),
    );
  for (const { desc, at } of memories)
    if (desc.type.share !== 'shared')
      wrong.push(refusal('memory', 'the memory of a program that spawns threads is shared', at));
  return wrong;
}

function refusal(what: string, message: string, at: Span): Diagnostic {
  return { code: 'usage', rule: `Command/${what}`, severity: 'error', message, at };
}

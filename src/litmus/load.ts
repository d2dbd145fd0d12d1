import { assertNever } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { ByteSource, Span } from '../base/span.ts';
import { Source } from '../base/span.ts';
import { decodeModule } from '../binary/decode.ts';
import type { LoadError, Program, ProgramCommand, ProgramModule, StaticAssertion } from '../runtime/program.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Command, ScriptModule } from '../syntax/script.ts';
import { parseScript } from '../text/parse-script.ts';
import { annotationWarnings } from '../valid/annotations.ts';
import { checkModule } from '../valid/check.ts';
import { checkLitmus } from './check-litmus.ts';
import { LinkWorld } from './link-world.ts';
import { outsideOf, supersededBy } from './outside.ts';
import { unsharedExports } from './shared-exports.ts';
import { staticVerdict, unlinkableVerdict } from './static-verdict.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

/**
 * From a script's text to a program: every module checked, static assertions settled, threads named. A module or thread that is
 * refused becomes a `refused` command, so that whoever runs the script can go on; only text that is no script is an error.
 */
export function loadScript(source: Source, readings: Readings): Result<Program, LoadError> {
  const script = parseScript(source, { readings });
  if (!script.ok) return script;
  const commands = loadCommands(script.value.commands, newScope(source, readings));
  return ok({ source, commands, litmus: script.value.litmus, readings });
}

/** A binary module as a program of one command; whatever keeps it from running is an error. */
export function loadBinary({ name, bytes }: ByteSource, readings: Readings): Result<Program, LoadError> {
  const module = decodeModule(bytes, { readings });
  if (!module.ok) return module;
  const valid = checkModule(module.value, readings);
  if (!valid.ok) return valid;
  const { at } = module.value;
  const command: ProgramCommand = { kind: 'module', module: { id: null, valid: valid.value, written: null }, at };
  return ok({ source: new Source(name, ''), readings, commands: [command], litmus: [] });
}

/** {@link loadScript} for who explores: whatever was refused is an error, then whatever cannot be executed, and what is wrong with litmus tests. */
export function loadProgram(source: Source, readings: Readings): Result<Program, LoadError> {
  const program = loadScript(source, readings);
  if (!program.ok) return program;
  const refused = refusalsOf(program.value);
  const diagnostics =
    refused.length > 0 ? refused : [...obstacles(program.value.commands), ...checkLitmus(program.value)];
  return diagnostics.length === 0 ? program : err(diagnostics);
}

/** What no executor runs, as `usage` diagnostics. */
function obstacles(commands: readonly ProgramCommand[]): readonly Diagnostic[] {
  return commands.flatMap((command): readonly Diagnostic[] => {
    if (command.kind === 'thread') return obstacles(command.commands);
    if (command.kind !== 'outside') return [];
    const { reason: message, at } = command;
    return [{ code: 'usage', rule: 'Executable', severity: 'error', message, at }];
  });
}

/** Why modules and threads of a program were refused, in the order of the text. */
export function refusalsOf(program: Program): readonly Diagnostic[] {
  return refusals(program.commands);
}

function refusals(commands: readonly ProgramCommand[]): readonly Diagnostic[] {
  return commands.flatMap((command) => {
    if (command.kind === 'refused') return command.diagnostics;
    return command.kind === 'thread' ? refusals(command.commands) : [];
  });
}

/** What is said of the modules that a script wants valid, beside errors. */
export function warningsOf({ commands }: Program): readonly Diagnostic[] {
  const seen = new Set<object>();
  return commands.flatMap(function inCommand(command): readonly Diagnostic[] {
    if (command.kind === 'thread') return command.commands.flatMap(inCommand);
    if (!('module' in command) || command.module === null || typeof command.module === 'string') return [];
    const { valid, written } = command.module;
    if (seen.has(valid)) return [];
    seen.add(valid);
    return annotationWarnings(valid.module).map((diagnostic) => placed(diagnostic, written));
  });
}

/** What a thread of the script sees while it is loaded. */
interface Scope {
  readonly source: Source;
  readonly prefix: string;
  readonly readings: Readings;
  /** Module definitions by identifier; `null` for a refused one. */
  readonly definitions: Map<string, ProgramModule | null>;
  latest: ProgramModule | null;
  /** Modules of instances by identifier; `null` for a refused one. */
  readonly modules: Map<string, ProgramModule | null>;
  readonly world: LinkWorld;
}

function newScope(source: Source, readings: Readings): Scope {
  return {
    source,
    prefix: '',
    readings,
    definitions: new Map(),
    latest: null,
    modules: new Map(),
    world: new LinkWorld(readings),
  };
}

function loadCommands(commands: readonly Command[], scope: Scope): readonly ProgramCommand[] {
  const names = threadNames(commands);
  return commands.map((command) => loadCommand(command, scope, names));
}

function loadCommand(command: Command, scope: Scope, names: ReadonlyMap<Command, string>): ProgramCommand {
  switch (command.kind) {
    case 'module':
      return loadModule(command, scope);
    case 'instance':
      return loadInstance(command, scope);
    case 'register':
      scope.world.register(command.as, command.module);
      return command;
    case 'assert_trap_module':
    case 'assert_unlinkable':
      return loadLinked(command, scope);
    case 'assert_invalid':
      return loadStatic(command, 'invalid', checked(command.module, scope.readings));
    case 'assert_invalid_custom':
      return loadStatic(command, 'invalid', checkedAnnotations(command.module, scope.readings));
    case 'assert_malformed':
    case 'assert_malformed_custom':
      return loadStatic(command, 'malformed', command.module.parsed);
    case 'thread':
      return loadThread(command, scope, names.get(command) ?? '');
    case 'action':
    case 'assert_return':
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'assert_exception':
      return command;
    case 'component': {
      const reason = 'component-model text, which is no core Wasm';
      return { kind: 'outside', command: command.command, id: null, reason, at: command.at };
    }
    case 'wait':
      return command;
    default:
      return assertNever(command);
  }
}

function checked(module: ScriptModule, readings: Readings): Result<ProgramModule, readonly Diagnostic[]> {
  if (!module.parsed.ok) return err(module.parsed.error.map((d) => placed(d, module)));
  const valid = checkModule(module.parsed.value, readings);
  return valid.ok
    ? ok({ id: module.id, valid: valid.value, written: module })
    : err(valid.error.map((diagnostic) => placed(diagnostic, module)));
}

/** What is said of a module's annotations counts too. */
function checkedAnnotations(module: ScriptModule, readings: Readings): Result<ProgramModule, readonly Diagnostic[]> {
  const result = checked(module, readings);
  const warnings = result.ok ? annotationWarnings(result.value.valid.module) : [];
  return warnings.length === 0 ? result : err(warnings.map((diagnostic) => placed(diagnostic, module)));
}

/** A complaint about a binary module counts its bytes: in a script, it is about the module as a whole. */
function placed(diagnostic: Diagnostic, written: ScriptModule | null): Diagnostic {
  if (written === null) return diagnostic;
  const { form, at, parsed } = written;
  // What is wrong with the strings themselves has a place in the text.
  if (form !== 'binary' || (!parsed.ok && diagnostic.rule.startsWith('Lex/'))) return diagnostic;
  const byte = `byte 0x${diagnostic.at.start.toString(16)} of the module`;
  return { ...diagnostic, at, reading: diagnostic.reading === undefined ? byte : `${diagnostic.reading}, ${byte}` };
}

function loadModule(command: CommandOf<'module'>, scope: Scope): ProgramCommand {
  const { module, definition, at } = command;
  const outside = outsideOf(module);
  const result = checked(module, scope.readings);
  const loaded = result.ok ? result.value : null;
  scope.latest = loaded;
  if (module.id !== null) scope.definitions.set(module.id, loaded);
  if (!definition) bind(scope, module.id, loaded);
  if (outside !== null) return { kind: 'outside', command: 'module', id: module.id, reason: outside, at };
  if (!result.ok) return { kind: 'refused', command: 'module', id: module.id, diagnostics: result.error, at };
  if (definition) return { kind: 'definition', module: result.value, at };
  return { kind: 'module', module: result.value, at };
}

function loadInstance({ id, module, at }: CommandOf<'instance'>, scope: Scope): ProgramCommand {
  const found = module === null ? scope.latest : scope.definitions.get(module);
  bind(scope, id, found ?? null);
  const what = module === null ? 'module' : `module $${module}`;
  const refused = (message: string): ProgramCommand => ({
    kind: 'refused',
    command: 'module',
    id,
    diagnostics: [{ code: 'invalid', rule: 'Script/instance', severity: 'error', at, message }],
    at,
  });
  if (found === undefined) return refused(`unknown ${what}`);
  if (found === null) return refused(`the ${what} was refused`);
  return { kind: 'module', module: { ...found, id }, at };
}

function bind(scope: Scope, id: string | null, module: ProgramModule | null): void {
  scope.world.bind(id, module?.valid.module ?? null);
  if (id !== null) scope.modules.set(id, module);
}

function loadLinked(command: CommandOf<'assert_trap_module' | 'assert_unlinkable'>, scope: Scope): ProgramCommand {
  const { kind, message, at } = command;
  const name = kind === 'assert_unlinkable' ? kind : 'assert_trap';
  const outside = outsideOf(command.module);
  if (outside !== null) return { kind: 'outside', command: name, id: null, reason: outside, at };
  const result = checked(command.module, scope.readings);
  if (!result.ok) return { kind: 'refused', command: name, id: null, diagnostics: result.error, at };
  const module = result.value;
  if (kind === 'assert_trap_module') return { kind, module, message, at };
  const byTypes = unlinkableVerdict(message, scope.world.problem(module.valid.module));
  return { kind, module, message, byTypes, at };
}

function loadStatic(
  { kind, module, message, at }: CommandOf<Exclude<StaticAssertion, 'assert_unlinkable'>>,
  stage: 'malformed' | 'invalid',
  result: Result<unknown, readonly Diagnostic[]>,
): ProgramCommand {
  const verdict = staticVerdict(stage, message, result);
  const outside = outsideOf(module) ?? (verdict.ok ? null : supersededBy(module, message));
  if (outside !== null) return { kind: 'outside', command: kind, id: null, reason: outside, at };
  return { kind: 'assert_static', assertion: kind, module: null, verdict, at };
}

function loadThread({ id, shared, commands, at }: CommandOf<'thread'>, scope: Scope, name: string): ProgramCommand {
  const fullName = `${scope.prefix}${name}`;
  const diagnostics = shared.flatMap((module) => sharingErrors(module, scope, at));
  if (diagnostics.length > 0) return { kind: 'refused', command: 'thread', id, diagnostics, at };
  const inner: Scope = {
    ...newScope(scope.source, scope.readings),
    prefix: `${fullName}/`,
    modules: new Map(shared.map((module) => [module, scope.modules.get(module) ?? null])),
    world: scope.world.thread(shared),
  };
  return { kind: 'thread', name: fullName, id, shared, commands: loadCommands(commands, inner), at };
}

/**
 * @rule Script/thread @ours
 *
 * A thread is given only modules that its parent has, and every export of such a module is shared.
 * Source: threads proposal, test suite (`(shared (module $M))`); the check is Weft's own.
 */
function sharingErrors(id: string, scope: Scope, at: Span): readonly Diagnostic[] {
  const module = scope.modules.get(id);
  const error = { code: 'invalid', rule: 'Script/thread', severity: 'error', at } as const;
  if (module === undefined) return [{ ...error, message: `unknown module $${id}` }];
  if (module === null) return [];
  return unsharedExports(module.valid.module).map(({ name, kind, reason }) => ({
    ...error,
    message: `modules shared with a thread cannot export unshared ${kind}s: module $${id} exports "${name}"`,
    because: [
      `the thread shares module $${id}, so every export of it must be shared`,
      `module $${id} exports ${kind} "${name}"`,
      reason,
    ],
  }));
}

/** Names of the threads among these commands: their identifiers, `#0`, `#1`, … in order for those without; each name once. */
function threadNames(commands: readonly Command[]): ReadonlyMap<Command, string> {
  const names = new Map<Command, string>();
  const used = new Map<string, number>();
  let unnamed = 0;
  for (const command of commands) {
    if (command.kind !== 'thread') continue;
    const name = command.id ?? `#${unnamed++}`;
    const uses = (used.get(name) ?? 0) + 1;
    used.set(name, uses);
    names.set(command, uses === 1 ? name : `${name}'${uses}`);
  }
  return names;
}

import { assertNever } from '../base/assert.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Source, Span } from '../base/span.ts';
import { sameMessage } from '../runtime/patterns.ts';
import type { LoadError, Program, ProgramCommand, ProgramModule } from '../runtime/program.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Command, ScriptModule } from '../syntax/script.ts';
import { parseScript } from '../text/parse-script.ts';
import { checkModule } from '../valid/check.ts';
import { unsharedExports } from './shared-exports.ts';

type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>;

/**
 * From a script's text to a program: every module checked, static assertions settled, threads named. A module or thread that is
 * refused becomes a `refused` command, so that whoever runs the script can go on; only text that is no script is an error.
 */
export function loadScript(source: Source, readings: Readings): Result<Program, LoadError> {
  const script = parseScript(source);
  if (!script.ok) return script;
  const commands = loadCommands(script.value.commands, { prefix: '', modules: new Map(), readings });
  return ok({ source, commands, litmus: script.value.litmus });
}

/** {@link loadScript} for who explores: whatever was refused is an error. */
export function loadProgram(source: Source, readings: Readings): Result<Program, LoadError> {
  const program = loadScript(source, readings);
  if (!program.ok) return program;
  const diagnostics = refusalsOf(program.value);
  return diagnostics.length === 0 ? program : err(diagnostics);
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

/** What a thread of the script sees while it is loaded: its modules by identifier, `null` for a refused one. */
interface Scope {
  readonly prefix: string;
  readonly modules: Map<string, ProgramModule | null>;
  readonly readings: Readings;
}

function loadCommands(commands: readonly Command[], scope: Scope): readonly ProgramCommand[] {
  const names = threadNames(commands);
  return commands.map((command) => loadCommand(command, scope, names));
}

function loadCommand(command: Command, scope: Scope, names: ReadonlyMap<Command, string>): ProgramCommand {
  switch (command.kind) {
    case 'module':
      return loadModuleCommand(command, scope);
    case 'assert_trap_module':
    case 'assert_unlinkable': {
      const { kind, message, at } = command;
      const module = checked(command.module, scope.readings);
      if (module.ok) return { kind, module: module.value, message, at };
      const refused = kind === 'assert_unlinkable' ? kind : 'assert_trap';
      return { kind: 'refused', command: refused, id: null, diagnostics: module.error, at };
    }
    case 'assert_invalid':
    case 'assert_malformed':
      return {
        kind: 'assert_static',
        assertion: command.kind,
        verdict: staticVerdict(command, scope.readings),
        at: command.at,
      };
    case 'thread':
      return loadThread(command, scope, names.get(command) ?? '');
    case 'register':
    case 'action':
    case 'assert_return':
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'wait':
      return command;
    default:
      return assertNever(command);
  }
}

function checked(module: ScriptModule, readings: Readings): Result<ProgramModule, readonly Diagnostic[]> {
  if (!module.parsed.ok) return module.parsed;
  const valid = checkModule(module.parsed.value, readings);
  return valid.ok ? ok({ id: module.id, valid: valid.value }) : valid;
}

function loadModuleCommand({ module, at }: CommandOf<'module'>, scope: Scope): ProgramCommand {
  const result = checked(module, scope.readings);
  if (module.id !== null) scope.modules.set(module.id, result.ok ? result.value : null);
  if (result.ok) return { kind: 'module', module: result.value, at };
  return { kind: 'refused', command: 'module', id: module.id, diagnostics: result.error, at };
}

/** What the module's first error is, against what the assertion says. */
function staticVerdict(
  { kind, module, message }: CommandOf<'assert_invalid' | 'assert_malformed'>,
  readings: Readings,
): Result<null, string> {
  const result = kind === 'assert_malformed' ? module.parsed : checked(module, readings);
  if (result.ok)
    return err(`expected "${message}", but the module is ${kind === 'assert_malformed' ? 'well-formed' : 'valid'}`);
  const [first] = result.error;
  const actual = first?.message ?? '';
  const wanted = kind === 'assert_malformed' ? 'malformed' : 'invalid';
  if (first?.code === wanted && result.error.some((d) => sameMessage(d.message, message))) return ok(null);
  return err(`expected ${wanted} "${message}", got ${first?.code ?? ''} "${actual}"`);
}

function loadThread({ id, shared, commands, at }: CommandOf<'thread'>, scope: Scope, name: string): ProgramCommand {
  const fullName = `${scope.prefix}${name}`;
  const diagnostics = shared.flatMap((module) => sharingErrors(module, scope, at));
  if (diagnostics.length > 0) return { kind: 'refused', command: 'thread', id, diagnostics, at };
  const inner: Scope = {
    prefix: `${fullName}/`,
    modules: new Map(shared.map((module) => [module, scope.modules.get(module) ?? null])),
    readings: scope.readings,
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

import { known } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Span } from '../base/span.ts';
import type { WriteAction } from '../event/action.ts';
import { addrOf, MAIN } from '../event/location.ts';
import type { ThreadId } from '../event/location.ts';
import type { Site, TrapRequest } from '../event/request.ts';
import type { Action } from '../syntax/script.ts';
import { matchExternType } from '../valid/match.ts';
import type { ExternType } from '../valid/types.ts';
import { importTypes } from '../valid/types.ts';
import type { ExternVal, ModuleInst } from './instance.ts';
import type { ResolveImport } from './instantiate.ts';
import type { Program, ProgramCommand, ProgramModule } from './program.ts';
import type { ActionResult, CommandKind, CommandRecord } from './script-log.ts';
import { append } from './script-log.ts';
import type { Instance, ScriptStart, Session } from './script-state.ts';
import { isRefusal } from './script-state.ts';
import type { Refs } from './references.ts';
import { makeSpectest, SPECTEST_TYPES } from './spectest.ts';
import { threadModule } from './thread-builtins.ts';
import { makeWanted, mentionsShared } from './wanted.ts';
import { WASI } from './wasi.ts';

/** A script thread's scope, registry and log: pure steps from session to session. */

type ThreadCommand = Extract<ProgramCommand, { kind: 'thread' }>;

/** The start of the script itself. */
export function scriptMain(program: Program): ScriptStart {
  return { kind: 'script', key: 'script 0', name: 'main', number: MAIN, commands: program.commands, shared: new Map() };
}

/** Every `thread` command's number, in the order of the text, from 1. */
export function numberThreads(commands: readonly ProgramCommand[]): ReadonlyMap<ProgramCommand, ThreadId> {
  const numbers = new Map<ProgramCommand, ThreadId>();
  const walk = (inner: readonly ProgramCommand[]): void => {
    for (const command of inner) {
      if (command.kind !== 'thread') continue;
      numbers.set(command, (numbers.size + 1) as ThreadId);
      walk(command.commands);
    }
  };
  walk(commands);
  return numbers;
}

export function threadStart(
  { name, commands }: ThreadCommand,
  number: ThreadId,
  shared: ReadonlyMap<string, ModuleInst>,
): ScriptStart {
  const scope = [...shared].map(([id, { key }]) => `${id}=${key}`).join(',');
  return { kind: 'script', key: `script ${number}[${scope}]`, name, number, commands, shared };
}

/** A fresh scope and registry: only the shared instances are known, by identifier [threads proposal, test suite]. */
export function openSession(start: ScriptStart, refs: Refs): Session {
  return {
    start,
    refs,
    pc: 0,
    latest: null,
    modules: start.shared,
    registry: new Map(),
    instances: [...start.shared].map(([id, instance]) => ({ id, instance })),
    spectest: null,
    allocatedSpectest: new Set(),
    threads: new Map(),
    latestThread: null,
    locals: new Map(),
    hasForked: start.spawned === true,
    spawned: 0,
    actions: 0,
    moduleCount: 0,
    allocations: 0,
    log: null,
  };
}

/** Ends the command in progress. */
export function settle(
  session: Session,
  command: CommandKind,
  at: Span,
  status: CommandRecord['status'],
  message: string | null,
  site: Site | null = null,
): Session {
  const record: CommandRecord = { command, at, status, message, ...(site === null ? {} : { site }) };
  return { ...session, pc: session.pc + 1, log: append(session.log, { kind: 'command', command: record }) };
}

/** {@link settle} with a failure, or null if it passed; `trap` is what ended it, if a trap did. */
export function judge(
  session: Session,
  command: CommandKind,
  at: Span,
  failure: string | null,
  trap?: TrapRequest,
): Session {
  const site = failure === null ? null : (trap?.site ?? null);
  return settle(session, command, at, failure === null ? 'passed' : 'failed', failure, site);
}

export function recordAction(session: Session, at: Span, result: ActionResult): Session {
  return { ...session, log: append(session.log, { kind: 'action', action: { k: session.actions - 1, at, result } }) };
}

/** Why a name gives nothing: it was never there, or its module was refused. */
export interface Absent {
  readonly status: 'failed' | 'skipped';
  readonly message: string;
}

export function findInstance(session: Session, id: string | null): Result<ModuleInst, Absent> {
  const found = id === null ? session.latest : session.modules.get(id);
  const name = id === null ? 'module' : `module $${id}`;
  if (found === undefined || found === null) return err({ status: 'failed', message: `unknown ${name}` });
  if (isRefusal(found)) return err({ status: 'skipped', message: found.refused ?? `the ${name} was refused` });
  return ok(found);
}

export function findExport(session: Session, action: Action): Result<ExternVal, Absent> {
  const instance = findInstance(session, action.module);
  if (!instance.ok) return instance;
  const kind = action.kind === 'invoke' ? 'func' : 'global';
  const found = instance.value.exports.get(action.name);
  if (found?.kind === kind) return ok(found);
  return err({ status: 'failed', message: `unknown ${kind === 'func' ? 'function' : 'global'} "${action.name}"` });
}

export function bindModule(session: Session, { id }: Pick<ProgramModule, 'id'>, instance: Instance): Session {
  return {
    ...session,
    latest: instance,
    modules: id === null ? session.modules : new Map([...session.modules, [id, instance]]),
    instances: isRefusal(instance) ? session.instances : [...session.instances, { id, instance }],
  };
}

/** Makes `spectest`, if the module imports from it and the script has registered nothing else under that name. */
export function withSpectest(session: Session, { valid }: ProgramModule): Session {
  const wanted = valid.module.imports.some(({ module }) => module === 'spectest') && !session.registry.has('spectest');
  if (!wanted || session.spectest !== null) return session;
  const spectest = makeSpectest({
    thread: session.start.number,
    instances: session.moduleCount,
    allocations: session.allocations,
    refs: session.refs,
  });
  return { ...session, spectest, allocations: spectest.allocations };
}

/**
 * Adds to `spectest` what the module wants of it that no published host module has (see `wanted.ts`), for this module alone. An import that
 * cannot be made, having a type without values, is an error.
 */
export function withWanted(session: Session, { valid }: ProgramModule): Result<Session, string> {
  const { spectest } = session;
  if (spectest === null) return ok(session);
  const types = importTypes(valid.module);
  const exports = new Map(spectest.exports);
  const writes = new Map(spectest.writes);
  let { allocations } = session;
  for (const [i, { module, name }] of valid.module.imports.entries()) {
    const type = known(types[i], 'type of an import');
    if (module !== 'spectest' || isOfficial(name, type) || !mentionsShared(type)) continue;
    const initial: WriteAction[] = [];
    const item = makeWanted(type, {
      key: `${session.start.number}/${session.moduleCount}/spectest.${name}`,
      refs: session.refs,
      fresh: () => addrOf(session.start.number, allocations++),
      writes: initial,
      readings: valid.readings,
    });
    if (item === null) return err(`no host can provide "spectest" ${JSON.stringify(name)}: its type has no values`);
    exports.set(name, item);
    writes.set(name, initial);
  }
  const allocated = new Set([...session.allocatedSpectest].filter((name) => SPECTEST_TYPES.has(name)));
  return ok({ ...session, allocations, allocatedSpectest: allocated, spectest: { ...spectest, exports, writes } });
}

/** Whether `spectest` itself has it; a number that is wanted shared is another thing than its unshared one. */
function isOfficial(name: string, wanted: ExternType): boolean {
  const official = SPECTEST_TYPES.get(name);
  return official !== undefined && (official.kind !== 'global' || matchExternType(official, wanted));
}

/** Why the first registered module was refused that the module imports from and that was; null if none was. */
export function refusedImport(session: Session, { valid }: ProgramModule): string | null {
  for (const { module } of valid.module.imports) {
    const instance = session.registry.get(module);
    if (instance !== undefined && isRefusal(instance))
      return instance.refused ?? `the module registered as "${module}" was refused`;
  }
  return null;
}

export function resolverOf({ registry, spectest, refs }: Session, program: Program): ResolveImport {
  const hosts = new Map([
    ...(program.command === undefined ? [] : WASI),
    ['spectest', spectest?.exports],
    ['thread', threadModule(refs)],
  ]);
  return (module, name) => {
    const instance = registry.get(module);
    if (instance !== undefined && isRefusal(instance)) return null;
    const exports = instance?.exports ?? hosts.get(module);
    return exports?.get(name) ?? null;
  };
}

import { assert, assertNever, known } from '../base/assert.ts';
import type { AccessRequest, AllocRequest, Request, Response, Site, TrapRequest } from '../event/request.ts';
import type { Invoke } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';
import type { Suspended } from './executor.ts';
import type { Refs } from './references.ts';
import type { FuncInst, GlobalInst } from './instance.ts';
import type { Linked } from './instantiate.ts';
import type { ActionCommand, ModuleCommand, ModuleResult } from './judge-action.ts';
import { judgeAction, judgeModule, kindOf, moduleKindOf } from './judge-action.ts';
import type { Program, ProgramCommand, ProgramModule } from './program.ts';
import type { ActionResult, CommandKind } from './script-log.ts';
import type { Instance, ScriptState, Session, Spawns, Task } from './script-state.ts';
import { bindModule, findInstance, judge, recordAction, settle } from './session.ts';
import { unitsOfType } from './value-units.ts';
import { isSpawn, spawnedNumber, spawnedThread } from './wasi.ts';

/** The steps of a script's commands that no executor has a part in. */

export type Command<K extends ProgramCommand['kind']> = Extract<ProgramCommand, { readonly kind: K }>;

/** A step of a script either asks, or ends its command at once. */
export type Progress<S> =
  | { readonly kind: 'asks'; readonly suspended: Suspended<ScriptState<S>> }
  | { readonly kind: 'settled'; readonly session: Session };

export function stateOf<S>(session: Session, task: Task<S>): ScriptState<S> {
  return { kind: 'script', session, task };
}

export function asks<S>(session: Session, task: Task<S>, request: Request): Progress<S> {
  return { kind: 'asks', suspended: { state: stateOf(session, task), request } };
}

export function settled(session: Session): { readonly kind: 'settled'; readonly session: Session } {
  return { kind: 'settled', session };
}

/** The alloc request and the segments' writes. */
export function requestsOf({ alloc, segments }: Linked): readonly (AllocRequest | AccessRequest)[] {
  const writes = segments.map(({ request }) => request);
  return alloc === null ? writes : [alloc, ...writes];
}

/** Adds the memories and tables of `spectest` that the module is the first to import to what it allocates. */
export function allocateSpectest(
  session: Session,
  { valid }: ProgramModule,
  linked: Linked,
): readonly [Session, Linked] {
  const { spectest, allocatedSpectest } = session;
  if (spectest === null) return [session, linked];
  const fresh = [
    ...new Set(valid.module.imports.flatMap(({ module, name }) => (module === 'spectest' ? [name] : []))),
  ].filter((name) => spectest.writes.has(name) && !allocatedSpectest.has(name));
  if (fresh.length === 0) return [session, linked];
  const writes = [...fresh.flatMap((name) => spectest.writes.get(name) ?? []), ...(linked.alloc?.writes ?? [])];
  const site = linked.alloc?.site ?? { at: valid.module.at, text: 'module', shows: null };
  return [
    { ...session, allocatedSpectest: new Set([...allocatedSpectest, ...fresh]) },
    { ...linked, alloc: { kind: 'alloc', writes, site } },
  ];
}

export function moduleCommand({ start, pc }: Session): ModuleCommand {
  return known(start.commands[pc], 'command') as ModuleCommand;
}

export function register(session: Session, { as, module, at }: Command<'register'>): Session {
  const instance = findInstance(session, module);
  if (!instance.ok && instance.error.status === 'failed') return judge(session, 'register', at, instance.error.message);
  const registered: Instance = instance.ok ? instance.value : { refused: instance.error.message };
  const registry = new Map([...session.registry, [as, registered]]);
  if (!instance.ok) return settle({ ...session, registry }, 'register', at, 'skipped', instance.error.message);
  return judge({ ...session, registry }, 'register', at, null);
}

export function refuse(session: Session, { command, id, diagnostics, at }: Command<'refused'>): Session {
  const refused = diagnostics[0]?.message ?? 'refused';
  const bound = command === 'module' ? bindModule(session, { id }, { refused: null }) : session;
  return judge(bound, command, at, refused);
}

/** How the report of an action begins that reached a bound. */
export const GIVEN_UP = 'the bound was reached: ';

/** Leaves a command that reached a bound, whose effects so far stay. */
export function giveUp(session: Session, { at }: ProgramCommand, kind: CommandKind, what: string): Session {
  return settle(session, kind, at, 'skipped', `${GIVEN_UP}${what}`);
}

/** Passes over what no executor runs. */
export function passOver(session: Session, { command, id, reason, at }: Command<'outside'>): Session {
  const bound = command === 'module' ? bindModule(session, { id }, { refused: reason }) : session;
  return settle(bound, command, at, 'skipped', reason);
}

export function takes({ type: { params } }: FuncInst, { args }: Invoke): boolean {
  return (
    params.length === args.length &&
    args.every(({ type }, i) => {
      const t = params[i];
      return typeof t === 'string' ? type === t : type === 'ref' || type === 'host-ref';
    })
  );
}

/** An action's arguments as values of a world. */
export function argumentsOf({ args }: Invoke, refs: Refs): readonly Value[] {
  return args.map((arg) => (arg.type === 'host-ref' ? refs.host(arg.host) : arg));
}

function readGlobal(global: Extract<GlobalInst, { kind: 'mutable' }>, { action }: ActionCommand): AccessRequest {
  const { content } = global.type;
  const size = unitsOfType(content);
  const site: Site = { at: action.at, text: 'get', shows: typeof content === 'string' ? content : 'ref' };
  return {
    kind: 'access',
    bounds: null,
    actions: [{ kind: 'rd', region: global.val, offset: 0, size, order: 'unord', tearFree: global.tearFree }],
    site,
  };
}

/** A session object of its own only when the thread forks for the first time, or spawns. */
export function forking(session: Session, response: Response, spawns: Spawns): Session {
  if (spawns !== null) return { ...session, hasForked: true, spawned: session.spawned + 1 };
  return response.kind === 'forked' && !session.hasForked ? { ...session, hasForked: true } : session;
}

/** What `thread-spawn` asks of the world, now that it is known which thread asks. */
export function spawning(
  session: Session,
  request: Request,
  { command }: Program,
): { readonly request: Request; readonly spawns: Spawns } {
  if (request.kind !== 'fork' || !isSpawn(request.start)) return { request, spawns: null };
  assert(command !== undefined, 'only command programs import thread-spawn');
  const spawns = spawnedNumber(session.start.number, session.spawned);
  if (spawns === null)
    return { request: { kind: 'bound', what: 'number of spawned threads', site: request.site }, spawns };
  const shared = new Map(
    command.hosts.map((id) => {
      const instance = findInstance(session, id);
      assert(instance.ok, 'the host’s memories are there');
      return [id, instance.value];
    }),
  );
  return { request: { ...request, start: spawnedThread(command, spawns, request.start.argument, shared) }, spawns };
}

/** `thread-spawn` is told the number that its thread is told too. */
export function answerOf(response: Response, spawns: Spawns): Response {
  return spawns === null ? response : { kind: 'forked', thread: spawns };
}

export function forked(session: Session, { at }: ProgramCommand, id: string | null, response: Response): Session {
  assert(response.kind === 'forked', 'a fork is answered with a thread');
  const threads = id === null ? session.threads : new Map([...session.threads, [id, response.thread]]);
  return judge({ ...session, threads, latestThread: response.thread }, 'thread', at, null);
}

/** The group ends if there is one. */
function passTrapOn<S>(session: Session, trap: TrapRequest | undefined): Progress<S> {
  if (trap === undefined || !session.hasForked) return settled(session);
  return asks(session, { kind: 'over', trapped: true }, trap);
}

export function beginWait<S>(session: Session, command: Command<'wait'>): Progress<S> {
  const thread = command.thread === null ? session.latestThread : session.threads.get(command.thread);
  const text = command.thread === null ? 'wait' : `wait $${command.thread}`;
  if (thread === null || thread === undefined) {
    return settled(
      judge(
        session,
        'wait',
        command.at,
        command.thread === null ? 'unknown thread' : `unknown thread $${command.thread}`,
      ),
    );
  }
  return asks(session, { kind: 'join' }, { kind: 'join', thread, site: { at: command.at, text, shows: null } });
}

export function endModule<S>(
  session: Session,
  command: ModuleCommand,
  linked: Linked | null,
  result: ModuleResult,
  trap?: TrapRequest,
): Progress<S> {
  const bound =
    command.kind === 'module' ? bindModule(session, command.module, linked?.instance ?? { refused: null }) : session;
  return passTrapOn(judge(bound, moduleKindOf(command), command.at, judgeModule(command, result), trap), trap);
}

export function endAction<S>(
  session: Session,
  command: ActionCommand,
  result: ActionResult,
  trap?: TrapRequest,
): Progress<S> {
  const recorded = recordAction(session, command.at, result);
  const failure = judgeAction(command, result, session.refs);
  return passTrapOn(judge(recorded, kindOf(command), command.at, failure, trap), trap);
}

export function getGlobal<S>(session: Session, command: ActionCommand, global: GlobalInst): Progress<S> {
  switch (global.kind) {
    case 'constant':
      return endAction(session, command, { kind: 'return', values: [global.value] });
    case 'thread_local':
      return endAction(session, command, {
        kind: 'return',
        values: [session.locals.get(global.addr) ?? global.initial],
      });
    case 'mutable':
      return asks(session, { kind: 'get', global }, readGlobal(global, command));
    default:
      return assertNever(global);
  }
}

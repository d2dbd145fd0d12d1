import { assert, assertNever, Bug, known } from '../base/assert.ts';
import type { Region } from '../event/location.ts';
import type { AccessRequest, AllocRequest, Request, Response, Site, TrapRequest } from '../event/request.ts';
import { unitAt } from '../event/units.ts';
import type { Invoke } from '../syntax/script.ts';
import { printValType } from '../syntax/print-types.ts';
import { callStart } from './call-start.ts';
import type { CallStart, Executor, Machine, Suspended } from './executor.ts';
import type { FuncInst, GlobalInst } from './instance.ts';
import type { Linked } from './instantiate.ts';
import { lengthsNeeded, linkModule, SEGMENT_TRAP } from './instantiate.ts';
import type { ActionCommand, ModuleCommand, ModuleResult } from './judge-action.ts';
import { judgeAction, judgeModule, kindOf, moduleKindOf } from './judge-action.ts';
import type { Program, ProgramCommand, ProgramModule } from './program.ts';
import type { ActionResult } from './script-log.ts';
import type { ScriptStart, ScriptState, Session, Task } from './script-state.ts';
import {
  bindModule,
  findExport,
  findInstance,
  judge,
  numberThreads,
  openSession,
  recordAction,
  refusedImport,
  resolverOf,
  settle,
  threadStart,
  withSpectest,
} from './session.ts';
import { fromUnits, unitsOfType } from './value-units.ts';

type Command<K extends ProgramCommand['kind']> = Extract<ProgramCommand, { readonly kind: K }>;

/** A step of a script either asks, or ends its command at once. */
type Progress<S> = { readonly kind: 'asks'; readonly suspended: Suspended<ScriptState<S>> } | { readonly kind: 'settled'; readonly session: Session };

/**
 * A script as a machine: its own thread and those of its `thread` commands run commands, a thread of Wasm's `fork` runs its function,
 * and all of them ask the world [DESIGN, The waist]. A trap ends its action and no more, unless the thread has forked: then it
 * ends the whole group, so the machine passes the trap on.
 */
export function makeScriptMachine<S>(executor: Executor<S>, program: Program): Machine<ScriptState<S>, ScriptStart | CallStart> {
  const numbers = numberThreads(program.commands);

  function advance(from: Session): Suspended<ScriptState<S>> {
    let session = from;
    for (;;) {
      const command = session.start.commands[session.pc];
      if (command === undefined) return { state: stateOf(session, { kind: 'over', trapped: false }), request: { kind: 'done' } };
      const progress = begin(session, command);
      if (progress.kind === 'asks') return progress.suspended;
      session = progress.session;
    }
  }

  function begin(session: Session, command: ProgramCommand): Progress<S> {
    switch (command.kind) {
      case 'module':
      case 'assert_trap_module':
      case 'assert_unlinkable':
        return beginModule(session, command);
      case 'register':
        return settled(register(session, command));
      case 'action':
      case 'assert_return':
      case 'assert_trap':
      case 'assert_exhaustion':
        return beginAction(session, command);
      case 'assert_static':
        return settled(judge(session, command.assertion, command.at, command.verdict.ok ? null : command.verdict.error));
      case 'thread':
        return beginThread(session, command);
      case 'wait':
        return beginWait(session, command);
      case 'refused':
        return settled(refuse(session, command));
      default:
        return assertNever(command);
    }
  }

  // ---- Modules

  function beginModule(before: Session, command: ModuleCommand): Progress<S> {
    const refused = refusedImport(before, command.module);
    if (refused !== null) {
      const bound = command.kind === 'module' ? bindModule(before, command.module, 'refused') : before;
      return settled(settle(bound, moduleKindOf(command), command.at, 'skipped', `the module registered as "${refused}" was refused`));
    }
    const session = withSpectest(before, command.module);
    return readLengths(session, command, new Map(), lengthsNeeded(command.module.valid, resolverOf(session)));
  }

  function readLengths(
    session: Session,
    command: ModuleCommand,
    lengths: ReadonlyMap<Region, number>,
    pending: readonly AccessRequest[],
  ): Progress<S> {
    const [first] = pending;
    if (first === undefined) return link(session, command, lengths);
    return asks(session, { kind: 'lengths', lengths, pending }, first);
  }

  function link(session: Session, command: ModuleCommand, lengths: ReadonlyMap<Region, number>): Progress<S> {
    const { start, moduleCount, allocations } = session;
    const naming = { thread: start.number, instances: moduleCount, allocations };
    const linked = linkModule(command.module.valid, resolverOf(session), naming, lengths);
    if (!linked.ok) return endModule(session, command, null, { kind: 'unlinkable', message: linked.error.message });
    if (command.kind === 'assert_unlinkable') return endModule(session, command, null, { kind: 'instantiated' });
    const next = { ...session, moduleCount: moduleCount + 1, allocations: linked.value.allocations };
    return instantiate(...allocateSpectest(next, command.module, linked.value), 0);
  }

  function instantiate(session: Session, linked: Linked, next: number): Progress<S> {
    const request = requestsOf(linked)[next];
    if (request !== undefined) return asks(session, { kind: 'instantiate', linked, next }, request);
    if (linked.start === null) return endModule(session, moduleCommand(session), linked, { kind: 'instantiated' });
    return runStart(session, linked, executor.start(callStart(linked.start, [], session.locals)));
  }

  function runStart(session: Session, linked: Linked, { state, request }: Suspended<S>): Progress<S> {
    const command = moduleCommand(session);
    switch (request.kind) {
      case 'done':
        return endModule({ ...session, locals: executor.completion(state).locals }, command, linked, { kind: 'instantiated' });
      case 'trap':
        return endModule({ ...session, locals: executor.threadLocals(state) }, command, null, { kind: 'trap', reason: request.reason }, request);
      default:
        return asks(session, { kind: 'start', linked, inner: state }, request);
    }
  }

  function endModule(session: Session, command: ModuleCommand, linked: Linked | null, result: ModuleResult, trap?: TrapRequest): Progress<S> {
    const bound = command.kind === 'module' ? bindModule(session, command.module, linked?.instance ?? 'refused') : session;
    return passTrapOn(judge(bound, moduleKindOf(command), command.at, judgeModule(command, result)), trap);
  }

  // ---- Actions

  function beginAction(before: Session, command: ActionCommand): Progress<S> {
    const session = { ...before, actions: before.actions + 1 };
    const { action } = command;
    const found = findExport(session, action);
    if (!found.ok) return settled(settle(session, kindOf(command), command.at, found.error.status, found.error.message));
    if (found.value.kind === 'global') return get(session, command, found.value.global);
    if (found.value.kind !== 'func' || action.kind !== 'invoke') throw new Bug('an action on neither a function nor a global');
    const { func } = found.value;
    if (!takes(func, action)) {
      const params = func.type.params.map((t) => printValType(t)).join(' ');
      return settled(judge(session, kindOf(command), command.at, `wrong arguments: "${action.name}" takes [${params}]`));
    }
    return invoke(session, command, executor.start(callStart(func, action.args, session.locals)));
  }

  function invoke(session: Session, command: ActionCommand, { state, request }: Suspended<S>): Progress<S> {
    switch (request.kind) {
      case 'done': {
        const { results, locals } = executor.completion(state);
        return endAction({ ...session, locals }, command, { kind: 'return', values: results });
      }
      case 'trap':
        return endAction({ ...session, locals: executor.threadLocals(state) }, command, { kind: 'trap', reason: request.reason }, request);
      default:
        return asks(session, { kind: 'invoke', inner: state }, request);
    }
  }

  function get(session: Session, command: ActionCommand, global: GlobalInst): Progress<S> {
    switch (global.kind) {
      case 'constant':
        return endAction(session, command, { kind: 'return', values: [global.value] });
      case 'thread_local':
        return endAction(session, command, { kind: 'return', values: [session.locals.get(global.addr) ?? global.initial] });
      case 'mutable':
        return asks(session, { kind: 'get', global }, readGlobal(global, command));
      default:
        return assertNever(global);
    }
  }

  function endAction(session: Session, command: ActionCommand, result: ActionResult, trap?: TrapRequest): Progress<S> {
    const recorded = recordAction(session, command.at, result);
    return passTrapOn(judge(recorded, kindOf(command), command.at, judgeAction(command, result)), trap);
  }

  /** The group ends if there is one. */
  function passTrapOn(session: Session, trap: TrapRequest | undefined): Progress<S> {
    if (trap === undefined || !session.hasForked) return settled(session);
    return asks(session, { kind: 'over', trapped: true }, trap);
  }

  // ---- Threads

  function beginThread(session: Session, command: Command<'thread'>): Progress<S> {
    const shared = new Map();
    for (const id of command.shared) {
      const instance = findInstance(session, id);
      if (!instance.ok) return settled(settle(session, 'thread', command.at, instance.error.status, instance.error.message));
      shared.set(id, instance.value);
    }
    const start = threadStart(command, known(numbers.get(command), 'number of a thread'), shared);
    const site: Site = { at: command.at, text: command.id === null ? 'thread' : `thread $${command.id}`, shows: null };
    return asks(session, { kind: 'fork', id: command.id }, { kind: 'fork', start, name: command.name, site });
  }

  function beginWait(session: Session, command: Command<'wait'>): Progress<S> {
    const thread = command.thread === null ? session.latestThread : session.threads.get(command.thread);
    const text = command.thread === null ? 'wait' : `wait $${command.thread}`;
    if (thread === null || thread === undefined) {
      return settled(judge(session, 'wait', command.at, command.thread === null ? 'unknown thread' : `unknown thread $${command.thread}`));
    }
    return asks(session, { kind: 'join' }, { kind: 'join', thread, site: { at: command.at, text, shows: null } });
  }

  // ---- Answers

  function answer(session: Session, task: Task<S>, response: Response): Progress<S> {
    const command = known(session.start.commands[session.pc], 'command');
    switch (task.kind) {
      case 'lengths': {
        assert(response.kind === 'units', 'a length is answered with units');
        const [{ actions }, ...pending] = task.pending as [AccessRequest, ...AccessRequest[]];
        const lengths = new Map([...task.lengths, [known(actions[0], 'read of a length').region, unitAt(response.units, 0)]]);
        return readLengths(session, moduleCommand(session), lengths, pending);
      }
      case 'instantiate':
        if (response.kind === 'out-of-bounds') {
          const { site } = known(task.linked.segments[task.next - (task.linked.alloc === null ? 0 : 1)], 'segment');
          const trap: TrapRequest = { kind: 'trap', reason: SEGMENT_TRAP, site };
          return endModule(session, moduleCommand(session), null, { kind: 'trap', reason: SEGMENT_TRAP }, trap);
        }
        return instantiate(session, task.linked, task.next + 1);
      case 'start':
        return runStart(forking(session, response), task.linked, executor.resume(task.inner, response));
      case 'invoke':
        return invoke(forking(session, response), command as ActionCommand, executor.resume(task.inner, response));
      case 'get':
        assert(response.kind === 'units', 'a read is answered with units');
        return endAction(session, command as ActionCommand, { kind: 'return', values: [fromUnits(task.global.type.content, response.units)] });
      case 'fork':
        return settled(forked(session, command, task.id, response));
      case 'join':
        return settled(judge(session, 'wait', command.at, null));
      case 'over':
        throw new Bug('a thread that is over is resumed');
      default:
        return assertNever(task);
    }
  }

  function call({ state, request }: Suspended<S>): Suspended<ScriptState<S>> {
    return { state: { kind: 'call', inner: state }, request };
  }

  return {
    start: (start) => (start.kind === 'call' ? call(executor.start(start)) : advance(openSession(start))),
    resume(state, response) {
      if (state.kind === 'call') return call(executor.resume(state.inner, response));
      const progress = answer(state.session, state.task, response);
      return progress.kind === 'asks' ? progress.suspended : advance(progress.session);
    },
    sameState(a, b) {
      if (a.kind === 'call') return b.kind === 'call' && executor.sameState(a.inner, b.inner);
      return b.kind === 'script' && a.session === b.session && sameTask(executor, a.task, b.task);
    },
  };
}

function stateOf<S>(session: Session, task: Task<S>): ScriptState<S> {
  return { kind: 'script', session, task };
}

function asks<S>(session: Session, task: Task<S>, request: Request): Progress<S> {
  return { kind: 'asks', suspended: { state: stateOf(session, task), request } };
}

function settled(session: Session): { readonly kind: 'settled'; readonly session: Session } {
  return { kind: 'settled', session };
}

/** Sessions are the same object while an action runs, so only what runs needs a closer look. */
function sameTask<S>(executor: Executor<S>, a: Task<S>, b: Task<S>): boolean {
  if (a === b) return true;
  return (a.kind === 'invoke' || a.kind === 'start') && a.kind === b.kind && executor.sameState(a.inner, b.inner);
}

/** The alloc request and the segments' writes. */
function requestsOf({ alloc, segments }: Linked): readonly (AllocRequest | AccessRequest)[] {
  return alloc === null ? segments : [alloc, ...segments];
}

/** Adds the memories and tables of `spectest` that the module is the first to import to what it allocates. */
function allocateSpectest(session: Session, { valid }: ProgramModule, linked: Linked): readonly [Session, Linked] {
  const { spectest, allocatedSpectest } = session;
  if (spectest === null) return [session, linked];
  const fresh = [...new Set(valid.module.imports.flatMap(({ module, name }) => (module === 'spectest' ? [name] : [])))].filter(
    (name) => spectest.writes.has(name) && !allocatedSpectest.has(name),
  );
  if (fresh.length === 0) return [session, linked];
  const writes = [...fresh.flatMap((name) => spectest.writes.get(name) ?? []), ...(linked.alloc?.writes ?? [])];
  const site = linked.alloc?.site ?? { at: valid.module.at, text: 'module', shows: null };
  return [
    { ...session, allocatedSpectest: new Set([...allocatedSpectest, ...fresh]) },
    { ...linked, alloc: { kind: 'alloc', writes, site } },
  ];
}

function moduleCommand({ start, pc }: Session): ModuleCommand {
  return known(start.commands[pc], 'command') as ModuleCommand;
}

function register(session: Session, { as, module, at }: Command<'register'>): Session {
  const instance = findInstance(session, module);
  if (!instance.ok && instance.error.status === 'failed') return judge(session, 'register', at, instance.error.message);
  const registry = new Map([...session.registry, [as, instance.ok ? instance.value : ('refused' as const)]]);
  if (!instance.ok) return settle({ ...session, registry }, 'register', at, 'skipped', instance.error.message);
  return judge({ ...session, registry }, 'register', at, null);
}

function refuse(session: Session, { command, id, diagnostics, at }: Command<'refused'>): Session {
  const bound = command === 'module' ? bindModule(session, { id }, 'refused') : session;
  return judge(bound, command, at, diagnostics[0]?.message ?? 'refused');
}

function takes({ type: { params } }: FuncInst, { args }: Invoke): boolean {
  return params.length === args.length && args.every(({ type }, i) => {
    const t = params[i];
    return type === (typeof t === 'string' ? t : 'ref');
  });
}

function readGlobal(global: Extract<GlobalInst, { kind: 'mutable' }>, { action }: ActionCommand): AccessRequest {
  const { content } = global.type;
  const size = unitsOfType(content);
  const tearFree = typeof content !== 'string' || size <= 4;
  const site: Site = { at: action.at, text: 'get', shows: typeof content === 'string' ? content : 'ref' };
  return { kind: 'access', bounds: null, actions: [{ kind: 'rd', region: global.val, offset: 0, size, order: 'unord', tearFree }], site };
}

/** A session object of its own only when the thread forks for the first time. */
function forking(session: Session, response: Response): Session {
  return response.kind === 'forked' && !session.hasForked ? { ...session, hasForked: true } : session;
}

function forked(session: Session, { at }: ProgramCommand, id: string | null, response: Response): Session {
  assert(response.kind === 'forked', 'a fork is answered with a thread');
  const threads = id === null ? session.threads : new Map([...session.threads, [id, response.thread]]);
  return judge({ ...session, threads, latestThread: response.thread }, 'thread', at, null);
}

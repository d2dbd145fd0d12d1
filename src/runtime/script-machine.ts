import { assert, assertNever, Bug, known } from '../base/assert.ts';
import { mix } from '../base/hash.ts';
import { ok } from '../base/result.ts';
import type { Region } from '../event/location.ts';
import { MAIN } from '../event/location.ts';
import type { AccessRequest, BoundRequest, Request, Response, Site, TrapRequest } from '../event/request.ts';
import { unitAt } from '../event/units.ts';
import { printValType } from '../syntax/print-types.ts';
import { callStart } from './call-start.ts';
import type { Value } from '../syntax/values.ts';
import type { CallStart, Executor, Machine, Suspended, ThreadLocals } from './executor.ts';
import type { Linked } from './instantiate.ts';
import { lengthsNeeded, linkModule } from './instantiate.ts';
import type { ActionCommand, ModuleCommand } from './judge-action.ts';
import { kindOf, moduleKindOf } from './judge-action.ts';
import type { Program, ProgramCommand } from './program.ts';
import type { ActionResult } from './script-log.ts';
import { hashLog } from './script-log.ts';
import { sameSession } from './same-session.ts';
import type { ScriptStart, ScriptState, Session, Task } from './script-state.ts';
import type { Command, Progress } from './script-steps.ts';
import {
  allocateSpectest,
  answerOf,
  argumentsOf,
  asks,
  beginWait,
  endAction,
  endModule,
  forked,
  forking,
  getGlobal,
  GIVEN_UP,
  giveUp,
  moduleCommand,
  passOver,
  refuse,
  register,
  requestsOf,
  settled,
  spawning,
  stateOf,
  takes,
} from './script-steps.ts';
import {
  bindModule,
  findExport,
  findInstance,
  judge,
  numberThreads,
  openSession,
  refusedImport,
  resolverOf,
  settle,
  threadStart,
  withSpectest,
  withWanted,
} from './session.ts';
import { Refs } from './references.ts';
import { fromUnits } from './value-units.ts';
import { isSpawn } from './wasi.ts';

/** Why a wait of the main thread traps under `main-thread-wait=trap` [threads overview, Wait]. */
const MAIN_WAIT = 'atomic wait on the main thread';

export interface ScriptMachineOptions {
  /**
   * Requests that one action or start function may make before it is given up; then, and where the executor reaches its own bound, the
   * script goes on with its next command. Null: it is whoever runs the machine who bounds it.
   */
  readonly givesUp: number | null;
  /**
   * Runs a call to its end over the store that answers the machine's requests, where that may be done now: nothing else runs, and the
   * call can start no thread and cannot block. Null: it may not, and nothing was done.
   */
  readonly direct?: (call: CallStart) => DirectOutcome | null;
}

/** How a call ended that ran to its end at once. */
export interface DirectOutcome {
  readonly locals: ThreadLocals;
  readonly ending:
    | { readonly kind: 'results'; readonly values: readonly Value[] }
    | TrapRequest
    | BoundRequest
    | { readonly kind: 'deadlock' };
}

/**
 * A script as a machine: its own thread and those of its `thread` commands run commands, a thread of Wasm's `fork` runs its function,
 * and all of them ask the world [DESIGN, The waist]. A trap ends its action and no more, unless the thread has forked: then it
 * ends the whole group, so the machine passes the trap on.
 */
export function makeScriptMachine<S>(
  executor: Executor<S>,
  program: Program,
  { givesUp, direct }: ScriptMachineOptions = { givesUp: null },
): Machine<ScriptState<S>, ScriptStart | CallStart> {
  const numbers = numberThreads(program.commands);
  const refs = new Refs();
  const mainMayWait = program.readings['main-thread-wait'] === 'allow';

  function advance(from: Session): Suspended<ScriptState<S>> {
    let session = from;
    for (;;) {
      const command = session.start.commands[session.pc];
      if (command === undefined)
        return { state: stateOf(session, { kind: 'over', trapped: false }), request: { kind: 'done' } };
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
      case 'assert_exception':
        return beginAction(session, command);
      case 'assert_static':
        return settled(
          judge(session, command.assertion, command.at, command.verdict.ok ? null : command.verdict.error),
        );
      case 'thread':
        return beginThread(session, command);
      case 'wait':
        return beginWait(session, command);
      case 'refused':
        return settled(refuse(session, command));
      case 'definition':
        return settled(judge(session, 'module', command.at, null));
      case 'outside':
        return settled(passOver(session, command));
      default:
        return assertNever(command);
    }
  }

  // ---- Modules

  function beginModule(before: Session, command: ModuleCommand): Progress<S> {
    const refused = refusedImport(before, command.module);
    if (refused !== null && command.kind === 'assert_unlinkable')
      return settled(judge(before, command.kind, command.at, command.byTypes.ok ? null : command.byTypes.error));
    if (refused !== null) {
      const bound = command.kind === 'module' ? bindModule(before, command.module, { refused }) : before;
      return settled(settle(bound, moduleKindOf(command), command.at, 'skipped', refused));
    }
    const made = withSpectest(before, command.module);
    const wanted = command.kind === 'module' ? withWanted(made, command.module) : ok(made);
    if (!wanted.ok) {
      const bound = bindModule(before, command.module, { refused: wanted.error });
      return settled(settle(bound, moduleKindOf(command), command.at, 'skipped', wanted.error));
    }
    const session = wanted.value;
    return readLengths(session, command, new Map(), lengthsNeeded(command.module.valid, resolverOf(session, program)));
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
    const naming = { thread: start.number, instances: moduleCount, allocations, refs };
    const linked = linkModule(command.module.valid, resolverOf(session, program), naming, lengths);
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

  /** A wait of the script's own thread traps where the readings say so, whatever it would have found. */
  function allowed(session: Session, { state, request }: Suspended<S>): Suspended<S> {
    const isRefused = request.kind === 'wait' && session.start.number === MAIN && !mainMayWait;
    return { state, request: isRefused ? { kind: 'trap', reason: MAIN_WAIT, site: request.site } : request };
  }

  /** Why the action goes no further, which has made so many requests before this one; null if it goes on. */
  function limitOf(request: Request, asked: number): string | null {
    if (givesUp === null) return null;
    if (request.kind === 'bound') return request.what;
    return asked >= givesUp ? `more than ${givesUp} accesses` : null;
  }

  function runStart(session: Session, linked: Linked, suspended: Suspended<S>, asked = 0): Progress<S> {
    const { state, request } = allowed(session, suspended);
    const command = moduleCommand(session);
    const limit = limitOf(request, asked);
    if (limit !== null) {
      const bound = bindModule(session, command.module, { refused: `${GIVEN_UP}${limit}` });
      return settled(giveUp(bound, command, moduleKindOf(command), limit));
    }
    switch (request.kind) {
      case 'done':
        return endModule({ ...session, locals: executor.completion(state).locals }, command, linked, {
          kind: 'instantiated',
        });
      case 'trap':
        return endModule(
          { ...session, locals: executor.threadLocals(state) },
          command,
          null,
          { kind: 'trap', reason: request.reason },
          request,
        );
      default: {
        const made = spawning(session, request, program);
        return asks(session, { kind: 'start', linked, inner: state, asked, spawns: made.spawns }, made.request);
      }
    }
  }

  // ---- Actions

  function beginAction(before: Session, command: ActionCommand): Progress<S> {
    const session = { ...before, actions: before.actions + 1 };
    const { action } = command;
    const found = findExport(session, action);
    if (!found.ok)
      return settled(settle(session, kindOf(command), command.at, found.error.status, found.error.message));
    if (found.value.kind === 'global') return getGlobal(session, command, found.value.global);
    if (found.value.kind !== 'func' || action.kind !== 'invoke')
      throw new Bug('an action on neither a function nor a global');
    const { func } = found.value;
    if (!takes(func, action)) {
      const params = func.type.params.map((t) => printValType(t)).join(' ');
      return settled(
        judge(session, kindOf(command), command.at, `wrong arguments: "${action.name}" takes [${params}]`),
      );
    }
    const start = callStart(func, argumentsOf(action, refs), session.locals);
    const outcome = mainMayWait ? (direct?.(start) ?? null) : null;
    return outcome === null ? invoke(session, command, executor.start(start)) : endDirectly(session, command, outcome);
  }

  function endDirectly(before: Session, command: ActionCommand, { ending, locals }: DirectOutcome): Progress<S> {
    const session = { ...before, locals };
    switch (ending.kind) {
      case 'results':
        return endAction(session, command, { kind: 'return', values: ending.values });
      case 'trap':
        return endAction(session, command, endOf(ending), ending);
      case 'bound':
        return settled(giveUp(session, command, kindOf(command), ending.what));
      case 'deadlock':
        return settled(settle(session, kindOf(command), command.at, 'failed', 'deadlock: nothing wakes the thread'));
      default:
        return assertNever(ending);
    }
  }

  function invoke(session: Session, command: ActionCommand, suspended: Suspended<S>, asked = 0): Progress<S> {
    const { state, request } = allowed(session, suspended);
    const limit = limitOf(request, asked);
    if (limit !== null) return settled(giveUp(session, command, kindOf(command), limit));
    switch (request.kind) {
      case 'done': {
        const { results, locals } = executor.completion(state);
        return endAction({ ...session, locals }, command, { kind: 'return', values: results });
      }
      case 'trap':
        return endAction({ ...session, locals: executor.threadLocals(state) }, command, endOf(request), request);
      default: {
        const made = spawning(session, request, program);
        return asks(session, { kind: 'invoke', inner: state, asked, spawns: made.spawns }, made.request);
      }
    }
  }

  // ---- Threads

  function beginThread(session: Session, command: Command<'thread'>): Progress<S> {
    const shared = new Map();
    for (const id of command.shared) {
      const instance = findInstance(session, id);
      if (!instance.ok)
        return settled(settle(session, 'thread', command.at, instance.error.status, instance.error.message));
      shared.set(id, instance.value);
    }
    const start = threadStart(command, known(numbers.get(command), 'number of a thread'), shared);
    const site: Site = { at: command.at, text: command.id === null ? 'thread' : `thread $${command.id}`, shows: null };
    return asks(session, { kind: 'fork', id: command.id }, { kind: 'fork', start, name: command.name, site });
  }

  // ---- Answers

  function count({ asked }: Extract<Task<S>, { readonly asked: number }>): number {
    return givesUp === null ? 0 : asked + 1;
  }

  function answer(session: Session, task: Task<S>, response: Response): Progress<S> {
    const command = known(session.start.commands[session.pc], 'command');
    switch (task.kind) {
      case 'lengths': {
        assert(response.kind === 'units', 'a length is answered with units');
        const [{ actions }, ...pending] = task.pending as [AccessRequest, ...AccessRequest[]];
        const lengths = new Map([
          ...task.lengths,
          [known(actions[0], 'read of a length').region, unitAt(response.units, 0)],
        ]);
        return readLengths(session, moduleCommand(session), lengths, pending);
      }
      case 'instantiate':
        if (response.kind === 'out-of-bounds') {
          const segment = known(task.linked.segments[task.next - (task.linked.alloc === null ? 0 : 1)], 'segment');
          const trap: TrapRequest = { kind: 'trap', reason: segment.trap, site: segment.request.site };
          return endModule(session, moduleCommand(session), null, { kind: 'trap', reason: segment.trap }, trap);
        }
        return instantiate(session, task.linked, task.next + 1);
      case 'start':
        return runStart(
          forking(session, response, task.spawns),
          task.linked,
          executor.resume(task.inner, answerOf(response, task.spawns)),
          count(task),
        );
      case 'invoke':
        return invoke(
          forking(session, response, task.spawns),
          command as ActionCommand,
          executor.resume(task.inner, answerOf(response, task.spawns)),
          count(task),
        );
      case 'get':
        assert(response.kind === 'units', 'a read is answered with units');
        return endAction(session, command as ActionCommand, {
          kind: 'return',
          values: [fromUnits(task.global.type.content, response.units)],
        });
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
    const stranger = request.kind === 'fork' && isSpawn(request.start);
    const what = 'thread-spawn by threads of instances alone, of which a thread of `fork` is none';
    return {
      state: { kind: 'call', inner: state },
      request: stranger ? { kind: 'bound', what, site: request.site } : request,
    };
  }

  return {
    start: (start) => (start.kind === 'call' ? call(executor.start(start)) : advance(openSession(start, refs))),
    resume(state, response) {
      if (state.kind === 'call') return call(executor.resume(state.inner, response));
      const progress = answer(state.session, state.task, response);
      return progress.kind === 'asks' ? progress.suspended : advance(progress.session);
    },
    sameState(a, b) {
      if (a.kind === 'call') return b.kind === 'call' && executor.sameState(a.inner, b.inner);
      return b.kind === 'script' && sameTask(executor, a.task, b.task) && sameSession(a.session, b.session);
    },
    sameActivation(a, b) {
      if (a.kind === 'call') return b.kind === 'call' && (executor.sameActivation?.(a.inner, b.inner) ?? true);
      if (b.kind === 'call' || a.session.pc !== b.session.pc) return false;
      const [mine, other] = [runOf(a.task), runOf(b.task)];
      return mine === null || other === null || (executor.sameActivation?.(mine, other) ?? true);
    },
    stateHash(state) {
      if (state.kind === 'call') return executor.stateHash(state.inner);
      const { session, task } = state;
      const inner = task.kind === 'invoke' || task.kind === 'start' ? executor.stateHash(task.inner) : 0;
      return mix(mix(mix(session.start.number, session.pc), hashLog(session.log)), inner);
    },
  };
}

/** The function that runs. */
function runOf<S>(task: Task<S>): S | null {
  return task.kind === 'invoke' || task.kind === 'start' ? task.inner : null;
}

function sameTask<S>(executor: Executor<S>, a: Task<S>, b: Task<S>): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'invoke':
      return b.kind === 'invoke' && a.asked === b.asked && executor.sameState(a.inner, b.inner);
    case 'start':
      return b.kind === 'start' && a.linked === b.linked && a.asked === b.asked && executor.sameState(a.inner, b.inner);
    case 'instantiate':
      return b.kind === 'instantiate' && a.linked === b.linked && a.next === b.next;
    case 'get':
      return b.kind === 'get' && a.global === b.global;
    case 'fork':
      return b.kind === 'fork' && a.id === b.id;
    case 'join':
      return b.kind === 'join';
    case 'over':
      return b.kind === 'over' && a.trapped === b.trapped;
    case 'lengths':
      return false;
    default:
      return assertNever(a);
  }
}

/** How a trap ends an action: an exception that nobody caught is one too. */
function endOf({ reason, exception }: TrapRequest): ActionResult {
  return exception === undefined ? { kind: 'trap', reason } : { kind: 'exception', exception };
}

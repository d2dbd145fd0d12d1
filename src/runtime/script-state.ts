import type { Span } from '../base/span.ts';
import type { Region, ThreadId } from '../event/location.ts';
import type { AccessRequest, Start } from '../event/request.ts';
import type { ThreadLocals } from './executor.ts';
import type { GlobalInst, ModuleInst } from './instance.ts';
import type { Linked } from './instantiate.ts';
import type { ProgramCommand } from './program.ts';
import type { ActionRecord, CommandRecord, Log } from './script-log.ts';
import { entriesOf, isAssertion } from './script-log.ts';
import type { Refs } from './references.ts';
import type { Spectest } from './spectest.ts';

/** The start of a script thread: its commands, and the instances that its parent shares with it. */
export interface ScriptStart extends Start {
  readonly kind: 'script';
  /** As in outcomes: `main`, `T1`, `T1/T11`, `#0`. */
  readonly name: string;
  /** The thread's number in the order of the text; the script's own is 0. Makes its addresses and keys. */
  readonly number: ThreadId;
  readonly commands: readonly ProgramCommand[];
  /** Shared instances by identifier: all that the thread's scope has at first. */
  readonly shared: ReadonlyMap<string, ModuleInst>;
  /** A thread of `thread-spawn`: a trap ends the whole program. */
  readonly spawned?: true;
}

/** A name of a script stands for nothing: its module did not load or could not be instantiated (null), or cannot be executed, for a reason. */
export interface Refusal {
  readonly refused: string | null;
}

/** What a name of a script stands for. */
export type Instance = ModuleInst | Refusal;

export function isRefusal(instance: Instance): instance is Refusal {
  return 'refused' in instance;
}

/** An instance of the thread with the identifier that its module has. */
export interface NamedInstance {
  readonly id: string | null;
  readonly instance: ModuleInst;
}

/** A script thread between two steps of its script: everything but the task in progress. Changed by copying. */
export interface Session {
  readonly start: ScriptStart;
  /** The references of the script's world, all threads'. */
  readonly refs: Refs;
  /** Index of the command in progress. */
  readonly pc: number;
  /** The latest module; null if there was none. */
  readonly latest: Instance | null;
  readonly modules: ReadonlyMap<string, Instance>;
  readonly registry: ReadonlyMap<string, Instance>;
  /** Instances in the order in which they were made or given. */
  readonly instances: readonly NamedInstance[];
  readonly spectest: Spectest | null;
  /** Which parts of `spectest` the world holds. */
  readonly allocatedSpectest: ReadonlySet<string>;
  /** By identifier. */
  readonly threads: ReadonlyMap<string, ThreadId>;
  readonly latestThread: ThreadId | null;
  readonly locals: ThreadLocals;
  /** Whether Wasm code of this thread forked: from then on its traps end all of the group. */
  readonly hasForked: boolean;
  /** Threads that `thread-spawn` made for it. */
  readonly spawned: number;
  /** Actions begun so far. */
  readonly actions: number;
  readonly moduleCount: number;
  readonly allocations: number;
  readonly log: Log;
}

/** The number of the thread that is being made by `thread-spawn`; null if none is. */
export type Spawns = ThreadId | null;

/** What the thread waits for an answer to. */
export type Task<S> =
  /** The lengths that imports' types depend on; the first of `pending` is asked for. */
  | {
      readonly kind: 'lengths';
      readonly lengths: ReadonlyMap<Region, number>;
      readonly pending: readonly AccessRequest[];
    }
  /** Request number `next` of the instantiation. */
  | { readonly kind: 'instantiate'; readonly linked: Linked; readonly next: number }
  /** `asked`: requests before, counted only where actions are given up (`ScriptMachineOptions`). */
  | {
      readonly kind: 'start';
      readonly linked: Linked;
      readonly inner: S;
      readonly asked: number;
      readonly spawns: Spawns;
    }
  | { readonly kind: 'invoke'; readonly inner: S; readonly asked: number; readonly spawns: Spawns }
  | { readonly kind: 'get'; readonly global: Extract<GlobalInst, { kind: 'mutable' }> }
  | { readonly kind: 'fork'; readonly id: string | null }
  | { readonly kind: 'join' }
  /** The script has ended, or a trap ends its group. */
  | { readonly kind: 'over'; readonly trapped: boolean };

export type ScriptState<S> =
  | { readonly kind: 'script'; readonly session: Session; readonly task: Task<S> }
  /** A thread of Wasm's `fork`. */
  | { readonly kind: 'call'; readonly inner: S };

export interface AssertionRecord {
  readonly at: Span;
  readonly holds: boolean;
  readonly message: string | null;
}

/** What a script thread did so far. */
export interface ScriptLog {
  readonly actions: readonly ActionRecord[];
  /** Assertions, and other commands that failed. */
  readonly assertions: readonly AssertionRecord[];
  /** Every command that ended, in order. */
  readonly commands: readonly CommandRecord[];
  /** The action in progress. */
  readonly running: number | null;
  /** The command in progress. */
  readonly current: ProgramCommand | null;
  readonly ended: boolean;
}

const NOTHING: ScriptLog = { actions: [], assertions: [], commands: [], running: null, current: null, ended: false };

/** The log of a state; empty for a thread of Wasm's `fork`. */
export function scriptLog<S>(state: ScriptState<S>): ScriptLog {
  if (state.kind === 'call') return NOTHING;
  const { session, task } = state;
  const entries = entriesOf(session.log);
  const commands = entries.flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []));
  return {
    actions: entries.flatMap((entry) => (entry.kind === 'action' ? [entry.action] : [])),
    assertions: commands.flatMap(assertionOf),
    commands,
    running: task.kind === 'invoke' || task.kind === 'get' ? session.actions - 1 : null,
    current: task.kind === 'over' ? null : (session.start.commands[session.pc] ?? null),
    ended: task.kind === 'over' && !task.trapped,
  };
}

/** A plain action that traps fails no assertion: its trap is an outcome. */
function assertionOf(record: CommandRecord): AssertionRecord[] {
  const { command, at, status, message } = record;
  if (isAssertion(record)) return [{ at, holds: status === 'passed', message }];
  if (status === 'passed') return [];
  if ((command === 'invoke' || command === 'get') && message !== null && message.startsWith('trap: ')) return [];
  return [{ at, holds: false, message }];
}

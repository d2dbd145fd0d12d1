import { assertNever } from '../base/assert.ts';
import type { Source } from '../base/span.ts';
import type { CallStart, Executor } from './executor.ts';
import { kindOf, moduleKindOf } from './judge-action.ts';
import type { Program, ProgramCommand } from './program.ts';
import type { ScheduledThread, Standing, Stop, Store } from './schedule.ts';
import { hasEnded, Schedule } from './schedule.ts';
import type { ScriptMachineOptions } from './script-machine.ts';
import { makeScriptMachine } from './script-machine.ts';
import { GIVEN_UP } from './script-steps.ts';
import type { CommandKind, CommandRecord } from './script-log.ts';
import { isAssertion } from './script-log.ts';
import type { ScriptStart, ScriptState } from './script-state.ts';
import { scriptLog } from './script-state.ts';
import { scriptMain } from './session.ts';

/** What became of one command of a script. Line from 1. */
export type ScriptEntry = { readonly file: string; readonly line: number; readonly kind: CommandKind } & (
  | { readonly status: 'passed' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'skipped'; readonly reason: string }
);

/** How one schedule of a script went. */
export interface ScriptReport {
  /** Every assertion, and every other command that failed or was skipped; in the order of the text. */
  readonly entries: readonly ScriptEntry[];
  /** Which bound stopped it; null if none did. */
  readonly bound: string | null;
}

/** As many actions may use up their accesses before the script as a whole is given up. */
const ACTIONS = 10;

/** What one action may do at most; one that would do more is given up, and the script goes on. */
export interface ActionBounds {
  /** Steps between two requests; as the executor counts them. */
  readonly steps: number;
  /** Requests. All threads together may make {@link ACTIONS} times as many. */
  readonly accesses: number;
}

/**
 * Runs a script as the official interpreters do: one sequentially consistent schedule, all threads in turns, every assertion
 * checked, and on after failures. The calls of a script without `thread`s may run `direct`ly, if none of Wasm's forks is left.
 */
export function runScript<S>(
  program: Program,
  executor: Executor<S>,
  store: Store,
  bounds: ActionBounds,
  direct?: ScriptMachineOptions['direct'],
): ScriptReport {
  const isAlone = !program.commands.some(({ kind }) => kind === 'thread');
  const machine = makeScriptMachine(executor, program, {
    givesUp: bounds.accesses,
    ...(isAlone && direct !== undefined && { direct: (call) => (hasOthers() ? null : direct(call)) }),
  });
  const schedule: Schedule<ScriptState<S>, ScriptStart | CallStart> = new Schedule(
    machine,
    store,
    ACTIONS * bounds.accesses,
  );
  schedule.spawn(scriptMain(program), 'main');
  const stop = schedule.run(null);
  const records = schedule.threads.flatMap((thread) => [
    ...scriptLog(thread.suspended.state).commands,
    ...unfinished(thread, stop),
  ]);
  const shown = records.filter((record) => isAssertion(record) || record.status !== 'passed');
  return {
    entries: shown.toSorted((a, b) => a.at.start - b.at.start).map((record) => entryOf(program.source, record)),
    bound:
      stop === 'bound'
        ? `more than ${ACTIONS * bounds.accesses} accesses`
        : (boundOf(schedule.threads) ?? givenUp(records)),
  };

  /** Whether a thread of Wasm's own forks is still there. */
  function hasOthers(): boolean {
    return schedule.threads.some((thread) => thread.name !== 'main' && !hasEnded(thread));
  }
}

/** Which actions were given up; null if none was. */
function givenUp(records: readonly CommandRecord[]): string | null {
  const limits = records.flatMap(({ message }) =>
    message?.startsWith(GIVEN_UP) === true ? [message.slice(GIVEN_UP.length)] : [],
  );
  const [first] = limits;
  return first === undefined
    ? null
    : `${limits.length} ${limits.length === 1 ? 'action' : 'actions'} given up: ${first}`;
}

function boundOf<S>(threads: readonly ScheduledThread<S>[]): string | null {
  for (const { standing, name } of threads) if (standing.kind === 'bound') return `${standing.what} of thread ${name}`;
  return null;
}

/** The command that a thread could not end, as a failure. */
function unfinished<S>(
  { suspended, standing, ...thread }: ScheduledThread<ScriptState<S>>,
  stop: Stop,
): CommandRecord[] {
  const { current } = scriptLog(suspended.state);
  if (current === null) return [];
  const ended = hasEnded({ suspended, standing, ...thread });
  const message = ended ? whyEnded(standing) : stop === 'bound' ? 'the bound was reached' : whyBlocked(standing);
  return [{ command: commandKind(current), at: current.at, status: 'failed', message }];
}

function whyEnded(standing: Standing): string {
  switch (standing.kind) {
    case 'cut':
      return `ended by a trap of another thread: ${standing.reason}`;
    case 'bound':
      return `the bound was reached: ${standing.what}`;
    default:
      return 'did not end';
  }
}

function whyBlocked(standing: Standing): string {
  return standing.kind === 'joining' ? 'deadlock: the thread never ends' : 'deadlock: nothing wakes the thread';
}

function commandKind(command: ProgramCommand): CommandKind {
  switch (command.kind) {
    case 'action':
    case 'assert_return':
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'assert_exception':
      return kindOf(command);
    case 'module':
    case 'assert_trap_module':
    case 'assert_unlinkable':
      return moduleKindOf(command);
    case 'assert_static':
      return command.assertion;
    case 'refused':
    case 'outside':
      return command.command;
    case 'definition':
      return 'module';
    case 'register':
    case 'thread':
    case 'wait':
      return command.kind;
    default:
      return assertNever(command);
  }
}

function entryOf(source: Source, { at, command, status, message }: CommandRecord): ScriptEntry {
  const entry = { file: source.name, line: source.position(at.start).line, kind: command };
  switch (status) {
    case 'passed':
      return { ...entry, status };
    case 'failed':
      return { ...entry, status, message: message ?? 'failed' };
    case 'skipped':
      return { ...entry, status, reason: message ?? 'skipped' };
    default:
      return assertNever(status);
  }
}

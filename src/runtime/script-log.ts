import { hashText, mix } from '../base/hash.ts';
import type { Span } from '../base/span.ts';
import type { Site } from '../event/request.ts';
import type { Value } from '../syntax/values.ts';
import { valueKey } from './call-start.ts';

/** How an action (`invoke` or `get`) ended. */
export type ActionResult =
  | { readonly kind: 'return'; readonly values: readonly Value[] }
  | { readonly kind: 'trap'; readonly reason: string }
  /** An exception that nobody caught; `exception` is its reference's id. */
  | { readonly kind: 'exception'; readonly exception: number };

/** The `k`-th action of a thread, from 0, assertions' own included [DESIGN, The command line]. */
export interface ActionRecord {
  readonly k: number;
  readonly at: Span;
  readonly result: ActionResult;
}

export type CommandKind =
  | 'module'
  | 'register'
  | 'invoke'
  | 'get'
  | 'thread'
  | 'wait'
  | 'assert_return'
  | 'assert_trap'
  | 'assert_exhaustion'
  | 'assert_invalid'
  | 'assert_malformed'
  | 'assert_unlinkable'
  | 'assert_exception'
  | 'assert_invalid_custom'
  | 'assert_malformed_custom'
  | 'component';

/** What became of a command. Skipped: what it needs was refused before. */
export interface CommandRecord {
  readonly command: CommandKind;
  readonly at: Span;
  readonly status: 'passed' | 'failed' | 'skipped';
  /** Why not passed. */
  readonly message: string | null;
  /** The instruction that trapped, if one did and the command failed. */
  readonly site?: Site;
}

export type LogEntry =
  | { readonly kind: 'action'; readonly action: ActionRecord }
  | { readonly kind: 'command'; readonly command: CommandRecord };

/** A list that grows at its end by sharing what it had; null is empty. */
export type Log = { readonly before: Log; readonly entry: LogEntry } | null;

export function append(before: Log, entry: LogEntry): Log {
  return { before, entry };
}

/** The entries, oldest first. */
export function entriesOf(log: Log): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  for (let rest = log; rest !== null; rest = rest.before) entries.push(rest.entry);
  return entries.toReversed();
}

/** Whether the command is an assertion, which every execution checks. */
export function isAssertion({ command }: CommandRecord): boolean {
  return command.startsWith('assert_');
}

/** Whether the same was done, with the same results. */
export function sameLog(a: Log, b: Log): boolean {
  let [x, y] = [a, b];
  for (; x !== y; [x, y] = [x.before, y.before])
    if (x === null || y === null || !sameEntry(x.entry, y.entry)) return false;
  return true;
}

function sameEntry(a: LogEntry, b: LogEntry): boolean {
  if (a.kind === 'action')
    return (
      b.kind === 'action' &&
      a.action.k === b.action.k &&
      a.action.at.start === b.action.at.start &&
      resultKey(a.action.result) === resultKey(b.action.result)
    );
  if (b.kind !== 'command') return false;
  const [x, y] = [a.command, b.command];
  return (
    x.command === y.command &&
    x.at.start === y.at.start &&
    x.status === y.status &&
    x.message === y.message &&
    x.site?.at.start === y.site?.at.start
  );
}

/** Equal for equal logs. */
export function hashLog(log: Log): number {
  let hash = 0;
  for (let rest = log; rest !== null; rest = rest.before)
    hash = rest.entry.kind === 'action' ? hashText(resultKey(rest.entry.action.result), hash) : mix(hash, 1);
  return hash;
}

function resultKey(result: ActionResult): string {
  switch (result.kind) {
    case 'return':
      return `return ${result.values.map(valueKey).join(' ')}`;
    case 'trap':
      return `trap ${result.reason}`;
    case 'exception':
      return `exception ${result.exception}`;
  }
}

import type { Span } from '../../base/span.ts';
import type { Site } from '../../event/request.ts';
import { isAssertion } from '../../runtime/script-log.ts';
import type { CommandRecord } from '../../runtime/script-log.ts';
import type { ScriptState } from '../../runtime/script-state.ts';
import { entriesOf } from '../../runtime/script-log.ts';

/** A command of a thread that went wrong. */
export interface Problem {
  readonly kind: 'assertion' | 'trap';
  readonly at: Span;
  /** As it stands in the script: `assert_return`, `invoke`. */
  readonly command: string;
  readonly message: string;
  /** The instruction that trapped, where one did. */
  readonly site: Site | null;
  /** Whether it is the last that its thread did. */
  readonly last: boolean;
}

const TRAP = 'trap: ';

/** What went wrong with the commands of a thread that stands so. */
export function problemsOf<S>(state: ScriptState<S>): readonly Problem[] {
  if (state.kind === 'call') return [];
  const records = entriesOf(state.session.log).flatMap((entry) => (entry.kind === 'command' ? [entry.command] : []));
  return records.flatMap((record, i) => problemOf(record, records.slice(i + 1).every(isIdle)));
}

/** Whether it reads nothing: threads of its own may still run. */
function isIdle({ command }: CommandRecord): boolean {
  return command === 'wait' || command === 'thread' || command === 'register';
}

function problemOf(record: CommandRecord, last: boolean): Problem[] {
  const { command, at, status, message, site = null } = record;
  if (status !== 'failed' && !(status === 'skipped' && command.startsWith('assert_'))) return [];
  const isTrap = message?.startsWith(TRAP) === true || message === 'an exception';
  const kind = isTrap && !isAssertion(record) ? 'trap' : 'assertion';
  const reason = kind === 'trap' && message?.startsWith(TRAP) === true ? message.slice(TRAP.length) : message;
  return [{ kind, at, command, message: reason ?? status, site, last }];
}

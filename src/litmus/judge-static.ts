import { assertNever } from '../base/assert.ts';
import type { Source } from '../base/span.ts';
import type { Program, ProgramCommand, ProgramModule, StaticAssertion } from '../runtime/program.ts';
import type { ScriptEntry } from '../runtime/run-script.ts';

/** Kinds of commands that are settled without executing anything. */
export type StaticKind = 'modules' | 'malformed' | 'invalid' | 'unlinkable';

/** What became of a command, less its place. */
type Judged = Pick<ScriptEntry, 'kind'> &
  (
    | { readonly status: 'passed' }
    | { readonly status: 'failed'; readonly message: string }
    | { readonly status: 'skipped'; readonly reason: string }
  );

/**
 * Judges what needs no execution: every module that a script wants valid (those of assert_trap and assert_unlinkable included), and the assertions
 * of the chosen kinds. In the order of the text.
 */
export function judgeStatic({ source, commands }: Program, kinds: ReadonlySet<StaticKind>): readonly ScriptEntry[] {
  const entries: ScriptEntry[] = [];
  collect(commands, kinds, source, new Set(), entries);
  return entries;
}

function collect(
  commands: readonly ProgramCommand[],
  kinds: ReadonlySet<StaticKind>,
  source: Source,
  seen: Set<object>,
  entries: ScriptEntry[],
): void {
  for (const command of commands) {
    const line = source.position(command.at.start).line;
    for (const judged of judge(command, kinds, seen)) entries.push({ file: source.name, line, ...judged });
    if (command.kind === 'thread') collect(command.commands, kinds, source, seen, entries);
  }
}

function judge(command: ProgramCommand, kinds: ReadonlySet<StaticKind>, seen: Set<object>): readonly Judged[] {
  /** A module counts once, however often it is instantiated. */
  const valid = (module: ProgramModule | null): readonly Judged[] => {
    if (module === null || seen.has(module.valid) || !kinds.has('modules')) return [];
    seen.add(module.valid);
    return [{ kind: 'module', status: 'passed' }];
  };
  switch (command.kind) {
    case 'module':
    case 'definition':
    case 'assert_trap_module':
      return valid(command.module);
    case 'assert_unlinkable':
      return [...valid(command.module), ...asserted('assert_unlinkable', command.byTypes, kinds)];
    case 'assert_static':
      return [...valid(command.module), ...asserted(command.assertion, command.verdict, kinds)];
    case 'refused': {
      const message = command.diagnostics[0]?.message ?? 'refused';
      return kinds.has('modules') ? [{ kind: 'module', status: 'failed', message }] : [];
    }
    case 'outside': {
      const { command: kind, reason } = command;
      const chosen = kind in KIND_OF ? kinds.has(KIND_OF[kind as StaticAssertion]) : kinds.has('modules');
      return chosen ? [{ kind, status: 'skipped', reason }] : [];
    }
    case 'register':
    case 'action':
    case 'assert_return':
    case 'assert_trap':
    case 'assert_exhaustion':
    case 'assert_exception':
    case 'thread':
    case 'wait':
      return [];
    default:
      return assertNever(command);
  }
}

const KIND_OF: Readonly<Record<StaticAssertion, StaticKind>> = {
  assert_malformed: 'malformed',
  assert_malformed_custom: 'malformed',
  assert_invalid: 'invalid',
  assert_invalid_custom: 'invalid',
  assert_unlinkable: 'unlinkable',
};

function asserted(
  kind: StaticAssertion,
  verdict: { readonly ok: true } | { readonly ok: false; readonly error: string },
  kinds: ReadonlySet<StaticKind>,
): readonly Judged[] {
  if (!kinds.has(KIND_OF[kind])) return [];
  return [verdict.ok ? { kind, status: 'passed' } : { kind, status: 'failed', message: verdict.error }];
}

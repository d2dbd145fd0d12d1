import { assertNever } from '../base/assert.ts';
import type { Action } from '../syntax/script.ts';
import { matchesPatterns, printPatterns, printValues, sameMessage } from './patterns.ts';
import type { ProgramCommand } from './program.ts';
import type { Refs } from './references.ts';
import type { ActionResult, CommandKind } from './script-log.ts';

export type ActionCommand = Extract<ProgramCommand, { readonly action: Action }>;

export function kindOf(command: ActionCommand): CommandKind {
  return command.kind === 'action' ? command.action.kind : command.kind;
}

/** Why the result is not what the command expects; null if it is. */
export function judgeAction(command: ActionCommand, result: ActionResult, refs: Refs): string | null {
  switch (command.kind) {
    case 'action':
      return result.kind === 'return' ? null : printResult(result);
    case 'assert_return':
      if (result.kind === 'return' && matchesPatterns(command.results, result.values, refs)) return null;
      return `expected ${printPatterns(command.results)}, got ${printResult(result)}`;
    case 'assert_trap':
    case 'assert_exhaustion':
      if (result.kind === 'trap' && sameMessage(result.reason, command.message)) return null;
      return `expected trap: ${command.message}, got ${printResult(result)}`;
    case 'assert_exception':
      return result.kind === 'exception' ? null : `expected an exception, got ${printResult(result)}`;
    default:
      return assertNever(command);
  }
}

function printResult(result: ActionResult): string {
  switch (result.kind) {
    case 'trap':
      return `trap: ${result.reason}`;
    case 'exception':
      return 'an exception';
    default:
      return printValues(result.values);
  }
}

export type ModuleCommand = Extract<
  ProgramCommand,
  { readonly kind: 'module' | 'assert_trap_module' | 'assert_unlinkable' }
>;

/** How an instantiation ended. */
export type ModuleResult =
  | { readonly kind: 'instantiated' }
  | { readonly kind: 'unlinkable'; readonly message: string }
  | { readonly kind: 'trap'; readonly reason: string };

export function moduleKindOf({ kind }: ModuleCommand): CommandKind {
  return kind === 'assert_trap_module' ? 'assert_trap' : kind;
}

export function judgeModule(command: ModuleCommand, result: ModuleResult): string | null {
  switch (command.kind) {
    case 'module':
      return result.kind === 'instantiated' ? null : printModuleResult(result);
    case 'assert_trap_module':
      if (result.kind === 'trap' && sameMessage(result.reason, command.message)) return null;
      return `expected trap: ${command.message}, got ${printModuleResult(result)}`;
    case 'assert_unlinkable':
      if (result.kind === 'unlinkable' && sameMessage(result.message, command.message)) return null;
      return `expected "${command.message}", got ${printModuleResult(result)}`;
    default:
      return assertNever(command);
  }
}

function printModuleResult(result: ModuleResult): string {
  switch (result.kind) {
    case 'instantiated':
      return 'an instance';
    case 'unlinkable':
      return `"${result.message}"`;
    case 'trap':
      return `trap: ${result.reason}`;
    default:
      return assertNever(result);
  }
}

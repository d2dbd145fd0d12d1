import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Value } from '../../syntax/values.ts';
import type { Tag } from './tag.ts';

/** How a call ended. */
export type CallResult =
  | { readonly kind: 'return'; readonly values: readonly Value[] }
  | Trapped
  /** An exception that no code caught. */
  | { readonly kind: 'exception'; readonly tag: Tag; readonly values: readonly Value[] }
  /** The function, or a host function that it called, ended the thread. */
  | { readonly kind: 'exit'; readonly code: bigint }
  /** It waits, and nothing in the compartment will wake it. */
  | { readonly kind: 'deadlock' }
  /** It took more steps or requests than it may. */
  | { readonly kind: 'bound'; readonly what: string }
  | Refused;

export interface Trapped {
  readonly kind: 'trap';
  readonly reason: string;
  /** What a host function threw, where that is the reason. */
  readonly cause?: unknown;
}

/** The call was a mistake: nothing ran and nothing changed. */
export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
}

export function refused(message: string): Refused {
  return { kind: 'refused', message };
}

/** Why there is no instance. */
export type InstantiateFailure =
  /** The text or bytes are no module, or not a valid one. */
  | { readonly kind: 'invalid'; readonly message: string; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'unlinkable'; readonly message: string }
  /** A segment, or the start function. What had happened before stays so. */
  | { readonly kind: 'trap'; readonly message: string; readonly cause?: unknown }
  | Refused;

/** Thrown by what gives values rather than results, such as `Func.invoke`. */
export class CallError extends Error {
  readonly result: Exclude<CallResult, { kind: 'return' }>;

  constructor(result: Exclude<CallResult, { kind: 'return' }>) {
    super(describeEnd(result), 'cause' in result ? { cause: result.cause } : undefined);
    this.name = 'CallError';
    this.result = result;
  }
}

function describeEnd(result: Exclude<CallResult, { kind: 'return' }>): string {
  switch (result.kind) {
    case 'trap':
      return `trap: ${result.reason}`;
    case 'exception':
      return 'uncaught exception';
    case 'exit':
      return `the thread was ended with code ${result.code}`;
    case 'deadlock':
      return 'the call waits for ever';
    case 'bound':
      return `the bound was reached: ${result.what}`;
    case 'refused':
      return result.message;
  }
}

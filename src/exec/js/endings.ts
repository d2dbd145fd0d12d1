import { NOWHERE } from '../../base/span.ts';
import type { Site, TrapRequest } from '../../event/request.ts';
import type { Ending } from '../sequential.ts';

/** How compiled code is left other than by returning: by an exception of JavaScript, caught where the call began. */

export class Trapped extends Error {
  readonly request: TrapRequest;

  constructor(request: TrapRequest) {
    super(request.reason);
    this.request = request;
  }
}

/** Its fuel is used up, or it waits and nothing will wake it. */
export class Ended extends Error {
  readonly ending: Extract<Ending, { readonly kind: 'bound' | 'deadlock' }>;

  constructor(ending: Extract<Ending, { readonly kind: 'bound' | 'deadlock' }>) {
    super(ending.kind);
    this.ending = ending;
  }
}

const UNKNOWN_SITE: Site = { at: NOWHERE, text: 'call', shows: null };

export function trap(reason: string, more: Pick<TrapRequest, 'exception' | 'cause'> = {}): never {
  throw new Trapped({ kind: 'trap', reason, ...more, site: UNKNOWN_SITE });
}

/**
 * The ending that something thrown is; null for what is none. V8 says by a `RangeError` both that a view was accessed out of its bounds and that its
 * own stack is used up.
 */
export function endingOf(thrown: unknown, site: Site): Ending | null {
  if (thrown instanceof Trapped)
    return thrown.request.site === UNKNOWN_SITE ? { ...thrown.request, site } : thrown.request;
  if (thrown instanceof Ended) return thrown.ending.kind === 'bound' ? { ...thrown.ending, site } : thrown.ending;
  if (!(thrown instanceof Error)) return null;
  if (thrown.message.includes('call stack') || thrown.message.includes('recursion'))
    return { kind: 'trap', reason: 'call stack exhausted', site };
  return thrown instanceof RangeError ? { kind: 'trap', reason: 'out of bounds memory access', site } : null;
}

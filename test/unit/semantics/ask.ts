import type { Request, Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import type { FuncType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { FuncInst } from '../../../src/runtime/instance.ts';
import { alone } from './build.ts';
import { semantics } from './world.ts';

/** What code asks, with answers written by hand. */

export const at = { start: 0, end: 0 };
export const OOB: Response = { kind: 'out-of-bounds' };
export const units = (...u: number[]): Response => ({ kind: 'units', units: u });

interface Asked {
  readonly requests: readonly Request[];
  readonly results: readonly Value[] | null;
}

/** Answers a function's requests with these answers, one by one. */
export function askFunc(func: FuncInst, answers: readonly Response[], args: readonly Value[] = []): Asked {
  const machine = semantics();
  let now = machine.start(callStart(func, args, new Map()));
  const requests = [now.request];
  for (const answer of answers) {
    now = machine.resume(now.state, answer);
    requests.push(now.request);
  }
  return { requests, results: now.request.kind === 'done' ? machine.completion(now.state).results : null };
}

export function ask(
  type: FuncType,
  body: Expr,
  answers: readonly Response[],
  more: Parameters<typeof alone>[2] = {},
): Asked {
  return askFunc(alone(type, body, more), answers);
}

export const trapped = (reason: string, text: string, shows: string | null = null): Request => ({
  kind: 'trap',
  reason,
  site: { at, text, shows },
});

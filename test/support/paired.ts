import { mix } from '../../src/base/hash.ts';
import { isDeepStrictEqual } from 'node:util';
import type { Request } from '../../src/event/request.ts';
import type { Units } from '../../src/event/units.ts';
import { isFill, unitAt } from '../../src/event/units.ts';
import { valueKey } from '../../src/runtime/call-start.ts';
import type { Executor, Suspended, ThreadLocals } from '../../src/runtime/executor.ts';

/** The executors did not do the same. */
export class Disagreement extends Error {}

/**
 * Two executors as one: both are given the same starts and answers, and every request, result and thread-local must be the same. Where
 * one of them reaches its own bound (their steps are not alike), the pair has.
 */
export function paired<A, B>(
  a: Executor<A>,
  b: Executor<B>,
  seen?: (request: Request) => void,
): Executor<readonly [A, B]> {
  function both(left: Suspended<A>, right: Suspended<B>): Suspended<readonly [A, B]> {
    const state = [left.state, right.state] as const;
    const bound = [left.request, right.request].find(({ kind }) => kind === 'bound');
    if (bound !== undefined) return { state, request: bound };
    seen?.(left.request);
    if (!isDeepStrictEqual(comparable(left.request), comparable(right.request)))
      throw new Disagreement(`${a.name} asks ${show(left.request)}\n${b.name} asks ${show(right.request)}`);
    const [mine, theirs] = [localsKey(a.threadLocals(left.state)), localsKey(b.threadLocals(right.state))];
    if (mine !== theirs) throw new Disagreement(`${a.name} has thread-locals ${mine}, ${b.name} ${theirs}`);
    return { state, request: left.request };
  }
  return {
    name: a.name,
    start: (start) => both(a.start(start), b.start(start)),
    resume: ([x, y], answer) => both(a.resume(x, answer), b.resume(y, answer)),
    sameState: ([x, y], [u, v]) => a.sameState(x, u) && b.sameState(y, v),
    stateHash: ([x, y]) => mix(a.stateHash(x), b.stateHash(y)),
    completion([x, y]) {
      const [left, right] = [a.completion(x), b.completion(y)];
      const [mine, theirs] = [left.results.map(valueKey).join(), right.results.map(valueKey).join()];
      if (mine !== theirs) throw new Disagreement(`${a.name} returns ${mine}, ${b.name} ${theirs}`);
      return left;
    },
    threadLocals: ([x]) => a.threadLocals(x),
  };
}

function localsKey(locals: ThreadLocals): string {
  return [...locals]
    .map(([addr, value]) => `${addr}=${valueKey(value)}`)
    .toSorted()
    .join();
}

/** A request as data: units by what they hold, a fork's start by its key. */
export function comparable(request: Request): unknown {
  switch (request.kind) {
    case 'access':
      return {
        ...request,
        actions: request.actions.map((action) => {
          if (action.kind === 'wr') return { ...action, written: unitsText(action.written) };
          if (action.kind !== 'rmw') return action;
          const { update } = action;
          return update.op === 'cmpxchg'
            ? {
                ...action,
                update: { ...update, expected: unitsText(update.expected), replacement: unitsText(update.replacement) },
              }
            : { ...action, update: { ...update, operand: unitsText(update.operand) } };
        }),
      };
    case 'wait':
      return { ...request, expected: unitsText(request.expected) };
    case 'new':
      return { ...request, contents: unitsText(request.contents) };
    case 'fork':
      return { ...request, start: request.start.key };
    case 'trap':
      return { ...request, cause: String(request.cause) };
    default:
      return request;
  }
}

function unitsText(units: Units): string {
  if (isFill(units))
    return units.length > 16
      ? `${units.fill}*${units.length}`
      : Array.from({ length: units.length }, () => units.fill).join();
  const first = unitAt(units, 0);
  const isRun = units.length > 16 && Array.from(units).every((unit) => unit === first);
  return isRun ? `${first}*${units.length}` : Array.from(units).join();
}

function show(request: Request): string {
  return JSON.stringify(comparable(request), (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
}

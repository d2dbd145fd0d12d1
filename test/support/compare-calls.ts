import type { Request } from '../../src/event/request.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import type { CallStart, Executor, ThreadLocals } from '../../src/runtime/executor.ts';
import type { FuncInst } from '../../src/runtime/instance.ts';
import type { Value } from '../../src/syntax/values.ts';
import type { Choices } from '../property/generators/modules/choices.ts';
import { compareThread } from './agreement.ts';
import { storeAnswers, wildAnswers } from './answering.ts';
import type { Generated } from './generated-instance.ts';
import { someArguments } from './generated-instance.ts';
import { Disagreement } from './paired.ts';

/** Calls of a generated instance's functions on two executors, which must agree. */
export interface Calls<A, B> {
  readonly left: Executor<A>;
  readonly right: Executor<B>;
  /** The function that the right side calls for this one; without it the same. */
  readonly instead?: (func: FuncInst) => FuncInst;
  readonly seen?: (request: Request) => void;
}

export interface CallOptions {
  /** Calls of each function: every other one is answered wildly, and its states are resumed again and compared. */
  readonly times: number;
  readonly values?: (func: FuncInst, c: Choices) => readonly Value[] | null;
}

const REQUESTS = 30;
const THREADS = 3;

/** Calls each of the functions; the context of one call is that of the next. Throws a {@link Disagreement} that says where. */
export function compareCalls<A, B>(
  { left, right, instead = (func) => func, seen }: Calls<A, B>,
  generated: Generated,
  funcs: readonly FuncInst[],
  c: Choices,
  { times, values = (func, choices) => someArguments(generated, func, choices) }: CallOptions,
): void {
  let locals: ThreadLocals = new Map();
  for (const func of funcs) {
    for (let k = 0; k < times; k++) {
      const args = values(func, c);
      if (args === null) continue;
      const wild = k % 2 === 1;
      const start = started(func, args, locals, c.chance(1, 4));
      const queue: (readonly [CallStart, CallStart])[] = [[start, { ...start, func: instead(func) }]];
      for (let thread = 0; thread < THREADS; thread++) {
        const next = queue.shift();
        if (next === undefined) break;
        const answer = (wild ? wildAnswers : storeAnswers)(generated.store, c);
        const again = wild ? { again: wildAnswers(generated.store, c) } : {};
        try {
          const [mine, theirs] = next;
          const outcome = compareThread(
            { executor: left, start: mine },
            { executor: right, start: theirs },
            { answer, ...again, requests: REQUESTS, states: wild, ...(seen && { seen }) },
          );
          queue.push(...outcome.forked);
          locals = outcome.locals ?? locals;
        } catch (error) {
          const reason = error instanceof Error ? error : new Error(String(error));
          const where = `function ${func.key}, call ${k}${wild ? ', wild answers' : ''}, thread ${thread}`;
          throw error instanceof Disagreement
            ? new Disagreement(`${where}:\n${reason.message}`)
            : new Error(`${where}: ${reason.message}`, { cause: error });
        }
      }
    }
  }
}

function started(func: FuncInst, args: readonly Value[], locals: ThreadLocals, tells: boolean): CallStart {
  const start = callStart(func, args, locals);
  return tells ? { ...start, tells: true } : start;
}

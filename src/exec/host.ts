import { known } from '../base/assert.ts';
import type { Request, Response, Site } from '../event/request.ts';
import type { HostAsk, HostFuncInst } from '../runtime/instance.ts';
import { HostException, HostTrap } from '../runtime/instance.ts';
import { printValue } from '../syntax/print-values.ts';
import type { Value } from '../syntax/values.ts';
import { wordsOfAll } from './code.ts';
import { end, finish } from './endings.ts';
import { trap } from './events-common.ts';
import type { Thread } from './thread.ts';
import { readValues, writeValues } from './values.ts';

/**
 * Calls of host functions. While the thread is suspended in one, `thread.host` is that function, the thread's place is where it goes on, and
 * at the base of the call are the results, or the arguments if the function asks and gives its results by the answer.
 */

/** What the thread asks, or ends with; or what the function threw, for its caller to catch. The arguments are at `base`. */
export function callHost(thread: Thread, func: HostFuncInst, base: number, site: Site): Request | HostException {
  if (!thread.reserve(base + wordsOfAll(func.type.results)))
    return end(thread, thread.pc, thread.fp, trap('call stack exhausted', site));
  const args = readValues(thread.words, base, func.type.params);
  try {
    if (func.asks !== undefined) return ask(thread, func, func.asks, args, base, site);
    const results = func.call(args);
    putResults(thread, base, func, results);
  } catch (error) {
    if (error instanceof HostException) return error;
    return end(thread, thread.pc, thread.fp, trapOf(func, error, site));
  }
  thread.host = func;
  return { kind: 'host', name: func.name, args: args.map(printValue), site };
}

function ask(
  thread: Thread,
  func: HostFuncInst,
  asks: HostAsk,
  args: readonly Value[],
  base: number,
  site: Site,
): Request {
  const request = asks.request(args, thread.inherit ? thread.sharedLocals() : new Map(), site);
  if (request.kind === 'done') {
    finish(thread, 0);
    return request;
  }
  if (request.kind === 'trap') return end(thread, thread.pc, thread.fp, request);
  thread.host = func;
  thread.live = base + wordsOfAll(func.type.params);
  return request;
}

function trapOf({ name }: HostFuncInst, error: unknown, site: Site): Request {
  if (error instanceof HostTrap) return trap(error.message, site);
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'trap', reason: `host function ${name} threw: ${message}`, cause: error, site };
}

/** The thread goes on with the results of the host function that it is suspended in. */
export function takeHost(thread: Thread, answer: Response): void {
  const func = known(thread.host ?? undefined, 'host function');
  thread.host = null;
  if (func.asks === undefined) return;
  const base = baseOf(thread);
  const args = readValues(thread.words, base, func.type.params);
  putResults(thread, base, func, func.asks.results(args, answer));
}

/** Every call ends in the word that says where its arguments and results are. */
function baseOf({ frames, pc, fp }: Thread): number {
  const linked = frames.at(-1);
  return linked === undefined ? 0 : fp + known(linked.code.words[pc - 1], 'base');
}

function putResults(thread: Thread, base: number, { type }: HostFuncInst, results: readonly Value[]): void {
  const live = base + wordsOfAll(type.results);
  thread.reserve(live);
  writeValues(thread.words, base, results);
  thread.live = live;
}

import { known } from '../base/assert.ts';
import type { Request, Site } from '../event/request.ts';
import type { Linked } from './code.ts';
import { trap } from './events-common.ts';
import type { Thread } from './thread.ts';
import { readValue } from './values.ts';

/** How a thread ends. */

/** It has returned from its first function, with results of so many words. */
export function finish(thread: Thread, words: number): Request {
  thread.frames.length = 0;
  thread.pc = -1;
  thread.fp = 0;
  thread.live = words;
  const code = thread.tells && words > 0 ? codeOf(thread) : null;
  return code === null ? { kind: 'done' } : { kind: 'done', code };
}

/** What a joining thread is told: the first result, if it is an integer. */
function codeOf({ words, root }: Thread): bigint | null {
  const type = known(root ?? undefined, 'first function').type.results[0];
  if (type !== 'i32' && type !== 'i64') return null;
  const value = readValue(words, 0, type);
  return value.type === 'i32' || value.type === 'i64' ? BigInt(value.value) : null;
}

/** It ends here: nothing is live any more. */
export function end(thread: Thread, pc: number, fp: number, request: Request): Request {
  thread.pc = ~pc;
  thread.fp = fp;
  thread.live = 0;
  return request;
}

export function stop(thread: Thread, linked: Linked, pc: number, fp: number, reason: string): Request {
  return end(thread, pc, fp, trap(reason, siteAt(linked, pc)));
}

/** It may go on from here with more fuel. */
export function exhausted(thread: Thread, linked: Linked, pc: number, fp: number): Request {
  thread.fuel = 0;
  return end(thread, pc, fp, { kind: 'bound', what: 'steps', site: siteAt(linked, pc) });
}

export function siteAt(linked: Linked, pc: number): Site {
  return linked.code.sites.get(pc) ?? linked.code.site;
}

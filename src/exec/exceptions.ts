import { assert, known } from '../base/assert.ts';
import type { Request, Site } from '../event/request.ts';
import type { Reference, Refs } from '../runtime/references.ts';
import type { CatchClause, Handler, Linked } from './code.ts';
import { end } from './endings.ts';
import type { Thread } from './thread.ts';
import { writeValues } from './values.ts';
import { wordsOfAll } from './code.ts';

type Exception = Extract<Reference, { kind: 'exn' }>;

/**
 * Lets the innermost handler that catches the exception go on: the frames above it go. `at` is a place in the code of the innermost frame, in
 * the operation that throws. Null, or the end of the thread if there is no handler.
 */
export function unwind(thread: Thread, refs: Refs, id: number, at: number, site: Site): Request | null {
  const exception = refs.get(id);
  assert(exception.kind === 'exn', 'an exception is thrown');
  const { frames, words } = thread;
  let place = at;
  for (let linked = frames.at(-1); linked !== undefined; linked = frames.at(-1)) {
    const caught = findHandler(linked, place, exception);
    if (caught !== null) {
      goOnAfter(thread, caught, exception, id);
      return null;
    }
    const link = thread.fp + linked.code.localWords;
    // In the call that the frame returns to.
    place = known(words[link], 'link') - 1;
    frames.pop();
    if (frames.length > 0) thread.fp = known(words[link + 1], 'link');
  }
  return end(thread, 0, 0, { kind: 'trap', reason: 'uncaught exception', exception: id, site });
}

interface Caught {
  readonly handler: Handler;
  readonly clause: CatchClause;
}

function findHandler({ code, module }: Linked, place: number, { tag }: Exception): Caught | null {
  for (const handler of code.handlers) {
    if (place < handler.start || place >= handler.end) continue;
    const clause = handler.catches.find((each) => each.tag === null || module.tags[each.tag]?.key === tag.key);
    if (clause !== undefined) return { handler, clause };
  }
  return null;
}

/** What is caught becomes the operands of the clause's code; a clause for all exceptions gets no arguments. */
function goOnAfter(thread: Thread, { handler, clause }: Caught, { tag, args }: Exception, id: number): void {
  const at = thread.fp + handler.word;
  if (clause.tag !== null) writeValues(thread.words, at, args);
  if (clause.withReference) thread.words[at + (clause.tag === null ? 0 : wordsOfAll(tag.params))] = id;
  thread.pc = clause.pc;
}

import { assert } from '../base/assert.ts';
import { NOWHERE } from '../base/span.ts';
import type { Request, Response, Site } from '../event/request.ts';
import type { CallStart, Completion, Executor, ExecutorOptions, Suspended } from '../runtime/executor.ts';
import type { HostFuncInst } from '../runtime/instance.ts';
import { HostException } from '../runtime/instance.ts';
import type { Value } from '../syntax/values.ts';
import { wordsOfAll } from './code.ts';
import { end, finish } from './endings.ts';
import { trap } from './events-common.ts';
import { callHost, takeHost } from './host.ts';
import { link } from './link.ts';
import type { World } from './machine.ts';
import { run } from './machine.ts';
import type { ExecState } from './thread.ts';
import { sameActivation, sameState, stateHash, Thread } from './thread.ts';
import { readValues, writeValues } from './values.ts';

/**
 * The fast executor. Its threads are run in place by one reused {@link Thread}; starting and resuming as values copies the live words
 * out of it and into it.
 */
export function makeExec({ readings, fuel }: ExecutorOptions): Executor<ExecState> {
  const inherit = readings['thread-local'] === 'inherit';
  let spare: Thread | null = new Thread(inherit);

  /** A host function may call back into the executor, so the spare thread may be in use. */
  function suspended(advance: (thread: Thread) => Request): Suspended<ExecState> {
    const thread = spare ?? new Thread(inherit);
    spare = null;
    try {
      const request = advance(thread);
      return { state: thread.save(), request };
    } finally {
      spare = thread;
    }
  }

  return {
    name: 'exec',
    start: (start) => suspended((thread) => begin(thread, start, null, fuel)),
    resume: (state, response) =>
      suspended((thread) => {
        thread.load(state);
        return goOn(thread, response, null, fuel);
      }),
    sameState,
    sameActivation,
    stateHash,
    completion,
    threadLocals: ({ locals }) => locals,
  };
}

/** Runs a thread from its start, in place. */
export function begin(thread: Thread, start: CallStart, world: World | null, fuel: number): Request {
  const { func, args } = start;
  thread.begin(start);
  thread.fuel = fuel;
  if (func.kind === 'host') return beginOutside(thread, func, args, world);
  const linked = link(func);
  const { paramWords, frameWords } = linked.code;
  thread.reserve(frameWords);
  thread.words.fill(0, paramWords, frameWords);
  writeValues(thread.words, 0, args);
  thread.frames.push(linked);
  return run(thread, world, fuel, null);
}

/** A host function without a caller: nobody can catch what it throws. */
function beginOutside(thread: Thread, func: HostFuncInst, args: readonly Value[], world: World | null): Request {
  const site: Site = { at: NOWHERE, text: 'invoke', shows: null };
  thread.reserve(4 * args.length);
  writeValues(thread.words, 0, args);
  const asked = callHost(thread, func, 0, site);
  if (asked instanceof HostException) return end(thread, 0, 0, trap('uncaught exception', site));
  const answer = world === null || thread.host === null ? null : world.answer(asked);
  return answer === null ? asked : goOn(thread, answer, world, thread.fuel);
}

/** Runs a suspended thread whose request has been answered, in place. */
export function goOn(thread: Thread, response: Response, world: World | null, fuel: number): Request {
  if (thread.frames.length > 0) return run(thread, world, fuel, response);
  assert(thread.host !== null, 'a thread that has not ended');
  takeHost(thread, response);
  thread.fuel = fuel;
  return finish(thread, thread.live);
}

/** A thread that ended by an exit has no results. */
function completion({ root, words, frames, locals }: ExecState): Completion {
  assert(frames.length === 0, 'a thread that is done');
  const { results } = root.type;
  return { results: words.length === wordsOfAll(results) ? readValues(words, 0, results) : [], locals };
}

import { assert } from '../base/assert.ts';
import { NOWHERE } from '../base/span.ts';
import type { Request, Response } from '../event/request.ts';
import type { CallStart, Completion, Executor, ExecutorOptions, Suspended } from '../runtime/executor.ts';
import type { World } from './machine.ts';
import { callHost, finish, run } from './machine.ts';
import { link } from './link.ts';
import type { ExecState } from './thread.ts';
import { Thread, sameState } from './thread.ts';
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
    completion,
    threadLocals: ({ locals }) => locals,
  };
}

/** Runs a thread from its start, in place. */
export function begin(thread: Thread, { func, args, locals }: CallStart, world: World | null, fuel: number): Request {
  thread.begin(func, locals);
  if (func.kind === 'host') {
    thread.reserve(4 * args.length);
    writeValues(thread.words, 0, args);
    const request = callHost(thread, func, 0, { at: NOWHERE, text: 'invoke', shows: null });
    if (world === null || world.answer(request) === null) return request;
    thread.fuel = fuel;
    return finish(thread, thread.live);
  }
  const linked = link(func);
  const { paramWords, frameWords } = linked.code;
  thread.reserve(frameWords);
  thread.words.fill(0, paramWords, frameWords);
  writeValues(thread.words, 0, args);
  thread.frames.push(linked);
  return run(thread, world, fuel, null);
}

/** Runs a suspended thread whose request has been answered, in place. */
export function goOn(thread: Thread, response: Response, world: World | null, fuel: number): Request {
  if (thread.frames.length > 0) return run(thread, world, fuel, response);
  assert(thread.pc >= 0, 'a thread that has not ended');
  return finish(thread, thread.live);
}

function completion({ root, words, frames, locals }: ExecState): Completion {
  assert(frames.length === 0, 'a thread that is done');
  return { results: readValues(words, 0, root.type.results), locals };
}

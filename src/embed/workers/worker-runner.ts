import { Bug } from '../../base/assert.ts';
import type { Request, Response } from '../../event/request.ts';
import { effectiveAddress } from '../../exec/addresses.ts';
import type { Linked } from '../../exec/code.ts';
import type { EventSite } from '../../exec/events.ts';
import { begin } from '../../exec/executor.ts';
import type { World } from '../../exec/machine.ts';
import type { DirectBytes } from '../../exec/store.ts';
import { Thread } from '../../exec/thread.ts';
import { readValues } from '../../exec/values.ts';
import { known } from '../../base/assert.ts';
import { callStart } from '../../runtime/call-start.ts';
import type { CallEnd } from '../../runtime/embed/calls.ts';
import type { Runner } from '../../runtime/embed/parts.ts';
import type { ExecutorOptions } from '../../runtime/executor.ts';
import { endOf } from '../runner.ts';
import { WorkerStore } from './worker-store.ts';

/** Calls over a store that other workers use meanwhile: ordinary accesses of memories go to their bytes, all others to Atomics. */
export function makeWorkerRunner({ fuel }: ExecutorOptions): Runner {
  return (store, func, args, locals) => {
    if (!(store instanceof WorkerStore)) throw new Bug('a worker runs over its store');
    const thread = new Thread(false);
    const request = begin(thread, callStart(func, args, locals), worldOf(store), fuel);
    return { end: endAt(request, thread, func.type.results), locals: thread.sharedLocals() };
  };
}

function endAt(request: Request, thread: Thread, results: Parameters<typeof readValues>[2]): CallEnd {
  switch (request.kind) {
    case 'done':
      return { kind: 'return', values: readValues(thread.words, 0, results) };
    case 'trap':
    case 'bound':
      return endOf(request);
    default:
      throw new Bug(`a worker asks for ${request.kind}`);
  }
}

function worldOf(store: WorkerStore): World {
  return {
    answer(request: Request): Response | null {
      const answer = store.answer(request);
      return answer === null || answer.kind === 'waiter' ? null : answer;
    },
    memory({ module }: Linked): DirectBytes | null {
      const memory = module.memories[0];
      return memory === undefined ? null : store.direct(memory.data);
    },
    /** Whole aligned words, which do not tear in a typed array, and whatever may. */
    perform(thread: Thread, { module }: Linked, event: EventSite, d: number, a: number, b: number): boolean {
      if ((event.kind !== 'load' && event.kind !== 'store') || event.atomic || event.bytes < 4) return false;
      const { bytes, view } = store.direct(known(module.memories[event.memory], 'memory').data);
      const at = effectiveAddress(thread.words, a, event);
      if (at + event.bytes > bytes.length) return false;
      if (event.kind === 'store') {
        for (let word = 0; 4 * word < event.bytes; word++)
          view.setInt32(at + 4 * word, known(thread.words[b + word], 'word'), true);
        return true;
      }
      const low = view.getInt32(at, true);
      thread.words[d] = low;
      for (let word = 1; word < event.words; word++)
        thread.words[d + word] =
          4 * word < event.bytes ? view.getInt32(at + 4 * word, true) : event.signed ? low >> 31 : 0;
      return true;
    },
  };
}

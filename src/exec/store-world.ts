/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { known } from '../base/assert.ts';
import type { Request, Response } from '../event/request.ts';
import type { GlobalInst } from '../runtime/instance.ts';
import type { Linked } from './code.ts';
import { wordsOf } from './code.ts';
import type { EventSite } from './events.ts';
import type { World } from './machine.ts';
import type { DirectBytes, SharedStore } from './store.ts';
import type { Thread } from './thread.ts';
import { bytesAt } from './values.ts';

/** A store as the world of a thread that runs in place, with the commonest events performed at once. */
export function worldOf(store: SharedStore): World {
  return {
    answer(request: Request): Response | null {
      // A wait may block, which is for the scheduler to see.
      if (request.kind === 'wait') return null;
      const answer = store.answer(request);
      return answer === null || answer.kind === 'waiter' ? null : answer;
    },

    memory({ module }: Linked): DirectBytes | null {
      const memory = module.memories[0];
      return memory === undefined ? null : store.direct(memory.data);
    },

    perform(thread: Thread, { module }: Linked, event: EventSite, d: number, a: number, b: number): boolean {
      const s = thread.words;
      switch (event.kind) {
        case 'global.get':
          return getGlobal(thread, known(module.globals[event.global], 'global'), d);
        case 'global.set':
          return setGlobal(thread, known(module.globals[event.global], 'global'), a);
        case 'size':
          s[d] = store.cells(known(module.memories[event.memory], 'memory').length)[0] ?? 0;
          return true;
        case 'load':
        case 'store': {
          const { bytes, view } = store.direct(known(module.memories[event.memory], 'memory').data);
          const at = (s[a]! >>> 0) + event.offset;
          if (at + event.bytes > bytes.length || (event.atomic && at % event.bytes !== 0)) return false;
          if (event.bytes < 4) return false;
          if (event.kind === 'load') {
            s[d] = view.getInt32(at, true);
            if (event.words === 2)
              s[d + 1] = event.bytes === 8 ? view.getInt32(at + 4, true) : event.signed ? s[d]! >> 31 : 0;
          } else {
            view.setInt32(at, s[b]!, true);
            if (event.bytes === 8) view.setInt32(at + 4, s[b + 1]!, true);
          }
          return true;
        }
        default:
          return false;
      }
    },
  };

  function getGlobal(thread: Thread, global: GlobalInst, d: number): boolean {
    if (global.kind !== 'mutable') return false;
    const s = thread.words;
    const { content } = global.type;
    const cells = store.cells(global.val);
    if (typeof content !== 'string') {
      s[d] = cells[0] ?? 0;
      return true;
    }
    for (let word = 0; word < wordsOf(content); word++) {
      const at = 4 * word;
      s[d + word] = cells[at]! | (cells[at + 1]! << 8) | (cells[at + 2]! << 16) | (cells[at + 3]! << 24);
    }
    return true;
  }

  function setGlobal(thread: Thread, global: GlobalInst, a: number): boolean {
    if (global.kind !== 'mutable') return false;
    const { content } = global.type;
    const cells = store.cells(global.val);
    if (typeof content !== 'string') cells[0] = thread.words[a]!;
    else bytesAt(thread.words, a, 4 * wordsOf(content)).forEach((byte, i) => (cells[i] = byte));
    return true;
  }
}

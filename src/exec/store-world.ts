/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { known } from '../base/assert.ts';
import type { Request, Response } from '../event/request.ts';
import type { GlobalInst } from '../runtime/instance.ts';
import { effectiveAddress, putLength } from './addresses.ts';
import type { Linked } from './code.ts';
import { wordsOf } from './code.ts';
import type { EventSite } from './events.ts';
import type { World } from './machine.ts';
import { performCallee, performPlace } from './place-world.ts';
import type { DirectBytes, SharedStore } from './store.ts';
import type { Thread } from './thread.ts';

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

    perform(thread: Thread, { module }: Linked, event: EventSite, d: number, a: number, b: number, c: number): boolean {
      const s = thread.words;
      switch (event.kind) {
        case 'global.get':
          return getGlobal(thread, known(module.globals[event.global], 'global'), d);
        case 'global.set':
          return setGlobal(thread, known(module.globals[event.global], 'global'), a);
        case 'size':
          putLength(s, d, store.cells(known(module.memories[event.memory], 'memory').length)[0] ?? 0, event.wide);
          return true;
        case 'load':
        case 'store': {
          const { bytes, view } = store.direct(known(module.memories[event.memory], 'memory').data);
          const at = effectiveAddress(s, a, event);
          if (at + event.bytes > bytes.length || (event.atomic && at % event.bytes !== 0)) return false;
          if (event.bytes < 4) return false;
          if (event.kind === 'load') {
            s[d] = view.getInt32(at, true);
            const extension = event.signed ? s[d]! >> 31 : 0;
            for (let word = 1; word < event.words; word++)
              s[d + word] = 4 * word < event.bytes ? view.getInt32(at + 4 * word, true) : extension;
          } else {
            for (let word = 0; 4 * word < event.bytes; word++) view.setInt32(at + 4 * word, s[b + word]!, true);
          }
          return true;
        }
        case 'place.get':
        case 'place.set':
          return performPlace(store, s, module, event, d, a, b, c);
        case 'callee':
          return performCallee(store, s, module, event, d, a);
        default:
          return false;
      }
    },
  };

  function getGlobal(thread: Thread, global: GlobalInst, d: number): boolean {
    if (global.kind !== 'mutable') return false;
    const { words } = store.value(global.val);
    const size = wordsOf(global.type.content);
    for (let word = 0; word < size; word++) thread.words[d + word] = words[word]!;
    return true;
  }

  function setGlobal(thread: Thread, global: GlobalInst, a: number): boolean {
    if (global.kind !== 'mutable') return false;
    const { words } = store.value(global.val);
    const size = wordsOf(global.type.content);
    for (let word = 0; word < size; word++) words[word] = thread.words[a + word]!;
    return true;
  }
}

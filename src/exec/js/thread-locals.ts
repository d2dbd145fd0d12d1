/* oxlint-disable typescript/no-non-null-assertion -- indices are in range by construction */
import type { Addr } from '../../event/location.ts';
import type { ThreadLocals } from '../../runtime/executor.ts';
import type { GlobalInst } from '../../runtime/instance.ts';
import { fromUnits, toUnits, unitsOfType } from '../../runtime/value-units.ts';
import { unitAt } from '../../event/units.ts';
import type { Value } from '../../syntax/values.ts';
import type { DirectValue } from '../store.ts';
import { SET } from './globals.ts';
import { DIRTY, INTS } from './longs.ts';

type ThreadLocal = Extract<GlobalInst, { kind: 'thread_local' }>;

interface Held extends DirectValue {
  readonly global: ThreadLocal;
}

/**
 * The thread-locals of the thread that runs in a store, as words for compiled code to work on: taken from a context's map before a
 * call, and given back as a map after it. The words are the state, so this is a class.
 */
export class HeldLocals {
  readonly #held = new Map<Addr, Held>();
  #map: ThreadLocals = new Map();

  /** The words of a global; they begin with the current thread's value. */
  of(global: ThreadLocal): DirectValue {
    let held = this.#held.get(global.addr);
    if (held === undefined) {
      const buffer = new ArrayBuffer(64);
      held = {
        global,
        words: new Int32Array(buffer),
        doubles: new Float64Array(buffer),
        singles: new Float32Array(buffer),
      };
      this.#held.set(global.addr, held);
      load(held, this.#map);
    }
    return held;
  }

  /** Makes these the current thread's. */
  enter(locals: ThreadLocals): void {
    if (locals !== this.#map || INTS[DIRTY] !== 0) {
      this.#map = locals;
      for (const held of this.#held.values()) load(held, locals);
    }
    INTS[DIRTY] = 0;
  }

  /** The current thread's as they are now: the same map if none was set. */
  leave(): ThreadLocals {
    if (INTS[DIRTY] === 0) return this.#map;
    const map = new Map(this.#map);
    for (const { global, words } of this.#held.values())
      if (words[SET] !== 0) map.set(global.addr, valueIn(words, global));
    INTS[DIRTY] = 0;
    this.#map = map;
    return map;
  }
}

function load({ global, words }: Held, locals: ThreadLocals): void {
  const value = locals.get(global.addr);
  write(words, value ?? global.initial);
  words[SET] = value === undefined ? 0 : 1;
}

function write(words: Int32Array, value: Value): void {
  if (value.type === 'ref') {
    words[0] = value.id;
    return;
  }
  const bytes = new Uint8Array(words.buffer);
  const units = toUnits(value);
  for (let i = 0; i < units.length; i++) bytes[i] = unitAt(units, i);
}

function valueIn(words: Int32Array, { type }: ThreadLocal): Value {
  if (typeof type.content !== 'string') return { type: 'ref', id: words[0]! };
  return fromUnits(type.content, new Uint8Array(words.buffer, 0, unitsOfType(type.content)));
}

import type { Addr } from '../../event/location.ts';
import type { Value } from '../../syntax/values.ts';
import type { ThreadLocals } from '../executor.ts';
import type { Compartment } from './compartment.ts';
import type { Block, Slots } from './slots.ts';
import { LocalsView } from './slots.ts';

const NOTHING: Block = new Int32Array(0);

/**
 * What a thread brings to a compartment [DOMAIN 1.5 and 9; WAVM, contexts]: its own values of the thread-local globals, and nothing else. A
 * context without any is one small object; contexts share a block until one of them writes. Made by `Compartment.createContext`.
 */
export class Context {
  readonly compartment: Compartment;
  readonly #slots: Slots;
  #block: Block;
  /** Whether somebody else has the block: another context, or a thread. */
  #lent: boolean;
  #busy = false;

  constructor(compartment: Compartment, slots: Slots, block: Block | null = null) {
    this.compartment = compartment;
    this.#slots = slots;
    this.#block = block ?? NOTHING;
    this.#lent = true;
  }

  /** A context with copies of this one's current values; of another compartment if that is a clone of this one's. */
  clone(home: Compartment = this.compartment): Context {
    this.#lent = true;
    return home.adopt(this, this.#block);
  }

  /** The size of its block, which it may have in common with other contexts; 0 until a thread-local is written. */
  get bytes(): number {
    return this.#block.byteLength;
  }

  /** The values that are no longer the initial ones, as they are now. */
  get locals(): ThreadLocals {
    this.#lent = true;
    return new LocalsView(this.#slots, this.#block);
  }

  read(addr: Addr): Value {
    return this.#slots.read(this.#block, addr);
  }

  write(addr: Addr, value: Value): void {
    if (this.#lent || !this.#slots.covers(this.#block, addr)) {
      this.#block = this.#slots.copy(this.#block);
      this.#lent = false;
    }
    this.#slots.write(this.#block, addr, value);
  }

  /** Lends the context to one call: the thread-locals that it leaves replace those it had. Null if a call has it already. */
  lend<T>(run: (locals: ThreadLocals) => readonly [T, ThreadLocals]): T | null {
    if (this.#busy) return null;
    this.#busy = true;
    try {
      const { locals } = this;
      const [result, left] = run(locals);
      if (left !== locals) this.#replace(left);
      return result;
    } finally {
      this.#busy = false;
    }
  }

  #replace(locals: ThreadLocals): void {
    if (locals.size === 0) {
      this.#block = NOTHING;
      this.#lent = true;
      return;
    }
    const block = this.#slots.copy(NOTHING);
    for (const [addr, value] of locals) this.#slots.write(block, addr, value);
    this.#block = block;
    this.#lent = false;
  }
}

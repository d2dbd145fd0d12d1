import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { QueuePlace } from '../../event/request.ts';
import type { Slots } from './state-table.ts';

/** The wait queues in slots: each holds the number of a list of threads, those that came first first. A class because the tables are hidden. */
export class Queues {
  readonly #newSlot: () => number;
  readonly #slots = new Map<string, number>();
  readonly #lists: (readonly ThreadId[])[] = [[]];
  readonly #numbers = new Map<string, number>([['', 0]]);

  constructor(newSlot: () => number) {
    this.#newSlot = newSlot;
  }

  get learnt(): number {
    return this.#lists.length;
  }

  slot({ region, offset }: QueuePlace): number {
    const key = `${region}+${offset}`;
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = this.#newSlot();
      this.#slots.set(key, slot);
    }
    return slot;
  }

  at(state: Slots, slot: number): readonly ThreadId[] {
    return known(this.#lists[state.get(slot)], 'queue');
  }

  set(state: Slots, slot: number, waiting: readonly ThreadId[]): void {
    const key = waiting.join();
    let value = this.#numbers.get(key);
    if (value === undefined) {
      value = this.#lists.length;
      this.#lists.push(waiting);
      this.#numbers.set(key, value);
    }
    state.set(slot, value);
  }
}

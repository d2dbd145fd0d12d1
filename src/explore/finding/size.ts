import { known } from '../../base/assert.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { interleavingOf } from '../../model/sc-order.ts';
import type { ThreadChains } from './chains.ts';
import { chainsOf, orderOf } from './chains.ts';
import { turnsWithin } from './turns.ts';

interface Schedule {
  /** Whose turn it is, in the order that needs the fewest. */
  readonly turns: readonly ThreadId[];
  readonly order: readonly EventId[];
}

/**
 * How large an execution is as a witness: the fewer events the better, then the fewer turns that its threads take, then the turns that come
 * first, thread by thread, then the places of its events. Turns are counted in the order of the events that needs the fewest, whatever order they were found
 * in, so that equal executions are equally large. A class because what is only needed for ties is counted late.
 */
export class Size {
  readonly #execution: Execution;
  readonly #order: readonly EventId[] | null;
  #schedule: Schedule | null = null;
  #chains: ThreadChains | null = null;
  /** It takes more turns than that. */
  #tooFew = 0;

  /** `order`: an interleaving that the execution is of; null of models that know none. */
  constructor(execution: Execution, order: readonly EventId[] | null) {
    this.#execution = execution;
    this.#order = order;
  }

  get events(): number {
    return this.#execution.events.length;
  }

  /** The order of the events that needs the fewest turns. */
  get schedule(): Schedule {
    return known(this.#within(Infinity), 'order');
  }

  /** The interleaving of the execution that needs the fewest turns; null if there is none. */
  get interleaving(): readonly EventId[] | null {
    if (this.#order !== null) return this.schedule.order;
    const order = interleavingOf(this.#execution);
    return order === null ? null : new Size(this.#execution, order).schedule.order;
  }

  isLess(than: Size): boolean {
    if (this.events !== than.events) return this.events < than.events;
    const other = than.schedule;
    const mine = this.#within(other.turns.length);
    if (mine === null || mine.turns.length > other.turns.length) return false;
    if (mine.turns.length < other.turns.length) return true;
    for (const [i, thread] of mine.turns.entries()) {
      const its = other.turns[i] as ThreadId;
      if (thread !== its) return thread < its;
    }
    for (const [i, id] of mine.order.entries()) {
      const [a, b] = [this.#place(id), than.#place(other.order[i] as EventId)];
      if (a !== b) return a < b;
    }
    return false;
  }

  #place(id: EventId): number {
    return this.#execution.events[id]?.site.at.start ?? 0;
  }

  /** The order that needs the fewest turns, if it needs no more than that: of most executions this is only asked to find that they are larger. */
  #within(most: number): Schedule | null {
    if (this.#schedule !== null) return this.#schedule;
    if (most <= this.#tooFew) return null;
    const chains = (this.#chains ??= chainsOf(this.#execution, this.#order));
    const turns = turnsWithin(chains, most);
    if (turns === null) this.#tooFew = most;
    else this.#schedule = { turns: turns.map((c) => chains.threads[c] as ThreadId), order: orderOf(chains, turns) };
    return this.#schedule;
  }
}

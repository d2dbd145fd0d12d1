import type { EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { interleavingOf } from '../../model/sc-order.ts';
import { chainsOf, orderOf } from './chains.ts';
import { fewestTurns } from './turns.ts';

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
    return (this.#schedule ??= this.#find());
  }

  /** The interleaving of the execution that needs the fewest turns; null if there is none. */
  get interleaving(): readonly EventId[] | null {
    if (this.#order !== null) return this.schedule.order;
    const order = interleavingOf(this.#execution);
    return order === null ? null : new Size(this.#execution, order).schedule.order;
  }

  isLess(than: Size): boolean {
    if (this.events !== than.events) return this.events < than.events;
    const [mine, other] = [this.schedule, than.schedule];
    if (mine.turns.length !== other.turns.length) return mine.turns.length < other.turns.length;
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

  #find(): Schedule {
    const chains = chainsOf(this.#execution, this.#order);
    const turns = fewestTurns(chains);
    return { turns: turns.map((c) => chains.threads[c] as ThreadId), order: orderOf(chains, turns) };
  }
}

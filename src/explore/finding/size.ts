import type { Execution } from '../../event/execution.ts';

/**
 * How large an execution is as a witness: the fewer events the better, then the fewer changes of thread between one event and the next, then the
 * schedule that comes first, thread by thread. Events count in the order of their numbers, which is that of an interleaving; of other executions it is
 * the one order in which the search builds them. A class because what is only needed for ties is counted late.
 */
export class Size {
  readonly #execution: Execution;
  #switches: number | null = null;

  constructor(execution: Execution) {
    this.#execution = execution;
  }

  get events(): number {
    return this.#execution.events.length;
  }

  get switches(): number {
    this.#switches ??= switchesOf(this.#execution);
    return this.#switches;
  }

  isLess(than: Size): boolean {
    if (this.events !== than.events) return this.events < than.events;
    if (this.switches !== than.switches) return this.switches < than.switches;
    const [a, b] = [this.#execution.events, than.#execution.events];
    for (let i = 0; i < a.length; i++) {
      const [x, y] = [a[i]?.thread ?? 0, b[i]?.thread ?? 0];
      if (x !== y) return x < y;
    }
    return false;
  }
}

function switchesOf({ events }: Execution): number {
  let switches = 0;
  for (let i = 1; i < events.length; i++) if (events[i]?.thread !== events[i - 1]?.thread) switches++;
  return switches;
}

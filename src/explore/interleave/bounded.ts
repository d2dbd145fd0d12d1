import type { ThreadId } from '../../event/location.ts';
import type { SearchOptions } from './search.ts';
import { exceeded, finish } from './search.ts';
import { threadOf } from './step.ts';
import { Trace } from './trace.ts';
import type { World } from './world.ts';

/** Which interleavings are explored: those with so many preemptions or delays at most. */
export interface ScheduleBound {
  readonly kind: 'preemptions' | 'delays';
  readonly most: number;
}

/** What it costs that `next` makes the next step after one of `last` (null at the start), where the threads that `able` names, in order of number, could. */
export type Cost = (last: ThreadId | null, able: readonly ThreadId[], next: ThreadId) => number;

/**
 * Preemptions [Musuvathi, Qadeer, PLDI 2007]: a thread that could go on is interrupted. Where it ended, waits or spins, whoever goes on is free. Delays
 * [Emmi, Qadeer, Rakamarić, POPL 2011]: threads are run round robin, each until it can go no further; to pass one over costs a delay.
 */
export const COSTS: Readonly<Record<ScheduleBound['kind'], Cost>> = {
  preemptions: (last, able, next) => (last !== null && last !== next && able.includes(last) ? 1 : 0),
  delays: (last, able, next) => {
    const start = last === null ? 0 : able.findIndex((id) => id >= last);
    return (able.indexOf(next) - Math.max(0, start) + able.length) % able.length;
  },
};

/**
 * Every Mazurkiewicz trace that has an interleaving within the bound, once; true if some interleaving was left out. Where the same trace was reached with
 * the same thread running and no more spent, all that can follow has been explored. A thread that spins goes on when what it reads has changed.
 */
export function searchBounded<S>(world: World<S>, options: SearchOptions<S>, cost: Cost, most: number): boolean {
  const trace = new Trace();
  /** Trace and running thread → the least that was spent there. */
  const spent = new Map<string, number>();
  let stopped = false;
  let isCut = false;
  visit(null, 0);
  return isCut;

  function visit(last: ThreadId | null, used: number): void {
    stopped ||= options.shouldStop();
    if (stopped) return;
    const what = exceeded(world, options);
    if (what !== null) return options.bounded(what);
    const enabled = [...world.enabled(), ...world.revived()].sort((a, b) => a - b);
    const isEnd = enabled.length === 0;
    const key = isEnd ? trace.key() : `${last} ${trace.key()}`;
    if ((spent.get(key) ?? Number.POSITIVE_INFINITY) <= (isEnd ? 0 : used)) return;
    spent.set(key, isEnd ? 0 : used);
    if (isEnd) return finish(world, trace, options);
    const able = [...new Set(enabled.map(threadOf))];
    const mark = world.mark();
    for (const label of enabled) {
      const next = threadOf(label);
      const total = used + cost(last, able, next);
      if (total > most) {
        isCut = true;
        continue;
      }
      trace.push(world.step(label));
      visit(next, total);
      trace.pop();
      world.undoTo(mark);
    }
  }
}

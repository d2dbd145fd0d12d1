import type { SearchOptions } from './search.ts';
import { exceeded, finish } from './search.ts';
import { Trace } from './trace.ts';
import type { World } from './world.ts';

/** All interleavings, every enabled step of every thread in every state: the oracle for the reduced search. */
export function searchPlain<S>(world: World<S>, options: SearchOptions<S>): void {
  const trace = new Trace();
  let stopped = false;
  visit();

  function visit(): void {
    stopped ||= options.shouldStop();
    if (stopped) return;
    const what = exceeded(world, options);
    if (what !== null) return options.bounded(what);
    const enabled = world.enabled();
    if (enabled.length === 0) return finish(world, trace, options);
    const mark = world.mark();
    for (const label of enabled) {
      trace.push(world.step(label));
      visit();
      trace.pop();
      world.undoTo(mark);
    }
  }
}

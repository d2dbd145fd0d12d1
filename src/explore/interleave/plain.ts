import type { SearchOptions } from './search.ts';
import { exceeded, finish, tooLongIn } from './search.ts';
import { Cursor } from '../task.ts';
import type { Label } from './step.ts';
import { Trace } from './trace.ts';
import type { World } from './world.ts';

/** All interleavings, every enabled step of every thread in every state: the oracle for the reduced search. */
export function searchPlain<S>(world: World<S>, options: SearchOptions<S>, cursor: Cursor = new Cursor()): void {
  const trace = new Trace();
  visit();

  function visit(): void {
    if (options.shouldStop()) return cursor.stop();
    const what = exceeded(world, options);
    if (what !== null) return options.bounded(what, tooLongIn(world, options));
    const enabled = world.enabled();
    if (enabled.length === 0) return finish(world, trace, options);
    const mark = world.mark();
    cursor.choose(enabled.length, (choice) => {
      trace.push(world.step(enabled[choice] as Label));
      visit();
      trace.pop();
      world.undoTo(mark);
    });
  }
}

import type { SearchOptions } from '../interleave/search.ts';
import { exceeded, finish } from '../interleave/search.ts';
import { Trace } from '../interleave/trace.ts';
import type { World } from '../interleave/world.ts';
import type { Chooser } from './choosers.ts';

/** What one schedule was like. */
export interface Schedule {
  readonly steps: number;
  readonly threads: number;
  /** The product of how many steps it could choose from, over its steps: what it stands for, if a step is as likely as another. */
  readonly weight: number;
  /** It was given up. */
  readonly cut: boolean;
}

/** Runs the world to its end, and takes it back. A thread that spins goes on when what it reads has changed. */
export function runSchedule<S>(world: World<S>, choose: Chooser, options: SearchOptions<S>): Schedule {
  const trace = new Trace();
  const start = world.mark();
  let weight = 1;
  let cut = true;
  for (;;) {
    const what = exceeded(world, options);
    if (what !== null) {
      options.bounded(what);
      break;
    }
    const enabled = [...world.enabled(), ...world.revived()];
    if (enabled.length === 0) {
      cut = false;
      finish(world, trace, options);
      break;
    }
    weight *= enabled.length;
    trace.push(world.step(choose(enabled)));
  }
  const threads = world.threads().length;
  world.undoTo(start);
  return { steps: trace.length, threads, weight, cut };
}

import { tooManyEvents, tooManyReturns } from '../bounds.ts';
import type { Trace } from './trace.ts';
import type { World } from './world.ts';

/** What a search of interleavings tells its caller, and what it may not exceed. */
export interface SearchOptions<S> {
  /** Events of one thread. */
  readonly events: number;
  /** Returns of a thread to one state. */
  readonly returns: number;
  /** An execution is complete; the world and the trace are valid during the call only. */
  readonly leaf: (world: World<S>, trace: Trace) => void;
  /** An execution was given up because a thread spins on something that changed, or was notified before it woke spuriously. */
  readonly blocked: () => void;
  /** An execution was given up because all that it can become has been explored. */
  readonly redundant: () => void;
  /** An execution was given up because it is too long. */
  readonly bounded: (what: string) => void;
  /** Asked before every step. */
  readonly shouldStop: () => boolean;
}

/** Why the world goes no further than this, if it exceeds a bound. */
export function exceeded<S>(world: World<S>, options: SearchOptions<S>): string | null {
  if (world.bound !== null) return world.bound;
  if (world.exceeds(options.events)) return tooManyEvents(options.events);
  return world.threads().some(({ node }) => node.returns > options.returns) ? tooManyReturns(options.returns) : null;
}

/** Reports an execution in which nothing can happen any more. */
export function finish<S>(world: World<S>, trace: Trace, options: SearchOptions<S>): void {
  const isVain = world.threads().some((thread) => {
    return thread.status === 'roused' || (thread.status === 'parked' && world.isStale(thread));
  });
  if (isVain) options.blocked();
  else options.leaf(world, trace);
}

import { tooManyEvents, tooManyReturns, tooManyRounds } from '../bounds.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Trace } from './trace.ts';
import type { WorldThread } from './step.ts';
import type { World } from './world.ts';

/** What a search of interleavings tells its caller, and what it may not exceed. */
export interface SearchOptions<S> {
  /** Events of one thread. */
  readonly events: number;
  /** Returns of a thread to one state. */
  readonly returns: number;
  /** Rounds of one loop of a thread. */
  readonly rounds?: number;
  /** An execution is complete; the world and the trace are valid during the call only. */
  readonly leaf: (world: World<S>, trace: Trace) => void;
  /** An execution was given up because a thread spins on something that changed, or was notified before it woke spuriously. */
  readonly blocked: () => void;
  /** An execution was given up because all that it can become has been explored. */
  readonly redundant: () => void;
  /** An execution was given up because it is too long; `where`: the thread that is. */
  readonly bounded: (what: string, where?: TooLong<S> | null) => void;
  /** Asked before every step; `steps`: how many were made since the last question, one if not said; `expected`: about how many executions there are, if that is known. */
  readonly shouldStop: (steps?: number, expected?: number) => boolean;
}

export interface TooLong<S> {
  readonly thread: ThreadId;
  readonly node: TrieNode<S>;
}

/** Why the world goes no further than this, if it exceeds a bound. */
export function exceeded<S>(world: World<S>, options: SearchOptions<S>): string | null {
  const { rounds = Infinity } = options;
  return (
    givenUp(world, options) ?? (world.threads().some(({ node }) => node.rounds > rounds) ? tooManyRounds(rounds) : null)
  );
}

/** Why it does, but for rounds of loops: how many of those are explored is what somebody chose, other bounds are where a search gives up. */
export function givenUp<S>(world: World<S>, { events, returns }: SearchOptions<S>): string | null {
  if (world.bound !== null) return world.bound;
  if (world.exceeds(events)) return tooManyEvents(events);
  return world.threads().some(({ node }) => node.returns > returns) ? tooManyReturns(returns) : null;
}

/** The thread that exceeds a bound: where there are several, that which is deepest in its loop. */
export function tooLongIn<S>(
  world: World<S>,
  { events, returns, rounds = Infinity }: SearchOptions<S>,
): TooLong<S> | null {
  let found: WorldThread<S> | null = null;
  for (const thread of world.threads()) {
    const { node } = thread;
    if (thread.events <= events && node.returns <= returns && node.rounds <= rounds) continue;
    if (found === null || node.rounds > found.node.rounds) found = thread;
  }
  return found === null ? null : { thread: found.id, node: found.node };
}

/** Reports an execution in which nothing can happen any more. */
export function finish<S>(world: World<S>, trace: Trace, options: SearchOptions<S>): void {
  const isVain = world.threads().some((thread) => {
    return thread.status === 'roused' || (thread.status === 'parked' && world.isStale(thread));
  });
  if (isVain) options.blocked();
  else options.leaf(world, trace);
}

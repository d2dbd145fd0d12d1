import { known } from '../../base/assert.ts';
import type { Local } from './locals.ts';
import type { StateWorld } from './state-world.ts';

/** Threads by index, as bits: those of more than {@link MOST_THREADS} are not told apart, and nothing is reduced for them. */
export type ThreadMask = number;
export const MOST_THREADS = 30;

/** The threads of a state, as far as they may go on. */
export interface Standing<S> {
  /** Of threads that have begun and are not over, in order of index. */
  readonly locals: readonly Local<S>[];
  /** Whether the thread has a step now. */
  readonly enabled: readonly boolean[];
  /** Whether it has one that is sure to come unless something else does: not where it could only wake up without a reason. */
  readonly urgent: readonly boolean[];
}

/** Which of the enabled threads a state is to be explored with, given those with which it has been: all, or a persistent set. */
export type Choose = <S>(world: StateWorld<S>, standing: Standing<S>, explored: ThreadMask) => ThreadMask;

export const everyThread: Choose = (_, standing) => enabledIn(standing);

/** Whether the next step of the first thread and some step that the second may ever make, as far as is known, are dependent. */
export type Conflict = <S>(world: StateWorld<S>, a: Local<S>, b: Local<S>) => boolean;

/** The sets of one state that conflict with nothing outside them. A class because what was found of single threads is hidden. */
class Closure {
  readonly #conflict: Conflict;
  /** By index of the thread; -1 for those that have nothing to do. */
  readonly #positions = new Int32Array(MOST_THREADS + 1);
  /** By position; -1 for what is not known yet. */
  readonly #rows = new Int32Array(MOST_THREADS + 1);

  constructor(conflict: Conflict) {
    this.#conflict = conflict;
  }

  begin<S>(locals: readonly Local<S>[]): void {
    this.#positions.fill(-1);
    for (let k = 0; k < locals.length; k++) {
      this.#positions[(locals[k] as Local<S>).thread.index] = k;
      this.#rows[k] = -1;
    }
  }

  /** The least such set with the thread at a position. */
  of<S>(world: StateWorld<S>, locals: readonly Local<S>[], first: number): ThreadMask {
    const { index } = (locals[first] as Local<S>).thread;
    let set: ThreadMask = 1 << index;
    let done: ThreadMask = 0;
    while (set !== done) {
      const next = 31 - Math.clz32(set & ~done);
      done |= 1 << next;
      const k = this.#positions[next] as number;
      if (k < 0) continue;
      if (this.#rows[k] === -1) this.#rows[k] = this.#needed(world, locals, locals[k] as Local<S>);
      set |= this.#rows[k] as number;
    }
    return set;
  }

  /** The threads that a set with this one has too: those that may come in its way, and those for whose end it waits. */
  #needed<S>(world: StateWorld<S>, locals: readonly Local<S>[], local: Local<S>): ThreadMask {
    let row: ThreadMask = 0;
    for (let k = 0; k < locals.length; k++) {
      const other = locals[k] as Local<S>;
      if (other !== local && this.#conflict(world, local, other)) row |= 1 << other.thread.index;
    }
    for (const id of world.awaited(local)) row |= 1 << world.threadOf(id).index;
    return row;
  }
}

/**
 * The enabled threads of a set such that what all others may ever do, as far as is known, conflicts with no next step of the set: of those sets
 * that of which the fewest are still to be explored (proofs-notes/states.md).
 */
export const persistentThreads: Choose = persistentBy((world, a, b) => world.locals.conflict(a.kind, b.kind));

export function persistentBy(conflict: Conflict): Choose {
  const closure = new Closure(conflict);
  return (world, standing, explored) => {
    const { locals, urgent } = standing;
    const all = enabledIn(standing);
    if (known(locals[locals.length - 1], 'thread').thread.index >= MOST_THREADS) return all;
    closure.begin(locals);
    let best = all;
    let missing = bitCount(all & ~explored);
    for (let k = 0; k < locals.length && missing > (explored === 0 ? 1 : 0); k++) {
      if (urgent[k] !== true) continue;
      const set = closure.of(world, locals, k) & all;
      const more = bitCount(set & ~explored);
      if (more >= missing) continue;
      best = set;
      missing = more;
    }
    return best;
  };
}

export function enabledIn<S>({ locals, enabled }: Standing<S>): ThreadMask {
  let mask: ThreadMask = 0;
  for (let k = 0; k < locals.length; k++)
    if (enabled[k] === true) mask |= 1 << Math.min((locals[k] as Local<S>).thread.index, MOST_THREADS);
  return mask;
}

function bitCount(mask: ThreadMask): number {
  let rest = mask;
  let count = 0;
  for (; rest !== 0; rest &= rest - 1) count++;
  return count;
}

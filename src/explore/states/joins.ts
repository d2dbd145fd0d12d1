import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Continuation, Continuations } from './continuations.ts';

/** More joins in a row are not looked at. */
const MOST = 64;

/** The joins that a thread makes one after the other, if all whom it joins end with the code 0. A class because what was found is hidden. */
export class Joins<S> {
  readonly #continuations: Continuations<S>;
  /** By number of the continuation. */
  readonly #found: (readonly ThreadId[] | undefined)[] = [];

  constructor(continuations: Continuations<S>) {
    this.#continuations = continuations;
  }

  /** Of a continuation that asks for a join. */
  from(at: Continuation<S>): readonly ThreadId[] {
    return (this.#found[at.id] ??= this.#follow(at));
  }

  #follow(first: Continuation<S>): readonly ThreadId[] {
    const threads: ThreadId[] = [];
    let at = first;
    for (; at.request.kind === 'join' && threads.length < MOST; ) {
      threads.push(at.request.thread);
      at = this.#continuations.next(at, { kind: 'joined', code: 0n });
    }
    known(threads[0], 'a join');
    return threads;
  }
}

import type { Request, Response } from '../../event/request.ts';
import { idleness, placeOf } from '../../exec/answer-trie.ts';
import type { Machine, Suspended } from '../../runtime/executor.ts';

/** What the rounds of a thread's loops depend on, as the answer trie counts them ([`../../exec/answer-trie.ts`]); threads that go on with the same have equal ones. */
export interface Course<T> {
  /** Equal for equal courses. */
  readonly key: string;
  /** How often the thread has asked in this place, this time included, in the same activation of its function. */
  readonly rounds: number;
  /** That number for each place and activation (see {@link RoundCounts}) in which it asked. */
  readonly counts: ReadonlyMap<number, number>;
  /** Where it was since it last had an effect on others. */
  readonly idle: readonly T[];
}

interface Before<S> {
  readonly id: number;
  readonly state: S;
  readonly request: Request;
}

/** Counts rounds where threads are merged. A class because the places are hidden. */
export class RoundCounts<S, T extends Before<S>> {
  readonly #machine: Machine<S, never>;
  /** Of each place in the source, a state in each activation in which some thread asked there, and its number. */
  readonly #places = new Map<string, { readonly state: S; readonly number: number }[]>();
  #count = 0;

  constructor(machine: Machine<S, never>) {
    this.#machine = machine;
  }

  /** The course of a thread that comes to ask by an answer, or begins to. */
  after(
    from: { readonly at: T; readonly course: Course<T> } | null,
    response: Response | null,
    now: Suspended<S>,
  ): Course<T> {
    const place = this.#placeOf(now);
    const counts = new Map(from?.course.counts);
    const rounds = (counts.get(place) ?? 0) + 1;
    counts.set(place, rounds);
    const isIdle = from !== null && response !== null && idleness(from.at.request, response) !== null;
    const idle = isIdle ? [...from.course.idle, from.at] : [];
    const told = [...counts].sort(([a], [b]) => a - b).map(([number, count]) => `${number}:${count}`);
    return { key: `${told.join(' ')} | ${idle.map(({ id }) => id).join(' ')}`, rounds, counts, idle };
  }

  /** Where the thread was, if it has come back there without any effect on others. */
  spinOf({ idle }: Course<T>, { state }: Suspended<S>): T | undefined {
    return idle.findLast((before) => this.#machine.sameState(before.state, state));
  }

  #placeOf({ state, request }: Suspended<S>): number {
    const key = `${request.kind} ${placeOf(request)}`;
    const known = this.#places.get(key) ?? [];
    this.#places.set(key, known);
    const old = known.find((other) => this.#machine.sameActivation?.(other.state, state) ?? true);
    if (old !== undefined) return old.number;
    known.push({ state, number: this.#count });
    return this.#count++;
  }
}

import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Continuation } from '../states/continuations.ts';
import { components, StateGraph } from '../states/graph.ts';
import type { Progress, ShapeId } from '../weak/shapes.ts';
import { IdSet } from './id-set.ts';

/** Where a thread can stand, whatever it did before: threads in equal states that forked and joined the same are one. */
export interface Situation<S> {
  readonly id: number;
  readonly thread: ThreadId;
  readonly at: Continuation<S>;
  readonly progress: Progress;
  /** The writes of its own and those made before it began that it may still read here. */
  readonly own: IdSet;
  /** The ranges that were written on all ways here, by their numbers. */
  readonly written: IdSet;
  /** Whether what may be read here has grown since it was passed on. */
  grew: boolean;
  /** Some read on a way here had a choice. */
  chose: boolean;
  readonly steps: Map<string, Step<S>>;
  /** The beginnings of threads that it forks here. */
  readonly begins: Set<Situation<S>>;
  /** The reads with which it was answered. */
  readonly answered: Set<string>;
  /** With how many of the values of some lists it was answered. */
  readonly seen: Map<string, number>;
  /** What could be read when it was answered last. */
  supplied: string;
  /** What it, and the threads that it forks, may write from here on. */
  readonly future: IdSet;
}

/** All ways from one situation to another that write the same ranges. */
export interface Step<S> {
  readonly from: Situation<S>;
  readonly to: Situation<S>;
  /** Writes of these ranges. */
  readonly covering: readonly ShapeId[];
  readonly ranges: IdSet;
  readonly wrote: IdSet;
}

/** The situations found, and the steps between them. A class because the tables are hidden. */
export class Situations<S> {
  readonly #byKey = new Map<string, Situation<S>>();
  readonly #byPlace = new Map<string, Situation<S>[]>();
  /** Situations and steps, by their numbers. */
  readonly #graph = new StateGraph();
  readonly #all: Situation<S>[] = [];
  readonly #steps: Step<S>[] = [];

  get all(): readonly Situation<S>[] {
    return this.#all;
  }

  get steps(): number {
    return this.#steps.length;
  }

  /** Those of a thread that stands there, whomever it forked and joined; undefined if there are none. */
  at(thread: ThreadId, at: Continuation<S>): readonly Situation<S>[] | undefined {
    return this.#byPlace.get(placeKey(thread, at));
  }

  find(thread: ThreadId, at: Continuation<S>, progress: Progress): Situation<S> | undefined {
    return this.#byKey.get(situationKey(thread, at, progress));
  }

  /** A new one, where what was written on the way to it is known. */
  add(thread: ThreadId, at: Continuation<S>, progress: Progress, written: IdSet): Situation<S> {
    const situation: Situation<S> = {
      id: this.#all.length,
      thread,
      at,
      progress,
      own: new IdSet(),
      written: new IdSet(),
      grew: false,
      chose: false,
      steps: new Map(),
      begins: new Set(),
      answered: new Set(),
      seen: new Map(),
      supplied: '',
      future: new IdSet(),
    };
    situation.written.addAll(written);
    this.#byKey.set(situationKey(thread, at, progress), situation);
    this.#all.push(situation);
    this.#graph.addState();
    const place = placeKey(thread, at);
    this.#byPlace.set(place, [...(this.#byPlace.get(place) ?? []), situation]);
    return situation;
  }

  addStep(key: string, step: Step<S>): void {
    step.from.steps.set(key, step);
    this.#graph.addEdge(step.from.id, this.#steps.length, step.to.id);
    this.#steps.push(step);
  }

  /** The most writes that depend on reads on one way of each thread; those of a loop count once. */
  longestChain(): number {
    const longest = new Map<ThreadId, number>();
    const chains = new Map<number, number>();
    this.#components((component) => {
      const inside = new Set(component);
      const looped = new IdSet();
      let after = 0;
      for (const { from, to, wrote, covering } of component.flatMap((id) => this.#stepsOf(id))) {
        const isDependent = covering.length > 0 && hasChosen(from);
        if (!inside.has(to.id)) after = Math.max(after, known(chains.get(to.id), 'chain') + (isDependent ? 1 : 0));
        else if (isDependent) looped.addAll(wrote);
      }
      const length = after + looped.size;
      for (const id of component) {
        chains.set(id, length);
        const { thread } = known(this.#all[id], 'situation');
        longest.set(thread, Math.max(longest.get(thread) ?? 0, length));
      }
    });
    return [...longest.values()].reduce((sum, length) => sum + length, 0);
  }

  /** The situations between which a thread may go to and fro, each after those that it leads to. */
  #components(tell: (component: readonly number[]) => void): void {
    components(this.#graph, () => true, tell);
  }

  #stepsOf(id: number): Step<S>[] {
    return Array.from({ length: this.#graph.degree(id) }, (_, k) =>
      known(this.#steps[this.#graph.edge(id, k)], 'step'),
    );
  }

  /** Finds out what may be written from each on. */
  lookAhead(): void {
    for (let grew = true; grew; ) {
      grew = false;
      this.#components((component) => {
        const shared = new IdSet();
        const situations = component.map((id) => known(this.#all[id], 'situation'));
        for (const { id, begins } of situations) {
          for (const { to, wrote } of this.#stepsOf(id)) {
            shared.addAll(wrote);
            shared.addAll(to.future);
          }
          for (const child of begins) shared.addAll(child.future);
        }
        for (const { future } of situations) grew = future.addAll(shared) || grew;
      });
    }
  }
}

/** Whether the thread reads, here or before, where it could read something else. */
export function hasChosen({ chose, answered }: Situation<unknown>): boolean {
  return chose || answered.size > 1;
}

function situationKey(thread: ThreadId, at: Continuation<unknown>, { forked, joined }: Progress): string {
  return `${placeKey(thread, at)}|${[...forked].join('.')}|${[...joined].join('.')}`;
}

function placeKey(thread: ThreadId, { id }: Continuation<unknown>): string {
  return `${thread}|${id}`;
}

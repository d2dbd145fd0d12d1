import { known } from '../../base/assert.ts';
import type { Label } from '../interleave/step.ts';
import { choiceOf, labelOf, threadOf } from '../interleave/step.ts';
import type { World } from '../interleave/world.ts';
import type { Names } from './arrangements.ts';
import type { StateSearch } from './search.ts';
import type { Moved } from './symmetry.ts';

/** The steps on the way to a state, those that were made at once included, and so many of them from the start as lead to each state before it. */
interface Way {
  readonly states: readonly number[];
  readonly labels: readonly Label[];
  /** Labels up to each state. */
  readonly ends: readonly number[];
}

/**
 * Follows the search's ways to states in the world that keeps events. What two ways have in common is followed once. A class because where it stands is hidden.
 */
export class Replay<S> {
  readonly #search: StateSearch<S>;
  readonly #world: World<S>;
  readonly #start: ReturnType<World<S>['mark']>;
  #states: readonly number[] = [];
  #labels: readonly Label[] = [];
  /** The world's mark at each of the states. */
  #marks: ReturnType<World<S>['mark']>[] = [];

  constructor(search: StateSearch<S>, world: World<S>) {
    this.#search = search;
    this.#world = world;
    this.#start = world.mark();
  }

  /**
   * The world with the events of the way to the state, on which alike threads stand for each other so that in the end those have the given names that stand where the state
   * has its threads, by index. Valid until the next call.
   */
  at(state: number, names: Names | null = null): World<S> {
    const { states, labels, ends } = this.#way(state, names);
    let common = 0;
    for (; common < states.length && states[common] === this.#states[common]; common++)
      if (!this.#agrees(labels, ends[common - 1] ?? 0, known(ends[common], 'end'))) break;
    this.#marks.length = common;
    this.#world.undoTo(this.#marks[common - 1] ?? this.#start);
    for (let k = common; k < states.length; k++) {
      for (let i = ends[k - 1] ?? 0; i < known(ends[k], 'end'); i++) this.#world.step(known(labels[i], 'label'));
      this.#marks.push(this.#world.mark());
    }
    this.#states = states;
    this.#labels = labels;
    return this.#world;
  }

  /** {@link at}, where all has happened: joins too for which the search had threads wait until others ended. */
  ended(state: number, names: Names | null = null): World<S> {
    const world = this.at(state, names);
    for (let goesOn = true; goesOn; ) {
      goesOn = false;
      for (const { id, status, node } of world.threads()) {
        if (status !== 'running' || node.request.kind !== 'join') continue;
        const [join] = world.choices(id);
        if (join === undefined) continue;
        world.step(join);
        goesOn = true;
      }
    }
    return world;
  }

  /** A way may differ from an earlier one in how a wait was begun. */
  #agrees(labels: readonly Label[], start: number, end: number): boolean {
    for (let i = start; i < end; i++) if (labels[i] !== this.#labels[i]) return false;
    return true;
  }

  #way(state: number, names: Names | null): Way {
    const { world } = this.#search;
    const states = this.#search.path(state);
    const labels: Label[] = [];
    /** Who makes each step, by the index of where it stood first. */
    const origins: number[] = [];
    const ends: number[] = [];
    /** Where the threads stood first, by where they stand now. */
    let from: readonly number[] = [];
    states.forEach((s) => {
      const moved = this.#search.follow(s, labels);
      for (let i = origins.length; i < labels.length; i++) {
        const { index } = world.threadOf(threadOf(known(labels[i], 'label')));
        origins.push(from[index] ?? index);
      }
      ends.push(labels.length);
      from = carried(from, moved);
    });
    const ids = world.threads.map(({ id }) => id);
    names?.forEach((name, index) => {
      ids[from[index] ?? index] = name;
    });
    const named = labels.map((label, i) => labelOf(known(ids[origins[i] ?? 0], 'thread'), choiceOf(label)));
    dozeBeforeSpuriousWakeups(named);
    return { states, labels: named, ends };
  }
}

/** Where threads came from, after some took others' places. */
function carried(from: readonly number[], moved: Moved | null): readonly number[] {
  if (moved === null) return from;
  const now: number[] = [];
  moved.forEach((to, index) => {
    now[to] = from[index] ?? index;
  });
  return now;
}

/** The other world decides when a thread begins to wait whether it will leave the queue without a reason. */
function dozeBeforeSpuriousWakeups(labels: Label[]): void {
  labels.forEach((label, i) => {
    if (choiceOf(label) !== 'spurious') return;
    const thread = threadOf(label);
    let k = i - 1;
    while (threadOf(known(labels[k], 'beginning of a wait')) !== thread) k--;
    labels[k] = labelOf(thread, 'doze');
  });
}

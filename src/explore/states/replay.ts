import { known } from '../../base/assert.ts';
import type { Label } from '../interleave/step.ts';
import { choiceOf, labelOf, threadOf } from '../interleave/step.ts';
import type { World } from '../interleave/world.ts';
import type { StateSearch } from './search.ts';

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
  readonly #eager: boolean;
  #states: readonly number[] = [];
  #labels: readonly Label[] = [];
  /** The world's mark at each of the states. */
  #marks: ReturnType<World<S>['mark']>[] = [];

  constructor(search: StateSearch<S>, world: World<S>, eager: boolean) {
    this.#search = search;
    this.#world = world;
    this.#start = world.mark();
    this.#eager = eager;
  }

  /** The world with the events of the shortest way found to the state. Valid until the next call. */
  at(state: number): World<S> {
    const { states, labels, ends } = this.#way(state);
    let common = 0;
    while (common < states.length && states[common] === this.#states[common] && this.#agrees(labels, ends[common]))
      common++;
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

  /** A way may differ from an earlier one in how a wait was begun. */
  #agrees(labels: readonly Label[], end: number | undefined): boolean {
    for (let i = 0; i < known(end, 'end'); i++) if (labels[i] !== this.#labels[i]) return false;
    return true;
  }

  #way(state: number): Way {
    const { world } = this.#search;
    const states = this.#search.path(state);
    const labels: Label[] = [];
    const ends: number[] = [];
    states.forEach((s, k) => {
      if (k === 0) this.#search.restart();
      else {
        this.#search.load(known(states[k - 1], 'state'));
        world.step(this.#search.labelTo(s));
        labels.push(this.#search.labelTo(s));
      }
      if (this.#eager) world.settle(labels);
      ends.push(labels.length);
    });
    dozeBeforeSpuriousWakeups(labels);
    return { states, labels, ends };
  }
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

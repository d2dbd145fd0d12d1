import { known } from '../../base/assert.ts';
import type { Label } from '../interleave/step.ts';
import { IntList } from './int-list.ts';
import type { Moved } from './symmetry.ts';

/**
 * What each step of a search took along, so that ways are known without making their steps again: the steps that were made at once after it, and who took whose place then. Steps are
 * numbered from 0: the first is how the search begins, the others are the graph's edges. A class because the lists are hidden.
 */
export class Taken {
  /** Of one step after the other, those made at once. */
  readonly #settled = new IntList();
  /** Where those of each step end there. */
  readonly #ends = new IntList();
  /** The number of who took whose place; 0 if nobody did. */
  readonly #moved = new IntList();
  readonly #moves: Moved[] = [];
  readonly #numbers = new Map<string, number>();

  add(settled: readonly Label[], moved: Moved | null): void {
    for (const label of settled) this.#settled.push(label);
    this.#ends.push(this.#settled.length);
    this.#moved.push(moved === null ? 0 : this.#numberOf(moved));
  }

  /** Adds the labels of the steps made at once. */
  labels(step: number, to: Label[]): void {
    const end = this.#ends.at(step);
    for (let i = step === 0 ? 0 : this.#ends.at(step - 1); i < end; i++) to.push(this.#settled.at(i));
  }

  /** Whether a step took nothing along. */
  isNothing(step: number): boolean {
    const first = step === 0 ? 0 : this.#ends.at(step - 1);
    return this.#ends.at(step) === first && this.#moved.at(step) === 0;
  }

  moved(step: number): Moved | null {
    const number = this.#moved.at(step);
    return number === 0 ? null : known(this.#moves[number - 1], 'places');
  }

  /** All as plain numbers, and who took whose places, from which {@link restore} makes it again. */
  saved(): Int32Array[] {
    return [this.#settled, this.#ends, this.#moved].map((list) => list.view());
  }

  get moves(): readonly Moved[] {
    return this.#moves;
  }

  restore(lists: readonly Int32Array[], moves: readonly Moved[]): void {
    [this.#settled, this.#ends, this.#moved].forEach((list, k) => list.assign(known(lists[k], 'steps')));
    for (const moved of moves) this.#numberOf(moved);
  }

  #numberOf(moved: Moved): number {
    const key = moved.join();
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#moves.push(moved);
      this.#numbers.set(key, number);
    }
    return number;
  }
}

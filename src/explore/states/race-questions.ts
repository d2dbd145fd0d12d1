import type { Label } from '../interleave/step.ts';
import { labelOf } from '../interleave/step.ts';
import type { Local } from './locals.ts';
import type { StateTable } from './state-table.ts';
import type { StateWorld } from './state-world.ts';

/** Two threads that may access the same next, in some order, as a race. */
export interface RaceFound {
  readonly state: number;
  readonly first: Label;
  readonly second: Label;
}

/** Asks of each pair of local states once whether their next steps race, in the first state in which both stand. A class because what was asked is hidden. */
export class RaceQuestions<S> {
  readonly #world: StateWorld<S>;
  readonly #table: StateTable;
  readonly #ask: (found: RaceFound) => void;
  readonly #asked = new Set<number>();
  /** Of each standing thread, whether it stood otherwise in the state before. */
  readonly #changed: boolean[] = [];

  constructor(world: StateWorld<S>, table: StateTable, ask: (found: RaceFound) => void) {
    this.#world = world;
    this.#table = table;
    this.#ask = ask;
  }

  get count(): number {
    return this.#asked.size;
  }

  /** Of the threads that stand in a state: those that both stand as in the state before (-1 for none) were asked about there. */
  in(state: number, locals: readonly Local<S>[], before: number): void {
    const changed = this.#changed;
    for (let i = 0; i < locals.length; i++) {
      const { id, thread } = locals[i] as Local<S>;
      changed[i] = before < 0 || this.#table.value(before, thread.slot) !== id + 1;
    }
    for (let i = 1; i < locals.length; i++) {
      const a = locals[i] as Local<S>;
      if (a.status !== 'running') continue;
      for (let j = 0; j < i; j++) if (changed[i] || changed[j]) this.#pair(state, locals[j] as Local<S>, a);
    }
  }

  #pair(state: number, first: Local<S>, second: Local<S>): void {
    if (first.status !== 'running' || !this.#world.locals.mayRace(second.kind, first.kind)) return;
    const pair = this.#numberOf(second) * 2 ** 26 + this.#numberOf(first);
    if (this.#asked.has(pair)) return;
    this.#asked.add(pair);
    this.#ask({ state, first: labelOf(first.thread.id, 'go'), second: labelOf(second.thread.id, 'go') });
  }

  /** Of threads that stand for each other one is asked. */
  #numberOf(local: Local<S>): number {
    return this.#world.isOneOfMany(local) ? 2 * local.kind.id : 2 * local.id + 1;
  }
}

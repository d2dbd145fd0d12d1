import type { Machine } from '../../runtime/executor.ts';
import { hasEnded } from '../interleave/step.ts';
import type { Continuation } from './continuations.ts';
import { sameRequest } from './continuations.ts';
import type { Local } from './locals.ts';
import type { StateTable } from './state-table.ts';
import type { StateWorld } from './state-world.ts';

/**
 * Which ends of different histories show the same: all threads are over, and are so in equal states, whatever they read on their ways. Where nothing races, executions that end so
 * have one outcome, and are right or wrong alike. A class because what was found of single local states is hidden.
 */
export class EndClasses<S> {
  readonly #machine: Machine<S, never>;
  readonly #world: StateWorld<S>;
  readonly #table: StateTable;
  /** By number of the local state; -1 for one that is not over. */
  readonly #classes: (number | undefined)[] = [];
  readonly #byHash = new Map<number, { readonly at: Continuation<S>; readonly number: number }[]>();
  #count = 0;
  readonly #numbers = new Map<string, number>();

  constructor(machine: Machine<S, never>, world: StateWorld<S>, table: StateTable) {
    this.#machine = machine;
    this.#world = world;
    this.#table = table;
  }

  /** Equal for ends of one class; null where some thread is not over. */
  of(state: number): string | null {
    let key = '';
    for (const { slot, group } of this.#world.threads) {
      const local = this.#world.locals.at(this.#table.value(state, slot));
      if (local === null) {
        key += '- ';
        continue;
      }
      const number = (this.#classes[local.id] ??= this.#classOf(local));
      if (number < 0) return null;
      const crash = this.#world.crashSlot(group);
      key += `${number}:${crash === undefined ? 0 : this.#table.value(state, crash)} `;
    }
    return key;
  }

  #classOf({ at, status, observed }: Local<S>): number {
    if (!hasEnded(status)) return -1;
    const hash = this.#machine.stateHash(at.state);
    const alike = this.#byHash.get(hash) ?? [];
    this.#byHash.set(hash, alike);
    let same = alike.find(
      ({ at: other }) => sameRequest(other.request, at.request) && this.#machine.sameState(other.state, at.state),
    );
    if (same === undefined) alike.push((same = { at, number: this.#count++ }));
    const key = `${same.number} ${status} ${observed.id}`;
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}

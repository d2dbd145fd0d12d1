import type { Execution } from '../../event/execution.ts';
import type { Model } from '../model.ts';
import { smallestHittingSets } from './hitting-sets.ts';

/**
 * Finds which axioms forbid executions: the smallest sets without which the model allows them. Asks nothing of a model but its verdicts and its
 * versions less some axioms. A class because it keeps those versions.
 */
export class Blame {
  readonly #model: Model;
  readonly #names: readonly string[];
  readonly #less = new Map<string, Model>();

  constructor(model: Model) {
    this.#model = model;
    this.#names = model.axioms.map(({ name }) => name);
  }

  less(axioms: readonly string[]): Model {
    if (axioms.length === 0) return this.#model;
    const key = axioms.join();
    const old = this.#less.get(key);
    if (old !== undefined) return old;
    const model = this.#model.less(axioms);
    this.#less.set(key, model);
    return model;
  }

  /** The smallest sets of axioms, of at most `size`, without which the model allows the execution; none if there are none so small. */
  smallest(execution: Execution, size: number): (readonly string[])[] {
    const solves = (out: readonly string[]): boolean => this.less(out).check(execution).consistent;
    return smallestHittingSets(this.#names, solves, { sets: Infinity, size }) ?? [];
  }
}

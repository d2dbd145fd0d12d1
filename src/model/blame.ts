import type { Execution } from '../event/execution.ts';
import type { Model } from './model.ts';

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

  /** The smallest sets of axioms, of at most `most`, without which the model allows the execution; none if there are none so small. */
  smallest(execution: Execution, most: number): string[][] {
    let level: string[][] = [[]];
    for (let size = 0; size <= most; size++) {
      const found = level.filter((out) => this.less(out).check(execution).consistent);
      if (found.length > 0 || size === most) return found;
      const next = new Map<string, string[]>();
      for (const out of level) {
        for (const axiom of this.#conflict(out, execution)) {
          const more = this.#names.filter((name) => name === axiom || out.includes(name));
          next.set(more.join(), more);
        }
      }
      level = [...next.values()];
    }
    return [];
  }

  /** Axioms, none of them `out`, that together forbid the execution, and none of which can be left out: one must go. */
  #conflict(out: readonly string[], execution: Execution): string[] {
    let left = this.#names.filter((name) => !out.includes(name));
    for (const axiom of left) {
      const fewer = left.filter((name) => name !== axiom);
      if (!this.less(this.#names.filter((name) => !fewer.includes(name))).check(execution).consistent) left = fewer;
    }
    return left;
  }
}

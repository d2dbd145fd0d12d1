import type { Action } from '../../event/action.ts';
import { isReading } from '../../event/action.ts';
import type { Site } from '../../event/request.ts';
import { unitsKey } from '../../event/units.ts';

/**
 * What outcomes tell of the main thread beyond its log: the last value that it read of each place after its first join
 * (`../outcome.ts`). Equal ones are the same object.
 */
export interface Observed {
  readonly id: number;
  readonly joined: boolean;
  /** Place and way of showing → value, in the order in which the places were first read. */
  readonly values: ReadonlyMap<string, string>;
}

/** A class because the table is hidden. */
export class Observations {
  readonly #known = new Map<string, Observed>();
  readonly none: Observed = this.#get(false, new Map());

  get size(): number {
    return this.#known.size;
  }

  joined(before: Observed): Observed {
    return before.joined ? before : this.#get(true, before.values);
  }

  read(before: Observed, actions: readonly Action[], site: Site): Observed {
    if (!before.joined || site.shows === null || !actions.some(isReading)) return before;
    const values = new Map(before.values);
    for (const action of actions) {
      if (!isReading(action)) continue;
      values.set(`${action.region}+${action.offset} ${site.shows} ${site.text}`, unitsKey(action.read));
    }
    return this.#get(true, values);
  }

  #get(joined: boolean, values: ReadonlyMap<string, string>): Observed {
    const key = `${joined} ${[...values].map(([place, value]) => `${place}=${value}`).join(';')}`;
    let observed = this.#known.get(key);
    if (observed === undefined) {
      observed = { id: this.#known.size, joined, values };
      this.#known.set(key, observed);
    }
    return observed;
  }
}

import type { Execution } from '../../event/execution.ts';
import type { Placing } from '../accesses.ts';
import { placingOf } from '../axioms.ts';
import type { Definition } from '../definition.ts';
import { Asks } from './asks.ts';
import { Frame } from './frame.ts';
import { Order } from './order.ts';

/** What all judges use, one after the other. */
const frame = new Frame();
const order = new Order();

/** Judges small executions by a definition. */
export class QuickJudge {
  readonly #definition: Definition;
  readonly #placing: Placing;
  readonly #value: boolean;
  readonly #ordered: boolean;
  readonly #asks: Asks;

  constructor(definition: Definition) {
    this.#definition = definition;
    this.#placing = placingOf(definition.axioms);
    this.#value = definition.axioms.includes('value');
    this.#ordered = definition.axioms.includes('hb-irreflexive');
    this.#asks = new Asks(definition, frame, order);
  }

  /** Whether an execution is consistent; null if it is too large, or none. */
  judge(execution: Execution): boolean | null {
    if (!frame.take(execution, this.#definition, this.#placing)) return null;
    if (this.#value && frame.wrongValue) return false;
    if (!frame.close() && this.#ordered) return false;
    if (!this.#asks.holdWithoutOrder()) return false;
    order.begin(frame.elements, this.#ordered ? frame.count : 0, frame.hb, frame.hbInverse);
    this.#asks.ask();
    return order.isPossible();
  }
}

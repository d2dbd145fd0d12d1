import { Bug } from '../../../base/assert.ts';
import { MOST } from '../../quick/numbers.ts';
import type { Order } from '../../quick/order.ts';
import { dependsOn } from '../clausal.ts';
import type { Node } from '../nodes.ts';
import type { Flat } from './flat.ts';

type Go = () => void;
/** Goes on to what was given when it was made, for each way in which the pair may be in a relation. */
export type Visit = (a: number, b: number) => void;

/** The most pairs of orders that a way may be made of. */
const MOST_LITERALS = 8;

/** Unknown orders: their nodes, and by order and element the element's place in the joint order, or -1. */
interface Orders {
  readonly nodes: readonly Node[];
  readonly places: Int32Array;
}

/**
 * The ways in which pairs are in relations made of unknown orders: pairs of the orders that together put them there. Each node's rows hold what may be in it. As
 * every part of a formula is visited within the parts around it, it keeps its own place in variables.
 */
export class Ways {
  /** The pairs of the way that is being told, from and to, as places in the joint order; those that are known to be there are left out. */
  readonly literals = new Int32Array(2 * MOST_LITERALS);
  count = 0;
  readonly #flat: Flat;
  readonly #order: Order;
  readonly #orders: Orders;
  readonly #set: ReadonlySet<Node>;

  constructor(flat: Flat, order: Order, orders: Orders) {
    this.#flat = flat;
    this.#order = order;
    this.#orders = orders;
    this.#set = new Set(orders.nodes);
  }

  /** Tells each way of a pair by calling `go`, which finds it in {@link literals}. */
  of(node: Node, go: Go): Visit {
    const at = this.#flat.place(node);
    const { memory } = this.#flat;
    const inner = dependsOn(node, this.#set) ? this.#inner(node, go) : go;
    return (a, b) => {
      if ((((memory[at + a] as number) >>> b) & 1) === 1) inner(a, b);
    };
  }

  #inner(node: Node, go: Go): Visit {
    const { operation, operands } = node;
    if (operation.kind === 'variable') return this.#literal(node, go);
    if (operation.kind !== 'operator') throw new Bug('a relation without ways');
    const [first, second] = operands as [Node, Node];
    switch (operation.operator) {
      case 'union': {
        const [left, right] = [this.of(first, go), this.of(second, go)];
        return (a, b) => {
          left(a, b);
          right(a, b);
        };
      }
      case 'intersection':
        return this.#both(first, second, go);
      case 'sequence':
        return this.#sequence(first, second, go);
      case 'before':
        return this.of(second, go);
      case 'after':
      case 'difference':
        return this.of(first, go);
      case 'inverse': {
        const visit = this.of(first, go);
        return (a, b) => visit(b, a);
      }
      case 'optional': {
        const visit = this.of(first, go);
        return (a, b) => {
          if (a === b) go();
          visit(a, b);
        };
      }
      default:
        throw new Bug('a relation without ways');
    }
  }

  /** A side that does not depend on the orders has the pair, since the intersection may have it. */
  #both(first: Node, second: Node, go: Go): Visit {
    if (!dependsOn(first, this.#set)) return this.of(second, go);
    if (!dependsOn(second, this.#set)) return this.of(first, go);
    let [x, y] = [0, 0];
    const right = this.of(second, go);
    const left = this.of(first, () => right(x, y));
    return (a, b) => {
      [x, y] = [a, b];
      left(a, b);
    };
  }

  #sequence(first: Node, second: Node, go: Go): Visit {
    const at = this.#flat.place(first);
    const { memory } = this.#flat;
    let middle = 0;
    let end = 0;
    const right = this.of(second, go);
    if (!dependsOn(first, this.#set)) {
      return (a, b) => {
        for (let left = memory[at + a] as number; left !== 0; left &= left - 1) right(31 - Math.clz32(left & -left), b);
      };
    }
    const visit = this.of(first, () => right(middle, end));
    return (a, b) => {
      end = b;
      for (let left = memory[at + a] as number; left !== 0; left &= left - 1) {
        middle = 31 - Math.clz32(left & -left);
        visit(a, middle);
      }
    };
  }

  #literal(node: Node, go: Go): Visit {
    const { literals } = this;
    const order = this.#order;
    const { places, nodes } = this.#orders;
    const base = nodes.indexOf(node) * MOST;
    return (a, b) => {
      const from = places[base + a] as number;
      const to = places[base + b] as number;
      if (order.has(to, from)) return;
      if (order.has(from, to)) {
        go();
        return;
      }
      literals[2 * this.count] = from;
      literals[2 * this.count + 1] = to;
      this.count++;
      go();
      this.count--;
    };
  }
}

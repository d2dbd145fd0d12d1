import { Bug } from '../../base/assert.ts';
import type { Rows } from '../../rel/rows.ts';
import { hasBit } from '../../rel/rows.ts';
import { dependsOn } from './clausal.ts';
import type { Machine } from './machine.ts';
import type { Node } from './nodes.ts';

/** A pair of one of the unknown orders. */
export interface Literal {
  readonly order: Node;
  readonly from: number;
  readonly to: number;
}

/** One reason why a pair is in a relation: these pairs of the orders, by way of these elements. */
export type Found = (literals: readonly Literal[], path: readonly number[]) => void;

/** Goes through the ways in which a pair may be in a relation. */
type Visit = (a: number, b: number, then: () => void) => void;

/**
 * The reasons why pairs are in relations made of unknown orders. Each node's rows hold what may be in it, so that few pairs are looked into; `sure` says
 * which pairs of an order are known to be in it.
 */
export class Reasons {
  readonly #machine: Machine;
  readonly #orders: ReadonlySet<Node>;
  readonly #sure: (order: Node, from: number, to: number) => boolean;
  readonly #visits = new Map<Node, Visit>();
  readonly #literals: Literal[] = [];
  readonly #path: number[] = [];

  constructor(machine: Machine, orders: ReadonlySet<Node>, sure: (order: Node, from: number, to: number) => boolean) {
    this.#machine = machine;
    this.#orders = orders;
    this.#sure = sure;
  }

  /** Each reason why the pair may be in the relation; the lists are only good until the next. */
  of(node: Node, a: number, b: number, found: Found): void {
    this.#visit(node)(a, b, () => found(this.#literals, this.#path));
  }

  #visit(node: Node): Visit {
    const known = this.#visits.get(node);
    if (known !== undefined) return known;
    const has = (a: number, b: number): boolean => hasBit(this.#machine.rowsOf(node), this.#machine.words, a, b);
    const inner = dependsOn(node, this.#orders) ? this.#ways(node) : null;
    const visit: Visit =
      inner === null
        ? (a, b, then) => {
            if (has(a, b)) then();
          }
        : (a, b, then) => {
            if (has(a, b)) inner(a, b, then);
          };
    this.#visits.set(node, visit);
    return visit;
  }

  /** The ways of a pair that may be in a relation which depends on the orders. */
  #ways(node: Node): Visit {
    const { operation, operands } = node;
    if (operation.kind === 'variable') return (from, to, then) => this.#literal(node, from, to, then);
    if (operation.kind !== 'operator') throw new Bug('a relation without reasons');
    const [first, second] = operands as [Node, Node];
    const left = this.#visit(first);
    switch (operation.operator) {
      case 'union': {
        const right = this.#visit(second);
        return (a, b, then) => {
          left(a, b, then);
          right(a, b, then);
        };
      }
      case 'intersection': {
        const right = this.#visit(second);
        return (a, b, then) => left(a, b, () => right(a, b, then));
      }
      case 'sequence':
        return this.#sequence(first, second);
      case 'before':
        return this.#visit(second);
      case 'after':
      case 'difference':
        return left;
      case 'inverse':
        return (a, b, then) => left(b, a, then);
      case 'optional':
        return (a, b, then) => {
          if (a === b) then();
          left(a, b, then);
        };
      default:
        throw new Bug('a relation without reasons');
    }
  }

  #sequence(first: Node, second: Node): Visit {
    const [left, right] = [this.#visit(first), this.#visit(second)];
    const isKnown = !dependsOn(first, this.#orders);
    return (a, b, then) => {
      const { words } = this.#machine;
      const [rows, next] = [this.#machine.rowsOf(first), this.#machine.rowsOf(second)];
      for (let w = 0; w < words; w++) {
        for (let bits = rows[a * words + w] as number; bits !== 0; bits &= bits - 1) {
          const x = w * 32 + 31 - Math.clz32(bits & -bits);
          if (!hasBit(next, words, x, b)) continue;
          if (isKnown) this.#through(x, right, b, then);
          else left(a, x, () => this.#through(x, right, b, then));
        }
      }
    };
  }

  #through(x: number, right: Visit, b: number, then: () => void): void {
    this.#path.push(x);
    right(x, b, then);
    this.#path.pop();
  }

  #literal(order: Node, from: number, to: number, then: () => void): void {
    if (this.#sure(order, from, to)) {
      then();
      return;
    }
    this.#literals.push({ order, from, to });
    then();
    this.#literals.pop();
  }
}

/** The pairs of a relation. */
export function pairsOf(rows: Rows, size: number, words: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < size; a++) {
    for (let w = 0; w < words; w++) {
      for (let left = rows[a * words + w] as number; left !== 0; left &= left - 1) {
        pairs.push([a, w * 32 + 31 - Math.clz32(left & -left)]);
      }
    }
  }
  return pairs;
}

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

/**
 * The reasons why pairs are in relations made of unknown orders. Each node's rows hold what may be in it, so that few pairs are looked into; `sure` says
 * which pairs of an order are known to be in it.
 */
export class Reasons {
  readonly #machine: Machine;
  readonly #orders: ReadonlySet<Node>;
  readonly #sure: (order: Node, from: number, to: number) => boolean;
  readonly #literals: Literal[] = [];
  readonly #path: number[] = [];

  constructor(machine: Machine, orders: ReadonlySet<Node>, sure: (order: Node, from: number, to: number) => boolean) {
    this.#machine = machine;
    this.#orders = orders;
    this.#sure = sure;
  }

  of(node: Node, a: number, b: number, found: Found): void {
    this.#visit(node, a, b, () => found(this.#literals, this.#path));
  }

  #visit(node: Node, a: number, b: number, then: () => void): void {
    const { size, words } = this.#machine;
    if (!hasBit(this.#machine.rowsOf(node), words, a, b)) return;
    if (!dependsOn(node, this.#orders)) {
      then();
      return;
    }
    if (node.operation.kind === 'variable') {
      this.#literal(node, a, b, then);
      return;
    }
    if (node.operation.kind !== 'operator') return;
    const [left, right] = node.operands as [Node, Node];
    switch (node.operation.operator) {
      case 'union':
        this.#visit(left, a, b, then);
        this.#visit(right, a, b, then);
        return;
      case 'intersection':
        this.#visit(left, a, b, () => this.#visit(right, a, b, then));
        return;
      case 'sequence': {
        const [first, second] = [this.#machine.rowsOf(left), this.#machine.rowsOf(right)];
        for (let x = 0; x < size; x++) {
          if (hasBit(first, words, a, x) && hasBit(second, words, x, b)) this.#through(left, right, a, x, b, then);
        }
        return;
      }
      case 'before':
        this.#visit(right, a, b, then);
        return;
      case 'after':
      case 'difference':
        this.#visit(left, a, b, then);
        return;
      case 'inverse':
        this.#visit(left, b, a, then);
        return;
      case 'optional':
        if (a === b) then();
        this.#visit(left, a, b, then);
        return;
    }
  }

  #through(left: Node, right: Node, a: number, x: number, b: number, then: () => void): void {
    this.#visit(left, a, x, () => {
      this.#path.push(x);
      this.#visit(right, x, b, then);
      this.#path.pop();
    });
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

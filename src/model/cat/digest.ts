import type { Node } from './nodes.ts';
import type { CheckStep, ChooseStep, Step } from './program.ts';

/** Equal for checks that say the same, whatever their names are and wherever their files name things. */
export class Digests {
  readonly #known = new Map<Node, string>();
  readonly #choices: readonly ChooseStep[];

  constructor(steps: readonly Step[]) {
    this.#choices = steps.filter((step) => step.kind === 'choose');
  }

  ofCheck({ test, negated, of }: CheckStep): string {
    return hash(`${test} ${String(negated)} ${this.#of(of)}`);
  }

  /** Whether a choice is of one order of all events, whatever it is. */
  isFree({ orders }: ChooseStep): boolean {
    return (
      orders !== null &&
      this.#of(orders.set) === hash('set base EV') &&
      this.#of(orders.relation) === hash('relation none')
    );
  }

  #of(node: Node): string {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    const found = hash(`${node.sort} ${this.#describe(node)}`);
    this.#known.set(node, found);
    return found;
  }

  #describe(node: Node): string {
    const { operation, operands } = node;
    switch (operation.kind) {
      case 'base':
        return `base ${operation.name}`;
      case 'operator': {
        const parts = operands.map((operand) => this.#of(operand));
        const commutes = operation.operator === 'union' || operation.operator === 'intersection';
        return [operation.operator, ...(commutes ? parts.sort() : parts)].join(' ');
      }
      case 'variable': {
        const choice = this.#choices.findIndex(({ variable }) => variable === node);
        const orders = this.#choices[choice]?.orders ?? null;
        return orders === null
          ? `variable ${node.id}`
          : `order ${choice} ${this.#of(orders.set)} ${this.#of(orders.relation)}`;
      }
      case 'fixpoint':
      case 'dynamic':
        return `${operation.kind} ${node.id}`;
    }
  }
}

/** 64 bits of a text, in hexadecimal: FNV-1a from two offsets. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x01000193) ^ (b >>> 15);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

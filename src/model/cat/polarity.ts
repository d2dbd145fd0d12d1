import type { Node } from './nodes.ts';

/**
 * How a node changes when some nodes grow: not at all (`steady`), it `grows` or `shrinks` (or stays), it may do `either`, or it is computed in a way that
 * does not tell.
 */
export type Growth = 'steady' | 'grows' | 'shrinks' | 'either' | 'untold';

/** Remembers what it has found: nodes are shared. */
export class Growths {
  readonly #growing: (node: Node) => boolean;
  readonly #known = new Map<Node, Growth>();

  /** `growing` says which bases and variables grow. */
  constructor(growing: (node: Node) => boolean) {
    this.#growing = growing;
  }

  of(node: Node): Growth {
    const known = this.#known.get(node);
    if (known !== undefined) return known;
    // A variable of a fixpoint under way grows with its body.
    this.#known.set(node, 'steady');
    const found = this.#find(node);
    this.#known.set(node, found);
    return found;
  }

  #find(node: Node): Growth {
    const { operation, operands } = node;
    switch (operation.kind) {
      case 'base':
      case 'variable':
        return this.#growing(node) ? 'grows' : 'steady';
      case 'dynamic':
        return operands.every((operand) => this.of(operand) === 'steady') ? 'steady' : 'untold';
      case 'fixpoint':
        return together(operation.group.bodies.map((body) => this.of(body)));
      case 'operator': {
        const growths = operands.map((operand) => this.of(operand));
        if (operation.operator === 'complement') return opposite(growths[0] as Growth);
        if (operation.operator === 'difference')
          return together([growths[0] as Growth, opposite(growths[1] as Growth)]);
        return together(growths);
      }
    }
  }
}

function opposite(of: Growth): Growth {
  if (of === 'grows') return 'shrinks';
  return of === 'shrinks' ? 'grows' : of;
}

function together(growths: readonly Growth[]): Growth {
  if (growths.includes('untold')) return 'untold';
  if (growths.includes('either')) return 'either';
  const grows = growths.includes('grows');
  if (growths.includes('shrinks')) return grows ? 'either' : 'shrinks';
  return grows ? 'grows' : 'steady';
}

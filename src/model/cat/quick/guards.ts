import type { Node } from '../nodes.ts';

/** Sets: if all of them are empty, something else is. */
type Guard = readonly Node[];

/** Ways to see it that are kept of one node. */
const MOST_GUARDS = 4;

/**
 * From which sets being empty it follows that a node is empty; of each way, all of them must be. What depends on choices is left out. (A fence
 * that is seqcst is part of whatever `fence-order` forbids: an execution without one need not compute it.)
 */
export function guardsOf(node: Node): readonly Guard[] {
  const { operation, operands, sort } = node;
  if (sort === 'set') return node.variables.size === 0 ? [[node]] : [];
  if (operation.kind !== 'operator') return [];
  const [a, b] = operands as [Node, Node];
  switch (operation.operator) {
    case 'lift':
    case 'difference':
    case 'inverse':
    case 'plus':
      return guardsOf(a);
    case 'product':
    case 'before':
    case 'after':
    case 'intersection':
    case 'sequence':
      return simplest([...guardsOf(a), ...guardsOf(b)]);
    case 'union':
      return simplest(guardsOf(a).flatMap((one) => guardsOf(b).map((other) => [...new Set([...one, ...other])])));
    default:
      return [];
  }
}

function simplest(guards: readonly Guard[]): readonly Guard[] {
  const known = new Map(
    guards.map((guard) => [
      guard
        .map(({ id }) => id)
        .sort((a, b) => a - b)
        .join(' '),
      guard,
    ]),
  );
  return [...known.values()].sort((a, b) => a.length - b.length).slice(0, MOST_GUARDS);
}

import type { Node } from './nodes.ts';
import { isOperator } from './nodes.ts';
import type { CheckStep } from './program.ts';

/**
 * Whether a check on an unknown total order can be said as clauses over the order's pairs: the relation must be made of the order by operators under which
 * every pair has its reasons in pairs of the order.
 */
export function isClausal({ test, negated, of, purpose }: CheckStep, orders: ReadonlySet<Node>): boolean {
  if (negated || purpose !== 'check') return false;
  if (test === 'acyclic')
    return unionTerms(of).some((term) => orders.has(term)) && unionTerms(of).every((term) => hasReasons(term, orders));
  return hasReasons(of, orders);
}

export function unionTerms(node: Node): readonly Node[] {
  return isOperator(node, 'union') ? node.operands.flatMap(unionTerms) : [node];
}

export function dependsOn(node: Node, orders: ReadonlySet<Node>): boolean {
  for (const variable of node.variables) if (orders.has(variable)) return true;
  return false;
}

function hasReasons(node: Node, orders: ReadonlySet<Node>): boolean {
  if (!dependsOn(node, orders)) return true;
  const { operation, operands } = node;
  if (operation.kind === 'variable') return true;
  if (operation.kind !== 'operator') return false;
  switch (operation.operator) {
    case 'union':
    case 'intersection':
    case 'sequence':
    case 'inverse':
    case 'optional':
      return operands.every((operand) => hasReasons(operand, orders));
    case 'before':
      return !dependsOn(operands[0] as Node, orders) && hasReasons(operands[1] as Node, orders);
    case 'difference':
    case 'after':
      return !dependsOn(operands[1] as Node, orders) && hasReasons(operands[0] as Node, orders);
    default:
      return false;
  }
}

import * as kernel from '../../rel/kernels.ts';
import { hasBit } from '../../rel/rows.ts';
import type { Machine } from './machine.ts';
import type { Node } from './nodes.ts';
import type { CheckStep } from './program.ts';

/** Whether a check's condition is true of the node as it is now computed. */
export function conditionHolds(machine: Machine, { test, negated, of }: CheckStep): boolean {
  const rows = machine.rowsOf(of);
  const { size, words } = machine;
  switch (test) {
    case 'empty':
      return kernel.isEmpty(rows, machine.lengthOf(of)) !== negated;
    case 'irreflexive':
      return kernel.reflexivePoint(rows, size, words) < 0 !== negated;
    case 'acyclic':
      return kernel.isAcyclic(rows, size, words) !== negated;
  }
}

/** The elements that break a check: a cycle, or a pair with what lies between, in order. */
export function breaking(machine: Machine, { test, negated, of }: CheckStep): readonly number[] {
  if (negated) return [];
  const rows = machine.rowsOf(of);
  const { size, words } = machine;
  if (of.sort === 'set') return kernel.elementsOf(rows, words).slice(0, 1);
  if (test === 'acyclic') return kernel.findCycle(rows, size, words) ?? [];
  if (test === 'irreflexive') {
    const point = kernel.reflexivePoint(rows, size, words);
    return point < 0 ? [] : [point, ...between(machine, of, point, point)];
  }
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) if (hasBit(rows, words, a, b)) return [a, ...between(machine, of, a, b), b];
  }
  return [];
}

/** The elements that a path of the relation from `a` to `b` goes through, as its definition says. */
function between(machine: Machine, node: Node, a: number, b: number): readonly number[] {
  const { operation, operands } = node;
  if (operation.kind === 'fixpoint') return between(machine, operation.group.bodies[operation.index] as Node, a, b);
  if (operation.kind !== 'operator') return [];
  const { size, words } = machine;
  const holds = (of: Node, x: number, y: number): boolean => hasBit(machine.rowsOf(of), words, x, y);
  const [left, right] = operands as [Node, Node];
  switch (operation.operator) {
    case 'union':
      return between(machine, holds(left, a, b) ? left : right, a, b);
    case 'sequence':
      for (let x = 0; x < size; x++) {
        if (holds(left, a, x) && holds(right, x, b))
          return [...between(machine, left, a, x), x, ...between(machine, right, x, b)];
      }
      return [];
    case 'intersection': {
      const [one, other] = [between(machine, left, a, b), between(machine, right, a, b)];
      return one.length >= other.length ? one : other;
    }
    case 'difference':
    case 'after':
    case 'optional':
      return holds(left, a, b) ? between(machine, left, a, b) : [];
    case 'before':
      return between(machine, right, a, b);
    case 'inverse':
      return between(machine, left, b, a).toReversed();
    default:
      return [];
  }
}

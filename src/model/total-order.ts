import type { EventId } from '../event/execution.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';
import type { AxiomName } from './definition.ts';

/**
 * A condition on the order of three events W, W′ and R: that W′ is `before` W or `after` R, as far as those are offered. With
 * both it is a choice, with one an edge.
 */
export interface Constraint {
  readonly axiom: AxiomName;
  readonly write: EventId;
  readonly other: EventId;
  readonly read: EventId;
  readonly before: boolean;
  readonly after: boolean;
}

export type Ordering = { readonly order: readonly EventId[] } | { readonly conflict: Constraint };

/**
 * Finds a total order that contains the strict partial order `start` (transitively closed; it is changed) and satisfies
 * the constraints: edges and choices with one side impossible are added until nothing changes; then one extension is
 * tried; where it breaks a choice, that choice is branched on.
 */
export function solveOrder(start: BitMatrix, constraints: readonly Constraint[]): Ordering {
  let open = constraints;
  for (;;) {
    const saturated = saturate(start, open);
    if ('conflict' in saturated) return saturated;
    const order = extension(start);
    const broken = firstBroken(order, saturated.open);
    if (broken === null) return { order };
    const other = start.copy();
    other.addClosed(broken.other, broken.write);
    const found = solveOrder(other, saturated.open);
    if ('order' in found) return found;
    start.addClosed(broken.read, broken.other);
    open = saturated.open;
  }
}

/** Adds what the constraints force; answers those that are still choices. */
function saturate(
  order: BitMatrix,
  constraints: readonly Constraint[],
): { open: readonly Constraint[] } | { conflict: Constraint } {
  let open = constraints;
  for (let changed = true; changed; ) {
    changed = false;
    const left: Constraint[] = [];
    for (const constraint of open) {
      const { write, other, read } = constraint;
      if ((constraint.before && order.has(other, write)) || (constraint.after && order.has(read, other))) continue;
      const before = constraint.before && other !== write && !order.has(write, other);
      const after = constraint.after && other !== read && !order.has(other, read);
      if (before && after) {
        left.push(constraint);
        continue;
      }
      if (!before && !after) return { conflict: constraint };
      if (before) order.addClosed(other, write);
      else order.addClosed(read, other);
      changed = true;
    }
    open = left;
    if (left.length === 0) break;
  }
  return { open };
}

/** A linear extension of a closed strict order: an event has more successors than any event after it. */
function extension(order: BitMatrix): EventId[] {
  const { size } = order;
  const bySuccessors: EventId[][] = [];
  for (let e = 0; e < size; e++) {
    const count = order.rowCount(e);
    const same = bySuccessors[count];
    if (same === undefined) bySuccessors[count] = [e as EventId];
    else same.push(e as EventId);
  }
  const result: EventId[] = [];
  for (let count = size - 1; count >= 0; count--) {
    const same = bySuccessors[count];
    if (same !== undefined) for (const e of same) result.push(e);
  }
  return result;
}

function firstBroken(order: readonly EventId[], constraints: readonly Constraint[]): Constraint | null {
  if (constraints.length === 0) return null;
  const position = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) position[order[i] as number] = i;
  for (const constraint of constraints) {
    const at = position[constraint.other] as number;
    if ((position[constraint.write] as number) < at && at < (position[constraint.read] as number)) return constraint;
  }
  return null;
}

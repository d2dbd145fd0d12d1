import type { EventId } from '../event/execution.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';
import type { EdgeList } from './relations.ts';

/**
 * A clause on a total order of events: it contains at least one of the edges `either` (from and to alternating). One edge is a demand, none a
 * contradiction. `axiom` says what asks for it, and `events` of whom.
 */
export interface Constraint {
  readonly axiom: string;
  readonly events: readonly EventId[];
  readonly either: EdgeList;
}

export type Ordering = { readonly order: readonly EventId[] } | { readonly conflict: Constraint };

/**
 * Finds a total order that contains the strict partial order `start` (transitively closed; it is changed) and satisfies
 * the constraints: the last possible edge of a constraint is added until nothing changes; then one extension is
 * tried; where it breaks a constraint, the order is searched with that constraint's first possible edge, and then with the edge reversed.
 * `start` must not change once there is an answer.
 */
export function solveOrder(start: BitMatrix, constraints: readonly Constraint[]): Ordering {
  let open = constraints;
  for (;;) {
    const saturated = saturate(start, open);
    if ('conflict' in saturated) return saturated;
    open = saturated.open;
    if (open.length === 0) return new AnyExtension(start);
    const order = extension(start);
    const edge = firstBroken(start, order, open);
    if (edge === null) return { order };
    const guess = start.copy();
    guess.addClosed(edge.from, edge.to);
    const found = solveOrder(guess, open);
    if ('order' in found) return found;
    start.addClosed(edge.to, edge.from);
  }
}

/** A total order where every one that contains the partial order will do: made when somebody looks at it. */
class AnyExtension {
  readonly #start: BitMatrix;
  #order: readonly EventId[] | null = null;

  constructor(start: BitMatrix) {
    this.#start = start;
  }

  get order(): readonly EventId[] {
    this.#order ??= extension(this.#start);
    return this.#order;
  }
}

/** Adds what the constraints force; answers those that are still choices. */
function saturate(
  order: BitMatrix,
  constraints: readonly Constraint[],
): { open: readonly Constraint[] } | { conflict: Constraint } {
  let open = constraints;
  for (let changed = true; changed && open.length > 0; ) {
    changed = false;
    const left: Constraint[] = [];
    for (const constraint of open) {
      const last = lastPossible(order, constraint.either);
      if (last === SATISFIED) continue;
      if (last === CONTRADICTION) return { conflict: constraint };
      if (last === CHOICE) {
        left.push(constraint);
        continue;
      }
      order.addClosed(constraint.either[last] as number, constraint.either[last + 1] as number);
      changed = true;
    }
    open = left;
  }
  return { open };
}

const CONTRADICTION = -1;
const CHOICE = -2;
const SATISFIED = -3;

/** Where in the list the only edge is that the order can still contain; or that it contains one, or can contain none, or several. */
function lastPossible(order: BitMatrix, either: EdgeList): number {
  let last = CONTRADICTION;
  for (let i = 0; i < either.length; i += 2) {
    const from = either[i] as number;
    const to = either[i + 1] as number;
    if (order.has(from, to)) return SATISFIED;
    if (from !== to && !order.has(to, from)) last = last === CONTRADICTION ? i : CHOICE;
  }
  return last;
}

/** Numbers by element, or by number of elements; for one function at a time. */
let scratch = new Int32Array(64);

function cleared(length: number): Int32Array {
  if (scratch.length < length) scratch = new Int32Array(2 * length);
  return scratch.fill(0, 0, length);
}

/** A linear extension of a closed strict order: an event has more successors than any event after it. */
function extension(order: BitMatrix): EventId[] {
  const { size } = order;
  const place = cleared(size + 1);
  for (let e = 0; e < size; e++) {
    const fewer = size - order.rowCount(e);
    place[fewer] = (place[fewer] as number) + 1;
  }
  for (let fewer = 1; fewer <= size; fewer++) place[fewer] = (place[fewer] as number) + (place[fewer - 1] as number);
  const result = Array.from<EventId>({ length: size });
  for (let e = size - 1; e >= 0; e--) {
    const fewer = size - order.rowCount(e);
    const at = (place[fewer] as number) - 1;
    place[fewer] = at;
    result[at] = e as EventId;
  }
  return result;
}

/** An edge that the partial order `start` does not decide, of a constraint that its extension breaks; null if it breaks none. */
function firstBroken(
  start: BitMatrix,
  extended: readonly EventId[],
  constraints: readonly Constraint[],
): { readonly from: number; readonly to: number } | null {
  if (constraints.length === 0) return null;
  const position = cleared(extended.length);
  for (let i = 0; i < extended.length; i++) position[extended[i] as number] = i;
  for (const { either } of constraints) {
    let undecided = -1;
    for (let i = 0; i < either.length; i += 2) {
      const from = either[i] as number;
      const to = either[i + 1] as number;
      if ((position[from] as number) < (position[to] as number)) {
        undecided = -1;
        break;
      }
      if (undecided < 0 && from !== to && !start.has(to, from)) undecided = i;
    }
    if (undecided >= 0) return { from: either[undecided] as number, to: either[undecided + 1] as number };
  }
  return null;
}

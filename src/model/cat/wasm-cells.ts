import { known } from '../../base/assert.ts';
import type { Action, ReadingAction } from '../../event/action.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { EventId, Execution } from '../../event/execution.ts';
import type { Region } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { isFill, unitAt } from '../../event/units.ts';

type Access = Extract<Action, { readonly kind: 'rd' | 'wr' | 'rmw' }>;

/** An access with its place in the execution. */
export interface Placed {
  readonly event: EventId;
  readonly action: Access;
  /** Unit by unit which event it reads from; null if it does not read. */
  readonly from: readonly EventId[] | null;
}

/**
 * A piece of an event as small as reads-from and overlaps ask for: `size` units from `start` of an access's region, on which all accesses of the execution
 * agree: each has all of them or none, and a read takes all of them from one write. An event without accesses (a fence) is one cell without units.
 */
export interface Cell {
  readonly event: EventId;
  readonly access: Placed | null;
  readonly start: number;
  readonly size: number;
  /** The event that it reads from, or -1. */
  readonly from: number;
}

/** The cells of an execution, event by event. Of initial contents only what other accesses touch has cells. */
export function cellsOf(execution: Execution): Cell[] {
  const regions = new Map<Region, Placed[]>();
  const placed = execution.events.map(({ id, actions }) => {
    const accesses: Placed[] = [];
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      if (!isAccess(action)) continue;
      const from = isReading(action) ? known(execution.rf[id]?.[a], 'reads-from of a reading action') : null;
      const access: Placed = { event: id, action, from };
      accesses.push(access);
      const others = regions.get(action.region);
      if (others === undefined) regions.set(action.region, [access]);
      else others.push(access);
    }
    return accesses;
  });
  const cuts = new Map<Region, readonly number[]>();
  for (const [region, accesses] of regions) cuts.set(region, cutPoints(accesses));
  const cells: Cell[] = [];
  for (const { id } of execution.events) {
    const before = cells.length;
    for (const access of placed[id] as Placed[]) {
      const { region } = access.action;
      addCells(access, cuts.get(region) as readonly number[], regions.get(region) as readonly Placed[], cells);
    }
    if (cells.length === before) cells.push({ event: id, access: null, start: 0, size: 0, from: -1 });
  }
  return cells;
}

/** Where some access of a region starts or ends, or a read goes on to another write; ascending. */
function cutPoints(accesses: readonly Placed[]): readonly number[] {
  const points: number[] = [];
  const add = (point: number): void => {
    if (!points.includes(point)) points.push(point);
  };
  for (const { action, from } of accesses) {
    add(action.offset);
    add(action.offset + action.size);
    if (from === null) continue;
    for (let k = 1; k < from.length; k++) if (from[k] !== from[k - 1]) add(action.offset + k);
  }
  return points.sort((a, b) => a - b);
}

function addCells(access: Placed, cuts: readonly number[], others: readonly Placed[], cells: Cell[]): void {
  const { action, event, from } = access;
  const end = action.offset + action.size;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] as number;
    if (start < action.offset) continue;
    if (start >= end) return;
    if (action.order === 'init' && !touched(others, start)) continue;
    const source = from === null ? -1 : (from[start - action.offset] as number);
    cells.push({ event, access, start, size: (cuts[i + 1] as number) - start, from: source });
  }
}

function touched(accesses: readonly Placed[], unit: number): boolean {
  return accesses.some(
    ({ action }) => action.order !== 'init' && action.offset <= unit && unit < action.offset + action.size,
  );
}

/** Whether both are of the same units. */
export function sameUnits(a: Cell, b: Cell): boolean {
  return (
    a.access !== null && b.access !== null && a.start === b.start && a.access.action.region === b.access.action.region
  );
}

/** Whether what `a` writes (reads, if it does not write) is what `b` reads (writes, if it does not read), both being of the same units. */
export function sameValue(a: Cell, b: Cell): boolean {
  if (a.access === null || b.access === null) return false;
  const left = isWriting(a.access.action) ? a.access.action.written : a.access.action.read;
  const right = isReading(b.access.action)
    ? (b.access.action as ReadingAction).read
    : (b.access.action as { written: Units }).written;
  return equalPieces(left, a.start - a.access.action.offset, right, b.start - b.access.action.offset, a.size);
}

function equalPieces(left: Units, i: number, right: Units, j: number, size: number): boolean {
  if (isFill(left) && isFill(right)) return left.fill === right.fill;
  for (let k = 0; k < size; k++) if (unitAt(left, i + k) !== unitAt(right, j + k)) return false;
  return true;
}

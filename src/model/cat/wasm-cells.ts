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
export function cellsOf({ events, rf }: Execution): Cell[] {
  const accesses: Placed[] = [];
  for (const { id, actions } of events) {
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      if (!isAccess(action)) continue;
      const from = isReading(action) ? known(rf[id]?.[a], 'reads-from of a reading action') : null;
      accesses.push({ event: id, action, from });
    }
  }
  const cells: Cell[] = [];
  let next = 0;
  for (const { id } of events) {
    const before = cells.length;
    for (; next < accesses.length && (accesses[next] as Placed).event === id; next++) {
      addCells(accesses[next] as Placed, accesses, cells);
    }
    if (cells.length === before) cells.push({ event: id, access: null, start: 0, size: 0, from: -1 });
  }
  return cells;
}

function addCells(access: Placed, all: readonly Placed[], cells: Cell[]): void {
  const { action, event, from } = access;
  const cuts = cutPoints(action, all);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const start = cuts[i] as number;
    if (action.order === 'init' && !isTouched(action.region, start, all)) continue;
    const source = from === null ? -1 : (from[start - action.offset] as number);
    cells.push({ event, access, start, size: (cuts[i + 1] as number) - start, from: source });
  }
}

/** Where an access must be cut: its ends, where another access starts or ends, and where a read goes on to another write; ascending. */
function cutPoints({ region, offset, size }: Access, all: readonly Placed[]): readonly number[] {
  const end = offset + size;
  const points = [offset, end];
  for (const { action, from } of all) {
    if (action.region !== region || action.offset >= end || action.offset + action.size <= offset) continue;
    if (action.offset > offset) insert(points, action.offset);
    if (action.offset + action.size < end) insert(points, action.offset + action.size);
    if (from === null) continue;
    for (let k = 1; k < from.length; k++) {
      const at = action.offset + k;
      if (from[k] !== from[k - 1] && at > offset && at < end) insert(points, at);
    }
  }
  return points;
}

/** Keeps the list ascending, each number once. */
function insert(points: number[], point: number): void {
  let i = points.length;
  while (i > 0 && (points[i - 1] as number) > point) i--;
  if (points[i - 1] !== point) points.splice(i, 0, point);
}

function isTouched(region: Region, unit: number, all: readonly Placed[]): boolean {
  for (const { action } of all) {
    if (
      action.region === region &&
      action.order !== 'init' &&
      action.offset <= unit &&
      unit < action.offset + action.size
    )
      return true;
  }
  return false;
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

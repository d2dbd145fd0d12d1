import type { Action, ReadAction } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import type { Edge, Event, EventId, Execution } from '../../event/execution.ts';
import { unitAt } from '../../event/units.ts';

/** An execution some of whose reads are cut into pieces, each an event of its own. */
export interface Pieces {
  readonly execution: Execution;
  /** The original event of each event. */
  readonly of: readonly EventId[];
  /** The units, counted in their region, that each event reads as a piece of another; null for one that is whole. */
  readonly pieceOf: readonly ({ readonly from: number; readonly to: number } | null)[];
}

/** An execution in one piece. */
export function whole(execution: Execution): Pieces {
  return { execution, of: execution.events.map(({ id }) => id), pieceOf: execution.events.map(() => null) };
}

interface Piece {
  readonly units: { readonly from: number; readonly to: number } | null;
  readonly actions: readonly Action[];
  readonly rf: readonly (readonly EventId[] | null)[];
}

/** Cuts reads of the events `torn`: units that come from different writes are read by different events. What else the event does is in the last one. */
export function cut(execution: Execution, torn: readonly EventId[]): Pieces {
  const of: EventId[] = [];
  const drafts: { readonly event: Event; readonly piece: Piece }[] = [];
  const lastOf = new Map<EventId, EventId>();
  for (const event of execution.events) {
    const rows = event.actions.map((_, a) => execution.rf[event.id]?.[a] ?? null);
    const pieces = torn.includes(event.id)
      ? piecesOf(event, rows)
      : [{ units: null, actions: event.actions, rf: rows }];
    for (const piece of pieces) {
      lastOf.set(event.id, drafts.length as EventId);
      drafts.push({ event, piece });
      of.push(event.id);
    }
  }
  const piecesBy = (event: EventId): EventId[] =>
    of.flatMap((original, i) => (original === event ? [i as EventId] : []));
  const indices = new Map<number, number>();
  const events = drafts.map(({ event, piece }, i): Event => {
    const index = indices.get(event.thread) ?? 0;
    indices.set(event.thread, index + 1);
    return { ...event, id: i as EventId, index, actions: piece.actions };
  });
  const rf = drafts.map(({ piece }) => piece.rf.map((row) => row?.map((w) => lastOf.get(w) as EventId) ?? null));
  const asw = execution.asw.flatMap(([a, b]) =>
    piecesBy(a).flatMap((before) => piecesBy(b).map((after): Edge => [before, after])),
  );
  return { execution: { ...execution, events, rf, asw }, of, pieceOf: drafts.map(({ piece }) => piece.units) };
}

function piecesOf(event: Event, rows: readonly (readonly EventId[] | null)[]): Piece[] {
  const pieces: Piece[] = [];
  const rest: { action: Action; row: readonly EventId[] | null }[] = [];
  for (const [a, action] of event.actions.entries()) {
    const row = rows[a] ?? null;
    if (action.kind !== 'rd' || row === null || new Set(row).size < 2) rest.push({ action, row });
    else for (const part of runs(action, row)) pieces.push(pieceOf(part));
  }
  const last = pieces.at(-1);
  if (rest.length === 0 || last === undefined) return pieces;
  const [first, ...others] = rest.some(({ action }) => isWriting(action)) ? pieces.toReversed() : pieces;
  const carrier = first as Piece;
  const full: Piece = {
    units: carrier.units,
    actions: [...rest.map(({ action }) => action), ...carrier.actions],
    rf: [...rest.map(({ row }) => row), ...carrier.rf],
  };
  return rest.some(({ action }) => isWriting(action)) ? [...others.toReversed(), full] : [full, ...others];
}

function pieceOf({ action, row }: { readonly action: ReadAction; readonly row: readonly EventId[] }): Piece {
  return { units: { from: action.offset, to: action.offset + action.size }, actions: [action], rf: [row] };
}

/** Maximal runs of units from one write. */
function runs(action: ReadAction, row: readonly EventId[]): { action: ReadAction; row: readonly EventId[] }[] {
  const found: { action: ReadAction; row: readonly EventId[] }[] = [];
  for (let k = 0; k < row.length; ) {
    const start = k;
    while (k < row.length && row[k] === row[start]) k++;
    const read = Array.from({ length: k - start }, (_, i) => unitAt(action.read, start + i));
    const part: ReadAction = { ...action, offset: action.offset + start, size: k - start, read };
    found.push({ action: part, row: row.slice(start, k) });
  }
  return found;
}

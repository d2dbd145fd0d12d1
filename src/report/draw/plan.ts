import type { EventId } from '../../event/execution.ts';
import type { Figure, FigureEdge, FigureNode } from './figure.ts';
import { rowsOf } from './rows.ts';

/** Which side of its box an edge leaves or enters. */
export type Side = 'left' | 'right';

/**
 * How an edge runs, before anything has a size. Columns are separated by gutters: gutter g is left of column g, so there is
 * one more gutter than columns.
 */
export type Route =
  /** Straight down to the next event of the thread. */
  | { readonly kind: 'down'; readonly edge: FigureEdge }
  /** Through gutters, passing the columns between in slots without boxes. */
  | { readonly kind: 'across'; readonly edge: FigureEdge; readonly passes: readonly Pass[] }
  /** Around the boxes of one column. */
  | { readonly kind: 'around'; readonly edge: FigureEdge; readonly side: Side; readonly column: number }
  /** From the row of initial events down a gutter. */
  | { readonly kind: 'initial'; readonly edge: FigureEdge; readonly side: Side; readonly column: number }
  /** A race, marked upon the edge that already joins its two events. */
  | { readonly kind: 'upon'; readonly edge: FigureEdge; readonly host: FigureEdge };

/** A column passed in a slot: in row units, a whole number is a row that is empty there, a half the lane above the next row. */
export interface Pass {
  readonly column: number;
  readonly slot: number;
}

export interface Plan {
  readonly rows: ReadonlyMap<EventId, number>;
  readonly rowCount: number;
  readonly routes: readonly Route[];
}

/** Chooses rows, sides and slots. */
export function planOf(figure: Figure): Plan {
  const rows = rowsOf(figure);
  const rowCount = Math.max(0, ...[...rows.values()].map((row) => row + 1));
  const nodes = new Map(figure.nodes.map((node) => [node.event.id, node]));
  const sides = new SideChooser(figure.columns.length);
  const hosts = hostsOf(figure);
  const takenRows = takenRowsOf(figure, rows);
  const routes: Route[] = [];
  const late: (() => Route)[] = [];
  for (const edge of figure.edges) {
    const from = nodes.get(edge.from);
    const to = nodes.get(edge.to);
    const end = to ?? from;
    const host = edge.kind === 'race' ? (hosts.get(pairKey(edge)) ?? null) : null;
    if (end === undefined) continue;
    if (host !== null) {
      routes.push({ kind: 'upon', edge, host });
    } else if (from === undefined || to === undefined) {
      late.push(() => ({ kind: 'initial', edge, column: end.column, side: sides.choose(end.column, 'left') }));
    } else if (edge.kind === 'po') {
      routes.push({ kind: 'down', edge });
    } else if (from.column === to.column) {
      late.push(() => ({ kind: 'around', edge, column: to.column, side: sides.choose(to.column, 'right') }));
    } else {
      sides.take(from.column, from.column < to.column ? 'right' : 'left');
      sides.take(to.column, from.column < to.column ? 'left' : 'right');
      routes.push({ kind: 'across', edge, passes: passesOf(takenRows, rows, rowCount, from, to) });
    }
  }
  return { rows, rowCount, routes: [...routes, ...late.map((route) => route())] };
}

/** By pairs of events: the first edge between them on which a race can be marked. */
function hostsOf({ edges }: Figure): ReadonlyMap<string, FigureEdge> {
  const hosts = new Map<string, FigureEdge>();
  for (const edge of edges) {
    if (edge.kind !== 'rf' && edge.kind !== 'sw' && edge.kind !== 'fr') continue;
    const key = pairKey(edge);
    if (!hosts.has(key)) hosts.set(key, edge);
  }
  return hosts;
}

/** The same whichever way an edge runs. */
function pairKey({ from, to }: FigureEdge): string {
  return from < to ? `${from},${to}` : `${to},${from}`;
}

/** By column: the rows that have an event there. */
function takenRowsOf({ columns, nodes }: Figure, rows: ReadonlyMap<EventId, number>): readonly ReadonlySet<number>[] {
  const taken = columns.map(() => new Set<number>());
  for (const { column, event } of nodes) taken[column]?.add(rows.get(event.id) ?? 0);
  return taken;
}

/** Sends edges that may run on either side of a column outwards, or where fewer edges are. */
class SideChooser {
  readonly #columns: number;
  readonly #taken = new Map<string, number>();

  constructor(columns: number) {
    this.#columns = columns;
  }

  take(column: number, side: Side): void {
    this.#taken.set(`${column}${side}`, this.#count(column, side) + 1);
  }

  choose(column: number, ifAlone: Side): Side {
    const side = this.#outward(column, ifAlone);
    this.take(column, side);
    return side;
  }

  #outward(column: number, ifAlone: Side): Side {
    if (this.#columns === 1) return ifAlone;
    if (column === 0) return 'left';
    if (column === this.#columns - 1) return 'right';
    return this.#count(column, 'left') <= this.#count(column, 'right') ? 'left' : 'right';
  }

  #count(column: number, side: Side): number {
    return this.#taken.get(`${column}${side}`) ?? 0;
  }
}

/** In each column between, the free slot nearest to the straight line. */
function passesOf(
  takenRows: readonly ReadonlySet<number>[],
  rows: ReadonlyMap<EventId, number>,
  rowCount: number,
  from: FigureNode,
  to: FigureNode,
): Pass[] {
  const passes: Pass[] = [];
  const step = from.column < to.column ? 1 : -1;
  const start = rows.get(from.event.id) ?? 0;
  const end = rows.get(to.event.id) ?? 0;
  for (let column = from.column + step; column !== to.column; column += step) {
    const taken = takenRows[column];
    const wanted = start + ((end - start) * Math.abs(column - from.column)) / Math.abs(to.column - from.column);
    let slot = -0.5;
    const tryOut = (other: number): void => {
      if (Math.abs(other - wanted) < Math.abs(slot - wanted)) slot = other;
    };
    for (let row = 0; row < rowCount; row++) {
      if (taken?.has(row) !== true) tryOut(row);
      tryOut(row + 0.5);
    }
    passes.push({ column, slot });
  }
  return passes;
}

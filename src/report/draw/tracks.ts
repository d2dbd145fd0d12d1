import { scalePoint } from 'd3-scale';
import { known } from '../../base/assert.ts';
import type { EventId } from '../../event/execution.ts';
import type { FigureEdge } from './figure.ts';
import type { Layout } from './layout.ts';
import { listAt } from './lists.ts';
import type { Plan, Route } from './plan.ts';
import type { Ports } from './ports.ts';
import { edgeKey } from './ports.ts';

/** Where in the gutters edges run up and down. */
export interface Tracks {
  /** The x at which an edge that crosses gutter `gutter` is steep. */
  steep(edge: FigureEdge, gutter: number): number;
  /** The track of an edge beside a column, counted outwards. */
  beside(edge: FigureEdge): number;
}

export function tracksOf(plan: Plan, layout: Layout, ports: Ports, columnOf: ReadonlyMap<EventId, number>): Tracks {
  const steep = steepTracks(plan, layout, ports, columnOf);
  const beside = besideTracks(plan, ports, columnOf);
  return {
    steep: (edge, gutter) => known(steep.get(edgeKey(edge, gutter)), 'track'),
    beside: (edge) => known(beside.get(edge), 'track'),
  };
}

interface Crossing {
  readonly edge: FigureEdge;
  /** Heights at the gutter's left and right. */
  readonly left: number;
  readonly right: number;
}

/**
 * Of edges that go down from left to right, those that start higher turn later (further right), so that they do not cross;
 * of upward ones, those that start lower.
 */
function steepTracks(
  plan: Plan,
  layout: Layout,
  ports: Ports,
  columnOf: ReadonlyMap<EventId, number>,
): ReadonlyMap<string, number> {
  const steep = new Map<string, number>();
  for (const [gutter, crossings] of crossingsOf(plan, ports, columnOf)) {
    const start = known(layout.columns[gutter - 1], 'column').right;
    const end = known(layout.columns[gutter], 'column').left;
    const down = crossings.filter((c) => c.left < c.right).toSorted((a, b) => b.left - a.left || b.right - a.right);
    const up = crossings.filter((c) => c.left >= c.right).toSorted((a, b) => a.left - b.left || a.right - b.right);
    for (const group of [down, up]) {
      const scale = scalePoint([...group.keys()], [start, end]).padding(1.2);
      for (const [i, { edge }] of group.entries()) steep.set(edgeKey(edge, gutter), known(scale(i), 'track'));
    }
  }
  return steep;
}

function crossingsOf(
  plan: Plan,
  ports: Ports,
  columnOf: ReadonlyMap<EventId, number>,
): ReadonlyMap<number, readonly Crossing[]> {
  const crossings = new Map<number, Crossing[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'across') continue;
    const { edge, passes } = route;
    const heights = [
      ports.at(route, 'from')[1],
      ...passes.map(({ slot }) => ports.passing(edge, slot)),
      ports.at(route, 'to')[1],
    ];
    const from = columnOf.get(edge.from) ?? 0;
    const rightwards = from < (columnOf.get(edge.to) ?? 0);
    for (let i = 0; i + 1 < heights.length; i++) {
      const gutter = rightwards ? from + i + 1 : from - i;
      const [here, there] = [heights[i] ?? 0, heights[i + 1] ?? 0];
      const crossing = rightwards ? { edge, left: here, right: there } : { edge, left: there, right: here };
      listAt(crossings, gutter).push(crossing);
    }
  }
  return crossings;
}

/** More than the height of any picture: edges around boxes come before those from initial events. */
const AROUND_FIRST = 1e6;

/**
 * Tracks of edges that run beside a column's boxes, from the boxes outwards: first those around boxes, the shortest first,
 * then those from initial events, the one that ends highest first.
 */
function besideTracks(
  plan: Plan,
  ports: Ports,
  columnOf: ReadonlyMap<EventId, number>,
): ReadonlyMap<FigureEdge, number> {
  const groups = new Map<string, { edge: FigureEdge; rank: number }[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'around' && route.kind !== 'initial') continue;
    const key = `${route.column} ${route.side}`;
    listAt(groups, key).push({ edge: route.edge, rank: besideRank(route, ports, columnOf) });
  }
  const tracks = new Map<FigureEdge, number>();
  for (const group of groups.values()) {
    for (const [i, { edge }] of group.toSorted((a, b) => a.rank - b.rank).entries()) tracks.set(edge, i);
  }
  return tracks;
}

function besideRank(route: Route, ports: Ports, columnOf: ReadonlyMap<EventId, number>): number {
  if (route.kind === 'around') return Math.abs(ports.at(route, 'from')[1] - ports.at(route, 'to')[1]) - AROUND_FIRST;
  return ports.at(route, columnOf.has(route.edge.to) ? 'to' : 'from')[1];
}

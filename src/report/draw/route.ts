import { scalePoint } from 'd3-scale';
import { known } from '../../base/assert.ts';
import type { EventId } from '../../event/execution.ts';
import type { Figure, FigureEdge } from './figure.ts';
import type { Box, Cubic, Curve, Point } from './geometry.ts';
import { bottom, middle, right, straight } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { Plan, Route, Side } from './plan.ts';
import { EDGES } from './theme.ts';

/** An edge with its shape: the curve ends where its head begins, and the head's tip touches the box. */
export interface PlacedEdge {
  /** Whether the curve is another edge's, on which this one is a mark. */
  readonly upon: boolean;
  readonly edge: FigureEdge;
  readonly curve: Curve;
  readonly tip: Point;
}

/** How far from its box an edge that runs around begins to turn. */
const STUB = 26;
const TRACK = 14;
/** More than the height of any picture. */
const AROUND_FIRST = 1e6;

/** Gives every edge its curve. Edges keep to gutters and free slots, so that no edge runs through a box. */
export function routeEdges(figure: Figure, plan: Plan, layout: Layout): PlacedEdge[] {
  const box = (id: EventId) => known(layout.boxes.get(id), 'box');
  const columnOf = new Map(figure.nodes.map((node) => [node.event.id, node.column]));
  const ports = portsOf(plan, box, columnOf);
  const port = (route: Route, end: 'from' | 'to') => known(ports.get(portKey(route.edge, end)), 'port');
  const passing = slotPositions(plan, layout);
  const tracks = tracksOf(plan, layout, columnOf, port, passing);
  const outward = outwardTracks(plan, port, columnOf);
  const place = (route: Route): PlacedEdge => {
    const { edge } = route;
    const upon = false;
    const head = EDGES[edge.kind].headLength;
    switch (route.kind) {
      case 'down': {
        const [x, y] = [middle(box(edge.from))[0], bottom(box(edge.from))];
        const tip: Point = [x, box(edge.to).y];
        return { edge, upon, curve: { start: [x, y], pieces: [straight([x, y], [x, tip[1] - head])] }, tip };
      }
      case 'across': {
        const start = port(route, 'from');
        const tip = port(route, 'to');
        const sign = tip[0] > start[0] ? 1 : -1;
        const pieces: Cubic[] = [];
        let at = start;
        for (const { column, slot } of route.passes) {
          const { left, right: end } = known(layout.columns[column], 'column');
          const y = known(passing.get(passKey(edge, slot)), 'slot');
          const near: Point = [sign > 0 ? left - 8 : end + 8, y];
          const far: Point = [sign > 0 ? end + 8 : left - 8, y];
          pieces.push(sCurve(at, near, tracks(edge, at, near)), straight(near, far));
          at = far;
        }
        const end: Point = [tip[0] - sign * head, tip[1]];
        pieces.push(sCurve(at, end, tracks(edge, at, end)));
        return { edge, upon, curve: { start, pieces }, tip };
      }
      case 'around': {
        const start = port(route, 'from');
        const tip = port(route, 'to');
        const sign = route.side === 'right' ? 1 : -1;
        const x = start[0] + sign * (STUB + TRACK * known(outward.get(edge), 'track')) * 1.3;
        return { edge, upon, curve: { start, pieces: [[[x, start[1]], [x, tip[1]], [tip[0] + sign * head, tip[1]]]] }, tip };
      }
      case 'initial': {
        const fromInitial = !columnOf.has(edge.from);
        const end = port(route, fromInitial ? 'to' : 'from');
        const sign = route.side === 'right' ? 1 : -1;
        const x = end[0] + sign * (STUB + TRACK * known(outward.get(edge), 'track'));
        const band = box(fromInitial ? edge.from : edge.to);
        return { edge, upon, ...fromBand(band, x, end, sign, fromInitial ? head : 0, fromInitial ? 0 : head) };
      }
      case 'upon':
        return { ...place(known(plan.routes.find((other) => other.edge === route.host), 'host')), edge, upon: true };
    }
  };
  return plan.routes.map(place);
}

/** From the row of initial events down at `x`, then into a box's side; reversed where the head is at the top. */
function fromBand(band: Box, x: number, end: Point, sign: number, headBelow: number, headAbove: number): { curve: Curve; tip: Point } {
  const top: Point = [Math.min(Math.max(x, band.x + 14), right(band) - 14), bottom(band)];
  const begin: Point = [top[0], top[1] + headAbove];
  const entry: Point = [x, Math.min(bottom(band) + 26, end[1] - 14)];
  const turn: Point = [x, Math.max(entry[1], end[1] - 26)];
  const last: Point = [end[0] + sign * headBelow, end[1]];
  const lead: Cubic = top[0] === x ? straight(begin, entry) : [[begin[0], (begin[1] + entry[1]) / 2 + 6], [x, (begin[1] + entry[1]) / 2 - 6], entry];
  const pieces: Cubic[] = [lead, straight(entry, turn), [[x, end[1] - 4], [x - sign * 4, end[1]], last]];
  if (headAbove === 0) return { curve: { start: begin, pieces }, tip: end };
  return { curve: reversed({ start: begin, pieces }), tip: top };
}

function reversed({ start, pieces }: Curve): Curve {
  const points = [start, ...pieces.map((piece) => piece[2])];
  const back = pieces.map((piece, i): Cubic => [piece[1], piece[0], known(points[i], 'point')]).reverse();
  return { start: known(points.at(-1), 'point'), pieces: back };
}

/** Between two points of a gutter: level at both ends, steep near `x`. */
function sCurve(from: Point, to: Point, x: number): Cubic {
  return [[x, from[1]], [x, to[1]], to];
}

function portKey(edge: FigureEdge, end: 'from' | 'to'): string {
  return `${edge.kind} ${edge.from} ${edge.to} ${end}`;
}

function passKey(edge: FigureEdge, slot: number): string {
  return `${edge.kind} ${edge.from} ${edge.to} ${slot}`;
}

/** Where edges touch the sides of boxes: spread evenly, in the order of where they come from or go to. */
function portsOf(plan: Plan, box: (id: EventId) => Box, columnOf: ReadonlyMap<EventId, number>): ReadonlyMap<string, Point> {
  const wanted = new Map<string, { id: EventId; side: Side; ends: { key: string; towards: number; rank: number }[] }>();
  for (const [rank, route] of plan.routes.entries()) {
    if (route.kind === 'down' || route.kind === 'upon') continue;
    for (const end of ['from', 'to'] as const) {
      const id = route.edge[end];
      const other = route.edge[end === 'from' ? 'to' : 'from'];
      if (!columnOf.has(id)) continue;
      const side = route.kind === 'across' ? ((columnOf.get(id) ?? 0) < (columnOf.get(other) ?? 0) ? 'right' : 'left') : route.side;
      const list = wanted.get(`${id}${side}`) ?? { id, side, ends: [] };
      list.ends.push({ key: portKey(route.edge, end), towards: middle(box(other))[1], rank });
      wanted.set(`${id}${side}`, list);
    }
  }
  const ports = new Map<string, Point>();
  for (const { id, side, ends } of wanted.values()) {
    const { x, y, height } = box(id);
    const sorted = ends.sort((a, b) => a.towards - b.towards || a.rank - b.rank);
    const scale = scalePoint(sorted.map((end) => end.key), [y + 5, y + height - 5]).padding(0.75);
    for (const { key } of sorted) ports.set(key, [side === 'left' ? x : right(box(id)), known(scale(key), 'port')]);
  }
  return ports;
}

/** The height at which each edge passes a slot; edges in one slot are spread over it. */
function slotPositions(plan: Plan, layout: Layout): ReadonlyMap<string, number> {
  const users = new Map<number, string[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'across') continue;
    for (const slot of new Set(route.passes.map((pass) => pass.slot))) {
      users.set(slot, [...(users.get(slot) ?? []), passKey(route.edge, slot)]);
    }
  }
  const positions = new Map<string, number>();
  for (const [slot, keys] of users) {
    const { y, height } = layout.slot(slot);
    const scale = scalePoint(keys, [y - height / 2, y + height / 2]).padding(0.75);
    for (const key of keys) positions.set(key, known(scale(key), 'slot'));
  }
  return positions;
}

type Track = (edge: FigureEdge, from: Point, to: Point) => number;

/**
 * Where in its gutter each edge is steep. Of edges that go down from left to right, those that start higher turn later
 * (further right), so that they do not cross; upward ones the other way round.
 */
function tracksOf(
  plan: Plan,
  layout: Layout,
  columnOf: ReadonlyMap<EventId, number>,
  port: (route: Route, end: 'from' | 'to') => Point,
  passing: ReadonlyMap<string, number>,
): Track {
  const crossings = new Map<number, { edge: FigureEdge; left: number; right: number }[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'across') continue;
    const ys = [port(route, 'from')[1], ...route.passes.map((pass) => passing.get(passKey(route.edge, pass.slot)) ?? 0), port(route, 'to')[1]];
    const from = columnOf.get(route.edge.from) ?? 0;
    const step = from < (columnOf.get(route.edge.to) ?? 0) ? 1 : -1;
    for (let i = 0; i + 1 < ys.length; i++) {
      const gutter = from + step * i + (step > 0 ? 1 : 0);
      const [a, b] = [ys[i] ?? 0, ys[i + 1] ?? 0];
      crossings.set(gutter, [...(crossings.get(gutter) ?? []), { edge: route.edge, left: step > 0 ? a : b, right: step > 0 ? b : a }]);
    }
  }
  const steep = new Map<string, number>();
  for (const [gutter, edges] of crossings) {
    const start = known(layout.columns[gutter - 1], 'column').right;
    const end = known(layout.columns[gutter], 'column').left;
    const down = edges.filter((e) => e.left < e.right).sort((a, b) => b.left - a.left || b.right - a.right);
    const up = edges.filter((e) => e.left >= e.right).sort((a, b) => a.left - b.left || a.right - b.right);
    for (const group of [down, up]) {
      const scale = scalePoint(group.map((_, i) => i), [start, end]).padding(1.2);
      for (const [i, { edge }] of group.entries()) steep.set(`${edge.kind} ${edge.from} ${edge.to} ${gutter}`, known(scale(i), 'track'));
    }
  }
  return (edge, from, to) => {
    const x = Math.min(from[0], to[0]);
    const gutter = layout.columns.filter((column) => column.right <= x + 1).length;
    return steep.get(`${edge.kind} ${edge.from} ${edge.to} ${gutter}`) ?? (from[0] + to[0]) / 2;
  };
}

/**
 * Tracks of edges that run beside a column's boxes, from the boxes outwards: first those around boxes, the shortest first,
 * then those from initial events, the one that ends highest first.
 */
function outwardTracks(plan: Plan, port: (route: Route, end: 'from' | 'to') => Point, columnOf: ReadonlyMap<EventId, number>): ReadonlyMap<FigureEdge, number> {
  const groups = new Map<string, { edge: FigureEdge; rank: number }[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'around' && route.kind !== 'initial') continue;
    const key = `${route.column}${route.side}`;
    const rank =
      route.kind === 'around'
        ? Math.abs(port(route, 'from')[1] - port(route, 'to')[1]) - AROUND_FIRST
        : port(route, columnOf.has(route.edge.to) ? 'to' : 'from')[1];
    groups.set(key, [...(groups.get(key) ?? []), { edge: route.edge, rank }]);
  }
  const tracks = new Map<FigureEdge, number>();
  for (const group of groups.values()) {
    for (const [i, { edge }] of group.sort((a, b) => a.rank - b.rank).entries()) tracks.set(edge, i);
  }
  return tracks;
}

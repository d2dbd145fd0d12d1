import { known } from '../../base/assert.ts';
import type { EventId } from '../../event/execution.ts';
import type { Figure, FigureEdge } from './figure.ts';
import type { Box, Cubic, Curve, Point } from './geometry.ts';
import { bottom, middle, right, straight } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { Plan, Route } from './plan.ts';
import type { Ports } from './ports.ts';
import { portsOf } from './ports.ts';
import { EDGES } from './theme.ts';
import type { Tracks } from './tracks.ts';
import { tracksOf } from './tracks.ts';

/** An edge with its shape: the curve ends where its head begins, and the head's tip touches the box. */
export interface PlacedEdge {
  readonly edge: FigureEdge;
  readonly curve: Curve;
  readonly tip: Point;
  /** Whether the curve is another edge's, on which this one is a mark. */
  readonly upon: boolean;
}

interface Drawing {
  readonly layout: Layout;
  readonly ports: Ports;
  readonly tracks: Tracks;
  readonly columnOf: ReadonlyMap<EventId, number>;
}

type RouteOf<Kind extends Route['kind']> = Extract<Route, { readonly kind: Kind }>;
type Shape = Pick<PlacedEdge, 'curve' | 'tip'>;

/** Gives every edge its curve. Edges keep to gutters and free slots, so that no edge runs through a box. */
export function routeEdges(figure: Figure, plan: Plan, layout: Layout): PlacedEdge[] {
  const columnOf = new Map(figure.nodes.map((node) => [node.event.id, node.column]));
  const ports = portsOf(plan, layout, columnOf);
  const drawing: Drawing = { layout, ports, tracks: tracksOf(plan, layout, ports, columnOf), columnOf };
  const routeOf = new Map(plan.routes.map((route) => [route.edge, route]));
  const place = (route: Route): PlacedEdge => {
    const { edge } = route;
    switch (route.kind) {
      case 'down':
        return { edge, upon: false, ...down(drawing, edge) };
      case 'across':
        return { edge, upon: false, ...across(drawing, route) };
      case 'around':
        return { edge, upon: false, ...around(drawing, route) };
      case 'initial':
        return { edge, upon: false, ...initial(drawing, route) };
      case 'upon':
        return { ...place(known(routeOf.get(route.host), 'host')), edge, upon: true };
    }
  };
  return plan.routes.map(place);
}

function boxOf({ layout }: Drawing, id: EventId): Box {
  return known(layout.boxes.get(id), 'box');
}

function headOf(edge: FigureEdge): number {
  return EDGES[edge.kind].headLength;
}

function down(drawing: Drawing, edge: FigureEdge): Shape {
  const from = boxOf(drawing, edge.from);
  const start: Point = [middle(from)[0], bottom(from)];
  const tip: Point = [start[0], boxOf(drawing, edge.to).y];
  return { curve: { start, pieces: [straight(start, [tip[0], tip[1] - headOf(edge)])] }, tip };
}

/** How far from the boxes that it passes an edge is level. */
const CLEARANCE = 8;

function across({ layout, ports, tracks, columnOf }: Drawing, route: RouteOf<'across'>): Shape {
  const { edge } = route;
  const start = ports.at(route, 'from');
  const tip = ports.at(route, 'to');
  const rightwards = tip[0] > start[0];
  const pieces: Cubic[] = [];
  let at = start;
  const cross = (to: Point, gutter: number) => {
    const x = tracks.steep(edge, gutter);
    pieces.push([[x, at[1]], [x, to[1]], to]);
    at = to;
  };
  for (const { column, slot } of route.passes) {
    const passed = known(layout.columns[column], 'column');
    const y = ports.passing(edge, slot);
    const [left, end] = [passed.left - CLEARANCE, passed.right + CLEARANCE];
    cross([rightwards ? left : end, y], rightwards ? column : column + 1);
    const far: Point = [rightwards ? end : left, y];
    pieces.push(straight(at, far));
    at = far;
  }
  const last = known(columnOf.get(edge.to), 'column');
  cross([tip[0] + (rightwards ? -1 : 1) * headOf(edge), tip[1]], rightwards ? last : last + 1);
  return { curve: { start, pieces }, tip };
}

/** Distances beside a column: to the first track, and between tracks. */
const FIRST_TRACK = 26;
const TRACK = 14;
/** A curve's controls lie this much further out than the curve itself. */
const BULGE = 1.3;

function around({ ports, tracks }: Drawing, route: RouteOf<'around'>): Shape {
  const start = ports.at(route, 'from');
  const tip = ports.at(route, 'to');
  const sign = route.side === 'right' ? 1 : -1;
  const x = start[0] + sign * (FIRST_TRACK + TRACK * tracks.beside(route.edge)) * BULGE;
  return {
    curve: {
      start,
      pieces: [
        [
          [x, start[1]],
          [x, tip[1]],
          [tip[0] + sign * headOf(route.edge), tip[1]],
        ],
      ],
    },
    tip,
  };
}

/** Between the row of initial events and a box's side, down a gutter. */
function initial(drawing: Drawing, route: RouteOf<'initial'>): Shape {
  const { edge } = route;
  const downwards = drawing.columnOf.has(edge.to);
  const end = drawing.ports.at(route, downwards ? 'to' : 'from');
  const band = boxOf(drawing, downwards ? edge.from : edge.to);
  const sign = route.side === 'right' ? 1 : -1;
  const x = end[0] + sign * (FIRST_TRACK + TRACK * drawing.tracks.beside(edge));
  const top: Point = [Math.min(Math.max(x, band.x + 14), right(band) - 14), bottom(band)];
  const begin: Point = [top[0], top[1] + (downwards ? 0 : headOf(edge))];
  const entry: Point = [x, Math.min(bottom(band) + 26, end[1] - 14)];
  const turn: Point = [x, Math.max(entry[1], end[1] - 26)];
  const last: Point = [end[0] + (downwards ? sign * headOf(edge) : 0), end[1]];
  const half = (begin[1] + entry[1]) / 2;
  const lead: Cubic = top[0] === x ? straight(begin, entry) : [[begin[0], half + 6], [x, half - 6], entry];
  const pieces: Cubic[] = [lead, straight(entry, turn), [[x, end[1] - 4], [x - sign * 4, end[1]], last]];
  const curve: Curve = { start: begin, pieces };
  return downwards ? { curve, tip: end } : { curve: reversed(curve), tip: top };
}

function reversed({ start, pieces }: Curve): Curve {
  const points = [start, ...pieces.map((piece) => piece[2])];
  const back = pieces.map(([c1, c2], i): Cubic => [c2, c1, known(points[i], 'point')]).toReversed();
  return { start: known(points.at(-1), 'point'), pieces: back };
}

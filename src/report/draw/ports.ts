import { scalePoint } from 'd3-scale';
import { known } from '../../base/assert.ts';
import type { EventId } from '../../event/execution.ts';
import type { FigureEdge } from './figure.ts';
import type { Box, Point } from './geometry.ts';
import { middle, right } from './geometry.ts';
import type { Layout } from './layout.ts';
import { listAt } from './lists.ts';
import type { Plan, Route, Side } from './plan.ts';

export type End = 'from' | 'to';

/** Where edges touch boxes and pass slots. */
export interface Ports {
  /** Where a route touches the side of a box; the ends of `down` and `upon` routes, and initial events, have none. */
  at(route: Route, end: End): Point;
  /** The height at which a route passes a slot. */
  passing(edge: FigureEdge, slot: number): number;
}

export function portsOf(plan: Plan, layout: Layout, columnOf: ReadonlyMap<EventId, number>): Ports {
  const sides = sidePorts(plan, (id) => known(layout.boxes.get(id), 'box'), columnOf);
  const slots = slotPositions(plan, layout);
  return {
    at: (route, end) => known(sides.get(endKey(route.edge, end)), 'port'),
    passing: (edge, slot) => known(slots.get(edgeKey(edge, slot)), 'slot'),
  };
}

/** Tells an edge's uses apart. */
export function edgeKey(edge: FigureEdge, use: number | string): string {
  return `${edge.relation ?? edge.kind} ${edge.from} ${edge.to} ${use}`;
}

const endKey: (edge: FigureEdge, end: End) => string = edgeKey;

/** Distance of the first port from a box's corner. */
const CORNER = 5;

interface Wanted {
  readonly id: EventId;
  readonly side: Side;
  readonly ends: { readonly key: string; readonly towards: number; readonly rank: number }[];
}

/** Ports spread evenly over each side, in the order of the heights that their edges lead to. */
function sidePorts(
  plan: Plan,
  box: (id: EventId) => Box,
  columnOf: ReadonlyMap<EventId, number>,
): ReadonlyMap<string, Point> {
  const wanted = new Map<string, Wanted>();
  for (const [rank, route] of plan.routes.entries()) {
    if (route.kind === 'down' || route.kind === 'upon') continue;
    for (const end of ['from', 'to'] as const) {
      const id = route.edge[end];
      const other = route.edge[end === 'from' ? 'to' : 'from'];
      if (!columnOf.has(id)) continue;
      const facesRight = (columnOf.get(id) ?? 0) < (columnOf.get(other) ?? 0);
      const side = route.kind === 'across' ? (facesRight ? 'right' : 'left') : route.side;
      const list = wanted.get(`${id} ${side}`) ?? { id, side, ends: [] };
      list.ends.push({ key: endKey(route.edge, end), towards: middle(box(other))[1], rank });
      wanted.set(`${id} ${side}`, list);
    }
  }
  const ports = new Map<string, Point>();
  for (const { id, side, ends } of wanted.values()) {
    const { x, y, height } = box(id);
    const keys = ends.toSorted((a, b) => a.towards - b.towards || a.rank - b.rank).map((end) => end.key);
    const scale = scalePoint(keys, [y + CORNER, y + height - CORNER]).padding(0.75);
    for (const key of keys) ports.set(key, [side === 'left' ? x : right(box(id)), known(scale(key), 'port')]);
  }
  return ports;
}

/** Edges that pass the same slot, spread over its height. */
function slotPositions(plan: Plan, layout: Layout): ReadonlyMap<string, number> {
  const users = new Map<number, string[]>();
  for (const route of plan.routes) {
    if (route.kind !== 'across') continue;
    for (const slot of new Set(route.passes.map((pass) => pass.slot))) {
      listAt(users, slot).push(edgeKey(route.edge, slot));
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

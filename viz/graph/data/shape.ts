import type { Cubic, Curve, Point } from '../../../src/report/draw/geometry.ts';
import { edgeStrokes, raceStrokes } from '../../../src/report/draw/svg-edge.ts';
import type { Stroke } from '../../../src/report/draw/svg-edge.ts';
import { straight } from '../../../src/report/draw/geometry.ts';
import { EDGES } from '../../../src/report/draw/theme.ts';
import type { GraphEdge, PlacedGraphEdge } from '../calls.ts';
import type { EventId } from '../../../src/event/execution.ts';

/** How far events were dragged. */
export type Moves = ReadonlyMap<EventId, readonly [x: number, y: number]>;

type Placed = Pick<PlacedGraphEdge, 'curve' | 'tip'>;

/** An edge after its ends were dragged: its start goes with one, its tip with the other, and what is between follows in proportion. */
export function movedEdge(edge: GraphEdge, placed: PlacedGraphEdge, moves: Moves): Placed {
  const isTurned = placed.upon && placed.turned;
  const start = moves.get(isTurned ? edge.to : edge.from);
  const end = moves.get(isTurned ? edge.from : edge.to);
  if (start === undefined && end === undefined) return placed;
  const [a, b] = [start ?? NOWHERE, end ?? NOWHERE];
  const { curve, tip } = placed;
  const count = curve.pieces.length * 3;
  const move = ([x, y]: Point, i: number): Point => {
    const t = i / count;
    return [x + a[0] * (1 - t) + b[0] * t, y + a[1] * (1 - t) + b[1] * t];
  };
  const pieces = curve.pieces.map(
    ([c1, c2, to], i): Cubic => [move(c1, 3 * i), move(c2, 3 * i + 3), move(to, 3 * i + 3)],
  );
  return { curve: { start: move(curve.start, 0), pieces }, tip: move(tip, count) };
}

const NOWHERE: Point = [0, 0];

/** What is drawn of an edge. */
export function strokesOf({ kind }: GraphEdge, { curve, tip }: Placed, upon: boolean): readonly Stroke[] {
  return upon ? raceStrokes(curve, EDGES[kind]) : edgeStrokes(curve, tip, EDGES[kind]);
}

/** The whole way from one event to the other. */
export function wholeWay({ curve, tip }: Placed): Curve {
  const end = curve.pieces.at(-1)?.[2] ?? curve.start;
  return { start: curve.start, pieces: [...curve.pieces, straight(end, tip)] };
}

import type { FigureEdge } from './figure.ts';
import type { Box, Curve, Point } from './geometry.ts';
import { boxesMeet, march, sample } from './geometry.ts';
import type { Layout } from './layout.ts';
import type { PlacedEdge } from './route.ts';
import { monoWidth } from './text-width.ts';
import { SIZE } from './theme.ts';

export interface PlacedLabel {
  readonly edge: FigureEdge;
  readonly text: string;
  readonly box: Box;
}

const HEIGHT = 15;
/** The room of a race's mark. */
const MARK = 46;
/** How exactly the middle of a curve is found. */
const MIDDLE_STEP = 4;
/** Where along its edge a label may be, the best place first. */
const PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.12, 0.88] as const;

/** Puts labels on their edges, clear of boxes and of each other as far as that can be. */
export function placeEdgeLabels(edges: readonly PlacedEdge[], layout: Layout): PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const marks = edges.filter(({ upon }) => upon).map(({ curve }) => markBox(curve));
  const boxes = [...layout.boxes.values(), ...marks];
  for (const { edge, curve } of edges) {
    if (edge.label === null) continue;
    const text = edge.label;
    const points = sample(curve);
    const at = (t: number): Box => around(points[Math.round(t * (points.length - 1))] as Point, text);
    const candidates = PLACES.map(at);
    const free = candidates.find(
      (box) => !boxes.some((other) => boxesMeet(box, other)) && !placed.some((label) => boxesMeet(box, label.box)),
    );
    placed.push({ edge, text, box: free ?? (candidates[0] as Box) });
  }
  return placed;
}

function markBox(curve: Curve): Box {
  const steps = march(curve, MIDDLE_STEP);
  const [x, y] = steps[steps.length >> 1]?.at ?? curve.start;
  return { x: x - MARK / 2, y: y - MARK / 2, width: MARK, height: MARK };
}

function around([x, y]: Point, text: string): Box {
  const width = monoWidth(text, SIZE.edge) + 8;
  return { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT };
}

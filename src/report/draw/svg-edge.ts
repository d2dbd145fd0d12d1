import { line } from 'd3-shape';
import type { Curve, Point } from './geometry.ts';
import { distance, march, pathData, straight, tenth } from './geometry.ts';
import type { EdgeStyle } from './theme.ts';
import { MARKER, PAPER } from './theme.ts';
import { element } from './xml.ts';

const ZIGZAG_STEP = 4;
const ZIGZAG_HEIGHT = 2.7;
/** Straight steps at each end of a zigzag. */
const ZIGZAG_ENDS = 2;

const polyline = line<Point>()
  .x((point) => tenth(point[0]))
  .y((point) => tenth(point[1]));

/** An edge's strokes and its head. */
export function edgeShapes(curve: Curve, tip: Point, style: EdgeStyle): string[] {
  const path = (attributes: Record<string, string | number | null>, d = pathData(curve)) =>
    element('path', { d, fill: 'none', 'stroke-linejoin': 'round', ...attributes });
  switch (style.line) {
    case 'single':
      return [
        path({
          stroke: style.color,
          'stroke-width': style.width,
          'stroke-dasharray': style.dash,
          'stroke-linecap': style.dash?.startsWith('0.1') ? 'round' : 'butt',
        }),
        ...head(curve, tip, style),
      ];
    case 'double':
      return [
        path({ stroke: style.color, 'stroke-width': style.width }),
        path({ stroke: PAPER, 'stroke-width': style.width - 2.6 }),
        ...head(curve, tip, style),
      ];
    case 'zigzag':
      return [path({ stroke: style.color, 'stroke-width': style.width }, polyline(zigzag(curve)) ?? '')];
  }
}

/** A broad stroke under an edge, from its start to its tip. */
export function marker(curve: Curve, tip: Point): string {
  const whole: Curve = {
    start: curve.start,
    pieces: [...curve.pieces, straight(curve.pieces.at(-1)?.[2] ?? curve.start, tip)],
  };
  return element('path', {
    d: pathData(whole),
    fill: 'none',
    stroke: MARKER.color,
    'stroke-width': MARKER.width,
    'stroke-opacity': MARKER.opacity,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  });
}

/** Steps of the mark of a race upon another edge. */
const MARK_STEPS = 9;
const MARK_HEIGHT = 4;
/** The heights of a mark's first swings; the last ones mirror them. */
const MARK_RISE = [0, 0.55] as const;

/** A race's mark upon another edge: its middle turned into a zigzag. */
export function raceMark(curve: Curve, style: EdgeStyle): string[] {
  const steps = march(curve, ZIGZAG_STEP);
  const first = Math.max(0, Math.floor((steps.length - 1 - MARK_STEPS) / 2));
  const piece = steps.slice(first, first + MARK_STEPS + 1);
  const points = piece.map(({ at, normal }, i): Point => {
    const rise = MARK_RISE[Math.min(i, piece.length - 1 - i)] ?? 1;
    const swing = rise * (i % 2 === 0 ? MARK_HEIGHT : -MARK_HEIGHT);
    return [at[0] + normal[0] * swing, at[1] + normal[1] * swing];
  });
  return [
    element('path', { d: polyline(piece.map(({ at }) => at)) ?? '', fill: 'none', stroke: PAPER, 'stroke-width': 6 }),
    element('path', {
      d: polyline(points) ?? '',
      fill: 'none',
      stroke: style.color,
      'stroke-width': style.width + 0.4,
      'stroke-linejoin': 'round',
    }),
  ];
}

function zigzag(curve: Curve): Point[] {
  const steps = march(curve, ZIGZAG_STEP);
  return steps.map(({ at, normal }, i) => {
    const flat = i < ZIGZAG_ENDS || i >= steps.length - ZIGZAG_ENDS;
    const swing = flat ? 0 : i % 2 === 0 ? ZIGZAG_HEIGHT : -ZIGZAG_HEIGHT;
    return [at[0] + normal[0] * swing, at[1] + normal[1] * swing];
  });
}

/** An arrow head between the curve's end and its tip. */
function head(curve: Curve, tip: Point, style: EdgeStyle): string[] {
  if (style.head === 'none') return [];
  const base = curve.pieces.at(-1)?.[2] ?? curve.start;
  const length = distance(base, tip) || 1;
  const [dx, dy] = [(tip[0] - base[0]) / length, (tip[1] - base[1]) / length];
  const half = style.headWidth / 2;
  const a: Point = [base[0] - dy * half, base[1] + dx * half];
  const b: Point = [base[0] + dy * half, base[1] - dx * half];
  switch (style.head) {
    case 'filled':
      return [element('path', { d: `${polyline([a, tip, b])}Z`, fill: style.color })];
    case 'hollow':
      return [
        element('path', {
          d: `${polyline([a, tip, b])}Z`,
          fill: PAPER,
          stroke: style.color,
          'stroke-width': 1.5,
          'stroke-linejoin': 'round',
        }),
      ];
    case 'open':
      return [
        element('path', {
          d: `${polyline([a, tip, b])}${polyline([base, tip])}`,
          fill: 'none',
          stroke: style.color,
          'stroke-width': style.width,
          'stroke-linejoin': 'round',
          'stroke-linecap': 'round',
        }),
      ];
  }
}

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

/** What a stroke is painted with: the colour of its edge, or that of the paper. */
export type Paint = 'edge' | 'paper' | 'none';

/** A piece of an edge as it is drawn, without its colours. */
export interface Stroke {
  readonly d: string;
  readonly fill: Paint;
  readonly stroke: Paint;
  readonly width: number;
  readonly dash: string | null;
  readonly round: boolean;
}

/** An edge's strokes and its head, one upon the other. */
export function edgeStrokes(curve: Curve, tip: Point, style: EdgeStyle): readonly Stroke[] {
  const line = (width: number, stroke: Paint, d = pathData(curve), dash: string | null = null): Stroke => ({
    d,
    fill: 'none',
    stroke,
    width,
    dash,
    round: dash?.startsWith('0.1') ?? false,
  });
  switch (style.line) {
    case 'single':
      return [line(style.width, 'edge', pathData(curve), style.dash), ...head(curve, tip, style)];
    case 'double':
      return [line(style.width, 'edge'), line(style.width - 2.6, 'paper'), ...head(curve, tip, style)];
    case 'zigzag':
      return [line(style.width, 'edge', polyline(zigzag(curve)) ?? '')];
  }
}

/** An edge's strokes and its head as elements. */
export function edgeShapes(curve: Curve, tip: Point, style: EdgeStyle): string[] {
  return edgeStrokes(curve, tip, style).map((stroke) => strokeElement(stroke, style));
}

function strokeElement({ d, fill, stroke, width, dash, round }: Stroke, { color }: EdgeStyle): string {
  const paints: Readonly<Record<Paint, string>> = { edge: color, paper: PAPER, none: 'none' };
  return element('path', {
    d,
    fill: paints[fill],
    'stroke-linejoin': stroke === 'none' ? null : 'round',
    stroke: stroke === 'none' ? null : paints[stroke],
    'stroke-width': stroke === 'none' ? null : width,
    'stroke-dasharray': dash,
    'stroke-linecap': round ? 'round' : null,
  });
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
export function raceStrokes(curve: Curve, style: EdgeStyle): readonly Stroke[] {
  const steps = march(curve, ZIGZAG_STEP);
  const first = Math.max(0, Math.floor((steps.length - 1 - MARK_STEPS) / 2));
  const piece = steps.slice(first, first + MARK_STEPS + 1);
  const points = piece.map(({ at, normal }, i): Point => {
    const rise = MARK_RISE[Math.min(i, piece.length - 1 - i)] ?? 1;
    const swing = rise * (i % 2 === 0 ? MARK_HEIGHT : -MARK_HEIGHT);
    return [at[0] + normal[0] * swing, at[1] + normal[1] * swing];
  });
  const line = { fill: 'none', dash: null, round: false } as const;
  return [
    { ...line, d: polyline(piece.map(({ at }) => at)) ?? '', stroke: 'paper', width: 6 },
    { ...line, d: polyline(points) ?? '', stroke: 'edge', width: style.width + 0.4 },
  ];
}

export function raceMark(curve: Curve, style: EdgeStyle): string[] {
  return raceStrokes(curve, style).map((stroke) => strokeElement(stroke, style));
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
function head(curve: Curve, tip: Point, style: EdgeStyle): readonly Stroke[] {
  if (style.head === 'none') return [];
  const base = curve.pieces.at(-1)?.[2] ?? curve.start;
  const length = distance(base, tip) || 1;
  const [dx, dy] = [(tip[0] - base[0]) / length, (tip[1] - base[1]) / length];
  const half = style.headWidth / 2;
  const a: Point = [base[0] - dy * half, base[1] + dx * half];
  const b: Point = [base[0] + dy * half, base[1] - dx * half];
  const triangle = `${polyline([a, tip, b])}Z`;
  switch (style.head) {
    case 'filled':
      return [{ d: triangle, fill: 'edge', stroke: 'none', width: 0, dash: null, round: false }];
    case 'hollow':
      return [{ d: triangle, fill: 'paper', stroke: 'edge', width: 1.5, dash: null, round: false }];
    case 'open': {
      const d = `${polyline([a, tip, b])}${polyline([base, tip])}`;
      return [{ d, fill: 'none', stroke: 'edge', width: style.width, dash: null, round: true }];
    }
  }
}

import { path } from 'd3-path';

export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cubic Bézier curve's end and its two controls; the start is the piece before. */
export type Cubic = readonly [control1: Point, control2: Point, end: Point];

export interface Curve {
  readonly start: Point;
  readonly pieces: readonly Cubic[];
}

export function right(box: Box): number {
  return box.x + box.width;
}

export function bottom(box: Box): number {
  return box.y + box.height;
}

export function middle(box: Box): Point {
  return [box.x + box.width / 2, box.y + box.height / 2];
}

export function inside([x, y]: Point, box: Box, margin = 0): boolean {
  return x > box.x - margin && x < right(box) + margin && y > box.y - margin && y < bottom(box) + margin;
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
}

export function straight(from: Point, to: Point): Cubic {
  const at = (t: number): Point => [from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t];
  return [at(1 / 3), at(2 / 3), to];
}

/** A curve as an SVG path. */
export function pathData(curve: Curve): string {
  const out = path();
  out.moveTo(...rounded(curve.start));
  for (const [c1, c2, end] of curve.pieces) out.bezierCurveTo(...rounded(c1), ...rounded(c2), ...rounded(end));
  return out.toString();
}

/** To a tenth of a pixel: pictures stay small, and equal on all machines. */
export function tenth(n: number): number {
  const value = Math.round(n * 10) / 10;
  return value === 0 ? 0 : value;
}

function rounded([x, y]: Point): [number, number] {
  return [tenth(x), tenth(y)];
}

const SAMPLES = 24;

/** Points along a curve, close to each other. */
export function sample(curve: Curve): Point[] {
  const points: Point[] = [curve.start];
  let from = curve.start;
  for (const [c1, c2, end] of curve.pieces) {
    for (let i = 1; i <= SAMPLES; i++) points.push(cubicAt(from, c1, c2, end, i / SAMPLES));
    from = end;
  }
  return points;
}

function cubicAt(p: Point, c1: Point, c2: Point, end: Point, t: number): Point {
  const u = 1 - t;
  const at = (i: 0 | 1) => u * u * u * p[i] + 3 * u * u * t * c1[i] + 3 * u * t * t * c2[i] + t * t * t * end[i];
  return [at(0), at(1)];
}

/** Points at equal steps of about `step` along a curve, the ends included, each with its unit normal. */
export function march(curve: Curve, step: number): { readonly at: Point; readonly normal: Point }[] {
  const points = sample(curve);
  const lengths = [0];
  for (let i = 1; i < points.length; i++)
    lengths.push((lengths[i - 1] ?? 0) + distance(points[i - 1] as Point, points[i] as Point));
  const total = lengths.at(-1) ?? 0;
  const count = Math.max(1, Math.round(total / step));
  const result: { at: Point; normal: Point }[] = [];
  let i = 1;
  for (let n = 0; n <= count; n++) {
    const target = (total * n) / count;
    while (i < points.length - 1 && (lengths[i] ?? 0) < target) i++;
    const a = points[i - 1] as Point;
    const b = points[i] as Point;
    const piece = distance(a, b) || 1;
    const t = Math.min(1, Math.max(0, (target - (lengths[i - 1] ?? 0)) / piece));
    const direction: Point = [(b[0] - a[0]) / piece, (b[1] - a[1]) / piece];
    result.push({ at: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], normal: [-direction[1], direction[0]] });
  }
  return result;
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

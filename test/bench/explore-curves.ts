import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { escape } from '../../src/report/draw/xml.ts';

/** A line: a value, which is above 0, for each size. */
export interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [size: number, value: number])[];
}

const [WIDTH, HEIGHT] = [640, 320];
const MARGIN = { left: 64, right: 220, top: 34, bottom: 40 };
/** Told apart by those who see no colours by their dashes. */
const STYLES = [
  ['#1f5fa8', ''],
  ['#6aa2dc', '6 3'],
  ['#b5462c', ''],
  ['#3d8b4f', '2 3'],
  ['#8a6fb3', '8 3 2 3'],
] as const;

/** How values grow with the size: curves over a logarithmic axis, as SVG; null where there is nothing to draw. */
export function drawCurves(title: string, unit: string, curves: readonly Curve[]): string | null {
  const drawn = curves.filter(({ points }) => points.length > 0);
  const points = drawn.flatMap((curve) => curve.points);
  const sizes = [...new Set(points.map(([size]) => size))].sort((a, b) => a - b);
  if (sizes.length < 2) return null;
  const x = scaleLinear([Math.min(...sizes), Math.max(...sizes)], [MARGIN.left, WIDTH - MARGIN.right]);
  const values = points.map(([, value]) => value);
  const y = scaleLog(
    [Math.min(...values), Math.max(...values, 1.01 * Math.min(...values))],
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  ).nice();
  const path = line<readonly [number, number]>(
    ([size]) => x(size),
    ([, value]) => y(value),
  );
  const ticks = y.ticks(5).filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>`,
    `<text x="${MARGIN.left}" y="18" font-size="14">${escape(title)}</text>`,
    ...ticks.map(
      (value) =>
        `<path d="M${MARGIN.left},${at(y(value))}H${WIDTH - MARGIN.right}" stroke="#ddd"/><text x="${MARGIN.left - 6}" y="${at(y(value) + 4)}" text-anchor="end">${value}</text>`,
    ),
    ...sizes.map(
      (size) => `<text x="${at(x(size))}" y="${HEIGHT - MARGIN.bottom + 18}" text-anchor="middle">${size}</text>`,
    ),
    `<text x="${MARGIN.left}" y="${HEIGHT - 6}">size; ${escape(unit)}, logarithmic</text>`,
    ...drawn.flatMap((curve, i) => curveOf(curve, i, path(curve.points) ?? '', x, y)),
    '</svg>\n',
  ].join('\n');
}

function curveOf(
  { name, points }: Curve,
  i: number,
  path: string,
  x: (size: number) => number,
  y: (value: number) => number,
): string[] {
  const [color, dash] = STYLES[i % STYLES.length] as (typeof STYLES)[number];
  const row = MARGIN.top + 10 + 18 * i;
  const stroke = `fill="none" stroke="${color}" stroke-width="2" stroke-dasharray="${dash}"`;
  return [
    `<path d="${path}" ${stroke}/>`,
    ...points.map(([size, value]) => `<circle cx="${at(x(size))}" cy="${at(y(value))}" r="3" fill="${color}"/>`),
    `<path d="M${WIDTH - MARGIN.right + 12},${row}h22" ${stroke}/><text x="${WIDTH - MARGIN.right + 40}" y="${row + 4}">${escape(name)}</text>`,
  ];
}

function at(coordinate: number): string {
  return coordinate.toFixed(1);
}

import { known } from '../../base/assert.ts';
import type { Witness } from '../../explore/result.ts';
import { wrap } from '../prose.ts';
import { describe } from './describe.ts';
import type { Figure, FigureNode } from './figure.ts';
import { figureOf } from './figure.ts';
import type { Box } from './geometry.ts';
import { bottom, middle, right, tenth } from './geometry.ts';
import { placeEdgeLabels } from './edge-labels.ts';
import type { LabelLine } from './labels.ts';
import { plainText } from './labels.ts';
import type { Layout } from './layout.ts';
import { layoutOf, LINE_HEIGHT, PAD_TOP, PANEL_HEADER, SITE_HEIGHT } from './layout.ts';
import { legendOf } from './legend.ts';
import type { DrawOptions } from './options.ts';
import { planOf } from './plan.ts';
import type { PlacedEdge } from './route.ts';
import { routeEdges } from './route.ts';
import { badge, badgeWidth } from './svg-badge.ts';
import { edgeShapes, marker, raceMark } from './svg-edge.ts';
import { drawLegend } from './svg-legend.ts';
import { monoWidth, sansWidth } from './text-width.ts';
import { BOX_LINE, EDGES, INK, MONO, MUTED, PANEL, PANEL_LINE, PAPER, SANS, SIZE, STALE_FILL } from './theme.ts';
import type { Attributes } from './xml.ts';
import { element, escape } from './xml.ts';

const MARGIN = 20;
const MIN_WIDTH = 420;

/**
 * The picture of an execution as a standalone SVG document. Threads are columns, time runs downwards. Elements carry
 * `data-event` (an event's id) or `data-edge` (the kind), `data-from` and `data-to`.
 */
export function drawSvg(witness: Witness, options: DrawOptions): string {
  const figure = figureOf(witness, options);
  const plan = planOf(figure);
  const natural = layoutOf(figure, plan, 0, 0).extent.width;
  const inner = Math.max(
    natural,
    MIN_WIDTH,
    sansWidth(figure.title, SIZE.title, true),
    ...figure.outcome.map((text) => monoWidth(text, SIZE.outcome)),
  );
  const heading = drawHeading(figure, inner);
  const layout = layoutOf(figure, plan, MARGIN + (inner - natural) / 2, heading.bottom + 14);
  const edges = routeEdges(figure, plan, layout);
  const legend = drawLegend(legendOf(figure), MARGIN, bottom(layout.extent) + 22, inner);
  const width = tenth(inner + 2 * MARGIN);
  const height = tenth(legend.bottom + MARGIN - 6);
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': figure.title === '' ? 'Execution' : `Execution of ${figure.title}`,
      'font-family': SANS,
      fill: INK,
    },
    [
      element('title', {}, escape(`Execution of ${figure.title}`)),
      element('desc', {}, escape(describe(figure))),
      element('rect', { width, height, fill: PAPER }),
      ...heading.shapes,
      ...figure.columns.map((column, c) => drawPanel(column.name, known(layout.columns[c], 'column').panel)),
      ...[...figure.initial, ...figure.nodes].map((node) =>
        drawNode(node, known(layout.boxes.get(node.event.id), 'box')),
      ),
      ...byDepth(edges).map(drawEdge),
      ...placeEdgeLabels(edges, layout).map(({ text, box }) => drawEdgeLabel(text, box)),
      ...figure.nodes.flatMap((node) => drawBadge(node, layout)),
      ...legend.shapes,
    ],
  )}\n`;
}

/** The title, what is known of the execution, and its outcome. */
function drawHeading(figure: Figure, width: number): { shapes: string[]; bottom: number } {
  const shapes: string[] = [];
  if (figure.title === '' && figure.facts.length === 0 && figure.outcome.length === 0) return { shapes, bottom: 6 };
  let y = MARGIN + 16;
  shapes.push(text(figure.title, MARGIN, y, { 'font-size': SIZE.title, 'font-weight': 600 }));
  for (const line of wrap(figure.facts, '  ·  ', width / (SIZE.fact * 0.62))) {
    y += 20;
    shapes.push(text(line, MARGIN, y, { 'font-size': SIZE.fact, fill: MUTED }));
  }
  const lines = wrap(figure.outcome, '   ', Math.floor(width / monoWidth('0', SIZE.outcome)));
  for (const [i, line] of lines.entries()) {
    y += i === 0 ? 21 : 17;
    shapes.push(text(line, MARGIN, y, { 'font-size': SIZE.outcome, 'font-family': MONO }));
  }
  return { shapes, bottom: y + 4 };
}

function text(content: string, x: number, y: number, attributes: Attributes): string {
  return element('text', { x: tenth(x), y: tenth(y), 'xml:space': 'preserve', ...attributes }, escape(content));
}

function drawPanel(name: string, panel: Box): string {
  const [x] = middle(panel);
  return element('g', { 'data-column': name }, [
    element('rect', { ...rounded(panel), rx: 10, fill: PANEL, stroke: PANEL_LINE, 'stroke-width': 1 }),
    text(name, x, panel.y + PANEL_HEADER - 10, {
      'font-size': SIZE.thread,
      'font-weight': 600,
      'text-anchor': 'middle',
    }),
  ]);
}

function drawNode(node: FigureNode, box: Box): string {
  const { event, shape, mark } = node;
  const paint = shape === 'trap' ? PAPER : INK;
  const radius = shape === 'control' ? Math.min(16, box.height / 2) : 6;
  const used = PAD_TOP + node.lines.length * LINE_HEIGHT + (node.site === '' ? 0 : SITE_HEIGHT) + PAD_TOP;
  const top = box.y + (box.height - used) / 2 + PAD_TOP;
  const [x] = middle(box);
  const weak = mark !== null;
  return element(
    'g',
    { 'data-event': event.id, 'data-thread': node.thread, 'data-kind': event.kind, 'data-mark': mark },
    [
      element('title', {}, escape(nodeTitle(node))),
      element('rect', {
        ...rounded(box),
        rx: tenth(radius),
        fill: shape === 'trap' ? INK : weak ? STALE_FILL : shape === 'control' || shape === 'init' ? '#eef0f3' : PAPER,
        stroke: weak || shape === 'trap' ? INK : BOX_LINE,
        'stroke-width': weak ? 2.2 : 1.1,
        'stroke-dasharray': weak ? '6 3.2' : null,
      }),
      ...node.lines.map((line, i) => drawLabel(line, x, top + i * LINE_HEIGHT + 14, paint)),
      ...(node.site === ''
        ? []
        : [
            text(node.site, x, top + node.lines.length * LINE_HEIGHT + 10.5, {
              'font-size': SIZE.site,
              'font-family': MONO,
              'text-anchor': 'middle',
              fill: shape === 'trap' ? '#d5d7da' : MUTED,
            }),
          ]),
    ],
  );
}

function nodeTitle(node: FigureNode): string {
  const what = node.lines.map(plainText).join(', ');
  const mark = node.mark === null ? '' : ` (${node.mark})`;
  return `${node.thread}: ${what}${mark}${node.site === '' ? '' : ` — ${node.site}`}`;
}

function drawLabel(line: LabelLine, x: number, y: number, fill: string): string {
  const spans = line.map(({ text: content, sub }, i) => {
    const lowered = line[i - 1]?.sub === true;
    return element('tspan', { 'font-size': sub ? SIZE.sub : null, dy: sub ? 3 : lowered ? -3 : null }, escape(content));
  });
  return element(
    'text',
    {
      x: tenth(x),
      y: tenth(y),
      'font-size': SIZE.label,
      'font-family': MONO,
      'text-anchor': 'middle',
      fill,
      'xml:space': 'preserve',
    },
    spans,
  );
}

function drawEdge({ edge, curve, tip, upon }: PlacedEdge): string {
  return element(
    'g',
    { 'data-edge': edge.kind, 'data-from': edge.from, 'data-to': edge.to },
    upon
      ? raceMark(curve, EDGES[edge.kind])
      : [...(edge.stressed === true ? [marker(curve, tip)] : []), ...edgeShapes(curve, tip, EDGES[edge.kind])],
  );
}

/** Plain edges first, so that the telling ones lie on top. */
function byDepth(edges: readonly PlacedEdge[]): PlacedEdge[] {
  const depth = { po: 0, race: 1, asw: 2, hb: 3, fr: 3, own: 3, sw: 4, rf: 5, tot: 6 } as const;
  const of = ({ edge, upon }: PlacedEdge) => (upon ? 7 : depth[edge.kind]);
  return edges.toSorted((a, b) => of(a) - of(b));
}

function drawEdgeLabel(content: string, box: Box): string {
  return element('g', { 'data-label': content }, [
    element('rect', { ...rounded(box), rx: 3, fill: PAPER, stroke: PANEL_LINE, 'stroke-width': 0.8 }),
    text(content, middle(box)[0], box.y + box.height - 4.2, {
      'font-size': SIZE.edge,
      'font-family': MONO,
      'text-anchor': 'middle',
    }),
  ]);
}

/** The mark of a weak read, on the upper border of its box. */
function drawBadge(node: FigureNode, layout: Layout): string[] {
  if (node.mark === null) return [];
  const box = known(layout.boxes.get(node.event.id), 'box');
  const width = badgeWidth(node.mark);
  return [badge(node.mark, right(box) - width - 8, box.y - 7.5)];
}

function rounded({ x, y, width, height }: Box): { x: number; y: number; width: number; height: number } {
  return { x: tenth(x), y: tenth(y), width: tenth(width), height: tenth(height) };
}

import type { EventId } from '../../event/execution.ts';
import type { Figure, FigureNode } from './figure.ts';
import type { Box } from './geometry.ts';
import type { Plan } from './plan.ts';
import { labelWidth, monoWidth, sansWidth } from './text-width.ts';
import { SIZE } from './theme.ts';

/** Where boxes, columns and the free slots between them are. */
export interface Layout {
  readonly boxes: ReadonlyMap<EventId, Box>;
  readonly columns: readonly ColumnLayout[];
  /** The least box around columns, gutters and initial events. */
  readonly extent: Box;
  /** The middle and the height of a slot, see {@link import('./plan.ts').Pass}. */
  slot(position: number): { readonly y: number; readonly height: number };
}

export interface ColumnLayout {
  readonly panel: Box;
  /** The sides of its boxes. */
  readonly left: number;
  readonly right: number;
}

export const LINE_HEIGHT = 19;
export const SITE_HEIGHT = 15;
export const PAD_X = 12;
export const PAD_TOP = 7;
const PAD_BOTTOM = 7;
const PORT_SPACE = 11;
const PANEL_PAD = 12;
export const PANEL_HEADER = 28;
const ROW_GAP = 26;
const LANE_SPACE = 9;
const INITIAL_GAP = 30;
const OUTER_GUTTER = 10;
const INNER_GUTTER = 64;
const MIN_BOX_WIDTH = 84;
const TRACK = 14;

export function layoutOf(figure: Figure, plan: Plan, left: number, top: number): Layout {
  const { rows, rowCount } = plan;
  const widths = figure.columns.map(({ name }) => Math.max(MIN_BOX_WIDTH, sansWidth(name, SIZE.thread, true) + 16));
  for (const node of figure.nodes) widths[node.column] = Math.max(widths[node.column] ?? 0, nodeWidth(node));
  const gutters = gutterWidths(figure, plan);
  const ports = portCounts(plan);
  const users = slotUsers(plan);
  const gapBelow = (slot: number): number => ROW_GAP + Math.max(0, (users.get(slot) ?? 0) - 1) * LANE_SPACE;
  const heightOf = (node: FigureNode): number => Math.max(nodeHeight(node), portsHeight(ports.get(node.event.id) ?? 0));
  const lefts: number[] = [];
  let x = left;
  for (const [c, width] of widths.entries()) {
    x += (gutters[c] ?? 0) + PANEL_PAD;
    lefts.push(x);
    x += width + PANEL_PAD;
  }
  const right = Math.max(x + (gutters[widths.length] ?? 0), left + initialWidth(figure.initial));

  const initialHeight = Math.max(0, ...figure.initial.map(nodeHeight));
  const panelTop = top + (initialHeight > 0 ? initialHeight + INITIAL_GAP : 0);
  const tops: number[] = [];
  const heights = Array.from({ length: rowCount }, () => 0);
  for (const node of figure.nodes) {
    const row = rows.get(node.event.id) ?? 0;
    heights[row] = Math.max(heights[row] ?? 0, heightOf(node));
  }
  let y = panelTop + PANEL_HEADER + gapBelow(-0.5) - ROW_GAP / 2;
  for (let row = 0; row < rowCount; row++) {
    tops.push(y);
    y += (heights[row] ?? 0) + gapBelow(row + 0.5);
  }
  const bottom = rowCount === 0 ? y : y - ROW_GAP / 2;

  const boxes = new Map<EventId, Box>(
    initialBoxes(figure.initial, { x: left, y: top, width: right - left, height: initialHeight }),
  );
  for (const node of figure.nodes) {
    const row = rows.get(node.event.id) ?? 0;
    const height = heightOf(node);
    const slack = (heights[row] ?? 0) - height;
    boxes.set(node.event.id, {
      x: lefts[node.column] ?? 0,
      y: (tops[row] ?? 0) + slack / 2,
      width: widths[node.column] ?? 0,
      height,
    });
  }
  return {
    boxes,
    columns: widths.map((width, c) => ({
      left: lefts[c] ?? 0,
      right: (lefts[c] ?? 0) + width,
      panel: { x: (lefts[c] ?? 0) - PANEL_PAD, y: panelTop, width: width + 2 * PANEL_PAD, height: bottom - panelTop },
    })),
    extent: { x: left, y: top, width: right - left, height: bottom - top },
    slot: (position) => {
      if (Number.isInteger(position)) return { y: (tops[position] ?? 0) + (heights[position] ?? 0) / 2, height: 24 };
      const row = position - 0.5;
      const above = row < 0 ? panelTop + PANEL_HEADER - ROW_GAP / 2 : (tops[row] ?? 0) + (heights[row] ?? 0);
      const gap = gapBelow(position);
      return { y: above + gap / 2, height: gap - 8 };
    },
  };
}

/** How many edges run through each slot; the lane at one between rows is the higher. */
function slotUsers({ routes }: Plan): ReadonlyMap<number, number> {
  const users = new Map<number, number>();
  for (const route of routes) {
    if (route.kind !== 'across') continue;
    for (const slot of new Set(route.passes.map((pass) => pass.slot))) users.set(slot, (users.get(slot) ?? 0) + 1);
  }
  return users;
}

export function nodeWidth(node: FigureNode): number {
  return Math.max(...node.lines.map(labelWidth), monoWidth(node.site, SIZE.site)) + 2 * PAD_X;
}

export function nodeHeight(node: FigureNode): number {
  return PAD_TOP + node.lines.length * LINE_HEIGHT + (node.site === '' ? 0 : SITE_HEIGHT) + PAD_BOTTOM;
}

/** By event: the edges that touch its sides. */
function portCounts({ routes }: Plan): ReadonlyMap<EventId, number> {
  const counts = new Map<EventId, number>();
  for (const { kind, edge } of routes) {
    if (kind === 'down' || kind === 'upon') continue;
    for (const id of new Set([edge.from, edge.to])) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

/** The height that a box needs for the edges on its busier side. */
function portsHeight(touching: number): number {
  return (Math.ceil(touching / 2) + 1) * PORT_SPACE;
}

/** Gutter g is left of column g; inner ones give room to every edge that passes, outer ones to those that run around. */
function gutterWidths(figure: Figure, plan: Plan): number[] {
  const columnOf = new Map(figure.nodes.map((node) => [node.event.id, node.column]));
  return Array.from({ length: figure.columns.length + 1 }, (_, g) => {
    const outer = g === 0 || g === figure.columns.length;
    let tracks = 0;
    let label = 0;
    for (const route of plan.routes) {
      if (!usesGutter(route, g, columnOf)) continue;
      tracks += 1;
      if (route.edge.label !== null) label = Math.max(label, monoWidth(route.edge.label, SIZE.edge) + 12);
    }
    if (outer) return OUTER_GUTTER + (tracks > 0 ? 18 + tracks * TRACK : 0) + label;
    return Math.max(INNER_GUTTER + Math.max(0, tracks - 1) * TRACK, label === 0 ? 0 : label + 56);
  });
}

export function usesGutter(route: Plan['routes'][number], g: number, columnOf: ReadonlyMap<EventId, number>): boolean {
  switch (route.kind) {
    case 'down':
    case 'upon':
      return false;
    case 'across': {
      const a = columnOf.get(route.edge.from) ?? 0;
      const b = columnOf.get(route.edge.to) ?? 0;
      return Math.min(a, b) < g && g <= Math.max(a, b);
    }
    default:
      return g === (route.side === 'left' ? route.column : route.column + 1);
  }
}

const INITIAL_SPACE = 12;

function initialWidth(initial: readonly FigureNode[]): number {
  return initial.reduce((sum, node) => sum + nodeWidth(node) + INITIAL_SPACE, -INITIAL_SPACE);
}

/** Initial events side by side over the whole width, each as wide as its text asks for. */
function initialBoxes(initial: readonly FigureNode[], band: Box): [EventId, Box][] {
  const spare = band.width - initialWidth(initial);
  const total = initial.reduce((sum, node) => sum + nodeWidth(node), 0);
  let x = band.x;
  return initial.map((node) => {
    const width = nodeWidth(node) + (spare * nodeWidth(node)) / total;
    const box = { x, y: band.y, width, height: band.height };
    x += width + INITIAL_SPACE;
    return [node.event.id, box];
  });
}

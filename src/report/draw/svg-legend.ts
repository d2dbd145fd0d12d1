import type { Curve } from './geometry.ts';
import { straight, tenth } from './geometry.ts';
import type { LegendEntry } from './legend.ts';
import { badge, badgeWidth } from './svg-badge.ts';
import { edgeShapes } from './svg-edge.ts';
import { monoWidth, sansWidth } from './text-width.ts';
import { EDGES, MONO, MUTED, PANEL_LINE, SIZE } from './theme.ts';
import { element, escape } from './xml.ts';

const SAMPLE = 34;
const GAP = 7;
const BETWEEN = 20;
const LINE = 21;

/** The legend below a picture, in as many lines as it needs. */
export function drawLegend(
  entries: readonly LegendEntry[],
  left: number,
  top: number,
  width: number,
): { shapes: string[]; bottom: number } {
  if (entries.length === 0) return { shapes: [], bottom: top };
  const rule = element('path', {
    d: `M${tenth(left)},${tenth(top - 8)}h${tenth(width)}`,
    stroke: PANEL_LINE,
    fill: 'none',
  });
  const shapes: string[] = [];
  let x = left;
  let y = top + 10;
  for (const entry of entries) {
    const sample = sampleWidth(entry);
    const needed = sample + GAP + sansWidth(entry.text, SIZE.legend);
    if (x > left && x + needed > left + width) {
      x = left;
      y += LINE;
    }
    shapes.push(
      element('g', { 'data-legend': nameOf(entry) }, [
        ...drawSample(entry, x, y),
        element(
          'text',
          { x: tenth(x + sample + GAP), y: tenth(y + 4), 'font-size': SIZE.legend, fill: MUTED },
          escape(entry.text),
        ),
      ]),
    );
    x += needed + BETWEEN;
  }
  return { shapes: [element('g', { 'data-part': 'legend' }, [rule, ...shapes])], bottom: y + 8 };
}

function nameOf(entry: LegendEntry): string {
  switch (entry.kind) {
    case 'edge':
      return entry.edge;
    case 'mark':
      return entry.mark;
    case 'order':
      return entry.order;
  }
}

function sampleWidth(entry: LegendEntry): number {
  switch (entry.kind) {
    case 'edge':
      return SAMPLE;
    case 'mark':
      return badgeWidth(entry.mark);
    case 'order':
      return monoWidth(entry.order, SIZE.sub + 1);
  }
}

function drawSample(entry: LegendEntry, x: number, y: number): string[] {
  switch (entry.kind) {
    case 'edge': {
      const style = EDGES[entry.edge];
      const curve: Curve = { start: [x, y], pieces: [straight([x, y], [x + SAMPLE - style.headLength, y])] };
      return edgeShapes(curve, [x + SAMPLE, y], style);
    }
    case 'mark':
      return [badge(entry.mark, x, y - 7.5)];
    case 'order':
      return [
        element(
          'text',
          { x: tenth(x), y: tenth(y + 4), 'font-size': SIZE.sub + 1, 'font-family': MONO },
          escape(entry.order),
        ),
      ];
  }
}

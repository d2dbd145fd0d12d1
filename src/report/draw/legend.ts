import type { EdgeKind, Figure } from './figure.ts';
import { EDGES } from './theme.ts';
import type { Mark } from './weakness.ts';

/** An entry of the legend: a sample and what it means. */
export type LegendEntry =
  | { readonly kind: 'edge'; readonly edge: EdgeKind; readonly text: string }
  | { readonly kind: 'mark'; readonly mark: Mark; readonly text: string }
  | { readonly kind: 'order'; readonly order: string; readonly text: string };

const MARKS: Readonly<Record<Mark, string>> = {
  stale: 'reads a value already overwritten',
  early: 'reads a write that comes later',
};

const ORDERS: Readonly<Record<string, string>> = { sc: 'sequentially consistent', acqrel: 'acquire or release' };

/** What occurs in a figure, and nothing else. */
export function legendOf(figure: Figure): LegendEntry[] {
  const kinds = new Set(figure.edges.map((edge) => edge.kind));
  const marks = new Set(figure.nodes.map((node) => node.mark));
  const orders = new Set(
    figure.nodes.flatMap((node) =>
      node.lines.flatMap((line) => line.filter((part) => part.sub).map((part) => part.text)),
    ),
  );
  return [
    ...(Object.keys(EDGES) as EdgeKind[])
      .filter((kind) => kinds.has(kind))
      .map(
        (edge): LegendEntry => ({
          kind: 'edge',
          edge,
          text: edge === 'asw' ? synchronises(figure) : EDGES[edge].meaning,
        }),
      ),
    ...(Object.keys(MARKS) as Mark[])
      .filter((mark) => marks.has(mark))
      .map((mark): LegendEntry => ({ kind: 'mark', mark, text: MARKS[mark] })),
    ...Object.keys(ORDERS)
      .filter((order) => orders.has(order))
      .map((order): LegendEntry => ({ kind: 'order', order, text: ORDERS[order] ?? order })),
  ];
}

/** Which steps the additional synchronisation edges of the figure belong to. */
function synchronises(figure: Figure): string {
  const nodes = new Map([...figure.initial, ...figure.nodes].map((node) => [node.event.id, node.event]));
  const steps = new Set<string>();
  for (const edge of figure.edges) {
    if (edge.kind !== 'asw') continue;
    const [from, to] = [nodes.get(edge.from)?.kind, nodes.get(edge.to)?.kind];
    steps.add(from === 'fork' ? 'fork' : to === 'join' ? 'join' : to === 'wake' ? 'wake-up' : 'queue order');
  }
  const listed = ['fork', 'join', 'wake-up', 'queue order'].filter((step) => steps.has(step));
  return `${listed.join(', ')} (asw)`;
}

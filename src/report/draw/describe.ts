import type { Figure, FigureNode } from './figure.ts';
import { plainText } from './labels.ts';

/** A figure in words, for those who cannot see it: events thread by thread, then the edges between them. */
export function describe(figure: Figure): string {
  const nodes = [...figure.initial, ...figure.nodes];
  const name = (id: number) => {
    const node = nodes.find((other) => other.event.id === id);
    return node === undefined ? `event ${id}` : `${node.thread} ${labelText(node)}`;
  };
  const threads = figure.columns.map(({ name: thread }, c) => {
    const events = figure.nodes
      .filter((node) => node.column === c)
      .map((node) => labelText(node) + (node.mark === null ? '' : ` (${node.mark})`));
    return `${thread}: ${events.join('; ')}.`;
  });
  const edges = figure.edges
    .filter((edge) => edge.kind !== 'po')
    .map(
      ({ kind, from, to, label }) =>
        `${kind}: ${name(from)} ${kind === 'race' ? 'and' : 'to'} ${name(to)}${label === null ? '' : ` (${label})`}.`,
    );
  const initial = figure.initial.map((node) => `Initially ${labelText(node)}.`);
  return [
    `${figure.facts.join(', ')}.`,
    ...(figure.outcome.length > 0 ? [`Outcome: ${figure.outcome.join('; ')}.`] : []),
    ...initial,
    ...threads,
    ...edges,
  ].join('\n');
}

function labelText(node: FigureNode): string {
  return node.lines.map(plainText).join(', ');
}

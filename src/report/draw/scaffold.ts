import { MAIN } from '../../event/location.ts';
import type { Figure } from './figure.ts';
import type { DrawOptions } from './options.ts';

/** The column of a main thread that only forks and joins others; null if it does more, or is alone. */
export function scaffoldOf({ columns, nodes }: Figure): number | null {
  const column = columns.findIndex(({ thread }) => thread === MAIN);
  const own = nodes.filter((node) => node.column === column);
  const isScaffold = own.every(({ event }) => event.kind === 'fork' || event.kind === 'join');
  return column < 0 || columns.length < 2 || !isScaffold ? null : column;
}

export function withoutColumn(figure: Figure, column: number): Figure {
  const nodes = figure.nodes
    .filter((node) => node.column !== column)
    .map((node) => ({ ...node, column: node.column > column ? node.column - 1 : node.column }));
  const left = new Set([...figure.initial, ...nodes].map(({ event }) => event.id));
  return {
    ...figure,
    nodes,
    columns: figure.columns.filter((_, c) => c !== column),
    edges: figure.edges.filter(({ from, to }) => left.has(from) && left.has(to)),
  };
}

/** Leaves a main thread’s forks and joins out where it does nothing else, and neither the text nor a stressed edge speaks of any of them. */
export function withoutScaffold(figure: Figure, { nameOf, stress = [] }: DrawOptions): Figure {
  const column = scaffoldOf(figure);
  if (column === null) return figure;
  const stressed = new Set(stress.flatMap(({ from, to }) => [from, to]));
  const own = figure.nodes.filter((node) => node.column === column).map(({ event }) => event.id);
  return own.some((id) => stressed.has(id) || (nameOf?.(id) ?? null) !== null) ? figure : withoutColumn(figure, column);
}

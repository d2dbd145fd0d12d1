import type { EventId, Execution } from '../../event/execution.ts';
import type { FigureEdge } from './figure.ts';
import type { StressedEdge } from './options.ts';
import type { Visible } from './visible.ts';

/** Marks the edges that a picture is about, and adds those that are drawn for it alone. */
export function stressed(
  edges: readonly FigureEdge[],
  wanted: readonly StressedEdge[],
  execution: Execution,
  visible: Visible,
): readonly FigureEdge[] {
  if (wanted.length === 0) return edges;
  const isOwn = ({ kind }: StressedEdge): boolean => kind === 'fr' || kind === 'hb' || kind === 'tot';
  const isWanted = (edge: FigureEdge): boolean => wanted.some((stress) => covers(stress, edge, execution));
  const drawn = edges.map((edge) => (isWanted(edge) ? { ...edge, stressed: true } : edge));
  const own = wanted
    .filter((stress) => isOwn(stress) && visible.event(stress.from) && visible.event(stress.to))
    .map(({ kind, from, to, label }): FigureEdge => ({ kind, from, to, label, stressed: true }));
  return [...drawn, ...own];
}

function covers({ kind, from, to }: StressedEdge, edge: FigureEdge, { events }: Execution): boolean {
  if (kind !== 'po') return edge.kind === kind && edge.from === from && edge.to === to;
  if (edge.kind !== 'po') return false;
  const index = (id: EventId): number => events[id]?.index ?? 0;
  const isSame = events[from]?.thread === events[edge.from]?.thread;
  return isSame && index(from) <= index(edge.from) && index(edge.to) <= index(to);
}

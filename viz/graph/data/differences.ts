import type { EventId } from '../../../src/event/execution.ts';
import { plainText } from '../../../src/report/draw/labels.ts';
import type { FigureNode } from '../../../src/report/draw/figure.ts';
import type { GraphData, GraphEdge } from '../calls.ts';

/** How one execution of a program differs from another; events are the same if thread, place and round are. */
export interface Differences {
  /** Events with other values there: what the other execution has in their place. */
  readonly changed: ReadonlyMap<EventId, string>;
  /** Events that the other has not. */
  readonly added: ReadonlySet<EventId>;
  /** Edges that the other has not, by their ids. */
  readonly edges: ReadonlySet<string>;
  /** Events and edges of the other that this one has not, in words. */
  readonly gone: readonly string[];
}

/** Relations whose edges follow from others, or are chosen: that they differ says nothing of its own. */
const DERIVED: ReadonlySet<string> = new Set(['po', 'hb', 'tot']);

export function differencesOf(one: GraphData, other: GraphData): Differences {
  const [own, theirs] = [new Sides(one), new Sides(other)];
  const changed = new Map<EventId, string>();
  const added = new Set<EventId>();
  for (const [step, node] of own.nodes) {
    const match = theirs.nodes.get(step);
    if (match === undefined) added.add(node.event.id);
    else if (textOf(match) !== textOf(node)) changed.set(node.event.id, textOf(match));
  }
  const edges = new Set([...own.edges].filter(([key]) => !theirs.edges.has(key)).map(([, { id }]) => id));
  const gone = [
    ...[...theirs.nodes].filter(([step]) => !own.nodes.has(step)).map(([, node]) => `${node.thread}: ${textOf(node)}`),
    ...[...theirs.edges]
      .filter(([key]) => !own.edges.has(key))
      .map(([, { of, why }]) => `${of.replace('+', '')}: ${why}`),
  ];
  return { changed, added, edges, gone };
}

/** An execution's events and edges by what they have in common with another's. */
class Sides {
  readonly nodes = new Map<string, FigureNode>();
  readonly edges = new Map<string, GraphEdge>();

  constructor({ figure, details, edges }: GraphData) {
    const steps = new Map(details.map(({ event, step }) => [event, step]));
    for (const node of [...figure.initial, ...figure.nodes]) this.nodes.set(steps.get(node.event.id) ?? '', node);
    for (const edge of edges) {
      if (DERIVED.has(edge.of)) continue;
      this.edges.set(`${edge.of.replace('+', '')} ${steps.get(edge.from)} → ${steps.get(edge.to)}`, edge);
    }
  }
}

function textOf(node: FigureNode): string {
  return node.lines.map(plainText).join(', ');
}

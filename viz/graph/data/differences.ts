import type { EventId } from '../../../src/event/execution.ts';
import { plainText } from '../../../src/report/draw/labels.ts';
import type { Figure, FigureNode } from '../../../src/report/draw/figure.ts';
import type { Detail, GraphData, GraphEdge } from '../calls.ts';

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
  /** The same, to be drawn. */
  readonly ghosts: Ghosts;
}

/** What an execution lacks: events with numbers of their own, edges between those and what is there. */
export interface Ghosts {
  /** Each with the event of its thread that it comes after; null of one that comes first. */
  readonly nodes: readonly { readonly node: FigureNode; readonly after: EventId | null }[];
  readonly details: readonly Detail[];
  readonly edges: readonly GraphEdge[];
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
  const lost = [...theirs.nodes].filter(([step, node]) => !own.nodes.has(step) && !isLeftOut(node, one));
  const left = [...theirs.edges].filter(([key]) => !own.edges.has(key)).map(([, edge]) => edge);
  const ghosts = ghostsOf(own, theirs, lost, left);
  const drawn = new Set(ghosts.edges.map(({ id }) => id));
  const gone = [
    ...lost.map(([, node]) => `${node.thread}: ${textOf(node)}`),
    ...left.filter(({ id }) => drawn.has(ghostId(id))).map(({ of, why }) => `${of.replace('+', '')}: ${why}`),
  ];
  return { changed, added, edges, gone, ghosts };
}

/** Whether it is one of the main thread's forks and joins, where these are not drawn. */
function isLeftOut({ thread, event: { kind } }: FigureNode, { figure }: GraphData): boolean {
  return (kind === 'fork' || kind === 'join') && figure.columns.every(({ name }) => name !== thread);
}

function ghostId(id: string): string {
  return `ghost ${id}`;
}

function ghostsOf(
  own: Sides,
  theirs: Sides,
  lost: readonly (readonly [string, FigureNode])[],
  left: readonly GraphEdge[],
): Ghosts {
  /** Their events as this picture has them. */
  const here = new Map<EventId, EventId>();
  for (const [step, { event }] of theirs.nodes) {
    const match = own.nodes.get(step);
    if (match !== undefined) here.set(event.id, match.event.id);
  }
  const nodes = lost
    .filter(([, { shape }]) => shape !== 'init')
    .map(([, node]) => {
      const before = theirs.threadBefore(node).findLast((id) => here.has(id));
      const id = (-1 - node.event.id) as EventId;
      here.set(node.event.id, id);
      return {
        node: { ...node, event: { ...node.event, id } },
        after: before === undefined ? null : (here.get(before) ?? null),
      };
    });
  const details = nodes.flatMap(({ node: { event } }) => {
    const detail = theirs.details.get((-1 - event.id) as EventId);
    return detail === undefined ? [] : [{ ...detail, event: event.id, position: null }];
  });
  const edges = left.flatMap((edge): GraphEdge[] => {
    const [from, to] = [here.get(edge.from), here.get(edge.to)];
    if (from === undefined || to === undefined) return [];
    const of = edge.of.replace('+', '');
    // A double line would not be seen to be broken.
    const kind = edge.kind === 'sw' ? 'rf' : edge.kind;
    return [{ ...edge, kind, from, to, id: ghostId(edge.id), relation: ghostId(of), label: `− ${of}`, isGhost: true }];
  });
  return { nodes, details, edges };
}

/** A figure with what it lacks in its place: each event after the one of its thread that it follows. */
export function withGhosts(figure: Figure, { nodes: ghosts }: Ghosts): Figure {
  if (ghosts.length === 0) return figure;
  const columns = [...figure.columns];
  const following = new Map<EventId | null, FigureNode[]>();
  for (const { node, after } of ghosts) {
    let column = columns.findIndex(({ name }) => name === node.thread);
    if (column < 0) column = columns.push({ thread: node.event.thread, name: node.thread }) - 1;
    following.set(after, [...(following.get(after) ?? []), { ...node, column, mark: null }]);
  }
  const after = (id: EventId | null): FigureNode[] =>
    (following.get(id) ?? []).flatMap((node) => [node, ...after(node.event.id)]);
  return {
    ...figure,
    columns,
    nodes: [...after(null), ...figure.nodes.flatMap((node) => [node, ...after(node.event.id)])],
  };
}

/** An execution's events and edges by what they have in common with another's. */
class Sides {
  readonly nodes = new Map<string, FigureNode>();
  readonly edges = new Map<string, GraphEdge>();
  readonly details: ReadonlyMap<EventId, Detail>;
  readonly #figure: Figure;

  constructor({ figure, details, edges }: GraphData) {
    this.#figure = figure;
    this.details = new Map(details.map((detail) => [detail.event, detail]));
    const step = (id: EventId): string => this.details.get(id)?.step ?? '';
    for (const node of [...figure.initial, ...figure.nodes]) this.nodes.set(step(node.event.id), node);
    for (const edge of edges) {
      if (DERIVED.has(edge.of)) continue;
      const ends = [step(edge.from), step(edge.to)];
      // A race runs neither way.
      if (edge.of === 'race') ends.sort();
      this.edges.set(`${edge.of.replace('+', '')} ${ends.join(' → ')}`, edge);
    }
  }

  /** The events of its thread before one, in order. */
  threadBefore({ event, column }: FigureNode): readonly EventId[] {
    const own = this.#figure.nodes.filter((node) => node.column === column).map((node) => node.event.id);
    return own.slice(0, Math.max(0, own.indexOf(event.id)));
  }
}

function textOf(node: FigureNode): string {
  return node.lines.map(plainText).join(', ');
}

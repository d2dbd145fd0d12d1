import type { EventId } from '../../../src/event/execution.ts';
import type { Witness } from '../../../src/explore/result.ts';
import type { EdgeKind, Figure, FigureEdge } from '../../../src/report/draw/figure.ts';
import { EDGES } from '../../../src/report/draw/theme.ts';
import { BitMatrix } from '../../../src/rel/bit-matrix.ts';
import type { GraphEdge, Relation } from '../calls.ts';
import type { Why } from './why.ts';

/** The relations that every model has, in the order of the legend. `fr+` are those from-reads that some interleaving explains. */
const RELATIONS: readonly Pick<Relation, 'id' | 'name' | 'meaning' | 'kind' | 'shown'>[] = [
  { id: 'po', name: 'po', meaning: 'program order', kind: 'po', shown: true },
  { id: 'rf', name: 'rf', meaning: 'reads from', kind: 'rf', shown: true },
  { id: 'sw', name: 'sw', meaning: 'reads from and synchronises', kind: 'sw', shown: true },
  { id: 'asw', name: 'asw', meaning: 'fork, join, wake-up', kind: 'asw', shown: true },
  { id: 'race', name: 'race', meaning: 'data race', kind: 'race', shown: true },
  { id: 'fr', name: 'fr', meaning: 'from-read, on a cycle', kind: 'fr', shown: true },
  { id: 'fr+', name: 'other fr', meaning: 'from-read, elsewhere', kind: 'fr', shown: false },
  { id: 'hb', name: 'hb', meaning: 'happens before', kind: 'hb', shown: false },
  { id: 'tot', name: 'tot', meaning: 'total order', kind: 'tot', shown: false },
];

export interface EdgeChoices {
  readonly figure: Figure;
  readonly why: Why;
  /** The total order that is drawn; null where the model has none. */
  readonly order: readonly EventId[] | null;
  /** Whether hb is the model's: not of hardware. */
  readonly hasHappensBefore: boolean;
  /** Whether the edges of hb and tot are made: there are many, and each has its reason looked for. */
  readonly orders: boolean;
}

/** All edges of the relations that every model has. */
export function edgesOf(witness: Witness, choices: EdgeChoices): GraphEdge[] {
  const { figure, why, order, hasHappensBefore, orders } = choices;
  return [
    ...figure.edges.flatMap((edge) => figureEdge(witness, edge, why)),
    ...(orders && hasHappensBefore ? happensBefore(witness, figure, why) : []),
    ...(orders && order !== null ? totalOrder(figure, order, why) : []),
  ];
}

/** What can be switched on and off: the relations that have edges, or would have. */
export function relationsOf(witness: Witness, edges: readonly GraphEdge[], choices: EdgeChoices): Relation[] {
  const counts = new Map<string, number | null>();
  if (!choices.orders) {
    const ids = choices.figure.nodes.map(({ event }) => event.id);
    const { hb } = witness.relations;
    if (choices.hasHappensBefore && ids.some((a) => ids.some((b) => a !== b && hb.has(a, b)))) counts.set('hb', null);
    if (choices.order !== null && ids.length > 1) counts.set('tot', null);
  }
  for (const { of } of edges) counts.set(of, (counts.get(of) ?? 0) + 1);
  return RELATIONS.flatMap((relation) => {
    const count = counts.get(relation.id);
    return count === undefined ? [] : [{ ...relation, edges: count, definition: null }];
  });
}

function figureEdge(witness: Witness, edge: FigureEdge, why: Why): readonly GraphEdge[] {
  const { kind, from, to } = edge;
  switch (kind) {
    case 'sw':
      return [
        graphEdge({ ...edge, kind: 'rf' }, 'rf', why.rf(from, to), ['sw']),
        graphEdge(edge, 'sw', `${why.rf(from, to)} ${why.sw(from, to)}`),
      ];
    case 'rf':
      return [graphEdge(edge, 'rf', why.rf(from, to))];
    case 'po':
      return [graphEdge(edge, 'po', why.po(from, to))];
    case 'asw':
      return [graphEdge(edge, 'asw', why.asw(from, to))];
    case 'fr':
      return [graphEdge(edge, edge.cyclic === true ? 'fr' : 'fr+', why.fr(from, to))];
    case 'race': {
      const race = witness.races.find(({ first, second }) => first === from && second === to);
      return race === undefined ? [] : [graphEdge(edge, 'race', why.race(race, from, to))];
    }
    case 'hb':
    case 'tot':
    case 'own':
      return [];
  }
}

export function graphEdge(edge: FigureEdge, of: string, why: string, within: readonly string[] = []): GraphEdge {
  return { ...edge, of, why, within, id: `${of} ${edge.from} ${edge.to}` };
}

/** The least edges whose closure it is, between the events that are drawn; what initial events precede is plain without edges. */
function happensBefore({ relations }: Witness, figure: Figure, why: Why): GraphEdge[] {
  const drawn = new Map<string, string[]>();
  for (const { kind, from, to } of figure.edges)
    if (kind === 'po' || kind === 'sw' || kind === 'asw') drawn.set(`${from} ${to}`, [kind]);
  return reduced(
    figure.nodes.map(({ event }) => event.id),
    relations.hb,
  ).map(([from, to]) =>
    graphEdge({ kind: 'hb', from, to, label: null }, 'hb', why.hb(from, to), drawn.get(`${from} ${to}`) ?? []),
  );
}

/** A relation between some events; where it is a strict order, without what follows from other pairs of it. */
export function reduced(ids: readonly EventId[], relation: BitMatrix): (readonly [EventId, EventId])[] {
  const isOrder = isTransitive(ids, relation);
  return ids.flatMap((a) => {
    const after = ids.filter((b) => a !== b && relation.has(a, b));
    const next = isOrder ? after.filter((b) => !after.some((c) => c !== b && relation.has(c, b))) : after;
    return next.map((b) => [a, b] as const);
  });
}

/** Whether it is irreflexive and contains whatever follows from it. */
function isTransitive(ids: readonly EventId[], relation: BitMatrix): boolean {
  const own = new BitMatrix(ids.length);
  ids.forEach((a, i) => ids.forEach((b, k) => relation.has(a, b) && own.add(i, k)));
  return own.reflexivePoint() < 0 && own.copy().close().equals(own);
}

function totalOrder(figure: Figure, order: readonly EventId[], why: Why): GraphEdge[] {
  const drawn = new Set(figure.nodes.map(({ event }) => event.id));
  const ids = order.filter((id) => drawn.has(id));
  return ids
    .slice(1)
    .map((to, i) => [ids[i] as EventId, to] as const)
    .map(([from, to]) => graphEdge({ kind: 'tot', from, to, label: null }, 'tot', why.tot(from, to)));
}

/** Relations that a model defines: what they are of, and their edges. */
export function ownEdges(
  figure: Figure,
  name: string,
  definition: string,
  relation: BitMatrix,
): { readonly relation: Relation; readonly edges: readonly GraphEdge[] } | null {
  const id = `own:${name}`;
  const why = `${name}, by its definition: ${definition}`;
  const ids = [...figure.initial, ...figure.nodes].map(({ event }) => event.id);
  const initial = new Set(figure.initial.map(({ event }) => event.id));
  const edges = reduced(ids, relation)
    .filter(([from, to]) => !(initial.has(from) && initial.has(to)))
    .map(([from, to]) => graphEdge({ kind: 'own', relation: name, from, to, label: name }, id, why));
  if (edges.length === 0) return null;
  const kind: EdgeKind = 'own';
  return {
    relation: { id, name, meaning: EDGES.own.meaning, kind, edges: edges.length, shown: false, definition },
    edges,
  };
}

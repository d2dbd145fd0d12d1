import { placeEdgeLabels } from '../../../src/report/draw/edge-labels.ts';
import type { Figure } from '../../../src/report/draw/figure.ts';
import { layoutOf } from '../../../src/report/draw/layout.ts';
import { planOf } from '../../../src/report/draw/plan.ts';
import { routeEdges } from '../../../src/report/draw/route.ts';
import type { ArrangeAsked, Arrangement, GraphEdge, PlacedGraphEdge, Relation } from '../calls.ts';

/** Where everything is, if these edges are drawn. */
export function arrange({ figure: nodes, edges }: ArrangeAsked): Arrangement {
  const figure: Figure = { title: '', facts: [], outcome: [], ...nodes, edges };
  const plan = planOf(figure);
  const layout = layoutOf(figure, plan, 0, 0);
  const placed = routeEdges(figure, plan, layout);
  const labels = new Map(placeEdgeLabels(placed, layout).map(({ edge, box }) => [edge, box]));
  const hosts = new Map(plan.routes.flatMap((route) => (route.kind === 'upon' ? [[route.edge, route.host.from]] : [])));
  return {
    boxes: [...layout.boxes],
    panels: layout.columns.map(({ panel }) => panel),
    extent: layout.extent,
    edges: placed.map(
      ({ edge, curve, tip, upon }): PlacedGraphEdge => ({
        id: (edge as GraphEdge).id,
        curve,
        tip,
        upon,
        turned: hosts.get(edge) === edge.to,
        label: labels.get(edge) ?? null,
      }),
    ),
  };
}

/** The edges that are drawn while these relations are shown. */
export function shownEdges(edges: readonly GraphEdge[], shown: ReadonlySet<string>): GraphEdge[] {
  return edges.filter(({ of, within }) => shown.has(of) && !within.some((other) => shown.has(other)));
}

/** The relations that are shown: as it is with each unless somebody chose otherwise. */
export function shownRelations(
  relations: readonly Relation[],
  chosen: Readonly<Record<string, boolean>>,
): ReadonlySet<string> {
  return new Set(relations.filter(({ id, shown }) => chosen[id] ?? shown).map(({ id }) => id));
}

import { computed, signal } from '@preact/signals';
import type { EventId } from '../../src/event/execution.ts';
import type { Figure } from '../../src/report/draw/figure.ts';
import type { Arrangement, ExecutionAnswer, GraphData, GraphEdge, OwnRelations, Relation } from './calls.ts';
import type { Zoom } from './zoom.ts';
import { shownEdges, shownRelations } from './data/arrange.ts';
import { differencesOf, withGhosts } from './data/differences.ts';
import type { Moves } from './data/shape.ts';

/** Relation → whether it is shown, where somebody chose. */
export const chosen = signal<Readonly<Record<string, boolean>>>({});

/** Whether the main thread's forks and joins are drawn where it does nothing else. */
export const scaffold = signal(false);

/** The execution that is drawn; `label` says which it is. */
export interface Drawn {
  readonly answer: ExecutionAnswer;
  readonly label: string;
  /** Tells what is drawn apart. */
  readonly key: string;
  /** Tells executions apart. */
  readonly witness: string;
  /** The text of the program. */
  readonly program: string;
}
export const drawn = signal<Drawn | null>(null);
/** What kept the execution from being drawn, for people. */
export const refusal = signal<string | null>(null);
export const isWaiting = signal(false);
/** What went wrong with the picture as it is wanted, for people; what was drawn before is still there. */
export const fault = signal<string | null>(null);

/** The relations of the model's file, once somebody asked for them. */
export const own = signal<OwnRelations | null>(null);
export const ownWanted = signal(false);

/** The latest arrangement, and of which execution. */
export const arranged = signal<{ readonly key: string; readonly it: Arrangement } | null>(null);

/** The picture's zoom, for the buttons. */
export const zooming = signal<Zoom | null>(null);

export const moves = signal<Moves>(new Map());

/** What is pointed at or focused. */
export type Active = { readonly kind: 'event'; readonly id: EventId } | { readonly kind: 'edge'; readonly id: string };
export const hovered = signal<Active | null>(null);
export const focused = signal<Active | null>(null);
/** The event that the tabulator key goes to; null for the first. */
export const stop = signal<EventId | null>(null);
export const active = computed(() => hovered.value ?? focused.value);

/** What the execution is compared with. */
export type Comparison = 'nothing' | 'previous' | 'kept';
export const comparison = signal<Comparison>('nothing');
export const previous = signal<Drawn | null>(null);
export const kept = signal<Drawn | null>(null);

export const data = computed<GraphData | null>(() => drawn.value?.answer.data ?? null);

export const relations = computed<readonly Relation[]>(() => {
  const here = data.value?.relations ?? [];
  return [...here, ...lacking(here), ...(own.value?.relations ?? [])];
});

/** Relations that only the execution has that this one is compared with. */
function lacking(here: readonly Relation[]): readonly Relation[] {
  const drawnToo = new Set(differences.value?.ghosts.edges.map(({ of }) => of));
  const there = other.value?.answer.data.relations ?? [];
  return there.filter(({ id }) => drawnToo.has(id) && here.every((relation) => relation.id !== id));
}

const allEdges = computed<readonly GraphEdge[]>(() => [
  ...(data.value?.edges ?? []),
  ...(own.value?.edges ?? []),
  ...(differences.value?.ghosts.edges ?? []),
]);

export const shown = computed<ReadonlySet<string>>(() => shownRelations(relations.value, chosen.value));

export const edges = computed<readonly GraphEdge[]>(() => shownEdges(allEdges.value, shown.value));

export const edgeOf = computed(() => new Map(allEdges.value.map((edge) => [edge.id, edge])));
export const detailOf = computed(
  () =>
    new Map([...(data.value?.details ?? []), ...(differences.value?.ghosts.details ?? [])].map((it) => [it.event, it])),
);

/** What the execution is compared with, if there is such a one. */
export const other = computed<Drawn | null>(() => {
  const it = { nothing: null, previous: previous.value, kept: kept.value }[comparison.value];
  return it === null || it.witness === drawn.value?.witness ? null : it;
});

export const differences = computed(() => {
  const [it, than] = [data.value, other.value];
  return it === null || than === null ? null : differencesOf(it, than.answer.data);
});

/** What is drawn: the execution’s events, and those that it lacks beside the one that it is compared with. */
export const figure = computed<Figure | null>(() => {
  const it = data.value?.figure ?? null;
  return it === null || differences.value === null ? it : withGhosts(it, differences.value.ghosts);
});

import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';
import { NOWHERE } from '../../base/span.ts';
import { figureEdges } from './edges.ts';
import { stressed } from './stress.ts';
import type { LabelContext, LabelLine } from './labels.ts';
import { clip, labelContext, labelLines } from './labels.ts';
import type { DrawOptions } from './options.ts';
import { withoutScaffold } from './scaffold.ts';
import { timeLine } from './time.ts';
import type { Visible } from './visible.ts';
import { visibleIn } from './visible.ts';
import type { Mark, Marks } from './weakness.ts';
import { fromReads, weakReads } from './weakness.ts';

/**
 * A picture before it has a shape: what is drawn, not where. SVG and DOT are made from the same figure.
 */
export interface Figure {
  readonly title: string;
  /** What is known of the whole execution: its model, whether it is weak, how many races. */
  readonly facts: readonly string[];
  /** Observations and their values: `mem+24:i32 = i32 1`. */
  readonly outcome: readonly string[];
  readonly columns: readonly FigureColumn[];
  /** Allocations before all else, drawn above the columns. */
  readonly initial: readonly FigureNode[];
  /** Everything else, in the order of time. */
  readonly nodes: readonly FigureNode[];
  readonly edges: readonly FigureEdge[];
}

export interface FigureColumn {
  readonly thread: ThreadId;
  readonly name: string;
}

export type Shape = 'access' | 'control' | 'trap' | 'init';

export interface FigureNode {
  readonly event: Event;
  readonly thread: string;
  /** Index into {@link Figure.columns}. */
  readonly column: number;
  readonly shape: Shape;
  readonly lines: readonly LabelLine[];
  /** The instruction and its line. */
  readonly site: string;
  /** What a text beside the picture calls it. */
  readonly name: string | null;
  readonly mark: Mark | null;
}

/**
 * `po`: next in program order. `rf`: reads from; `sw`: reads from and synchronises. `asw`: fork, join, wake-up and queue
 * order. `fr`: from-read. `race`: undirected. `hb`, `tot`: edges of an argument. `own`: of a relation that a model defines.
 */
export type EdgeKind = 'po' | 'rf' | 'sw' | 'asw' | 'fr' | 'race' | 'hb' | 'tot' | 'own';

export interface FigureEdge {
  readonly kind: EdgeKind;
  readonly from: EventId;
  readonly to: EventId;
  /** Which bytes an edge is about, where one read has several writers. */
  readonly label: string | null;
  /** Of an `own` edge: the name of its relation. */
  readonly relation?: string;
  /** Of an `fr` edge: whether no interleaving explains it, see {@link import('./weakness.ts').FromRead}. */
  readonly cyclic?: boolean;
  /** Drawn as with a marker: it is what the picture is about. */
  readonly stressed?: boolean;
}

const MAX_SITE = 40;
const MAX_OBSERVATIONS = 16;

/** What is worked out of an execution before it is drawn. */
export interface Sight {
  /** Time runs downwards in this order. */
  readonly order: readonly EventId[];
  readonly marks: Marks;
  readonly visible: Visible;
  readonly context: LabelContext;
}

export function sightOf(witness: Witness, { lengths = 'auto' }: Pick<DrawOptions, 'lengths'>): Sight {
  const order = timeLine(witness);
  const marks = weakReads(witness, order);
  const visible = visibleIn(witness, marks, lengths);
  return { order, marks, visible, context: labelContext(witness, visible) };
}

export function figureOf(witness: Witness, options: DrawOptions, sight = sightOf(witness, options)): Figure {
  const { order, marks, visible, context } = sight;
  const { execution } = witness;
  const shown = order.flatMap((id) => {
    const event = execution.events[id];
    return event !== undefined && visible.event(id) ? [event] : [];
  });
  const initialIds = initialEvents(execution, visible.event);
  const columns = columnsOf(
    execution,
    shown.filter((event) => !initialIds.has(event.id)),
  );
  const node = (event: Event): FigureNode => ({
    event,
    thread: execution.threads.find((thread) => thread.id === event.thread)?.name ?? `#${event.thread}`,
    column: columns.findIndex((column) => column.thread === event.thread),
    shape: shapeOf(event),
    lines: labelLines(context, event),
    site: siteText(event, options),
    name: options.nameOf?.(event.id) ?? null,
    mark: strongest(
      [...(marks.get(event.id) ?? [])].filter(([a]) => visible.action(event.id, a)).map(([, mark]) => mark),
    ),
  });
  const nodes = shown.filter((event) => !initialIds.has(event.id)).map(node);
  const reads = fromReads(witness, order);
  const edges = stressed(
    figureEdges(witness, {
      visible,
      initial: initialIds,
      fromReads: reads,
      showing: options.fromReads ?? 'auto',
    }),
    options.stress ?? [],
    execution,
    visible,
  );
  const figure: Figure = {
    title: options.title,
    facts: options.facts ?? factsOf(witness, options),
    outcome: outcomeParts(options.outcome),
    columns,
    initial: shown.filter((event) => initialIds.has(event.id)).map(node),
    nodes,
    edges: options.edges ?? edges,
  };
  return options.mainThread === 'auto' ? withoutScaffold(figure, options) : figure;
}

/** Allocations that come before everything else in their thread, if that thread has no parent. */
function initialEvents(execution: Execution, isShown: (id: EventId) => boolean): ReadonlySet<EventId> {
  const initial = new Set<EventId>();
  for (const thread of execution.threads.filter((t) => t.parent === null)) {
    const own = execution.events.filter((event) => event.thread === thread.id && isShown(event.id));
    for (const event of own.toSorted((a, b) => a.index - b.index)) {
      if (event.kind !== 'alloc') break;
      initial.add(event.id);
    }
  }
  return initial;
}

function columnsOf(execution: Execution, shown: readonly Event[]): FigureColumn[] {
  return execution.threads
    .filter((thread) => shown.some((event) => event.thread === thread.id))
    .map(({ id, name }) => ({ thread: id, name }));
}

function shapeOf(event: Event): Shape {
  switch (event.kind) {
    case 'alloc':
      return 'init';
    case 'trap':
      return 'trap';
    case 'fork':
    case 'join':
    case 'fence':
    case 'host':
      return 'control';
    default:
      return 'access';
  }
}

function siteText({ id, site, kind }: Event, { source, nameOf }: DrawOptions): string {
  if (kind === 'host' || kind === 'alloc') return '';
  const name = nameOf?.(id) ?? null;
  const line = source !== undefined && site.at !== NOWHERE ? `line ${source.position(site.at.start).line}` : null;
  const text = kind === 'fork' || kind === 'join' ? '' : clip(site.text, MAX_SITE);
  return [name, text, line].filter((piece) => piece !== null && piece !== '').join(' · ');
}

function strongest(marks: readonly Mark[]): Mark | null {
  return marks.find((mark) => mark === 'stale') ?? marks[0] ?? null;
}

function factsOf(witness: Witness, { model }: DrawOptions): string[] {
  const races = witness.races.length;
  return [
    ...(model === undefined ? [] : [`model ${model}`]),
    witness.sequentiallyConsistent ? 'sequentially consistent' : 'not sequentially consistent',
    races === 0 ? 'no data race' : races === 1 ? '1 data race' : `${races} data races`,
  ];
}

function outcomeParts(outcome: ReadonlyMap<string, string> | undefined): string[] {
  const parts = [...(outcome ?? [])].map(([key, value]) => `${key} = ${value}`);
  if (parts.length <= MAX_OBSERVATIONS) return parts;
  return [...parts.slice(0, MAX_OBSERVATIONS), `… and ${parts.length - MAX_OBSERVATIONS} more`];
}

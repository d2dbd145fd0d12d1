import { known } from '../../base/assert.ts';
import type { Source, Span } from '../../base/span.ts';
import { NOWHERE } from '../../base/span.ts';
import { isReading } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import type { Witness } from '../../explore/result.ts';
import type { Figure } from '../draw/figure.ts';
import { figureOf } from '../draw/figure.ts';
import { plainText } from '../draw/labels.ts';

/** What people call the events of an execution: `a`, `b`, … thread by thread, and `init` for the first allocations. */
export interface EventNames {
  of(id: EventId): string;
  /** Its letter, if it has one. */
  letter(id: EventId): string | null;
  /** The events that have letters, in order, and the initial ones. */
  readonly rows: readonly EventRow[];
  /** The reads among them. */
  readonly reads: readonly EventId[];
}

/** One event for a list. */
export interface EventRow {
  readonly id: EventId;
  readonly name: string;
  readonly thread: string;
  /** In the notation of the field: `Wsc mem+0 := 1`. */
  readonly label: string;
  readonly at: Span | null;
  /** `12:5`; empty for what has no place. */
  readonly place: string;
  readonly instruction: string;
}

/** Names the events that a picture of the execution would show, and the `involved` ones. */
export function nameEvents(witness: Witness, source: Source, involved: ReadonlySet<EventId>): EventNames {
  const figure = figureOf(witness, { title: '' });
  const { events, threads } = witness.execution;
  const initial = new Set(figure.initial.map((node) => node.event.id));
  const labels = new Map(
    [...figure.initial, ...figure.nodes].map((node) => [node.event.id, node.lines.map(plainText).join(', ')]),
  );
  const isListed = (event: Event): boolean =>
    involved.has(event.id) || (labels.has(event.id) && !['fork', 'join', 'alloc'].includes(event.kind));
  const listed = threads.flatMap(({ id }) =>
    events
      .filter((event) => event.thread === id && !initial.has(event.id) && isListed(event))
      .toSorted((a, b) => a.index - b.index),
  );
  const names = new Map<EventId, string>();
  for (const [i, id] of [...initial].entries()) names.set(id, initial.size === 1 ? 'init' : `init${i + 1}`);
  for (const [i, { id }] of listed.entries()) names.set(id, letters(i));
  const row = (event: Event): EventRow => ({
    id: event.id,
    name: known(names.get(event.id), 'name of an event'),
    thread: threads.find(({ id }) => id === event.thread)?.name ?? `#${event.thread}`,
    label: labels.get(event.id) ?? event.kind,
    at: event.site.at === NOWHERE ? null : event.site.at,
    place: placeOf(event, source),
    instruction: event.site.text,
  });
  const usedInitial = [...initial].filter((id) => isUsed(id, figure, witness) || involved.has(id));
  return {
    letter: (id) => (initial.has(id) ? null : (names.get(id) ?? null)),
    of: (id) => names.get(id) ?? describe(known(events[id], 'event'), source),
    rows: [...usedInitial.map((id) => known(events[id], 'event')), ...listed].map(row),
    reads: listed.filter(({ actions }) => actions.some(isReading)).map(({ id }) => id),
  };
}

function isUsed(id: EventId, figure: Figure, { execution }: Witness): boolean {
  return figure.nodes.some((node) => (execution.rf[node.event.id] ?? []).some((row) => row?.includes(id)));
}

/** `a` … `z`, `a1` … `z1`, … */
function letters(i: number): string {
  const letter = String.fromCharCode(0x61 + (i % 26));
  return i < 26 ? letter : `${letter}${Math.floor(i / 26)}`;
}

function placeOf({ site }: Event, source: Source): string {
  if (site.at === NOWHERE) return '';
  const { line, column } = source.position(site.at.start);
  return `${line}:${column}`;
}

function describe(event: Event, source: Source): string {
  const place = placeOf(event, source);
  return place === '' ? event.site.text : `${event.site.text} (${place})`;
}

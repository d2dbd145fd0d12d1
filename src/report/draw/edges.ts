import type { Event, EventId } from '../../event/execution.ts';
import { fieldOf } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';
import type { FigureEdge } from './figure.ts';
import { listAt } from './lists.ts';
import type { Showing } from './options.ts';
import type { Visible } from './visible.ts';
import type { FromRead } from './weakness.ts';

export interface EdgeChoice {
  readonly visible: Visible;
  /** Events above the columns; what they precede is plain without edges. */
  readonly initial: ReadonlySet<EventId>;
  readonly fromReads: readonly FromRead[];
  readonly showing: Showing;
}

/** The edges of a picture, in a fixed order: po, rf and sw, asw, fr, races. */
export function figureEdges(witness: Witness, choice: EdgeChoice): FigureEdge[] {
  const po = programOrder(witness, choice);
  return [
    ...po,
    ...readsFrom(witness, choice),
    ...additional(witness, choice, po),
    ...fromReadEdges(choice),
    ...races(witness, choice),
  ];
}

/** Visible events of each thread, in program order. */
function threadsOf({ execution }: Witness, { visible, initial }: EdgeChoice): Event[][] {
  return execution.threads.map((thread) =>
    execution.events
      .filter((event) => event.thread === thread.id && visible.event(event.id) && !initial.has(event.id))
      .toSorted((a, b) => a.index - b.index),
  );
}

function programOrder(witness: Witness, choice: EdgeChoice): FigureEdge[] {
  return threadsOf(witness, choice).flatMap((events) =>
    events
      .slice(1)
      .map((event, i) => ({ kind: 'po' as const, from: (events[i] as Event).id, to: event.id, label: null })),
  );
}

/** One edge for each writer and reader; labelled with bytes if the read has other writers too. */
function readsFrom({ execution, relations }: Witness, { visible }: EdgeChoice): FigureEdge[] {
  const edges: FigureEdge[] = [];
  for (const event of execution.events) {
    const units = new Map<EventId, number[]>();
    let torn = false;
    for (const [a, action] of event.actions.entries()) {
      const writers = execution.rf[event.id]?.[a];
      if (writers === null || writers === undefined || !visible.action(event.id, a) || !('offset' in action)) continue;
      if (fieldOf(action.region) === 'data' && new Set(writers).size > 1) torn = true;
      for (const [k, writer] of writers.entries()) units.set(writer, [...(units.get(writer) ?? []), action.offset + k]);
    }
    for (const [writer, read] of units) {
      if (!visible.event(writer)) continue;
      const kind = relations.sw.has(writer, event.id) ? 'sw' : 'rf';
      edges.push({ kind, from: writer, to: event.id, label: torn ? bytesText(read) : null });
    }
  }
  return edges;
}

/** `byte 3`, `bytes 0..1`, `bytes 0, 2..3`. */
export function bytesText(units: readonly number[]): string {
  const sorted = [...new Set(units)].toSorted((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const unit of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === unit - 1) last[1] = unit;
    else runs.push([unit, unit]);
  }
  const text = runs.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`)).join(', ');
  return `${sorted.length === 1 ? 'byte' : 'bytes'} ${text}`;
}

/** Additional synchronisation between visible events, without what follows from program order and other such edges. */
function additional(witness: Witness, choice: EdgeChoice, po: readonly FigureEdge[]): FigureEdge[] {
  const { execution } = witness;
  const threads = threadsOf(witness, choice);
  const before = (id: EventId) => nearest(threads, execution.events[id], (event, index) => event.index <= index, -1);
  const after = (id: EventId) => nearest(threads, execution.events[id], (event, index) => event.index >= index, 0);
  const wanted = new Map<string, readonly [EventId, EventId]>();
  for (const [a, b] of execution.asw) {
    if (choice.initial.has(a) || execution.events[a]?.thread === execution.events[b]?.thread) continue;
    const from = before(a);
    const to = after(b);
    if (from !== null && to !== null) wanted.set(`${from},${to}`, [from, to]);
  }
  const edges = [...wanted.values()];
  const next = new Map<EventId, EventId[]>();
  for (const [a, b] of [...edges, ...po.map(({ from, to }) => [from, to] as const)]) listAt(next, a).push(b);
  return edges.filter((edge) => !implied(edge, next)).map(([from, to]) => ({ kind: 'asw', from, to, label: null }));
}

function nearest(
  threads: readonly Event[][],
  of: Event | undefined,
  fits: (event: Event, index: number) => boolean,
  pick: 0 | -1,
): EventId | null {
  if (of === undefined) return null;
  const own = threads.find((events) => events[0]?.thread === of.thread) ?? [];
  return own.filter((event) => fits(event, of.index)).at(pick)?.id ?? null;
}

/** Whether the other steps lead from the edge's start to its end. */
function implied([from, to]: readonly [EventId, EventId], next: ReadonlyMap<EventId, readonly EventId[]>): boolean {
  const seen = new Set([from]);
  const open = (next.get(from) ?? []).filter((id) => id !== to);
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at === to) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    open.push(...(next.get(at) ?? []));
  }
  return false;
}

function fromReadEdges({ visible, fromReads, showing }: EdgeChoice): FigureEdge[] {
  if (showing === 'hide') return [];
  const edges = new Map<string, FigureEdge>();
  for (const { from, to, action, cyclic } of fromReads) {
    if (!visible.action(from, action) || !visible.event(to) || (showing === 'auto' && !cyclic)) continue;
    const isCyclic = cyclic || edges.get(`${from},${to}`)?.cyclic === true;
    edges.set(`${from},${to}`, { kind: 'fr', from, to, label: null, cyclic: isCyclic });
  }
  return [...edges.values()];
}

function races({ execution, races: found }: Witness, { visible }: EdgeChoice): FigureEdge[] {
  const edges = new Map<string, FigureEdge>();
  for (const { first, second, location } of found) {
    const about = location.endsWith('.length') ? 'length' : null;
    if (!showsRace(execution.events[first], visible, about) || !showsRace(execution.events[second], visible, about))
      continue;
    edges.set(`${first},${second}`, { kind: 'race', from: first, to: second, label: null });
  }
  return [...edges.values()];
}

/** A race about a length is shown only where the length is. */
function showsRace(event: Event | undefined, visible: Visible, about: 'length' | null): boolean {
  if (event === undefined || !visible.event(event.id)) return false;
  if (about === null) return true;
  return event.actions.some((action, a) => fieldOf(action.region) === 'length' && visible.action(event.id, a));
}

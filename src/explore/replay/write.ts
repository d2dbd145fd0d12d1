import { Bug } from '../../base/assert.ts';
import type { Source } from '../../base/span.ts';
import { isReading } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { makerOf, objectOf } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Units } from '../../event/units.ts';
import { unitAt } from '../../event/units.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { FindingKind } from '../finding/finding.ts';
import { queueAction } from '../finding/stuck.ts';
import { objectsOf } from '../thread-names.ts';
import type { Outcome, Witness } from '../result.ts';
import type { ProgramMark, ReplayEvent, ReplayFile, ReplayRead, ReplayThread } from './file.ts';

/** What a witness is a witness of. */
export interface Shown {
  readonly program: ProgramMark;
  readonly source: Source;
  readonly model: string;
  readonly readings: Readings;
  readonly finding: { readonly kind: FindingKind; readonly text: string } | null;
  readonly outcome: Pick<Outcome, 'values' | 'deadlock'> | null;
}

export function replayFileOf(witness: Witness, shown: Shown): ReplayFile {
  const { execution, tot, relations } = witness;
  const threads = threadsIn(execution);
  const numbers = new Map(threads.map((id, i) => [id, i]));
  const outcome = witness.part === true ? null : shown.outcome;
  return {
    weft: 'replay',
    version: 1,
    program: shown.program,
    model: shown.model,
    readings: { ...shown.readings },
    finding: shown.finding === null ? null : { kind: shown.finding.kind, text: shown.finding.text },
    outcome: outcome === null ? null : { values: Object.fromEntries(outcome.values), deadlock: outcome.deadlock },
    threads: threads.map((id) => threadOf(execution, id, numbers)),
    events: execution.events.map((event) => eventOf(execution, event, numbers, shown.source)),
    order: isOrderBy(tot, relations.hb) ? [...tot] : orderBy(relations.hb),
    before: execution.asw.map(([a, b]) => [a, b]),
  };
}

/** Whether it has all events, each after what happens before it: some models order only a part of them, or let nothing ask for an order. */
function isOrderBy(tot: readonly EventId[], hb: BitMatrix): boolean {
  return tot.length === hb.size && tot.every((b, i) => tot.slice(i + 1).every((a) => !hb.has(a, b)));
}

/** All events, each after what happens before it. */
function orderBy(hb: BitMatrix): number[] {
  const order: number[] = [];
  const left = new Set(Array.from({ length: hb.size }, (_, id) => id));
  while (left.size > 0) {
    const next = [...left].find((id) => ![...left].some((other) => hb.has(other, id)));
    if (next === undefined) throw new Bug('happens-before has a cycle');
    left.delete(next);
    order.push(next);
  }
  return order;
}

/** Those that do something, and those that did nothing yet but make objects, whose allocations are another's. */
function threadsIn(x: Execution): ThreadId[] {
  const active = new Set(x.events.map(({ thread }) => thread));
  const makers = [...active].flatMap((id) => makerIn(x, id) ?? []);
  return [...new Set([...active, ...makers])].toSorted((a, b) => a - b);
}

function threadOf(x: Execution, id: ThreadId, numbers: ReadonlyMap<ThreadId, number>): ReplayThread {
  const name = x.threads[id]?.name ?? `#${id}`;
  const first = x.events.find(({ thread, index }) => thread === id && index === 0);
  const edge = x.asw.find(([from, to]) => to === first?.id && x.events[from]?.kind === 'fork');
  const fork = first === undefined ? forkOf(x, id) : (edge?.[0] ?? null);
  if (fork !== null) return { name, forkedBy: fork };
  const maker = makerIn(x, id);
  const number = maker === null || maker === id ? undefined : numbers.get(maker);
  return number === undefined ? { name, forkedBy: null } : { name, forkedBy: null, objectsOf: number };
}

/** The fork of a thread: its parent's k-th, if it is its parent's k-th child; numbers are given in that order. */
function forkOf(x: Execution, id: ThreadId): EventId | null {
  const parent = x.threads[id]?.parent ?? null;
  const k = x.threads.filter((other) => other.parent === parent && other.id < id).length;
  const forks = x.events.filter(({ kind, thread }) => kind === 'fork' && thread === parent);
  return forks.toSorted((a, b) => a.index - b.index)[k]?.id ?? null;
}

/** Whose objects the thread makes, if it makes nothing else: what it makes says so, or, of objects without contents, its name. */
function makerIn(x: Execution, id: ThreadId): ThreadId | null {
  const own = x.events.filter(({ thread }) => thread === id);
  if (!own.every(({ kind }) => kind === 'alloc')) return null;
  const [action] = own.flatMap(({ actions }) => actions);
  if (action !== undefined) return makerOf(objectOf(action.region)).thread;
  return x.threads.find(({ name }) => objectsOf(name) === x.threads[id]?.name)?.id ?? null;
}

function eventOf(x: Execution, event: Event, numbers: ReadonlyMap<ThreadId, number>, source: Source): ReplayEvent {
  const { line, column } = source.position(event.site.at.start);
  const reads = event.actions.flatMap((action, a) =>
    isReading(action) ? [readOf(x.rf[event.id]?.[a] ?? [], action.read)] : [],
  );
  const notify = queueAction(event, 'notify');
  return {
    thread: numbers.get(event.thread) ?? 0,
    kind: event.kind,
    at: `${line}:${column}`,
    instruction: event.site.text,
    ...(reads.length === 0 ? {} : { reads }),
    ...(event.kind === 'grow' ? { grew: event.actions.some(({ kind }) => kind === 'rmw') } : {}),
    ...(notify === null ? {} : { woke: notify.woke }),
  };
}

function readOf(row: readonly EventId[], units: Units): ReplayRead {
  const from: [number, number][] = [];
  for (const writer of row) {
    const last = from.at(-1);
    if (last !== undefined && last[0] === writer) last[1]++;
    else from.push([writer, 1]);
  }
  return { from, units: Array.from({ length: units.length }, (_, k) => unitAt(units, k)) };
}

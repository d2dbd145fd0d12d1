import { known } from '../../base/assert.ts';
import type { Source, Span } from '../../base/span.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import type { Range, ThreadId } from '../../event/location.ts';
import { fieldOf, overlaps } from '../../event/location.ts';
import type { DataRace } from '../../model/races.ts';
import type { Site } from '../../event/request.ts';
import { surpriseOf } from '../../model/surprise/surprise.ts';
import type { NonTermination } from '../loops/non-termination.ts';
import type { Account, Finding } from './finding.ts';
import type { FindingPlace } from './place.ts';
import type { Problem } from './problems.ts';
import type { Teller } from './teller.ts';
import { turnsOf } from './schedule.ts';
import type { TornRead } from './torn.ts';

/** Findings in words: what happens, where, and what made it possible, as far as the execution shows it; threads that never end are in `told-stuck.ts`. */

export function tellRace(teller: Teller, { first, second, ...range }: DataRace): Account {
  const events = [first, second].toSorted((a, b) => teller.event(a).thread - teller.event(b).thread);
  const [a, b] = events as [EventId, EventId];
  const [x, y] = [accessOn(teller, a, range), accessOn(teller, b, range)];
  const why =
    isAtomic(x) && isAtomic(y)
      ? 'both are atomic, but not of the same bytes'
      : isAtomic(x) || isAtomic(y)
        ? `only ${teller.actor(isAtomic(x) ? a : b)}’s is atomic`
        : 'neither is atomic';
  const text = `${teller.deed(a)} and ${teller.deed(b)} race on ${teller.location(range)}: nothing orders them, and ${why}`;
  return { text, places: [teller.place(a), teller.place(b)], events };
}

function accessOn(teller: Teller, id: EventId, range: Range): Action | undefined {
  const actions = teller.event(id).actions.filter((action) => isAccess(action) && overlaps(action, range));
  return actions.find(isWriting) ?? actions[0];
}

function isAtomic(action: Action | undefined): boolean {
  return action !== undefined && isAccess(action) && (action.order === 'seqcst' || action.order === 'acqrel');
}

export function tellTorn(teller: Teller, { event, action, writers }: TornRead): Account {
  const read = known(teller.event(event).actions[action], 'action');
  if (!isReading(read)) throw new TypeError('a read that reads nothing');
  const row = known(teller.execution.rf[event]?.[action], 'writers');
  const parts = writers.map((writer) => {
    const units = row.flatMap((w, k) => (w === writer ? [read.offset + k] : []));
    return `${runs(units)} from ${teller.deed(writer)}`;
  });
  const noun = fieldOf(read.region) === 'data' ? 'bytes' : 'units';
  const text = `${teller.deed(event)} reads a torn value, ${teller.value(event, read.read)}, at ${teller.location(read)}: ${noun} ${parts.join(', ')}; no order of whole writes gives that value`;
  const stores = writers.filter((writer) => teller.event(writer).kind !== 'alloc');
  return { text, places: [event, ...stores].map((id) => teller.place(id)), events: [event, ...stores] };
}

/** `0..3`, `0, 2..3`. */
function runs(units: readonly number[]): string {
  const found: [number, number][] = [];
  for (const unit of units) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === unit - 1) last[1] = unit;
    else found.push([unit, unit]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}..${to}`)).join(', ');
}

// ---- Traps and assertions

export function tellProblem(teller: Teller, thread: ThreadId, problem: Problem): Account {
  const { kind, at, command, message, site } = problem;
  const name = teller.thread(thread);
  const place: FindingPlace = { thread: name, at, instruction: command };
  const trapped = site === null ? [] : [teller.placeOf(thread, site)];
  const read = problem.last ? lastRead(teller, thread) : null;
  const because = becauseOf(teller, read);
  const events = read === null ? [] : [read, ...writersOf(teller, read)];
  const places = events.map((id) => teller.place(id));
  if (kind === 'trap') {
    const what =
      site === null
        ? `${name} ${command} (${teller.where(at)})`
        : `${name} ${site.text} (${placeIn(teller, site, at)})`;
    return {
      text: `${what} traps: ${reasonOf(message)}${because}`,
      places: [...(site === null ? [place] : trapped), ...places],
      events,
    };
  }
  const text = `${name} ${command} (${teller.where(at)}) fails: ${message}${because}`;
  return { text, places: [place, ...trapped, ...places], events };
}

/** Where it is, and where it was called from, unless the one is named in the other. */
function placeIn(teller: Teller, site: Site, at: Span): string {
  const [where, caller] = [teller.where(site.at), teller.where(at)];
  return where.startsWith(caller) ? where : `${where}, called at ${caller}`;
}

function reasonOf(message: string): string {
  return message === 'unreachable' ? 'unreachable, as a failed assertion of a compiled program does' : message;
}

/** A trap that ended its whole group. */
export function tellCrash(teller: Teller, trap: EventId, reason: string): Account {
  const { thread } = teller.event(trap);
  const read = lastRead(teller, thread);
  const events = [trap, ...(read === null ? [] : [read, ...writersOf(teller, read)])];
  const text = `${teller.deed(trap)} traps: ${reasonOf(reason)}; that ends all threads of its group${becauseOf(teller, read)}`;
  return { text, places: events.map((id) => teller.place(id)), events };
}

/** The thread's last read of data, if it read any. */
function lastRead({ execution }: Teller, thread: ThreadId): EventId | null {
  let found: Event | null = null;
  for (const event of execution.events) {
    if (event.thread !== thread || !event.actions.some((a) => isReading(a) && fieldOf(a.region) !== 'length')) continue;
    if (found === null || found.index < event.index) found = event;
  }
  return found?.id ?? null;
}

function readActions(teller: Teller, id: EventId): { readonly action: Action; readonly row: readonly EventId[] }[] {
  return teller.event(id).actions.flatMap((action, a) => {
    const row = teller.execution.rf[id]?.[a] ?? null;
    return row === null || !isReading(action) || fieldOf(action.region) === 'length' ? [] : [{ action, row }];
  });
}

/** Who wrote what the event read, but for what was there at first. */
function writersOf(teller: Teller, id: EventId): EventId[] {
  const writers = new Set(readActions(teller, id).flatMap(({ row }) => row));
  return [...writers].filter((writer) => teller.event(writer).kind !== 'alloc');
}

function becauseOf(teller: Teller, read: EventId | null): string {
  const first = read === null ? undefined : readActions(teller, read)[0];
  if (read === null || first === undefined || !isReading(first.action)) return weakness(teller);
  const { action, row } = first;
  const writers = [...new Set(row)].map((writer) => teller.deed(writer));
  const what = `${teller.instruction(read)} read ${teller.value(read, action.read)} at ${teller.location(action)} from ${writers.join(' and ')}`;
  return `; before that ${what}${weakness(teller)}`;
}

/** What is not sequentially consistent about the execution, if anything is. */
function weakness(teller: Teller): string {
  const surprise = surpriseOf(teller.execution);
  if (surprise.kind === 'none') return '';
  const [pair] = surprise.kind === 'no-order' ? [] : (surprise.ways[0]?.reordered ?? []);
  if (pair === undefined) return '; no interleaving of the threads does that';
  const [a, b] = [teller.instruction(pair.from), teller.instruction(pair.to)];
  return `; no interleaving does that: to the other threads ${teller.actor(pair.from)} ${b} comes before ${a}, which the orders of the two allow`;
}

/** Threads that go round though every thread gets its turns; their schedule is no single execution. */
export function tellEndless(source: Source, lasso: NonTermination): Finding {
  const { kind, threads, places, prefix, cycle } = lasso;
  const who = threads.length > 1 ? `${threads.slice(0, -1).join(', ')} and ${threads.at(-1)} go` : `${threads[0]} goes`;
  const text =
    kind === 'spin'
      ? `${who} round for ever, waiting for what nobody will write`
      : `${who} round for ever, changing shared state, though every thread gets its turns`;
  const told = places.map(({ thread, at, text: instruction }) => ({ thread, at, instruction }));
  const before = turnsOf(source, prefix);
  return {
    kind: 'non-termination',
    key: `non-termination ${places.map(({ thread, at }) => `${thread}:${at.start}`).join(' ')}`,
    text,
    places: told,
    events: [],
    outcome: null,
    executions: 0,
    witness: null,
    schedule: [...before, ...turnsOf(source, cycle)],
    repeatsFrom: before.length,
    lasso,
  };
}

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
import type { LostWakeUp, Stuck } from './stuck.ts';
import { causesOf, isUntouched, queueAction } from './stuck.ts';
import type { Teller } from './teller.ts';
import { rangeOf } from './teller.ts';
import { turnsOf } from './schedule.ts';
import type { TornRead } from './torn.ts';

/** Every finding in words: what happens, where, and what made it possible, as far as the execution shows it. */

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

// ---- Threads that never end

export function tellDeadlock(teller: Teller, stuck: readonly Stuck[]): Account {
  const all = causesOf(stuck);
  const untouched = all.filter((s) => isUntouched(teller.execution, s));
  const causes = [...all.filter((s) => !untouched.includes(s)), ...untouched];
  const shown = [...causes, ...stuck.filter((s) => !causes.includes(s))];
  return {
    text: shown.map((s) => stuckText(teller, s)).join('; '),
    places: placesOf(teller, shown),
    events: causes.flatMap(({ events }) => events),
  };
}

function placesOf(teller: Teller, stuck: readonly Stuck[]): FindingPlace[] {
  return stuck.flatMap(({ thread, site, events }) => {
    if (events.length > 0) return events.map((id) => teller.place(id));
    return site === null ? [] : [teller.placeOf(thread, site)];
  });
}

function stuckText(teller: Teller, { thread, name, why, site, joins, events }: Stuck): string {
  const where = site === null ? '' : ` (${teller.where(site.at)})`;
  const [first] = events;
  switch (why) {
    case 'join':
      return `${name} ${site?.text ?? 'join'}${where} waits for the end of ${joins === null ? 'a thread' : teller.thread(joins)}`;
    case 'queue': {
      const queue = queueAction(teller.event(first as EventId), 'enqueue');
      if (queue !== null && isUntouched(teller.execution, { thread, events }))
        return `${name} waits at ${site?.text ?? 'wait'}${where} on ${teller.location(rangeOf(queue))}, where no other thread has come yet`;
      const notifies = queue === null ? [] : notifiesOf(teller, queue);
      const how =
        notifies.length === 0
          ? 'nobody notifies it'
          : `${notifies.map((id) => `${teller.deed(id)} woke ${teller.wokenBy(id)}`).join(', ')}, and no notify is left`;
      return `${name} sleeps for ever at ${site?.text ?? 'wait'}${where} on ${queue === null ? 'a queue' : teller.location(rangeOf(queue))}: ${how}`;
    }
    case 'spin': {
      const ranges = events.flatMap((id) => teller.event(id).actions.filter(isReading));
      const range = ranges.find(({ region }) => fieldOf(region) !== 'length');
      return `${name} spins for ever at ${site?.text ?? 'a loop'}${where}${range === undefined ? '' : ` on ${teller.location(range)}`}, which nobody changes any more`;
    }
    case 'halt':
      return `${name} goes no further than ${site?.text ?? 'where it is'}${where}`;
  }
}

function notifiesOf({ execution }: Teller, queue: Action): EventId[] {
  return execution.events.flatMap((event) => {
    const notify = queueAction(event, 'notify');
    return notify !== null && notify.region === queue.region && notify.offset === queue.offset ? [event.id] : [];
  });
}

export function tellLostWakeUp(
  teller: Teller,
  { sleeper, wait, notify }: LostWakeUp,
  stuck: readonly Stuck[],
): Account {
  const enqueue = known(queueAction(teller.event(wait), 'enqueue'), 'queue of a wait');
  const others = stuck.filter(({ thread, why }) => thread !== sleeper.thread && why !== 'join');
  const woke = known(queueAction(teller.event(notify), 'notify'), 'notify').woke;
  const early =
    woke === 0
      ? `${teller.deed(notify)} notified when nobody slept there`
      : `${teller.deed(notify)} woke only ${teller.wokenBy(notify)}, who slept there by then`;
  const hint = hintOf(teller, wait, notify);
  const text = [
    `${sleeper.name} sleeps for ever at ${teller.instruction(wait)} on ${teller.location(rangeOf(enqueue))}: the notify came too early`,
    `${early}, before ${sleeper.name} fell asleep${hint.text}`,
    ...others.map((s) => (s.why === 'queue' ? `${s.name} sleeps for ever too` : stuckText(teller, s))),
  ].join('; ');
  const events = [wait, notify, ...hint.events];
  return { text, places: events.map((id) => teller.place(id)), events };
}

/** Why the wait did not notice that it came too late. */
function hintOf(teller: Teller, wait: EventId, notify: EventId): { readonly text: string; readonly events: EventId[] } {
  const [index, read] = [...teller.event(wait).actions.entries()].find(
    ([, action]) => action.kind === 'rd' && fieldOf(action.region) !== 'length',
  ) ?? [0, undefined];
  if (read === undefined || !isReading(read)) return { text: '', events: [] };
  const { thread, index: at } = teller.event(notify);
  const stores = teller.execution.events
    .filter((event) => event.thread === thread && event.actions.some((a) => isWriting(a) && overlaps(a, read)))
    .toSorted((a, b) => a.index - b.index);
  const before = stores.findLast((event) => event.index < at);
  const after = stores.find((event) => event.index > at);
  const found = `${teller.actor(wait)} found the value that it expected, ${teller.value(wait, read.read)}`;
  const from = teller.execution.rf[wait]?.[index] ?? [];
  if (before !== undefined && from.includes(before.id))
    return {
      text: `. ${found}, since that is what ${teller.instruction(before.id)} had just stored: the wait should expect the value from before it`,
      events: [before.id],
    };
  if (after !== undefined && before === undefined)
    return {
      text: `. ${found}, since ${teller.actor(notify)} stores there only after the notify, at ${teller.instruction(after.id)}`,
      events: [after.id],
    };
  if (before === undefined) {
    return {
      text: `. ${found}: ${teller.actor(notify)} stores nothing there before it notifies, so that the wait cannot notice`,
      events: [],
    };
  }
  const later = from.find((writer) => teller.event(writer).kind !== 'alloc');
  if (later !== undefined)
    return {
      text: `. ${found}, since ${teller.deed(later)} had put it there again after ${teller.instruction(before.id)}`,
      events: [before.id, later],
    };
  return { text: `. ${found}, and not what ${teller.instruction(before.id)} stored before`, events: [before.id] };
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

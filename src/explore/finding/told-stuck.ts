import { known } from '../../base/assert.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import type { EventId } from '../../event/execution.ts';
import { fieldOf, overlaps } from '../../event/location.ts';
import type { Account } from './finding.ts';
import type { FindingPlace } from './place.ts';
import type { LostWakeUp, Stuck } from './stuck.ts';
import { causesOf, isUntouched, queueAction } from './stuck.ts';
import type { Teller } from './teller.ts';
import { rangeOf } from './teller.ts';

/** Threads that never end, in words. */

/** `order`: an interleaving of the execution; null if there is none. */
export function tellDeadlock(teller: Teller, stuck: readonly Stuck[], order: readonly EventId[] | null): Account {
  const all = causesOf(stuck);
  const untouched = all.filter((s) => isUntouched(teller.execution, s));
  const causes = [...all.filter((s) => !untouched.includes(s)), ...untouched];
  const shown = [...causes, ...stuck.filter((s) => !causes.includes(s))];
  const told = shown.map((s) => ({ ...stuckText(teller, s, order), s }));
  const writes = [...new Set(told.flatMap(({ writes: own }) => own))];
  return {
    text: told.map(({ text }) => text).join('; '),
    places: [...placesOf(teller, shown), ...writes.map((id) => teller.place(id))],
    events: [...causes.flatMap(({ events }) => events), ...writes],
  };
}

function placesOf(teller: Teller, stuck: readonly Stuck[]): FindingPlace[] {
  return stuck.flatMap(({ thread, site, events }) => {
    if (events.length > 0) return events.map((id) => teller.place(id));
    return site === null ? [] : [teller.placeOf(thread, site)];
  });
}

/** What is said of a thread, and the writes that it is said of. */
interface Said {
  readonly text: string;
  readonly writes: readonly EventId[];
}

function stuckText(teller: Teller, stuck: Stuck, order: readonly EventId[] | null): Said {
  const { thread, name, why, site, joins, events } = stuck;
  const where = site === null ? '' : ` (${teller.where(site.at)})`;
  const [first] = events;
  switch (why) {
    case 'join': {
      const target = joins === null ? 'a thread' : teller.thread(joins);
      return { text: `${name} ${site?.text ?? 'join'}${where} waits for the end of ${target}`, writes: [] };
    }
    case 'queue': {
      const wait = known(first, 'wait');
      const queue = known(queueAction(teller.event(wait), 'enqueue'), 'queue of a wait');
      const place = teller.location(rangeOf(queue));
      if (isUntouched(teller.execution, { thread, events })) {
        const text = `${name} waits at ${site?.text ?? 'wait'}${where} on ${place}, where no other thread has come yet`;
        return { text, writes: [] };
      }
      const notifies = notifiesOf(teller, queue);
      const how =
        notifies.length === 0
          ? 'nobody notifies it'
          : `${notifies.map((id) => `${teller.deed(id)} woke ${teller.wokenBy(id)}`).join(', ')}, and no notify is left`;
      const word = wordOf(teller, wait, order);
      const text = `${name} sleeps for ever at ${site?.text ?? 'wait'}${where} on ${place}: ${how}${word.text}`;
      return { text, writes: word.writes };
    }
    case 'spin': {
      const reads = events.flatMap((id) =>
        teller.event(id).actions.flatMap((action, a) => {
          return isReading(action) && fieldOf(action.region) !== 'length' ? [{ id, a, action }] : [];
        }),
      );
      const last = reads.at(-1);
      const head = `${name} spins for ever at ${site?.text ?? 'a loop'}${where}`;
      if (last === undefined) return { text: `${head}, which nobody changes any more`, writes: [] };
      const writers = writersIn(teller, last.id, last.a);
      const from = writers.map((id) => teller.deed(id)).join(' and ');
      const what = `${teller.value(last.id, last.action.read)} from ${from}`;
      const text = `${head} on ${teller.location(last.action)}, which nobody changes any more: it reads ${what}`;
      return { text, writes: writers.filter((id) => teller.event(id).kind !== 'alloc') };
    }
    case 'halt':
      return { text: `${name} goes no further than ${site?.text ?? 'where it is'}${where}`, writes: [] };
  }
}

/** Who changed the word at which a thread sleeps after it fell asleep; if nobody did, who put there what it expected. */
function wordOf(teller: Teller, wait: EventId, order: readonly EventId[] | null): Said {
  const { actions, thread } = teller.event(wait);
  const a = actions.findIndex((action) => action.kind === 'rd' && fieldOf(action.region) !== 'length');
  const read = actions[a];
  if (read === undefined || !isReading(read)) return { text: '', writes: [] };
  const after = order === null ? [] : order.slice(order.indexOf(wait) + 1);
  const changed = after.findLast(
    (id) =>
      teller.event(id).thread !== thread && teller.event(id).actions.some((w) => isWriting(w) && overlaps(w, read)),
  );
  if (changed === undefined) {
    const writers = writersIn(teller, wait, a);
    const from = writers.map((id) => teller.deed(id)).join(' and ');
    return {
      text: ` (it found ${teller.value(wait, read.read)}, as it expected, from ${from})`,
      writes: writers.filter((id) => teller.event(id).kind !== 'alloc'),
    };
  }
  const write = known(
    teller.event(changed).actions.find((w) => isWriting(w) && overlaps(w, read)),
    'write',
  );
  const value = isWriting(write) ? teller.value(changed, write.written) : '';
  return {
    text: `, though ${teller.deed(changed)} wrote ${value} there after it fell asleep`,
    writes: [changed],
  };
}

function writersIn(teller: Teller, id: EventId, action: number): EventId[] {
  return [...new Set(teller.execution.rf[id]?.[action] ?? [])];
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
  order: readonly EventId[] | null,
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
    ...others.map((s) => (s.why === 'queue' ? `${s.name} sleeps for ever too` : stuckText(teller, s, order).text)),
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

import { isAccess, isWriting } from '../../event/action.ts';
import type { QueueAction } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { overlaps } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Site } from '../../event/request.ts';
import type { EndedThread } from '../outcome.ts';

/** A thread that never ends, and what keeps it. */
export interface Stuck {
  readonly thread: ThreadId;
  readonly name: string;
  /** `queue`: it sleeps. `join`: it waits for the end of `joins`. `spin`: what it reads in a loop changes no more. `halt`: whatever else. */
  readonly why: 'queue' | 'join' | 'spin' | 'halt';
  readonly site: Site | null;
  readonly joins: ThreadId | null;
  /** Its events there: the one that entered the queue, those of a round of the loop. */
  readonly events: readonly EventId[];
}

/** A thread that sleeps for ever and a notify that came before it fell asleep. */
export interface LostWakeUp {
  readonly sleeper: Stuck;
  readonly wait: EventId;
  readonly notify: EventId;
}

/** The threads that never end. */
export function stuckThreads<S>({ events }: Execution, threads: readonly EndedThread<S>[]): Stuck[] {
  return threads.flatMap(({ info, ended, request, round }): Stuck[] => {
    if (ended) return [];
    const site = 'site' in request ? request.site : null;
    const base = { thread: info.id, name: info.name, site, joins: null };
    if (request.kind === 'join') return [{ ...base, why: 'join', joins: request.thread, events: [] }];
    if (round > 0) return [{ ...base, why: 'spin', events: latest(events, info.id, round) }];
    const last = latest(events, info.id, 1);
    const sleeps = last.some((id) => queueAction(events[id], 'enqueue') !== null);
    return [{ ...base, why: sleeps ? 'queue' : 'halt', events: sleeps ? last : [] }];
  });
}

/** Those that hold up the others. */
export function causesOf(stuck: readonly Stuck[]): readonly Stuck[] {
  const causes = stuck.filter(({ why }) => why !== 'join');
  return causes.length > 0 ? causes : stuck;
}

/** Whether no other thread has written or notified where the thread sleeps: it waits for one that is held up itself, or that never was to come. */
export function isUntouched({ events }: Execution, { thread, events: own }: Pick<Stuck, 'thread' | 'events'>): boolean {
  const queue = own.map((id) => queueAction(events[id], 'enqueue')).find((action) => action !== null);
  if (queue === undefined) return false;
  const there = { region: queue.region, offset: queue.offset, size: 1 };
  return !events.some(
    (event) =>
      event.kind !== 'alloc' &&
      event.thread !== thread &&
      event.actions.some((a) =>
        isAccess(a) ? isWriting(a) && overlaps(a, there) : a.kind === 'notify' && sameQueue(a, queue),
      ),
  );
}

/** For each thread that sleeps the latest notify that came too early, if there is one. */
export function lostWakeUps(x: Execution, stuck: readonly Stuck[]): LostWakeUp[] {
  return stuck.flatMap((sleeper) => {
    const [wait] = sleeper.events;
    if (sleeper.why !== 'queue' || wait === undefined) return [];
    const notify = lostNotify(x, sleeper.thread, wait);
    return notify === null ? [] : [{ sleeper, wait, notify }];
  });
}

function lostNotify(x: Execution, sleeper: ThreadId, wait: EventId): EventId | null {
  const queue = queueAction(x.events[wait], 'enqueue');
  if (queue === null) return null;
  let found: EventId | null = null;
  for (const event of x.events) {
    const notify = event.thread === sleeper ? null : queueAction(event, 'notify');
    if (notify === null || notify.woke >= notify.count || !sameQueue(queue, notify)) continue;
    if (mustPrecede(x, event.id, wait)) continue;
    if (found === null || mustPrecede(x, found, event.id) || !mustPrecede(x, event.id, found)) found = event.id;
  }
  return found;
}

/** Whether `a` comes before `b` by program order, forks, joins and wakes: whatever the order in which a queue or a lock is taken. */
function mustPrecede(x: Execution, a: EventId, b: EventId): boolean {
  const into = new Map<EventId, EventId[]>();
  for (const [from, to] of x.asw) {
    if (isQueueOrder(x.events[from], x.events[to])) continue;
    const list = into.get(to);
    if (list === undefined) into.set(to, [from]);
    else list.push(from);
  }
  const byPlace = new Map(x.events.map(({ id, thread, index }) => [`${thread}.${index}`, id]));
  const seen = new Set<EventId>([b]);
  const todo: EventId[] = [b];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    if (id === a) return true;
    const event = x.events[id] as Event;
    const before = byPlace.get(`${event.thread}.${event.index - 1}`);
    for (const next of [...(into.get(id) ?? []), ...(before === undefined ? [] : [before])]) {
      if (seen.has(next)) continue;
      seen.add(next);
      todo.push(next);
    }
  }
  return false;
}

/** Whether an edge between these is there only because both work on one queue; that of a notify to whom it wakes is not. */
function isQueueOrder(from: Event | undefined, to: Event | undefined): boolean {
  if (from === undefined || to === undefined || to.kind === 'wake') return false;
  return from.actions.some(
    (a) => !isAccess(a) && to.actions.some((b) => !isAccess(b) && a.region === b.region && a.offset === b.offset),
  );
}

/** The event's action of that kind on a queue. */
export function queueAction(event: Event | undefined, kind: QueueAction['kind']): QueueAction | null {
  return event?.actions.find((action): action is QueueAction => !isAccess(action) && action.kind === kind) ?? null;
}

export function sameQueue(a: QueueAction, b: QueueAction): boolean {
  return a.region === b.region && a.offset === b.offset;
}

/** The latest `most` events of a thread, in order. */
function latest(events: readonly Event[], thread: ThreadId, most: number): EventId[] {
  const found: EventId[] = [];
  for (let i = events.length - 1; i >= 0 && found.length < most; i--) {
    const event = events[i] as Event;
    if (event.thread === thread) found.unshift(event.id);
  }
  return found;
}

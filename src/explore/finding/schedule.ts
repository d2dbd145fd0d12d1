import type { Source } from '../../base/span.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Action } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import { fieldOf, overlaps } from '../../event/location.ts';
import type { FindingPlace } from './place.ts';
import type { ScheduledStep } from '../loops/non-termination.ts';
import type { Teller } from './teller.ts';
import { rangeOf } from './teller.ts';

/** A step of a schedule in words. */
export interface ToldStep {
  readonly place: FindingPlace;
  /** `i32.load ($add+0xb) reads i32 0 at env.memory+1536..1539`. */
  readonly does: string;
  /** Null where the schedule is of no single execution. */
  readonly event: EventId | null;
}

/** What a thread does until another one goes on. */
export interface ToldTurn {
  readonly thread: string;
  readonly steps: readonly ToldStep[];
}

/**
 * The events in the given order, as far as threads can notice each other by them: those at locations that several threads touch, one of them with
 * a write, and all that forks, ends, sleeps and wakes. `about` is told in any case.
 */
export function tellSchedule(
  teller: Teller,
  order: readonly EventId[],
  about: readonly EventId[],
): readonly ToldTurn[] {
  const turns: { thread: string; steps: ToldStep[] }[] = [];
  const shared = sharedLocations(teller);
  for (const id of order) {
    const event = teller.event(id);
    if (!about.includes(id) && !matters(event, shared)) continue;
    const thread = teller.actor(id);
    if (turns.at(-1)?.thread !== thread) turns.push({ thread, steps: [] });
    turns
      .at(-1)
      ?.steps.push({ place: teller.place(id), does: `${teller.instruction(id)} ${doing(teller, event)}`, event: id });
  }
  return turns;
}

function matters({ kind, actions }: Event, isShared: (action: Action) => boolean): boolean {
  switch (kind) {
    case 'alloc':
    case 'host':
      return false;
    case 'access':
      return actions.some((a) => isAccess(a) && a.order !== 'init' && fieldOf(a.region) !== 'length' && isShared(a));
    default:
      return true;
  }
}

/** Whether other threads touch what an action does too, one of them or the action itself with a write. */
function sharedLocations({ execution }: Teller): (action: Action) => boolean {
  const touched = execution.events.flatMap(({ kind, thread, actions }) =>
    kind === 'alloc' ? [] : actions.filter(isAccess).map((action) => ({ thread, action })),
  );
  return (action) => {
    if (!isAccess(action)) return true;
    const there = touched.filter((other) => overlaps(other.action, action));
    return new Set(there.map(({ thread }) => thread)).size > 1 && there.some((other) => isWriting(other.action));
  };
}

function doing(teller: Teller, { id, kind, actions }: Event): string {
  switch (kind) {
    case 'fork':
      return `starts ${teller.startedBy(id)}`;
    case 'join':
      return 'sees the end of the thread that it waits for';
    case 'trap':
      return 'traps';
    case 'fence':
      return 'orders what is around it';
    case 'wake':
      return 'is woken';
    case 'timeout':
      return 'is woken by its timeout';
    case 'spurious':
      return 'is woken for no reason';
    case 'notify':
      return actions
        .flatMap((a) => (isAccess(a) ? [] : [`wakes ${teller.wokenBy(id)} at ${teller.location(rangeOf(a))}`]))
        .join(', ');
    case 'wait': {
      const sleeps = actions.some((action) => action.kind === 'enqueue');
      return `${accesses(teller, id, actions)}, and ${sleeps ? 'falls asleep' : 'goes on'}`;
    }
    default:
      return accesses(teller, id, actions);
  }
}

function accesses(teller: Teller, id: EventId, actions: readonly Action[]): string {
  const told = actions.flatMap((action) => {
    if (!isAccess(action) || fieldOf(action.region) === 'length') return [];
    const at = teller.location(action);
    if (isReading(action) && isWriting(action))
      return [`reads ${teller.value(id, action.read)} and writes ${teller.value(id, action.written)} at ${at}`];
    return [
      isReading(action)
        ? `reads ${teller.value(id, action.read)} at ${at}`
        : `writes ${teller.value(id, action.written)} at ${at}`,
    ];
  });
  return told.length === 0 ? 'does nothing that others see' : told.join(', ');
}

/** Steps that were only seen as requests: which instruction it is, not what it did. */
export function turnsOf(source: Source, steps: readonly ScheduledStep[]): readonly ToldTurn[] {
  const turns: { thread: string; steps: ToldStep[] }[] = [];
  for (const { thread, at, text } of steps) {
    if (turns.at(-1)?.thread !== thread) turns.push({ thread, steps: [] });
    turns.at(-1)?.steps.push({
      place: { thread, at, instruction: text },
      does: `${text} (${source.where(at.start)})`,
      event: null,
    });
  }
  return turns;
}

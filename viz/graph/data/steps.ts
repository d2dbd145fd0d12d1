import type { Event, EventId } from '../../../src/event/execution.ts';
import { isAccess } from '../../../src/event/action.ts';
import { objectOf } from '../../../src/event/location.ts';
import type { Witness } from '../../../src/explore/result.ts';

/** The kinds of steps that happens-before consists of; `iw`: an object's first contents come before whatever else happens to it. */
export type StepKind = 'po' | 'sw' | 'asw' | 'iw';

export interface Step {
  readonly kind: StepKind;
  readonly from: EventId;
  readonly to: EventId;
}

/** The steps of which happens-before is the closure, by the event where they begin. */
export function stepsOf({ execution, relations }: Witness): readonly (readonly Step[])[] {
  const { events } = execution;
  const steps: Step[][] = events.map(() => []);
  const add = (kind: StepKind, from: EventId, to: EventId): void => {
    steps[from]?.push({ kind, from, to });
  };
  for (const [from, to] of relations.sw.pairs()) if (from !== to) add('sw', from as EventId, to as EventId);
  for (const [from, to] of execution.asw) add('asw', from, to);
  const last = new Map<number, Event>();
  for (const event of events.toSorted((a, b) => a.index - b.index)) {
    const before = last.get(event.thread);
    if (before !== undefined) add('po', before.id, event.id);
    last.set(event.thread, event);
  }
  for (const [from, to] of initialSteps(events)) add('iw', from, to);
  return steps;
}

function initialSteps(events: readonly Event[]): [EventId, EventId][] {
  const makers = new Map<number, EventId>();
  for (const { id, actions } of events)
    for (const action of actions)
      if (action.kind === 'wr' && action.order === 'init') makers.set(objectOf(action.region), id);
  return events.flatMap((event) => {
    const objects = event.actions.filter((a) => isAccess(a) && a.order !== 'init').map((a) => objectOf(a.region));
    const from = new Set(objects.flatMap((object) => makers.get(object) ?? []));
    return [...from]
      .filter((maker) => maker !== event.id && events[maker]?.thread !== event.thread)
      .map((maker): [EventId, EventId] => [maker, event.id]);
  });
}

/** The fewest steps from one event to another; program order counts as one step however far it goes. Null if there is no way. */
export function pathOf(steps: readonly (readonly Step[])[], from: EventId, to: EventId): readonly Step[] | null {
  const reached = new Map<EventId, Step | null>([[from, null]]);
  let front: readonly EventId[] = [from];
  while (front.length > 0 && !reached.has(to)) {
    const next: EventId[] = [];
    const reach = (step: Step): void => {
      if (reached.has(step.to)) return;
      reached.set(step.to, step);
      next.push(step.to);
    };
    for (const id of front) {
      for (const step of steps[id] ?? []) if (step.kind !== 'po') reach(step);
      for (let at: EventId | null = id; at !== null; ) {
        const po: Step | undefined = steps[at]?.find(({ kind }) => kind === 'po');
        if (po !== undefined) reach({ kind: 'po', from: id, to: po.to });
        at = po?.to ?? null;
      }
    }
    front = next;
  }
  if (!reached.has(to)) return null;
  const path: Step[] = [];
  for (let step = reached.get(to); step !== null && step !== undefined; step = reached.get(step.from))
    path.unshift(step);
  return path;
}

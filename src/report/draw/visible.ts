import type { Action } from '../../event/action.ts';
import { isAccess } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import { fieldOf, objectOf } from '../../event/location.ts';
import type { Addr, Region, ThreadId } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';
import type { Showing } from './options.ts';
import type { Marks } from './weakness.ts';

/** What of an execution a picture shows. */
export interface Visible {
  event(id: EventId): boolean;
  /** Whether action number `action` of the event is shown. */
  action(id: EventId, action: number): boolean;
}

/**
 * Hides the noise: objects that concern one thread only, and bounds checks that only confirm what everybody knows. If that
 * would leave no access at all, objects are not hidden.
 */
export function visibleIn(witness: Witness, marks: Marks, lengths: Showing): Visible {
  const objects = witness.execution.threads.length > 1 ? sharedObjects(witness) : null;
  const shown = select(witness, marks, lengths, objects);
  const accesses = witness.execution.events.some(
    (event) => event.kind !== 'alloc' && (shown.get(event.id) ?? []).some(Boolean),
  );
  const selected = accesses || objects === null ? shown : select(witness, marks, lengths, null);
  return {
    event: (id) => selected.has(id),
    action: (id, action) => selected.get(id)?.[action] ?? false,
  };
}

type Selection = ReadonlyMap<EventId, readonly boolean[]>;

function select(witness: Witness, marks: Marks, lengths: Showing, objects: ReadonlySet<Addr> | null): Selection {
  const { events } = witness.execution;
  const own = (action: Action) => objects === null || objects.has(objectOf(action.region));
  const showLength = (event: Event, a: number) => lengthMatters(witness, marks, lengths, event, a);
  const isShown = (event: Event) =>
    event.actions.map((action, a) => own(action) && (!isBoundsCheck(event, action) || showLength(event, a)));
  const usesLengths = events.some((event) => {
    const shown = isShown(event);
    return event.kind !== 'alloc' && event.actions.some((action, a) => shown[a] && fieldOf(action.region) === 'length');
  });
  const selection = new Map<EventId, readonly boolean[]>();
  for (const event of events) {
    const shown = isShown(event).map((yes, a) => {
      const action = event.actions[a];
      return (
        yes && (event.kind !== 'alloc' || usesLengths || action === undefined || fieldOf(action.region) !== 'length')
      );
    });
    if (event.actions.length === 0 || shown.some(Boolean)) selection.set(event.id, shown);
  }
  return selection;
}

/** Objects that more than one thread uses, and those that have a name and are used at all. */
function sharedObjects({ execution, objects }: Witness): ReadonlySet<Addr> {
  const users = new Map<Addr, Set<ThreadId>>();
  for (const event of execution.events) {
    if (event.kind === 'alloc') continue;
    for (const action of event.actions) {
      const object = objectOf(action.region);
      users.set(object, (users.get(object) ?? new Set()).add(event.thread));
    }
  }
  return new Set(
    [...users].filter(([object, threads]) => threads.size > 1 || objects.has(object)).map(([object]) => object),
  );
}

/** The read of a length that comes before an access proper (`memory.size` is an access proper, and seqcst). */
export function isBoundsCheck(event: Event, action: Action): boolean {
  return (
    isAccess(action) &&
    action.kind === 'rd' &&
    action.order === 'unord' &&
    event.kind !== 'alloc' &&
    fieldOf(action.region) === 'length'
  );
}

function lengthMatters(witness: Witness, marks: Marks, lengths: Showing, event: Event, action: number): boolean {
  // An access out of bounds is its length read alone: without it there would be nothing to see.
  if (event.actions.length === 1 || lengths === 'show') return true;
  if (lengths === 'hide') return false;
  if (marks.get(event.id)?.has(action)) return true;
  const { events, rf } = witness.execution;
  const writers = rf[event.id]?.[action] ?? [];
  if (writers.some((writer) => events[writer]?.kind !== 'alloc')) return true;
  const region = event.actions[action]?.region;
  return region !== undefined && racesOn(witness, event.id, region);
}

function racesOn(witness: Witness, id: EventId, region: Region): boolean {
  return witness.races.some(({ first, second, location }) => {
    if ((first !== id && second !== id) || !location.endsWith('.length')) return false;
    const other = witness.execution.events[first === id ? second : first];
    return other?.actions.some((action) => action.region === region) ?? false;
  });
}

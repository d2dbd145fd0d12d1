import type { Access, Action, Order } from '../../event/action.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { Range } from '../../event/location.ts';
import { fieldOf, overlaps, sameRange } from '../../event/location.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import { closeEdges, programOrder } from '../relations.ts';
import { initialPhase, initialWriter, staleRead } from './initial-phase.ts';
import type { InitialPhase } from './initial-phase.ts';
import type { Impossible, Unsupported } from './view.ts';

/**
 * An execution as languages and machines see it that know no mixed sizes: every access is of one whole location, and a read takes all of it from one
 * write. Lengths are left out: a bounds check that always succeeds leaves no trace.
 */
export interface WholeExecution {
  /** What the threads do once they run, each thread's in its order. */
  readonly steps: readonly Step[];
  readonly locations: readonly Location[];
  /** Program order over events, transitively closed; a thread is as if called where it is started, and returned from where it is joined. */
  readonly order: BitMatrix;
}

/** A place that the steps access. */
export interface Location extends Range {
  /** An event that gives it its initial value, if one does. */
  readonly initialiser: EventId | null;
}

export type Step =
  | AccessStep
  | { readonly kind: 'fence'; readonly event: EventId; readonly thread: number; readonly order: Order }
  /** Other threads go on from here: one is started, or this one ends. */
  | { readonly kind: 'link'; readonly event: EventId; readonly thread: number };

export interface AccessStep {
  readonly kind: 'access';
  readonly event: EventId;
  readonly thread: number;
  /** An index into {@link WholeExecution.locations}. */
  readonly location: number;
  readonly order: Order;
  readonly writes: boolean;
  /** The step that wrote what it reads, or the location's initial value; null if it does not read. */
  readonly origin: number | 'initial' | null;
  /** Whether it is a compare-exchange that failed: a read that machines make as they make updates. */
  readonly failed: boolean;
}

const SIZES = [1, 2, 4, 8];

/** The steps of an execution, or what in it is not of this kind. */
export function wholeExecution(execution: Execution): WholeExecution | Unsupported | Impossible {
  const { events, asw } = execution;
  const closure = closeEdges(events.length, [programOrder(events), asw.flat()]);
  if ('cycle' in closure) return { impossible: 'program-order', events: closure.cycle };
  const phase = initialPhase(execution, closure.closed);
  const stale = staleRead(execution, phase);
  if (stale !== null) return { impossible: 'initial-values', events: stale };

  const linked = new Set(asw.map(([from]) => from));
  const drafts: Draft[] = [];
  const locations: Location[] = [];
  for (const event of events) {
    if (phase.members.has(event.id)) continue;
    const trouble = addSteps(event, phase, drafts, locations);
    if (trouble !== null) return { unsupported: trouble, event: event.id };
    if (linked.has(event.id))
      drafts.push({ step: { kind: 'link', event: event.id, thread: event.thread }, action: -1 });
  }
  const steps: Step[] = [];
  for (const { step, action } of drafts) {
    const from = step.kind === 'access' ? execution.rf[step.event]?.[action] : null;
    if (step.kind !== 'access' || !from) {
      steps.push(step);
      continue;
    }
    const origin = originOf(step, from, phase, drafts);
    if (origin === null) return { impossible: 'whole-reads', events: [...new Set(from), step.event] };
    steps.push({ ...step, origin });
  }
  return { steps, locations, order: closure.closed };
}

interface Draft {
  readonly step: Step;
  /** The index of its action in the event; -1 if it has none. */
  readonly action: number;
}

/** Adds what an event does; says what in it is not of this kind. */
function addSteps(event: Event, phase: InitialPhase, drafts: Draft[], locations: Location[]): string | null {
  const { id, thread, fence, kind } = event;
  if (QUEUE_EVENTS.has(kind)) return 'wait queues';
  if (fence !== null) drafts.push({ step: { kind: 'fence', event: id, thread, order: fence }, action: -1 });
  for (const reading of [true, false]) {
    for (const [i, action] of event.actions.entries()) {
      if (!isAccess(action) || isReading(action) !== reading) continue;
      if (fieldOf(action.region) === 'length') {
        if (isWriting(action)) return 'growth and dropped segments';
        continue;
      }
      const trouble = unsuitable(action);
      if (trouble !== null) return trouble;
      const location = locationOf(locations, action, phase);
      if (location === null) return 'accesses of different sizes to one place';
      const failed = !isWriting(action) && event.site.text.includes('cmpxchg');
      const { order } = action;
      const writes = isWriting(action);
      drafts.push({
        step: { kind: 'access', event: id, thread, location, order, writes, origin: null, failed },
        action: i,
      });
    }
  }
  return null;
}

const QUEUE_EVENTS: ReadonlySet<Event['kind']> = new Set(['wait', 'wake', 'timeout', 'spurious', 'notify']);

function unsuitable(action: Action & Access): string | null {
  const { size, offset } = action;
  if (!SIZES.includes(size)) return `an access of ${size} units at once`;
  if (fieldOf(action.region) === 'data' && offset % size !== 0) return 'an access that is not aligned';
  return null;
}

/** The number of the location that is this range; null if it overlaps another. */
function locationOf(locations: Location[], { region, offset, size }: Range, phase: InitialPhase): number | null {
  const range = { region, offset, size };
  const known = locations.findIndex((location) => overlaps(location, range));
  if (known >= 0) return sameRange(locations[known] as Location, range) ? known : null;
  return locations.push({ ...range, initialiser: initialWriter(phase, region, offset) }) - 1;
}

/** Where a read takes its value from; null if it is not one place. */
function originOf(
  { location }: AccessStep,
  from: readonly EventId[],
  phase: InitialPhase,
  drafts: readonly Draft[],
): number | 'initial' | null {
  const [writer] = from as [EventId];
  if (from.every((w) => phase.members.has(w))) return 'initial';
  if (from.some((w) => w !== writer)) return null;
  return drafts.findIndex(
    ({ step }) => step.kind === 'access' && step.writes && step.event === writer && step.location === location,
  );
}

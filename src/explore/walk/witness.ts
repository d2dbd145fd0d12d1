import { known } from '../../base/assert.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Choice, Label } from '../interleave/step.ts';
import { labelOf } from '../interleave/step.ts';
import type { World } from '../interleave/world.ts';
import { findModel } from '../../model/catalogue.ts';
import type { LassoFile, ReplayFile } from '../replay/file.ts';
import { rebuild } from '../replay/rebuild.ts';
import type { Course } from './course.ts';
import type { Ground } from './free-course.ts';
import { FreeCourse, worldOf } from './free-course.ts';
import { RecordedCourse } from './recorded-course.ts';
import type { Schedule } from './schedule.ts';
import { along, inTurn, towards } from './schedule.ts';
import type { Segment } from './segment.ts';

/** A walk along an execution: where its order makes every read take the latest write, the threads may leave it at any moment. */
export interface Along {
  readonly course: Course;
  readonly schedule: Schedule;
}

/** Throws a {@link import('../replay/departure.ts').Departure} if the program does not do what the file says. */
export function alongReplay(ground: Ground, file: ReplayFile): Along {
  const { trie, main, names, readings } = ground;
  const rebuilt = rebuild(trie, main, names, readings, file);
  const order = file.order as readonly EventId[];
  for (const one of [order, ...scOrder(rebuilt.execution)]) {
    const plan = planOf(worldOf(ground), rebuilt.execution, one);
    if (plan !== null) return { course: new FreeCourse(ground), schedule: along(plan) };
  }
  return { course: new RecordedCourse(ground, rebuilt, order), schedule: inTurn };
}

/** Rounds of a schedule without end that are walked. */
const ROUNDS = 3;

/** Along a schedule without end, a few rounds of it. */
export function alongLasso(ground: Ground, { prefix, cycle }: LassoFile): Along {
  const steps = [...prefix, ...Array.from({ length: ROUNDS }, () => cycle).flat()];
  const course = new FreeCourse(ground, true);
  const schedule: Schedule = (walk) => {
    const step = steps[walk.last?.answers ?? 0];
    const thread = walk.threads().find(({ id }) => ground.names.info(id).name === step?.thread);
    return step === undefined || thread === undefined
      ? null
      : towards(walk, thread.id, labelOf(thread.id, step.choice));
  };
  return { course, schedule };
}

/** Another order of the same events, in which every read takes the latest write; none of what is weak. */
function scOrder(execution: Execution): (readonly EventId[])[] {
  const verdict = known(findModel('sc'), 'sequential consistency').check(execution);
  return verdict.consistent ? [verdict.tot] : [];
}

/** The steps of an interleaving that makes these events in this order with the same reads; null if there is none. */
function planOf(world: World<Segment>, execution: Execution, order: readonly EventId[]): Label[] | null {
  const plan: Label[] = [];
  const made = new Set<string>();
  const own = new Map<ThreadId, Event[]>();
  for (const event of execution.events.toSorted((a, b) => a.index - b.index)) {
    const events = own.get(event.thread);
    if (events === undefined) own.set(event.thread, [event]);
    else events.push(event);
  }
  /** Whether the step can be made, and does what the execution has. */
  const make = (thread: ThreadId, choice: Choice): boolean => {
    const label = labelOf(thread, choice);
    if (![...world.choices(thread), ...world.revived()].includes(label)) return false;
    const before = world.mark().events;
    world.step(label);
    plan.push(label);
    const now = world.execution();
    for (const event of now.events.slice(before)) {
      made.add(keyOf(event));
      const same = own.get(event.thread)?.[event.index];
      if (same === undefined || same.kind !== event.kind || !sameReads(now, event, execution, same)) return false;
    }
    return true;
  };
  const isThread = (id: ThreadId): boolean => world.threads().some((thread) => thread.id === id);
  for (const id of order) {
    const event = execution.events[id];
    if (event === undefined) return null;
    if (made.has(keyOf(event)) || (event.kind === 'alloc' && !isThread(event.thread))) continue;
    if (!isThread(event.thread)) return null;
    const nodeOf = () => world.threads().find((thread) => thread.id === event.thread)?.node.request.kind;
    while (nodeOf() === 'new' && event.kind !== 'alloc') if (!make(event.thread, 'go')) return null;
    if (!make(event.thread, choiceOf(event, own.get(event.thread)?.[event.index + 1]))) return null;
    if (!made.has(keyOf(event))) return null;
  }
  return plan;
}

function keyOf({ thread, index }: Event): string {
  return `${thread}:${index}`;
}

function choiceOf(event: Event, next: Event | undefined): Choice {
  switch (event.kind) {
    case 'timeout':
    case 'spurious':
      return event.kind;
    case 'grow':
      return event.actions.some(({ kind }) => kind === 'rmw') ? 'go' : 'fail';
    case 'wait':
      return next?.kind === 'spurious' ? 'doze' : 'go';
    default:
      return 'go';
  }
}

function sameReads(x: Execution, a: Event, y: Execution, b: Event): boolean {
  const from = (execution: Execution, { id }: Event): string =>
    JSON.stringify(
      execution.rf[id]?.map((row) =>
        row?.map((writer) => {
          const event = execution.events[writer];
          return event === undefined ? '?' : keyOf(event);
        }),
      ) ?? null,
    );
  return from(x, a) === from(y, b);
}

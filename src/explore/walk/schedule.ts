import { mix } from '../../base/hash.ts';
import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import { labelOf, threadOf } from '../interleave/step.ts';
import type { Label } from '../interleave/step.ts';
import { RandomSource } from '../sample/random-source.ts';
import type { Walk } from './walk.ts';

/** What comes next; null if nothing can. It depends on the moment alone, so that it may be asked again. */
export type Schedule = (walk: Walk) => Label | null;

/** The thread of the last step goes on for as long as it can; then the first that can. Nobody's time runs out while somebody else can do something. */
export const onward: Schedule = (walk) => {
  const can = walk.threads().flatMap(({ id, status }) => {
    const [choice] = walk.choices(id);
    return choice === undefined ? [] : [{ id, choice, patient: status === 'waiting' || status === 'dozing' }];
  });
  const last = walk.last?.thread;
  const active = can.filter(({ patient }) => !patient);
  return (active.find(({ id }) => id === last) ?? active[0] ?? can[0])?.choice ?? null;
};

/** Any thread that can, chosen anew after each answer. */
export function atRandom(seed: number): Schedule {
  return (walk) => {
    const under = underWay(walk);
    if (under !== null) return under;
    const can = walk.threads().flatMap(({ id }) => walk.choices(id));
    if (can.length === 0) return null;
    return known(can[new RandomSource(seed, mix(walk.position, can.length)).below(can.length)], 'choice');
  };
}

/** A thread whose last step was silent goes on to its next request, and makes it. */
function underWay(walk: Walk): Label | null {
  const { last } = walk;
  if (last === null || last.isAnswer) return null;
  return walk.choices(last.thread)[0] ?? null;
}

/** The answers in an order that was found before; then what is left of the threads' ends. */
export function along(plan: readonly Label[]): Schedule {
  return (walk) => {
    const label = plan[walk.last?.answers ?? 0];
    return label === undefined ? ending(walk) : towards(walk, threadOf(label), label);
  };
}

/** The events in their fixed order. */
export const inTurn: Schedule = (walk) => {
  const thread = walk.course.turn();
  return thread === null ? ending(walk) : towards(walk, thread, labelOf(thread, 'go'));
};

/** What has to be done before the step, or the step. */
export function towards(walk: Walk, id: ThreadId, label: Label): Label | null {
  if (!walk.threads().some((thread) => thread.id === id)) return null;
  const { silent, now } = walk.thread(id);
  if (silent > 0) return labelOf(id, 'go');
  if (now.request.kind === 'join' && !walk.hasEnded(now.request.thread)) {
    const target = now.request.thread;
    if (walk.thread(target).silent > 0) return labelOf(target, 'go');
  }
  const choices = walk.choices(id);
  return choices.includes(label) ? label : (choices[0] ?? null);
}

/** Silent steps that are left. */
function ending(walk: Walk): Label | null {
  const left = walk.threads().find(({ id, silent }) => silent > 0 && walk.choices(id).length > 0);
  if (left !== undefined) return labelOf(left.id, 'go');
  if (walk.course.isFree) return null;
  const fresh = walk.threads().find(({ id }) => walk.choices(id).length > 0);
  return fresh === undefined ? null : labelOf(fresh.id, 'go');
}

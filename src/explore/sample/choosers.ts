import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Label } from '../interleave/step.ts';
import { threadOf } from '../interleave/step.ts';
import type { Random } from './random-source.ts';

/** Says which of the enabled steps, of which there is at least one, is made. */
export type Chooser = (enabled: readonly Label[]) => Label;

/** Every enabled step is equally likely. */
export function uniform(random: Random): Chooser {
  return (enabled) => pick(enabled, random);
}

/**
 * Probabilistic concurrency testing: threads have priorities in random order, and the highest that is enabled goes on; before `depth` − 1 random ones
 * of the first `steps` steps, the thread that is about to make it falls below all others. Of the steps that a thread may choose from, one at random.
 */
export function byPriority(random: Random, depth: number, steps: number): Chooser {
  const priorities = new Map<ThreadId, number>();
  /** Step → the priority that its thread gets: later ones may be higher than earlier ones, but none is as high as any thread began with. */
  const changes = Array.from({ length: depth - 1 }, (_, i) => ({ step: 1 + random.below(steps), priority: i - depth }));
  let step = 0;
  const priority = (id: ThreadId): number => {
    let own = priorities.get(id);
    if (own === undefined) priorities.set(id, (own = random.unit()));
    return own;
  };
  const highest = (enabled: readonly Label[]): ThreadId =>
    enabled.map(threadOf).reduce((a, b) => (priority(b) > priority(a) ? b : a));
  return (enabled) => {
    step++;
    for (const change of changes) if (change.step === step) priorities.set(highest(enabled), change.priority);
    const next = highest(enabled);
    return pick(
      enabled.filter((label) => threadOf(label) === next),
      random,
    );
  };
}

function pick(labels: readonly Label[], random: Random): Label {
  return known(labels.length === 1 ? labels[0] : labels[random.below(labels.length)], 'step');
}

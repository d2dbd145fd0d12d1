import { assert } from '../../base/assert.ts';
import { dependent } from './footprint.ts';
import type { SearchOptions } from './search.ts';
import { exceeded, finish } from './search.ts';
import { Trace } from './trace.ts';
import type { WakeupNode } from './wakeup-tree.ts';
import { initialIn, insertSequence, leaf } from './wakeup-tree.ts';
import type { Label, Pending, World } from './world.ts';
import { threadOf } from './world.ts';

/** A state on the path that is being explored. */
interface Frame {
  /** Steps whose continuations have been explored: they are not made until something that they depend on is. */
  readonly sleep: Pending[];
  /** What is to be explored from here; the first is being explored. */
  readonly tree: WakeupNode[];
  readonly mark: ReturnType<World<unknown>['mark']>;
}

/**
 * One interleaving of every Mazurkiewicz trace: optimal dynamic partial order reduction with wakeup trees [Abdulla et al.,
 * JACM 2017]. Races are found at the end of each execution: for a step e and a later e′ that depends on it directly, what
 * does not depend on e, then e′, is to be explored from the state before e. A step that another disables (a time-out by
 * notify, a thread's next step by a trap) races with it without having been made.
 */
export function searchReduced<S>(world: World<S>, options: SearchOptions<S>): void {
  const trace = new Trace();
  const frames: Frame[] = [];
  enter([], []);
  while (frames.length > 0) {
    const frame = frames[frames.length - 1] as Frame;
    if (options.shouldStop()) return;
    const next = frame.tree[0];
    if (next === undefined) leave();
    else if (isAsleep(frame.sleep, next.label)) drop(frame);
    else follow(frame, next);
  }

  /** What was taken to depend on something that it does not depend on, as it turns out. */
  function drop(frame: Frame): void {
    frame.tree.shift();
    options.redundant();
  }

  /** Makes the step; other choices that its thread has in this state are explored too. */
  function follow(frame: Frame, { label, children }: WakeupNode): void {
    const others = world.alternatives(label);
    const step = world.step(label);
    trace.push(step);
    for (const other of others) {
      const present = isAsleep(frame.sleep, other.label) || frame.tree.some((node) => node.label === other.label);
      if (!present) frame.tree.push(leaf(other));
    }
    enter(
      frame.sleep.filter(({ footprint }) => !dependent(footprint, step.footprint)),
      children,
    );
  }

  function enter(sleep: Pending[], tree: WakeupNode[]): void {
    const frame: Frame = { sleep, tree, mark: world.mark() };
    frames.push(frame);
    const what = exceeded(world, options);
    if (what !== null) {
      options.bounded(what);
      reverseRaces();
      tree.length = 0;
      return;
    }
    if (tree.length > 0) return;
    const enabled = world.enabled();
    if (enabled.length === 0) {
      finish(world, trace, options);
      reverseRaces();
      return;
    }
    const label = choose(enabled, sleep);
    if (label === null) options.redundant();
    else tree.push(leaf(world.pending(label)));
  }

  /** The latest thread goes on if it can. */
  function choose(enabled: readonly Label[], sleep: readonly Pending[]): Label | null {
    const awake = enabled.filter((label) => !isAsleep(sleep, label));
    const latest = trace.length === 0 ? null : trace.at(trace.length - 1).thread;
    return awake.find((label) => threadOf(label) === latest) ?? awake[0] ?? null;
  }

  function leave(): void {
    frames.pop();
    const frame = frames[frames.length - 1];
    if (frame === undefined) return;
    const { label, footprint } = trace.at(trace.length - 1);
    trace.pop();
    world.undoTo(frame.mark);
    frame.sleep.push({ label, footprint });
    frame.tree.shift();
  }

  function reverseRaces(): void {
    for (let i = 0; i < trace.length; i++) {
      const { races, label, asked, disabled } = trace.at(i);
      for (const earlier of races) reverse(earlier, { label, footprint: asked });
      for (const step of disabled) reverse(i, step);
    }
  }

  /** Has `step` explored before the one at `position`, after what does not depend on that. */
  function reverse(position: number, step: Pending): void {
    const frame = frames[position];
    assert(frame !== undefined, 'a race outside the path');
    const sequence = [...trace.independentOf(position), step];
    if (frame.sleep.some((sleeping) => initialIn(sleeping, sequence) !== null)) return;
    insertSequence(frame.tree, sequence);
  }
}

function isAsleep(sleep: readonly Pending[], label: Label): boolean {
  return sleep.some((pending) => pending.label === label);
}

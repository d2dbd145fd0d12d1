import { tooManyRounds } from '../bounds.ts';
import type { EventId } from '../../event/execution.ts';
import { fieldOf } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Footprint } from './footprint.ts';
import { dependent } from './footprint.ts';
import type { SearchOptions } from './search.ts';
import { finish, givenUp, tooLongIn } from './search.ts';
import { Trace } from './trace.ts';
import type { WakeupNode } from './wakeup-tree.ts';
import { initialIn, insertSequence, leafOf } from './wakeup-tree.ts';
import type { Label, Pending } from './step.ts';
import { threadOf } from './step.ts';
import type { World } from './world.ts';

/** A state on the path that is being explored. */
interface Frame {
  /** Steps whose continuations have been explored: they are not made until something that they depend on is. */
  readonly sleep: Pending[];
  /** What is to be explored from here; the first is being explored. */
  readonly tree: WakeupNode[];
  /** Where nothing is asked for, the step to begin with, until it is made: what it depends on is known then. */
  fresh: Label | null;
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
  const { rounds = Infinity } = options;
  /** Steps made again since the last question whether to stop. */
  let remade = 0;
  /** About how many executions there are, as the first one makes it seem: each of its branches with as many as its own [Knuth 1975]. */
  let expected = 0;
  enter([], []);
  while (frames.length > 0) {
    if (options.shouldStop(1 + remade, expected)) return;
    remade = 0;
    const frame = frames[frames.length - 1] as Frame;
    const next = frame.fresh ?? frame.tree[0]?.label;
    if (next === undefined) leave();
    else if (isAsleep(frame.sleep, next)) drop(frame);
    else follow(frame, next);
  }

  /** A choice that has been explored by now, from a state where another choice of its thread was wanted. */
  function drop(frame: Frame): void {
    frame.tree.shift();
    options.redundant();
  }

  /** Makes the step; other choices that its thread has in this state are explored too. */
  function follow(frame: Frame, label: Label): void {
    const choices = world.choices(threadOf(label));
    if (choices.length > 1) for (const other of choices) if (other !== frame.fresh) addLeaf(frame, other);
    const step = world.step(label);
    if (frame.fresh !== null) {
      frame.tree.unshift(leafOf(step));
      frame.fresh = null;
    }
    trace.push(step);
    enter(
      frame.sleep.filter(({ footprint }) => !dependent(footprint, step.footprint)),
      frame.tree[0]?.children ?? [],
    );
  }

  function addLeaf(frame: Frame, label: Label): void {
    if (isAsleep(frame.sleep, label) || frame.tree.some((node) => node.label === label)) return;
    const step = world.step(label);
    world.undoTo(frame.mark);
    frame.tree.push(leafOf(step));
  }

  function enter(sleep: Pending[], tree: WakeupNode[]): void {
    const frame: Frame = { sleep, tree, fresh: null, mark: world.mark() };
    frames.push(frame);
    const what = givenUp(world, options);
    if (what !== null) {
      options.bounded(what, tooLongIn(world, options));
      reverseRaces();
      tree.length = 0;
      return;
    }
    if (tree.length > 0) return;
    // A thread that made all its rounds goes no further, the others do: what they may do in its way is seen, and reversed, by what they do after it.
    const cut = cutThreads();
    const enabled = cut === null ? world.enabled() : world.enabled().filter((label) => !cut.has(threadOf(label)));
    if (enabled.length === 0) {
      if (cut === null) finish(world, trace, options);
      else options.bounded(tooManyRounds(rounds), tooLongIn(world, options));
      reverseRaces();
      if (expected === 0) expected = frames.reduce((product, { tree: own }) => product * Math.max(1, own.length), 1);
      return;
    }
    const label = choose(enabled, sleep);
    if (label === null) options.redundant();
    else frame.fresh = label;
  }

  /** The threads that made all their rounds; null if none did. */
  function cutThreads(): ReadonlySet<ThreadId> | null {
    if (rounds === Infinity) return null;
    const cut = world.threads().filter(({ node }) => node.rounds > rounds);
    return cut.length === 0 ? null : new Set(cut.map(({ id }) => id));
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
    const { label, footprint, chosen } = trace.at(trace.length - 1);
    trace.pop();
    world.undoTo(frame.mark);
    frame.sleep.push({ label, footprint, chosen });
    frame.tree.shift();
  }

  function reverseRaces(): void {
    for (let i = 0; i < trace.length; i++) {
      for (const earlier of trace.at(i).races) reverse(earlier, trace.at(i).label, foretold(earlier, i));
      for (const label of trace.at(i).disabled) reverse(i, label, null);
    }
  }

  /** The later of two steps that race as it would be without the earlier, if that follows from what it is. */
  function foretold(earlier: number, later: number): Pending | null {
    const step = trace.at(later);
    if (world.hasFatalTraps || writesLength(trace.at(earlier).footprint)) return null;
    if (step.steady) return step;
    if (step.access === null) return null;
    const without = { from: firstEvent(earlier), to: firstEvent(earlier + 1) };
    const touches = world.touchesWithout(step.access, firstEvent(later), without);
    return { label: step.label, footprint: { ...step.footprint, touches }, chosen: step.chosen };
  }

  /** The first event of the step at the position. */
  function firstEvent(position: number): EventId {
    return (frames[position] as Frame).mark.events as EventId;
  }

  /**
   * Has a step explored before the one at `position`, after what does not depend on that. Null: what it does there, and which
   * choices its thread has there, is to be found out.
   */
  function reverse(position: number, label: Label, step: Pending | null): void {
    const frame = frames[position] as Frame;
    const others = trace.independentOf(position);
    for (const last of step === null ? replay(position, others, label) : [step]) {
      const sequence: Pending[] = [...others, last];
      if (frame.sleep.some((sleeping) => initialIn(sleeping, sequence) !== null)) continue;
      insertSequence(frame.tree, sequence);
    }
  }

  /** The steps that the thread of `label` can make after `others`, those in the state at `position`. */
  function replay(position: number, others: readonly Pending[], label: Label): Pending[] {
    const { mark } = frames[position] as Frame;
    world.undoTo(mark);
    for (const other of others) world.step(other.label);
    const there = world.mark();
    const steps = world.choices(threadOf(label)).map((choice) => {
      const step = world.step(choice);
      world.undoTo(there);
      return step;
    });
    world.undoTo(mark);
    for (let i = position; i < trace.length; i++) world.step(trace.at(i).label);
    remade += others.length + steps.length + trace.length - position;
    return steps;
  }
}

function isAsleep(sleep: readonly Pending[], label: Label): boolean {
  return sleep.some((pending) => pending.label === label);
}

function writesLength(footprint: Footprint): boolean {
  return footprint.touches.some(({ writes, region }) => writes && fieldOf(region) === 'length');
}

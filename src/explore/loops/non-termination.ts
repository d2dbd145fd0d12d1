import { known } from '../../base/assert.ts';
import type { Span } from '../../base/span.ts';
import { NOWHERE } from '../../base/span.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Start } from '../../event/request.ts';
import type { Machine } from '../../runtime/executor.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Label } from '../interleave/step.ts';
import { hasEnded, threadOf } from '../interleave/step.ts';
import { mergedContinuations } from '../states/continuations.ts';
import { everyThread } from '../states/persistent.ts';
import { StateSearch } from '../states/search.ts';
import { StateWorld } from '../states/state-world.ts';
import { ThreadNames } from '../thread-names.ts';
import type { FairComponent, Standing } from './fair.ts';
import { fairComponents } from './fair.ts';

/** A step of a schedule. */
export interface ScheduledStep {
  /** As in outcomes. */
  readonly thread: string;
  readonly at: Span;
  readonly text: string;
  readonly label: Label;
}

/** A program may run for ever, though every thread that could go on does. */
export interface NonTermination {
  /** `spin`: threads wait for what nobody will write, shared state does not change any more. `livelock`: it goes on changing. */
  readonly kind: 'spin' | 'livelock';
  /** The threads that go round, in order of number. */
  readonly threads: readonly string[];
  /** The places where they do, each once. */
  readonly places: readonly Omit<ScheduledStep, 'label'>[];
  /** What leads into the cycle, and the cycle. */
  readonly prefix: readonly ScheduledStep[];
  readonly cycle: readonly ScheduledStep[];
}

export interface NonTerminationOptions {
  readonly readings: Readings;
  /** States that are looked at. */
  readonly states: number;
  readonly shouldStop: () => boolean;
}

/**
 * The ways in which a program may run for ever under a weakly fair schedule, each with a shortest way there; null if it has too many states. The
 * graph has all steps of all threads: in a reduced one a thread's step may be missing from a cycle, or a state in which it is not enabled.
 */
export function findNonTermination<S, From extends Start>(
  machine: Machine<S, From>,
  main: From,
  options: NonTerminationOptions,
): readonly NonTermination[] | null {
  const names = new ThreadNames();
  const world = new StateWorld(mergedContinuations(machine), main, names, {
    readings: options.readings,
    histories: false,
  });
  let bounded = false;
  const search: StateSearch<S> = new StateSearch(world, {
    choose: everyThread,
    eager: false,
    proviso: false,
    events: Infinity,
    bounded: () => (bounded = true),
    shouldStop: () => search.table.size > options.states || options.shouldStop(),
    race: () => {},
  });
  if (!search.run() || bounded) return null;
  const found = new Map<string, NonTermination>();
  for (const component of fairComponents(search.graph, standingOf(search))) {
    const told = describe(search, component, names);
    const key = told.places.map(({ thread, at }) => `${thread}:${at.start}`).join(' ');
    const old = found.get(key);
    if (old === undefined || lengthOf(told) < lengthOf(old)) found.set(key, told);
  }
  return [...found.values()].sort((a, b) => lengthOf(a) - lengthOf(b));
}

function lengthOf({ prefix, cycle }: NonTermination): number {
  return prefix.length + cycle.length;
}

function standingOf<S>(search: StateSearch<S>): Standing {
  const { world } = search;
  return {
    unfinished: (state) => {
      search.load(state);
      return world.threads.flatMap((thread) => {
        const local = world.localOf(thread);
        return local === null || hasEnded(local.status) ? [] : [thread.id];
      });
    },
    isEnabled: (state, thread) => {
      search.load(state);
      return world.choices(known(world.localOf(world.threadOf(thread)), 'thread')).length > 0;
    },
  };
}

function describe<S>(search: StateSearch<S>, component: FairComponent, names: ThreadNames): NonTermination {
  const entry = Math.min(...component.states);
  const prefix = search.path(entry);
  const steps = prefix.slice(1).map((state) => stepAt(search, search.parentOf(state), search.labelTo(state), names));
  const cycle = roundTrip(search, component, entry).map(([state, label]) => stepAt(search, state, label, names));
  const places = new Map(cycle.map(({ thread, at, text }) => [`${thread}:${at.start}`, { thread, at, text }]));
  return {
    kind: component.states.every((state) => sameStore(search, state, entry)) ? 'spin' : 'livelock',
    threads: [...component.moving].sort((a, b) => a - b).map((id) => names.info(id).name),
    places: [...places.values()].sort((a, b) => a.at.start - b.at.start || (a.thread < b.thread ? -1 : 1)),
    prefix: steps,
    cycle,
  };
}

function stepAt<S>(search: StateSearch<S>, state: number, label: Label, names: ThreadNames): ScheduledStep {
  search.load(state);
  const id = threadOf(label);
  const { request } = known(search.world.localOf(search.world.threadOf(id)), 'thread').at;
  const site = 'site' in request ? request.site : { at: NOWHERE, text: request.kind };
  return { thread: names.info(id).name, at: site.at, text: site.text, label };
}

/** A way from the state through the component and back in which every thread that moves there does, and every state where another waits is met. */
function roundTrip<S>(
  { graph }: StateSearch<S>,
  { states, moving, waiting }: FairComponent,
  entry: number,
): (readonly [number, Label])[] {
  const inside = new Set(states);
  const trip: (readonly [number, Label])[] = [];
  let at = entry;
  const still = new Set<ThreadId>(moving);
  const go = (isGoal: (to: number, label: Label) => boolean): void => {
    for (const [state, label, to] of shortest(at, isGoal)) {
      trip.push([state, label]);
      still.delete(threadOf(label));
      at = to;
    }
  };
  for (const state of waiting) if (state !== at && !trip.some(([seen]) => seen === state)) go((to) => to === state);
  while (still.size > 0) go((_, label) => still.has(threadOf(label)));
  if (at !== entry) go((to) => to === entry);
  return trip;

  /** Steps inside the component, the last of which is a goal. */
  function shortest(from: number, isGoal: (to: number, label: Label) => boolean): (readonly [number, Label, number])[] {
    const into = new Map<number, readonly [number, Label]>();
    const queue = [from];
    for (let next = 0; next < queue.length; next++) {
      const state = queue[next] as number;
      for (let k = 0; k < graph.degree(state); k++) {
        const edge = graph.edge(state, k);
        const [to, label] = [graph.to(edge), graph.label(edge)];
        if (!inside.has(to)) continue;
        if (isGoal(to, label)) return [...back(state), [state, label, to]];
        if (to === from || into.has(to)) continue;
        into.set(to, [state, label]);
        queue.push(to);
      }
    }
    return [];

    function back(to: number): (readonly [number, Label, number])[] {
      const steps: (readonly [number, Label, number])[] = [];
      for (let state = to; state !== from; ) {
        const [before, label] = known(into.get(state), 'step');
        steps.push([before, label, state]);
        state = before;
      }
      return steps.reverse();
    }
  }
}

/** Whether all but the threads is as in the other state. */
function sameStore<S>(search: StateSearch<S>, state: number, other: number): boolean {
  return storeKey(search, state) === storeKey(search, other);
}

function storeKey<S>(search: StateSearch<S>, number: number): string {
  search.load(number);
  const { world } = search;
  const values: string[] = [];
  for (let slot = 0; slot < world.state.end; slot++) {
    const value = world.state.get(slot);
    if (value !== 0 && !world.isThreadSlot(slot)) values.push(`${slot}=${value}`);
  }
  return values.join();
}

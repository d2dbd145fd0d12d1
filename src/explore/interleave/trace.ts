import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import { dependent } from './footprint.ts';
import type { Step } from './step.ts';

/** How many steps of each thread happen before or are this one; threads past the end have none, and the last has some. */
type Clock = readonly number[];

/** A step in a trace. */
export interface TraceStep extends Step {
  readonly thread: ThreadId;
  /** Its number among its thread's steps, from 1. */
  readonly number: number;
  readonly clock: Clock;
  /** Positions of steps that race with it: dependent, with no dependence through another step, and reversible. */
  readonly races: readonly number[];
}

interface Entry extends TraceStep {
  /** The clocks that this step changed, to be put back. */
  readonly before: readonly (readonly [ThreadId, Clock | undefined])[];
  /** What {@link Trace.key} says of it, once it was asked. */
  said: string | null;
}

const START: Clock = [];

/**
 * The steps made so far with the partial order in which they depend on each other (a Mazurkiewicz trace): vector clocks
 * over threads. A class because the clocks are hidden.
 */
export class Trace {
  readonly #steps: Entry[] = [];
  /** Positions of each thread's steps. */
  readonly #byThread: number[][] = [];
  /** What happens before each thread's next step. */
  readonly #clocks: (Clock | undefined)[] = [];

  get length(): number {
    return this.#steps.length;
  }

  at(position: number): TraceStep {
    return known(this.#steps[position], 'step');
  }

  push(step: Step): void {
    const { thread, joins } = step.footprint;
    const own = this.#own(thread);
    const clock = (this.#clocks[thread] ?? START).slice();
    if (joins !== null) mergeInto(clock, this.#clocks[joins] ?? START);
    const races: number[] = [];
    for (const position of this.#latestDependent(step, clock)) {
      const other = this.at(position);
      if (!happensBefore(other, clock)) races.push(position);
      mergeInto(clock, other.clock);
    }
    while (clock.length < thread) clock.push(0);
    clock[thread] = own.length + 1;
    const before: [ThreadId, Clock | undefined][] = [[thread, this.#clocks[thread]]];
    this.#clocks[thread] = clock;
    const { forks, wakes, crash } = step.footprint;
    if (forks !== null) {
      before.push([forks, this.#clocks[forks]]);
      this.#clocks[forks] = clock;
    }
    if (wakes.length > 0 || crash !== null) {
      for (const id of wakes.concat(crash?.ended ?? [])) {
        if (id === thread) continue;
        before.push([id, this.#clocks[id]]);
        this.#clocks[id] = merged(this.#clocks[id] ?? START, clock);
      }
    }
    own.push(this.#steps.length);
    const { label, footprint, chosen, steady, access, disabled } = step;
    const number = own.length;
    this.#steps.push({
      label,
      footprint,
      chosen,
      steady,
      access,
      disabled,
      thread,
      number,
      clock,
      races,
      before,
      said: null,
    });
  }

  pop(): void {
    const { thread, before } = known(this.#steps.pop(), 'step');
    this.#own(thread).pop();
    for (let i = before.length - 1; i >= 0; i--) {
      const [id, clock] = before[i] as (typeof before)[number];
      this.#clocks[id] = clock;
    }
  }

  /** The steps after `position` that do not depend on it, in order. */
  independentOf(position: number): TraceStep[] {
    const step = this.at(position);
    const found: TraceStep[] = [];
    for (let i = position + 1; i < this.#steps.length; i++) {
      const later = this.#steps[i] as Entry;
      if (!happensBefore(step, later.clock)) found.push(later);
    }
    return found;
  }

  /** A key that is equal for equal traces: those in which the same steps depend on each other in the same way. */
  key(): string {
    let key = '';
    for (const positions of this.#byThread) {
      for (const position of positions) {
        const step = this.#steps[position] as Entry;
        key += step.said ??= `${step.label}:${step.clock.join(',')} `;
      }
    }
    return key;
  }

  #own(thread: ThreadId): number[] {
    let own = this.#byThread[thread];
    if (own === undefined) {
      for (let id = this.#byThread.length; id <= thread; id++) this.#byThread.push([]);
      own = known(this.#byThread[thread], 'thread');
    }
    return own;
  }

  /** For each thread its latest step that the new one depends on and that `clock` does not have; latest first. */
  #latestDependent({ footprint }: Step, clock: Clock): number[] {
    const found: number[] = [];
    for (let id = 0; id < this.#byThread.length; id++) {
      if (id === footprint.thread) continue;
      const positions = this.#byThread[id] as number[];
      const seen = clock[id] ?? 0;
      for (let n = positions.length; n > seen; n--) {
        const position = positions[n - 1] as number;
        if (!dependent((this.#steps[position] as Entry).footprint, footprint)) continue;
        found.push(position);
        break;
      }
    }
    return found.length > 1 ? found.sort((a, b) => b - a) : found;
  }
}

function happensBefore({ thread, number }: TraceStep, clock: Clock): boolean {
  return (clock[thread] ?? 0) >= number;
}

function mergeInto(clock: number[], other: Clock): void {
  for (let i = 0; i < other.length; i++) {
    const seen = other[i] as number;
    if (i >= clock.length) clock.push(seen);
    else if (seen > (clock[i] as number)) clock[i] = seen;
  }
}

function merged(a: Clock, b: Clock): Clock {
  const clock = a.slice();
  mergeInto(clock, b);
  return clock;
}

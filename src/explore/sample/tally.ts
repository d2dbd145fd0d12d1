import { hash53 } from '../../base/hash.ts';
import type { Schedule } from './schedule.ts';

/** What schedules of a sample were like; tallies of parts of it can be put together in any order. */
export interface SampleTally {
  /** Of the schedules that were run before those that count. */
  readonly trials: ScheduleSize;
  runs: number;
  /** Given up. */
  cut: number;
  threads: number;
  steps: number;
  /** Of all together. A whole number, since sums of those do not depend on the order. */
  weight: bigint;
  /** Hashes of different executions. */
  readonly executions: Set<number>;
  /** Whether one of them is all that there is. */
  isAll: boolean;
}

/** The most threads and steps that schedules had; 1 where there was none. */
export interface ScheduleSize {
  readonly threads: number;
  readonly steps: number;
}

export const NO_SIZE: ScheduleSize = { threads: 1, steps: 1 };

export function emptySample(trials: ScheduleSize = NO_SIZE): SampleTally {
  return { trials, runs: 0, cut: 0, ...NO_SIZE, weight: 0n, executions: new Set(), isAll: false };
}

/** Counts a schedule; `key` is equal for equal executions, and null where it came to no end. */
export function countSchedule(into: SampleTally, { steps, threads, weight, cut }: Schedule, key: string | null): void {
  into.runs++;
  if (cut) into.cut++;
  into.threads = Math.max(into.threads, threads);
  into.steps = Math.max(into.steps, steps);
  into.weight += BigInt(Math.min(weight, Number.MAX_VALUE));
  if (key !== null) into.executions.add(hash53(key));
  into.isAll ||= weight === 1 && !cut;
}

/** Puts another part's schedules to those of one. */
export function absorbSample(into: SampleTally, part: SampleTally): void {
  into.runs += part.runs;
  into.cut += part.cut;
  into.threads = Math.max(into.threads, part.threads);
  into.steps = Math.max(into.steps, part.steps);
  into.weight += part.weight;
  for (const execution of part.executions) into.executions.add(execution);
  into.isAll ||= part.isAll;
}

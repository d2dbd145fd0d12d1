export interface SampleOptions {
  readonly seed: number;
  /** Schedules to try, numbered from 0. */
  readonly runs: number;
  /** The depth of bugs that PCT looks for: how many orders of two steps make one happen. */
  readonly depth: number;
  /** Try the schedule of this number alone; null for all. */
  readonly only: number | null;
}

export const DEFAULT_SAMPLE: SampleOptions = { seed: 1, runs: 1_000, depth: 3, only: null };

/** What is to be explained: an outcome, or a condition on outcomes. */
export interface Target {
  /** For people: `T1:0:0 = i32 1; T2:0:0 = i32 0`. */
  readonly text: string;
  /** Whether a whole outcome is meant. */
  matches(outcome: Values): boolean;
  /** Whether, given these observations and whatever else is observed, no outcome is meant. */
  excludes(known: Values): boolean;
  /** What it says of single observations, to tell which of them can never be. */
  readonly facts: readonly TargetFact[];
}

export interface TargetFact {
  readonly observation: string;
  readonly text: string;
  holds(value: string | undefined): boolean;
}

/** Observation → value as printed, as in {@link import('../result.ts').Outcome}. */
export type Values = ReadonlyMap<string, string>;

import type { Source } from '../base/span.ts';
import type { ExploreResult } from '../explore/result.ts';
import type { Condition, Quantifier } from '../syntax/script.ts';

/** A litmus condition, judged over all outcomes. */
export interface ConditionReport {
  readonly quantifier: Quantifier;
  readonly condition: Condition;
  /** The condition as written: `(and (= T1:0:0 (i32.const 0)) …)`. */
  readonly text: string;
  /** Null where a bound was reached before the outcomes so far settled it. */
  readonly holds: boolean | null;
  /** Executions that satisfy the condition, and executions that do not. */
  readonly positive: number;
  readonly negative: number;
}

/** One explored test: what `weft explore` reports. */
export interface TestReport {
  readonly name: string;
  readonly source: Source;
  readonly result: ExploreResult;
  readonly condition: ConditionReport | null;
}

import type { ExploreResult } from '../explore/result.ts';
import { evaluate, printCondition } from '../litmus/condition.ts';
import type { Litmus } from '../syntax/script.ts';
import type { ConditionReport } from './test-report.ts';

/**
 * A condition is settled by a complete exploration, or by outcomes that more of them cannot change. Where behaviour is undefined, anything may be so and
 * nothing must.
 */
export function conditionReport({ quantifier, condition, ...litmus }: Litmus, result: ExploreResult): ConditionReport {
  const { holds, positive, negative } = evaluate({ quantifier, condition, ...litmus }, result.outcomes);
  const anything = result.flags.some((flag) => flag.undefined);
  const settled = anything || result.complete || (quantifier === 'exists') === holds;
  return {
    quantifier,
    condition,
    text: printCondition(condition),
    holds: settled ? (anything ? quantifier === 'exists' : holds) : null,
    positive,
    negative,
  };
}

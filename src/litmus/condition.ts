import { assertNever } from '../base/assert.ts';
import type { Outcome } from '../explore/result.ts';
import { printValue } from '../syntax/print-values.ts';
import type { Condition, ExpectedVerdict, Litmus, ObservationKey } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';

/** What an outcome shows: observation → value as printed [DESIGN, The command line]. */
export type Observed = ReadonlyMap<ObservationKey, string>;

/** Whether an outcome satisfies a condition. An observation that the outcome does not have equals nothing. */
export function satisfies(condition: Condition, observed: Observed): boolean {
  switch (condition.kind) {
    case 'is':
      return observed.get(condition.observation) === printValue(condition.value);
    case 'traps':
      return observed.get(condition.observation)?.startsWith(`trap: ${condition.message ?? ''}`) ?? false;
    case 'deadlocks':
      return observed.get(condition.observation) === 'deadlock';
    case 'and':
      return condition.parts.every((part) => satisfies(part, observed));
    case 'or':
      return condition.parts.some((part) => satisfies(part, observed));
    case 'not':
      return !satisfies(condition.part, observed);
    default:
      return assertNever(condition);
  }
}

/** The observations that a condition mentions, each once. */
export function observationsOf(condition: Condition): ReadonlySet<ObservationKey> {
  switch (condition.kind) {
    case 'is':
    case 'traps':
    case 'deadlocks':
      return new Set([condition.observation]);
    case 'and':
    case 'or':
      return new Set(condition.parts.flatMap((part) => [...observationsOf(part)]));
    case 'not':
      return observationsOf(condition.part);
    default:
      return assertNever(condition);
  }
}

/** A condition as one writes it [grammar/litmus.ohm]. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'is':
      return `(= ${printObservation(condition.observation)} ${printConst(condition.value)})`;
    case 'traps': {
      const message = condition.message === null ? '' : ` ${JSON.stringify(condition.message)}`;
      return `(trap ${printObservation(condition.observation)}${message})`;
    }
    case 'deadlocks':
      return `(deadlock ${printObservation(condition.observation)})`;
    case 'and':
    case 'or':
      return `(${[condition.kind, ...condition.parts.map(printCondition)].join(' ')})`;
    case 'not':
      return `(not ${printCondition(condition.part)})`;
    default:
      return assertNever(condition);
  }
}

/** A word [core, Text Format, Identifiers], or quoted. */
function printObservation(key: ObservationKey): string {
  return /^[\w!#$%&'*+\-./:<=>?@\\^`|~]+$/.test(key) ? key : JSON.stringify(key);
}

function printConst(value: Value): string {
  return `(${printValue(value).replace(' ', '.const ')})`;
}

/** What a model's outcomes say of a litmus test. Executions are counted as herd counts its states. */
export interface Evaluation {
  /** Whether the quantified condition holds. */
  readonly holds: boolean;
  readonly verdict: ExpectedVerdict;
  /** Executions that satisfy the condition, and that do not. */
  readonly positive: number;
  readonly negative: number;
}

/**
 * Evaluates a test on all outcomes that a model allows. The verdict is about the condition itself: for `exists` and `not exists` it
 * is allowed if some execution satisfies it; for `forall` also required if all do.
 */
export function evaluate(
  { quantifier, condition }: Litmus,
  outcomes: readonly Pick<Outcome, 'values' | 'executions'>[],
): Evaluation {
  let positive = 0;
  let negative = 0;
  for (const { values, executions } of outcomes) {
    if (satisfies(condition, values)) positive += executions;
    else negative += executions;
  }
  const some = positive > 0 ? 'allowed' : 'forbidden';
  switch (quantifier) {
    case 'exists':
      return { holds: positive > 0, verdict: some, positive, negative };
    case 'not exists':
      return { holds: positive === 0, verdict: some, positive, negative };
    case 'forall':
      return { holds: negative === 0, verdict: negative === 0 ? 'required' : some, positive, negative };
    default:
      return assertNever(quantifier);
  }
}

/** Whether an author's verdict agrees with an evaluation; what is required is allowed as well. */
export function agrees(expected: ExpectedVerdict, { positive, negative }: Evaluation): boolean {
  switch (expected) {
    case 'allowed':
      return positive > 0;
    case 'forbidden':
      return positive === 0;
    case 'required':
      return negative === 0;
    default:
      return assertNever(expected);
  }
}

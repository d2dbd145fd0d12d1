import { assertNever } from '../base/assert.ts';
import type { Outcome } from '../explore/result.ts';
import { printValue } from '../syntax/print-values.ts';
import type { Condition, ExpectedOutcome, ExpectedVerdict, Fact, Litmus, ObservationKey } from '../syntax/script.ts';
import type { Value } from '../syntax/values.ts';

/** What an outcome shows: observation → value as printed [DESIGN, The command line]. */
export type Observed = ReadonlyMap<ObservationKey, string>;

/** Whether an outcome satisfies a condition. An observation that the outcome does not have equals nothing. */
export function satisfies(condition: Condition, observed: Observed): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => satisfies(part, observed));
    case 'or':
      return condition.parts.some((part) => satisfies(part, observed));
    case 'not':
      return !satisfies(condition.part, observed);
    default:
      return shows(condition, observed.get(condition.observation));
  }
}

/** Whether an observation's value, undefined where there is none, is what the fact says. */
export function shows(fact: Fact, value: string | undefined): boolean {
  switch (fact.kind) {
    case 'is':
      return value === printValue(fact.value);
    case 'traps':
      return value?.startsWith(`trap: ${fact.message ?? ''}`) ?? false;
    case 'throws':
      if (fact.args.length === 0) return value?.startsWith('exception ') ?? false;
      return value === `exception (${fact.args.map(printValue).join(', ')})`;
    case 'deadlocks':
      return value === 'deadlock';
    default:
      return assertNever(fact);
  }
}

/** The facts of a condition, in the order of its text. */
export function factsOf(condition: Condition): readonly Fact[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.parts.flatMap(factsOf);
    case 'not':
      return factsOf(condition.part);
    default:
      return [condition];
  }
}

/** The observations that a condition mentions, each once. */
export function observationsOf(condition: Condition): ReadonlySet<ObservationKey> {
  return new Set(factsOf(condition).map(({ observation }) => observation));
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
    case 'throws':
      return `(${['exception', printObservation(condition.observation), ...condition.args.map(printConst)].join(' ')})`;
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

/** An outcome of a set as one writes it. */
export function printOutcome({ facts }: ExpectedOutcome): string {
  return `(${['outcome', ...facts.map(printCondition)].join(' ')})`;
}

/** A fact as outcomes show it: `T1:0:0 = i32 0`. */
export function printFact(fact: Fact): string {
  switch (fact.kind) {
    case 'is':
      return `${fact.observation} = ${printValue(fact.value)}`;
    case 'traps':
      return `${fact.observation} = trap${fact.message === null ? '' : `: ${fact.message}`}`;
    case 'throws':
      return `${fact.observation} = exception${fact.args.length === 0 ? '' : ` (${fact.args.map(printValue).join(', ')})`}`;
    case 'deadlocks':
      return `${fact.observation} = deadlock`;
    default:
      return assertNever(fact);
  }
}

/** A word [core, Text Format, Identifiers], or quoted. */
function printObservation(key: ObservationKey): string {
  return /^[\w!#$%&'*+\-./:<=>?@\\^`|~]+$/.test(key) ? key : JSON.stringify(key);
}

/** A value as an outcome shows it is nearly a constant: `i32 1`, `ref.null`, `ref.i31 3`, `v128 0x1 0x2 0x3 0x4`. */
function printConst(value: Value): string {
  const shown = printValue(value);
  if (value.type === 'ref') return `(${shown})`;
  return `(${shown.replace(' ', value.type === 'v128' ? '.const i32x4 ' : '.const ')})`;
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

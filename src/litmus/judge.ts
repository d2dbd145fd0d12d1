import type { ExploreResult, Outcome } from '../explore/result.ts';
import type { ExpectedOutcome, ExpectedVerdict, Litmus, ModelOutcomes } from '../syntax/script.ts';
import type { Observed } from './condition.ts';
import { agrees, evaluate, printOutcome, shows } from './condition.ts';

/** What one model says of one litmus test, beside what the test's author says. */
export interface Judgement {
  /** `unknown` where a bound left it open; `undefined` where the program's behaviour is undefined under the model, so that it may do anything. */
  readonly verdict: ExpectedVerdict | 'unknown' | 'undefined';
  /** What the test's author wrote, if anything. */
  readonly expected: ExpectedVerdict | null;
  /** Verdict and outcomes; null where nothing is expected, or a bound left it open. */
  readonly agrees: boolean | null;
  /** Where the author's verdict comes from, and why it is so. */
  readonly source: string | null;
  readonly reason: string | null;
  /** How the outcomes differ from the author's whole set; null if there is none. */
  readonly outcomes: OutcomesDifference | null;
}

export interface OutcomesDifference {
  /** Null where a bound left it open. */
  readonly agrees: boolean | null;
  /** Outcomes of the set that the model does not have, as they are written. */
  readonly missing: readonly string[];
  /** What the model shows that is no outcome of the set: `T1:0:0 = i32 0; T2:0:0 = i32 1`. */
  readonly unexpected: readonly string[];
}

/** Judges a test by a model's result. */
export function judge(test: Litmus, result: ExploreResult): Judgement {
  const evaluation = evaluate(test, result.outcomes);
  const given = test.verdicts.find(({ model }) => model === result.model) ?? null;
  const set = test.outcomes.find(({ model }) => model === result.model) ?? null;
  const undefinedBy = result.flags.find((flag) => flag.undefined);
  if (undefinedBy !== undefined) return undefinedJudgement(undefinedBy.name, given, set);
  const isSettled = result.complete || (evaluation.verdict === 'allowed' && evaluation.positive > 0);
  const agreement = isSettled && given !== null ? agrees(given.verdict, evaluation) : null;
  const outcomes = set === null ? null : difference(set, result.outcomes, result.complete);
  return {
    verdict: isSettled ? evaluation.verdict : 'unknown',
    expected: given?.verdict ?? null,
    agrees: both(agreement, outcomes?.agrees ?? null),
    source: given?.source ?? set?.source ?? null,
    reason: given?.reason ?? null,
    outcomes,
  };
}

/** Whatever is asked of a program with undefined behaviour, it may be so, and it may be otherwise. */
function undefinedJudgement(
  flag: string,
  given: Litmus['verdicts'][number] | null,
  set: ModelOutcomes | null,
): Judgement {
  return {
    verdict: 'undefined',
    expected: given?.verdict ?? null,
    agrees: both(given && given.verdict === 'allowed', set && false),
    source: given?.source ?? set?.source ?? null,
    reason: given?.reason ?? null,
    outcomes: set && { agrees: false, missing: [], unexpected: [`anything: the behaviour is undefined by ${flag}`] },
  };
}

function both(a: boolean | null, b: boolean | null): boolean | null {
  if (a === null || b === null) return a ?? b;
  return a && b;
}

/** Compares a whole set with the outcomes of a model, as far as the observations go that the set names. */
export function difference(
  { outcomes: listed }: Pick<ModelOutcomes, 'outcomes'>,
  outcomes: readonly Pick<Outcome, 'values'>[],
  complete: boolean,
): OutcomesDifference {
  const names = new Set(listed.flatMap(({ facts }) => facts.map(({ observation }) => observation)));
  const found = new Set<ExpectedOutcome>();
  const unexpected = new Set<string>();
  for (const { values } of outcomes) {
    const same = listed.filter((outcome) => isOutcome(outcome, values, names));
    for (const outcome of same) found.add(outcome);
    if (same.length === 0) unexpected.add(printObserved(values, names));
  }
  const missing = complete ? listed.filter((outcome) => !found.has(outcome)).map(printOutcome) : [];
  const differs = unexpected.size > 0 || missing.length > 0;
  return { agrees: differs ? false : complete ? true : null, missing, unexpected: [...unexpected] };
}

function isOutcome({ facts }: ExpectedOutcome, values: Observed, names: ReadonlySet<string>): boolean {
  const mentioned = new Set(facts.map(({ observation }) => observation));
  return (
    facts.every((fact) => shows(fact, values.get(fact.observation))) &&
    [...names].every((name) => mentioned.has(name) || !values.has(name))
  );
}

function printObserved(values: Observed, names: ReadonlySet<string>): string {
  const shown = [...names].filter((name) => values.has(name)).map((name) => `${name} = ${values.get(name) ?? ''}`);
  return shown.length === 0 ? 'none of the observations named' : shown.join('; ');
}

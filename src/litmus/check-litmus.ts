import type { Diagnostic } from '../base/diagnostic.ts';
import type { Span } from '../base/span.ts';
import type { ExploreResult } from '../explore/result.ts';
import type { Program } from '../runtime/program.ts';
import type { Fact, Litmus, ObservationKey } from '../syntax/script.ts';
import { factsOf, printOutcome } from './condition.ts';
import type { Observable } from './observable.ts';
import { observableOf } from './observable.ts';
import { factProblem, isState, objectIn } from './observation.ts';

/**
 * What is wrong with litmus tests beside their syntax. A fact about something that no execution shows would be false, and so an answer;
 * it is an error instead.
 */

/** What a script's text tells: unknown threads, actions and results, values of a wrong type, expectations that contradict each other. */
export function checkLitmus(program: Program): readonly Diagnostic[] {
  if (program.litmus.length === 0) return [];
  const observable = observableOf(program);
  return program.litmus.flatMap((litmus) => [
    ...factsIn(litmus).flatMap((fact) => {
      const problem = factProblem(fact, observable);
      return problem === null ? [] : [invalid('Litmus/observation', fact.at, problem)];
    }),
    ...repeated(litmus.verdicts).map(({ model, at }) =>
      invalid('Litmus/verdict', at, `a second verdict for model ${JSON.stringify(model)}`),
    ),
    ...repeated(litmus.outcomes).map(({ model, at }) =>
      invalid('Litmus/outcomes', at, `a second set of outcomes for model ${JSON.stringify(model)}`),
    ),
    ...litmus.outcomes.flatMap(({ outcomes }) => outcomeProblems(outcomes)),
  ]);
}

/** Verdicts and outcome sets of models that are not among the names. */
export function unknownModels({ litmus }: Program, names: readonly string[]): readonly Diagnostic[] {
  const expectations = litmus.flatMap(({ verdicts, outcomes }) => [...verdicts, ...outcomes]);
  return expectations
    .filter(({ model }) => !names.includes(model))
    .map(({ model, at }) =>
      invalid('Litmus/model', at, `unknown model ${JSON.stringify(model)}; there are: ${names.join(', ')}`),
    );
}

/**
 * Facts about shared state that no execution showed under any of the models; nothing where a bound left some executions out. Which state is
 * observed only the executions tell.
 */
export function unobserved(program: Program, results: readonly ExploreResult[]): readonly Diagnostic[] {
  if (results.length === 0 || results.some(({ complete }) => !complete)) return [];
  const shown = new Set(results.flatMap(({ outcomes }) => outcomes.flatMap(({ values }) => [...values.keys()])));
  const state = [...shown].filter(isState);
  return program.litmus.flatMap((litmus) =>
    factsIn(litmus)
      .filter(({ observation }) => isState(observation) && !shown.has(observation))
      .map(({ observation, at }) =>
        invalid('Litmus/observation', at, stateProblem(observation, state, observableOf(program))),
      ),
  );
}

/** Why a piece of shared state is never observed, given those that are. */
export function stateProblem(
  key: ObservationKey,
  observed: readonly ObservationKey[],
  { objects }: Observable,
): string {
  const name = objectIn(key);
  const share = objects.get(name);
  if (share !== undefined && share !== 'shared')
    return `${key} is never observed: ${name} is not shared (only shared state that the main thread reads after its first wait is observed)`;
  const same = observed.filter((other) => objectIn(other) === name);
  if (same.length > 0) return `${key} is never observed: what is observed of ${name} is ${same.join(', ')}`;
  const reason = objects.has(name)
    ? `the main thread never reads ${name} after its first wait`
    : `the main thread knows no memory, table or global ${name}`;
  const others = observed.length === 0 ? '' : `; observed are ${observed.join(', ')}`;
  return `${key} is never observed: ${reason}${others}`;
}

function factsIn({ condition, outcomes }: Litmus): readonly Fact[] {
  return [...factsOf(condition), ...outcomes.flatMap((set) => set.outcomes.flatMap(({ facts }) => facts))];
}

function outcomeProblems(outcomes: Litmus['outcomes'][number]['outcomes']): readonly Diagnostic[] {
  const seen = new Set<string>();
  return outcomes.flatMap((outcome) => {
    const keys = outcome.facts.map(({ observation }) => observation);
    const twice = outcome.facts.find(({ observation }, i) => keys.indexOf(observation) < i);
    if (twice !== undefined)
      return [invalid('Litmus/outcomes', twice.at, `${twice.observation} stands twice in one outcome`)];
    const text = printOutcome({ ...outcome, facts: outcome.facts.toSorted(byObservation) });
    if (seen.has(text)) return [invalid('Litmus/outcomes', outcome.at, 'this outcome stands twice in the set')];
    seen.add(text);
    return [];
  });
}

function byObservation(a: Fact, b: Fact): number {
  return a.observation < b.observation ? -1 : 1;
}

function repeated<E extends { readonly model: string }>(expectations: readonly E[]): readonly E[] {
  return expectations.filter(({ model }, i) => expectations.findIndex((other) => other.model === model) < i);
}

function invalid(rule: string, at: Span, message: string): Diagnostic {
  return { code: 'invalid', rule, severity: 'error', message, at };
}

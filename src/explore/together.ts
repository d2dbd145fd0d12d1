import { othersUntil, RACING } from './bounds.ts';
import type { Finding } from './finding/finding.ts';
import { compareFindings } from './finding/log.ts';
import { compareLoops } from './loops/cut.ts';
import { compareOutcomes, outcomeKey } from './outcome.ts';
import type { AssertionResult, ExploreResult, Outcome, RaceClass } from './result.ts';

/**
 * What two searches of one program found, neither of them all, as one result: `all` of all executions under the model, `interleaved` of its sequentially consistent
 * ones. What both found cannot be told apart from what both have, so of each outcome the larger number of executions counts.
 */
export function together(all: ExploreResult, interleaved: ExploreResult): ExploreResult {
  const both = [...byKey([all.outcomes, interleaved.outcomes], outcomeOf, bothOutcomes).values()];
  const outcomes = all.outcomes.length === 0 ? both : both.sort((a, b) => compareOutcomes(a.values, b.values));
  const indices = new Map(outcomes.map((outcome, index) => [outcomeOf(outcome), index]));
  const findings = [all, interleaved].map((result) =>
    result.findings.map((finding) => {
      const outcome = finding.outcome === null ? undefined : result.outcomes[finding.outcome];
      return movedTo(finding, outcome === undefined ? null : (indices.get(outcomeOf(outcome)) ?? null));
    }),
  );
  const executions = outcomes.reduce((sum, one) => sum + one.executions, 0);
  const bound = all.bound ?? 'interrupted';
  return {
    model: all.model,
    method: { ...all.method, states: interleaved.method.states },
    complete: false,
    bound: interleaved.bound === RACING ? othersUntil(bound) : bound,
    outcomes,
    executions,
    blocked: all.blocked,
    duplicates: all.duplicates,
    races: [...byKey([all.races, interleaved.races], ({ events }) => events.join(' ~ '), bothRaces).values()],
    deadlocks: outcomes.reduce((sum, one) => sum + (one.deadlock ? one.executions : 0), 0),
    loops: [
      ...byKey(
        [all.loops, interleaved.loops],
        ({ thread, at }) => `${thread}:${at.start}`,
        (a, b) => (a.rounds < b.rounds ? b : a),
      ).values(),
    ].sort(compareLoops),
    nonTermination: all.nonTermination.length > 0 ? all.nonTermination : interleaved.nonTermination,
    flags: [
      ...byKey(
        [all.flags, interleaved.flags],
        ({ name }) => name,
        (a) => a,
      ).values(),
    ],
    assertions: bothAssertions(all, interleaved),
    findings: [...byKey(findings, ({ key }) => key, bothFindings).values()].sort(compareFindings),
  };
}

/** All of the lists, those with equal keys put together. */
function byKey<T>(
  lists: readonly (readonly T[])[],
  keyOf: (one: T) => string,
  both: (a: T, b: T) => T,
): Map<string, T> {
  const found = new Map<string, T>();
  for (const one of lists.flat()) {
    const key = keyOf(one);
    const old = found.get(key);
    found.set(key, old === undefined ? one : both(old, one));
  }
  return found;
}

function outcomeOf({ values, deadlock }: Outcome): string {
  return outcomeKey(values, deadlock);
}

function bothOutcomes(a: Outcome, b: Outcome): Outcome {
  return {
    values: a.values,
    deadlock: a.deadlock,
    executions: Math.max(a.executions, b.executions),
    get witness() {
      return a.witness ?? b.witness;
    },
  };
}

function bothRaces(a: RaceClass, b: RaceClass): RaceClass {
  return { events: a.events, locations: [...new Set([...a.locations, ...b.locations])] };
}

/** A search that saw no execution to its end says nothing of assertions. */
function bothAssertions(all: ExploreResult, interleaved: ExploreResult): readonly AssertionResult[] {
  if (all.executions === 0) return interleaved.assertions;
  if (interleaved.executions === 0) return all.assertions;
  const both = (a: AssertionResult, b: AssertionResult): AssertionResult =>
    a.holds === b.holds ? a : { at: a.at, holds: 'sometimes', failure: a.failure ?? b.failure };
  return [...byKey([all.assertions, interleaved.assertions], ({ at }) => `${at.start}`, both).values()].sort(
    (a, b) => a.at.start - b.at.start,
  );
}

/** The smaller witness is shown. */
function bothFindings(a: Finding, b: Finding): Finding {
  const [x, y] = [a, b].map(({ witness }) => witness?.execution.events.length ?? 0) as [number, number];
  return x < y ? a : b;
}

/** The same, of an outcome that has another place in the list; in words only when somebody asks. */
function movedTo(finding: Finding, outcome: number | null): Finding {
  const { kind, key, executions, repeatsFrom, lasso } = finding;
  return {
    kind,
    key,
    outcome,
    executions,
    repeatsFrom,
    lasso,
    get text() {
      return finding.text;
    },
    get places() {
      return finding.places;
    },
    get events() {
      return finding.events;
    },
    get witness() {
      return finding.witness;
    },
    get schedule() {
      return finding.schedule;
    },
  };
}

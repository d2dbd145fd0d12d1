import type { Method } from '../explore/result.ts';
import type { TestReport } from './test-report.ts';

export interface ExploreJson {
  readonly tests: readonly ExploreTestJson[];
}

export interface ExploreTestJson {
  readonly name: string;
  readonly model: string;
  readonly complete: boolean;
  readonly bound: string | null;
  readonly outcomes: readonly { readonly values: Readonly<Record<string, string>>; readonly executions: number }[];
  readonly executions: number;
  readonly blocked: number;
  readonly duplicates: number;
  readonly races: readonly { readonly locations: readonly string[]; readonly events: readonly string[] }[];
  readonly deadlocks: number;
  /** Where the model remarks on something. */
  readonly flags?: readonly { readonly name: string; readonly undefined: boolean }[];
  readonly assertions: readonly { readonly line: number; readonly holds: 'always' | 'sometimes' | 'never' }[];
  readonly condition: { readonly quantifier: string; readonly text: string; readonly holds: boolean | null } | null;
  readonly method: Method;
}

/** The JSON document of `weft explore` [DESIGN, The command line]. */
export function exploreJson(tests: readonly TestReport[]): ExploreJson {
  return { tests: tests.map(testJson) };
}

function testJson({ name, source, result, condition }: TestReport): ExploreTestJson {
  return {
    name,
    model: result.model,
    complete: result.complete,
    bound: result.bound,
    outcomes: result.outcomes.map(({ values, executions }) => ({ values: Object.fromEntries(values), executions })),
    executions: result.executions,
    blocked: result.blocked,
    duplicates: result.duplicates,
    races: result.races.map(({ locations, events }) => ({ locations, events })),
    deadlocks: result.deadlocks,
    ...(result.flags.length === 0 ? {} : { flags: result.flags.map((flag) => ({ ...flag })) }),
    assertions: result.assertions.map(({ at, holds }) => ({ line: source.position(at.start).line, holds })),
    condition: condition && { quantifier: condition.quantifier, text: condition.text, holds: condition.holds },
    method: result.method,
  };
}

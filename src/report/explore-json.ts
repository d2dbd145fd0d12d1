import type { Source, Span } from '../base/span.ts';
import type { Finding, FindingKind } from '../explore/finding/finding.ts';
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
  /** `run`: the first schedule of a sample that showed it. */
  readonly outcomes: readonly {
    readonly values: Readonly<Record<string, string>>;
    readonly executions: number;
    readonly run?: number;
  }[];
  readonly executions: number;
  readonly blocked: number;
  readonly duplicates: number;
  readonly races: readonly { readonly locations: readonly string[]; readonly events: readonly string[] }[];
  readonly deadlocks: number;
  /** The loops that a bound cut. */
  readonly loops: readonly (PlaceJson & { readonly rounds: number })[];
  /** How a fair schedule may go on for ever: where, the steps that lead there, and those that it repeats. */
  readonly nonTermination: readonly {
    readonly kind: 'spin' | 'livelock';
    readonly threads: readonly string[];
    readonly places: readonly PlaceJson[];
    readonly prefix: readonly PlaceJson[];
    readonly cycle: readonly PlaceJson[];
  }[];
  /** Where the model remarks on something. */
  readonly flags?: readonly { readonly name: string; readonly undefined: boolean }[];
  readonly assertions: readonly { readonly line: number; readonly holds: 'always' | 'sometimes' | 'never' }[];
  readonly condition: { readonly quantifier: string; readonly text: string; readonly holds: boolean | null } | null;
  readonly method: Method;
  readonly findings: readonly FindingJson[];
}

export interface PlaceJson {
  readonly line: number;
  readonly column: number;
  readonly thread: string;
  readonly instruction: string;
}

export interface FindingJson {
  readonly kind: FindingKind;
  readonly text: string;
  readonly places: readonly PlaceJson[];
  /** The number of its outcome in the list, from 1; null of an execution that was not seen to its end. */
  readonly outcome: number | null;
  /** The file to which its witness was saved; null if it was not. */
  readonly replay: string | null;
  /**
   * Turn by turn, what the threads do that others notice; the turns from number `repeatsFrom` on, from 0, are repeated without end, if it is not null. Null
   * of races, which are many: `--verbose` tells theirs.
   */
  readonly schedule: readonly { readonly thread: string; readonly steps: readonly StepJson[] }[] | null;
  readonly repeatsFrom: number | null;
}

interface StepJson extends Omit<PlaceJson, 'thread'> {
  /** In words. */
  readonly does: string;
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
    outcomes: result.outcomes.map(({ values, executions, run }) => ({
      values: Object.fromEntries(values),
      executions,
      ...(run === undefined ? {} : { run }),
    })),
    executions: result.executions,
    blocked: result.blocked,
    duplicates: result.duplicates,
    races: result.races.map(({ locations, events }) => ({ locations, events })),
    deadlocks: result.deadlocks,
    loops: result.loops.map((loop) => ({ ...placeJson(loop, source), rounds: loop.rounds })),
    nonTermination: result.nonTermination.map(({ kind, threads, places, prefix, cycle }) => ({
      kind,
      threads,
      places: places.map((place) => placeJson(place, source)),
      prefix: prefix.map((step) => placeJson(step, source)),
      cycle: cycle.map((step) => placeJson(step, source)),
    })),
    ...(result.flags.length === 0 ? {} : { flags: result.flags.map((flag) => ({ ...flag })) }),
    assertions: result.assertions.map(({ at, holds }) => ({ line: source.position(at.start).line, holds })),
    condition: condition && { quantifier: condition.quantifier, text: condition.text, holds: condition.holds },
    method: result.method,
    findings: result.findings.map((finding) => findingJson(finding, source)),
  };
}

function findingJson(finding: Finding, source: Source): FindingJson {
  const { kind, text, places, outcome, repeatsFrom } = finding;
  return {
    kind,
    text,
    places: places.map(({ thread, at, instruction }) => placeJson({ thread, at, text: instruction }, source)),
    outcome: outcome === null ? null : outcome + 1,
    replay: null,
    schedule: kind === 'race' ? null : scheduleJson(finding, source),
    repeatsFrom,
  };
}

function scheduleJson({ schedule }: Finding, source: Source): FindingJson['schedule'] {
  return schedule.map(({ thread, steps }) => ({
    thread,
    steps: steps.map(({ place: { at, instruction }, does }) => {
      const { line, column } = source.position(at.start);
      return { line, column, instruction, does };
    }),
  }));
}

function placeJson(
  { thread, at, text }: { readonly thread: string; readonly at: Span; readonly text: string },
  source: Source,
): PlaceJson {
  const { line, column } = source.position(at.start);
  return { line, column, thread, instruction: text };
}

import { makeExec } from '../exec/executor.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { explore } from '../explore/explore.ts';
import type { ExploreResult } from '../explore/result.ts';
import { unknownModels, unobserved } from '../litmus/check-litmus.ts';
import { judge } from '../litmus/judge.ts';
import { ModelRefusal } from '../model/refusal.ts';
import { conditionReport } from '../report/condition-report.ts';
import { diagnosticJson, diagnosticText } from '../report/diagnostics.ts';
import type { DiagnosticJson } from '../report/diagnostics.ts';
import { herdText } from '../report/herd-text.ts';
import type { LitmusReport, VerdictReport } from '../report/litmus-report.ts';
import type { Readings } from '../syntax/readings.ts';
import type { ExitCode } from './exit.ts';
import { EXIT, unloaded } from './exit.ts';
import { herdFacts } from './herd-facts.ts';
import { readSource } from './input.ts';
import type { LoadedTest } from './load-tests.ts';
import { loadTests } from './load-tests.ts';
import { modelNamed, modelNames } from './models.ts';

/** What to judge in each file, as plain data, so that a worker can be asked to do it. */
export interface LitmusSpec {
  /** Names or files of models. */
  readonly models: readonly string[];
  readonly readings: Readings;
  readonly maxExecutions: number;
  readonly herd: boolean;
}

/** What came of one file. */
export interface LitmusDone {
  readonly reports: readonly LitmusReport[];
  /** Answers in herd's form, one a test and model. */
  readonly herd: readonly string[];
  /** What is wrong with the file, for people and as data. */
  readonly notes: readonly string[];
  readonly errors: readonly DiagnosticJson[];
  readonly code: ExitCode;
}

const FUEL = 1_000_000;
const EVENTS = 1_000;
const RETURNS = 5;

/** One model's exploration of a program, or why the model does not speak of it. */
interface Explored {
  readonly model: string;
  readonly result: ExploreResult | null;
  readonly refusal: string | null;
  readonly seconds: number;
}

/** Judges the litmus tests of a file, each program explored once under each model. */
export function litmusJob(path: string, spec: LitmusSpec): LitmusDone {
  const source = readSource(path);
  const refused = (errors: readonly Diagnostic[]): LitmusDone => ({
    reports: [],
    herd: [],
    notes: errors.map((diagnostic) => diagnosticText(diagnostic, source, { color: false })),
    errors: errors.map((diagnostic) => diagnosticJson(diagnostic, source)),
    code: unloaded(errors),
  });
  const tests = loadTests(source, spec.readings);
  if (!tests.ok) return refused(tests.error);
  const reports: LitmusReport[] = [];
  const herd: string[] = [];
  for (const test of tests.value) {
    const { program } = test;
    if (program.litmus.length === 0 && !path.endsWith('.bex')) continue;
    const models = spec.models.map(modelNamed);
    const unknown = unknownModels(program, [...new Set([...modelNames(), ...models.map(({ name }) => name)])]);
    if (unknown.length > 0) return refused(unknown);
    const explored = models.map((model) => exploreUnder(model, test, spec));
    const blind = unobserved(
      program,
      explored.flatMap(({ result }) => result ?? []),
    );
    if (blind.length > 0) return refused(blind);
    reports.push(...reportsOf(path, test, explored));
    if (spec.herd) herd.push(...explored.flatMap((each) => herdTexts(test, each)));
  }
  return { reports, herd, notes: [], errors: [], code: EXIT.holds };
}

function exploreUnder(
  model: ReturnType<typeof modelNamed>,
  { program, show }: LoadedTest,
  { readings, maxExecutions }: LitmusSpec,
): Explored {
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    const result = explore(program, makeExec({ readings, fuel: FUEL }), {
      model,
      strategy: 'auto',
      readings,
      findings: null,
      bounds: { executions: maxExecutions, events: EVENTS, returns: RETURNS, milliseconds: null },
      shouldStop: () => false,
      onProgress: () => {},
    });
    return {
      model: model.name,
      result: { ...result, outcomes: result.outcomes.map(show) },
      refusal: null,
      seconds: seconds(),
    };
  } catch (error) {
    if (!(error instanceof ModelRefusal)) throw error;
    return { model: model.name, result: null, refusal: error.reason, seconds: seconds() };
  }
}

function reportsOf(file: string, { name, program }: LoadedTest, explored: readonly Explored[]): LitmusReport[] {
  if (program.litmus.length === 0)
    return [{ name, file, line: 1, verdicts: new Map(explored.map((each) => [each.model, unasked(each)])) }];
  return program.litmus.map((test) => ({
    name: test.name,
    file,
    line: program.source.position(test.at.start).line,
    verdicts: new Map(
      explored.map((each) => [
        each.model,
        each.result === null
          ? unspoken(
              each,
              test.verdicts.find(({ model }) => model === each.model),
            )
          : judge(test, each.result),
      ]),
    ),
  }));
}

const NOTHING: VerdictReport = {
  verdict: 'unknown',
  expected: null,
  agrees: null,
  source: null,
  reason: null,
  outcomes: null,
};

/** A program without a condition: how many outcomes it has. */
function unasked({ result, refusal }: Explored): VerdictReport {
  if (result === null) return { ...NOTHING, verdict: 'inexpressible', refusal };
  const { length } = result.outcomes;
  return { ...NOTHING, verdict: result.complete ? `${length} outcome${length === 1 ? '' : 's'}` : 'unknown' };
}

/** A model that does not speak of the program agrees with no verdict. */
function unspoken(
  { refusal }: Explored,
  given: (Pick<VerdictReport, 'source' | 'reason'> & { readonly verdict: string }) | undefined,
): VerdictReport {
  if (given === undefined) return { ...NOTHING, verdict: 'inexpressible', refusal };
  const { source, reason } = given;
  return { ...NOTHING, verdict: 'inexpressible', expected: given.verdict, agrees: false, source, reason, refusal };
}

function herdTexts({ name, program }: LoadedTest, { result, seconds }: Explored): string[] {
  if (result === null) return [];
  const facts = herdFacts(program, seconds);
  if (program.litmus.length === 0) return [herdText({ name, source: program.source, result, condition: null }, facts)];
  return program.litmus.map((litmus) =>
    herdText({ name: litmus.name, source: program.source, result, condition: conditionReport(litmus, result) }, facts),
  );
}

import { explore } from '../../explore/explore.ts';
import type { ExploreResult } from '../../explore/result.ts';
import { agrees, evaluate } from '../../litmus/condition.ts';
import { loadProgram } from '../../litmus/load.ts';
import { diagnosticText } from '../../report/diagnostics.ts';
import { disagreements, litmusJson, litmusText } from '../../report/litmus-report.ts';
import type { LitmusReport, VerdictReport } from '../../report/litmus-report.ts';
import type { Program } from '../../runtime/program.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Litmus } from '../../syntax/script.ts';
import { EXIT, unloaded, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { executorOf } from '../executors.ts';
import { expandPaths, readSource } from '../input.ts';
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';
import { showProgress } from '../progress.ts';

interface LitmusOptions {
  readonly models: string;
  readonly json?: boolean;
  readonly reading?: Readings;
  readonly maxExecutions: number;
}

const FUEL = 1_000_000;
const EVENTS = 1_000;
const RETURNS = 5;

/** Judges litmus tests under several models and says where their authors' verdicts differ. Files without a test are passed over. */
export function litmus(paths: readonly string[], options: LitmusOptions): ExitCode {
  const models = options.models.split(',').map((name) => name.trim());
  for (const name of models) modelNamed(name);
  const readings = options.reading ?? DEFAULT_READINGS;
  const files = expandPaths(paths, ['.wast']);
  const progress = showProgress('litmus tests');
  const reports: LitmusReport[] = [];
  let broken: ExitCode = EXIT.holds;
  for (const file of files) {
    const source = readSource(file);
    const program = loadProgram(source, readings);
    if (!program.ok) {
      broken = worst(broken, unloaded(program.error));
      for (const diagnostic of program.error) printNote(diagnosticText(diagnostic, source, { color: false }));
      continue;
    }
    reports.push(...judgeFile(file, program.value, models, readings, options));
    progress.update(reports.length);
  }
  progress.stop();
  if (reports.length === 0 && broken === EXIT.holds) throw new UsageError(`no litmus test in ${paths.join(', ')}`);
  if (options.json === true) printJson(litmusJson(reports));
  else printText(litmusText(reports, models, textOptions()));
  if (broken !== EXIT.holds) return broken;
  if (disagreements(reports) > 0) return EXIT.refuted;
  return reports.some(({ verdicts }) => [...verdicts.values()].some((v) => v.verdict === 'unknown'))
    ? EXIT.bound
    : EXIT.holds;
}

function judgeFile(
  file: string,
  program: Program,
  models: readonly string[],
  readings: Readings,
  options: LitmusOptions,
): LitmusReport[] {
  if (program.litmus.length === 0) return [];
  const results = new Map(models.map((model) => [model, exploreUnder(model, program, readings, options)]));
  return program.litmus.map((test) => ({
    name: test.name,
    file,
    verdicts: new Map([...results].map(([model, result]) => [model, judge(test, model, result)])),
  }));
}

function exploreUnder(model: string, program: Program, readings: Readings, options: LitmusOptions): ExploreResult {
  return explore(program, executorOf('exec', { readings, fuel: FUEL }), {
    model: modelNamed(model),
    strategy: 'auto',
    readings,
    bounds: { executions: options.maxExecutions, events: EVENTS, returns: RETURNS, milliseconds: null },
    shouldStop: () => false,
    onProgress: () => {},
  });
}

function judge(test: Litmus, model: string, result: ExploreResult): VerdictReport {
  const evaluation = evaluate(test, result.outcomes);
  const expected = test.verdicts.find((v) => v.model === model)?.verdict ?? null;
  const settled = result.complete || (evaluation.verdict === 'allowed' && evaluation.positive > 0);
  if (!settled) return { verdict: 'unknown', expected, agrees: null };
  return { verdict: evaluation.verdict, expected, agrees: expected === null ? null : agrees(expected, evaluation) };
}

import type { Strategy } from '../../explore/explore.ts';
import { STACK_BOUND } from '../../explore/explore.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { exploreJob } from '../explore-job.ts';
import type { ExploreDone, ExploreSpec } from '../explore-job.ts';
import { expandPaths, readSource, testName } from '../input.ts';
import { TEST_FILES } from '../load-tests.ts';
import { interruptible, runLongJob } from '../long-job.ts';
import type { LongJob } from '../long-job.ts';
import { modelNamed } from '../models.ts';
import { printJson, printText, textOptions, writeOutput } from '../output.ts';

export interface ExploreCommandOptions {
  readonly model: string;
  readonly strategy: Strategy;
  readonly reading?: Readings;
  readonly json?: boolean;
  readonly format: 'text' | 'herd';
  readonly svg?: string;
  readonly dot?: string;
  readonly outcome?: string;
  readonly maxExecutions: number;
  readonly maxEvents: number;
  readonly maxReturns: number;
  readonly maxSteps: number;
  readonly timeout?: number;
}

const EXPLORATION: LongJob<ExploreSpec, ExploreDone> = {
  job: exploreJob,
  worker: 'explore-worker.js',
  wasTooDeep: ({ tests }) => tests.some(({ bound }) => bound === STACK_BOUND),
};

export async function explore(paths: readonly string[], options: ExploreCommandOptions): Promise<ExitCode> {
  const model = modelNamed(options.model);
  if (options.strategy.endsWith('interleavings') && !model.assumes.interleavings) {
    throw new UsageError(`--strategy ${options.strategy} is for --model sc only`);
  }
  const files = expandPaths(paths, TEST_FILES);
  if (options.json === true && options.format === 'herd')
    throw new UsageError('--json and --format herd exclude each other');
  const draws = options.svg !== undefined || options.dot !== undefined;
  if (draws && files.length > 1) throw new UsageError('--svg and --dot draw one file’s execution; give one file');
  if (options.outcome !== undefined && !draws)
    throw new UsageError('--outcome says what --svg or --dot draws; give one of them');

  const tests: unknown[] = [];
  const errors: unknown[] = [];
  let code: ExitCode = EXIT.holds;
  await interruptible(async (stop) => {
    for (const [i, path] of files.entries()) {
      const done = await runLongJob(specOf(path, options), EXPLORATION, stop);
      if (done.usage !== null) throw new UsageError(done.usage);
      code = worst(code, done.code);
      tests.push(...done.tests);
      errors.push(...done.errors.map((error) => ({ file: path, ...error })));
      if (options.json !== true) printText(i === 0 ? done.text : `\n${done.text}`);
      if (options.svg !== undefined && done.svg !== null) writeOutput(options.svg, done.svg);
      if (options.dot !== undefined && done.dot !== null) writeOutput(options.dot, done.dot);
      if (Atomics.load(stop, 0) !== 0) break;
    }
  });
  if (options.json === true) printJson(errors.length === 0 ? { tests } : { tests, errors });
  return code;
}

function specOf(path: string, options: ExploreCommandOptions): ExploreSpec {
  return {
    name: testName(path),
    path,
    text: readSource(path).text,
    model: options.model,
    strategy: options.strategy,
    readings: options.reading ?? DEFAULT_READINGS,
    maxExecutions: options.maxExecutions,
    maxEvents: options.maxEvents,
    maxReturns: options.maxReturns,
    maxSteps: options.maxSteps,
    milliseconds: options.timeout ?? null,
    draw: { svg: options.svg !== undefined, dot: options.dot !== undefined, outcome: options.outcome ?? null },
    color: textOptions().color,
    herd: options.format === 'herd',
  };
}

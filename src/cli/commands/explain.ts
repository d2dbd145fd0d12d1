import { STACK_BOUND } from '../../explore/explore.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { explainJob } from '../explain-job.ts';
import type { ExplainDone, ExplainSpec } from '../explain-job.ts';
import { readSource, testName } from '../input.ts';
import { interruptible, runLongJob } from '../long-job.ts';
import type { LongJob } from '../long-job.ts';
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText, textOptions, writeOutput } from '../output.ts';

export interface ExplainCommandOptions {
  readonly model: string;
  readonly outcome?: string;
  readonly all?: boolean;
  readonly reading?: Readings;
  readonly json?: boolean;
  readonly svg?: string;
  readonly dot?: string;
  readonly maxExecutions: number;
  readonly maxEvents: number;
  readonly maxReturns: number;
  readonly maxSteps: number;
  readonly timeout?: number;
}

const EXPLANATION: LongJob<ExplainSpec, ExplainDone> = {
  job: explainJob,
  worker: 'explain-worker.js',
  wasTooDeep: ({ tests }) => tests.some((test) => 'bound' in test && test.bound === STACK_BOUND),
};

/** Says why a model allows an outcome, or why not. */
export async function explain(path: string, options: ExplainCommandOptions): Promise<ExitCode> {
  modelNamed(options.model);
  const done = await interruptible((stop) => runLongJob(specOf(path, options), EXPLANATION, stop));
  if (done.usage !== null) throw new UsageError(done.usage);
  if (options.json !== true) printText(done.text);
  else printJson(done.errors.length === 0 ? { tests: done.tests } : { tests: done.tests, errors: done.errors });
  draw(options.svg, done.svg);
  draw(options.dot, done.dot);
  return done.code;
}

function specOf(path: string, options: ExplainCommandOptions): ExplainSpec {
  return {
    name: testName(path),
    path,
    text: readSource(path).text,
    model: options.model,
    outcome: options.outcome ?? null,
    all: options.all ?? false,
    readings: options.reading ?? DEFAULT_READINGS,
    maxExecutions: options.maxExecutions,
    maxEvents: options.maxEvents,
    maxReturns: options.maxReturns,
    maxSteps: options.maxSteps,
    milliseconds: options.timeout ?? null,
    svg: options.svg !== undefined,
    dot: options.dot !== undefined,
    color: textOptions().color,
  };
}

function draw(path: string | undefined, text: string | null): void {
  if (path === undefined) return;
  if (text === null) printNote(`nothing to draw, so ${path} is not written`);
  else writeOutput(path, text);
}

import { STACK_BOUND } from '../../explore/bounds.ts';
import { UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { explainJob } from '../explain-job.ts';
import type { ExplainDone, ExplainSpec } from '../explain-job.ts';
import { interruptible, runLongJob } from '../long-job.ts';
import type { LongJob } from '../long-job.ts';
import { modelNamed } from '../models.ts';
import { searchSpec } from '../search-job.ts';
import type { SearchOptions } from '../search-job.ts';
import { printJson, printNote, printText, writeOutput } from '../output.ts';

export interface ExplainCommandOptions extends SearchOptions {
  readonly all?: boolean;
}

const EXPLANATION: LongJob<ExplainSpec, ExplainDone> = {
  job: explainJob,
  worker: 'explain-worker.cjs',
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
    ...searchSpec(path, options),
    outcome: options.outcome ?? null,
    all: options.all ?? false,
    svg: options.svg !== undefined,
    dot: options.dot !== undefined,
  };
}

function draw(path: string | undefined, text: string | null): void {
  if (path === undefined) return;
  if (text === null) printNote(`nothing to draw, so ${path} is not written`);
  else writeOutput(path, text);
}

import type { Strategy } from '../../explore/explore.ts';
import { STACK_BOUND } from '../../explore/explore.ts';
import { EXIT, UsageError, worst } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { exploreJob } from '../explore-job.ts';
import type { ExploreDone, ExploreSpec } from '../explore-job.ts';
import { expandPaths } from '../input.ts';
import { TEST_FILES } from '../load-tests.ts';
import { interruptible, runLongJob } from '../long-job.ts';
import type { LongJob } from '../long-job.ts';
import { modelNamed } from '../models.ts';
import { searchSpec } from '../search-job.ts';
import type { SearchOptions } from '../search-job.ts';
import { printJson, printText, writeOutput } from '../output.ts';

export interface ExploreCommandOptions extends SearchOptions {
  readonly strategy: Strategy;
  readonly format: 'text' | 'herd';
  readonly draw?: boolean;
}

const EXPLORATION: LongJob<ExploreSpec, ExploreDone> = {
  job: exploreJob,
  worker: 'explore-worker.js',
  wasTooDeep: ({ tests }) => tests.some(({ bound }) => bound === STACK_BOUND),
};

export async function explore(paths: readonly string[], options: ExploreCommandOptions): Promise<ExitCode> {
  const model = modelNamed(options.model);
  if (options.strategy !== 'auto' && options.strategy !== 'axioms' && !model.assumes.interleavings) {
    throw new UsageError(`--strategy ${options.strategy} is for --model sc only`);
  }
  const files = expandPaths(paths, TEST_FILES);
  if (options.json === true && options.format === 'herd')
    throw new UsageError('--json and --format herd exclude each other');
  if (options.draw === true && (options.json === true || options.format === 'herd'))
    throw new UsageError('--draw is for the text that people read; it excludes --json and --format herd');
  const draws = options.svg !== undefined || options.dot !== undefined || options.draw === true;
  if (draws && files.length > 1)
    throw new UsageError('--draw, --svg and --dot draw one file’s execution; give one file');
  if (options.outcome !== undefined && !draws)
    throw new UsageError('--outcome says what --draw, --svg or --dot draws; give one of them');

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
    ...searchSpec(path, options),
    strategy: options.strategy,
    draw: {
      svg: options.svg !== undefined,
      dot: options.dot !== undefined,
      unicode: options.draw === true,
      outcome: options.outcome ?? null,
    },
    herd: options.format === 'herd',
  };
}

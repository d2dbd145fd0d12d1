import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
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
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';
import { showProgress } from '../progress.ts';

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

/** An exploration that is over within this many milliseconds needs no worker. */
const MOMENT = 300;
/** The search is recursive; a worker can be given a larger stack than the main thread has. */
const STACK_MB = 64;

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

  const stop = new Int32Array(new SharedArrayBuffer(4));
  const interrupt = (): void => {
    if (Atomics.exchange(stop, 0, 1) === 0) printNote('interrupted: reporting what was found so far');
    else process.exit(130);
  };
  process.on('SIGINT', interrupt);
  const tests: unknown[] = [];
  const errors: unknown[] = [];
  let code: ExitCode = EXIT.holds;
  try {
    for (const [i, path] of files.entries()) {
      const done = await exploreFile(specOf(path, options), stop);
      if (done.usage !== null) throw new UsageError(done.usage);
      code = worst(code, done.code);
      tests.push(...done.tests);
      errors.push(...done.errors.map((error) => ({ file: path, ...error })));
      if (options.json !== true) printText(i === 0 ? done.text : `\n${done.text}`);
      if (options.svg !== undefined && done.svg !== null) write(options.svg, done.svg);
      if (options.dot !== undefined && done.dot !== null) write(options.dot, done.dot);
      if (Atomics.load(stop, 0) !== 0) break;
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
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

/** Tries here for a moment, then hands over to a worker, which an interrupt can reach. */
async function exploreFile(spec: ExploreSpec, stop: Int32Array): Promise<ExploreDone> {
  const end = performance.now() + MOMENT;
  let gaveUp = false;
  const done = exploreJob(spec, { shouldStop: () => (gaveUp ||= performance.now() > end), onProgress: () => {} });
  const tooDeep = done.tests.some((report) => report.bound === STACK_BOUND);
  return gaveUp || tooDeep ? exploreInWorker(spec, stop) : done;
}

function exploreInWorker(spec: ExploreSpec, flag: Int32Array): Promise<ExploreDone> {
  const progress = showProgress(spec.name);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./explore-worker.js', import.meta.url), {
      workerData: { spec, flag },
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    worker.on('message', (message: { kind: 'progress'; executions: number } | { kind: 'done'; done: ExploreDone }) => {
      if (message.kind === 'progress') progress.update(message.executions);
      else {
        progress.stop();
        resolve(message.done);
      }
    });
    worker.on('error', (error) => {
      progress.stop();
      reject(error);
    });
  });
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

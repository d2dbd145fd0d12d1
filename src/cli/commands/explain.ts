import { writeFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { STACK_BOUND } from '../../explore/explore.ts';
import { DEFAULT_READINGS } from '../../syntax/readings.ts';
import type { Readings } from '../../syntax/readings.ts';
import { UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { explainJob } from '../explain-job.ts';
import type { ExplainDone, ExplainSpec } from '../explain-job.ts';
import { readSource, testName } from '../input.ts';
import { modelNamed } from '../models.ts';
import { printJson, printNote, printText, textOptions } from '../output.ts';
import { showProgress } from '../progress.ts';

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

/** An explanation that is found within this many milliseconds needs no worker. */
const MOMENT = 300;
/** The search is recursive; a worker can be given a larger stack than the main thread has. */
const STACK_MB = 64;

/** Says why a model allows an outcome, or why not. */
export async function explain(path: string, options: ExplainCommandOptions): Promise<ExitCode> {
  modelNamed(options.model);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const interrupt = (): void => {
    if (Atomics.exchange(stop, 0, 1) === 0) printNote('interrupted: reporting what was found so far');
    else process.exit(130);
  };
  process.on('SIGINT', interrupt);
  try {
    const done = await explainFile(specOf(path, options), stop);
    if (done.usage !== null) throw new UsageError(done.usage);
    if (options.json !== true) printText(done.text);
    else printJson(done.errors.length === 0 ? { tests: done.tests } : { tests: done.tests, errors: done.errors });
    write(options.svg, done.svg);
    write(options.dot, done.dot);
    return done.code;
  } finally {
    process.off('SIGINT', interrupt);
  }
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

/** Tries here for a moment, then hands over to a worker, which an interrupt can reach. */
async function explainFile(spec: ExplainSpec, stop: Int32Array): Promise<ExplainDone> {
  const end = performance.now() + MOMENT;
  let gaveUp = false;
  const done = explainJob(spec, { shouldStop: () => (gaveUp ||= performance.now() > end), onProgress: () => {} });
  const tooDeep = done.tests.some((test) => 'bound' in test && test.bound === STACK_BOUND);
  return gaveUp || tooDeep ? explainInWorker(spec, stop) : done;
}

function explainInWorker(spec: ExplainSpec, flag: Int32Array): Promise<ExplainDone> {
  const progress = showProgress(spec.name);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./explain-worker.js', import.meta.url), {
      workerData: { spec, flag },
      resourceLimits: { stackSizeMb: STACK_MB },
    });
    worker.on('message', (message: { kind: 'progress'; executions: number } | { kind: 'done'; done: ExplainDone }) => {
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

function write(path: string | undefined, text: string | null): void {
  if (path === undefined) return;
  if (text === null) {
    printNote(`nothing to draw, so ${path} is not written`);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

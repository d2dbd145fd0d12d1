import { Worker, parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';
import type { MemoryBound } from '../explore/explore.ts';
import { memoryBound, workerLimits } from './memory.ts';
import { printNote } from './output.ts';
import { showProgress } from './progress.ts';

/** How a job is watched while it runs. */
export interface JobControl {
  readonly shouldStop: () => boolean;
  /** Told now and then how many executions were found. */
  readonly onProgress: (executions: number) => void;
  readonly memory: MemoryBound | null;
}

/** A search of one file, whose specification and results are plain data, so that a worker can be asked to do it. */
export interface LongJob<Spec, Done> {
  readonly job: (spec: Spec, control: JobControl) => Done;
  /** The worker's file, beside the bundle; it calls {@link serveJob}. */
  readonly worker: string;
  /** Whether the search was deeper than this thread's stack. */
  readonly wasTooDeep: (done: Done) => boolean;
}

/** What long jobs are told beside what to do. */
export interface LongSpec {
  readonly name: string;
  /** How much memory a search may take. */
  readonly megabytes: number;
}

/**
 * A job that is over within this many milliseconds needs no worker. Whoever interrupts waits as long at most; a worker costs a search its
 * time until then and as much again as a start of the command.
 */
const MOMENT = 1_200;
/** Searches are recursive; a worker can be given a larger stack than the main thread has. */
export const STACK_MB = 64;

type Message<Done> =
  | { readonly kind: 'progress'; readonly executions: number }
  | { readonly kind: 'done'; readonly done: Done };

/** Runs with a flag that the first interrupt sets (1) and that workers can see; the second interrupt ends the process. */
export async function interruptible<T>(run: (stop: Int32Array) => Promise<T>): Promise<T> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const interrupt = (): void => {
    if (Atomics.exchange(stop, 0, 1) === 0) printNote('interrupted: reporting what was found so far');
    else process.exit(130);
  };
  process.on('SIGINT', interrupt);
  return run(stop).finally(() => process.off('SIGINT', interrupt));
}

/** Tries here for a moment, then hands over to `longer`: a worker, which an interrupt can reach. */
export async function runLongJob<Spec extends LongSpec, Done>(
  spec: Spec,
  work: LongJob<Spec, Done>,
  stop: Int32Array,
  longer: (spec: Spec, work: LongJob<Spec, Done>, stop: Int32Array) => Promise<Done> = inWorker,
): Promise<Done> {
  const end = performance.now() + MOMENT;
  let gaveUp = false;
  const done = work.job(spec, {
    shouldStop: () => (gaveUp ||= performance.now() > end),
    onProgress: () => {},
    memory: null,
  });
  return gaveUp || work.wasTooDeep(done) ? longer(spec, work, stop) : done;
}

/** Has a worker do it. One that runs out of memory before it notices has found nothing. */
export function inWorker<Spec extends LongSpec, Done>(
  spec: Spec,
  { job, worker: file }: LongJob<Spec, Done>,
  flag: Int32Array,
): Promise<Done> {
  const progress = showProgress(spec.name);
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(`./${file}`, import.meta.url), {
      workerData: { spec, flag },
      resourceLimits: { stackSizeMb: STACK_MB, ...workerLimits(spec.megabytes) },
    });
    worker.on('message', (message: Message<Done>) => {
      if (message.kind === 'progress') progress.update(message.executions);
      else {
        progress.stop();
        resolve(message.done);
      }
    });
    worker.on('error', (error) => {
      progress.stop();
      if (!isOutOfMemory(error)) return reject(error);
      const memory = { megabytes: spec.megabytes, isFull: () => true };
      resolve(job(spec, { shouldStop: () => false, onProgress: () => {}, memory }));
    });
  });
}

export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** The worker's side: one job, progress now and then, stopped by the shared flag. */
export function serveJob<Spec extends LongSpec, Done>(job: LongJob<Spec, Done>['job']): void {
  const { spec, flag } = workerData as { readonly spec: Spec; readonly flag: Int32Array };
  const port = known(parentPort, 'parent port');
  const post = (message: Message<Done>): void => port.postMessage(message, []);
  const done = job(spec, {
    shouldStop: () => Atomics.load(flag, 0) !== 0,
    onProgress: (executions) => post({ kind: 'progress', executions }),
    memory: memoryBound(spec.megabytes),
  });
  post({ kind: 'done', done });
}

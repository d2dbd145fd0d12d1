import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { printNote } from './output.ts';
import { showFileProgress } from './progress.ts';

/** Work on many files: plain data that says what to do with each, and a worker's file that answers paths with what came of them. */
export interface FileWork<Spec, Done> {
  readonly spec: Spec;
  /** Beside the bundle; see `serveFiles`. */
  readonly worker: string;
  readonly job: (path: string, spec: Spec) => Done;
  /** Whether it is worth the time in which workers start. */
  readonly isLong: boolean;
}

const MAX_WORKERS = 8;

/** A worker's message. */
interface Message<Done> {
  readonly path: string;
  readonly done?: Done;
  readonly error?: unknown;
}

/**
 * Works on files on all cores, in this order; what came of each, in the same order. Files that were not reached before `signal` aborted are
 * missing.
 */
export async function workOnFiles<Spec, Done>(
  paths: readonly string[],
  work: FileWork<Spec, Done>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Done>> {
  const workers = Math.min(availableParallelism(), MAX_WORKERS, paths.length);
  const isBundled = import.meta.url.endsWith('.js');
  return isBundled && workers > 1 && work.isLong ? inWorkers(paths, work, workers, signal) : here(paths, work, signal);
}

/** Runs with a signal that the first interrupt aborts; the second interrupt ends the process. */
export async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    printNote('interrupted: reporting what was judged so far');
    stop.abort();
  };
  process.on('SIGINT', interrupt);
  return run(stop.signal).finally(() => process.off('SIGINT', interrupt));
}

async function here<Spec, Done>(
  paths: readonly string[],
  { job, spec }: FileWork<Spec, Done>,
  signal: AbortSignal,
): Promise<Map<string, Done>> {
  const found = new Map<string, Done>();
  const progress = showFileProgress(paths.length);
  for (const path of paths) {
    if (signal.aborted) break;
    found.set(path, job(path, spec));
    progress.update(found.size);
    // Lets an interrupt in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.stop();
  return found;
}

function inWorkers<Spec, Done>(
  paths: readonly string[],
  work: FileWork<Spec, Done>,
  count: number,
  signal: AbortSignal,
): Promise<Map<string, Done>> {
  const found = new Map<string, Done>();
  const waiting = paths[Symbol.iterator]();
  const progress = showFileProgress(paths.length);
  return new Promise((resolve, reject) => {
    let running = count;
    const workers = Array.from({ length: count }, () => {
      const worker = new Worker(new URL(`./${work.worker}`, import.meta.url), { workerData: work.spec });
      worker.on('message', ({ path, done, error }: Message<Done>) => {
        if (done === undefined) return fail(error);
        found.set(path, done);
        progress.update(found.size);
        give(worker);
      });
      worker.on('error', fail);
      give(worker);
      return worker;
    });
    signal.addEventListener('abort', () => end(), { once: true });

    function give(worker: Worker): void {
      const next = waiting.next();
      if (next.done !== true && !signal.aborted) worker.postMessage(next.value, []);
      else if (--running === 0) end();
    }

    function end(): void {
      progress.stop();
      for (const worker of workers) void worker.terminate();
      resolve(new Map(paths.flatMap((path) => (found.has(path) ? [[path, found.get(path) as Done]] : []))));
    }

    function fail(error: unknown): void {
      progress.stop();
      for (const worker of workers) void worker.terminate();
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

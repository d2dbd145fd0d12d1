import { statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { showFileProgress } from './progress.ts';
import type { WastDone, WastSpec } from './wast-job.ts';
import { wastJob } from './wast-job.ts';

/** Text that one core judges in less time than a worker takes to start. */
const WORTH_A_WORKER = 400_000;
const MAX_WORKERS = 8;

/** A worker's message. */
interface Message {
  readonly path: string;
  readonly done?: WastDone;
  readonly error?: unknown;
}

/**
 * Judges files on all cores, the largest first; what came of each, in the order of `paths`. Files that were not reached before
 * `signal` aborted are missing.
 */
export async function judgeFiles(
  paths: readonly string[],
  spec: WastSpec,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, WastDone>> {
  const sizes = new Map(paths.map((path) => [path, statSync(path).size]));
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const workers = Math.min(availableParallelism(), MAX_WORKERS, paths.length);
  const isBundled = import.meta.url.endsWith('.js');
  const found =
    isBundled && workers > 1 && total > WORTH_A_WORKER
      ? await inWorkers(
          paths.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0)),
          spec,
          workers,
          signal,
        )
      : await here(paths, spec, signal);
  return new Map(paths.flatMap((path) => (found.has(path) ? [[path, found.get(path) as WastDone]] : [])));
}

async function here(paths: readonly string[], spec: WastSpec, signal: AbortSignal): Promise<Map<string, WastDone>> {
  const found = new Map<string, WastDone>();
  const progress = showFileProgress(paths.length);
  for (const path of paths) {
    if (signal.aborted) break;
    found.set(path, wastJob(path, spec));
    progress.update(found.size);
    // Lets an interrupt in.
    await new Promise((resolve) => setImmediate(resolve));
  }
  progress.stop();
  return found;
}

function inWorkers(
  paths: readonly string[],
  spec: WastSpec,
  count: number,
  signal: AbortSignal,
): Promise<Map<string, WastDone>> {
  const found = new Map<string, WastDone>();
  const waiting = paths[Symbol.iterator]();
  const progress = showFileProgress(paths.length);
  return new Promise((resolve, reject) => {
    let running = count;
    const workers = Array.from({ length: count }, () => {
      const worker = new Worker(new URL('./wast-worker.js', import.meta.url), { workerData: spec });
      worker.on('message', ({ path, done, error }: Message) => {
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
      resolve(found);
    }

    function fail(error: unknown): void {
      progress.stop();
      for (const worker of workers) void worker.terminate();
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  });
}

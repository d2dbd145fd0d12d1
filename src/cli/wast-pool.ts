import { statSync } from 'node:fs';
import { workOnFiles } from './file-pool.ts';
import type { WastDone, WastSpec } from './wast-job.ts';
import { wastJob } from './wast-job.ts';

/** Text that one core judges in less time than a worker takes to start. */
const WORTH_A_WORKER = 400_000;

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
  const largestFirst = paths.toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  const isLong = total > WORTH_A_WORKER;
  const work = { spec, worker: 'wast-worker.cjs', job: wastJob, isLong };
  const found = await workOnFiles(isLong ? largestFirst : paths, work, signal);
  return new Map(paths.flatMap((path) => (found.has(path) ? [[path, found.get(path) as WastDone]] : [])));
}

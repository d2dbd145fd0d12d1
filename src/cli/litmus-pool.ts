import { workOnFiles } from './file-pool.ts';
import type { LitmusDone, LitmusSpec } from './litmus-job.ts';
import { litmusJob } from './litmus-job.ts';

/** Explorations that one core does in less time than workers take to start and to have their code compiled. */
const WORTH_A_WORKER = 1_000;

/** Judges the litmus tests of files on all cores; what came of each file, in their order. Those not reached before `signal` aborted are missing. */
export function judgeLitmus(
  paths: readonly string[],
  spec: LitmusSpec,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, LitmusDone>> {
  const isLong = paths.length * spec.models.length > WORTH_A_WORKER;
  return workOnFiles(paths, { spec, worker: 'litmus-worker.cjs', job: litmusJob, isLong }, signal);
}

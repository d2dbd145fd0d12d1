import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';
import { exploreJob } from './explore-job.ts';
import type { ExploreSpec } from './explore-job.ts';

/** The worker's side of a long exploration: one job, progress now and then, stopped by a shared flag. */
const { spec, flag } = workerData as { readonly spec: ExploreSpec; readonly flag: Int32Array };
const port = known(parentPort, 'parent port');

const done = exploreJob(spec, {
  shouldStop: () => Atomics.load(flag, 0) !== 0,
  onProgress: (executions) => port.postMessage({ kind: 'progress', executions }),
});
port.postMessage({ kind: 'done', done });

import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';
import { explainJob } from './explain-job.ts';
import type { ExplainSpec } from './explain-job.ts';

/** The worker's side of a long explanation: one job, progress now and then, stopped by a shared flag. */
const { spec, flag } = workerData as { readonly spec: ExplainSpec; readonly flag: Int32Array };
const port = known(parentPort, 'parent port');

const done = explainJob(spec, {
  shouldStop: () => Atomics.load(flag, 0) !== 0,
  onProgress: (executions) => port.postMessage({ kind: 'progress', executions }),
});
port.postMessage({ kind: 'done', done });

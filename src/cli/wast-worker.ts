import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';
import type { WastSpec } from './wast-job.ts';
import { wastJob } from './wast-job.ts';

/** The worker's side of a run of many scripts: one path after the other, each answered with what came of it. */
const spec = workerData as WastSpec;
const port = known(parentPort, 'parent port');

port.on('message', (path: string) => {
  try {
    port.postMessage({ path, done: wastJob(path, spec) });
  } catch (error) {
    port.postMessage({ path, error });
  }
});

import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';

/** The worker's side of work on many files: one path after the other, each answered with what came of it. */
export function serveFiles<Spec, Done>(job: (path: string, spec: Spec) => Done): void {
  const spec = workerData as Spec;
  const port = known(parentPort, 'parent port');
  port.on('message', (path: string) => {
    try {
      port.postMessage({ path, done: job(path, spec) });
    } catch (error) {
      port.postMessage({ path, error });
    }
  });
}

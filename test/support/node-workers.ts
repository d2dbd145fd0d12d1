import { nodeWorkers } from '../../src/embed/workers/node.ts';
import type { WorkerFactory } from '../../src/embed/workers/messages.ts';

/** Workers of Node's whose program is run from its source. */
export function sourceWorkers(): WorkerFactory {
  return nodeWorkers(new URL('source-worker.mjs', import.meta.url));
}

import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../base/assert.ts';
import type { DividedSearch, Progressed } from '../explore/divide.ts';
import { dividedSearch } from './explore-job.ts';
import type { ExploreSpec, LongSearch } from './explore-job.ts';
import { memoryBound } from './memory.ts';
import type { Answer, Order } from './part-pool.ts';

/** A worker of the pool: explores parts of one search. */

/** Milliseconds between two looks at the clock are few, and looking is cheap. */
const { spec, search, flag, megabytes } = workerData as {
  readonly spec: ExploreSpec;
  readonly search: LongSearch;
  readonly flag: Int32Array;
  readonly megabytes: number;
};
const port = known(parentPort, 'parent port');
let divided: DividedSearch<unknown> | null = null;

port.on('message', (order: Order) => port.postMessage(answerTo(order), []));

function answerTo(order: Order): Answer {
  const control = { shouldStop: () => Atomics.load(flag, 0) !== 0, onProgress: () => {}, memory: null };
  divided ??= dividedSearch(spec, search, control);
  if (order.kind === 'needed') return { kind: 'needed', kept: divided.needed(order.progressed satisfies Progressed) };
  const memory = memoryBound(megabytes);
  const wasFresh = divided.isFresh;
  const end = performance.now() + order.milliseconds;
  const part = divided.part(order.task, order.names, () => performance.now() > end || memory.isFull());
  // What was learnt of the threads is what grows: a part that fills the memory without any of it cannot be explored.
  const isFull = memory.isFull();
  if (isFull) divided.forget();
  return { kind: 'part', part, isFull: isFull && wasFresh };
}

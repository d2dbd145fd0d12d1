import { totalmem } from 'node:os';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ResourceLimits } from 'node:worker_threads';
import type { MemoryBound } from '../explore/explore.ts';

const MB = 2 ** 20;

/** Half of what the machine has. */
export const DEFAULT_MEGABYTES = Math.floor(totalmem() / 2 / MB);

/** How often it is asked for every time that it looks. */
const EVERY = 256;
/** Above this share of the bound after garbage was collected there is no use in going on. */
const NEARLY = 0.9;

/** A bound on the memory of this thread of Node's, garbage not counted. */
export function memoryBound(megabytes: number): MemoryBound {
  let asked = 0;
  let isFull = false;
  let collect: (() => void) | null = null;
  return {
    megabytes,
    isFull: () => {
      if (isFull || asked++ % EVERY !== 0 || used() <= megabytes * MB) return isFull;
      collect ??= collector();
      collect();
      isFull = used() > NEARLY * megabytes * MB;
      return isFull;
    },
  };
}

/** For what a search makes and throws away at once: what it keeps is looked through the less often. */
const YOUNG_MEGABYTES = 96;

/** What a worker may have, so that it reaches the bound before its limit. */
export function workerLimits(megabytes: number): ResourceLimits {
  return { maxOldGenerationSizeMb: Math.ceil(1.5 * megabytes) + 128, maxYoungGenerationSizeMb: YOUNG_MEGABYTES };
}

function used(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}

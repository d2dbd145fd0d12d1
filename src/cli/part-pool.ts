import { Worker } from 'node:worker_threads';
import { tooManyExecutions, tooManyMegabytes, tooManySeconds } from '../explore/bounds.ts';
import type { Ended, PartDone, Progressed } from '../explore/divide.ts';
import { weightOf } from '../explore/divide.ts';
import { absorb, emptyTally, executionsIn } from '../explore/tally.ts';
import type { Kept } from '../explore/tally.ts';
import { WHOLE } from '../explore/task.ts';
import type { Task } from '../explore/task.ts';
import { ThreadNames } from '../explore/thread-names.ts';
import type { NamedThread } from '../explore/thread-names.ts';
import type { ExploreSpec, LongSearch } from './explore-job.ts';
import { isOutOfMemory, STACK_MB } from './long-job.ts';
import { memoryBound, workerLimits } from './memory.ts';
import { showProgress } from './progress.ts';

/** What a worker is asked. */
export type Order =
  | {
      readonly kind: 'part';
      readonly task: Task;
      readonly names: readonly NamedThread[];
      readonly milliseconds: number;
    }
  /** Which of the kept executions are needed. */
  | { readonly kind: 'needed'; readonly progressed: Progressed };

export type Answer =
  /** `isFull`: the part alone takes more memory than there may be. */
  | { readonly kind: 'part'; readonly part: PartDone; readonly isFull: boolean }
  | { readonly kind: 'needed'; readonly kept: readonly Kept[] };

export interface PoolOptions {
  readonly jobs: number;
  /** What was known before. */
  readonly known: Progressed | null;
  /** Told now and then what is known, and at the end. */
  readonly save: (progressed: Progressed) => void;
  /** Milliseconds between two such times. */
  readonly saving: number;
  /** Set by an interrupt. */
  readonly stop: Int32Array;
}

/** How long a part is at first, and later: long enough that handing it out does not matter, short enough that all have work. */
const FIRST_SLICE = 50;
const SLICE = 500;
/** Kept executions beyond which those that are not needed are dropped. */
const MANY_KEPT = 20_000;

export const NOTHING_KNOWN: Progressed = { tally: emptyTally(), rest: [WHOLE], names: [] };

/** Explores a search in parts on some workers; what is known at its end, and why it ended early, if it did. */
export function exploreInParts(
  spec: ExploreSpec,
  search: LongSearch,
  options: PoolOptions,
): Promise<{ readonly progressed: Progressed; readonly ended: Ended }> {
  const { jobs, stop, save, saving } = options;
  const { tally, rest: left, names: given } = options.known ?? { ...NOTHING_KNOWN, tally: emptyTally() };
  const rest = [...left];
  const names = new ThreadNames();
  names.giveAlike(given, spec.readings);
  const megabytes = Math.max(32, Math.floor(spec.megabytes / (jobs + 1)));
  const memory = memoryBound(megabytes);
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const started = performance.now();
  const progress = showProgress(spec.name);
  let saved = started;
  let ended: Ended = null;
  let keptLimit = MANY_KEPT;
  let condensing = false;

  return new Promise((resolve, reject) => {
    const running = new Map<Worker, Task | null>();
    const idle = new Set<Worker>();
    save(progressed());
    const watch = setInterval(() => failing(look), 100);
    for (let i = 0; i < jobs; i++) idle.add(begin());
    hand();

    /** What goes wrong in an event ends the search. */
    function failing(act: () => void): void {
      try {
        act();
      } catch (error) {
        close();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }

    function begin(): Worker {
      const worker = new Worker(new URL('./part-worker.cjs', import.meta.url), {
        workerData: { spec, search, flag, megabytes },
        resourceLimits: { stackSizeMb: STACK_MB, ...workerLimits(megabytes) },
      });
      worker.on('message', (answer: Answer) => failing(() => take(worker, answer)));
      worker.on('error', (error) => failing(() => lose(worker, error)));
      return worker;
    }

    /** All tasks that nobody has finished. */
    function progressed(): Progressed {
      const begun = [...running.values()].filter((task) => task !== null);
      return { tally, rest: [...rest, ...begun], names: names.given };
    }

    /** Gives the idle something to do; ends where nothing is left. */
    function hand(): void {
      if (ended === null && !condensing && tally.kept.length > keptLimit && running.size === 0) return condense();
      const waits = tally.kept.length > keptLimit && running.size > 0;
      for (const worker of idle) {
        if (ended !== null || waits) break;
        const task = rest.pop();
        if (task === undefined) break;
        idle.delete(worker);
        running.set(worker, task);
        const milliseconds = rest.length < jobs ? FIRST_SLICE : SLICE;
        worker.postMessage({ kind: 'part', task, names: names.given, milliseconds } satisfies Order, []);
      }
      if (running.size === 0) finish();
    }

    /** Drops what is kept and not needed. Nobody runs meanwhile, so that nothing is added. */
    function condense(): void {
      const [worker] = idle;
      if (worker === undefined) return finish();
      condensing = true;
      idle.delete(worker);
      running.set(worker, null);
      worker.postMessage({ kind: 'needed', progressed: progressed() } satisfies Order, []);
    }

    function take(worker: Worker, answer: Answer): void {
      const task = running.get(worker) ?? null;
      running.delete(worker);
      idle.add(worker);
      if (answer.kind === 'needed') {
        tally.kept = [...answer.kept];
        keptLimit = Math.max(MANY_KEPT, 2 * tally.kept.length);
        condensing = false;
      } else if (!names.giveAlike(answer.part.names, spec.readings)) {
        // It numbered threads that others had numbered before, otherwise: once more, by their numbers.
        if (task !== null) rest.push(task);
      } else {
        absorb(tally, answer.part.tally);
        rest.push(...answer.part.rest);
        if (answer.isFull) end({ bound: tooManyMegabytes(spec.megabytes) });
      }
      look();
      hand();
    }

    function look(): void {
      const executions = executionsIn(tally);
      const { maxExecutions, milliseconds } = spec;
      progress.update(executions, weightOf(progressed().rest));
      if (Atomics.load(stop, 0) !== 0) end('interrupted');
      else if (executions >= maxExecutions) end({ bound: tooManyExecutions(maxExecutions) });
      else if (milliseconds !== null && performance.now() - started > milliseconds)
        end({ bound: tooManySeconds(milliseconds) });
      else if (memory.isFull()) end({ bound: tooManyMegabytes(spec.megabytes) });
      if (performance.now() - saved < saving) return;
      save(progressed());
      saved = performance.now();
    }

    function end(why: Ended): void {
      if (ended !== null || (rest.length === 0 && running.size === 0)) return;
      ended = why;
      Atomics.store(flag, 0, 1);
    }

    function lose(worker: Worker, error: unknown): void {
      const task = running.get(worker) ?? null;
      running.delete(worker);
      idle.delete(worker);
      if (!isOutOfMemory(error)) throw error;
      condensing = false;
      if (task !== null) rest.push(task);
      end({ bound: tooManyMegabytes(spec.megabytes) });
      if (running.size === 0) finish();
    }

    function close(): void {
      clearInterval(watch);
      progress.stop();
      for (const worker of [...idle, ...running.keys()]) void worker.terminate();
    }

    function finish(): void {
      close();
      save(progressed());
      resolve({ progressed: progressed(), ended });
    }
  });
}

import { makeExec } from '../exec/executor.ts';
import { SharedStore } from '../exec/store.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Compartment } from '../runtime/embed/compartment.ts';
import { makeCompartment, nextName } from '../runtime/embed/compartment.ts';
import type { Readings } from '../syntax/readings.ts';
import { DEFAULT_READINGS } from '../syntax/readings.ts';
import { makeFront } from './front.ts';
import { makeRunner } from './runner.ts';
import type { WorkerFactory } from './workers/messages.ts';
import { startWorker } from './workers/start-worker.ts';
import { makeWorkerRunner } from './workers/worker-runner.ts';
import { WorkerStore } from './workers/worker-store.ts';

export interface CompartmentOptions<S> {
  /** What messages call it. */
  readonly name?: string;
  readonly readings?: Readings;
  /** Instead of the fast executor; `readings` and `fuel` are then its own. */
  readonly executor?: Executor<S>;
  /** Steps that a thread may take without a request, so that an endless loop ends; without a limit unless given. */
  readonly fuel?: number;
  /** Requests that a call may make, with the threads that run meanwhile; without a limit unless given. */
  readonly requests?: number;
  /** Pages that all memories may have together: growth over it fails, and modules that want more are refused. */
  readonly pages?: number;
  /**
   * Where threads of the system come from, for `Compartment.worker`: `nodeWorkers()` or `webWorkers(…)`. Shared memories and globals are then
   * in `SharedArrayBuffer`s, and a wait blocks the thread that waits; `executor` is for compartments without.
   */
  readonly workers?: WorkerFactory;
}

/** A compartment with an executor and a store of its own. */
export function createCompartment<S = never>(options: CompartmentOptions<S> = {}): Compartment {
  const { name = nextName(), readings = DEFAULT_READINGS, executor, fuel = Infinity } = options;
  const { requests = Infinity, pages = Infinity } = options;
  const common = { name, front: makeFront(readings), limits: { requests, pages } };
  if (options.workers !== undefined) {
    const { workers } = options;
    return makeCompartment({
      ...common,
      executor: makeExec({ readings, fuel }),
      store: new WorkerStore({ writeBack: false, pages }),
      runner: makeWorkerRunner({ readings, fuel }),
      startWorker: (home) => startWorker(home, workers, { readings, fuel, pages }),
    });
  }
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back', pages });
  return executor === undefined
    ? makeCompartment({
        ...common,
        store,
        executor: makeExec({ readings, fuel }),
        runner: makeRunner({ readings, fuel }),
      })
    : makeCompartment({ ...common, store, executor, runner: null });
}

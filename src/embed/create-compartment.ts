import { makeExec } from '../exec/executor.ts';
import { SharedStore } from '../exec/store.ts';
import type { Executor } from '../runtime/executor.ts';
import type { Compartment } from '../runtime/embed/compartment.ts';
import { makeCompartment, nextName } from '../runtime/embed/compartment.ts';
import type { Readings } from '../syntax/readings.ts';
import { DEFAULT_READINGS } from '../syntax/readings.ts';
import { makeFront } from './front.ts';
import { makeRunner } from './runner.ts';

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
}

/** A compartment with an executor and a store of its own. */
export function createCompartment<S = never>(options: CompartmentOptions<S> = {}): Compartment {
  const { name = nextName(), readings = DEFAULT_READINGS, executor, fuel = Infinity } = options;
  const { requests = Infinity, pages = Infinity } = options;
  const store = new SharedStore({ writeBack: readings['cmpxchg-failure'] === 'write-back', pages });
  const common = { name, store, front: makeFront(readings), limits: { requests, pages } };
  return executor === undefined
    ? makeCompartment({ ...common, executor: makeExec({ readings, fuel }), runner: makeRunner({ readings, fuel }) })
    : makeCompartment({ ...common, executor, runner: null });
}

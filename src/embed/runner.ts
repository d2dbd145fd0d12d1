import { assert, assertNever } from '../base/assert.ts';
import { callSequential } from '../exec/js/call.ts';
import { SharedStore } from '../exec/store.ts';
import type { CallEnd } from '../runtime/embed/calls.ts';
import type { Runner } from '../runtime/embed/parts.ts';
import type { ExecutorOptions } from '../runtime/executor.ts';
import type { CallOutcome } from '../exec/sequential.ts';

/** Calls of threads that are alone, compiled to JavaScript where that can be. */
export function makeRunner(options: ExecutorOptions): Runner {
  return (store, func, args, locals) => {
    assert(store instanceof SharedStore, 'compiled code runs over a store of its own');
    const { ending, locals: left } = callSequential(options, func, args, store, locals);
    return { end: endOf(ending), locals: left };
  };
}

export function endOf(ending: CallOutcome['ending']): CallEnd {
  switch (ending.kind) {
    case 'results':
      return { kind: 'return', values: ending.values };
    case 'trap':
      return {
        kind: 'trap',
        reason: ending.reason,
        ...(ending.exception === undefined ? {} : { exception: ending.exception }),
        ...('cause' in ending ? { cause: ending.cause } : {}),
      };
    case 'bound':
      return { kind: 'bound', what: ending.what };
    case 'deadlock':
      return ending;
    default:
      return assertNever(ending);
  }
}

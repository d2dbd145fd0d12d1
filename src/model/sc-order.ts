import type { EventId, Execution } from '../event/execution.ts';
import { sc } from './definitions.ts';
import { nativeModel } from './native.ts';

const model = nativeModel({ base: sc });

/** Whether some interleaving explains every read of the execution [OOPSLA19 Fig. 17, is-seqcst]. */
export function isSequentiallyConsistent(execution: Execution): boolean {
  return interleavingOf(execution) !== null;
}

/** An order of all events in which every read takes the latest write; null if there is none. */
export function interleavingOf(execution: Execution): readonly EventId[] | null {
  const verdict = model.check(execution);
  return verdict.consistent ? verdict.tot : null;
}

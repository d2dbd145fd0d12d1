import type { Execution } from '../event/execution.ts';
import { sc } from './definitions.ts';
import { nativeModel } from './native.ts';

const model = nativeModel({ base: sc });

/** Whether some interleaving explains every read of the execution [OOPSLA19 Fig. 17, is-seqcst]. */
export function isSequentiallyConsistent(execution: Execution): boolean {
  return model.check(execution).consistent;
}

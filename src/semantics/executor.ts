import { Bug } from '../base/assert.ts';
import type { Executor, ExecutorOptions } from '../runtime/executor.ts';
import type { State } from './config.ts';
import type { Reduce } from './rules.ts';
import { reductions } from './rules.ts';
import { hashData, sameData } from './same.ts';
import { initial, runToRequest } from './step.ts';

/** The definitional semantics as an executor: slow, and right by being read. `reduce` may be watched, or changed, by who tests it. */
export function makeSemantics(
  { readings, fuel }: ExecutorOptions,
  reduce: Reduce = reductions(readings),
): Executor<State> {
  return {
    name: 'semantics',
    start: (start) => runToRequest(reduce, initial(start), null, fuel),
    resume: (state, response) => runToRequest(reduce, state, response, fuel),
    sameState: sameData,
    stateHash: hashData,
    completion({ admin, context }) {
      if (admin?.kind !== 'done') throw new Bug('the thread is not done');
      return { results: admin.results, locals: context };
    },
    threadLocals: ({ context }) => context,
  };
}

import { NOWHERE } from '../../base/span.ts';
import { Bug } from '../../base/assert.ts';
import type { Patch } from 'immer';
import type { HostRequest, Request } from '../../event/request.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { State } from '../../semantics/config.ts';
import type { Reduce } from '../../semantics/rules.ts';
import { reductions } from '../../semantics/rules.ts';
import { hashData, sameData } from '../../semantics/same.ts';
import { initial, requestOf, stepWithPatches } from '../../semantics/step.ts';
import type { Readings } from '../../syntax/readings.ts';

/** A configuration, and the reduction that led to it; null of a call's first. */
export interface SmallState {
  readonly state: State;
  readonly made: Made | null;
}

/** A reduction: its rule, and what it changed, both ways. */
export interface Made {
  readonly rule: string;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** Asked between two silent steps, which ask nothing of the world: who looks answers it by `unit`. No host function has such a name. */
const SILENT: HostRequest = {
  kind: 'host',
  name: '\0silent',
  args: [],
  site: { at: NOWHERE, text: '', shows: null },
};

export function isSilent(request: Request): boolean {
  return request.kind === 'host' && request.name === SILENT.name;
}

/** The definitional semantics as an executor that stops after every single reduction. */
export function makeSmallSteps(readings: Readings, reduce: Reduce = reductions(readings)): Executor<SmallState> {
  return {
    name: 'semantics',
    start(start) {
      const state = initial(start);
      return { state: { state, made: null }, request: requestOf(reduce, state) ?? SILENT };
    },
    resume({ state: before }, response) {
      const answer = requestOf(reduce, before) === null ? null : response;
      const { state, ...made } = stepWithPatches(reduce, before, answer);
      return { state: { state, made }, request: requestOf(reduce, state) ?? SILENT };
    },
    sameState: (a, b) => sameData(a.state, b.state),
    stateHash: ({ state }) => hashData(state),
    completion({ state: { admin, context } }) {
      if (admin?.kind !== 'done') throw new Bug('the thread is not done');
      return { results: admin.results, locals: context };
    },
    threadLocals: ({ state }) => state.context,
  };
}

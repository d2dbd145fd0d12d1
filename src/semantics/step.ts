import type { Patch } from 'immer';
import { enableMapSet, enablePatches, produce, produceWithPatches } from 'immer';
import { known } from '../base/assert.ts';
import { NOWHERE } from '../base/span.ts';
import type { DoneRequest, Request, Response, Site, TrapRequest } from '../event/request.ts';
import type { CallStart } from '../runtime/executor.ts';
import { atomOf } from './call.ts';
import type { Admin, Config, State } from './config.ts';
import { labelOf } from './config.ts';
import { ownFrame } from './frames.ts';
import type { Reduce } from './rules.ts';
import { siteOf } from './rule.ts';

enableMapSet();
enablePatches();

/** One reduction: the rule that was applied and the configuration that it led to. */
interface Step {
  readonly rule: string;
  readonly state: State;
}

/** A step with the way there and back, for travelling in time: `applyPatches` of immer takes either. */
interface PatchedStep extends Step {
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** The configuration that is about to call `start`'s function. */
export function initial(start: CallStart): State {
  const site: Site = { at: NOWHERE, text: 'invoke', shows: null };
  const admin = { kind: 'invoke', func: atomOf(start.func), args: [...start.args], caller: null, site } as const;
  return { context: new Map(start.locals), frame: null, callers: null, admin, tells: start.tells ?? false };
}

/**
 * What the configuration asks of the world before it can go on: also `done` and `trap`, which nothing answers. Null if
 * its next step is silent.
 */
export function requestOf(reduce: Reduce, z: State): Request | null {
  if (z.admin?.kind === 'done') return doneRequest(z.admin, z.tells);
  if (z.admin?.kind === 'trap') return trapRequest(z.admin);
  return reduce(z)?.ask(z) ?? null;
}

/** A thread's code is that of an exit, or its result if it tells that. */
function doneRequest({ code, results: [result] }: Extract<Admin, { kind: 'done' }>, tells: boolean): DoneRequest {
  if (code !== null) return { kind: 'done', code };
  const isInteger = result?.type === 'i32' || result?.type === 'i64';
  return tells && isInteger ? { kind: 'done', code: BigInt(result.value) } : { kind: 'done' };
}

function trapRequest({ reason, site, exception, cause }: Extract<Admin, { kind: 'trap' }>): TrapRequest {
  return {
    kind: 'trap',
    reason,
    ...(exception === null ? {} : { exception }),
    ...(cause === null ? {} : { cause: cause.it }),
    site,
  };
}

/** One reduction step; `answer` is the world's answer to {@link requestOf}, null where that is null. */
export function stepOnce(reduce: Reduce, z: State, answer: Response | null): Step {
  const reduction = known(reduce(z), 'reduction');
  return { rule: reduction.id, state: produceState(z, (draft) => reduction.step(draft, answer)) };
}

/** {@link stepOnce} with immer's patches. */
export function stepWithPatches(reduce: Reduce, z: State, answer: Response | null): PatchedStep {
  const reduction = known(reduce(z), 'reduction');
  const [state, patches, inverse] = produceWithPatches<Config, Config>(asConfig(z), (draft) =>
    reduction.step(draft, answer),
  );
  return { rule: reduction.id, state, patches, inverse };
}

/** How silent steps ended: at a request, or after `fuel` of them. */
interface Run {
  readonly state: State;
  readonly request: Request;
}

/**
 * Answers the configuration, if it asked anything, and steps until it asks again: the reflexive transitive closure of
 * silent steps. Nobody looks at what is in between, so they are made in place, on a copy. More than `fuel` steps are too many.
 */
export function runToRequest(reduce: Reduce, z: State, answer: Response | null, fuel: number): Run {
  const state = copyOf(z);
  if (answer !== null) known(reduce(state), 'reduction').step(state, answer);
  for (let spent = 0; spent < fuel; spent++) {
    const reduction = reduce(state);
    if (reduction === null) break;
    const request = reduction.ask(state);
    if (request !== null) return { state, request };
    reduction.step(state, null);
  }
  return {
    state,
    request: requestOf(reduce, state) ?? { kind: 'bound', what: 'steps', site: siteOfNext(reduce, state) },
  };
}

function siteOfNext(reduce: Reduce, z: State): Site {
  if (z.admin !== null && 'site' in z.admin) return z.admin.site;
  const instr = reduce(z)?.instr ?? labelOf(z).code.it.at(-1);
  return instr === undefined || instr === null ? { at: NOWHERE, text: 'end', shows: null } : siteOf(instr);
}

function produceState(z: State, recipe: (draft: Config) => void): State {
  return produce<Config, Config>(asConfig(z), recipe);
}

/** A configuration of its own. The callers are shared: they are never changed. */
function copyOf({ context, frame, callers, admin, tells }: State): Config {
  return { context: new Map(context), frame: frame === null ? null : ownFrame(frame), callers, admin, tells };
}

/** Immer drafts it, and leaves the original alone. */
function asConfig(z: State): Config {
  return z as Config;
}

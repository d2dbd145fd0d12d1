import { known } from '../../base/assert.ts';
import type { Request, Start } from '../../event/request.ts';
import { UNIT } from '../../event/request.ts';
import type { Machine, Suspended } from '../../runtime/executor.ts';
import type { Program } from '../../runtime/program.ts';
import { makeScriptMachine } from '../../runtime/script-machine.ts';
import type { CallStart } from '../../runtime/executor.ts';
import type { ScriptStart, ScriptState } from '../../runtime/script-state.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Explored } from '../publication.ts';
import { explored } from '../publication.ts';
import type { SmallState } from './small-steps.ts';
import { isSilent, makeSmallSteps } from './small-steps.ts';

export type SmallScript = ScriptState<Explored<SmallState>>;

/**
 * All states of a thread from an answer (or its start) to its next request: the last is where it asks. So the searches' worlds run threads from
 * request to request, as ever, and who walks sees each reduction in between.
 */
export type Segment = readonly Suspended<SmallScript>[];

/** The state in which the thread asks. */
export function lastOf(segment: Segment): Suspended<SmallScript> {
  return known(segment.at(-1), 'last state');
}

/** What the thread's code has come to; null between the actions of a script. */
export function codeOf(script: SmallScript): SmallState | null {
  if (script.kind === 'call') return script.inner.inner;
  const { task } = script;
  return task.kind === 'invoke' || task.kind === 'start' ? task.inner.inner : null;
}

/** The machine of a program whose states are segments. More than `fuel` silent steps at once are too many. */
export function makeSegments(
  program: Program,
  readings: Readings,
  fuel: number,
): Machine<Segment, ScriptStart | CallStart> {
  const machine = makeScriptMachine(explored(makeSmallSteps(readings), readings), program);

  function run(first: Suspended<SmallScript>): Suspended<Segment> {
    const segment = [first];
    let at = first;
    while (isSilent(at.request)) {
      if (segment.length > fuel) return { state: segment, request: tooMany(at.request) };
      at = machine.resume(at.state, UNIT);
      segment.push(at);
    }
    return { state: segment, request: at.request };
  }

  return {
    start: (start: Start) => run(machine.start(start as ScriptStart | CallStart)),
    resume: (segment, response) => run(machine.resume(lastOf(segment).state, response)),
    sameState: (a, b) => machine.sameState(lastOf(a).state, lastOf(b).state),
    stateHash: (segment) => machine.stateHash(lastOf(segment).state),
  };
}

function tooMany(silent: Request): Request {
  const { site } = silent as Extract<Request, { kind: 'host' }>;
  return { kind: 'bound', what: 'steps', site };
}

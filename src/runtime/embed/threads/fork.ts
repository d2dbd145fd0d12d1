import type { Request, Site } from '../../../event/request.ts';
import type { ThreadId } from '../../../event/location.ts';
import { assert, known } from '../../../base/assert.ts';
import type { Response } from '../../../event/request.ts';
import type { Value } from '../../../syntax/values.ts';
import type { CallStart } from '../../executor.ts';
import { runningCompartment } from '../running.ts';
import type { Compartment } from '../compartment.ts';

/** A new thread in the caller's group. */
export function fork(start: CallStart, site: Site): Request {
  return { kind: 'fork', start, name: null, site };
}

export function trap(reason: string, site: Site): Request {
  return { kind: 'trap', reason, site };
}

/** The compartment whose code asks; not the one that the function was made in, where a clone of that asks. */
export function asking(): Compartment {
  return known(runningCompartment(), 'running compartment');
}

export function threadIn(answer: Response): ThreadId {
  assert(answer.kind === 'forked', 'a fork is answered by its thread');
  return answer.thread;
}

/** A 32-bit argument. */
export function i32Of(value: Value | undefined): number {
  assert(value?.type === 'i32', 'an i32');
  return value.value;
}

export function i32(value: number): Value {
  return { type: 'i32', value };
}

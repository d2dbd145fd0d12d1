import { fieldOf } from '../../src/event/location.ts';
import type { ThreadId } from '../../src/event/location.ts';
import type { AccessRequest, Request, Response } from '../../src/event/request.ts';
import { UNIT } from '../../src/event/request.ts';
import type { SharedStore } from '../../src/exec/store.ts';
import type { Choices } from '../property/generators/modules/choices.ts';
import type { Answer } from './agreement.ts';

/** Answers as a store gives them; who would wait is soon woken or out of time, and every thread has ended with the code 5. */
export function storeAnswers(store: SharedStore, c: Choices): Answer {
  let threads = 1;
  return (request) => {
    if (request.kind === 'fork') return { kind: 'forked', thread: threads++ as ThreadId };
    if (request.kind === 'join') return { kind: 'joined', code: 5n };
    const answer = store.answer(request);
    if (answer?.kind !== 'waiter') return answer;
    if (request.kind === 'wait') store.giveUp(request, answer);
    return { kind: 'waited', result: c.chance(1, 2) ? 0 : 2 };
  };
}

/**
 * Answers that no store gives: numbers that nobody wrote, waiters woken by nobody, accesses in bounds and out of them as it happens. References are those
 * that were written, since code trusts their types.
 */
export function wildAnswers(store: SharedStore, c: Choices): Answer {
  const plain = storeAnswers(store, c);
  return (request) => {
    switch (request.kind) {
      case 'access':
        return wildAccess(request, plain, c);
      case 'grow':
        return c.chance(1, 2) ? { kind: 'grown', previous: c.below(4) - 1 } : plain(request);
      case 'wait':
        return { kind: 'waited', result: c.pick([0, 1, 2] as const) };
      case 'notify':
        return { kind: 'notified', woke: c.below(3) };
      case 'join':
        return { kind: 'joined', code: c.pick([0n, 1n, -1n, 2n ** 40n]) };
      case 'host':
        return UNIT;
      default:
        return plain(request);
    }
  };
}

const WILD_BYTES = 16;

function wildAccess(request: AccessRequest, plain: Answer, c: Choices): Response | null {
  if (request.bounds !== null && c.chance(1, 48)) return { kind: 'out-of-bounds' };
  const answer = plain(request as Request);
  if (answer?.kind !== 'units' || request.site.shows === 'ref' || c.chance(1, 3)) return answer;
  const { length } = answer.units;
  const [action] = request.actions;
  if (action === undefined || request.actions.length > 1 || length === 0 || length > WILD_BYTES) return answer;
  if (fieldOf(action.region) === 'length') return { kind: 'units', units: [c.below(70_000)] };
  const byte = (): number => (c.chance(1, 3) ? c.below(256) : c.pick([0, 1, 0xff, 0x7f, 0x80]));
  return { kind: 'units', units: Uint8Array.from({ length }, byte) };
}

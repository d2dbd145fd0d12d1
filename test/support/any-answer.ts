import { known } from '../../src/base/assert.ts';
import type { ThreadId } from '../../src/event/location.ts';
import { MAIN, objectAddr } from '../../src/event/location.ts';
import type { Request, Response } from '../../src/event/request.ts';
import { UNIT } from '../../src/event/request.ts';
import { NULL } from '../../src/syntax/values.ts';

/** A choice below a number. */
export type Pick = (below: number) => number;

/** Anything, as the request's kind allows. */
export function anyAnswer(request: Request, pick: Pick): Response {
  switch (request.kind) {
    case 'access': {
      if (request.bounds !== null && pick(20) === 0) return { kind: 'out-of-bounds' };
      const reading = request.actions.filter((action) => action.kind === 'rd' || action.kind === 'rmw');
      const size = reading.reduce((sum, action) => sum + Math.min(action.size, 16), 0);
      if (request.site.shows === 'ref') return { kind: 'units', units: Array.from({ length: size }, () => NULL.id) };
      return { kind: 'units', units: Uint8Array.from({ length: size }, () => (pick(3) === 0 ? pick(256) : pick(2))) };
    }
    case 'grow':
      return { kind: 'grown', previous: pick(4) - 1 };
    case 'wait':
      return { kind: 'waited', result: known(([0, 1, 2] as const)[pick(3)], 'result') };
    case 'notify':
      return { kind: 'notified', woke: pick(3) };
    case 'fork':
      return { kind: 'forked', thread: (1 + pick(3)) as ThreadId };
    case 'join':
      return { kind: 'joined', code: BigInt(pick(3)) };
    case 'new':
      return { kind: 'new', addr: objectAddr(MAIN, pick(1_000)) };
    default:
      return UNIT;
  }
}

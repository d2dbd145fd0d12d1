import { assertNever } from '../base/assert.ts';
import type { Concluded, LocatedRequest } from '../event/answer.ts';
import { concludeAccess, concludeGrow, concludeNotify, concludeWait, inBounds, mayGrow } from '../event/answer.ts';
import type { GrowRequest, Response, WaitRequest } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { Readings } from '../syntax/readings.ts';

/** Whether growth may succeed, fail, or both. */
export function growths(request: GrowRequest, length: number, readings: Readings): boolean[] {
  if (!mayGrow(request, length)) return [false];
  return readings['grow-failure'] === 'any' ? [true, false] : [true];
}

/** How a waiting thread leaves its queue by itself: the event (and queue action) and the wait's answer. */
export interface Leave {
  readonly kind: 'timeout' | 'spurious';
  readonly response: Response;
}

const TIMEOUT: Leave = { kind: 'timeout', response: { kind: 'waited', result: 2 } };
const SPURIOUS: Leave = { kind: 'spurious', response: { kind: 'waited', result: 0 } };

/** Every way in which a waiting thread may leave its queue by itself. One that cannot time out may also wait for ever. */
export function leaves(request: WaitRequest, readings: Readings): readonly Leave[] {
  return [
    ...(request.timeout >= 0n ? [TIMEOUT] : []),
    ...(readings['spurious-wakeups'] === 'allowed' ? [SPURIOUS] : []),
  ];
}

/**
 * Every way in which a request may end once its reads are known. How many a notify wakes is guessed here, `others` at most (the
 * threads that may wait); the order of the queue says later who guessed right.
 */
export function conclusions(
  request: LocatedRequest,
  length: number | null,
  reads: readonly Units[],
  readings: Readings,
  others: number,
): Concluded[] {
  switch (request.kind) {
    case 'access':
      return [concludeAccess(request, length, reads, { writeBack: readings['cmpxchg-failure'] === 'write-back' })];
    case 'grow':
      return growths(request, length ?? 0, readings).map((succeeds) => concludeGrow(request, length ?? 0, succeeds));
    case 'wait':
      return [concludeWait(request, length ?? 0, reads)];
    case 'notify': {
      if (!inBounds(request.bounds, length ?? 0)) return [concludeNotify(request, length ?? 0, 0)];
      const most = Math.min(request.count, others);
      return Array.from({ length: most + 1 }, (_, woke) => concludeNotify(request, length ?? 0, woke));
    }
    default:
      return assertNever(request);
  }
}

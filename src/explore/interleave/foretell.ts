import { isWriting } from '../../event/action.ts';
import { concludeAccess, dataReads, lengthRead } from '../../event/answer.ts';
import type { Event, EventId } from '../../event/execution.ts';
import type { Range } from '../../event/location.ts';
import { covers } from '../../event/location.ts';
import type { AccessRequest } from '../../event/request.ts';
import { unitAt } from '../../event/units.ts';
import { Bug } from '../../base/assert.ts';
import type { Touch } from './footprint.ts';
import { touchesOf } from './footprint.ts';

/** Events of one step: from the first to before the second. */
export interface EventSpan {
  readonly from: EventId;
  readonly to: EventId;
}

/**
 * What an access that is the event `made` would touch if the step `without` had not been made before it, where both race: they depend on each
 * other through no step between them. Whoever else wrote what the access reads, after that step, would depend on it too, and come between
 * them; so the access would read what was there before the step, and all else as it did.
 */
export function touchesWithout(
  events: readonly Event[],
  request: AccessRequest,
  made: EventId,
  without: EventSpan,
  writeBack: boolean,
): Touch[] {
  const read = (range: Range): number[] =>
    Array.from({ length: range.size }, (_, i) => unitBefore(events, made, without, range, range.offset + i));
  const lengthAccess = lengthRead(request);
  const length = lengthAccess === null ? null : (read(lengthAccess)[0] as number);
  const { actions } = concludeAccess(request, length, dataReads(request, length).map(read), { writeBack });
  return touchesOf(actions);
}

/** The unit `k` of the region as the latest event before `made` wrote it, those of the step left out. */
function unitBefore(events: readonly Event[], made: EventId, without: EventSpan, { region }: Range, k: number): number {
  for (let e = made - 1; e >= 0; e--) {
    if (e >= without.from && e < without.to) continue;
    const { actions } = events[e] as Event;
    for (let a = actions.length - 1; a >= 0; a--) {
      const action = actions[a];
      if (action !== undefined && isWriting(action) && action.region === region && covers(action, k))
        return unitAt(action.written, k - action.offset);
    }
  }
  throw new Bug('a unit that nothing wrote');
}

import { known } from '../../base/assert.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { Concluded, LocatedRequest } from '../../event/answer.ts';
import { concludeAccess, concludeGrow, concludeNotify, concludeWait, mayGrow } from '../../event/answer.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { Range } from '../../event/location.ts';
import { covers } from '../../event/location.ts';
import { unitAt } from '../../event/units.ts';
import type { Readings } from '../../syntax/readings.ts';
import { Departure } from './departure.ts';
import type { ReplayEvent, ReplayRead } from './file.ts';

/** What events of a file read, and what that makes them do. */

/** What the request comes to by what the file says that it read; throws a {@link Departure} where the program does not do that. */
export function concludeAsTold(
  request: LocatedRequest,
  length: number | null,
  reads: readonly (readonly number[])[],
  asked: ReplayEvent,
  id: number,
  readings: Readings,
): Concluded {
  switch (request.kind) {
    case 'access':
      return concludeAccess(request, length, reads, { writeBack: readings['cmpxchg-failure'] === 'write-back' });
    case 'grow': {
      const may = mayGrow(request, length ?? 0);
      if (asked.grew === true && !may) throw new Departure('it cannot grow there', id, request.site);
      if (asked.grew !== true && may && readings['grow-failure'] !== 'any')
        throw new Departure('it grows there', id, request.site);
      return concludeGrow(request, length ?? 0, asked.grew === true);
    }
    case 'wait':
      return concludeWait(request, length ?? 0, reads);
    case 'notify':
      if ((asked.woke ?? 0) > request.count) throw new Departure(`it wakes ${request.count} at most`, id, request.site);
      return concludeNotify(request, length ?? 0, asked.woke ?? 0);
  }
}

/** What the event wrote there; null if it did not. */
export function unitBy({ actions }: Event, { region }: Range, k: number): number | null {
  const action = actions.find((a) => isWriting(a) && a.region === region && covers(a, k));
  return action === undefined || !isWriting(action) ? null : unitAt(action.written, k - action.offset);
}

/** Whether who was believed was right to be. */
export function checkReads(x: Execution): void {
  for (const event of x.events) {
    for (const [a, action] of event.actions.entries()) {
      if (!isReading(action)) continue;
      for (const [k, writer] of (x.rf[event.id]?.[a] ?? []).entries()) {
        const unit = unitBy(known(x.events[writer], 'writer'), action, action.offset + k);
        if (unit !== unitAt(action.read, k))
          throw new Departure(
            `it reads ${unitAt(action.read, k)}, where event ${writer} wrote ${unit ?? 'nothing'}`,
            event.id,
            event.site,
          );
      }
    }
  }
}

/** The writer of each unit. */
export function rowOf({ from }: ReplayRead): EventId[] {
  return from.flatMap(([writer, count]) => new Array<EventId>(count).fill(writer as EventId));
}

export function writerAt(read: ReplayRead, k: number): number {
  return known(rowOf(read)[k], 'writer');
}

import type { Action, Order } from '../event/action.ts';
import { isAccess, isWriting } from '../event/action.ts';
import type { EventId, Execution } from '../event/execution.ts';
import type { Range, Region } from '../event/location.ts';
import { overlaps, sameRange } from '../event/location.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';

type AccessAction = Extract<Action, { kind: 'rd' | 'wr' | 'rmw' }>;

interface Entry {
  readonly event: EventId;
  readonly action: AccessAction;
}

/** Two events that race, `first` < `second`, and the units on which they do. */
export interface DataRace extends Range {
  readonly first: EventId;
  readonly second: EventId;
}

function isAtomic(order: Order): boolean {
  return order === 'seqcst' || order === 'acqrel';
}

/**
 * The data races of an execution [OOPSLA19 Fig. 17, with the ev ≠ ev′ that it forgets]: events that hb does not order, with
 * overlapping actions of which one writes, not both atomic on an equal range. Atomic is `acqrel` or `seqcst`; so
 * race-free executions are sequentially consistent only where they have no `acqrel` accesses.
 */
export function dataRaces(execution: Execution, hb: BitMatrix): readonly DataRace[] {
  const byRegion = new Map<Region, Entry[]>();
  for (const { id, actions } of execution.events) {
    for (const action of actions) {
      if (!isAccess(action)) continue;
      const entry = { event: id, action };
      const others = byRegion.get(action.region);
      if (others === undefined) byRegion.set(action.region, [entry]);
      else others.push(entry);
    }
  }
  const races = new Map<string, DataRace>();
  for (const entries of byRegion.values()) {
    entries.forEach((a, i) => {
      for (let j = i + 1; j < entries.length; j++) {
        const b = entries[j];
        if (b === undefined || !conflict(a.action, b.action)) continue;
        if (a.event === b.event || hb.has(a.event, b.event) || hb.has(b.event, a.event)) continue;
        const race = raceOf(a, b);
        races.set(`${race.first} ${race.second} ${race.region} ${race.offset} ${race.size}`, race);
      }
    });
  }
  return [...races.values()].toSorted((x, y) => x.first - y.first || x.second - y.second || x.offset - y.offset);
}

function conflict(a: AccessAction, b: AccessAction): boolean {
  if (!overlaps(a, b) || !(isWriting(a) || isWriting(b))) return false;
  return !(isAtomic(a.order) && isAtomic(b.order) && sameRange(a, b));
}

function raceOf(a: Entry, b: Entry): DataRace {
  const [first, second] = a.event < b.event ? [a.event, b.event] : [b.event, a.event];
  const offset = Math.max(a.action.offset, b.action.offset);
  const end = Math.min(a.action.offset + a.action.size, b.action.offset + b.action.size);
  return { first, second, region: a.action.region, offset, size: end - offset };
}

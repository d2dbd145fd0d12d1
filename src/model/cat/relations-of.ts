import type { Action, Order } from '../../event/action.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { objectOf, overlaps, sameRange } from '../../event/location.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Relations } from '../model.ts';

/**
 * The relations of a consistent execution for those who look at it: po, rf and asw as they are, sw and hb from the model's file. Without the file's, sw is
 * reads-from between atomics of equal range, and hb the closure of po, asw, sw and the order of allocation. Each is made when it is first asked for.
 */
export class CandidateRelations implements Relations {
  readonly #execution: Execution;
  readonly #fileSw: (() => BitMatrix) | null;
  readonly #fileHb: (() => BitMatrix) | null;
  readonly #made: { -readonly [Name in keyof Relations]?: Relations[Name] } = {};

  constructor(execution: Execution, sw: (() => BitMatrix) | null, hb: (() => BitMatrix) | null) {
    this.#execution = execution;
    this.#fileSw = sw;
    this.#fileHb = hb;
  }

  get po(): BitMatrix {
    return (this.#made.po ??= programOrder(this.#execution));
  }

  get rf(): BitMatrix {
    return (this.#made.rf ??= readsFrom(this.#execution, () => true));
  }

  get asw(): BitMatrix {
    return (this.#made.asw ??= additional(this.#execution));
  }

  get sw(): BitMatrix {
    return (this.#made.sw ??= this.#fileSw?.() ?? readsFrom(this.#execution, synchronise));
  }

  get hb(): BitMatrix {
    return (this.#made.hb ??= this.#fileHb?.().close() ?? happensBefore(this.#execution, this.sw));
  }
}

function programOrder({ events }: Execution): BitMatrix {
  const po = new BitMatrix(events.length);
  for (const a of events) for (const b of events) if (a.thread === b.thread && a.index < b.index) po.add(a.id, b.id);
  return po;
}

function additional({ events, asw }: Execution): BitMatrix {
  const relation = new BitMatrix(events.length);
  for (const [from, to] of asw) relation.add(from, to);
  return relation;
}

function readsFrom({ events, rf }: Execution, which: (read: Action, write: Action) => boolean): BitMatrix {
  const relation = new BitMatrix(events.length);
  for (const { id, actions } of events) {
    actions.forEach((read, a) => {
      if (!isReading(read)) return;
      for (const from of new Set(rf[id]?.[a] ?? [])) {
        const write = events[from]?.actions.find((other) => isWriting(other) && overlaps(other, read));
        if (write !== undefined && which(read, write)) relation.add(from, id);
      }
    });
  }
  return relation;
}

function synchronise(read: Action, write: Action): boolean {
  return isAccess(read) && isAccess(write) && isAtomic(read.order) && isAtomic(write.order) && sameRange(read, write);
}

function isAtomic(order: Order): boolean {
  return order === 'acqrel' || order === 'seqcst';
}

function happensBefore(execution: Execution, sw: BitMatrix): BitMatrix {
  const hb = programOrder(execution);
  for (const [from, to] of execution.asw) hb.add(from, to);
  for (const [from, to] of sw.pairs()) if (from !== to) hb.add(from, to);
  for (const event of execution.events) for (const other of initialisedBy(event, execution)) hb.add(event.id, other);
  return hb.close();
}

/** The other events that access an object of which the event writes the first contents. */
function initialisedBy(event: Event, { events }: Execution): readonly EventId[] {
  const objects = event.actions.flatMap((a) => (a.kind === 'wr' && a.order === 'init' ? [objectOf(a.region)] : []));
  if (objects.length === 0) return [];
  const accesses = (other: Event): boolean =>
    other.actions.some((a) => isAccess(a) && a.order !== 'init' && objects.includes(objectOf(a.region)));
  return events.filter((other) => other !== event && accesses(other)).map(({ id }) => id);
}

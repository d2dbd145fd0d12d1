import { known } from '../base/assert.ts';
import type { EventId } from '../event/execution.ts';
import type { Range, Region, ThreadId } from '../event/location.ts';
import type { Units } from '../event/units.ts';
import { isFill, unitAt } from '../event/units.ts';

/** What a read of a range finds: the units, and for each the event that wrote it. */
export interface Found {
  readonly units: readonly number[];
  readonly writers: readonly EventId[];
}

/** A wait queue: who waits, first in first out, and the latest operation on it. */
export interface Queue {
  readonly waiting: readonly ThreadId[];
  readonly last: EventId | null;
}

/** The location of a wait queue. */
export type QueueKey = string;

export function queueKey(region: Region, offset: number): QueueKey {
  return `${region}+${offset}`;
}

interface Cell {
  readonly unit: number;
  readonly writer: EventId;
}

interface FillWrite {
  readonly start: number;
  readonly end: number;
  readonly cell: Cell;
}

interface Contents {
  readonly cells: Map<number, Cell>;
  /** Long writes of one value, oldest first; the later of a cell and a fill counts. */
  readonly fills: FillWrite[];
}

/** Shorter fills are written unit by unit. */
const LONG = 16;

const NO_QUEUE: Queue = { waiting: [], last: null };

/**
 * The store of a sequentially consistent world: every unit's latest value and writer, and the wait queues, changed in
 * place with an undo log. A class because the representation is hidden. Event ids ascend in the order of the writes.
 */
export class WorldStore {
  readonly #regions = new Map<Region, Contents>();
  readonly #queues = new Map<QueueKey, Queue>();
  readonly #undo: (() => void)[] = [];

  /** A point to which {@link undoTo} goes back. */
  mark(): number {
    return this.#undo.length;
  }

  undoTo(mark: number): void {
    while (this.#undo.length > mark) known(this.#undo.pop(), 'undo')();
  }

  read(range: Range): Found {
    const contents = known(this.#regions.get(range.region), 'region');
    const units: number[] = [];
    const writers: EventId[] = [];
    for (let k = range.offset; k < range.offset + range.size; k++) {
      const { unit, writer } = known(latest(contents, k), 'unit');
      units.push(unit);
      writers.push(writer);
    }
    return { units, writers };
  }

  /** The event that last wrote unit `k`. */
  writer(region: Region, k: number): EventId {
    return known(latest(known(this.#regions.get(region), 'region'), k), 'unit').writer;
  }

  write(range: Range, units: Units, writer: EventId): void {
    const contents = this.#contents(range.region);
    if (isFill(units) && range.size >= LONG) {
      contents.fills.push({ start: range.offset, end: range.offset + range.size, cell: { unit: units.fill, writer } });
      this.#undo.push(() => contents.fills.pop());
      return;
    }
    const { cells } = contents;
    const before: (Cell | undefined)[] = [];
    for (let i = 0; i < range.size; i++) {
      before.push(cells.get(range.offset + i));
      cells.set(range.offset + i, { unit: unitAt(units, i), writer });
    }
    this.#undo.push(() => {
      before.forEach((cell, i) => {
        if (cell === undefined) cells.delete(range.offset + i);
        else cells.set(range.offset + i, cell);
      });
    });
  }

  queue(key: QueueKey): Queue {
    return this.#queues.get(key) ?? NO_QUEUE;
  }

  setQueue(key: QueueKey, queue: Queue): void {
    const before = this.#queues.get(key);
    this.#queues.set(key, queue);
    this.#undo.push(() => {
      if (before === undefined) this.#queues.delete(key);
      else this.#queues.set(key, before);
    });
  }

  #contents(region: Region): Contents {
    const old = this.#regions.get(region);
    if (old !== undefined) return old;
    const fresh: Contents = { cells: new Map(), fills: [] };
    this.#regions.set(region, fresh);
    this.#undo.push(() => this.#regions.delete(region));
    return fresh;
  }
}

function latest({ cells, fills }: Contents, k: number): Cell | undefined {
  let found = cells.get(k);
  for (let i = fills.length - 1; i >= 0; i--) {
    const { start, end, cell } = fills[i] as FillWrite;
    if (found !== undefined && cell.writer < found.writer) break;
    if (start <= k && k < end) {
      found = cell;
      break;
    }
  }
  return found;
}

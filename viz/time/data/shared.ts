import type { Action } from '../../../src/event/action.ts';
import { isAccess, isReading, isWriting } from '../../../src/event/action.ts';
import type { Event, EventId, Execution } from '../../../src/event/execution.ts';
import type { Range, Region } from '../../../src/event/location.ts';
import { fieldOf, overlaps } from '../../../src/event/location.ts';
import type { Units } from '../../../src/event/units.ts';
import { isFill, unitAt } from '../../../src/event/units.ts';
import { numberType, valueText } from '../../../src/report/draw/values.ts';
import type { SeenCell, SharedRow } from '../calls.ts';

/** Rows of the table at most. */
const MOST_ROWS = 60;
/** Longer writes of one value are kept as they are. */
const LONG = 64;

interface Cell {
  readonly unit: number;
  /** When it was written: the place in the order of its event. */
  readonly when: number;
}

/** What a store holds after events in their order. */
class Store {
  readonly #cells = new Map<Region, Map<number, Cell>>();
  readonly #fills: { readonly range: Range; readonly cell: Cell }[] = [];

  write(range: Range, units: Units, when: number): void {
    if (isFill(units) && range.size > LONG) {
      this.#fills.push({ range, cell: { unit: units.fill, when } });
      return;
    }
    const cells = this.#cells.get(range.region) ?? new Map<number, Cell>();
    this.#cells.set(range.region, cells);
    for (let k = 0; k < range.size; k++) cells.set(range.offset + k, { unit: unitAt(units, k), when });
  }

  /** Null where something was never written. */
  read({ region, offset, size }: Range): readonly Cell[] | null {
    const found: Cell[] = [];
    for (let k = offset; k < offset + size; k++) {
      let cell = this.#cells.get(region)?.get(k) ?? null;
      for (const { range, cell: fill } of this.#fills)
        if (overlaps(range, { region, offset: k, size: 1 }) && (cell === null || fill.when > cell.when)) cell = fill;
      if (cell === null) return null;
      found.push(cell);
    }
    return found;
  }
}

interface Row {
  readonly range: Range;
  type: string | null;
}

export interface SharedTold {
  readonly nameOf: (region: Region) => string;
  readonly threadName: (id: number) => string;
  /** The threads that have columns, in their order. */
  readonly threads: readonly number[];
}

/** The shared state after the events of `order`; `all`: every event of the walk, for which there are rows. */
export function sharedRows(
  execution: Execution,
  order: readonly EventId[],
  all: readonly Event[],
  last: readonly Event[],
  told: SharedTold,
): { readonly rows: readonly SharedRow[]; readonly more: number } {
  const rows = rowsOf(all);
  const store = new Store();
  const events = order.flatMap((id) => execution.events[id] ?? []);
  const when = new Map(events.map(({ id }, i) => [id, i]));
  const seen = rows.map((): ((SeenCell & { readonly when: number }) | null)[] => told.threads.map(() => null));
  for (const [i, event] of events.entries()) {
    for (const [a, action] of event.actions.entries()) {
      if (!isAccess(action) || !(isReading(action) || event.kind !== 'alloc')) continue;
      const writers = execution.rf[event.id]?.[a] ?? null;
      rows.forEach((row, r) => {
        if (action.region !== row.range.region || action.offset !== row.range.offset || action.size !== row.range.size)
          return;
        const t = told.threads.indexOf(event.thread);
        if (t < 0) return;
        const own = seen[r];
        if (own === undefined) return;
        if (isWriting(action)) {
          own[t] = { value: show(action.written, row), kind: 'wrote', stale: false, isLatest: true, when: i };
          return;
        }
        const cells = store.read(action);
        const stale = cells?.some((cell, k) => {
          const writer = writers?.[k];
          return writer !== undefined && when.get(writer) !== cell.when;
        });
        const latest = Math.max(...(writers ?? []).map((writer) => when.get(writer) ?? Infinity));
        own[t] = { value: show(action.read, row), kind: 'read', stale: stale ?? false, isLatest: true, when: latest };
      });
    }
    for (const action of event.actions) if (isWriting(action)) store.write(action, action.written, i);
  }
  const changed = last.flatMap(({ actions }) => actions.filter(isWriting));
  const shown = rows.slice(0, MOST_ROWS).map((row, r): SharedRow => {
    const cells = store.read(row.range);
    const newest = cells === null ? -1 : Math.max(...cells.map((cell) => cell.when));
    const writer = events[newest];
    const units = cells?.map(({ unit }) => unit) ?? [];
    return {
      place: placeText(row.range, told.nameOf),
      type: row.type ?? '',
      value: cells === null ? null : show(units, row),
      bytes:
        cells === null || !isBytes(row.range)
          ? ''
          : units.map((unit) => (unit & 0xff).toString(16).padStart(2, '0')).join(' '),
      by: writer === undefined || writer.kind === 'alloc' ? null : told.threadName(writer.thread),
      isNew: changed.some((action) => overlaps(action, row.range)),
      seen: (seen[r] ?? []).map((cell) => {
        if (cell === null) return null;
        const { when: at, ...rest } = cell;
        return { ...rest, isLatest: !cell.stale && at === newest };
      }),
    };
  });
  return { rows: shown, more: Math.max(0, rows.length - MOST_ROWS) };
}

/** The places that are accessed, each in every size in which it is. */
function rowsOf(events: readonly Event[]): Row[] {
  const rows = new Map<string, Row>();
  const grows = new Set(
    events.filter(({ kind }) => kind === 'grow').flatMap(({ actions }) => actions.map(({ region }) => region)),
  );
  for (const event of events) {
    if (event.kind === 'alloc') continue;
    for (const action of event.actions) {
      if (!isAccess(action) || !isOfInterest(action, event, grows)) continue;
      const { region, offset, size } = action;
      if (size > LONG) continue;
      const key = `${region} ${offset} ${size}`;
      const row = rows.get(key) ?? { range: { region, offset, size }, type: null };
      row.type ??= fieldOf(region) === 'length' ? null : (numberType(event.site.text) ?? event.site.shows);
      rows.set(key, row);
    }
  }
  return [...rows.values()].toSorted(
    ({ range: a }, { range: b }) => a.region - b.region || a.offset - b.offset || b.size - a.size,
  );
}

/** A length is of interest where it changes, or where somebody asks for it. */
function isOfInterest(action: Action, event: Event, grows: ReadonlySet<Region>): boolean {
  if (fieldOf(action.region) !== 'length') return true;
  return grows.has(action.region) || event.actions.length === 1;
}

function isBytes({ region, size }: Range): boolean {
  const field = fieldOf(region);
  return size > 1 ? field !== 'length' : field === 'data';
}

function show(units: Units, { range, type }: Row): string {
  return valueText(units, fieldOf(range.region), type);
}

/** `mem+0`, `mem.length`, `table[3]`, `global`. */
export function placeText({ region, offset, size }: Range, nameOf: (region: Region) => string): string {
  const name = nameOf(region);
  switch (fieldOf(region)) {
    case 'length':
      return `${name}.length`;
    case 'val':
    case 'queue':
      return name;
    case 'data':
      return `${name}+${offset}`;
    case 'elem':
    case 'fields':
      return size === 1 ? `${name}[${offset}]` : `${name}[${offset}..${offset + size - 1}]`;
  }
}

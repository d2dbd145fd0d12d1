import { known } from '../../base/assert.ts';
import type { Access, Action, WritingAction } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import type { Edge, Event, EventId, EventKind } from '../../event/execution.ts';
import { covers } from '../../event/location.ts';
import type { Assumptions, IncrementalCheck } from '../../model/model.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Site } from '../../event/request.ts';
import type { Order } from '../../event/action.ts';
import { HappensBefore } from './happens-before.ts';
import { tears } from './mixing.ts';
import type { ShapeId } from './shapes.ts';
import { synchronises } from './synchronises.ts';

/** A write that is in the graph. */
export interface Placed {
  readonly event: EventId;
  readonly action: WritingAction;
}

/** Where a unit of a read comes from: a write in the graph, or a promised one that must still be placed. */
export type SourceOfUnit =
  | { readonly kind: 'placed'; readonly write: Placed }
  | { readonly kind: 'promise'; readonly shape: ShapeId };

/** A read in the graph; `from[k]` is null while its write is only promised. */
export interface PlacedRead {
  readonly event: EventId;
  readonly action: number;
  readonly access: Access;
  readonly from: (Placed | null)[];
}

/** Units of a read that a write of this shape must supply. */
export interface Promised {
  readonly read: PlacedRead;
  readonly units: readonly number[];
  readonly shape: ShapeId;
}

export interface NewEvent {
  readonly thread: ThreadId;
  readonly index: number;
  readonly kind: EventKind;
  readonly actions: readonly Action[];
  readonly fence: Order | null;
  readonly site: Site;
  /** The source of every unit of every reading action, in order. */
  readonly sources: readonly (readonly SourceOfUnit[])[];
  /** Events that it follows: its thread's last, a fork, a joined thread's last. */
  readonly after: readonly EventId[];
}

/**
 * A growing candidate execution in which everything can be undone. It refuses what the model is known not to allow: a cycle in hb, a read
 * from a later or an overwritten write, torn tear-free reads. A class because its indices and its undo log are hidden.
 */
export class Graph {
  readonly events: Event[] = [];
  readonly reads: PlacedRead[] = [];
  readonly asw: Edge[] = [];
  readonly hb = new HappensBefore();
  readonly #writes = new Map<number, Placed[]>();
  #promises: readonly Promised[] = [];
  readonly #undo: (() => void)[] = [];
  readonly #assumes: Assumptions;
  readonly #check: IncrementalCheck | null;

  /** `check` is told of everything but reads that take from promised writes, which it is told of when all of those are placed. */
  constructor(assumes: Assumptions, check: IncrementalCheck | null = null) {
    this.#assumes = assumes;
    this.#check = check;
  }

  get promises(): readonly Promised[] {
    return this.#promises;
  }

  writes(region: number): readonly Placed[] {
    return this.#writes.get(region) ?? [];
  }

  mark(): number {
    return this.#undo.length;
  }

  undoTo(mark: number): void {
    while (this.#undo.length > mark) known(this.#undo.pop(), 'undo')();
  }

  /** Registers a change of the caller's own to be undone with the graph's. */
  onUndo(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Adds an event and what it reads from; null (to be undone by the caller) if no model allows it. */
  place(spec: NewEvent): Event | null {
    const { sources, after, ...rest } = spec;
    const event: Event = { id: this.events.length as EventId, ...rest };
    const reads: PlacedRead[] = [];
    const promises: Promised[] = [];
    const before = new Set<number>(after);
    let next = 0;
    event.actions.forEach((action, index) => {
      if (action.kind !== 'rd' && action.kind !== 'rmw') return;
      const from = known(sources[next++], 'sources');
      const read: PlacedRead = {
        event: event.id,
        action: index,
        access: action,
        from: from.map((s) => (s.kind === 'placed' ? s.write : null)),
      };
      reads.push(read);
      for (const [shape, units] of promisedUnits(from, this.#assumes.mixes === 'all'))
        promises.push({ read, units, shape });
      for (const s of from)
        if (s.kind === 'placed' && this.synchronises(s.write.action, action)) before.add(s.write.event);
    });
    this.#push(event, [...before], reads, promises);
    return reads.every((read) => this.#allowed(read)) ? event : null;
  }

  #push(event: Event, before: readonly number[], reads: readonly PlacedRead[], promises: readonly Promised[]): void {
    const writes = event.actions.filter(isWriting).map((action) => ({ event: event.id, action }));
    const old = this.#promises;
    const mark = this.#check?.mark() ?? 0;
    this.events.push(event);
    this.hb.push(before);
    this.reads.push(...reads);
    for (const write of writes) {
      const list = this.#writes.get(write.action.region);
      if (list === undefined) this.#writes.set(write.action.region, [write]);
      else list.push(write);
    }
    if (promises.length > 0) this.#promises = [...old, ...promises];
    this.#check?.event(event);
    for (const read of reads) this.#tellRead(read);
    this.#undo.push(() => {
      this.#check?.undoTo(mark);
      this.events.pop();
      this.hb.pop();
      this.reads.length -= reads.length;
      for (const write of writes) this.#writes.get(write.action.region)?.pop();
      this.#promises = old;
    });
  }

  #tellRead({ event, action, from }: PlacedRead): void {
    if (this.#check === null || from.includes(null)) return;
    const writers = from.map((write) => known(write, 'writer').event);
    this.#check.read(known(this.events[event], 'event'), action, writers);
  }

  /** Records an additional synchronisation edge whose hb is already in place (the later event was placed `after` the earlier). */
  addAsw(edge: Edge): void {
    const mark = this.#check?.mark() ?? 0;
    this.asw.push(edge);
    this.#check?.edge(...edge);
    this.#undo.push(() => {
      this.#check?.undoTo(mark);
      this.asw.pop();
    });
  }

  /** Orders two events that are both placed; false (to be undone by the caller) if no model allows it. */
  order(edge: Edge): boolean {
    const mark = this.hb.mark();
    if (!this.hb.order(...edge)) return false;
    this.#undo.push(() => this.hb.undoTo(mark));
    this.addAsw(edge);
    return this.reads.every((read) => this.#allowed(read));
  }

  /** Lets a promise be kept by a write that is now placed; false (to be undone by the caller) if no model allows it. */
  keep(promise: Promised, write: Placed): boolean {
    const { read, units } = promise;
    const old = this.#promises;
    this.#promises = old.filter((p) => p !== promise);
    for (const k of units) read.from[k] = write;
    const mark = this.hb.mark();
    const told = this.#check?.mark() ?? 0;
    this.#tellRead(read);
    this.#undo.push(() => {
      this.#check?.undoTo(told);
      this.#promises = old;
      for (const k of units) read.from[k] = null;
      this.hb.undoTo(mark);
    });
    if (!this.synchronises(write.action, read.access)) return this.#allowed(read);
    if (!this.hb.order(write.event, read.event)) return false;
    return this.reads.every((r) => this.#allowed(r));
  }

  /** Whether a write and a read of these orders and ranges synchronise when one reads from the other [DOMAIN 4]. */
  synchronises(write: Access, read: Access): boolean {
    return synchronises(write, read, this.#assumes);
  }

  /** Axioms hb-consistent-1, hb-consistent-3 and no-tear for what the read takes from placed writes. */
  #allowed(read: PlacedRead): boolean {
    return (!this.#assumes.hbConsistent || this.#visible(read)) && !(this.#assumes.noTear && this.#tears(read));
  }

  #visible({ access, from, event }: PlacedRead): boolean {
    const uniform = this.#uniform(access);
    for (let k = 0; k < from.length; k++) {
      const write = from[k];
      if (write === null || write === undefined) continue;
      if (this.hb.before(event, write.event)) return false;
      if (k > 0 && from[k - 1] === write && uniform) continue;
      if (this.shadowed(write, access.offset + k, (e) => this.hb.before(e, event))) return false;
    }
    return true;
  }

  #tears({ access, from }: PlacedRead): boolean {
    const placed = from.filter((w): w is Placed => w !== null);
    return tears(
      access,
      placed.map(({ event: writer, action: { region, offset, size, tearFree } }) => ({
        region,
        offset,
        size,
        tearFree,
        writer,
      })),
    );
  }

  /** Whether every write of the region covers all of the access or nothing of it. */
  #uniform(access: Access): boolean {
    const end = access.offset + access.size;
    return this.writes(access.region).every(({ action }) => {
      const last = action.offset + action.size;
      return (action.offset <= access.offset && end <= last) || last <= access.offset || end <= action.offset;
    });
  }

  /** Whether unit `k` of the write was overwritten by an event that `isBefore` the reader in hb. */
  shadowed(write: Placed, k: number, isBefore: (event: EventId) => boolean): boolean {
    for (const other of this.writes(write.action.region)) {
      if (other.event === write.event || !covers(other.action, k)) continue;
      if (isBefore(other.event) && this.hb.before(write.event, other.event)) return true;
    }
    return false;
  }
}

/**
 * The units promised by each shape: one write keeps them all. (Of two equal writes of one thread, the later may supply
 * whatever the earlier does: what shadows the later shadows the earlier.) `apart`: each unit may be kept by a write of its own.
 */
function promisedUnits(from: readonly SourceOfUnit[], apart: boolean): [ShapeId, number[]][] {
  const runs: [ShapeId, number[]][] = [];
  from.forEach((source, k) => {
    if (source.kind !== 'promise') return;
    const same = apart ? undefined : runs.find(([shape]) => shape === source.shape);
    if (same === undefined) runs.push([source.shape, [k]]);
    else same[1].push(k);
  });
  return runs;
}

import type { Action } from '../../event/action.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { Event, Execution } from '../../event/execution.ts';
import { objectOf } from '../../event/location.ts';
import type { Region } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { isFill, unitAt } from '../../event/units.ts';
import { ACQREL, INIT, SEQCST, strengthOf } from '../accesses.ts';
import type { Definition } from '../definition.ts';

/** The most elements: events, and places in modification orders. A set of elements is a number, a relation a row of such for each element. */
export const MOST = 32;
export const MOST_WRITES = 256;
const MOST_READS = 128;
const MOST_SOURCES = 512;

/**
 * An execution as numbers, read into the same memory time after time. Writes, reads and what reads read from are numbered in the order of events and actions; ranges, regions,
 * objects and threads in the order in which they are met. Sets are of events.
 */
export class Numbers {
  count = 0;
  writes = 0;
  reads = 0;
  ranges = 0;
  /** Whether some action is acqrel. */
  acqrel = false;
  /** The seqcst fences. */
  fences = 0;
  /** Whether some unit read is not what its writer wrote there. */
  wrongValue = false;

  /** By event: where its writes begin; one more than there are events. */
  readonly firstWrite = new Int32Array(MOST + 1);

  readonly writeEvent = new Int32Array(MOST_WRITES);
  readonly writeStart = new Float64Array(MOST_WRITES);
  readonly writeEnd = new Float64Array(MOST_WRITES);
  readonly writeRegion = new Int32Array(MOST_WRITES);
  readonly writeRange = new Int32Array(MOST_WRITES);
  readonly writeStrength = new Int32Array(MOST_WRITES);
  readonly writeTearFree = new Int32Array(MOST_WRITES);
  /** Whether it is the write of an update. */
  readonly updates = new Int32Array(MOST_WRITES);
  readonly written: Units[] = [];

  readonly readEvent = new Int32Array(MOST_READS);
  readonly readRegion = new Int32Array(MOST_READS);
  readonly readRange = new Int32Array(MOST_READS);
  readonly readStrength = new Int32Array(MOST_READS);
  readonly readTearFree = new Int32Array(MOST_READS);
  /** The write of an update, or -1. */
  readonly update = new Int32Array(MOST_READS);
  /** By read: where its sources begin; one more than there are reads. */
  readonly firstSource = new Int32Array(MOST_READS + 1);
  readonly readUnits: Units[] = [];
  readonly #action = new Int32Array(MOST_READS);

  /** Consecutive units of a read from one write: the write, the units, whether no earlier source of the read is the same write. */
  readonly sourceWrite = new Int32Array(MOST_SOURCES);
  readonly sourceFrom = new Float64Array(MOST_SOURCES);
  readonly sourceTo = new Float64Array(MOST_SOURCES);
  readonly sourceFirst = new Int32Array(MOST_SOURCES);

  /** By range: who writes exactly it, by strength at least and exactly; by range and event: that write. */
  readonly writers = new Int32Array(MOST_WRITES + MOST_READS);
  readonly atomicWriters = new Int32Array(MOST_WRITES + MOST_READS);
  readonly seqcstWriters = new Int32Array(MOST_WRITES + MOST_READS);
  readonly acqrelWriters = new Int32Array(MOST_WRITES + MOST_READS);
  readonly #writeIn = new Int32Array((MOST_WRITES + MOST_READS) * MOST);
  readonly rangeRegion = new Int32Array(MOST_WRITES + MOST_READS);
  readonly rangeStart = new Float64Array(MOST_WRITES + MOST_READS);
  readonly rangeEnd = new Float64Array(MOST_WRITES + MOST_READS);
  /** Whether it is accessed other than by initial writes. */
  readonly rangeAccessed = new Int32Array(MOST_WRITES + MOST_READS);

  /** By region: who writes in it. */
  readonly regionWriters = new Int32Array(MOST_WRITES + MOST_READS);
  readonly regionName = new Float64Array(MOST_WRITES + MOST_READS);
  readonly regionObject = new Int32Array(MOST_WRITES + MOST_READS);
  regions = 0;

  /** By object: who writes its first contents, and who accesses it otherwise. */
  readonly initialisers = new Int32Array(MOST_WRITES + MOST_READS);
  readonly accessors = new Int32Array(MOST_WRITES + MOST_READS);
  readonly #objectName = new Float64Array(MOST_WRITES + MOST_READS);
  objects = 0;

  /** By thread: its events; by event, its thread. */
  readonly #threadName = new Float64Array(MOST);
  readonly threadEvents = new Int32Array(MOST);
  readonly threadOf = new Int32Array(MOST);
  threads = 0;

  /** Reads an execution; false if it does not fit, or is none. */
  protected read(execution: Execution, weakestAtomic: Definition['weakestAtomic']): boolean {
    const { events } = execution;
    const count = events.length;
    if (count > MOST) return false;
    this.count = count;
    this.writes = this.reads = this.ranges = this.fences = this.regions = this.objects = this.threads = 0;
    this.acqrel = this.wrongValue = false;
    for (let e = 0; e < count; e++) {
      this.firstWrite[e] = this.writes;
      if (!this.#event(e, events[e] as Event, weakestAtomic)) return false;
    }
    this.firstWrite[count] = this.writes;
    this.acqrel &&= weakestAtomic === 'acqrel';
    let sources = 0;
    for (let r = 0; r < this.reads; r++) {
      this.firstSource[r] = sources;
      sources = this.#sources(r, execution, sources);
      if (sources < 0) return false;
    }
    this.firstSource[this.reads] = sources;
    return true;
  }

  /** Its accesses and its thread. */
  #event(e: number, { thread, fence, actions }: Event, weakestAtomic: Definition['weakestAtomic']): boolean {
    const bit = 1 << e;
    let t = 0;
    while (t < this.threads && this.#threadName[t] !== thread) t++;
    if (t === this.threads) {
      this.threads++;
      this.#threadName[t] = thread;
      this.threadEvents[t] = bit;
    } else {
      this.threadEvents[t] = (this.threadEvents[t] as number) | bit;
    }
    this.threadOf[e] = t;
    if (fence === 'seqcst') this.fences |= bit;
    for (let a = 0; a < actions.length; a++) {
      const action = actions[a] as Action;
      const writing = isWriting(action);
      const reading = isReading(action);
      if (!writing && !reading) continue;
      const { region, offset, size, order, tearFree } = action;
      if (order === 'acqrel') this.acqrel = true;
      const strength = strengthOf(order, weakestAtomic);
      const place = this.#regionOf(region);
      const range = this.#rangeOf(place, offset, offset + size);
      const object = this.regionObject[place] as number;
      if (strength === INIT) this.initialisers[object] = (this.initialisers[object] as number) | bit;
      else {
        this.accessors[object] = (this.accessors[object] as number) | bit;
        this.rangeAccessed[range] = 1;
      }
      if (reading) {
        if (this.reads === MOST_READS) return false;
        const r = this.reads++;
        this.readEvent[r] = e;
        this.readRegion[r] = place;
        this.readRange[r] = range;
        this.readStrength[r] = strength;
        this.readTearFree[r] = tearFree ? 1 : 0;
        this.update[r] = writing ? this.writes : -1;
        this.#action[r] = a;
        this.readUnits[r] = action.read;
      }
      if (!writing) continue;
      if (this.writes === MOST_WRITES) return false;
      const w = this.writes++;
      this.writeEvent[w] = e;
      this.writeStart[w] = offset;
      this.writeEnd[w] = offset + size;
      this.writeRegion[w] = place;
      this.writeRange[w] = range;
      this.writeStrength[w] = strength;
      this.writeTearFree[w] = tearFree ? 1 : 0;
      this.updates[w] = reading ? 1 : 0;
      this.written[w] = action.written;
      this.#writeIn[range * MOST + e] = w;
      this.regionWriters[place] = (this.regionWriters[place] as number) | bit;
      this.writers[range] = (this.writers[range] as number) | bit;
      if (strength >= ACQREL) this.atomicWriters[range] = (this.atomicWriters[range] as number) | bit;
      if (strength === SEQCST) this.seqcstWriters[range] = (this.seqcstWriters[range] as number) | bit;
      if (strength === ACQREL) this.acqrelWriters[range] = (this.acqrelWriters[range] as number) | bit;
    }
    return true;
  }

  #regionOf(region: Region): number {
    let g = 0;
    while (g < this.regions && this.regionName[g] !== region) g++;
    if (g < this.regions) return g;
    this.regions++;
    this.regionName[g] = region;
    this.regionWriters[g] = 0;
    const object = objectOf(region);
    let o = 0;
    while (o < this.objects && this.#objectName[o] !== object) o++;
    if (o === this.objects) {
      this.objects++;
      this.#objectName[o] = object;
      this.initialisers[o] = this.accessors[o] = 0;
    }
    this.regionObject[g] = o;
    return g;
  }

  #rangeOf(region: number, start: number, end: number): number {
    const { ranges } = this;
    for (let i = 0; i < ranges; i++) {
      if (this.rangeStart[i] === start && this.rangeEnd[i] === end && this.rangeRegion[i] === region) return i;
    }
    this.ranges++;
    this.rangeRegion[ranges] = region;
    this.rangeStart[ranges] = start;
    this.rangeEnd[ranges] = end;
    this.rangeAccessed[ranges] = 0;
    this.writers[ranges] = this.atomicWriters[ranges] = this.seqcstWriters[ranges] = this.acqrelWriters[ranges] = 0;
    return ranges;
  }

  /** Where its units come from, from number `next` on; answers the next free number, or -1. */
  #sources(r: number, { events, rf }: Execution, next: number): number {
    const event = this.readEvent[r] as number;
    const a = this.#action[r] as number;
    const action = (events[event] as Event).actions[a] as Action;
    const from = rf[event]?.[a];
    if (!isReading(action) || from === null || from === undefined) return -1;
    const { offset, size, read } = action;
    const first = next;
    for (let k = 0; k < size; ) {
      const writer = from[k];
      if (writer === undefined || next === MOST_SOURCES) return -1;
      const w = this.#writeAt(writer, this.readRegion[r] as number, offset + k);
      if (w < 0) return -1;
      const start = k;
      const limit = Math.min(size, (this.writeEnd[w] as number) - offset);
      for (k++; k < limit && from[k] === writer; ) k++;
      this.sourceWrite[next] = w;
      this.sourceFrom[next] = offset + start;
      this.sourceTo[next] = offset + k;
      this.sourceFirst[next] = 1;
      for (let s = first; s < next; s++) if (this.sourceWrite[s] === w) this.sourceFirst[next] = 0;
      next++;
      const written = this.written[w] as Units;
      if (!sameUnits(read, start, written, offset + start - (this.writeStart[w] as number), k - start))
        this.wrongValue = true;
    }
    return next;
  }

  #writeAt(event: number, region: number, unit: number): number {
    const end = this.firstWrite[event + 1] as number;
    for (let w = this.firstWrite[event] as number; w < end; w++) {
      if (this.writeRegion[w] !== region) continue;
      if ((this.writeStart[w] as number) <= unit && unit < (this.writeEnd[w] as number)) return w;
    }
    return -1;
  }

  /** The write of exactly that range by the event. */
  writeIn(range: number, event: number): number {
    return this.#writeIn[range * MOST + event] as number;
  }

  /** Whether the read is seqcst and reads from init writes alone. */
  readsInitAlone(r: number): boolean {
    if (this.readStrength[r] !== SEQCST) return false;
    const end = this.firstSource[r + 1] as number;
    for (let s = this.firstSource[r] as number; s < end; s++) {
      if (this.writeStrength[this.sourceWrite[s] as number] !== INIT) return false;
    }
    return true;
  }

  /** Whether one of an event's writes in a region touches a unit of `from` … `to`-1. */
  touches(event: number, region: number, from: number, to: number): boolean {
    const end = this.firstWrite[event + 1] as number;
    for (let w = this.firstWrite[event] as number; w < end; w++) {
      if (this.writeRegion[w] !== region) continue;
      if ((this.writeStart[w] as number) < to && from < (this.writeEnd[w] as number)) return true;
    }
    return false;
  }
}

/** Whether `size` units of one list, from `i` on, are those of another from `j` on. */
export function sameUnits(a: Units, i: number, b: Units, j: number, size: number): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let k = 0; k < size; k++) if (a[i + k] !== b[j + k]) return false;
    return true;
  }
  const [left, right] = [isFill(a) ? a.fill : null, isFill(b) ? b.fill : null];
  if (left !== null && right !== null) return left === right;
  for (let k = 0; k < size; k++) if ((left ?? unitAt(a, i + k)) !== (right ?? unitAt(b, j + k))) return false;
  return true;
}

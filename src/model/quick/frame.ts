import type { EventId, Execution } from '../../event/execution.ts';
import { ACQREL } from '../accesses.ts';
import type { Placing } from '../accesses.ts';
import type { Definition } from '../definition.ts';
import { MOST, MOST_WRITES, Numbers } from './numbers.ts';

/** An execution as numbers, with happens-before and places in modification orders. */
export class Frame extends Numbers {
  /** Events, and places. */
  elements = 0;
  /** By event, before {@link close}: immediate program order, allocation, asw, what synchronises; then what it happens before, and what happens before it. */
  readonly hb = new Int32Array(MOST);
  readonly hbInverse = new Int32Array(MOST);
  /** By write: the element that stands for it in the modification order of its range. */
  readonly place = new Int32Array(MOST_WRITES);

  /** Reads an execution; false if it does not fit, or is none. */
  take(execution: Execution, { weakestAtomic, initSynchronises }: Definition, placing: Placing): boolean {
    if (!this.read(execution, weakestAtomic)) return false;
    const { asw } = execution;
    this.#programOrder();
    this.#allocate();
    for (let r = 0; r < this.reads; r++) {
      if ((this.readStrength[r] as number) >= ACQREL) this.#synchronise(r, initSynchronises);
    }
    for (let i = 0; i < asw.length; i++) {
      const [from, to] = asw[i] as readonly [EventId, EventId];
      this.hb[from] = (this.hb[from] as number) | (1 << to);
    }
    this.elements = this.count;
    for (let w = 0; w < this.writes; w++) this.place[w] = this.writeEvent[w] as number;
    return placing === 'none' || !(this.acqrel || this.fences !== 0) || this.#placeWrites(placing === 'all');
  }

  /** Each event before the later ones of its thread. */
  #programOrder(): void {
    for (let e = 0; e < this.count; e++) {
      const thread = this.threadEvents[this.threadOf[e] as number] as number;
      this.hb[e] = thread & ~((2 << e) - 1);
    }
  }

  /** The writes that an atomic read synchronises with happen before it. */
  #synchronise(r: number, initSynchronises: boolean): void {
    const event = this.readEvent[r] as number;
    const first = this.firstSource[r] as number;
    const end = this.firstSource[r + 1] as number;
    const always = initSynchronises && this.readsInitAlone(r);
    for (let s = first; s < end; s++) {
      const w = this.sourceWrite[s] as number;
      const writer = this.writeEvent[w] as number;
      if (writer === event) continue;
      const atomic = (this.writeStrength[w] as number) >= ACQREL && this.writeRange[w] === this.readRange[r];
      if (always || atomic) this.hb[writer] = (this.hb[writer] as number) | (1 << event);
    }
  }

  /** Allocation happens before every other access to the object. */
  #allocate(): void {
    for (let o = 0; o < this.objects; o++) {
      const others = this.accessors[o] as number;
      for (let left = this.initialisers[o] as number; left !== 0; left &= left - 1) {
        const e = 31 - Math.clz32(left & -left);
        const own = this.threadEvents[this.threadOf[e] as number] as number;
        this.hb[e] = (this.hb[e] as number) | (others & ~own);
      }
    }
  }

  /** Gives atomic writes places of their own: all, or those of ranges with an acqrel write. False if there are too many. */
  #placeWrites(all: boolean): boolean {
    for (let w = 0; w < this.writes; w++) {
      if ((this.writeStrength[w] as number) < ACQREL) continue;
      if (!all && this.acqrelWriters[this.writeRange[w] as number] === 0) continue;
      if (this.elements === MOST) return false;
      this.place[w] = this.elements++;
    }
    return true;
  }

  /** The place of the write of exactly that range by the event. */
  placeIn(range: number, event: number): number {
    return this.place[this.writeIn(range, event)] as number;
  }

  /** Closes hb; whether it has no cycle. */
  close(): boolean {
    const { hb, hbInverse, count } = this;
    for (let k = 0; k < count; k++) {
      const row = hb[k] as number;
      if (row === 0) continue;
      const column = 1 << k;
      for (let a = 0; a < count; a++) if (((hb[a] as number) & column) !== 0) hb[a] = (hb[a] as number) | row;
    }
    let acyclic = true;
    for (let e = 0; e < count; e++) hbInverse[e] = 0;
    for (let a = 0; a < count; a++) {
      const bit = 1 << a;
      if (((hb[a] as number) & bit) !== 0) acyclic = false;
      for (let left = hb[a] as number; left !== 0; left &= left - 1) {
        const b = 31 - Math.clz32(left & -left);
        hbInverse[b] = (hbInverse[b] as number) | bit;
      }
    }
    return acyclic;
  }
}

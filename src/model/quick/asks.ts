import { ACQREL, SEQCST } from '../accesses.ts';
import type { AxiomName, Definition } from '../definition.ts';
import type { Frame } from './frame.ts';
import type { Order } from './order.ts';

/** The axioms of a definition, as what they find in a frame with hb closed and ask of an order. */
export class Asks {
  readonly #hb1: boolean;
  readonly #hb3: boolean;
  readonly #noTear: boolean;
  readonly #visible1: boolean;
  readonly #visible2: boolean;
  readonly #visible3: boolean;
  readonly #latest: boolean;
  readonly #modificationOrder: boolean;
  readonly #coherence: boolean;
  readonly #atomicity: boolean;
  readonly #visibleAcqrel: boolean;
  readonly #fenceOrder: boolean;
  readonly #initSynchronises: boolean;
  readonly #amongAll: boolean;
  readonly #frame: Frame;
  readonly #order: Order;

  constructor({ axioms, initSynchronises, lastVisibleAmong }: Definition, frame: Frame, order: Order) {
    const on = (name: AxiomName): boolean => axioms.includes(name);
    this.#hb1 = on('hb-consistent-1');
    this.#hb3 = on('hb-consistent-3');
    this.#noTear = on('no-tear');
    this.#visible1 = on('sc-last-visible-1');
    this.#visible2 = on('sc-last-visible-2');
    this.#visible3 = on('sc-last-visible-3');
    this.#latest = on('sc-latest');
    this.#modificationOrder = on('sc-modification-order');
    this.#coherence = on('atomic-coherence');
    this.#atomicity = on('rmw-atomicity');
    this.#visibleAcqrel = on('sc-last-visible-acqrel');
    this.#fenceOrder = on('fence-order');
    this.#initSynchronises = initSynchronises;
    this.#amongAll = lastVisibleAmong === 'all';
    this.#frame = frame;
    this.#order = order;
  }

  /** Whether the axioms hold that say nothing of `tot`. */
  holdWithoutOrder(): boolean {
    const { reads, firstSource } = this.#frame;
    for (let r = 0; r < reads; r++) {
      const first = firstSource[r] as number;
      const end = firstSource[r + 1] as number;
      for (let s = first; s < end; s++) {
        if (this.#hb1 && this.#readsLater(r, s)) return false;
        if (this.#hb3 && this.#isHidden(r, s)) return false;
      }
      if (this.#noTear && end - first > 1 && this.#isTorn(r, first, end)) return false;
    }
    return true;
  }

  /** The read is, or happens before, what it reads from. */
  #readsLater(r: number, s: number): boolean {
    const { sourceWrite, writeEvent, readEvent, hb } = this.#frame;
    const write = writeEvent[sourceWrite[s] as number] as number;
    const read = readEvent[r] as number;
    return write === read || (((hb[read] as number) >>> write) & 1) === 1;
  }

  /** Another write of a unit is between in hb. */
  #isHidden(r: number, s: number): boolean {
    const { sourceWrite, sourceFrom, sourceTo, writeEvent, readEvent, readRegion, regionWriters, hb, hbInverse } =
      this.#frame;
    const region = readRegion[r] as number;
    const write = writeEvent[sourceWrite[s] as number] as number;
    const read = readEvent[r] as number;
    const between = (regionWriters[region] as number) & (hb[write] as number) & (hbInverse[read] as number);
    for (let left = between; left !== 0; left &= left - 1) {
      const other = 31 - Math.clz32(left & -left);
      if (this.#frame.touches(other, region, sourceFrom[s] as number, sourceTo[s] as number)) return true;
    }
    return false;
  }

  /** A tear-free read mixes two tear-free writes of its range. */
  #isTorn(r: number, first: number, end: number): boolean {
    const { readTearFree, readRange, sourceFirst, sourceWrite, writeTearFree, writeRange } = this.#frame;
    if (readTearFree[r] === 0) return false;
    let whole = 0;
    for (let s = first; s < end; s++) {
      const w = sourceWrite[s] as number;
      if (sourceFirst[s] === 1 && writeTearFree[w] === 1 && writeRange[w] === readRange[r]) whole++;
    }
    return whole > 1;
  }

  /** Asks of the order what the other axioms want; it may be broken by it. */
  ask(): void {
    const frame = this.#frame;
    const { reads, firstSource, sourceFirst, acqrel, fences, ranges, atomicWriters } = frame;
    const order = this.#order;
    for (let r = 0; r < reads && !order.broken; r++) {
      const end = firstSource[r + 1] as number;
      for (let s = firstSource[r] as number; s < end; s++) {
        if (this.#latest) this.#askLatest(r, s);
        if (sourceFirst[s] === 1) this.#askSource(r, s);
      }
    }
    if (!acqrel && fences === 0) return;
    for (let range = 0; range < ranges && !order.broken; range++) {
      const atomic = atomicWriters[range] as number;
      if ((atomic & (atomic - 1)) !== 0) this.#askPairs(range, atomic);
    }
  }

  #askSource(r: number, s: number): void {
    const frame = this.#frame;
    const { sourceWrite, writeEvent, writeRange, writeStrength, readEvent, readRange, readStrength } = frame;
    const w = sourceWrite[s] as number;
    const range = readRange[r] as number;
    const write = writeEvent[w] as number;
    const read = readEvent[r] as number;
    const same = writeRange[w] === range;
    const before = (((frame.hb[write] as number) >>> read) & 1) === 1;
    const readAs = readStrength[r] as number;
    const writeAs = writeStrength[w] as number;
    if (readAs === SEQCST) {
      if (this.#visible1) this.#askVisible1(r, write, read, range, same && writeAs === SEQCST);
      if (this.#visible2 && before) {
        const others = (frame.seqcstWriters[range] as number) & (frame.hb[write] as number) & ~(1 << read);
        this.#follow(read, others);
      }
    }
    if (this.#visible3 && before && writeAs === SEQCST) {
      const others = frame.seqcstWriters[writeRange[w] as number] as number;
      this.#precede(others & (frame.hbInverse[read] as number) & ~(1 << write), write);
    }
    if (frame.acqrel) {
      if (this.#coherence && before && writeAs >= ACQREL) this.#askReadCoherence(w, write, read);
      if (this.#atomicity && readAs >= ACQREL && (frame.update[r] as number) >= 0)
        this.#askAtomicity(w, write, read, range, readAs, same && writeAs >= ACQREL, before);
      if (this.#visibleAcqrel && same && readAs === SEQCST && writeAs === ACQREL)
        this.#askVisibleAcqrel(w, read, range);
    }
    if (frame.fences !== 0 && this.#fenceOrder && readAs >= ACQREL)
      this.#askFencesOfRead(w, write, read, range, readAs, same && writeAs >= ACQREL, before);
  }

  /** `read` tot V, for each V. */
  #follow(read: number, others: number): void {
    for (let left = others & ~(this.#order.after[read] as number); left !== 0; left &= left - 1) {
      this.#order.require(read, 31 - Math.clz32(left & -left));
    }
  }

  /** V tot `write`, for each V. */
  #precede(others: number, write: number): void {
    for (let left = others & ~(this.#order.before[write] as number); left !== 0; left &= left - 1) {
      this.#order.require(31 - Math.clz32(left & -left), write);
    }
  }

  /** Not W tot V tot R, for each V: V tot W or R tot V. */
  #notBetween(write: number, others: number, read: number): void {
    const order = this.#order;
    const open = others & ~((order.before[write] as number) | (order.after[read] as number));
    for (let left = open; left !== 0; left &= left - 1) {
      const other = 31 - Math.clz32(left & -left);
      order.either(other, write, read, other);
    }
  }

  #askVisible1(r: number, write: number, read: number, range: number, synchronise: boolean): void {
    const frame = this.#frame;
    if (!synchronise) {
      if (!this.#initSynchronises || !frame.readsInitAlone(r)) return;
    }
    const others = (this.#amongAll ? frame.writers[range] : frame.seqcstWriters[range]) as number;
    this.#notBetween(write, others & ~((1 << write) | (1 << read)), read);
  }

  /** The write is before the read, and no write of one of these units between. */
  #askLatest(r: number, s: number): void {
    const frame = this.#frame;
    const write = frame.writeEvent[frame.sourceWrite[s] as number] as number;
    const read = frame.readEvent[r] as number;
    if (frame.sourceFirst[s] === 1) this.#order.require(write, read);
    const region = frame.readRegion[r] as number;
    let others = 0;
    const writers = (frame.regionWriters[region] as number) & ~((1 << write) | (1 << read));
    for (let left = writers; left !== 0; left &= left - 1) {
      const other = 31 - Math.clz32(left & -left);
      if (frame.touches(other, region, frame.sourceFrom[s] as number, frame.sourceTo[s] as number))
        others |= 1 << other;
    }
    this.#notBetween(write, others, read);
  }

  /** No V with W mo V hb R, one of W and V being acqrel. */
  #askReadCoherence(w: number, write: number, read: number): void {
    const frame = this.#frame;
    const range = frame.writeRange[w] as number;
    const among = (
      frame.writeStrength[w] === ACQREL ? frame.atomicWriters[range] : frame.acqrelWriters[range]
    ) as number;
    const place = frame.place[w] as number;
    for (let left = among & (frame.hbInverse[read] as number) & ~(1 << write); left !== 0; left &= left - 1) {
      this.#order.require(frame.placeIn(range, 31 - Math.clz32(left & -left)), place);
    }
  }

  /** No V with W mo V mo U, nor W hb V mo U, where not all are seqcst. */
  #askAtomicity(
    w: number,
    write: number,
    update: number,
    range: number,
    updateAs: number,
    readsAtomic: boolean,
    before: boolean,
  ): void {
    if (!readsAtomic && !before) return;
    const frame = this.#frame;
    const order = this.#order;
    const own = frame.placeIn(range, update);
    const atomic = (frame.atomicWriters[range] as number) & ~(1 << update);
    const weak = updateAs === ACQREL ? atomic : (frame.acqrelWriters[range] as number) & atomic;
    if (readsAtomic) {
      const others = frame.writeStrength[w] === ACQREL ? atomic : weak;
      const place = frame.place[w] as number;
      for (let left = others & ~(1 << write); left !== 0; left &= left - 1) {
        const other = frame.placeIn(range, 31 - Math.clz32(left & -left));
        order.either(other, place, own, other);
      }
    }
    if (!before) return;
    for (let left = weak & (frame.hb[write] as number); left !== 0; left &= left - 1) {
      order.require(own, frame.placeIn(range, 31 - Math.clz32(left & -left)));
    }
  }

  /** No seqcst V with W mo V tot R. */
  #askVisibleAcqrel(w: number, read: number, range: number): void {
    const frame = this.#frame;
    const others = (frame.seqcstWriters[range] as number) & ~(1 << read) & ~(this.#order.after[read] as number);
    const place = frame.place[w] as number;
    for (let left = others; left !== 0; left &= left - 1) {
      const other = 31 - Math.clz32(left & -left);
      this.#order.either(frame.placeIn(range, other), place, read, other);
    }
  }

  #askPairs(range: number, atomic: number): void {
    const frame = this.#frame;
    const seqcst = frame.seqcstWriters[range] as number;
    for (let left = atomic; left !== 0; left &= left - 1) {
      const a = 31 - Math.clz32(left & -left);
      for (let rest = left & (left - 1); rest !== 0; rest &= rest - 1) {
        const b = 31 - Math.clz32(rest & -rest);
        const both = (1 << a) | (1 << b);
        this.#askPair(a, b, frame.placeIn(range, a), frame.placeIn(range, b), (seqcst & both) === both);
        if (frame.fences === 0 || !this.#fenceOrder) continue;
        const strengthOf = (event: number): number => (((seqcst >>> event) & 1) === 1 ? SEQCST : ACQREL);
        this.#askFences(a, strengthOf(a), b, strengthOf(b), frame.placeIn(range, b), frame.placeIn(range, a));
        this.#askFences(b, strengthOf(b), a, strengthOf(a), frame.placeIn(range, a), frame.placeIn(range, b));
      }
    }
  }

  /** Of two seqcst writes of a range, the modification order is `tot`; of others, it contains hb. */
  #askPair(a: number, b: number, placeA: number, placeB: number, seqcst: boolean): void {
    const { hb, acqrel } = this.#frame;
    const order = this.#order;
    if (seqcst) {
      if (!this.#modificationOrder || placeA === a) return;
      order.either(placeA, placeB, b, a);
      order.either(placeB, placeA, a, b);
      return;
    }
    if (!this.#coherence || !acqrel) return;
    if ((((hb[a] as number) >>> b) & 1) === 1) order.require(placeA, placeB);
    if ((((hb[b] as number) >>> a) & 1) === 1) order.require(placeB, placeA);
  }

  /** A reads from W, which is before B: in hb, or in `mo`. */
  #askFencesOfRead(
    w: number,
    write: number,
    read: number,
    range: number,
    readAs: number,
    readsAtomic: boolean,
    before: boolean,
  ): void {
    const frame = this.#frame;
    const atomic = (frame.atomicWriters[range] as number) & ~(1 << read);
    const seqcst = frame.seqcstWriters[range] as number;
    for (let left = atomic; left !== 0; left &= left - 1) {
      const other = 31 - Math.clz32(left & -left);
      const otherAs = ((seqcst >>> other) & 1) === 1 ? SEQCST : ACQREL;
      if (before && (((frame.hb[write] as number) >>> other) & 1) === 1) {
        this.#askFences(read, readAs, other, otherAs, 0, 0);
      } else if (readsAtomic && other !== write) {
        this.#askFences(read, readAs, other, otherAs, frame.placeIn(range, other), frame.place[w] as number);
      }
    }
  }

  /** Unless the edge is there (none, if it is from an element to itself): `tot` agrees on A and B if seqcst, the fences before A and those after B. */
  #askFences(a: number, aAs: number, b: number, bAs: number, unlessFrom: number, unlessTo: number): void {
    const { hb, hbInverse, fences } = this.#frame;
    const order = this.#order;
    const early = fences & (hbInverse[a] as number);
    const late = fences & (hb[b] as number);
    if (bAs === SEQCST) {
      for (let left = early; left !== 0; left &= left - 1) {
        order.either(unlessFrom, unlessTo, 31 - Math.clz32(left & -left), b);
      }
    }
    for (let left = late; left !== 0; left &= left - 1) {
      const fence = 31 - Math.clz32(left & -left);
      if (aAs === SEQCST) order.either(unlessFrom, unlessTo, a, fence);
      for (let rest = early; rest !== 0; rest &= rest - 1) {
        order.either(unlessFrom, unlessTo, 31 - Math.clz32(rest & -rest), fence);
      }
    }
  }
}

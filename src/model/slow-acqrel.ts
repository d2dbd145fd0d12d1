import type { WritingAction } from '../event/action.ts';
import type { Event } from '../event/execution.ts';
import type { Region } from '../event/location.ts';
import { known } from '../base/assert.ts';
import type { AxiomName } from './definition.ts';
import type { Relation, World } from './slow-world.ts';
import { atomic, reading, same, seqcst, writing } from './slow-world.ts';

/** The axioms on acqrel accesses and fences [proofs-notes/acqrel.md], transcribed as the others are: modification orders by enumeration. */

/** W mo V, of atomic writes of one range in region r. */
export type Modification = (r: Region, W: Event, V: Event) => boolean;

const NAMES: readonly AxiomName[] = ['atomic-coherence', 'rmw-atomicity', 'sc-last-visible-acqrel', 'fence-order'];

/** All ways to order the atomic writes of every range. A single one, which no axiom asks for, in an execution without acqrel accesses and seqcst fences. */
export function* modificationOrders(world: World): Generator<Modification> {
  const asked = NAMES.some((name) => world.definition.axioms.includes(name));
  const orders = asked && isRelaxed(world) ? ordersOf(atomicRanges(world)) : [[]];
  for (const order of orders) {
    yield (r, W, V) =>
      order.some((writes) => {
        const [i, j] = [
          writes.findIndex((w) => w.r === r && w.W === W),
          writes.findIndex((w) => w.r === r && w.W === V),
        ];
        return i >= 0 && j >= 0 && i < j;
      });
  }
}

interface AtomicWrite {
  readonly r: Region;
  readonly W: Event;
  readonly write: WritingAction;
}

function isRelaxed({ events, definition }: World): boolean {
  const acqrel = events.some((e) =>
    e.actions.some((a) => 'order' in a && a.order === 'acqrel' && atomic(definition, a)),
  );
  return acqrel || events.some((e) => e.fence === 'seqcst');
}

/** The atomic writes, those of one range together. */
function atomicRanges({ definition, events, regions }: World): AtomicWrite[][] {
  const ranges: AtomicWrite[][] = [];
  for (const r of regions) {
    for (const W of events) {
      const write = writing(r, W);
      if (write === undefined || !atomic(definition, write)) continue;
      const range = ranges.find((writes) => writes.some((w) => same(w.write, write)));
      if (range === undefined) ranges.push([{ r, W, write }]);
      else range.push({ r, W, write });
    }
  }
  return ranges;
}

function* ordersOf(ranges: readonly AtomicWrite[][]): Generator<AtomicWrite[][]> {
  const [range, ...others] = ranges;
  if (range === undefined) {
    yield [];
    return;
  }
  for (const rest of ordersOf(others)) for (const order of permutations(range)) yield [order, ...rest];
}

function* permutations(writes: readonly AtomicWrite[]): Generator<AtomicWrite[]> {
  if (writes.length === 0) yield [];
  for (const first of writes) {
    for (const rest of permutations(writes.filter((w) => w !== first))) yield [first, ...rest];
  }
}

export interface Failure {
  readonly axiom: AxiomName;
  readonly events: readonly Event['id'][];
}

type On = (axiom: AxiomName) => boolean;

/** What fails whatever `tot` is: atomic-coherence, rmw-atomicity. */
export function firstIncoherence(world: World, mo: Modification, on: On): Failure | null {
  if (!isRelaxed(world)) return null;
  const { definition, events, regions, hb, rf } = world;
  for (const r of regions) {
    for (const W of events) {
      const write = writing(r, W);
      if (write === undefined) continue;
      for (const V of events) {
        const other = writing(r, V);
        if (other === undefined || V === W || !atomic(definition, other)) continue;
        const coherent = on('atomic-coherence') && atomic(definition, write) && same(write, other);
        const someAcqrel = !seqcst(write) || !seqcst(other);
        if (coherent && someAcqrel && hb(W, V) && !mo(r, W, V))
          return { axiom: 'atomic-coherence', events: [W.id, V.id] };
        for (const R of events) {
          const read = reading(r, R);
          if (read === undefined || !units(read.size).some((i) => rf(r, R, i) === W)) continue;
          const events = [W.id, V.id, R.id];
          if (coherent && someAcqrel && hb(W, R) && mo(r, W, V) && hb(V, R))
            return { axiom: 'atomic-coherence', events };
          if (!on('rmw-atomicity') || V === R || read.kind !== 'rmw') continue;
          if (!atomic(definition, read) || !same(other, read)) continue;
          const weak = !seqcst(read) || !seqcst(other);
          const readsAtomic = atomic(definition, write) && same(write, read);
          if (readsAtomic && (weak || !seqcst(write)) && mo(r, W, V) && mo(r, V, R))
            return { axiom: 'rmw-atomicity', events };
          if (weak && hb(W, R) && hb(W, V) && mo(r, V, R)) return { axiom: 'rmw-atomicity', events };
        }
      }
    }
  }
  return null;
}

/** What fails of sc-modification-order, sc-last-visible-acqrel and fence-order. */
export function firstMisorder(world: World, tot: Relation, mo: Modification, on: On): Failure | null {
  if (!isRelaxed(world)) return null;
  const { definition, events, regions, hb, rf } = world;
  for (const r of regions) {
    for (const B of events) {
      const after = writing(r, B);
      if (after === undefined || !atomic(definition, after)) continue;
      for (const A of events) {
        if (A === B) continue;
        const write = writing(r, A);
        const read = reading(r, A);
        if (write !== undefined && atomic(definition, write) && same(write, after)) {
          if (on('sc-modification-order') && seqcst(write) && seqcst(after) && mo(r, A, B) !== tot(A, B)) {
            return { axiom: 'sc-modification-order', events: [A.id, B.id] };
          }
          if (on('fence-order') && mo(r, A, B) && breaksFence(world, tot, r, A, B)) {
            return { axiom: 'fence-order', events: [A.id, B.id] };
          }
        }
        if (read === undefined || !atomic(definition, read) || !same(read, after)) continue;
        for (const i of units(read.size)) {
          const W = rf(r, A, i);
          const from = known(writing(r, W), 'write');
          const readsAtomic = atomic(definition, from) && same(from, read);
          const inMo = readsAtomic && mo(r, W, B);
          const events = [W.id, B.id, A.id];
          const acqrel = readsAtomic && !seqcst(from);
          if (on('sc-last-visible-acqrel') && acqrel && inMo && seqcst(read) && seqcst(after) && tot(B, A)) {
            return { axiom: 'sc-last-visible-acqrel', events };
          }
          if (on('fence-order') && (inMo || (hb(W, A) && hb(W, B))) && breaksFence(world, tot, r, A, B)) {
            return { axiom: 'fence-order', events };
          }
        }
      }
    }
  }
  return null;
}

/** Whether a fence or seqcst access that is A or before it comes in `tot` after one that is B or after it, one of them a fence. */
function breaksFence({ events, hb }: World, tot: Relation, r: Region, A: Event, B: Event): boolean {
  const isSeqcst = (e: Event): boolean => [reading(r, e), writing(r, e)].some((a) => a !== undefined && seqcst(a));
  for (const a of events) {
    const before = a.fence === 'seqcst' ? hb(a, A) : a === A && isSeqcst(A);
    if (!before) continue;
    for (const b of events) {
      const after = b.fence === 'seqcst' ? hb(B, b) : b === B && isSeqcst(B);
      if (after && (a.fence !== null || b.fence !== null) && (a === b || tot(b, a))) return true;
    }
  }
  return false;
}

function units(size: number): number[] {
  return Array.from({ length: size }, (_, i) => i);
}

import type { EventId } from '../event/execution.ts';
import type { ReadAccess, Source, WriteAccess } from './accesses.ts';
import { ACQREL, SEQCST } from './accesses.ts';
import type { Asking } from './axioms.ts';
import type { EdgeList } from './relations.ts';
import { bothAtomic } from './relations.ts';

/**
 * The axiom `fence-order` [proofs-notes/acqrel.md]: where an access A is before an access B, both atomic and of one range, `tot` agrees on the seqcst fences around
 * them. A is before B in `mo`, or reads from a write that is before B.
 */

/** A mo B, of two writes in either order. */
export function fencesBetweenWrites(ask: Asking, write: WriteAccess, other: WriteAccess): void {
  if (write.event === other.event) return;
  fenceOrder(ask, write, other, [other.place, write.place]);
  fenceOrder(ask, other, write, [write.place, other.place]);
}

/** A reads from W, which is before B: in `mo`, or in hb and before A in hb. */
export function fencesBetweenReadAndWrite(ask: Asking, read: ReadAccess, { write, first }: Source): void {
  if (!first || read.strength < ACQREL) return;
  const { hb } = ask.subject;
  for (const other of read.writes) {
    if (other.event === read.event || !bothAtomic(other, read)) continue;
    if (hb.has(write.event, read.event) && hb.has(write.event, other.event)) fenceOrder(ask, read, other, []);
    else if (write !== other && bothAtomic(write, read)) fenceOrder(ask, read, other, [other.place, write.place]);
  }
}

interface Ranked {
  readonly event: EventId;
  readonly strength: number;
}

/**
 * Unless an edge of `unless` is there: a tot b for a = A if seqcst or a fence before A, b = B if seqcst or a fence after B, one of them a fence.
 */
function fenceOrder({ subject, out }: Asking, A: Ranked, B: Ranked, unless: EdgeList): void {
  const { hb, within, accesses } = subject;
  const demand = (a: EventId, b: EventId): void => {
    if (within.has(a, b)) return;
    const either = a === b ? unless : [...unless, a, b];
    out.push({ axiom: 'fence-order', events: [A.event, B.event, a, b], either });
  };
  for (const fence of accesses.fences) {
    if (B.strength === SEQCST && hb.has(fence, A.event)) demand(fence, B.event);
    if (!hb.has(B.event, fence)) continue;
    if (A.strength === SEQCST) demand(A.event, fence);
    for (const before of accesses.fences) if (hb.has(before, A.event)) demand(before, fence);
  }
}

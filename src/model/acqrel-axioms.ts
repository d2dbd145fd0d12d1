import type { ReadAccess, Source, WriteAccess } from './accesses.ts';
import { ACQREL, SEQCST } from './accesses.ts';
import type { Asking } from './axioms.ts';
import { bothAtomic } from './relations.ts';

/**
 * The axioms on acqrel accesses [proofs-notes/acqrel.md]. Beside `tot` there is a modification order `mo` of the atomic writes of each range; W′ is `other`. Where a
 * condition is about seqcst accesses alone, an axiom of OOPSLA19 says it already.
 */

/** Of two seqcst writes of one range, W mo W′ iff W tot W′. Where all writes of the range are seqcst, `mo` is `tot`. */
export function scModificationOrder({ out }: Asking, write: WriteAccess, other: WriteAccess): void {
  if (write.strength !== SEQCST || other.strength !== SEQCST || write.place === write.event) return;
  const events = [write.event, other.event];
  const either = (a: WriteAccess, b: WriteAccess): number[] => [a.place, b.place, b.event, a.event];
  out.push({ axiom: 'sc-modification-order', events, either: either(write, other) });
  out.push({ axiom: 'sc-modification-order', events, either: either(other, write) });
}

/** `mo` contains hb, of two writes not both seqcst. */
export function writeCoherence({ subject, out }: Asking, write: WriteAccess, other: WriteAccess): void {
  if (write.strength !== ACQREL && other.strength !== ACQREL) return;
  const { hb } = subject;
  const axiom = 'atomic-coherence';
  if (hb.has(write.event, other.event)) {
    out.push({ axiom, events: [write.event, other.event], either: [write.place, other.place] });
  }
  if (hb.has(other.event, write.event)) {
    out.push({ axiom, events: [other.event, write.event], either: [other.place, write.place] });
  }
}

/** If W hb R: not W mo W′ hb R, one of the writes being acqrel. Where both are seqcst, sc-last-visible-3 says the same. */
export function readCoherence({ subject, out }: Asking, read: ReadAccess, { write, first }: Source): void {
  const { hb } = subject;
  if (!first || write.strength < ACQREL || !hb.has(write.event, read.event)) return;
  for (const other of read.writes) {
    if (other === write || !bothAtomic(write, other)) continue;
    const weak = write.strength === ACQREL || other.strength === ACQREL;
    if (!weak || !hb.has(other.event, read.event)) continue;
    const events = [write.event, other.event, read.event];
    out.push({ axiom: 'atomic-coherence', events, either: [other.place, write.place] });
  }
}

/** Not W mo W′ mo U, nor W hb W′ mo U. Where all are seqcst, sc-last-visible-1 and -2 say the same. */
export function rmwAtomicity({ subject, out }: Asking, read: ReadAccess, { write, first }: Source): void {
  const { hb } = subject;
  const { update } = read;
  if (!first || update === null || update.strength < ACQREL) return;
  const readsAtomic = bothAtomic(write, update);
  const happensBefore = hb.has(write.event, read.event);
  if (!readsAtomic && !happensBefore) return;
  const axiom = 'rmw-atomicity';
  for (const other of read.writes) {
    if (other === update || !bothAtomic(other, update)) continue;
    const events = [write.event, other.event, read.event];
    const weak = update.strength === ACQREL || other.strength === ACQREL;
    if (readsAtomic && other !== write && (weak || write.strength === ACQREL)) {
      out.push({ axiom, events, either: [other.place, write.place, update.place, other.place] });
    }
    if (weak && happensBefore && hb.has(write.event, other.event)) {
      out.push({ axiom, events, either: [update.place, other.place] });
    }
  }
}

/** Not W mo W′ tot R, of a seqcst R that reads from an acqrel W, and a seqcst W′. Where W is seqcst, sc-last-visible-1 says the same. */
export function scLastVisibleAcqrel({ subject, out }: Asking, read: ReadAccess, { write, first }: Source): void {
  if (!first || read.strength !== SEQCST || write.strength !== ACQREL || !bothAtomic(write, read)) return;
  for (const other of read.writes) {
    if (other.event === read.event || other.strength !== SEQCST || !bothAtomic(other, read)) continue;
    if (subject.within.has(read.event, other.event)) continue;
    const events = [write.event, other.event, read.event];
    out.push({ axiom: 'sc-last-visible-acqrel', events, either: [other.place, write.place, read.event, other.event] });
  }
}

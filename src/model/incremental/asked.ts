import { ACQREL, SEQCST } from '../accesses.ts';
import type { ReadAccess, Source, WriteAccess } from '../accesses.ts';
import type { AxiomName, Definition } from '../definition.ts';
import { bothAtomic, readsInitAlone, sync } from '../relations.ts';
import type { Clauses } from './clauses.ts';
import type { FencePairs } from './fence-pairs.ts';

/**
 * The axioms of `axioms.ts`, `acqrel-axioms.ts` and `fence-axiom.ts` as clauses that hold from the moment on at which their accesses are there: what those ask only where
 * hb has an edge is here asked on condition of that edge. W is the write read from, O another, R the read.
 */
export interface Asked {
  readonly definition: Definition;
  readonly on: ReadonlySet<AxiomName>;
  readonly clauses: Clauses;
  readonly fencePairs: FencePairs;
  /** The element of `tot` that is the event. */
  readonly element: (event: number) => number;
}

const NO = -1;

/** What is asked of a read on behalf of one thing that it reads from, whatever else is written. */
export function askSource({ on, clauses, element }: Asked, R: ReadAccess, { write: W, first }: Source): void {
  if (!first) return;
  const [w, r] = [W.event, R.event];
  if (on.has('hb-consistent-1')) clauses.add(r, w, NO, NO, NO, NO, NO, NO);
  if (on.has('sc-latest')) clauses.add(NO, NO, NO, NO, element(w), element(r), NO, NO);
}

/** What is asked of a read on behalf of one thing that it reads from and another write of its region. */
export function askRival(asked: Asked, R: ReadAccess, source: Source, O: WriteAccess): void {
  const { on, clauses, element } = asked;
  const { write: W, from, to, first } = source;
  const [w, o, r] = [W.event, O.event, R.event];
  const overlaps = O.offset < to && from < O.end;
  if (overlaps && on.has('hb-consistent-3')) clauses.add(w, o, o, r, NO, NO, NO, NO);
  if (overlaps && on.has('sc-latest') && o !== w && o !== r) notBetween(asked, w, o, r);
  if (!first) return;
  if (R.strength === SEQCST) {
    if (on.has('sc-last-visible-1') && o !== w && o !== r && isLastVisible(asked.definition, R, W, O)) {
      notBetween(asked, w, o, r);
    }
    if (on.has('sc-last-visible-2') && o !== r && sync(O, R)) clauses.add(w, r, w, o, element(r), element(o), NO, NO);
  }
  if (on.has('sc-last-visible-3') && o !== w && sync(W, O)) clauses.add(w, r, o, r, element(o), element(w), NO, NO);
  if (on.has('fence-order')) askFences(asked, R, W, O);
  if (W.strength === SEQCST && R.strength === SEQCST && O.strength === SEQCST) return;
  if (on.has('atomic-coherence')) askCoherence(asked, R, W, O);
  if (on.has('rmw-atomicity')) askAtomicity(asked, R, W, O);
  if (on.has('sc-last-visible-acqrel')) askAcqrelVisible(asked, R, W, O);
}

function isLastVisible(
  { initSynchronises, lastVisibleAmong }: Definition,
  R: ReadAccess,
  W: WriteAccess,
  O: WriteAccess,
): boolean {
  if (!sync(W, R) && !(initSynchronises && readsInitAlone(R))) return false;
  return lastVisibleAmong === 'all' ? isOfRange(O, R) : sync(O, R);
}

function isOfRange(O: WriteAccess, R: ReadAccess): boolean {
  return O.offset === R.offset && O.end === R.end;
}

/** Not W tot O tot R. */
function notBetween({ clauses, element }: Asked, w: number, o: number, r: number): void {
  clauses.add(NO, NO, NO, NO, element(o), element(w), element(r), element(o));
}

function askCoherence({ clauses }: Asked, R: ReadAccess, W: WriteAccess, O: WriteAccess): void {
  if (W.strength < ACQREL || O === W || !bothAtomic(W, O)) return;
  if (W.strength !== ACQREL && O.strength !== ACQREL) return;
  clauses.add(W.event, R.event, O.event, R.event, O.place, W.place, NO, NO);
}

function askAtomicity({ clauses }: Asked, R: ReadAccess, W: WriteAccess, O: WriteAccess): void {
  const U = R.update;
  if (U === null || U.strength < ACQREL || O === U || !bothAtomic(O, U)) return;
  const isWeak = U.strength === ACQREL || O.strength === ACQREL;
  if (O !== W && bothAtomic(W, U) && (isWeak || W.strength === ACQREL)) {
    clauses.add(NO, NO, NO, NO, O.place, W.place, U.place, O.place);
  }
  if (isWeak) clauses.add(W.event, R.event, W.event, O.event, U.place, O.place, NO, NO);
}

function askAcqrelVisible({ clauses, element }: Asked, R: ReadAccess, W: WriteAccess, O: WriteAccess): void {
  if (R.strength !== SEQCST || W.strength !== ACQREL || !bothAtomic(W, R)) return;
  if (O.event === R.event || O.strength !== SEQCST || !bothAtomic(O, R)) return;
  clauses.add(NO, NO, NO, NO, O.place, W.place, element(R.event), element(O.event));
}

function askFences({ fencePairs }: Asked, R: ReadAccess, W: WriteAccess, O: WriteAccess): void {
  if (R.strength < ACQREL || O.event === R.event || !bothAtomic(O, R)) return;
  fencePairs.add(R, O, W, NO, NO);
  if (W !== O && bothAtomic(W, R)) fencePairs.add(R, O, null, O.place, W.place);
}

/** What is asked of two writes, in either order. */
export function askPair({ on, clauses, fencePairs, element }: Asked, V: WriteAccess, W: WriteAccess): void {
  if (!bothAtomic(V, W)) return;
  const [v, w] = [V.event, W.event];
  if (on.has('sc-modification-order') && V.strength === SEQCST && W.strength === SEQCST && V.place !== element(v)) {
    clauses.add(NO, NO, NO, NO, V.place, W.place, element(w), element(v));
    clauses.add(NO, NO, NO, NO, W.place, V.place, element(v), element(w));
  }
  if (on.has('atomic-coherence') && (V.strength === ACQREL || W.strength === ACQREL)) {
    clauses.add(v, w, NO, NO, V.place, W.place, NO, NO);
    clauses.add(w, v, NO, NO, W.place, V.place, NO, NO);
  }
  if (on.has('fence-order') && v !== w) {
    fencePairs.add(V, W, null, W.place, V.place);
    fencePairs.add(W, V, null, V.place, W.place);
  }
}

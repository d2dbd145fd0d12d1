import type { EventId } from '../event/execution.ts';
import type { BitMatrix } from '../rel/bit-matrix.ts';
import type { Accesses, Placing, ReadAccess, Source, WriteAccess } from './accesses.ts';
import { SEQCST, sameRange } from './accesses.ts';
import {
  readCoherence,
  rmwAtomicity,
  scLastVisibleAcqrel,
  scModificationOrder,
  writeCoherence,
} from './acqrel-axioms.ts';
import type { AxiomName, Definition } from './definition.ts';
import { fencesBetweenReadAndWrite, fencesBetweenWrites } from './fence-axiom.ts';
import { bothAtomic, readsInitAlone, sync } from './relations.ts';
import type { Constraint } from './total-order.ts';

/** What an axiom looks at: everything but `tot`. */
export interface Subject {
  readonly accesses: Accesses;
  readonly hb: BitMatrix;
  /** What `tot` must contain: hb, unless the axiom that says so is left out. */
  readonly within: BitMatrix;
  readonly definition: Definition;
}

/** Which axiom fails, and the events in the order in which it names them (W, W′, R). */
export interface Failure {
  readonly axiom: AxiomName;
  readonly events: readonly EventId[];
}

/** No event reads from one that happens after it, or from itself. */
export function hbConsistent1({ accesses, hb }: Subject): Failure | null {
  for (const read of accesses.reads) {
    for (const { write, first } of read.sources) {
      if (first && (write.event === read.event || hb.has(read.event, write.event))) {
        return { axiom: 'hb-consistent-1', events: [write.event, read.event] };
      }
    }
  }
  return null;
}

/** No unit is read from a write that another write of that unit hides from the read, by hb on both sides. */
export function hbConsistent3(subject: Subject): Failure | null {
  const { accesses, hb } = subject;
  for (const read of accesses.reads) {
    const writes = read.writes;
    for (const { write, from, to } of read.sources) {
      for (const other of writes) {
        if (other.offset >= to || from >= other.end) continue;
        if (hb.has(write.event, other.event) && hb.has(other.event, read.event)) {
          return { axiom: 'hb-consistent-3', events: [write.event, other.event, read.event] };
        }
      }
    }
  }
  return null;
}

/** A tear-free read mixes no two tear-free writes of its own range. */
export function noTear({ accesses }: Subject): Failure | null {
  for (const read of accesses.reads) {
    const torn = tornBetween(read);
    if (torn !== null) return { axiom: 'no-tear', events: [...torn, read.event] };
  }
  return null;
}

/** Two tear-free writes of the range of the read, which is tear-free and mixes them; null if there are none. */
export function tornBetween(read: ReadAccess): [EventId, EventId] | null {
  const { tearFree, sources } = read;
  if (!tearFree || sources.length < 2) return null;
  let whole: WriteAccess | null = null;
  for (const { write, first } of sources) {
    if (!first || !write.tearFree || !sameRange(write, read)) continue;
    if (whole !== null) return [whole.event, write.event];
    whole = write;
  }
  return null;
}

/** What an axiom asks of the orders on behalf of one thing that a read reads from. */
export type SourceAxiom = (ask: Asking, read: ReadAccess, source: Source) => void;

/** What an axiom asks of the orders on behalf of two atomic writes of one range, neither after the other in the list. */
export type PairAxiom = (ask: Asking, write: WriteAccess, other: WriteAccess) => void;

/** Which executions an axiom asks something of, beside those with reads. */
type Needs = 'nothing' | 'acqrel' | 'fence' | 'either';

interface TotAxiom {
  readonly needs: Needs;
  readonly ofSource?: SourceAxiom;
  readonly ofPair?: PairAxiom;
}

/** What an axiom asks of `tot` and the modification orders, by its name; the axioms above ask nothing of them. */
const TOT_AXIOMS: Partial<Record<AxiomName, TotAxiom>> = {
  'sc-last-visible-1': { needs: 'nothing', ofSource: scLastVisible1 },
  'sc-last-visible-2': { needs: 'nothing', ofSource: scLastVisible2 },
  'sc-last-visible-3': { needs: 'nothing', ofSource: scLastVisible3 },
  'sc-modification-order': { needs: 'either', ofPair: scModificationOrder },
  'atomic-coherence': { needs: 'acqrel', ofSource: readCoherence, ofPair: writeCoherence },
  'rmw-atomicity': { needs: 'acqrel', ofSource: rmwAtomicity },
  'sc-last-visible-acqrel': { needs: 'acqrel', ofSource: scLastVisibleAcqrel },
  'fence-order': { needs: 'fence', ofSource: fencesBetweenReadAndWrite, ofPair: fencesBetweenWrites },
  'sc-latest': { needs: 'nothing', ofSource: scLatest },
};

/** The axioms that ask something of an execution. */
export interface TotAxioms {
  readonly ofSources: readonly SourceAxiom[];
  readonly ofPairs: readonly PairAxiom[];
}

/** The axioms of the list that ask something of executions with (without) acqrel accesses and seqcst fences. */
export function totAxioms(names: readonly AxiomName[], acqrel: boolean, fences: boolean): TotAxioms {
  const met: Record<Needs, boolean> = { nothing: true, acqrel, fence: fences, either: acqrel || fences };
  const axioms = names.flatMap((name) => TOT_AXIOMS[name] ?? []).filter(({ needs }) => met[needs]);
  return {
    ofSources: axioms.flatMap(({ ofSource }) => ofSource ?? []),
    ofPairs: axioms.flatMap(({ ofPair }) => ofPair ?? []),
  };
}

/** How the writes of a model with these axioms are placed in modification orders. */
export function placingOf(names: readonly AxiomName[]): Placing {
  const uses: readonly AxiomName[] = ['atomic-coherence', 'rmw-atomicity', 'sc-last-visible-acqrel', 'fence-order'];
  if (!uses.some((name) => names.includes(name))) return 'none';
  return names.includes('sc-modification-order') ? 'acqrel' : 'all';
}

/** Everything that the axioms ask of `tot`, less what it contains anyway. */
export function constraintsOn(subject: Subject, { ofSources, ofPairs }: TotAxioms): readonly Constraint[] {
  const ask: Asking = { subject, out: [] };
  const { reads, writes } = subject.accesses;
  for (const read of reads) {
    for (const source of read.sources) for (const axiom of ofSources) axiom(ask, read, source);
  }
  if (ofPairs.length === 0) return ask.out;
  for (let i = 0; i < writes.length; i++) {
    const write = writes[i] as WriteAccess;
    for (let j = 0; j < i; j++) {
      const other = writes[j] as WriteAccess;
      if (bothAtomic(other, write)) for (const axiom of ofPairs) axiom(ask, other, write);
    }
  }
  return ask.out;
}

export interface Asking {
  readonly subject: Subject;
  readonly out: Constraint[];
}

/** Not W tot W′ tot R: W′ tot W or R tot W′. */
function notBetween(
  { subject, out }: Asking,
  axiom: AxiomName,
  write: WriteAccess,
  other: WriteAccess,
  read: ReadAccess,
): void {
  const [w, v, r] = [write.event, other.event, read.event];
  if (subject.within.has(v, w) || subject.within.has(r, v)) return;
  out.push({ axiom, events: [w, v, r], either: [v, w, r, v] });
}

/** Not W′ tot R: R tot W′. */
function notBefore(
  { subject, out }: Asking,
  axiom: AxiomName,
  write: WriteAccess,
  other: WriteAccess,
  read: ReadAccess,
): void {
  if (subject.within.has(read.event, other.event)) return;
  out.push({ axiom, events: [write.event, other.event, read.event], either: [read.event, other.event] });
}

/** Not W tot W′: W′ tot W. */
function notAfter(
  { subject, out }: Asking,
  axiom: AxiomName,
  write: WriteAccess,
  other: WriteAccess,
  read: ReadAccess,
): void {
  if (subject.within.has(other.event, write.event)) return;
  out.push({ axiom, events: [write.event, other.event, read.event], either: [other.event, write.event] });
}

function scLastVisible1(ask: Asking, read: ReadAccess, { write, first }: Source): void {
  if (!first || read.strength !== SEQCST) return;
  const { initSynchronises, lastVisibleAmong } = ask.subject.definition;
  if (!sync(write, read) && !(initSynchronises && readsInitAlone(read))) return;
  for (const other of read.writes) {
    if (other.event === write.event || other.event === read.event) continue;
    if (lastVisibleAmong === 'all' ? sameRange(other, read) : sync(other, read)) {
      notBetween(ask, 'sc-last-visible-1', write, other, read);
    }
  }
}

function scLastVisible2(ask: Asking, read: ReadAccess, { write, first }: Source): void {
  const { hb } = ask.subject;
  if (!first || read.strength !== SEQCST || !hb.has(write.event, read.event)) return;
  for (const other of read.writes) {
    if (other.event !== read.event && sync(other, read) && hb.has(write.event, other.event)) {
      notBefore(ask, 'sc-last-visible-2', write, other, read);
    }
  }
}

function scLastVisible3(ask: Asking, read: ReadAccess, { write, first }: Source): void {
  const { hb } = ask.subject;
  if (!first || write.strength !== SEQCST || !hb.has(write.event, read.event)) return;
  for (const other of read.writes) {
    if (other.event !== write.event && sync(write, other) && hb.has(other.event, read.event)) {
      notAfter(ask, 'sc-last-visible-3', write, other, read);
    }
  }
}

function scLatest(ask: Asking, read: ReadAccess, { write, from, to, first }: Source): void {
  const { subject, out } = ask;
  if (first && !subject.within.has(write.event, read.event)) {
    const edge = [write.event, read.event];
    out.push({ axiom: 'sc-latest', events: edge, either: edge });
  }
  for (const other of read.writes) {
    if (other.offset >= to || from >= other.end) continue;
    if (other.event !== write.event && other.event !== read.event) notBetween(ask, 'sc-latest', write, other, read);
  }
}

import { assert, known } from '../../base/assert.ts';
import type { Access, ReadingAction, WritingAction } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import { objectOf } from '../../event/location.ts';
import type { Addr, Region, ThreadId } from '../../event/location.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import { GrowingOrder } from '../../rel/growing-order.ts';
import { ACQREL, firstWrongValue, INIT, sourcesOf, strengthOf, writeAt } from '../accesses.ts';
import type { ReadAccess, WriteAccess } from '../accesses.ts';
import { placingOf, tornBetween } from '../axioms.ts';
import type { AxiomName, Definition } from '../definition.ts';
import type { IncrementalCheck } from '../model.ts';
import { bothAtomic, readsInitAlone } from '../relations.ts';
import type { Asked } from './asked.ts';
import { askPair, askRival, askSource } from './asked.ts';
import { BROKEN, CHANGED, Clauses, STABLE } from './clauses.ts';
import { FencePairs } from './fence-pairs.ts';

/** What was told, so that it can be told again. */
type Told =
  | { readonly kind: 'event'; readonly event: Event }
  | { readonly kind: 'read'; readonly event: Event; readonly action: number; readonly from: readonly EventId[] }
  | { readonly kind: 'edge'; readonly from: EventId; readonly to: EventId };

/** A thing told, and how much there was of everything before. */
interface Step {
  readonly told: Told;
  readonly hb: number;
  readonly tot: number;
  readonly clauses: number;
  readonly pairs: number;
  readonly writes: number;
  readonly isBroken: boolean;
}

/** All accesses to one region, and to one object. */
interface RegionAccesses {
  readonly writes: WriteAccess[];
  readonly reads: ReadAccess[];
}

interface ObjectAccesses {
  /** Events of initial writes; events of other accesses. */
  readonly inits: EventId[];
  readonly others: EventId[];
}

/** The axioms that ask nothing of executions without acqrel accesses and seqcst fences. */
const ASK_OF_PLACES: ReadonlySet<AxiomName> = new Set<AxiomName>([
  'sc-modification-order',
  'atomic-coherence',
  'rmw-atomicity',
  'sc-last-visible-acqrel',
  'fence-order',
]);

/** What tests break, to see that it is noticed: edges of `tot` that outlive what forced them; clauses looked at once only. */
export type IncrementalMutant = 'forgets-undo' | 'looks-once' | null;

/**
 * A definition's axioms on an execution that grows and shrinks (proofs-notes/incremental.md). hb and `tot`, as far as it is forced, are kept closed; an axiom is a clause from the moment on at which its
 * accesses are there. Until there is an acqrel access or a seqcst fence, modification orders are `tot`; from then on every atomic write has a place in its
 * range's: what was told is told again, once.
 */
export class NativeIncremental implements IncrementalCheck {
  readonly #definition: Definition;
  readonly #on: ReadonlySet<AxiomName>;
  readonly #isOrdered: boolean;
  readonly #mutant: IncrementalMutant;
  readonly #steps: Step[] = [];
  readonly #events: Event[] = [];
  /** By event: the element of `tot`, and the event before it in its thread, or -1. */
  readonly #elements: number[] = [];
  readonly #previous: number[] = [];
  /** By thread: its latest event. */
  readonly #latest: number[] = [];
  readonly #writes: WriteAccess[] = [];
  readonly #reads: ReadAccess[] = [];
  readonly #fences: EventId[] = [];
  readonly #regions = new Map<Region, RegionAccesses>();
  readonly #objects = new Map<Addr, ObjectAccesses>();
  #asked: Asked;
  #hb = new GrowingOrder();
  #tot = new GrowingOrder();
  #isBroken = false;
  #hasPlaces = false;

  constructor(definition: Definition, mutant: IncrementalMutant = null) {
    this.#definition = definition;
    this.#on = new Set(definition.axioms);
    this.#isOrdered = this.#on.has('hb-irreflexive');
    this.#mutant = mutant;
    this.#asked = this.#ask(definition.axioms.filter((axiom) => !ASK_OF_PLACES.has(axiom)));
  }

  mark(): number {
    return this.#steps.length;
  }

  undoTo(mark: number): void {
    while (this.#steps.length > mark) this.#undo(known(this.#steps.pop(), 'step'));
  }

  event(event: Event): void {
    this.#tell({ kind: 'event', event });
  }

  read(event: Event, action: number, from: readonly EventId[]): void {
    this.#tell({ kind: 'read', event, action, from });
  }

  edge(from: EventId, to: EventId): void {
    this.#tell({ kind: 'edge', from, to });
  }

  isPlausible(): boolean {
    return !this.#isBroken && this.#saturate() !== BROKEN;
  }

  isConsistent(): boolean {
    if (this.#isBroken) return false;
    const mark = this.#tot.mark();
    const isFound = this.#solve();
    this.#tot.undoTo(mark);
    return isFound;
  }

  happensBefore(): BitMatrix {
    const size = this.#events.length;
    const words = (size + 31) >> 5;
    const bits = new Int32Array(size * words);
    for (let a = 0; a < size; a++) for (let w = 0; w < words; w++) bits[a * words + w] = this.#hb.word(a, w);
    return new BitMatrix(size, bits);
  }

  #tell(told: Told): void {
    if (told.kind === 'event' && !this.#hasPlaces && this.#needsPlaces(told.event)) this.#giveEveryWriteAPlace();
    this.#steps.push({
      told,
      hb: this.#hb.mark(),
      tot: this.#tot.mark(),
      clauses: this.#asked.clauses.count,
      pairs: this.#asked.fencePairs.count,
      writes: this.#writes.length,
      isBroken: this.#isBroken,
    });
    if (told.kind === 'event') this.#addEvent(told.event);
    else if (told.kind === 'read') this.#addRead(told.event, told.action, told.from);
    else this.#order(told.from, told.to);
  }

  #ask(axioms: readonly AxiomName[]): Asked {
    const element = (event: number): number => this.#elements[event] as number;
    const definition = this.#definition;
    return { definition, on: new Set(axioms), clauses: new Clauses(), fencePairs: new FencePairs(element), element };
  }

  #needsPlaces({ actions, fence }: Event): boolean {
    if (placingOf(this.#definition.axioms) === 'none') return false;
    return fence === 'seqcst' || actions.some((action) => 'order' in action && this.#strength(action) === ACQREL);
  }

  #giveEveryWriteAPlace(): void {
    const steps = this.#steps.slice();
    this.undoTo(0);
    this.#hb = new GrowingOrder();
    this.#tot = new GrowingOrder();
    this.#hasPlaces = true;
    this.#asked = this.#ask(this.#definition.axioms);
    for (const { told } of steps) this.#tell(told);
  }

  #undo(step: Step): void {
    const { told } = step;
    if (told.kind === 'event') this.#removeEvent(told.event, step.writes);
    else if (told.kind === 'read') this.#removeRead();
    this.#hb.undoTo(step.hb);
    if (this.#mutant !== 'forgets-undo') this.#tot.undoTo(step.tot);
    this.#asked.clauses.truncate(step.clauses);
    this.#asked.fencePairs.truncate(step.pairs);
    this.#isBroken = step.isBroken;
  }

  #strength({ order }: Access): number {
    return strengthOf(order, this.#definition.weakestAtomic);
  }

  #addEvent(event: Event): void {
    const { id, thread, actions, fence } = event;
    assert(id === this.#events.length, 'events are told in order');
    this.#events.push(event);
    this.#hb.push();
    this.#elements.push(this.#tot.push());
    const previous = this.#latest[thread] ?? -1;
    this.#previous.push(previous);
    this.#latest[thread] = id;
    if (previous >= 0) this.#order(previous as EventId, id);
    if (fence === 'seqcst') this.#fences.push(id);
    for (const action of actions) if (isWriting(action)) this.#addWrite(event, action);
  }

  #removeEvent({ thread, fence }: Event, writes: number): void {
    while (this.#writes.length > writes) {
      const { region, strength } = known(this.#writes.pop(), 'write');
      this.#region(region).writes.pop();
      const { inits, others } = this.#object(region);
      (strength === INIT ? inits : others).pop();
    }
    if (fence === 'seqcst') this.#fences.pop();
    this.#events.pop();
    this.#elements.pop();
    this.#latest[thread] = known(this.#previous.pop(), 'previous event');
  }

  #addWrite({ id: event, thread }: Event, action: WritingAction): void {
    const { region, offset, size, tearFree, written } = action;
    const strength = this.#strength(action);
    const hasPlace = this.#hasPlaces && strength >= ACQREL;
    const place = hasPlace ? this.#tot.push() : this.#asked.element(event);
    const write = { event, region, offset, end: offset + size, strength, tearFree, written, place };
    this.#access(region, event, thread, strength === INIT);
    const { writes, reads } = this.#region(region);
    for (const other of writes) askPair(this.#asked, other, write);
    writes.push(write);
    this.#writes.push(write);
    for (const read of reads) for (const source of read.sources) askRival(this.#asked, read, source, write);
  }

  #addRead({ id: event, thread, actions }: Event, index: number, from: readonly EventId[]): void {
    const action = known(actions[index], 'reading action') as ReadingAction;
    const { kind, region, offset, size, tearFree } = action;
    const { writes, reads } = this.#region(region);
    const sources = sourcesOf(offset, size, from, writes);
    const update = kind === 'rmw' ? writeAt(writes, event, offset) : null;
    const strength = this.#strength(action);
    const read = { event, region, offset, end: offset + size, strength, tearFree, update, sources, writes };
    reads.push(read);
    this.#reads.push(read);
    this.#access(region, event, thread, false);
    if (this.#on.has('value') && firstWrongValue(action.read, offset, sources) !== null) this.#isBroken = true;
    if (this.#on.has('no-tear') && tornBetween(read) !== null) this.#isBroken = true;
    const init = this.#definition.initSynchronises && readsInitAlone(read);
    for (const source of sources) {
      const { write, first } = source;
      if (first && write.event === event && this.#on.has('hb-consistent-1')) this.#isBroken = true;
      const synchronises = strength >= ACQREL && (init || bothAtomic(write, read));
      if (first && write.event !== event && synchronises) this.#order(write.event, event);
      askSource(this.#asked, read, source);
      for (const other of writes) askRival(this.#asked, read, source, other);
    }
  }

  #removeRead(): void {
    const { region } = known(this.#reads.pop(), 'read');
    this.#region(region).reads.pop();
    this.#object(region).others.pop();
  }

  /** Allocation is before every other access of another thread to its object. */
  #access(region: Region, event: EventId, thread: ThreadId, isInit: boolean): void {
    const { inits, others } = this.#object(region);
    for (const other of isInit ? others : inits) {
      if (other === event || known(this.#events[other], 'event').thread === thread) continue;
      if (isInit) this.#order(event, other);
      else this.#order(other, event);
    }
    (isInit ? inits : others).push(event);
  }

  #order(a: EventId, b: EventId): void {
    if (!this.#isOrdered) {
      this.#hb.add(a, b);
      return;
    }
    if (this.#hb.has(a, b)) return;
    const [from, to] = [this.#asked.element(a), this.#asked.element(b)];
    if (a === b || this.#hb.has(b, a) || this.#tot.has(to, from)) {
      this.#isBroken = true;
      return;
    }
    this.#hb.add(a, b);
    this.#tot.add(from, to);
  }

  /** Adds to `tot` what is forced until nothing changes. */
  #saturate(): number {
    const { clauses, fencePairs } = this.#asked;
    for (;;) {
      const one = clauses.saturate(this.#hb, this.#tot);
      if (one === BROKEN) return BROKEN;
      const other = fencePairs.saturate(this.#hb, this.#tot, this.#fences);
      if (other === BROKEN) return BROKEN;
      if ((one !== CHANGED && other !== CHANGED) || this.#mutant === 'looks-once') return STABLE;
    }
  }

  /** Whether some total order contains `tot` so far and fulfils every clause; `tot` is left changed. */
  #solve(): boolean {
    for (;;) {
      if (this.#saturate() === BROKEN) return false;
      const { clauses, fencePairs } = this.#asked;
      const { openFrom: from, openTo: to } = clauses.openFrom >= 0 ? clauses : fencePairs;
      if (from < 0) return true;
      const mark = this.#tot.mark();
      this.#tot.add(from, to);
      if (this.#solve()) return true;
      this.#tot.undoTo(mark);
      this.#tot.add(to, from);
    }
  }

  #region(region: Region): RegionAccesses {
    let accesses = this.#regions.get(region);
    if (accesses === undefined) this.#regions.set(region, (accesses = { writes: [], reads: [] }));
    return accesses;
  }

  #object(region: Region): ObjectAccesses {
    const object = objectOf(region);
    let accesses = this.#objects.get(object);
    if (accesses === undefined) this.#objects.set(object, (accesses = { inits: [], others: [] }));
    return accesses;
  }
}

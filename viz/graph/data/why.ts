import type { Event, EventId } from '../../../src/event/execution.ts';
import type { Access } from '../../../src/event/action.ts';
import { isReading, isWriting } from '../../../src/event/action.ts';
import { covers, overlaps, sameRange } from '../../../src/event/location.ts';
import type { Race, Witness } from '../../../src/explore/result.ts';
import type { Demands } from '../../../src/model/model.ts';
import type { UnitRead } from '../../../src/report/draw/weakness.ts';
import { unitReads } from '../../../src/report/draw/weakness.ts';
import type { Step } from './steps.ts';
import { pathOf, stepsOf } from './steps.ts';
import type { Telling } from './telling.ts';
import { listed } from './telling.ts';

/** Says of edges why they are there. */
export class Why {
  readonly #witness: Witness;
  readonly #tell: Telling;
  readonly #demanded: () => Demands | null;
  readonly #position: ReadonlyMap<EventId, number>;
  /** What each event reads. */
  readonly #reads: ReadonlyMap<EventId, readonly UnitRead[]>;

  #steps: readonly (readonly Step[])[] | null = null;
  #demands: Demands | null | undefined;

  /** `order` is the total order that is drawn; `demands` works out what the model asks of it, if it can tell. */
  constructor(witness: Witness, tell: Telling, order: readonly EventId[], demands: () => Demands | null) {
    this.#witness = witness;
    this.#tell = tell;
    this.#demanded = demands;
    this.#position = new Map(order.map((id, i) => [id, i]));
    const reads = new Map<EventId, UnitRead[]>();
    for (const read of unitReads(witness.execution)) {
      const own = reads.get(read.reader);
      if (own === undefined) reads.set(read.reader, [read]);
      else own.push(read);
    }
    this.#reads = reads;
  }

  po(from: EventId, to: EventId): string {
    return `${this.#deed(from)} comes before ${this.#tell.deed(to)} in its thread (program order).`;
  }

  rf(from: EventId, to: EventId): string {
    const event = this.#tell.event(to);
    const { visible } = this.#tell.context;
    const parts = event.actions.flatMap((action, a) => {
      if (!isReading(action) || !visible.action(to, a)) return [];
      const writers = this.#witness.execution.rf[to]?.[a] ?? [];
      return runs(writers.flatMap((writer, k) => (writer === from ? [action.offset + k] : []))).map(([first, last]) =>
        this.#tell.units({ region: action.region, offset: first, size: last - first + 1 }),
      );
    });
    const what = parts.length === 0 ? 'what' : `${listed(parts)}`;
    const isInitial = this.#tell.event(from).kind === 'alloc';
    if (isInitial) return `${this.#deed(to)} reads the initial value of ${what}.`;
    return `${this.#deed(to)} reads ${what}${parts.length === 0 ? '' : ', as'} ${this.#tell.deed(from)} wrote ${parts.some((part) => part.includes('bytes')) ? 'them' : 'it'}.`;
  }

  sw(from: EventId, to: EventId): string {
    const pair = this.#pairOf(from, to, (write, read) => isAtomic(write) && isAtomic(read) && sameRange(write, read));
    const [a, b] = [this.#tell.deed(from), this.#tell.deed(to)];
    if (pair !== null)
      return `${capital(b)} reads from ${a}; both are atomic and access the same range (${this.#tell.units(pair[0])}), so the write synchronises with the read.`;
    if (this.#tell.event(from).kind === 'alloc')
      return `${capital(b)} is seqcst and reads initial values alone: allocation synchronises with it.`;
    return `${capital(b)} reads from ${a}, and the model lets them synchronise.`;
  }

  /** Between the drawn events next to the two that synchronise. */
  asw(from: EventId, to: EventId): string {
    const { execution } = this.#witness;
    const [first, last] = [this.#tell.event(from), this.#tell.event(to)];
    const own = execution.asw
      .map(([a, b]) => [this.#tell.event(a), this.#tell.event(b)] as const)
      .filter(([a, b]) => a.thread === first.thread && b.thread === last.thread)
      .filter(([a, b]) => a.index >= first.index && b.index <= last.index)
      .toSorted(([a, b], [c, d]) => a.index - b.index - (c.index - d.index))[0];
    if (own === undefined) return `${this.#deed(from)} synchronises with ${this.#tell.deed(to)}.`;
    return this.#synchronises(...own);
  }

  #synchronises(a: Event, b: Event): string {
    const [first, second] = [this.#tell.deed(a.id), this.#tell.deed(b.id)];
    if (a.kind === 'fork')
      return `${capital(first)} starts ${this.#tell.thread(b.thread)}: all before it happens before the thread’s first event.`;
    if (b.kind === 'join')
      return `${capital(second)} awaits ${this.#tell.thread(a.thread)}: all that the thread did happens before it.`;
    if (b.actions.some(({ kind }) => kind === 'woken')) return `${capital(first)} wakes ${second}.`;
    return `Both are operations on one wait queue, and ${first} comes first in its order.`;
  }

  fr(from: EventId, to: EventId): string {
    const writers = new Set<EventId>();
    const found = new Map<number, number[]>();
    for (const { region, unit, writer } of this.#reads.get(from) ?? []) {
      if (writer === to || !writesUnit(this.#tell.event(to), region, unit)) continue;
      writers.add(writer);
      found.set(region, [...(found.get(region) ?? []), unit]);
    }
    const parts = [...found].flatMap(([region, units]) =>
      runs(units).map(([first, last]) =>
        this.#tell.units({ region: region as Access['region'], offset: first, size: last - first + 1 }),
      ),
    );
    const old = listed([...writers].map((id) => this.#tell.deed(id)));
    const source = old === '' ? '' : ` from ${old}`;
    return `${this.#deed(from)} reads ${listed(parts)}${source}, which ${this.#tell.deed(to)} overwrites: it reads before that.`;
  }

  race({ location }: Race, from: EventId, to: EventId): string {
    return `${this.#deed(from)} and ${this.#tell.deed(to)} race on ${location}: neither happens before the other, one of them writes, and they are not both atomic on the same range.`;
  }

  hb(from: EventId, to: EventId): string {
    this.#steps ??= stepsOf(this.#witness);
    const path = pathOf(this.#steps, from, to);
    if (path === null) return `The model puts ${this.#tell.deed(from)} before ${this.#tell.deed(to)}.`;
    const [only] = path;
    if (only !== undefined && path.length === 1) return this.#step(only);
    const way = path.map(({ kind, to: next }) => ` —${kind}→ ${this.#tell.deed(next)}`).join('');
    return `By ${path.length} steps: ${this.#tell.deed(from)}${way}.`;
  }

  #step({ kind, from, to }: Step): string {
    switch (kind) {
      case 'po':
        return this.po(from, to);
      case 'sw':
        return this.sw(from, to);
      case 'asw':
        return this.#synchronises(this.#tell.event(from), this.#tell.event(to));
      case 'iw':
        return `What ${this.#tell.deed(to)} accesses was allocated first.`;
    }
  }

  /** Two events that follow each other in the total order. */
  tot(from: EventId, to: EventId): string {
    const [a, b] = [this.#tell.deed(from), this.#tell.deed(to)];
    if (this.#witness.relations.hb.has(from, to))
      return `${capital(a)} happens before ${b}, and tot contains hb (hb-irreflexive).`;
    if (this.#demands === undefined) this.#demands = this.#demanded();
    if (this.#demands === null) return `The model chose ${a} before ${b}.`;
    const axiom = this.#demandedBy(this.#demands, from, to);
    if (axiom !== null) return `${axiom} asks for it: with ${b} before ${a} it would not hold.`;
    return `Nothing asks for it: ${b} might as well come before ${a}.`;
  }

  /** The axiom that would not hold if the two events changed places. */
  #demandedBy({ constraints }: Demands, from: EventId, to: EventId): string | null {
    const size = this.#witness.execution.events.length;
    const at = (id: number): number => {
      if (id === from) return this.#position.get(to) ?? 0;
      if (id === to) return this.#position.get(from) ?? 0;
      return this.#position.get(id as EventId) ?? 0;
    };
    for (const { axiom, either } of constraints) {
      // Modification orders are chosen beside tot.
      if (either.some((element) => element >= size)) continue;
      if (!mentions(either, from, to)) continue;
      let holds = false;
      for (let i = 0; i < either.length; i += 2) holds ||= at(either[i] as number) < at(either[i + 1] as number);
      if (!holds) return axiom;
    }
    return null;
  }

  #pairOf(
    from: EventId,
    to: EventId,
    fits: (write: Access, read: Access) => boolean,
  ): readonly [Access, Access] | null {
    const writes = this.#tell.event(from).actions.filter(isWriting);
    const reads = this.#tell.event(to).actions.filter(isReading);
    for (const read of reads)
      for (const write of writes) if (overlaps(write, read) && fits(write, read)) return [write, read];
    return null;
  }

  #deed(id: EventId): string {
    return capital(this.#tell.deed(id));
  }
}

function mentions(either: readonly number[], a: number, b: number): boolean {
  for (let i = 0; i < either.length; i += 2) if (either[i] === a && either[i + 1] === b) return true;
  return false;
}

function writesUnit(event: Event, region: number, unit: number): boolean {
  return event.actions.some((action) => isWriting(action) && action.region === region && covers(action, unit));
}

function isAtomic(action: Access): boolean {
  return action.order === 'acqrel' || action.order === 'seqcst';
}

/** Runs of numbers that follow each other: first and last. */
export function runs(numbers: readonly number[]): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const n of [...new Set(numbers)].toSorted((a, b) => a - b)) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === n - 1) last[1] = n;
    else found.push([n, n]);
  }
  return found;
}

/** Names of threads are left as they are. */
function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

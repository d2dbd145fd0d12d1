import { assertNever, known } from '../../base/assert.ts';
import type { Access, Action } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import type { LocatedRequest } from '../../event/answer.ts';
import { dataReads, lengthRead } from '../../event/answer.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Response, Start } from '../../event/request.ts';
import { UNIT } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import type { Assumptions } from '../../model/model.ts';
import type { Readings } from '../../syntax/readings.ts';
import { tooLong } from '../bounds.ts';
import { conclusions, leaves } from '../conclusions.ts';
import type { Continuation, Continuations } from '../states/continuations.ts';
import type { ThreadNames } from '../thread-names.ts';
import { combinations } from '../weak/combinations.ts';
import { TooManyMixtures } from '../weak/mixing.ts';
import type { Progress } from '../weak/shapes.ts';
import { ShapeTable } from '../weak/shapes.ts';
import { IdSet } from './id-set.ts';
import type { Situation, Step } from './situations.ts';
import { hasChosen, Situations } from './situations.ts';
import type { Values } from './supplies.ts';
import { Supplies } from './supplies.ts';

export interface AloneOptions {
  readonly readings: Readings;
  readonly assumes: Assumptions;
  /** How much is done: situations, steps and, less, writes that are looked at. */
  readonly effort: number;
  /** Ways in which one read may mix writes. */
  readonly mixtures: number;
  /** How often values are passed on from thread to thread. */
  readonly rounds: number;
  readonly shouldStop: () => boolean;
}

class LimitReached extends Error {}

/**
 * What threads can write at all: a coarser landscape (`../weak/landscape.ts`), which has every write of that, and is found in time that grows with the states that single threads can be in,
 * not with their histories. It takes as one whatever ways lead a thread to the same situation, and lets it read there what it could after any of them
 * (proofs-notes/sc-drf.md). A class because the tables are hidden.
 */
export class ThreadsAlone<S> {
  readonly shapes = new ShapeTable();
  readonly #continuations: Continuations<S>;
  readonly #names: ThreadNames;
  readonly #options: AloneOptions;
  readonly #situations = new Situations<S>();
  readonly #supplies: Supplies;
  /** The codes that threads may end with; a thread that gives none is not here. */
  readonly #codes = new Map<ThreadId, Set<bigint>>();
  #followed = 0;
  #visits = 0;
  readonly #work = new Set<Situation<S>>();
  #bound: string | null = null;
  #makesObjects = false;

  constructor(continuations: Continuations<S>, main: Start, names: ThreadNames, options: AloneOptions) {
    this.#continuations = continuations;
    this.#names = names;
    this.#options = options;
    this.#supplies = new Supplies(this.shapes, names, { limit: options.mixtures, ...options.assumes }, options.assumes);
    try {
      this.#begin(names.main, main, new Set(), NOTHING);
      this.#run();
      if (this.#bound === null) this.#situations.lookAhead();
    } catch (error) {
      if (!(error instanceof LimitReached || error instanceof TooManyMixtures)) throw error;
      this.#bound ??= 'more ways to mix writes than are looked at';
    }
  }

  /** Why there may be more writes than were found, in words; null if there are none. */
  get bound(): string | null {
    return this.#bound;
  }

  get makesObjects(): boolean {
    return this.#makesObjects;
  }

  /** What the thread, standing there, and the threads that it forks may write from then on; null if it was not seen to come there in so many rounds. */
  future(thread: ThreadId, at: Continuation<S>): IdSet | null {
    const situations = this.#situations.at(thread, at);
    if (situations === undefined) return null;
    const future = new IdSet();
    for (const situation of situations) future.addAll(situation.future);
    return future;
  }

  #limit(why: string): never {
    this.#bound = why;
    throw new LimitReached();
  }

  #tire(): void {
    const { effort, shouldStop } = this.#options;
    if (this.#visits + this.#followed + this.#supplies.looked / 8 > effort) this.#limit('more than is looked at');
    if (shouldStop()) this.#limit('interrupted');
  }

  /** Each round lets threads read what others wrote in earlier ones: as many as a chain of values can have links (proofs-notes/sc-drf.md). */
  #run(): void {
    for (let round = 0, last = 1; round <= last && round < this.#options.rounds; round++) {
      const before = this.#growth();
      this.#supplies.nextRound();
      for (const situation of this.#situations.all) this.#work.add(situation);
      for (const situation of this.#work) {
        this.#work.delete(situation);
        this.#visit(situation);
      }
      if (round > 0 && before === this.#growth()) return;
      last = this.#situations.longestChain() + 2;
    }
  }

  #growth(): string {
    const codes = [...this.#codes.values()].reduce((sum, { size }) => sum + size, 0);
    return [this.shapes.count, this.#situations.steps, this.#names.count, codes].join();
  }

  #begin(thread: ThreadId, start: Start, joined: ReadonlySet<ThreadId>, before: Known): Situation<S> {
    const first = this.#situation(
      thread,
      this.#continuations.root(start),
      { forked: new Set(), joined },
      before.written,
    );
    const grew = first.own.addAll(before.own);
    if (first.written.retain(before.written, NOTHING.written) || grew) this.#wake(first);
    return first;
  }

  #situation(thread: ThreadId, at: Continuation<S>, progress: Progress, written: IdSet): Situation<S> {
    const old = this.#situations.find(thread, at, progress);
    if (old !== undefined) return old;
    const situation = this.#situations.add(thread, at, progress, written);
    this.#work.add(situation);
    return situation;
  }

  #visit(situation: Situation<S>): void {
    if (++this.#visits % 64 === 0) this.#tire();
    if (situation.grew) {
      situation.grew = false;
      for (const step of situation.steps.values()) this.#flow(step);
    }
    const { thread, at, progress } = situation;
    const { request } = at;
    switch (request.kind) {
      case 'done':
        if (request.code !== undefined)
          this.#codes.set(thread, (this.#codes.get(thread) ?? new Set<bigint>()).add(request.code));
        break;
      case 'trap':
        break;
      case 'bound':
        return this.#limit(tooLong(request.what));
      case 'alloc':
        if (situation.steps.size === 0) this.#go(situation, UNIT, request.writes);
        break;
      case 'new':
        this.#makesObjects = true;
        return this.#limit('objects are made, whose names depend on more than where a thread stands');
      case 'fence':
      case 'host':
        this.#go(situation, UNIT, []);
        break;
      case 'join': {
        const joined = new Set([...progress.joined, request.thread]);
        for (const code of this.#codes.get(request.thread) ?? [0n])
          this.#go(situation, { kind: 'joined', code }, [], { ...progress, joined });
        break;
      }
      case 'fork': {
        const child = this.#names.child(thread, progress.forked.size, request.name);
        situation.begins.add(this.#begin(child, request.start, progress.joined, situation));
        const forked = new Set([...progress.forked, child]);
        this.#go(situation, { kind: 'forked', thread: child }, [], { ...progress, forked });
        break;
      }
      case 'access':
      case 'grow':
      case 'wait':
      case 'notify':
        this.#locate(situation, request);
        break;
      default:
        assertNever(request);
    }
  }

  #locate(situation: Situation<S>, request: LocatedRequest): void {
    const others = this.#names.count - 1;
    const length = lengthRead(request);
    const lengths =
      length === null ? [null] : this.#values(situation, length).units.map((units) => known(units[0], 'length'));
    const found = lengths.map((n) => dataReads(request, n).map((access) => this.#values(situation, access)));
    const supplied = [others, lengths.length, ...found.flat().map(({ id, units }) => `${id}.${units.length}`)].join();
    if (situation.supplied === supplied) return;
    situation.supplied = supplied;
    lengths.forEach((n, i) => {
      const kind = `${n}|${request.kind === 'notify' ? others : 0}`;
      for (const reads of this.#fresh(situation, kind, known(found[i], 'reads')))
        this.#answer(situation, request, n, reads);
    });
  }

  /** The combinations of values with which the situation was not answered. */
  #fresh({ seen, answered }: Situation<S>, kind: string, values: readonly Values[]): (readonly Units[])[] {
    const place = `${kind}|${values.map(({ id }) => id).join()}`;
    const before = seen.get(place) ?? 0;
    const all = values.reduce((product, { units }) => product * units.length, 1);
    if (before === all) return [];
    seen.set(place, all);
    const [first] = values;
    const since =
      values.length === 1 && first !== undefined ? [first.units.slice(before)] : values.map(({ units }) => units);
    return combinations(since).filter((reads) => {
      const key = `${kind}|${reads.join(';')}`;
      return !answered.has(key) && answered.add(key);
    });
  }

  #answer(situation: Situation<S>, request: LocatedRequest, length: number | null, reads: readonly Units[]): void {
    const { readings } = this.#options;
    for (const { actions, response } of conclusions(request, length, reads, readings, this.#names.count - 1)) {
      if (response !== null) this.#go(situation, response, actions);
      else if (request.kind === 'wait') {
        this.#go(situation, { kind: 'waited', result: 0 }, actions);
        for (const leave of leaves(request, readings)) this.#go(situation, leave.response, actions);
      }
    }
  }

  #values(situation: Situation<S>, access: Access): Values {
    return this.#supplies.values(access, situation);
  }

  #go(situation: Situation<S>, response: Response, actions: readonly Action[], progress = situation.progress): void {
    const { thread, at, steps } = situation;
    const wrote = actions.some(isWriting) ? this.shapes.record(thread, actions, situation.progress) : [];
    this.#followed++;
    const ranges = new IdSet();
    for (const id of wrote) if (this.shapes.get(id).order !== 'init') ranges.add(this.#supplies.rangeOf(id));
    const written = new IdSet();
    written.addAll(situation.written);
    written.addAll(ranges);
    const to = this.#situation(thread, this.#continuations.next(at, response), progress, written);
    const key = `${to.id}|${ranges.within(ranges).join()}`;
    let step = steps.get(key);
    if (step === undefined) {
      step = { from: situation, to, covering: wrote, ranges, wrote: new IdSet() };
      this.#situations.addStep(key, step);
      this.#flow(step);
    }
    let isNew = false;
    for (const id of wrote) if (step.wrote.add(id)) isNew = to.own.add(id) || isNew;
    if (isNew) this.#wake(to);
  }

  /** What may be read before a step may be read after it, but for what it hides. */
  #flow({ from, to, covering, ranges, wrote }: Step<S>): void {
    let grew = to.own.addAll(from.own, covering.length === 0 ? null : this.#supplies.within(covering));
    grew = to.own.addAll(wrote) || grew;
    grew = to.written.retain(from.written, ranges) || grew;
    if (hasChosen(from) && !to.chose) {
      to.chose = true;
      grew = true;
    }
    if (grew) this.#wake(to);
  }

  #wake(situation: Situation<S>): void {
    situation.grew = true;
    this.#work.add(situation);
  }
}

/** What is known of the writes before. */
type Known = Pick<Situation<unknown>, 'own' | 'written'>;
const NOTHING: Known = { own: new IdSet(), written: new IdSet() };

import { assertNever, Bug, known } from '../../base/assert.ts';
import { mix } from '../../base/hash.ts';
import type { Action } from '../../event/action.ts';
import { isAccess, isWriting } from '../../event/action.ts';
import type { Concluded, LocatedRequest } from '../../event/answer.ts';
import {
  concludeAccess,
  concludeGrow,
  concludeNew,
  concludeNotify,
  concludeWait,
  dataReads,
  inBounds,
  isLocated,
  lengthRead,
  mayGrow,
} from '../../event/answer.ts';
import type { Addr, ThreadId } from '../../event/location.ts';
import { MAIN, objectAddr, regionOf } from '../../event/location.ts';
import type { AccessRequest, GrowRequest, QueuePlace, Response, Start, WaitRequest } from '../../event/request.ts';
import { codeOf, responseKey, UNIT } from '../../event/request.ts';
import type { Readings } from '../../syntax/readings.ts';
import { leaves } from '../conclusions.ts';
import type { Choice, Label, Status } from '../interleave/step.ts';
import { choiceOf, hasEnded, labelOf, threadOf } from '../interleave/step.ts';
import type { ThreadNames } from '../thread-names.ts';
import { Cells } from './cells.ts';
import type { Continuation, Continuations } from './continuations.ts';
import { Joins } from './joins.ts';
import type { Batch, Kinship } from './kin.ts';
import { isBatch, Kindred } from './kin.ts';
import type { Local, LocalState, Move, SearchThread } from './locals.ts';
import { Locals } from './locals.ts';
import { Observations } from './observed.ts';
import { Queues } from './queues.ts';
import type { StateTable } from './state-table.ts';
import { Slots } from './state-table.ts';
import type { Moved } from './symmetry.ts';
import { Symmetry } from './symmetry.ts';
import { touchesOf } from './touches.ts';

export interface StateWorldOptions {
  readonly readings: Readings;
  /** Threads and contents tell who wrote what was read; nothing is merged but what has the same history. */
  readonly histories: boolean;
  /** What steps touch; tests have it wrong. */
  readonly touches?: typeof touchesOf;
  /** Which threads are alike, so that states that differ in who of them stands where are one; none are without. */
  readonly kinship?: Kinship | null;
  /** As the symmetric search puts threads in order; tests have it wrong. */
  readonly symmetry?: typeof Symmetry;
}

/** Longer accesses are made anew each time, since they may change more than the slots of their ranges. */
const LONGEST_MOVE = 32;

/** Steps that concern no other thread that are made at once: a thread may make them for ever. */
const MOST_OWN = 1_000;

/**
 * The sequentially consistent world as a state in slots: it makes the steps of `../interleave/world.ts`, but keeps no events. Where histories count, threads
 * and contents tell who wrote what was read. A class because the tables behind the slots are hidden.
 */
export class StateWorld<S> {
  readonly state = new Slots();
  readonly locals: Locals<S>;
  readonly #continuations: Continuations<S>;
  readonly #names: ThreadNames;
  readonly #readings: Readings;
  readonly #histories: boolean;
  readonly #observations = new Observations();
  readonly #threads: SearchThread[] = [];
  /** By number of the thread. */
  readonly #indices: (number | undefined)[] = [];
  readonly #threadSlots = new Set<number>();
  readonly #cells: Cells;
  readonly #queues: Queues;
  readonly #kindred: Kindred;
  readonly #joins: Joins<S>;
  readonly #symmetry: Symmetry<S> | null;
  readonly #crashes = new Map<ThreadId, number>();
  readonly #reasons = new Map<string, number>();
  #slots = 0;
  /** Events of the steps made so far. */
  #events = 0;

  constructor(
    continuations: Continuations<S>,
    main: Start,
    names: ThreadNames,
    { readings, histories, touches = touchesOf, kinship = null, symmetry = Symmetry }: StateWorldOptions,
  ) {
    this.#continuations = continuations;
    this.#names = names;
    this.#readings = readings;
    this.#histories = histories;
    this.locals = new Locals((id) => this.#threads[this.#indices[id] ?? -1]?.fate ?? names.group(id), touches);
    this.#cells = new Cells(() => this.#slots++);
    this.#queues = new Queues(() => this.#slots++);
    this.#kindred = new Kindred(kinship);
    this.#joins = new Joins(continuations);
    this.#symmetry = kinship === null ? null : new symmetry(this, this.#kindred, this.#queues);
    this.#put(this.#begin(names.main, main, null));
  }

  /** Events of all steps made so far, on whatever ways: whoever is woken has one of its own. */
  get events(): number {
    return this.#events;
  }

  /** Grows with all that is known beyond the state itself: whatever numbers are given to, and what may come after what. Equal, nothing was learnt in between. */
  get learnt(): number {
    return (
      this.#slots +
      this.#continuations.count() +
      this.locals.learnt +
      this.#cells.learnt +
      this.#queues.learnt +
      this.#observations.size +
      this.#reasons.size +
      this.#kindred.learnt
    );
  }

  /** All threads met so far. */
  get threads(): readonly SearchThread[] {
    return this.#threads;
  }

  /** Whether a slot holds a thread: the others are the store, queues and groups. */
  isThreadSlot(slot: number): boolean {
    return this.#threadSlots.has(slot);
  }

  /** Whether threads were taken for alike that are not: nothing that was found counts. */
  get isWrong(): boolean {
    return this.#kindred.isWrong;
  }

  /** Puts alike threads in the order in which states have them; says who took whose place, if anybody did. */
  arrange(): Moved | null {
    return this.#symmetry?.arrange() ?? null;
  }

  /** Whom the thread joins next, one after the other, if they end with the code 0. */
  joinsOf({ status, at }: Local<S>): readonly ThreadId[] {
    return status === 'running' && at.request.kind === 'join' ? this.#joins.from(at) : NOBODY;
  }

  /** Who forked a thread other than main. */
  parentOf({ id }: SearchThread): SearchThread {
    return this.threadOf(known(this.#names.info(id).parent, 'parent'));
  }

  /** All batches of alike threads that stand for each other in some state. */
  get batches(): readonly Batch[] {
    return this.#symmetry?.batches ?? [];
  }

  /** Where a group's end is noted; undefined if none ever ended by a trap. */
  crashSlot(group: ThreadId): number | undefined {
    return this.#crashes.get(group);
  }

  /** The threads for whose end one waits: where alike threads are among those that it will join next, whatever they do, for all of those at once (proofs-notes/states.md). */
  awaited(local: Local<S>): readonly ThreadId[] {
    const { request } = local.at;
    if (local.status !== 'running' || request.kind !== 'join') return NOBODY;
    const { learnt } = this.#kindred;
    if (local.awaited?.learnt !== learnt) {
      const all = this.#symmetry === null ? NOBODY : this.#joins.from(local.at);
      local.awaited = { threads: this.#symmetry?.isAmong(all) === true ? all : [request.thread], learnt };
    }
    return local.awaited.threads;
  }

  /** Grows whenever it may be learnt which threads of a state are to be explored that was left. */
  learntOf(state: number, table: StateTable): number {
    let learnt = this.#kindred.learnt;
    for (let i = 0; i < this.#threads.length; i++) {
      const local = this.locals.at(table.value(state, (this.#threads[i] as SearchThread).slot));
      if (local !== null) learnt += local.kind.grown;
    }
    return learnt;
  }

  /** Where the thread stands; null if it has not begun. */
  localOf(thread: SearchThread): Local<S> | null {
    return this.locals.at(this.state.get(thread.slot));
  }

  threadOf(id: ThreadId): SearchThread {
    return known(this.#threads[known(this.#indices[id], 'thread')], 'thread');
  }

  /** What a thread may do now. */
  choices(local: Local<S>): readonly Choice[] {
    if (local.steady === undefined) local.steady = this.#steadyChoices(local);
    if (local.steady !== null) return local.steady;
    const { request } = local.at;
    if (request.kind === 'join') return this.#mayJoin(local) ? GO : NOTHING;
    const length = known(
      this.#cells.read(this.state, known(lengthRead(request as GrowRequest), 'length')).units[0],
      'length',
    );
    return mayGrow(request as GrowRequest, length) ? ['go', 'fail'] : ['fail'];
  }

  /** Null if it depends on other threads what the thread may do. */
  #steadyChoices({ status, at: { request, isCut } }: Local<S>): readonly Choice[] | null {
    if (isCut) return NOTHING;
    if (status === 'waiting') return leaves(request as WaitRequest, this.#readings).map(({ kind }) => kind);
    if (status !== 'running' || request.kind === 'bound') return NOTHING;
    if (request.kind === 'join') return null;
    return request.kind === 'grow' && this.#readings['grow-failure'] !== 'limit' ? null : GO;
  }

  /** Makes a step. */
  step(label: Label): void {
    this.#events++;
    const thread = this.threadOf(threadOf(label));
    const local = known(this.localOf(thread), 'thread');
    const { request } = local.at;
    if (local.status === 'waiting') return this.#leave(local, choiceOf(label));
    if (request.kind === 'access') return this.#access(local, request);
    if (isLocated(request)) return this.#located(local, request, choiceOf(label));
    switch (request.kind) {
      case 'fork': {
        const id = this.#names.child(thread.id, local.forks, request.name);
        const child = this.#begin(id, request.start, thread);
        this.#nameChild(local, child, request.name);
        this.locals.link(local, child);
        this.#put(child);
        return this.#answer(local, { kind: 'forked', thread: id }, { forks: local.forks + 1 });
      }
      case 'join': {
        const target = known(this.localOf(this.threadOf(request.thread)), 'joined thread');
        const observed = thread.id === MAIN ? this.#observations.joined(local.observed) : local.observed;
        const code = codeOf(target.at.request);
        if (code !== 0n) this.#symmetry?.partAll(this.awaited(local));
        return this.#answer(local, { kind: 'joined', code }, { observed });
      }
      case 'trap':
        return this.#trap(local, request.reason);
      case 'alloc':
        this.#write(local, request.writes);
        return this.#answer(local, UNIT);
      case 'fence':
      case 'host':
        return this.#answer(local, UNIT);
      case 'new': {
        const addr = this.#freshAddr(local);
        const { actions, response } = concludeNew(request, addr);
        this.#cells.create(this.state, regionOf(addr, request.field));
        this.#write(local, actions);
        return this.#answer(local, response);
      }
      case 'done':
      case 'bound':
        throw new Bug(`a step of a thread that is ${request.kind}`);
      default:
        return assertNever(request);
    }
  }

  /** Whether what the thread does here other threads that stand alike could do in its place. */
  isOneOfMany({ thread, status }: Local<S>): boolean {
    return status !== 'waiting' && isBatch(thread.kin.batch);
  }

  /** Makes all steps that concern no thread but their own, in any order the same; `made` gets their labels. */
  settle(made: Label[] | null): void {
    let count = 0;
    for (let hasEndedAny = true; hasEndedAny; ) {
      hasEndedAny = false;
      for (let i = 0; i < this.#threads.length; i++) {
        const thread = this.#threads[i] as SearchThread;
        for (;;) {
          const local = this.localOf(thread);
          if (local === null || !local.mayBeOwn || count >= MOST_OWN || !this.#concernsItself(local)) break;
          count++;
          const label = labelOf(thread.id, 'go');
          this.step(label);
          made?.push(label);
          // Threads that come before it may have waited for that.
          hasEndedAny ||= this.localOf(thread)?.status === 'ended';
        }
      }
    }
  }

  /** The actions that the thread's access would make now. */
  actionsNow(local: Local<S>): readonly Action[] {
    const { request } = local.at;
    if (local.status !== 'running' || !isLocated(request)) return [];
    return this.#conclude(request, 'go').concluded.actions;
  }

  #mayJoin(local: Local<S>): boolean {
    const awaited = this.awaited(local);
    for (let i = 0; i < awaited.length; i++) if (!this.#hasEnded(awaited[i] as ThreadId)) return false;
    return true;
  }

  /** Whether no other thread of its group goes on. */
  isAlone({ index, group }: SearchThread): boolean {
    return this.#threads.every((other) => {
      if (other.index === index || other.group !== group) return true;
      const local = this.localOf(other);
      return local === null || hasEnded(local.status);
    });
  }

  #hasEnded(id: ThreadId): boolean {
    const local = this.localOf(this.threadOf(id));
    return local !== null && hasEnded(local.status);
  }

  /** Whether the next step can be made now, touches nothing that is another's, and can be taken from the thread by no trap. */
  #concernsItself(local: Local<S>): boolean {
    if (!local.mayBeOwn) return false;
    return (local.at.request.kind !== 'join' || this.#mayJoin(local)) && this.isAlone(local.thread);
  }

  #begin(id: ThreadId, start: Start, parent: SearchThread | null): Local<S> {
    let index = this.#indices[id];
    if (index === undefined) {
      index = this.#threads.length;
      const slot = this.#slots++;
      const group = this.#names.group(id);
      const kin = this.#kindred.of(parent?.id ?? null, start, group === id);
      const fate = group === id ? (kin.threads[0]?.id ?? id) : group;
      const thread = { index, id, slot, group, fate, kin };
      this.#threads.push(thread);
      this.#indices[id] = index;
      this.#threadSlots.add(slot);
      this.#kindred.add(kin, thread);
    }
    const thread = known(this.#threads[index], 'thread');
    const at = this.#continuations.root(start, this.#kindred.rootKey(thread.kin, start));
    this.#symmetry?.begins(thread);
    return this.#local({
      thread,
      at,
      status: statusAt(at),
      forks: 0,
      observed: this.#observations.none,
      history: '',
      events: 0,
    });
  }

  #local(state: LocalState<S>): Local<S> {
    this.#kindred.asks(state.thread.kin, state.at.request);
    return this.locals.get(state);
  }

  /** Notes whether a parent can tell from what it was answered which thread it forked. */
  #nameChild(parent: Local<S>, { thread: { id, kin } }: Local<S>, name: string | null): void {
    if (kin.batch === null || kin.isNamed) return;
    const told = (thread: ThreadId): Continuation<S> => this.#continuations.next(parent.at, { kind: 'forked', thread });
    if (name !== null || told(id) !== told(MAIN)) this.#kindred.name(kin);
  }

  #put(local: Local<S>): void {
    this.state.set(local.thread.slot, local.id + 1);
  }

  /** The thread goes on; `read` says who wrote what it read. */
  #answer(local: Local<S>, response: Response, more: Partial<LocalState<S>> = {}, read: readonly number[] = []): void {
    const at = this.#continuations.next(local.at, response);
    const how = this.#histories ? `${responseKey(response)} ${read.join()}` : '';
    this.#become(local, { at, status: statusAt(at), ...more }, how);
  }

  #become(local: Local<S>, change: Partial<LocalState<S>>, how: string): void {
    const next = this.#local({
      thread: local.thread,
      at: change.at ?? local.at,
      status: change.status ?? local.status,
      forks: change.forks ?? local.forks,
      observed: change.observed ?? local.observed,
      history: this.#histories ? `${local.id} ${how}` : '',
      events: this.#histories ? local.events + 1 : 0,
    });
    this.locals.link(local, next);
    this.#put(next);
  }

  /** A short access: what it did before with the same contents it does again. */
  #access(local: Local<S>, request: AccessRequest): void {
    const { state } = this;
    const slots = (local.slots ??= this.#slotsOf(request));
    if (slots === TOO_LONG) return this.#located(local, request, 'go');
    let hash = 0;
    for (let i = 0; i < slots.length; i++) hash = mix(hash, state.get(slots[i] as number));
    const bucket = local.moves.get(hash);
    if (bucket !== undefined) {
      for (let m = 0; m < bucket.length; m++) {
        const { inputs, outputs, next } = bucket[m] as Move<S>;
        let i = 0;
        while (i < slots.length && inputs[i] === state.get(slots[i] as number)) i++;
        if (i < slots.length) continue;
        for (let k = 0; k < slots.length; k++) state.set(slots[k] as number, outputs[k] as number);
        state.set(local.thread.slot, next.id + 1);
        return;
      }
    }
    const inputs = slots.map((slot) => this.state.get(slot));
    this.#located(local, request, 'go');
    const move = {
      inputs,
      outputs: slots.map((slot) => this.state.get(slot)),
      next: known(this.localOf(local.thread), 'thread'),
    };
    if (bucket === undefined) local.moves.set(hash, [move]);
    else bucket.push(move);
  }

  #slotsOf(request: AccessRequest): readonly number[] {
    if (request.actions.some(({ size }) => size > LONGEST_MOVE)) return TOO_LONG;
    const length = lengthRead(request);
    const ranges = length === null ? request.actions : [length, ...request.actions];
    return [...new Set(ranges.flatMap((range) => this.#cells.slotsOf(range)))];
  }

  #located(local: Local<S>, request: LocatedRequest, choice: Choice): void {
    const { concluded, writers } = this.#conclude(request, choice);
    const { actions, response } = concluded;
    this.#write(local, actions);
    const { thread } = local;
    const observed =
      thread.id === MAIN ? this.#observations.read(local.observed, actions, request.site) : local.observed;
    if (response === null) this.#become(local, { status: 'waiting', observed }, `${writers.join()}`);
    else this.#answer(local, response, { observed }, writers);
    for (const action of actions) {
      if (action.kind === 'enqueue') this.#enqueue(thread.id, action);
      else if (action.kind === 'notify') this.#wake(action, action.woke);
    }
  }

  #conclude(
    request: LocatedRequest,
    choice: Choice,
  ): { readonly concluded: Concluded; readonly writers: readonly number[] } {
    const lengthAccess = lengthRead(request);
    const lengthFound = lengthAccess === null ? null : this.#cells.read(this.state, lengthAccess);
    const length = lengthFound === null ? null : known(lengthFound.units[0], 'length');
    const found = dataReads(request, length).map((access) => this.#cells.read(this.state, access));
    const writers = this.#histories ? [...(lengthFound?.writers ?? []), ...found.flatMap((read) => read.writers)] : [];
    return {
      concluded: this.#concluded(
        request,
        length,
        found.map(({ units }) => units),
        choice,
      ),
      writers,
    };
  }

  #concluded(
    request: LocatedRequest,
    length: number | null,
    reads: readonly (readonly number[])[],
    choice: Choice,
  ): Concluded {
    switch (request.kind) {
      case 'access':
        return concludeAccess(request, length, reads, {
          writeBack: this.#readings['cmpxchg-failure'] === 'write-back',
        });
      case 'grow':
        return concludeGrow(request, length ?? 0, choice === 'go' && mayGrow(request, length ?? 0));
      case 'wait':
        return concludeWait(request, length ?? 0, reads);
      case 'notify': {
        const waiting = this.#queues.at(this.state, this.#queues.slot(request)).length;
        const woke = inBounds(request.bounds, length ?? 0) ? Math.min(request.count, waiting) : 0;
        return concludeNotify(request, length ?? 0, woke);
      }
      default:
        return assertNever(request);
    }
  }

  #write({ thread, events }: Local<S>, actions: readonly Action[]): void {
    const writer = this.#histories ? thread.index * 2 ** 20 + events + 1 : 0;
    for (const action of actions)
      if (isAccess(action) && isWriting(action)) this.#cells.write(this.state, action, action.written, writer);
  }

  /**
   * An address of this thread's that is not in use: the one of its place in its history, if that is free (proofs-notes/states.md).
   */
  #freshAddr({ thread, at }: Local<S>): Addr {
    for (let k = at.depth; ; k++) {
      const addr = objectAddr(thread.id, k);
      const isFree = (['fields', 'elem', 'queue'] as const).every(
        (field) => !this.#cells.exists(this.state, regionOf(addr, field)),
      );
      if (isFree) return addr;
    }
  }

  // ---- Queues

  #enqueue(id: ThreadId, place: QueuePlace): void {
    const slot = this.#queues.slot(place);
    this.#queues.set(this.state, slot, [...this.#queues.at(this.state, slot), id]);
  }

  #wake(place: QueuePlace, count: number): void {
    if (count === 0) return;
    const slot = this.#queues.slot(place);
    const waiting = this.#queues.at(this.state, slot);
    this.#queues.set(this.state, slot, waiting.slice(count));
    this.#events += count;
    for (const id of waiting.slice(0, count))
      this.#answer(known(this.localOf(this.threadOf(id)), 'waiting thread'), { kind: 'waited', result: 0 });
  }

  /** The thread leaves its queue by itself. */
  #leave(local: Local<S>, choice: Choice): void {
    const request = local.at.request as WaitRequest;
    const { response } = known(
      leaves(request, this.#readings).find(({ kind }) => kind === choice),
      'a way to leave the queue',
    );
    this.#unqueue(local);
    this.#answer(local, response);
  }

  #unqueue({ thread, at }: Local<S>): void {
    const slot = this.#queues.slot((at.request as WaitRequest).queue);
    const rest = this.#queues.at(this.state, slot).filter((id) => id !== thread.id);
    this.#queues.set(this.state, slot, rest);
  }

  // ---- Traps

  #trap(local: Local<S>, reason: string): void {
    const { group } = local.thread;
    let slot = this.#crashes.get(group);
    if (slot === undefined) {
      slot = this.#slots++;
      this.#crashes.set(group, slot);
    }
    this.state.set(slot, numberOf(this.#reasons, reason));
    for (const thread of this.#threads) {
      const other = thread.group === group ? this.localOf(thread) : null;
      if (other === null || hasEnded(other.status)) continue;
      if (other.status === 'waiting') this.#unqueue(other);
      this.#become(other, { status: other === local ? 'trapped' : 'cut' }, 'trap');
    }
  }
}

const GO: readonly Choice[] = ['go'];
const NOTHING: readonly Choice[] = [];
const TOO_LONG: readonly number[] = [];
const NOBODY: readonly ThreadId[] = [];

function statusAt({ request, spins }: Continuation<unknown>): Status {
  if (request.kind === 'done') return 'ended';
  return spins ? 'parked' : 'running';
}

/** From 1. */
function numberOf(numbers: Map<string, number>, key: string): number {
  let number = numbers.get(key);
  if (number === undefined) {
    number = numbers.size + 1;
    numbers.set(key, number);
  }
  return number;
}

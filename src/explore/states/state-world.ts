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
import type { AccessRequest, Response, Start, WaitRequest } from '../../event/request.ts';
import { codeOf, responseKey, UNIT } from '../../event/request.ts';
import type { Readings } from '../../syntax/readings.ts';
import { leaves } from '../conclusions.ts';
import type { Choice, Label, Status } from '../interleave/step.ts';
import { choiceOf, hasEnded, labelOf, threadOf } from '../interleave/step.ts';
import type { ThreadNames } from '../thread-names.ts';
import { Cells } from './cells.ts';
import type { Continuation, Continuations } from './continuations.ts';
import type { Local, LocalState, SearchThread } from './locals.ts';
import { Locals } from './locals.ts';
import { Observations } from './observed.ts';
import { Slots } from './state-table.ts';
import { touchesOf } from './touches.ts';

export interface StateWorldOptions {
  readonly readings: Readings;
  /** Threads and contents tell who wrote what was read; nothing is merged but what has the same history. */
  readonly histories: boolean;
  /** What steps touch; tests have it wrong. */
  readonly touches?: typeof touchesOf;
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
  readonly #indices = new Map<ThreadId, number>();
  readonly #threadSlots = new Set<number>();
  readonly #cells: Cells;
  readonly #queues = new Map<string, number>();
  readonly #lists: (readonly ThreadId[])[] = [[]];
  readonly #listOf = new Map<string, number>([['', 0]]);
  readonly #crashes = new Map<ThreadId, number>();
  readonly #reasons = new Map<string, number>();
  #slots = 0;

  constructor(
    continuations: Continuations<S>,
    main: Start,
    names: ThreadNames,
    { readings, histories, touches = touchesOf }: StateWorldOptions,
  ) {
    this.#continuations = continuations;
    this.#names = names;
    this.#readings = readings;
    this.#histories = histories;
    this.locals = new Locals((id) => names.group(id), touches);
    this.#cells = new Cells(() => this.#slots++);
    this.#put(this.#begin(names.main, main));
  }

  /** All threads met so far. */
  get threads(): readonly SearchThread[] {
    return this.#threads;
  }

  /** Whether a slot holds a thread: the others are the store, queues and groups. */
  isThreadSlot(slot: number): boolean {
    return this.#threadSlots.has(slot);
  }

  /** Where the thread stands; null if it has not begun. */
  localOf(thread: SearchThread): Local<S> | null {
    return this.locals.at(this.state.get(thread.slot));
  }

  threadOf(id: ThreadId): SearchThread {
    return known(this.#threads[known(this.#indices.get(id), 'thread')], 'thread');
  }

  /** What a thread may do now. */
  choices(local: Local<S>): readonly Choice[] {
    const { status } = local;
    const { request } = local.at;
    if (status === 'waiting') return leaves(request as WaitRequest, this.#readings).map(({ kind }) => kind);
    if (status !== 'running' || request.kind === 'bound') return [];
    if (request.kind === 'join') return this.#hasEnded(request.thread) ? GO : [];
    if (request.kind !== 'grow' || this.#readings['grow-failure'] === 'limit') return GO;
    const length = known(this.#cells.read(this.state, known(lengthRead(request), 'length')).units[0], 'length');
    return mayGrow(request, length) ? ['go', 'fail'] : ['fail'];
  }

  /** Makes a step. */
  step(label: Label): void {
    const thread = this.threadOf(threadOf(label));
    const local = known(this.localOf(thread), 'thread');
    const { request } = local.at;
    if (local.status === 'waiting') return this.#leave(local, choiceOf(label));
    if (request.kind === 'access') return this.#access(local, request);
    if (isLocated(request)) return this.#located(local, request, choiceOf(label));
    switch (request.kind) {
      case 'fork': {
        const id = this.#names.child(thread.id, local.forks, request.name);
        const child = this.#begin(id, request.start);
        this.locals.link(local, child);
        this.#put(child);
        return this.#answer(local, { kind: 'forked', thread: id }, { forks: local.forks + 1 });
      }
      case 'join': {
        const target = known(this.localOf(this.threadOf(request.thread)), 'joined thread');
        const observed = thread.id === MAIN ? this.#observations.joined(local.observed) : local.observed;
        return this.#answer(local, { kind: 'joined', code: codeOf(target.at.request) }, { observed });
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

  /** Makes all steps that concern no thread but their own, in any order the same; `made` gets their labels. */
  settle(made: Label[] | null): void {
    let count = 0;
    for (let hasEndedAny = true; hasEndedAny; ) {
      hasEndedAny = false;
      for (let i = 0; i < this.#threads.length; i++) {
        const thread = this.#threads[i] as SearchThread;
        for (;;) {
          const local = this.localOf(thread);
          if (local === null || !this.#concernsItself(local) || count++ >= MOST_OWN) break;
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

  #hasEnded(id: ThreadId): boolean {
    const local = this.localOf(this.threadOf(id));
    return local !== null && hasEnded(local.status);
  }

  /** Whether the next step can be made now, touches nothing that is another's, and can be taken from the thread by no trap. */
  #concernsItself(local: Local<S>): boolean {
    if (local.status !== 'running') return false;
    switch (local.at.request.kind) {
      case 'join':
        return this.#hasEnded(local.at.request.thread) && this.#isAlone(local.thread);
      case 'alloc':
      case 'fence':
      case 'host':
      case 'new':
      case 'fork':
        return this.#isAlone(local.thread);
      default:
        return false;
    }
  }

  #isAlone({ index, group }: SearchThread): boolean {
    return this.#threads.every((other) => {
      if (other.index === index || other.group !== group) return true;
      const local = this.localOf(other);
      return local === null || hasEnded(local.status);
    });
  }

  #begin(id: ThreadId, start: Start): Local<S> {
    let index = this.#indices.get(id);
    if (index === undefined) {
      index = this.#threads.length;
      const slot = this.#slots++;
      this.#threads.push({ index, id, slot, group: this.#names.group(id) });
      this.#indices.set(id, index);
      this.#threadSlots.add(slot);
    }
    const at = this.#continuations.root(start);
    return this.locals.get({
      thread: known(this.#threads[index], 'thread'),
      at,
      status: statusAt(at),
      forks: 0,
      observed: this.#observations.none,
      history: '',
      events: 0,
    });
  }

  #put(local: Local<S>): void {
    this.state.set(local.thread.slot, local.id + 1);
  }

  /** The thread goes on; `read` says who wrote what it read. */
  #answer(local: Local<S>, response: Response, more: Partial<LocalState<S>> = {}, read: readonly number[] = []): void {
    const at = this.#continuations.next(local.at, response);
    this.#become(local, { at, status: statusAt(at), ...more }, `${responseKey(response)} ${read.join()}`);
  }

  #become(local: Local<S>, change: Partial<LocalState<S>>, how: string): void {
    const { thread, at, status, forks, observed, history, events } = local;
    const before = { thread, at, status, forks, observed, history, events };
    const past = this.#histories ? { history: `${local.id} ${how}`, events: events + 1 } : {};
    const next = this.locals.get({ ...before, ...change, ...past });
    this.locals.link(local, next);
    this.#put(next);
  }

  /** A short access: what it did before with the same contents it does again. */
  #access(local: Local<S>, request: AccessRequest): void {
    if (request.actions.some(({ size }) => size > LONGEST_MOVE)) return this.#located(local, request, 'go');
    const slots = (local.slots ??= this.#slotsOf(request));
    let hash = 0;
    for (let i = 0; i < slots.length; i++) hash = mix(hash, this.state.get(slots[i] as number));
    const bucket = local.moves.get(hash);
    if (bucket !== undefined) {
      for (const { inputs, outputs, next } of bucket) {
        let i = 0;
        while (i < slots.length && inputs[i] === this.state.get(slots[i] as number)) i++;
        if (i < slots.length) continue;
        for (let k = 0; k < slots.length; k++) this.state.set(slots[k] as number, outputs[k] as number);
        this.#put(next);
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

  #slotsOf(request: AccessRequest): number[] {
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
      if (action.kind === 'enqueue') this.#enqueue(thread.id, action.region, action.offset);
      else if (action.kind === 'notify') this.#wake(action.region, action.offset, action.woke);
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
        const waiting = this.#waiting(this.#queueSlot(request.region, request.offset)).length;
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

  #queueSlot(region: number, offset: number): number {
    const key = `${region}+${offset}`;
    let slot = this.#queues.get(key);
    if (slot === undefined) {
      slot = this.#slots++;
      this.#queues.set(key, slot);
    }
    return slot;
  }

  #waiting(slot: number): readonly ThreadId[] {
    return known(this.#lists[this.state.get(slot)], 'queue');
  }

  #setWaiting(slot: number, waiting: readonly ThreadId[]): void {
    const key = waiting.join();
    let value = this.#listOf.get(key);
    if (value === undefined) {
      value = this.#lists.length;
      this.#lists.push(waiting);
      this.#listOf.set(key, value);
    }
    this.state.set(slot, value);
  }

  #enqueue(id: ThreadId, region: number, offset: number): void {
    const slot = this.#queueSlot(region, offset);
    this.#setWaiting(slot, [...this.#waiting(slot), id]);
  }

  #wake(region: number, offset: number, count: number): void {
    if (count === 0) return;
    const slot = this.#queueSlot(region, offset);
    const waiting = this.#waiting(slot);
    this.#setWaiting(slot, waiting.slice(count));
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
    const { queue } = at.request as WaitRequest;
    const slot = this.#queueSlot(queue.region, queue.offset);
    this.#setWaiting(
      slot,
      this.#waiting(slot).filter((id) => id !== thread.id),
    );
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

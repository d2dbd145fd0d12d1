import { assertNever, Bug, known } from '../../base/assert.ts';
import type { Action } from '../../event/action.ts';
import { isAccess, isReading, isWriting } from '../../event/action.ts';
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
import type { Edge, Event, EventId, EventKind, Execution } from '../../event/execution.ts';
import type { Range, Region, ThreadId } from '../../event/location.ts';
import { covers, objectAddr } from '../../event/location.ts';
import type {
  AccessRequest,
  ForkRequest,
  GrowRequest,
  JoinRequest,
  NotifyRequest,
  Request,
  Response,
  Site,
  Start,
  WaitRequest,
} from '../../event/request.ts';
import { codeOf, UNIT } from '../../event/request.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Readings } from '../../syntax/readings.ts';
import { tooLong } from '../bounds.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Found, QueueKey } from '../world-store.ts';
import { queueKey, WorldStore } from '../world-store.ts';
import type { EventSpan } from './foretell.ts';
import { touchesWithout } from './foretell.ts';
import type { Crash, Footprint, Touch } from './footprint.ts';
import { ownFootprint, touchesOf } from './footprint.ts';
import type { Leave } from '../conclusions.ts';
import { leaves } from '../conclusions.ts';
import type { Choice, Label, Status, Step, WorldThread } from './step.ts';
import { answered, choiceOf, hasEnded, labelOf, threadOf, withEvent } from './step.ts';

/** What a notify did: whom it woke, who of them ended at once, and who could have timed out instead. */
interface Awoken {
  readonly wakes: readonly ThreadId[];
  readonly ended: readonly ThreadId[];
  readonly disabled: readonly Label[];
}
const NOBODY: Awoken = { wakes: [], ended: [], disabled: [] };

interface Mark {
  readonly store: number;
  readonly threads: number;
  readonly events: number;
  readonly asw: number;
  readonly crashes: ReadonlyMap<ThreadId, string>;
  readonly bound: string | null;
  readonly longest: number;
}

/**
 * The sequentially consistent world: it answers the threads' requests one at a time, and takes steps back. A class
 * because the state is hidden: threads are replaced, events appended, both with an undo log.
 */
export class World<S> {
  readonly #trie: AnswerTrie<S>;
  readonly #names: ThreadNames;
  readonly #readings: Readings;
  readonly #store = new WorldStore();
  readonly #threads: (WorldThread<S> | undefined)[] = [];
  readonly #replaced: (readonly [ThreadId, WorldThread<S> | undefined])[] = [];
  readonly #events: Event[] = [];
  readonly #rf: ((readonly EventId[] | null)[] | null)[] = [];
  readonly #asw: Edge[] = [];
  #crashes: ReadonlyMap<ThreadId, string> = new Map();
  #bound: string | null = null;
  #hasFatalTraps = false;
  /** Events of the thread that has most. */
  #longest = 0;

  constructor(trie: AnswerTrie<S>, main: Start, names: ThreadNames, readings: Readings) {
    this.#trie = trie;
    this.#names = names;
    this.#readings = readings;
    this.#start(names.main, main, null);
  }

  /** The threads so far, in order of number. */
  threads(): WorldThread<S>[] {
    return this.#threads.filter((thread) => thread !== undefined);
  }

  /** The machine's own limit that some thread reached; the world goes no further. */
  get bound(): string | null {
    return this.#bound;
  }

  /** Whether some thread has more events than this. */
  exceeds(events: number): boolean {
    return this.#longest > events;
  }

  /** Group → reason, for groups that a trap ended. */
  get crashes(): ReadonlyMap<ThreadId, string> {
    return this.#crashes;
  }

  /** Whether a trap may end other threads: stays true once it is. */
  get hasFatalTraps(): boolean {
    return this.#hasFatalTraps;
  }

  /** The events so far as an execution; ids are in the order in which they happened. */
  execution(): Execution {
    return { events: this.#events.slice(), threads: this.#names.all(), rf: this.#rf.slice(), asw: this.#asw.slice() };
  }

  /** What an access touches that is made now as event `made`, had a step not been made with which it races ({@link touchesWithout}). */
  touchesWithout(request: AccessRequest, made: EventId, without: EventSpan): Touch[] {
    return touchesWithout(this.#events, request, made, without, this.#readings['cmpxchg-failure'] === 'write-back');
  }

  /** The steps that can be made now, by thread. */
  enabled(): Label[] {
    const labels: Label[] = [];
    for (const thread of this.#threads) if (thread !== undefined) this.#enabledOf(thread, labels);
    return labels;
  }

  /** The choices that a thread has now. */
  choices(id: ThreadId): Label[] {
    const labels: Label[] = [];
    this.#enabledOf(this.#thread(id), labels);
    return labels;
  }

  mark(): Mark {
    return {
      store: this.#store.mark(),
      threads: this.#replaced.length,
      events: this.#events.length,
      asw: this.#asw.length,
      crashes: this.#crashes,
      bound: this.#bound,
      longest: this.#longest,
    };
  }

  undoTo(mark: Mark): void {
    this.#store.undoTo(mark.store);
    while (this.#replaced.length > mark.threads) {
      const [id, old] = known(this.#replaced.pop(), 'replaced thread');
      this.#threads[id] = old;
    }
    this.#events.length = mark.events;
    this.#rf.length = mark.events;
    this.#asw.length = mark.asw;
    this.#crashes = mark.crashes;
    this.#bound = mark.bound;
    this.#longest = mark.longest;
  }

  /** Makes an enabled step. */
  step(label: Label): Step {
    const thread = this.#thread(threadOf(label));
    const choice = choiceOf(label);
    const { request } = thread.node;
    if (isQueued(thread.status)) return this.#leave(thread, label, choice);
    if (isLocated(request)) return this.#located(thread, request, label, choice);
    switch (request.kind) {
      case 'fork':
        return this.#fork(thread, request, label);
      case 'join':
        return this.#join(thread, request, label);
      case 'trap':
        return this.#trap(thread, request.reason, request.site, label);
      case 'alloc':
      case 'fence':
      case 'host': {
        const actions = request.kind === 'alloc' ? request.writes : [];
        this.#write(this.#event(thread, request.kind, actions, null, request.site));
        return this.#alone(label, this.#answer(thread.id, UNIT));
      }
      case 'new': {
        const { actions, response } = concludeNew(request, objectAddr(thread.id, thread.node.depth));
        this.#write(this.#allocation(thread, actions, request.site));
        return this.#alone(label, this.#answer(thread.id, response));
      }
      case 'done':
      case 'bound':
        throw new Bug(`a step of a thread that is ${request.kind}`);
      default:
        return assertNever(request);
    }
  }

  /** The steps of parked threads that would read something else by now, for searches in which they go on. */
  revived(): Label[] {
    const labels: Label[] = [];
    for (const thread of this.threads())
      if (thread.status === 'parked' && this.isStale(thread)) this.#enabledOf({ ...thread, status: 'running' }, labels);
    return labels;
  }

  /** Whether a parked thread would read something else by now. */
  isStale({ node, id }: WorldThread<S>): boolean {
    let again = node.depth - known(node.spin, 'spin').depth;
    const rewriters = this.#rewriters();
    for (let e = this.#events.length - 1; again > 0 && e >= 0; e--) {
      const event = known(this.#events[e], 'event');
      if (event.thread !== id) continue;
      again--;
      if (event.actions.some((action) => this.#hasChanged(action, event.id, rewriters))) return true;
    }
    return false;
  }

  #hasChanged(action: Action, since: EventId, rewriters: ReadonlySet<EventId>): boolean {
    if (action.kind === 'notify') return (this.#store.queue(queueKey(action.region, action.offset)).last ?? -1) > since;
    if (!isReading(action)) return false;
    for (let k = action.offset; k < action.offset + action.size; k++) {
      let writer = this.#store.writer(action.region, k);
      while (rewriters.has(writer)) writer = this.#readBy(writer, action.region, k);
      if (writer > since) return true;
    }
    return false;
  }

  /** The updates in the last rounds of the parked threads, all of which wrote what they read. */
  #rewriters(): ReadonlySet<EventId> {
    const found = new Set<EventId>();
    for (const { id, node, status } of this.threads()) {
      if (status !== 'parked' || node.rewrites.length === 0) continue;
      let again = node.depth - known(node.spin, 'spin').depth;
      for (let e = this.#events.length - 1; again > 0; e--) {
        const event = known(this.#events[e], 'event');
        if (event.thread !== id) continue;
        again--;
        if (event.actions.some(isWriting)) found.add(event.id);
      }
    }
    return found;
  }

  /** The event from which an update read the unit. */
  #readBy(update: EventId, region: Region, k: number): EventId {
    const { actions } = known(this.#events[update], 'update');
    const a = actions.findIndex((action) => isReading(action) && action.region === region && covers(action, k));
    return known(this.#rf[update]?.[a]?.[k - known(actions[a] as Range | undefined, 'action').offset], 'writer');
  }

  #thread(id: ThreadId): WorldThread<S> {
    return known(this.#threads[id], 'thread');
  }

  #set(thread: WorldThread<S>): void {
    this.#replaced.push([thread.id, this.#threads[thread.id]]);
    this.#threads[thread.id] = thread;
  }

  #start(id: ThreadId, start: Start, forkedBy: EventId | null): void {
    const node = this.#trie.root(start);
    this.#set({ id, node, status: this.#statusAt(node), forkedBy, last: null, events: 0, forks: 0 });
  }

  #statusAt({ request, spin }: TrieNode<S>): Status {
    if (request.kind === 'done') return 'ended';
    if (request.kind === 'trap' || (request.kind === 'fork' && request.name === null)) this.#hasFatalTraps = true;
    if (request.kind === 'bound') this.#bound = tooLong(request.what);
    return spin === null ? 'running' : 'parked';
  }

  #enabledOf({ id, status, node: { request } }: WorldThread<S>, labels: Label[]): void {
    if (isQueued(status)) {
      for (const { kind } of this.#leavesOf(status, request)) labels.push(labelOf(id, kind));
      return;
    }
    if (status !== 'running') return;
    if (request.kind === 'join' && !hasEnded(this.#thread(request.thread).status)) return;
    if (request.kind === 'grow') labels.push(...this.#growths(id, request));
    else if (request.kind === 'wait' && this.#mayDoze(request)) labels.push(labelOf(id, 'go'), labelOf(id, 'doze'));
    else labels.push(labelOf(id, 'go'));
  }

  /** How a thread in a queue may leave it now: whether spuriously was chosen when it entered. */
  #leavesOf(status: Status, request: Request): readonly Leave[] {
    const isDozing = status === 'dozing';
    return leaves(waitOf(request), this.#readings).filter(({ kind }) => (kind === 'spurious') === isDozing);
  }

  /** Whether the wait would now enter its queue, and may then leave it without a reason. */
  #mayDoze(request: WaitRequest): boolean {
    if (this.#readings['spurious-wakeups'] === 'never') return false;
    const access = lengthRead(request);
    const length = access === null ? 0 : known(this.#store.read(access).units[0], 'length');
    const reads = dataReads(request, length).map((read) => this.#store.read(read).units);
    return concludeWait(request, length, reads).response === null;
  }

  #growths(id: ThreadId, request: GrowRequest): Label[] {
    if (this.#readings['grow-failure'] === 'limit') return [labelOf(id, 'go')];
    const length = known(this.#store.read(known(lengthRead(request), 'length')).units[0], 'length');
    return mayGrow(request, length) ? [labelOf(id, 'go'), labelOf(id, 'fail')] : [labelOf(id, 'fail')];
  }

  /** Appends an event of the thread, which stays at its node. */
  #event(
    thread: WorldThread<S>,
    kind: EventKind,
    actions: readonly Action[],
    rf: (readonly EventId[] | null)[] | null,
    site: Site,
  ): Event {
    const id = this.#events.length as EventId;
    const { request } = thread.node;
    const fence = request.kind === 'fence' ? request.order : null;
    const event: Event = { id, thread: thread.id, index: thread.events, kind, actions, fence, site };
    this.#events.push(event);
    this.#rf.push(rf);
    if (thread.last === null && thread.forkedBy !== null) this.#asw.push([thread.forkedBy, id]);
    this.#set(withEvent(this.#thread(thread.id), id));
    this.#longest = Math.max(this.#longest, thread.events + 1);
    return event;
  }

  /** Appends the event of a fresh object's first contents, which no event comes before. */
  #allocation(thread: WorldThread<S>, actions: readonly Action[], site: Site): Event {
    const by = this.#names.allocator(thread.id, this.#readings);
    if (by === thread.id) return this.#event(thread, 'alloc', actions, null, site);
    const id = this.#events.length as EventId;
    const index = this.#events.filter((event) => event.thread === by).length;
    const event: Event = { id, thread: by, index, kind: 'alloc', actions, fence: null, site };
    this.#events.push(event);
    this.#rf.push(null);
    this.#longest = Math.max(this.#longest, thread.node.depth + 1);
    return event;
  }

  #write({ id, actions }: Event): void {
    for (const action of actions) if (isWriting(action)) this.#store.write(action, action.written, id);
  }

  /** Answers the thread's request, and says which thread has now ended, if it did. */
  #answer(id: ThreadId, response: Response): ThreadId[] {
    const thread = this.#thread(id);
    const node = this.#trie.child(thread.node, response);
    const status = this.#statusAt(node);
    this.#set(answered(thread, node, status));
    return status === 'ended' ? [id] : [];
  }

  /** The step of a thread that concerns no other. */
  #alone(label: Label, ends: readonly ThreadId[], more: Partial<Footprint> = {}): Step {
    const footprint = { ...this.#own(label), ends, ...more };
    return { label, footprint, chosen: false, steady: true, access: null, disabled: [] };
  }

  #own(label: Label): Footprint {
    const thread = threadOf(label);
    return ownFootprint(thread, this.#names.group(thread));
  }

  #fork(thread: WorldThread<S>, request: ForkRequest, label: Label): Step {
    const child = this.#names.child(thread.id, thread.forks, request.name);
    const event = this.#event(thread, 'fork', [], null, request.site);
    this.#start(child, request.start, event.id);
    this.#set({ ...this.#thread(thread.id), forks: thread.forks + 1 });
    const ends = hasEnded(this.#thread(child).status) ? [child] : [];
    return this.#alone(label, [...ends, ...this.#answer(thread.id, { kind: 'forked', thread: child })], {
      forks: child,
    });
  }

  #join(thread: WorldThread<S>, request: JoinRequest, label: Label): Step {
    const target = this.#thread(request.thread);
    const event = this.#event(thread, 'join', [], null, request.site);
    if (target.last !== null) this.#asw.push([target.last, event.id]);
    if (target.status === 'cut') this.#asw.push([this.#trapThatEnded(target.id), event.id]);
    const joined: Response = { kind: 'joined', code: codeOf(target.node.request) };
    return this.#alone(label, this.#answer(thread.id, joined), { joins: request.thread });
  }

  /** The trap, of another thread, that ended this one. */
  #trapThatEnded(id: ThreadId): EventId {
    const group = this.#names.group(id);
    const killer = this.threads().find((other) => other.status === 'trapped' && this.#names.group(other.id) === group);
    return known(killer?.last, 'trap');
  }

  #located(thread: WorldThread<S>, request: LocatedRequest, label: Label, choice: Choice): Step {
    const lengthAccess = lengthRead(request);
    const lengthFound = lengthAccess === null ? null : this.#store.read(lengthAccess);
    const length = lengthFound === null ? null : known(lengthFound.units[0], 'length');
    const reads = dataReads(request, length).map((access) => this.#store.read(access));
    const concluded = this.#conclude(request, length, reads, choice);
    const rf = readsFrom(concluded.actions, lengthFound === null ? reads : [lengthFound, ...reads]);
    const event = this.#event(thread, request.kind, concluded.actions, rf, request.site);
    this.#write(event);
    const queues = this.#queueUp(event);
    const { wakes, ended, disabled } =
      request.kind === 'notify' && queues.length > 0 ? this.#wake(request, event) : NOBODY;
    const own =
      concluded.response === null ? this.#sleep(thread.id, choice) : this.#answer(thread.id, concluded.response);
    const ends = ended.length === 0 ? own : [...ended, ...own];
    const groups = [this.#names.group(thread.id)];
    for (const id of wakes) groups.push(this.#names.group(id));
    const footprint: Footprint = {
      thread: thread.id,
      groups,
      touches: touchesOf(event.actions),
      queues,
      forks: null,
      joins: null,
      wakes,
      ends,
      crash: null,
    };
    const chosen =
      request.kind === 'wait'
        ? concluded.response === null && this.#readings['spurious-wakeups'] === 'allowed'
        : request.kind === 'grow' && this.#readings['grow-failure'] === 'any' && mayGrow(request, length ?? 0);
    const access = request.kind === 'access' ? request : null;
    return { label, footprint, chosen, steady: isSteady(request), access, disabled };
  }

  #conclude(request: LocatedRequest, length: number | null, found: readonly Found[], choice: Choice): Concluded {
    const reads = found.map(({ units }) => units);
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
        const { waiting } = this.#store.queue(queueKey(request.region, request.offset));
        const woke = inBounds(request.bounds, length ?? 0) ? Math.min(request.count, waiting.length) : 0;
        return concludeNotify(request, length ?? 0, woke);
      }
      default:
        return assertNever(request);
    }
  }

  /** Orders the event among the operations on the queues that it works on; an enqueuing thread enters. */
  #queueUp(event: Event): QueueKey[] {
    const keys: QueueKey[] = [];
    for (const action of event.actions) {
      if (isAccess(action) || action.kind === 'woken') continue;
      const key = queueKey(action.region, action.offset);
      const { waiting, last } = this.#store.queue(key);
      if (last !== null) this.#asw.push([last, event.id]);
      const now =
        action.kind === 'enqueue'
          ? [...waiting, event.thread]
          : action.kind === 'notify'
            ? waiting
            : waiting.filter((id) => id !== event.thread);
      this.#store.setQueue(key, { waiting: now, last: event.id });
      keys.push(key);
    }
    return keys;
  }

  #sleep(id: ThreadId, choice: Choice): never[] {
    this.#set({ ...this.#thread(id), status: choice === 'doze' ? 'dozing' : 'waiting' });
    return [];
  }

  /** Wakes the queue's first: they could have timed out before. */
  #wake(request: NotifyRequest, notify: Event): Awoken {
    const key = queueKey(request.region, request.offset);
    const { waiting, last } = this.#store.queue(key);
    const woken = waiting.slice(0, request.count);
    if (woken.length === 0) return NOBODY;
    const disabled = woken.flatMap((id) => this.choices(id));
    this.#store.setQueue(key, { waiting: waiting.slice(woken.length), last });
    const ended = woken.flatMap((id) => {
      const wake = this.#queueEvent(this.#thread(id), 'wake');
      this.#asw.push([notify.id, wake.id]);
      const thread = this.#thread(id);
      if (thread.status === 'dozing') {
        this.#set({ ...thread, status: 'roused' });
        return [];
      }
      return this.#answer(id, { kind: 'waited', result: 0 });
    });
    return { wakes: woken, ended, disabled };
  }

  #queueEvent(thread: WorldThread<S>, kind: 'wake' | Leave['kind']): Event {
    const { queue, site } = waitOf(thread.node.request);
    const action: Action = {
      kind: kind === 'wake' ? 'woken' : kind,
      ...queue,
      count: 0,
      woke: 0,
    };
    return this.#event(thread, kind, [action], null, site);
  }

  #leave(thread: WorldThread<S>, label: Label, choice: Choice): Step {
    const { kind, response } = known(
      this.#leavesOf(thread.status, thread.node.request).find((leave) => leave.kind === choice),
      'a way to leave the queue',
    );
    const queues = this.#queueUp(this.#queueEvent(thread, kind));
    return this.#alone(label, this.#answer(thread.id, response), { queues });
  }

  /** Ends the threads of the group [DOMAIN 1: a thread that traps ends all threads]: what they did was before. */
  #trap(thread: WorldThread<S>, reason: string, site: Site, label: Label): Step {
    const { crash, queues } = this.#crash(thread);
    const others = crash.ended.filter((id) => id !== thread.id).map((id) => this.#thread(id));
    const disabled = others.flatMap(({ id }) => this.choices(id));
    const { id } = this.#event(thread, 'trap', [], null, site);
    for (const { id: other, last } of this.threads())
      if (other !== thread.id && last !== null && this.#names.group(other) === crash.group) this.#asw.push([last, id]);
    this.#crashes = new Map([...this.#crashes, [crash.group, reason]]);
    this.#set({ ...this.#thread(thread.id), status: 'trapped' });
    for (const other of others) this.#set({ ...other, status: 'cut' });
    for (const key of queues) {
      const { waiting, last } = this.#store.queue(key);
      if (last !== null) this.#asw.push([last, id]);
      this.#store.setQueue(key, { waiting: waiting.filter((waiter) => !crash.ended.includes(waiter)), last: id });
    }
    const footprint: Footprint = { ...this.#own(label), queues, ends: crash.ended, crash };
    return { label, footprint, chosen: false, steady: false, access: null, disabled };
  }

  /** What a trap of the thread now ends, and the queues in which the ended wait. */
  #crash(thread: WorldThread<S>): { readonly crash: Crash; readonly queues: readonly QueueKey[] } {
    const group = this.#names.group(thread.id);
    const members = this.threads().filter(({ id, status }) => this.#names.group(id) === group && !hasEnded(status));
    const awaited = members.flatMap(({ node: { request } }) => (request.kind === 'join' ? [request.thread] : []));
    const queues = members.filter(({ status }) => isQueued(status)).map(({ node }) => queueOf(waitOf(node.request)));
    return { crash: { group, ended: members.map(({ id }) => id), awaited }, queues: [...new Set(queues)] };
  }
}

function isQueued(status: Status): boolean {
  return status === 'waiting' || status === 'dozing';
}

function queueOf({ queue }: WaitRequest): QueueKey {
  return queueKey(queue.region, queue.offset);
}

function waitOf(request: Request): WaitRequest {
  if (request.kind !== 'wait') throw new Bug('a thread in a queue that does not wait');
  return request;
}

/** A wait may enter its queue or not, a notify wakes others elsewhere, growth writes where the length says. */
function isSteady(request: LocatedRequest): boolean {
  return (
    request.kind === 'access' &&
    request.actions.every((action) => action.kind !== 'rmw' || action.update.op !== 'cmpxchg')
  );
}

/** The writers of each reading action; `found` lists what they read, in their order. */
function readsFrom(actions: readonly Action[], found: readonly Found[]): (readonly EventId[] | null)[] | null {
  let next = 0;
  const rf = actions.map((action) => (isReading(action) ? known(found[next++], 'reads').writers : null));
  return next === 0 ? null : rf;
}

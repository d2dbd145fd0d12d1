import { assertNever, known } from '../../base/assert.ts';
import type { Action } from '../../event/action.ts';
import { concludeNew, dataReads, lengthRead } from '../../event/answer.ts';
import type { Concluded, LocatedRequest } from '../../event/answer.ts';
import type { EventId, EventKind, Event } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { objectAddr } from '../../event/location.ts';
import type { ForkRequest, JoinRequest, Response, Site, Start } from '../../event/request.ts';
import { codeOf, UNIT } from '../../event/request.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Assumptions, IncrementalCheck } from '../../model/model.ts';
import type { Readings } from '../../syntax/readings.ts';
import { tooLong, tooManyEvents, tooManyReturns, tooManyRounds } from '../bounds.ts';
import type { Leave } from '../conclusions.ts';
import { conclusions, leaves } from '../conclusions.ts';
import { Cursor } from '../task.ts';
import type { ThreadNames } from '../thread-names.ts';
import { combinations } from './combinations.ts';
import { Commitments } from './commitments.ts';
import type { Placed, SourceOfUnit } from './graph.ts';
import { Graph } from './graph.ts';
import type { Landscape } from './landscape.ts';
import type { Progress } from './shapes.ts';
import { supply } from './supply.ts';
import type { Status, ThreadState } from './thread-state.ts';
import { hasEnded } from './thread-state.ts';

/**
 * The search for all candidate executions up to reads-from (proofs-notes/enumeration.md). Threads are run one after the
 * other, the lowest-numbered that can go on first. A read takes each unit from a write that is already placed, or from a
 * promised one: a shape that another thread can still write (so load buffering is found). A read that synchronises with a
 * write that is not placed yet is deferred until that write is, since hb has no cycles. Every execution is built in exactly
 * one order, so none is found twice.
 */

/** A finished candidate, handed to {@link SearchOptions.leaf}; valid only during the call. */
export interface Finished<S> {
  readonly graph: Graph;
  readonly threads: ReadonlyMap<ThreadId, ThreadState<S>>;
  /** Group → reason, for groups that a trap ended. */
  readonly crashes: ReadonlyMap<ThreadId, string>;
}

export interface SearchOptions<S> {
  readonly readings: Readings;
  readonly assumes: Assumptions;
  readonly mixtures: number;
  readonly events: number;
  readonly returns: number;
  /** Rounds of one loop of a thread. */
  readonly rounds?: number;
  readonly leaf: (candidate: Finished<S>) => void;
  /** Told of the graph as it grows and shrinks. */
  readonly check?: IncrementalCheck | null;
  /** Whether the graph so far, promised reads left out, may become consistent; asked where there was a choice. */
  readonly plausible: (graph: Graph) => boolean;
  /** Whether executions in which a thread is in this state are wanted; all are if this is absent. */
  readonly wanted?: (thread: ThreadId, state: S) => boolean;
  /** A partial candidate was given up. */
  readonly blocked: () => void;
  /** A thread came back to where it was without effect; its path is given up. */
  readonly spins: () => void;
  /** A bound was reached on some path. */
  readonly bounded: (what: string, where: { readonly thread: ThreadId; readonly node: TrieNode<S> } | null) => void;
  readonly shouldStop: () => boolean;
  /** Which part of the search is wanted, and where it stands; absent: all of it. */
  readonly cursor?: Cursor;
}

/** Applies one alternative; false if no model allows it. */
type Alternative = () => boolean;

export function search<S>(
  trie: AnswerTrie<S>,
  main: Start,
  names: ThreadNames,
  land: Landscape<S>,
  options: SearchOptions<S>,
): void {
  const graph = new Graph(options.assumes, options.check);
  const threads = new Map<ThreadId, ThreadState<S>>();
  const crashes = new Map<ThreadId, string>();
  /** The events that ended the groups in `crashes`. */
  const trapped = new Map<ThreadId, EventId>();
  const { sourcesOf, mayDefer, canReach } = supply(
    graph,
    threads,
    names,
    land,
    { limit: options.mixtures, ...options.assumes },
    options.assumes,
  );
  const commitments = new Commitments(graph, threads, land.shapes, canReach);
  const cursor = options.cursor ?? new Cursor();

  setThread({
    id: names.main,
    node: trie.root(main),
    status: 'running',
    last: null,
    own: null,
    events: 0,
    progress: { forked: new Set(), joined: new Set() },
  });
  if (land.mayRest(names.main)) advance();

  /** Extends the current graph in all ways; leaves it as it was. */
  function advance(): void {
    const mark = graph.mark();
    for (;;) {
      if (cursor.stopped) break;
      if (options.shouldStop()) {
        cursor.stop();
        break;
      }
      const alternatives = nextAlternatives();
      if (alternatives === null) break;
      const only = alternatives[0];
      if (alternatives.length === 1 && only !== undefined) {
        if (only()) continue;
        options.blocked();
        break;
      }
      if (alternatives.length === 0) options.blocked();
      cursor.choose(alternatives.length, (choice) => {
        const before = graph.mark();
        if (known(alternatives[choice], 'alternative')() && options.plausible(graph)) advance();
        else options.blocked();
        graph.undoTo(before);
      });
      break;
    }
    graph.undoTo(mark);
  }

  /** The ways to go on; null if the path ends here (a finished candidate was handed over, or it was given up). */
  function nextAlternatives(): Alternative[] | null {
    if (commitments.hasKeep) return [() => commitments.keep(), () => commitments.leave()];
    const { offer } = commitments;
    if (offer !== null) return takeOffer(known(threads.get(offer.thread), 'deferred thread'), offer.write);
    for (const thread of inOrder()) {
      if (thread.status !== 'running') continue;
      const { request } = thread.node;
      if (request.kind === 'join' && !mayBeJoined(request.thread)) continue;
      return steps(thread);
    }
    finish();
    return null;
  }

  function inOrder(): ThreadState<S>[] {
    return [...threads.values()].sort((a, b) => a.id - b.id);
  }

  function finish(): void {
    const open = [...threads.values()].some(
      (t) => t.status === 'deferred' || (t.status === 'cut' && !crashes.has(names.group(t.id))),
    );
    if (graph.promises.length > 0 || open || !trapsCameLast()) options.blocked();
    else options.leaf({ graph, threads, crashes });
  }

  /** What the threads of a group did was before the trap that ended them; false if no model allows it. */
  function trapsCameLast(): boolean {
    for (const [group, trap] of trapped)
      for (const { id, own } of threads.values())
        if (own !== null && own !== trap && names.group(id) === group && !graph.order([own, trap])) return false;
    return true;
  }

  function setThread(state: ThreadState<S>): void {
    const old = threads.get(state.id);
    threads.set(state.id, state);
    graph.onUndo(() => {
      if (old === undefined) threads.delete(state.id);
      else threads.set(state.id, old);
    });
  }

  function steps(thread: ThreadState<S>): Alternative[] {
    if (land.spins(thread.id, thread.node)) {
      options.spins();
      return [];
    }
    const alternatives = proceed(thread);
    return thread.node.request.kind !== 'done' && mayBeCut(thread)
      ? [...alternatives, () => cut(thread)]
      : alternatives;
  }

  /** A trap in one thread of a group ends the others at any point of theirs [DOMAIN 1]. */
  function mayBeCut(thread: ThreadState<S>): boolean {
    const group = names.group(thread.id);
    if (crashes.has(group)) return true;
    return land.threads.some(
      (id) => id !== thread.id && names.group(id) === group && land.mayTrap(id) && !hasEnded(threads.get(id)),
    );
  }

  /** A thread that a trap ends is over no sooner than the trap happens. */
  function mayBeJoined(id: ThreadId): boolean {
    const thread = threads.get(id);
    return hasEnded(thread) && (thread?.status !== 'cut' || crashes.has(names.group(id)));
  }

  function cut(thread: ThreadState<S>): boolean {
    setThread({ ...thread, status: 'cut' });
    return commitments.hold(thread.id);
  }

  function proceed(thread: ThreadState<S>): Alternative[] {
    const { request } = thread.node;
    if (thread.node.returns > options.returns) {
      options.bounded(tooManyReturns(options.returns), { thread: thread.id, node: thread.node });
      return [];
    }
    if (options.rounds !== undefined && thread.node.rounds > options.rounds) {
      options.bounded(tooManyRounds(options.rounds), { thread: thread.id, node: thread.node });
      return [];
    }
    if (Math.max(thread.events, thread.node.depth) >= options.events) {
      options.bounded(tooManyEvents(options.events), { thread: thread.id, node: thread.node });
      return [];
    }
    switch (request.kind) {
      case 'done':
        return [() => end(thread, 'done')];
      case 'trap':
        return crashes.has(names.group(thread.id)) ? [] : [() => trap(thread, request.reason, request.site)];
      case 'bound':
        options.bounded(tooLong(request.what), null);
        return [];
      case 'alloc':
        return [() => plain(thread, 'alloc', request.writes, request.site)];
      case 'new': {
        const { actions, response } = concludeNew(request, objectAddr(thread.id, thread.node.depth));
        return [() => allocate(thread, actions, request.site, response)];
      }
      case 'fence':
        return [() => plain(thread, 'fence', [], request.site)];
      case 'host':
        return [() => plain(thread, 'host', [], request.site)];
      case 'fork':
        return [() => fork(thread, request)];
      case 'join':
        return [() => join(thread, request)];
      case 'access':
      case 'grow':
      case 'wait':
      case 'notify':
        return located(thread, request);
      default:
        return assertNever(request);
    }
  }

  function end(thread: ThreadState<S>, status: Status): boolean {
    setThread({ ...thread, status });
    return commitments.hold(thread.id);
  }

  function trap(thread: ThreadState<S>, reason: string, site: Site): boolean {
    const event = place(thread, 'trap', [], [], site);
    if (event === null) return false;
    const group = names.group(thread.id);
    crashes.set(group, reason);
    trapped.set(group, event.id);
    graph.onUndo(() => {
      crashes.delete(group);
      trapped.delete(group);
    });
    return end(known(threads.get(thread.id), 'thread'), 'trapped');
  }

  /** Places the next event of a thread and leaves it at the same node. */
  function place(
    thread: ThreadState<S>,
    kind: EventKind,
    actions: readonly Action[],
    sources: readonly (readonly SourceOfUnit[])[],
    site: Site,
    more: { readonly after?: readonly EventId[]; readonly progress?: Progress } = {},
  ): Event | null {
    const after = [...(thread.last === null ? [] : [thread.last]), ...(more.after ?? [])];
    const fence = thread.node.request.kind === 'fence' ? thread.node.request.order : null;
    const event = graph.place({ thread: thread.id, index: thread.events, kind, actions, fence, site, sources, after });
    if (event === null) return null;
    if (thread.own === null && thread.last !== null) graph.addAsw([thread.last, event.id]);
    for (const other of more.after ?? []) graph.addAsw([other, event.id]);
    setThread({
      ...thread,
      last: event.id,
      own: event.id,
      events: thread.events + 1,
      progress: more.progress ?? thread.progress,
    });
    return event;
  }

  /** Answers a thread's request: it goes on at the next node. */
  function answer(id: ThreadId, response: Response): boolean {
    const thread = known(threads.get(id), 'thread');
    const node = trie.child(thread.node, response);
    if (options.wanted?.(id, node.state) === false) return false;
    setThread({ ...thread, node });
    return commitments.hold(id);
  }

  function plain(
    thread: ThreadState<S>,
    kind: EventKind,
    actions: readonly Action[],
    site: Site,
    response: Response = UNIT,
  ): boolean {
    const event = place(thread, kind, actions, [], site);
    if (event === null) return false;
    commitments.note(thread, event);
    return answer(thread.id, response);
  }

  /** The first contents of a fresh object, which no event comes before. */
  function allocate(thread: ThreadState<S>, actions: readonly Action[], site: Site, response: Response): boolean {
    const by = names.allocator(thread.id, options.readings);
    if (by === thread.id) return plain(thread, 'alloc', actions, site, response);
    const index = graph.events.filter((event) => event.thread === by).length;
    const event = graph.place({ thread: by, index, kind: 'alloc', actions, fence: null, site, sources: [], after: [] });
    if (event === null) return false;
    commitments.note(thread, event);
    return answer(thread.id, response);
  }

  function fork(thread: ThreadState<S>, request: ForkRequest): boolean {
    const child = names.child(thread.id, thread.progress.forked.size, request.name);
    const forked = new Set([...thread.progress.forked, child]);
    const event = place(thread, 'fork', [], [], request.site, { progress: { ...thread.progress, forked } });
    // Whatever the others do, its path would be given up at a bound, which the landscape has told.
    if (event === null || !land.mayRest(child)) return false;
    const progress: Progress = { forked: new Set(), joined: thread.progress.joined };
    setThread({
      id: child,
      node: trie.root(request.start),
      status: 'running',
      last: event.id,
      own: null,
      events: 0,
      progress,
    });
    return answer(thread.id, { kind: 'forked', thread: child });
  }

  function join(thread: ThreadState<S>, request: JoinRequest): boolean {
    const target = known(threads.get(request.thread), 'joined thread');
    const joined = new Set([...thread.progress.joined, request.thread]);
    const after = target.own === null ? [] : [target.own];
    if (target.status === 'cut') after.push(known(trapped.get(names.group(request.thread)), 'trap'));
    const event = place(thread, 'join', [], [], request.site, { after, progress: { ...thread.progress, joined } });
    return event !== null && answer(thread.id, { kind: 'joined', code: codeOf(target.node.request) });
  }

  function located(thread: ThreadState<S>, request: LocatedRequest): Alternative[] {
    const now = supplied(thread, request, null);
    return mayDefer(thread, request) ? [...now, () => defer(thread)] : now;
  }

  function defer(thread: ThreadState<S>): boolean {
    setThread({ ...thread, status: 'deferred' });
    return true;
  }

  /** A write that synchronises with a deferred read was placed: the read takes it, or stays deferred. */
  function takeOffer(thread: ThreadState<S>, write: Placed): Alternative[] {
    const request = thread.node.request as LocatedRequest;
    const resumed: ThreadState<S> = { ...thread, status: 'running' };
    const taken = supplied(resumed, request, write).map((alternative) => () => {
      commitments.takeOffer();
      return alternative();
    });
    const stay = (): boolean => commitments.refuseOffer() || mayDefer(thread, request);
    return [...taken, stay];
  }

  /** All ways to supply the request's reads; with `must`, those in which a synchronising read takes that write. */
  function supplied(thread: ThreadState<S>, request: LocatedRequest, must: Placed | null): Alternative[] {
    const alternatives: Alternative[] = [];
    const length = lengthRead(request);
    const lengths = length === null ? [null] : sourcesOf(thread, length);
    for (const lengthMix of lengths) {
      const n = lengthMix === null ? null : known(lengthMix.units[0], 'length');
      for (const reads of combinations(dataReads(request, n).map((read) => sourcesOf(thread, read)))) {
        const sources = [...(lengthMix === null ? [] : [lengthMix.writers]), ...reads.map((r) => r.writers)];
        if (
          must !== null &&
          !sources
            .flat()
            .some((s) => s.kind === 'placed' && s.write.event === must.event && s.write.action === must.action)
        )
          continue;
        for (const concluded of conclusions(
          request,
          n,
          reads.map((r) => r.units),
          options.readings,
          names.count - 1,
        )) {
          alternatives.push(...effects(thread, request, concluded, sources));
        }
      }
    }
    return alternatives;
  }

  function effects(
    thread: ThreadState<S>,
    request: LocatedRequest,
    concluded: Concluded,
    sources: readonly (readonly SourceOfUnit[])[],
  ): Alternative[] {
    const { actions, response } = concluded;
    const kind: EventKind = request.kind;
    const first = (): Event | null => place(thread, kind, actions, sources, request.site);
    if (response !== null) {
      return [
        () => {
          const event = first();
          if (event === null) return false;
          commitments.note(thread, event);
          return answer(thread.id, response);
        },
      ];
    }
    if (request.kind !== 'wait') return [];
    const { region, offset } = request.queue;
    const resume = (kind: 'wake' | Leave['kind'], result: Response): boolean => {
      if (first() === null) return false;
      const waiting = known(threads.get(thread.id), 'thread');
      const action: Action = { kind: kind === 'wake' ? 'woken' : kind, region, offset, count: 0, woke: 0 };
      if (place(waiting, kind, [action], [], request.site) === null) return false;
      return answer(thread.id, result);
    };
    const stay = (): boolean => first() !== null && end(known(threads.get(thread.id), 'thread'), 'stuck');
    const ways = leaves(request, options.readings).map((leave) => () => resume(leave.kind, leave.response));
    const forever = request.timeout < 0n ? [stay] : [];
    return [() => resume('wake', { kind: 'waited', result: 0 }), ...ways, ...forever];
  }
}

import { known } from '../../base/assert.ts';
import type { Action } from '../../event/action.ts';
import { isReading } from '../../event/action.ts';
import type { LocatedRequest } from '../../event/answer.ts';
import { concludeNew, dataReads, isLocated, lengthRead } from '../../event/answer.ts';
import type { Edge, Event, EventId, EventKind, Execution } from '../../event/execution.ts';
import type { Range, ThreadId } from '../../event/location.ts';
import { fieldOf, objectAddr } from '../../event/location.ts';
import type { Request, Response, Site, Start } from '../../event/request.ts';
import { codeOf, UNIT } from '../../event/request.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Readings } from '../../syntax/readings.ts';
import { leaves } from '../conclusions.ts';
import type { ThreadNames } from '../thread-names.ts';
import { Departure } from './departure.ts';
import type { ReplayEvent, ReplayFile, ReplayRead } from './file.ts';
import { checkReads, concludeAsTold, rowOf, unitBy, writerAt } from './told-reads.ts';

/** Where a thread of the file stands. */
export interface ReplayedThread<S> {
  readonly id: ThreadId;
  /** Its number in the file; null if it has no events there. */
  readonly number: number | null;
  node: TrieNode<S>;
  index: number;
  forks: number;
  sleeps: boolean;
  trapped: boolean;
  last: EventId | null;
  readonly forkedBy: EventId | null;
}

export interface Rebuilt<S> {
  readonly execution: Execution;
  readonly threads: readonly ReplayedThread<S>[];
  readonly crashes: ReadonlyMap<ThreadId, string>;
}

/** Numbers as they are written, not references: those are named anew in every run. */
const NUMBERS: ReadonlySet<string | null> = new Set(['i8', 'i16', 'i32', 'i64', 'f32', 'f64', 'v128']);

/**
 * Runs the threads by the answers of the file, each as far as what it reads is written. Where they wait for each other's values in a
 * circle, the first of them is believed what it reads; whether that was right is seen when the circle is closed. Throws a {@link Departure}.
 */
export function rebuild<S>(
  trie: AnswerTrie<S>,
  main: Start,
  names: ThreadNames,
  readings: Readings,
  file: ReplayFile,
): Rebuilt<S> {
  const own = file.threads.map((_, t) => file.events.flatMap((event, id) => (event.thread === t ? [id] : [])));
  const events: (Event | undefined)[] = [];
  const rf: ((readonly EventId[] | null)[] | null)[] = file.events.map(() => null);
  const asw: Edge[] = [];
  const crashes = new Map<ThreadId, string>();
  /** Group → the trap that ended it. */
  const traps = new Map<ThreadId, EventId>();
  const threads: ReplayedThread<S>[] = [];
  /** Allocations so far of each thread of the file that makes another's objects. */
  const made = new Map<number, number>();
  const mainNumber = file.threads.findIndex(({ forkedBy, objectsOf }) => forkedBy === null && objectsOf === undefined);
  begin(names.main, main, mainNumber < 0 ? null : mainNumber, null);
  for (let credulous = false; ; ) {
    let moved = false;
    for (const thread of threads) {
      while (step(thread, credulous)) {
        moved = true;
        credulous = false;
      }
    }
    if (moved) continue;
    if (credulous || isDone()) break;
    credulous = true;
  }
  const missing = file.events.findIndex((_, id) => events[id] === undefined);
  if (missing >= 0) throw departure(missing, 'it cannot happen: what it waits for does not');
  for (const [group, trap] of traps)
    for (const { id, last } of threads)
      if (last !== null && last !== trap && names.group(id) === group) asw.push([last, trap]);
  const execution: Execution = { events: events as Event[], threads: names.all(), rf, asw };
  checkReads(execution);
  return { execution, threads, crashes };

  function begin(id: ThreadId, start: Start, number: number | null, forkedBy: EventId | null): void {
    const node = trie.root(start);
    threads.push({ id, number, node, index: 0, forks: 0, sleeps: false, trapped: false, last: null, forkedBy });
  }

  function isDone(): boolean {
    return file.events.every((_, id) => events[id] !== undefined);
  }

  function departure(event: number, message: string, site: Site | null = null): Departure {
    return new Departure(message, event, site);
  }

  function nextOf({ number, index }: ReplayedThread<S>): number | null {
    return number === null ? null : (own[number]?.[index] ?? null);
  }

  /** One more event of the thread; whether there was one that can happen by now. */
  function step(thread: ReplayedThread<S>, credulous: boolean): boolean {
    const { request } = thread.node;
    if (request.kind === 'new' && names.allocator(thread.id, readings) !== thread.id) return allocate(thread);
    const id = nextOf(thread);
    if (id === null) return false;
    const asked = known(file.events[id], 'event');
    const kind = kindOf(request, asked, thread.sleeps);
    const site = 'site' in request ? request.site : null;
    if (kind === null) throw departure(id, 'the thread has ended by then');
    if (kind !== asked.kind || site?.text !== asked.instruction)
      throw departure(id, `the program does ${site?.text ?? 'something else'} there`, site);
    if (thread.sleeps) return wake(thread, asked, id);
    if (isLocated(request)) return locate(thread, request, asked, id, credulous);
    switch (request.kind) {
      case 'fork': {
        const child = names.child(thread.id, thread.forks++, request.name);
        const number = file.threads.findIndex(({ forkedBy }) => forkedBy === id);
        const event = place(thread, 'fork', [], request.site, id);
        begin(child, request.start, number < 0 ? null : number, event);
        return answer(thread, { kind: 'forked', thread: child });
      }
      case 'join': {
        const target = threads.find((other) => other.id === request.thread);
        if (target === undefined || !hasEnded(target)) return false;
        const event = place(thread, 'join', [], request.site, id);
        if (target.last !== null) asw.push([target.last, event]);
        if (!target.trapped && target.node.request.kind !== 'done')
          asw.push([known(traps.get(names.group(target.id)), 'trap'), event]);
        return answer(thread, { kind: 'joined', code: codeOf(target.node.request) });
      }
      case 'trap': {
        const event = place(thread, 'trap', [], request.site, id);
        thread.trapped = true;
        const group = names.group(thread.id);
        if (!crashes.has(group)) {
          crashes.set(group, request.reason);
          traps.set(group, event);
        }
        return true;
      }
      case 'alloc':
      case 'fence':
      case 'host':
        place(thread, request.kind, request.kind === 'alloc' ? request.writes : [], request.site, id);
        return answer(thread, UNIT);
      case 'new': {
        const { actions, response } = concludeNew(request, objectAddr(thread.id, thread.node.depth));
        place(thread, 'alloc', actions, request.site, id);
        return answer(thread, response);
      }
      default:
        throw departure(id, 'the thread has ended by then', site);
    }
  }

  function hasEnded(thread: ReplayedThread<S>): boolean {
    if (thread.trapped) return true;
    if (nextOf(thread) !== null) return false;
    return thread.node.request.kind === 'done' || crashes.has(names.group(thread.id));
  }

  function place(
    thread: ReplayedThread<S>,
    kind: EventKind,
    actions: readonly Action[],
    site: Site,
    id: number,
  ): EventId {
    const { request } = thread.node;
    const fence = request.kind === 'fence' ? request.order : null;
    const event: Event = { id: id as EventId, thread: thread.id, index: thread.index, kind, actions, fence, site };
    events[id] = event;
    if (thread.index === 0 && thread.forkedBy !== null) asw.push([thread.forkedBy, event.id]);
    thread.index++;
    thread.last = event.id;
    return event.id;
  }

  function answer(thread: ReplayedThread<S>, response: Response): true {
    thread.node = trie.child(thread.node, response);
    return true;
  }

  /** A fresh object, which a thread of its own makes. */
  function allocate(thread: ReplayedThread<S>): boolean {
    const { request } = thread.node;
    if (request.kind !== 'new') return false;
    const by = names.allocator(thread.id, readings);
    const maker = file.threads.findIndex(({ objectsOf }) => objectsOf !== undefined && objectsOf === thread.number);
    const index = made.get(maker) ?? 0;
    const id = maker < 0 ? undefined : own[maker]?.[index];
    // Nothing says that the thread goes on, if the file has no more of its events.
    if (id === undefined) {
      if (maker >= 0 || nextOf(thread) !== null)
        throw new Departure('the program makes an object that the file has not', null, request.site);
      return false;
    }
    const { actions, response } = concludeNew(request, objectAddr(thread.id, thread.node.depth));
    events[id] = { id: id as EventId, thread: by, index, kind: 'alloc', actions, fence: null, site: request.site };
    made.set(maker, index + 1);
    return answer(thread, response);
  }

  function wake(thread: ReplayedThread<S>, asked: ReplayEvent, id: number): boolean {
    const { request } = thread.node;
    if (request.kind !== 'wait') throw departure(id, 'the thread does not sleep');
    const leave = leaves(request, readings).find(({ kind }) => kind === asked.kind);
    const action: Action = {
      kind: asked.kind === 'wake' ? 'woken' : (asked.kind as 'timeout' | 'spurious'),
      ...request.queue,
      count: 0,
      woke: 0,
    };
    if (asked.kind !== 'wake' && leave === undefined) throw departure(id, 'the wait cannot end so', request.site);
    place(thread, asked.kind, [action], request.site, id);
    thread.sleeps = false;
    return answer(thread, leave?.response ?? { kind: 'waited', result: 0 });
  }

  function locate(
    thread: ReplayedThread<S>,
    request: LocatedRequest,
    asked: ReplayEvent,
    id: number,
    credulous: boolean,
  ): boolean {
    const reads = asked.reads ?? [];
    const length = lengthRead(request);
    const [lengthOf] = reads;
    if (length !== null && lengthOf === undefined) throw departure(id, 'it reads a length there', request.site);
    const n = length === null || lengthOf === undefined ? null : unitsOf(length, lengthOf, id, credulous);
    if (length !== null && n === null) return false;
    const size = n === null ? null : known(n[0], 'length');
    const data = dataReads(request, size);
    const given = length === null ? reads : reads.slice(1);
    if (data.length !== given.length)
      throw departure(id, `it reads ${data.length} places there, not ${given.length}`, request.site);
    const units: number[][] = [];
    for (const [i, access] of data.entries()) {
      const read = known(given[i], 'read');
      if (read.units.length !== access.size)
        throw departure(id, `it reads ${access.size} units there, not ${read.units.length}`, request.site);
      const found = unitsOf(access, read, id, credulous);
      if (found === null) return false;
      const isTold = NUMBERS.has(request.site.shows) && fieldOf(access.region) !== 'length';
      const wrong = isTold ? found.findIndex((unit, k) => unit !== read.units[k]) : -1;
      if (wrong >= 0)
        throw departure(
          id,
          `it reads ${found[wrong]} there, and not ${read.units[wrong]}, from event ${writerAt(read, wrong)}`,
          request.site,
        );
      units.push(found);
    }
    const concluded = concludeAsTold(request, size, units, asked, id, readings);
    const rows = concluded.actions.map((action) => (isReading(action) ? 0 : null));
    let next = 0;
    rf[id] = rows.some((row) => row !== null)
      ? rows.map((row) => (row === null ? null : rowOf(known(reads[next++], 'read'))))
      : null;
    place(thread, request.kind, concluded.actions, request.site, id);
    thread.sleeps = concluded.response === null;
    return concluded.response === null ? true : answer(thread, concluded.response);
  }

  /** What the writers wrote; null while one of them has not. */
  function unitsOf(range: Range, read: ReplayRead, id: number, credulous: boolean): number[] | null {
    const units: number[] = [];
    for (const [k, writer] of rowOf(read).entries()) {
      const event = events[writer];
      if (event === undefined && !credulous) return null;
      const unit = event === undefined ? known(read.units[k], 'unit') : unitBy(event, range, range.offset + k);
      if (unit === null) throw departure(id, `it reads from event ${writer}, which does not write there`, event?.site);
      units.push(unit);
    }
    return units;
  }
}

/** What kind of event the thread makes next; null if it makes none. */
function kindOf(request: Request, asked: ReplayEvent, sleeps: boolean): EventKind | null {
  if (sleeps) return asked.kind === 'wake' || asked.kind === 'timeout' || asked.kind === 'spurious' ? asked.kind : null;
  if (request.kind === 'done' || request.kind === 'bound') return null;
  return request.kind === 'new' ? 'alloc' : request.kind;
}

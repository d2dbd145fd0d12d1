import { assertNever, known } from '../base/assert.ts';
import type { ThreadId } from '../event/location.ts';
import type { Request, Response, Start, WaitRequest } from '../event/request.ts';
import { codeOf } from '../event/request.ts';
import type { Machine, Suspended } from './executor.ts';

/** A thread in a wait queue. */
export interface Waiter {
  readonly kind: 'waiter';
  woken: boolean;
}

/** What holds shared state, and answers requests at once in the order in which they come: sequential consistency. */
export interface Store {
  /** The waiter, if the thread is now in a queue; null for what concerns threads: fork, join, done, trap, bound. */
  answer(request: Request): Response | Waiter | null;
  /** Takes a waiter out of its queue. */
  giveUp(request: WaitRequest, waiter: Waiter): void;
}

/** How a thread stands. `busy`: it runs at this moment, or a host function that it called. `cut`: another thread's trap ended it. */
export type Standing =
  | { readonly kind: 'running' | 'busy' }
  | { readonly kind: 'waiting'; readonly request: WaitRequest; readonly waiter: Waiter }
  | { readonly kind: 'joining'; readonly thread: ThreadId }
  | { readonly kind: 'ended' }
  | { readonly kind: 'trapped' | 'cut'; readonly reason: string }
  | { readonly kind: 'bound'; readonly what: string };

export interface ScheduledThread<S> {
  readonly id: ThreadId;
  readonly name: string;
  /** The thread that Wasm's forks led from; a trap ends all of its group. */
  readonly group: ThreadId;
  /** What it began with. */
  readonly start: Start;
  readonly suspended: Suspended<S>;
  readonly standing: Standing;
}

/** Why a schedule stopped: what was wanted is there, nobody can go on, or too many requests were answered. */
export type Stop = 'done' | 'deadlock' | 'bound';

/**
 * One schedule of a machine's threads over a store: round robin, one request each. Time passes only when nobody can run: then the
 * shortest timeout ends. A class because the threads change in place.
 */
export class Schedule<S, From extends Start> {
  readonly #machine: Machine<S, From>;
  readonly #store: Store;
  /** In order of their beginning. */
  readonly #threads = new Map<ThreadId, ScheduledThread<S>>();
  #begun = 0;
  /** Whose turn it is, or the first after it. */
  #turn = 0;
  #requests: number;
  /** Runs in progress: a host function may run the schedule on. */
  #depth = 0;

  /** `requests`: how many may be answered. */
  constructor(machine: Machine<S, From>, store: Store, requests: number) {
    this.#machine = machine;
    this.#store = store;
    this.#requests = requests;
  }

  get threads(): readonly ScheduledThread<S>[] {
    return [...this.#threads.values()];
  }

  thread(id: ThreadId): ScheduledThread<S> {
    return known(this.#threads.get(id), 'thread');
  }

  /** A thread of its own group. */
  spawn(start: From, name: string): ThreadId {
    return this.#add(start, name, null);
  }

  /** Allows that many requests from now on. */
  allow(requests: number): void {
    this.#requests = requests;
  }

  /** Ends a thread and its group where they are. */
  cancel(id: ThreadId, reason: string): void {
    this.#cut(this.thread(id).group, reason);
  }

  /** Drops the threads that have ended, but for those that somebody may still join, or ask for since a run is in progress. */
  forgetEnded(joinable: ReadonlySet<ThreadId> = new Set()): void {
    if (this.#depth > 0) return;
    for (const thread of this.threads)
      if (hasEnded(thread) && !joinable.has(thread.id)) this.#threads.delete(thread.id);
  }

  /** Runs until `thread` has ended, or all have if it is null. */
  run(thread: ThreadId | null): Stop {
    this.#depth++;
    try {
      return this.#run(thread);
    } finally {
      this.#depth--;
    }
  }

  #run(thread: ThreadId | null): Stop {
    while (!this.#isOver(thread)) {
      const next = this.#nextRunnable();
      if (next === null) {
        if (!this.#passTime()) return 'deadlock';
        continue;
      }
      if (this.#requests-- <= 0) return 'bound';
      this.#turn = next.id + 1;
      this.#step(next);
    }
    return 'done';
  }

  #isOver(thread: ThreadId | null): boolean {
    return thread === null ? this.threads.every(hasEnded) : hasEnded(this.thread(thread));
  }

  /** The first from the turn on, or else from the start on. */
  #nextRunnable(): ScheduledThread<S> | null {
    let first: ScheduledThread<S> | null = null;
    for (const thread of this.#threads.values()) {
      if (first !== null && thread.id < this.#turn) continue;
      if (!this.#isRunnable(thread)) continue;
      if (thread.id >= this.#turn) return thread;
      first = thread;
    }
    return first;
  }

  #isRunnable({ standing }: ScheduledThread<S>): boolean {
    switch (standing.kind) {
      case 'running':
        return true;
      case 'waiting':
        return standing.waiter.woken;
      case 'joining':
        return hasEnded(this.thread(standing.thread));
      case 'busy':
      case 'ended':
      case 'trapped':
      case 'cut':
      case 'bound':
        return false;
      default:
        return assertNever(standing);
    }
  }

  #add(start: From, name: string, group: ThreadId | null): ThreadId {
    const id = this.#begun++ as ThreadId;
    this.#arrive({
      id,
      name,
      group: group ?? id,
      start,
      suspended: this.#machine.start(start),
      standing: { kind: 'running' },
    });
    return id;
  }

  /** A thread at its next request; its last one is heeded at once. */
  #arrive(thread: ScheduledThread<S>): void {
    const { request } = thread.suspended;
    this.#threads.set(thread.id, { ...thread, standing: standingAt(request) });
    if (request.kind === 'trap') this.#cut(thread.group, request.reason);
  }

  #resume(thread: ScheduledThread<S>, response: Response): void {
    this.#threads.set(thread.id, { ...thread, standing: { kind: 'busy' } });
    const suspended = this.#machine.resume(thread.suspended.state, response);
    if (!hasEnded(this.thread(thread.id))) this.#arrive({ ...thread, suspended });
  }

  #step(thread: ScheduledThread<S>): void {
    const { request } = thread.suspended;
    if (thread.standing.kind === 'waiting') this.#resume(thread, { kind: 'waited', result: 0 });
    else if (request.kind === 'join') this.#resume(thread, { kind: 'joined', code: this.#codeOf(request.thread) });
    else if (request.kind === 'fork') this.#fork(thread, request.start as From, request.name);
    else {
      const answer = known(this.#store.answer(request), 'answer');
      if (answer.kind !== 'waiter') this.#resume(thread, answer);
      else
        this.#threads.set(thread.id, {
          ...thread,
          standing: { kind: 'waiting', request: request as WaitRequest, waiter: answer },
        });
    }
  }

  /** The code that an ended thread gave. */
  #codeOf(id: ThreadId): bigint {
    return codeOf(this.thread(id).suspended.request);
  }

  #fork(parent: ScheduledThread<S>, start: From, name: string | null): void {
    this.#threads.set(parent.id, { ...parent, standing: { kind: 'busy' } });
    const child = this.#add(start, name ?? `${parent.name}+${this.#begun}`, name === null ? parent.group : null);
    // The child may have trapped at once, and the parent with it.
    if (!hasEnded(this.thread(parent.id))) this.#resume(parent, { kind: 'forked', thread: child });
  }

  /** Ends who is left of a group [DOMAIN 1: a thread that traps ends all threads]. */
  #cut(group: ThreadId, reason: string): void {
    for (const thread of this.#threads.values()) {
      if (thread.group !== group || hasEnded(thread)) continue;
      if (thread.standing.kind === 'waiting') this.#store.giveUp(thread.standing.request, thread.standing.waiter);
      this.#threads.set(thread.id, { ...thread, standing: { kind: 'cut', reason } });
    }
  }

  /** The shortest timeout ends; false if there is none. */
  #passTime(): boolean {
    let first: { readonly thread: ScheduledThread<S>; readonly request: WaitRequest; readonly waiter: Waiter } | null =
      null;
    for (const thread of this.#threads.values()) {
      if (thread.standing.kind !== 'waiting') continue;
      const { request, waiter } = thread.standing;
      if (request.timeout >= 0n && (first === null || request.timeout < first.request.timeout))
        first = { thread, request, waiter };
    }
    if (first === null) return false;
    this.#store.giveUp(first.request, first.waiter);
    this.#resume(first.thread, { kind: 'waited', result: 2 });
    return true;
  }
}

function standingAt(request: Request): Standing {
  switch (request.kind) {
    case 'done':
      return { kind: 'ended' };
    case 'trap':
      return { kind: 'trapped', reason: request.reason };
    case 'bound':
      return { kind: 'bound', what: request.what };
    case 'join':
      return { kind: 'joining', thread: request.thread };
    default:
      return { kind: 'running' };
  }
}

/** Whether the thread does no more; joins on it succeed. */
export function hasEnded<S>({ standing: { kind } }: ScheduledThread<S>): boolean {
  return kind === 'ended' || kind === 'trapped' || kind === 'cut' || kind === 'bound';
}

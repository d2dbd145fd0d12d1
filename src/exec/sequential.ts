import { Bug, assertNever } from '../base/assert.ts';
import type { ThreadId } from '../event/location.ts';
import type { BoundRequest, Request, Response, TrapRequest, WaitRequest } from '../event/request.ts';
import { codeOf } from '../event/request.ts';
import { callStart } from '../runtime/call-start.ts';
import type { CallStart, ExecutorOptions, ThreadLocals } from '../runtime/executor.ts';
import { MAX_CALL_DEPTH } from '../runtime/executor.ts';
import type { FuncInst } from '../runtime/instance.ts';
import type { Value } from '../syntax/values.ts';
import { wordsOfAll } from './code.ts';
import { begin, goOn } from './executor.ts';
import type { World } from './machine.ts';
import { run } from './machine.ts';
import { worldOf } from './store-world.ts';
import type { SharedStore, Waiter } from './store.ts';
import { Thread } from './thread.ts';
import { readValues } from './values.ts';

export type Ending =
  | { readonly kind: 'results'; readonly values: readonly Value[] }
  | TrapRequest
  | BoundRequest
  /** It waits, and nothing will wake it. */
  | { readonly kind: 'deadlock' };

/** How a call ended, with its thread's thread-locals as they are then. */
export interface CallOutcome {
  readonly ending: Ending;
  readonly locals: ThreadLocals;
  /** What is left of the fuel. */
  readonly fuel: number;
  /** The call alone. */
  readonly milliseconds: number;
}

/** Steps that a thread may take before another's turn, where there is another. */
const TURN = 20_000;

/** A thread of the schedule, and how it goes on. */
interface Running {
  readonly thread: Thread;
  next: Next;
}

type Next =
  | { readonly kind: 'begin'; readonly start: CallStart }
  /** Its turn was over. */
  | { readonly kind: 'continue' }
  | { readonly kind: 'answer'; readonly response: Response }
  | { readonly kind: 'wait'; readonly request: WaitRequest; readonly waiter: Waiter; readonly until: bigint | null }
  | { readonly kind: 'join'; readonly thread: ThreadId }
  | { readonly kind: 'done'; readonly code: bigint };

/**
 * Calls a function and runs it to its end, with the threads that it forks: one sequentially consistent schedule, round-robin, in
 * which time passes only while all threads wait. `options.fuel` bounds the backward branches and calls of all threads together.
 */
export function runCall(
  options: ExecutorOptions,
  func: FuncInst,
  args: readonly Value[],
  store: SharedStore,
  locals: ThreadLocals = new Map(),
): CallOutcome {
  return runFrom(0, options, func, args, store, locals);
}

/** The same, with so many frames already above the call. */
export function runFrom(
  frames: number,
  options: ExecutorOptions,
  func: FuncInst,
  args: readonly Value[],
  store: SharedStore,
  locals: ThreadLocals,
): CallOutcome {
  const started = performance.now();
  const schedule = new Schedule(options, store);
  const main = schedule.add(callStart(func, args, locals));
  main.thread.maxFrames = MAX_CALL_DEPTH - frames;
  const failure = schedule.run();
  const ending: Ending =
    failure ??
    (main.next.kind === 'done' ? { kind: 'results', values: resultsOf(main.thread, func) } : { kind: 'deadlock' });
  main.thread.leave();
  return {
    ending,
    locals: main.thread.sharedLocals(),
    fuel: schedule.fuel,
    milliseconds: performance.now() - started,
  };
}

/** A thread that ended by an exit has no results. */
function resultsOf({ words, live }: Thread, { type }: FuncInst): readonly Value[] {
  return live === wordsOfAll(type.results) ? readValues(words, 0, type.results) : [];
}

class Schedule {
  readonly #store: SharedStore;
  readonly #world: World;
  readonly #inherit: boolean;
  readonly #threads: Running[] = [];
  #fuel: number;
  #now = 0n;

  constructor({ readings, fuel }: ExecutorOptions, store: SharedStore) {
    this.#store = store;
    this.#world = worldOf(store);
    this.#inherit = readings['thread-local'] === 'inherit';
    this.#fuel = fuel;
  }

  get fuel(): number {
    return this.#fuel;
  }

  add(start: CallStart): Running {
    const running: Running = { thread: new Thread(this.#inherit), next: { kind: 'begin', start } };
    this.#threads.push(running);
    return running;
  }

  /** Runs all threads until each is done or waits for ever; a trap or bound ends all. */
  run(): TrapRequest | BoundRequest | null {
    for (;;) {
      let moved = false;
      for (const running of this.#threads) {
        if (!this.#mayRun(running)) continue;
        moved = true;
        const failure = this.#turn(running);
        if (failure !== null) return failure;
      }
      if (!moved && !this.#passTime()) return null;
    }
  }

  #mayRun(running: Running): boolean {
    const { next } = running;
    if (next.kind === 'wait' && next.waiter.woken)
      running.next = { kind: 'answer', response: { kind: 'waited', result: 0 } };
    if (next.kind === 'join') {
      const joined = this.#threads[next.thread]?.next;
      if (joined?.kind === 'done') running.next = { kind: 'answer', response: { kind: 'joined', code: joined.code } };
    }
    return running.next.kind !== 'wait' && running.next.kind !== 'join' && running.next.kind !== 'done';
  }

  /** Runs a thread until it blocks, it ends or its turn is over: a fork does not end it. */
  #turn(running: Running): TrapRequest | BoundRequest | null {
    let left = TURN;
    for (;;) {
      const alone = this.#threads.every((other) => other === running || other.next.kind === 'done');
      const fuel = Math.max(0, alone ? this.#fuel : Math.min(left, this.#fuel));
      const request = this.#advance(running, fuel);
      const spent = fuel - running.thread.fuel;
      this.#fuel -= spent;
      left -= spent;
      switch (request.kind) {
        case 'done':
          running.next = { kind: 'done', code: codeOf(request) };
          return null;
        case 'trap':
          return request;
        case 'bound':
          if (this.#fuel <= 0) return request;
          running.next = { kind: 'continue' };
          return null;
        case 'fork':
          running.next = { kind: 'answer', response: { kind: 'forked', thread: this.#threads.length as ThreadId } };
          this.add(request.start as CallStart);
          break;
        case 'join':
          running.next = { kind: 'join', thread: request.thread };
          return null;
        case 'wait':
          running.next = this.#wait(request);
          if (running.next.kind === 'wait') return null;
          break;
        default:
          throw new Bug(`${request.kind} is answered by the store`);
      }
    }
  }

  #advance({ thread, next }: Running, fuel: number): Request {
    switch (next.kind) {
      case 'begin':
        return begin(thread, next.start, this.#world, fuel);
      case 'continue':
        thread.refuel();
        return run(thread, this.#world, fuel, null);
      case 'answer':
        return goOn(thread, next.response, this.#world, fuel);
      case 'wait':
      case 'join':
      case 'done':
        throw new Bug(`a thread runs that is ${next.kind}`);
      default:
        return assertNever(next);
    }
  }

  #wait(request: WaitRequest): Next {
    const answer = this.#store.wait(request);
    if (answer.kind !== 'waiter') return { kind: 'answer', response: answer };
    return { kind: 'wait', request, waiter: answer, until: request.timeout < 0n ? null : this.#now + request.timeout };
  }

  /** All threads wait: the first timeout is reached. False if there is none. */
  #passTime(): boolean {
    let first: { readonly running: Running; readonly until: bigint } | null = null;
    for (const running of this.#threads) {
      if (running.next.kind !== 'wait' || running.next.until === null) continue;
      if (first === null || running.next.until < first.until) first = { running, until: running.next.until };
    }
    if (first === null || first.running.next.kind !== 'wait') return false;
    this.#now = first.until;
    this.#store.giveUp(first.running.next.request, first.running.next.waiter);
    first.running.next = { kind: 'answer', response: { kind: 'waited', result: 2 } };
    return true;
  }
}

import { ALONE } from './calls.ts';
import type { Asked, CallName, Calls, Hello, Told } from './calls.ts';
import { Interrupted, Refused } from './refused.ts';

interface Waiting {
  readonly give: (what: unknown) => void;
  readonly fail: (error: Error) => void;
  readonly tell: (what: unknown) => void;
}

/** A worker that answers {@link Calls}, one after the other. */
export class Client {
  readonly #waiting = new Map<number, Waiting>();
  readonly #stop: Int32Array | null;
  #worker: Worker | null = null;
  /** From 1, since the cells of {@link Hello} are 0 at first. */
  #next = 1;

  constructor() {
    const canShare = globalThis.crossOriginIsolated === true;
    this.#stop = canShare ? new Int32Array(new SharedArrayBuffer(4 + 4 * ALONE)) : null;
  }

  /** Whether a search that is interrupted answers with what it found. If not, it is ended, and with it all that the worker remembers. */
  get keepsWhatItFound(): boolean {
    return this.#stop !== null;
  }

  ask<N extends CallName>(
    name: N,
    takes: Calls[N]['takes'],
    tell: (what: Calls[N]['tells']) => void = () => {},
    /** Gives the call up: it ends soon if pages can share memory, and else in its time. */
    givenUp?: AbortSignal,
  ): Promise<Calls[N]['gives']> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#next++;
    givenUp?.addEventListener('abort', () => {
      if (this.#stop !== null && this.#waiting.has(id)) Atomics.store(this.#stop, 1 + (id % ALONE), id);
    });
    return new Promise((give, fail) => {
      this.#waiting.set(id, {
        give: give as (what: unknown) => void,
        fail,
        tell: tell as (what: unknown) => void,
      });
      worker.postMessage({ id, name, takes } satisfies Asked);
    });
  }

  /** Ends what it was asked so far. */
  interrupt(): void {
    if (this.#waiting.size === 0) return;
    if (this.#stop !== null) Atomics.store(this.#stop, 0, this.#next);
    else this.#end(new Interrupted());
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage({ stop: this.#stop } satisfies Hello);
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => this.#hear(data));
    worker.addEventListener('error', ({ message }) => this.#end(new Error(message)));
    return worker;
  }

  #hear(told: Told): void {
    const waiting = this.#waiting.get(told.id);
    if (waiting === undefined) return;
    if (told.kind === 'told') {
      waiting.tell(told.what);
      return;
    }
    this.#waiting.delete(told.id);
    if (told.kind === 'given') waiting.give(told.what);
    else waiting.fail(told.kind === 'refused' ? new Refused(told.message) : new Error(told.message));
  }

  #end(error: Error): void {
    this.#worker?.terminate();
    this.#worker = null;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { fail } of waiting) fail(error);
  }
}

/** Answers at once: checking, hovering, stepping. */
export const quick = new Client();
/** May take long, and remembers the executions that it found: exploring, pictures, explanations. */
export const search = new Client();

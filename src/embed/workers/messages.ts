import type { CallEnd } from '../../runtime/embed/calls.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Value } from '../../syntax/values.ts';
import type { SharedParts } from './worker-store.ts';

/** What the thread that instantiates and a worker say to each other. */

/**
 * A worker: a thread of the system with a program that answers messages ({@link ToWorker}) by others ({@link FromWorker}), which are nobody
 * else's business. Who makes workers depends on where Weft runs.
 */
export interface WorkerPort {
  post(message: object): void;
  /** Called once. */
  listen(onMessage: (message: unknown) => void, onError: (error: Error) => void): void;
  terminate(): void;
}

export type WorkerFactory = () => WorkerPort;

/** Where an instance's part is: the instance's number in its compartment, and the part's in its index space. */
export interface PartPlace {
  readonly kind: 'func' | 'memory' | 'table' | 'global' | 'tag';
  readonly instance: number;
  readonly index: number;
}

/** An instance that the worker makes as well, so that it has the same addresses there. */
export interface InstanceMessage {
  readonly kind: 'instance';
  readonly bytes: Uint8Array;
  /** In the order of the module's imports; null: a host function. */
  readonly imports: readonly (PartPlace | null)[];
  readonly shared: SharedParts;
}

export type ToWorker =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly readings: Readings;
      readonly fuel: number;
      readonly pages: number;
    }
  | InstanceMessage
  | { readonly kind: 'call'; readonly id: number; readonly func: PartPlace; readonly args: readonly Value[] };

export type FromWorker =
  | { readonly kind: 'ended'; readonly id: number; readonly end: CallEnd }
  /** Weft's own mistake. */
  | { readonly kind: 'failed'; readonly message: string };

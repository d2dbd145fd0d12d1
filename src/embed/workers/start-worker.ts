import { known } from '../../base/assert.ts';
import { valuesOf } from '../../runtime/embed/arguments.ts';
import type { CallEnd } from '../../runtime/embed/calls.ts';
import type { Compartment } from '../../runtime/embed/compartment.ts';
import type { Func } from '../../runtime/embed/func.ts';
import { belongsElsewhere } from '../../runtime/embed/home.ts';
import type { WorkerContext } from '../../runtime/embed/parts.ts';
import type { CallResult } from '../../runtime/embed/result.ts';
import { refused } from '../../runtime/embed/result.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { FromWorker, ToWorker, WorkerFactory, WorkerPort } from './messages.ts';
import { describeInstance, placeOf } from './places.ts';
import { whyNotShareable } from './shareable.ts';
import type { WorkerStore } from './worker-store.ts';

export interface WorkerOptions {
  readonly readings: Readings;
  readonly fuel: number;
  readonly pages: number;
}

/** Starts a worker with a compartment like this one, whose shared memories and globals are the same. */
export function startWorker(home: Compartment, factory: WorkerFactory, options: WorkerOptions): WorkerContext {
  const port = factory();
  say(port, { kind: 'open', name: home.name, ...options });
  return new PortContext(home, port);
}

function say(port: WorkerPort, message: ToWorker): void {
  port.post(message);
}

interface Pending {
  readonly resolve: (result: CallResult) => void;
  readonly reject: (error: Error) => void;
}

class PortContext implements WorkerContext {
  readonly compartment: Compartment;
  readonly #port: WorkerPort;
  readonly #pending = new Map<number, Pending>();
  /** Instances that the worker has. */
  #sent = 0;
  #calls = 0;
  #isOver = false;

  constructor(compartment: Compartment, port: WorkerPort) {
    this.compartment = compartment;
    this.#port = port;
    port.listen(
      (message) => this.#hear(message as FromWorker),
      (error) => this.#fail(error),
    );
  }

  async call(func: Func, args: readonly unknown[] = []): Promise<CallResult> {
    const { compartment: home } = this;
    if (func.compartment !== home) return refused(belongsElsewhere('the function', func.compartment, home));
    const why = whyNotShareable(func.inst);
    if (why !== null) return refused(`a worker cannot run this: ${why}`);
    const values = valuesOf(home, func.type.params, args);
    if (!values.ok) return refused(`the function takes ${values.error}`);
    if (this.#isOver) return refused('the worker has ended');
    this.#sendInstances();
    const id = this.#calls++;
    const place = known(placeOf(home.instances, { kind: 'func', func: func.inst }), 'place of a function');
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      say(this.#port, { kind: 'call', id, func: place, args: values.value });
    });
  }

  terminate(): void {
    this.#isOver = true;
    this.#port.terminate();
    for (const { resolve } of this.#pending.values()) resolve({ kind: 'trap', reason: 'the worker was terminated' });
    this.#pending.clear();
  }

  #sendInstances(): void {
    const { instances, store } = this.compartment;
    for (; this.#sent < instances.length; this.#sent++) {
      const instance = known(instances[this.#sent], 'instance');
      say(this.#port, describeInstance(instances, instance, (store as WorkerStore).partsOf(instance)));
    }
  }

  #hear(message: FromWorker): void {
    if (message.kind === 'failed') {
      this.#fail(new Error(message.message));
      return;
    }
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    pending?.resolve(resultOf(message.end));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}

/** Exceptions do not leave a worker, so that no reference has to be looked up. */
function resultOf(end: CallEnd): CallResult {
  return end.kind === 'trap' ? { kind: 'trap', reason: end.reason } : end;
}

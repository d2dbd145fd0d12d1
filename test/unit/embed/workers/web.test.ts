import { expect, test } from 'vitest';
import { createCompartment } from '../../../../src/embed/create-compartment.ts';
import type { WebScope, WebWorker } from '../../../../src/embed/workers/web.ts';
import { serveWeb, webWorkers } from '../../../../src/embed/workers/web.ts';
import { func, instance } from '../../runtime/embed/support.ts';

/** A Web Worker as far as messages go: they are copied, and delivered later. */
function makeWorker(): WebWorker & { readonly fail: (message: string) => void } {
  const inside: ((event: { readonly data: unknown }) => void)[] = [];
  const outside: ((event: { readonly data: unknown }) => void)[] = [];
  const failing: ((event: { readonly message: string }) => void)[] = [];
  const scope: WebScope = {
    postMessage: (message) => deliver(outside, message),
    addEventListener: (_, listener) => void inside.push(listener),
  };
  serveWeb(scope);
  return {
    postMessage: (message) => deliver(inside, message),
    addEventListener: (type: 'message' | 'error', listener: never) =>
      void (type === 'message' ? outside : failing).push(listener),
    terminate: () => void inside.splice(0),
    fail: (message) => failing.forEach((listener) => listener({ message })),
  };
}

function deliver(to: readonly ((event: { readonly data: unknown }) => void)[], message: object): void {
  const data: unknown = structuredClone(message);
  queueMicrotask(() => to.forEach((listener) => listener({ data })));
}

const TEXT = `(module (memory (export "m") 1 1 shared) (type $f (shared (func (param i32) (result i32))))
  (func (export "f") (type $f) (i32.atomic.rmw.add (i32.const 0) (local.get 0))))`;

test('contexts in Web Workers', async () => {
  const home = createCompartment({ workers: webWorkers(makeWorker) });
  const f = func(instance(home, TEXT), 'f');
  const worker = home.worker();
  expect(await worker.call(f, [5])).toEqual({ kind: 'return', values: [{ type: 'i32', value: 0 }] });
  expect(await worker.call(f, [1])).toEqual({ kind: 'return', values: [{ type: 'i32', value: 5 }] });
  expect(f.invoke(home.createContext(), 0)).toBe(6);
  const left = worker.call(f, [1]);
  worker.terminate();
  expect(await left).toEqual({ kind: 'trap', reason: 'the worker was terminated' });
});

test('a worker that fails rejects its calls', async () => {
  const made: ReturnType<typeof makeWorker>[] = [];
  const home = createCompartment({
    workers: webWorkers(() => {
      const worker = makeWorker();
      made.push(worker);
      return worker;
    }),
  });
  const f = func(instance(home, TEXT), 'f');
  const call = home.worker().call(f, [1]);
  for (const worker of made) worker.fail('out of memory');
  await expect(call).rejects.toThrow('out of memory');
});

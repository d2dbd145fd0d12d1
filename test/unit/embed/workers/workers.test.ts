import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { createCompartment } from '../../../../src/embed/create-compartment.ts';
import type { WorkerContext } from '../../../../src/runtime/embed/parts.ts';
import { sourceWorkers } from '../../../support/node-workers.ts';
import { func, instance } from '../../runtime/embed/support.ts';

/** One compartment with two workers for all tests: a worker takes a while to start. */
const home = createCompartment({ name: 'home', workers: sourceWorkers() });
const [a, b] = [home.worker(), home.worker()];
const open: WorkerContext[] = [a, b];
afterAll(() => {
  for (const worker of open) worker.terminate();
});

function program(name: string): string {
  return readFileSync(new URL(`../../../bench/programs/${name}.wat`, import.meta.url), 'utf8');
}

const returned = (...values: unknown[]): object => ({ kind: 'return', values });
const i32 = (value: number): unknown => ({ type: 'i32', value });
const i64 = (value: bigint): unknown => ({ type: 'i64', value });

describe('contexts in workers', () => {
  test('call the same functions on the same shared memories and globals, with their own thread-locals', async () => {
    const lib = instance(
      home,
      `(module (memory (export "m") 1 3 shared) (global (export "g") (shared mut i64) (i64.const 5))
        (global (export "f") (shared mut f64) (f64.const 1.5))
        (data (i32.const 16) "\\07"))`,
    );
    const user = instance(
      home,
      `(module
        (import "lib" "m" (memory 1 3 shared)) (import "lib" "g" (global $g (shared mut i64)))
        (import "lib" "f" (global $f (shared mut f64)))
        (global $l (export "l") (thread_local mut i32))
        (type $f (shared (func (param i32) (result i32 i64 i32 f64))))
        (type $grow (shared (func (param i32) (result i32 i32))))
        (func (export "f") (type $f)
          (global.set $l (i32.add (global.get $l) (local.get 0)))
          (global.set $g (i64.add (global.get $g) (i64.const 1)))
          (global.set $f (f64.mul (global.get $f) (f64.const 2)))
          (i32.store (i32.const 20) (local.get 0))
          (global.get $l) (global.get $g) (i32.load8_u (i32.const 16)) (global.get $f))
        (func (export "grow") (type $grow)
          (memory.grow (local.get 0)) (i32.store (i32.const 131072) (i32.const 9)) (memory.size)))`,
      { lib: Object.fromEntries(lib.exports) },
    );
    const context = home.createContext();
    const f = func(user, 'f');
    known(lib.memory('m'), 'm').bytes[16] = 8;
    expect(await a.call(f, [10])).toMatchObject(returned(i32(10), i64(6n), i32(8), { type: 'f64' }));
    expect(await a.call(f, [10])).toMatchObject(returned(i32(20), i64(7n), i32(8), {}));
    expect(await b.call(f, [1])).toMatchObject(returned(i32(1), i64(8n), i32(8), {}));
    expect(f.invoke(context, 2)).toEqual([2, 9n, 8, 24]);
    expect(known(lib.memory('m'), 'm').bytes[20]).toBe(2);
    expect(known(lib.global('g'), 'g').value(context)).toBe(9n);
    expect(await b.call(func(user, 'grow'), [2])).toEqual(returned(i32(1), i32(3)));
    expect([known(lib.memory('m'), 'm').pages, known(lib.memory('m'), 'm').bytes[131072]]).toEqual([3, 9]);
    expect(await a.call(func(user, 'grow'), [1])).toEqual(returned(i32(-1), i32(3)));
  });

  test('wait for each other', async () => {
    const text = `(module (memory 1 1 shared) (type $wait (shared (func (param i32 i64) (result i32)))) (type $wake (shared (func (result i32))))
      (func (export "wait") (type $wait) (i32.atomic.store (i32.const 4) (i32.const 1)) (memory.atomic.wait32 (i32.const 0) (local.get 0) (local.get 1)))
      (func (export "wake") (type $wake) (local $woken i32)
        (loop $until (local.set $woken (memory.atomic.notify (i32.const 0) (i32.const 1))) (br_if $until (i32.eqz (local.get $woken)))) (local.get $woken)))`;
    const from = instance(home, text);
    const waiting = a.call(func(from, 'wait'), [0, -1n]);
    expect(await b.call(func(from, 'wake'))).toEqual(returned(i32(1)));
    expect(await waiting).toEqual(returned(i32(0)));
    expect(await a.call(func(from, 'wait'), [1, -1n])).toEqual(returned(i32(1)));
    expect(await a.call(func(from, 'wait'), [0, 1000n])).toEqual(returned(i32(2)));
  });

  test('trap and reach bounds as elsewhere, and go on', async () => {
    const short = createCompartment({ workers: sourceWorkers(), fuel: 10_000 });
    const worker = short.worker();
    open.push(worker);
    const from = instance(
      short,
      `(module (memory 1 1 shared) (type $f (shared (func (param i32) (result i32)))) (type $g (shared (func)))
        (func (export "load") (type $f) (i32.load (local.get 0))) (func (export "atomic") (type $f) (i32.atomic.load (local.get 0)))
        (func (export "loop") (type $g) (loop (br 0))))`,
    );
    const end = (name: string, ...args: number[]): unknown => worker.call(func(from, name), args);
    expect(await end('load', 65535)).toEqual({ kind: 'trap', reason: 'out of bounds memory access' });
    expect(await end('atomic', 2)).toEqual({ kind: 'trap', reason: 'unaligned atomic' });
    expect(await end('loop')).toEqual({ kind: 'bound', what: 'steps' });
    expect(await end('load', 8)).toEqual(returned(i32(0)));
    expect(await worker.call(func(from, 'load'), ['x'])).toMatchObject({ kind: 'refused' });
    worker.terminate();
    expect(await end('load', 8)).toEqual({ kind: 'refused', message: 'the worker has ended' });
  });
});

describe('what workers cannot have in common is refused with the reason', () => {
  const host = home.hostFunc('log', '(shared (func))', () => {});
  const from = instance(
    home,
    `(module
      (type $f (shared (func))) (type $s (shared (struct))) (type $r (shared (func (result (ref null $s)))))
      (import "h" "log" (func $log (type $f)))
      (tag $e (type $f))
      (table $t shared 1 (ref null (shared func)))
      (global $g (shared mut (ref null $s)) (ref.null $s))
      (func (export "unshared"))
      (func $host (export "host") (type $f) (call $log))
      (func (export "deep") (type $f) (block (call $host)))
      (func (export "struct") (type $f) (drop (struct.new $s)))
      (func (export "result") (type $r) (ref.null $s))
      (func (export "global") (type $f) (drop (global.get $g)))
      (func (export "table") (type $f) (call_indirect $t (type $f) (i32.const 0)))
      (func (export "throw") (type $f) (throw $e))
      (func (export "catch") (type $f) (block (try_table (catch_all 0))))
      (func (export "fork") (type $f) (fork $host)))`,
    { h: { log: host } },
  );

  test.each([
    ['unshared', 'function 1 is not shared: only the thread that instantiates may call it'],
    ['host', 'host function log stays with the thread that made it'],
    ['deep', 'host function log stays with the thread that made it'],
    ['struct', 'has struct.new, and references are to objects, which workers do not have in common'],
    ['result', 'handles references, and workers have no objects in common'],
    ['global', 'uses a global of references, which workers cannot have in common'],
    ['table', 'has call_indirect, and references are to objects, which workers do not have in common'],
    ['throw', 'has throw, and exceptions are objects, which workers do not have in common'],
    ['catch', 'catches exceptions, and these are objects, which workers do not have in common'],
    ['fork', 'forks: in workers, the embedder starts the threads'],
  ])('%s', async (name, why) => {
    const result = await a.call(func(from, name));
    expect(result.kind).toBe('refused');
    expect(result.kind === 'refused' ? result.message : '').toContain(why);
  });

  test('objects of others, and compartments without workers', async () => {
    const other = createCompartment({ name: 'other' });
    const f = func(instance(other, '(module (type $f (shared (func))) (func (export "f") (type $f)))'), 'f');
    expect(await a.call(f)).toEqual({ kind: 'refused', message: 'the function belongs to other, not to home' });
    expect(() => other.worker()).toThrow('other was made without workers');
  });
});

describe('parallel programs', () => {
  test('a sum', async () => {
    const from = instance(home, program('parallel-sum'));
    const context = home.createContext();
    const n = 10_000;
    func(from, 'fill').invoke(context, n);
    const sum = func(from, 'sum');
    await Promise.all([a.call(sum, [0, n / 2]), b.call(sum, [n / 2, n])]);
    let expected = 0n;
    for (let i = 0; i < n; i++) expected += BigInt(Math.imul(i, 0x9e3779b1) >>> 0);
    expect(func(from, 'total').invoke(context)).toBe(expected);
  });

  test('a histogram', async () => {
    const from = instance(home, program('parallel-histogram'));
    const context = home.createContext();
    const n = 20_000;
    // Both over the same numbers, so that they meet in every bin.
    await Promise.all([a, b].map((each) => each.call(func(from, 'count'), [0, n])));
    const bins = Array.from({ length: 256 }, (_, bin) => func(from, 'bin').invoke(context, bin) as number);
    const expected = bins.map(() => 0);
    for (let i = 0; i < n; i++) {
      let x = i + 1;
      for (let k = 0; k < 16; k++) {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
      }
      expected[x & 255] = (expected[x & 255] ?? 0) + 2;
    }
    expect(bins).toEqual(expected);
  });

  test('work stealing: every task is done once', async () => {
    const from = instance(home, program('work-stealing'));
    const context = home.createContext();
    const [tasks, steps] = [400, 500];
    for (let task = 0; task < tasks; task++) func(from, 'push').invoke(context, 0, task);
    await Promise.all([a, b].map((each, d) => each.call(func(from, 'run'), [d, steps])));
    let expected = 0n;
    for (let task = 0; task < tasks; task++) {
      let x = task + 1;
      for (let k = 0; k < steps; k++) {
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        expected += BigInt(x >>> 0);
      }
    }
    expect(func(from, 'sum').invoke(context)).toBe(expected);
    const done = [0, 1].map((d) => func(from, 'done').invoke(context, d) as number);
    expect(done.reduce((sum, n) => sum + n, 0)).toBe(tasks);
  });
});

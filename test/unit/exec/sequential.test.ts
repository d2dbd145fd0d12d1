import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../../src/event/location.ts';
import type { CallOutcome } from '../../../src/exec/sequential.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { HostFuncInst } from '../../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { fn, host } from '../semantics/build.ts';
import { func, i32, i64, load } from './wat.ts';

function run(text: string, args: readonly Value[] = [], fuel = 10_000_000): CallOutcome['ending'] {
  const loaded = load(`(module ${text})`);
  return runCall({ readings: DEFAULT_READINGS, fuel }, func(loaded, 'f'), args, loaded.store).ending;
}

const results = (...values: Value[]) => ({ kind: 'results', values });

/** A shared memory, and a shared function of no parameters. */
const CHILD = (body: string) => `(memory 1 2 shared) (type $t (shared (func))) (func $child (type $t) ${body})`;

describe('one thread', () => {
  test('memory is read as it was written, whatever the width', () => {
    const text = `(memory 1) (data (i32.const 3) "\\80\\81\\ff\\7f") (func (export "f") (result i32 i32 i64 i64 i64)
      (i64.store16 (i32.const 100) (i64.const 0x12345)) (i64.store (i32.const 101) (i64.const -2))
      (i32.load8_s (i32.const 3)) (i32.load16_u (i32.const 4)) (i64.load32_s (i32.const 3)) (i64.load16_s (i32.const 100)) (i64.load (i32.const 101)))`;
    expect(run(text)).toEqual(results(i32(-128), i32(0xff81), i64(0x7fff8180n), i64(-0x1bbn), i64(-2n)));
  });

  test('memory.grow keeps what is there and adds zeroes, up to the maximum', () => {
    const text = `(memory 1 2) (func (export "f") (result i32 i32 i32 i32 i32)
      (i32.store (i32.const 65532) (i32.const 7)) (memory.grow (i32.const 1)) (memory.grow (i32.const 1)) (memory.size)
      (i32.load (i32.const 65532)) (i32.load (i32.const 131068)))`;
    expect(run(text)).toEqual(results(i32(1), i32(-1), i32(2), i32(7), i32(0)));
  });

  test('memory.fill and memory.copy, overlapping and between memories', () => {
    const text = `(memory 1) (memory 1) (func (export "f") (result i32 i32 i32)
      (memory.fill (i32.const 0) (i32.const 0x1ab) (i32.const 2)) (i32.store8 (i32.const 2) (i32.const 1))
      (memory.copy (i32.const 1) (i32.const 0) (i32.const 3)) (memory.copy 1 0 (i32.const 8) (i32.const 1) (i32.const 2))
      (i32.load (i32.const 0)) (i32.load 1 (i32.const 8)) (i32.load16_u 1 (i32.const 10)))`;
    expect(run(text)).toEqual(results(i32(0x1ababab | 0), i32(0xabab), i32(0)));
  });

  test('atomic instructions', () => {
    const text = `(memory 1 1 shared) (func (export "f") (result i32 i64 i32 i32 i64)
      (i64.atomic.store (i32.const 0) (i64.const 0xff)) (i32.atomic.rmw8.add_u (i32.const 0) (i32.const 2))
      (i64.atomic.rmw16.sub_u (i32.const 0) (i64.const 2)) (i32.atomic.rmw16.cmpxchg_u (i32.const 0) (i32.const 0x1ffff) (i32.const 5))
      (i32.atomic.rmw.xchg (i32.const 4) (i32.const -1)) (i64.atomic.load (i32.const 0)))`;
    expect(run(text)).toEqual(results(i32(0xff), i64(1n), i32(0xffff), i32(0), i64(0xffff_ffff_0000_0005n)));
  });

  test('globals of every kind', () => {
    const text = `(global $c i64 (i64.const -9)) (global $m (mut f32) (f32.const 1)) (global $l (thread_local (mut f64))) (global $r (mut funcref) (ref.null func))
      (func (export "f") (result i64 f32 f64 i32 i32) (global.set $l (f64.const 2)) (global.get $c) (global.get $m) (global.set $m (f32.const -0))
        (global.get $l) (ref.is_null (global.get $r)) (global.set $r (ref.func 0)) (ref.is_null (global.get $r)))`;
    expect(run(text)).toEqual(
      results(i64(-9n), { type: 'f32', bits: 0x3f80_0000 }, { type: 'f64', bits: 2n ** 62n }, i32(1), i32(0)),
    );
  });

  test('a function of another module works on its own memory', () => {
    const other = load(
      '(module (memory 1) (func (export "get") (param i32) (result i32) (i32.store offset=4 (i32.const 0) (local.get 0)) (i32.load offset=4 (i32.const 0))))',
    );
    const main = load(
      '(module (func $get (import "" "get") (param i32) (result i32)) (memory 1) (func (export "f") (result i32 i32) (i32.store (i32.const 4) (i32.const 1)) (call $get (i32.const 2)) (i32.load (i32.const 4))))',
      Object.fromEntries(other.instance.exports),
      other.store,
      1,
    );
    expect(runCall({ readings: DEFAULT_READINGS, fuel: 100 }, func(main, 'f'), [], main.store).ending).toEqual(
      results(i32(2), i32(1)),
    );
  });

  test('its thread-locals are in the outcome, after a trap too', () => {
    const loaded = load(
      '(module (global $g (thread_local (mut i32))) (func (export "f") (global.set $g (i32.const 8)) (unreachable)))',
    );
    const { ending, locals } = runCall({ readings: DEFAULT_READINGS, fuel: 100 }, func(loaded, 'f'), [], loaded.store);
    expect(ending).toMatchObject({ kind: 'trap', reason: 'unreachable' });
    expect([...locals.values()]).toEqual([i32(8)]);
  });
});

describe('several threads', () => {
  test('a forked thread runs while its parent waits for it', () => {
    const text = `${CHILD('(i32.store (i32.const 8) (i32.const 5)) (drop (memory.atomic.notify (i32.const 0) (i32.const 1)))')}
      (func (export "f") (result i32 i32) (fork $child) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)) (i32.load (i32.const 8)))`;
    expect(run(text)).toEqual(results(i32(0), i32(5)));
  });

  test('a thread that polls does not keep the others from running', () => {
    const text = `${CHILD('(i32.atomic.store (i32.const 0) (i32.const 1))')}
      (func (export "f") (result i32) (fork $child) (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0))))) (i32.atomic.load (i32.const 0)))`;
    expect(run(text)).toEqual(results(i32(1)));
  });

  test('the shortest timeout ends first, and only while nobody can run', () => {
    const text = `${CHILD('(i32.store (i32.const 8) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 10)))')}
      (func (export "f") (result i32 i32) (i32.store (i32.const 8) (i32.const 9)) (fork $child)
        (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 20)) (i32.load (i32.const 8)))`;
    expect(run(text)).toEqual(results(i32(2), i32(2)));
  });

  test('waiters are woken first in, first out', () => {
    const text = `${CHILD(`(local $me i32) (local.set $me (i32.atomic.rmw.add (i32.const 16) (i32.const 1)))
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
        (i32.atomic.store (i32.const 20) (i32.add (i32.mul (i32.atomic.load (i32.const 20)) (i32.const 10)) (i32.add (local.get $me) (i32.const 1))))`)}
      (func (export "f") (result i32 i32 i32)
        (fork $child) (fork $child) (fork $child)
        (drop (memory.atomic.wait32 (i32.const 24) (i32.const 0) (i64.const 5)))
        (memory.atomic.notify (i32.const 0) (i32.const 1)) (drop (memory.atomic.wait32 (i32.const 24) (i32.const 0) (i64.const 5)))
        (memory.atomic.notify (i32.const 0) (i32.const -1)) (drop (memory.atomic.wait32 (i32.const 24) (i32.const 0) (i64.const 5)))
        (i32.atomic.load (i32.const 20)))`;
    expect(run(text)).toEqual(results(i32(1), i32(2), i32(123)));
  });

  test('each has its own thread-locals', () => {
    const text = `(memory 1 1 shared) (global $g (thread_local (mut i32))) (type $t (shared (func)))
      (func $child (type $t) (i32.atomic.store (i32.const 4) (global.get $g)) (global.set $g (i32.const 2)) (i32.atomic.store (i32.const 0) (i32.const 1)))
      (func (export "f") (result i32 i32) (i32.store (i32.const 4) (i32.const 9)) (global.set $g (i32.const 1)) (fork $child)
        (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0))))) (global.get $g) (i32.load (i32.const 4)))`;
    expect(run(text)).toEqual(results(i32(1), i32(0)));
  });

  test('a trap in one ends all', () => {
    expect(run(`${CHILD('(unreachable)')} (func (export "f") (fork $child) (loop (br 0)))`)).toMatchObject({
      kind: 'trap',
      reason: 'unreachable',
    });
  });

  test('a wait that nobody ends is a deadlock', () => {
    expect(
      run(
        `${CHILD('')} (func (export "f") (fork $child) (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))`,
      ),
    ).toEqual({ kind: 'deadlock' });
  });

  test('the fuel is for all threads together', () => {
    expect(run(`${CHILD('(loop (br 0))')} (func (export "f") (fork $child) (loop (br 0)))`, [], 100_000)).toMatchObject(
      { kind: 'bound' },
    );
    expect(
      run(
        '(func (export "f") (param i32) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))',
        [i32(99)],
        100,
      ),
    ).toEqual(results());
  });

  test('a host function starts and joins threads, and is told what they end with', () => {
    const never = (): never => {
      throw new Error('it asks instead');
    };
    const start: HostFuncInst = {
      ...host('start', fn(['i32'], ['i32']), never, 'unshared'),
      asks: {
        request: (args, locals, site) => ({
          kind: 'fork',
          start: { ...callStart(func(loaded, 'child'), args, locals), tells: true },
          name: null,
          site,
        }),
        results: (_, answer) => [i32(answer.kind === 'forked' ? answer.thread : -1)],
      },
    };
    const join: HostFuncInst = {
      ...host('join', fn(['i32'], ['i64']), never, 'unshared'),
      asks: {
        request: ([thread], _, site) => ({
          kind: 'join',
          thread: (thread?.type === 'i32' ? thread.value : -1) as ThreadId,
          site,
        }),
        results: (_, answer) => [i64(answer.kind === 'joined' ? answer.code : -1n)],
      },
    };
    const loaded = load(
      `(module (func $start (import "" "start") (param i32) (result i32)) (func $join (import "" "join") (param i32) (result i64))
        (func (export "child") (param i32) (result i64) (i64.extend_i32_s (i32.mul (local.get 0) (local.get 0))))
        (func (export "f") (param i32) (result i64)
          (call $join (call $start (local.get 0))) (i64.add (call $join (call $start (i32.const 10)))))
        (func (export "never") (result i64) (call $join (i32.const 0))))`,
      { start: { kind: 'func', func: start }, join: { kind: 'func', func: join } },
    );
    const call = (name: string, ...args: Value[]) =>
      runCall({ readings: DEFAULT_READINGS, fuel: 1000 }, func(loaded, name), args, loaded.store).ending;
    expect(call('f', i32(-3))).toEqual(results(i64(109n)));
    expect(call('never')).toEqual({ kind: 'deadlock' });
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Compartment, Imports } from '../../../../src/runtime/embed/compartment.ts';
import { componentThreads } from '../../../../src/runtime/embed/threads/component.ts';
import { instantiateWithWasiThreads } from '../../../../src/runtime/embed/threads/wasi.ts';
import { wavmThreads } from '../../../../src/runtime/embed/threads/wavm.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import { compartment, func, instance } from './support.ts';

describe('thread.spawn_ref, thread.spawn_indirect, thread.available_parallelism', () => {
  const TEXT = `(module
    (type $entry (shared (func (param i32))))
    (type $spawn_ref (shared (func (param (ref null $entry) i32) (result i32))))
    (type $spawn_indirect (shared (func (param i32 i32) (result i32))))
    (type $parallelism (shared (func (result i32))))
    (import "thread" "spawn_ref" (func $spawn_ref (type $spawn_ref)))
    (import "thread" "spawn_indirect" (func $spawn_indirect (type $spawn_indirect)))
    (import "thread" "available_parallelism" (func $parallelism (type $parallelism)))
    (import "lib" "table" (table $t shared 4 (ref null (shared func))))
    (memory 1 1 shared)
    (global $own (export "own") (thread_local mut i32))
    (func $child (export "child") (type $entry)
      (i32.atomic.store (i32.const 4) (global.get $own))
      (drop (i32.atomic.rmw.add (i32.const 0) (local.get 0)))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
    (func $wrong (export "wrong") (type $parallelism) (i32.const 0))
    (func $await (loop $l
      (if (i32.eqz (i32.atomic.load (i32.const 0)))
        (then (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))) (br $l)))))
    (func (export "ref") (result i32 i32 i32)
      (global.set $own (i32.const 5))
      (call $spawn_ref (ref.func $child) (i32.const 7)) (call $await)
      (i32.atomic.load (i32.const 0)) (i32.atomic.load (i32.const 4)))
    (func (export "null") (result i32) (call $spawn_ref (ref.null $entry) (i32.const 7)))
    (func (export "indirect") (param i32) (result i32)
      (drop (call $spawn_indirect (local.get 0) (i32.const 9))) (call $await) (i32.atomic.load (i32.const 0)))
    (func (export "parallelism") (result i32) (call $parallelism)))`;

  function load(home: Compartment, parallelism?: number): ReturnType<typeof instance> {
    const lib = instance(home, '(module (table (export "table") shared 4 (ref null (shared func))))');
    const table = known(lib.table('table'), 'table');
    const thread = componentThreads(home, { table, ...(parallelism === undefined ? {} : { parallelism }) });
    const loaded = instance(home, TEXT, { thread: { ...thread }, lib: { table } } as Imports);
    table.set(1, func(loaded, 'child'));
    table.set(2, func(loaded, 'wrong'));
    return loaded;
  }

  test('a thread runs its entry with its argument, and the result is its index', () => {
    const home = compartment();
    const [index, sum, own] = func(load(home), 'ref').invoke(home.createContext()) as number[];
    expect(index).toBeGreaterThan(0);
    expect([sum, own]).toEqual([7, 0]);
  });

  test('its thread-locals are default or inherited', () => {
    const home = compartment({ readings: { ...DEFAULT_READINGS, 'thread-local': 'inherit' } });
    expect((func(load(home), 'ref').invoke(home.createContext()) as number[])[2]).toBe(5);
  });

  test('traps on null, out of bounds and other types; parallelism is as given', () => {
    const home = compartment();
    const loaded = load(home, 3);
    const context = home.createContext();
    const ends = (name: string, ...args: number[]): unknown => func(loaded, name).call(context, args);
    expect(ends('null')).toEqual({ kind: 'trap', reason: 'null function reference' });
    expect(ends('indirect', 0)).toEqual({ kind: 'trap', reason: 'uninitialized element' });
    expect(ends('indirect', 2)).toEqual({ kind: 'trap', reason: 'indirect call type mismatch' });
    expect(ends('indirect', 4)).toEqual({ kind: 'trap', reason: 'undefined element' });
    expect(func(loaded, 'indirect').invoke(context, 1)).toBe(9);
    expect(func(loaded, 'parallelism').invoke(context)).toBe(3);
    expect(func(load(compartment()), 'parallelism')).toBeDefined();
  });
});

describe('WAVM’s thread intrinsics', () => {
  const TEXT = `(module
    (import "threadTest" "createThread" (func $create (param funcref i32) (result i64)))
    (import "threadTest" "joinThread" (func $join (param i64) (result i64)))
    (import "threadTest" "detachThread" (func $detach (param i64)))
    (import "threadTest" "exitThread" (func $exit (param i64)))
    (memory 1 1 shared)
    (table 1 funcref)
    (elem declare func $entry $early $bad $wrong $slow)
    (func $entry (param i32) (result i64)
      (i32.atomic.store (i32.const 8) (local.get 0))
      (i64.mul (i64.extend_i32_s (local.get 0)) (i64.const -3)))
    (func $early (param i32) (result i64) (call $exit (i64.const 0x123456789)) (unreachable))
    (func $bad (param i32) (result i64) (unreachable))
    (func $wrong (param i32))
    (func $slow (param i32) (result i64)
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))) (i64.const 77))
    (func (export "join") (result i64) (call $join (call $create (ref.func $entry) (i32.const 14))))
    (func (export "early") (result i64) (call $join (call $create (ref.func $early) (i32.const 1))))
    (func (export "bad") (result i64) (call $join (call $create (ref.func $bad) (i32.const 1))))
    (func (export "wrong") (result i64) (call $create (ref.func $wrong) (i32.const 1)))
    (func (export "null") (result i64) (call $create (ref.null func) (i32.const 1)))
    (func (export "detach") (call $detach (call $create (ref.func $entry) (i32.const 1))))
    (func (export "twice") (result i64) (local i64)
      (local.set 0 (call $create (ref.func $entry) (i32.const 1)))
      (drop (call $join (local.get 0))) (call $join (local.get 0)))
    (func (export "create") (result i64) (call $create (ref.func $entry) (i32.const 5)))
    (func (export "slow") (result i64) (call $create (ref.func $slow) (i32.const 5)))
    (func (export "wake") (result i32)
      (i32.atomic.store (i32.const 0) (i32.const 1)) (memory.atomic.notify (i32.const 0) (i32.const 9)))
    (func (export "await") (param i64) (result i64) (call $join (local.get 0)))
    (func (export "forget") (param i64) (call $detach (local.get 0)))
    (func (export "exit") (call $exit (i64.const -9))))`;

  function load(home: Compartment): ReturnType<typeof instance> {
    return instance(home, TEXT, { threadTest: { ...wavmThreads(home) } });
  }

  test('threads are joined for their results, or what they exited with', () => {
    const home = compartment();
    const loaded = load(home);
    const context = home.createContext();
    expect(func(loaded, 'join').invoke(context)).toBe(-42n);
    expect(func(loaded, 'early').invoke(context)).toBe(0x123456789n);
  });

  test('wrong entry points and threads that are gone trap', () => {
    const home = compartment();
    const loaded = load(home);
    const ends = (name: string, ...args: bigint[]): unknown => func(loaded, name).call(home.createContext(), args);
    const mismatch = { kind: 'trap', reason: 'indirect call type mismatch' };
    const invalid = { kind: 'trap', reason: 'invalid argument' };
    expect([ends('wrong'), ends('null')]).toEqual([mismatch, mismatch]);
    expect([ends('twice'), ends('await', 0n), ends('await', -1n), ends('forget', 9n)]).toEqual([
      invalid,
      invalid,
      invalid,
      invalid,
    ]);
    expect(ends('detach')).toEqual({ kind: 'return', values: [] });
    expect(ends('bad')).toEqual({ kind: 'trap', reason: 'unreachable' });
    expect(ends('join')).toMatchObject({ kind: 'return' });
  });

  test('later calls join the threads of earlier ones, whether they have ended or wait', () => {
    const home = compartment();
    const loaded = load(home);
    const context = home.createContext();
    const id = func(loaded, 'create').invoke(context);
    for (let i = 0; i < 3; i++) func(loaded, 'join').invoke(context);
    expect(func(loaded, 'await').invoke(context, id)).toBe(-15n);
    expect(func(loaded, 'await').call(context, [id])).toEqual({ kind: 'trap', reason: 'invalid argument' });
    const slow = func(loaded, 'slow').invoke(context);
    func(loaded, 'join').invoke(context);
    expect(func(loaded, 'wake').invoke(context)).toBe(1);
    expect(func(loaded, 'await').invoke(context, slow)).toBe(77n);
  });

  test('a call that is ended by exitThread says so', () => {
    const home = compartment();
    expect(func(load(home), 'exit').call(home.createContext())).toEqual({ kind: 'exit', code: -9n });
  });

  test('a clone has no threads of its original, and starts its own', () => {
    const home = compartment();
    const loaded = load(home);
    const id = func(loaded, 'create').invoke(home.createContext());
    const other = home.clone();
    const copied = known(other.counterpart(loaded), 'copy');
    const theirs = other.createContext();
    expect(func(copied, 'await').call(theirs, [id])).toEqual({ kind: 'trap', reason: 'invalid argument' });
    expect(func(copied, 'join').invoke(theirs)).toBe(-42n);
    expect(func(loaded, 'await').invoke(home.createContext(), id)).toBe(-15n);
  });

  test('may be shared, for shared entry points', () => {
    const home = compartment();
    const text = `(module
      (type $entry (shared (func (param i32) (result i64))))
      (type $create (shared (func (param (ref null (shared func)) i32) (result i64))))
      (type $join (shared (func (param i64) (result i64))))
      (type $f (shared (func (result i64))))
      (import "threadTest" "createThread" (func $create (type $create)))
      (import "threadTest" "joinThread" (func $join (type $join)))
      (func $entry (type $entry) (i64.extend_i32_s (local.get 0)))
      (elem declare (ref null (shared func)) (ref.func $entry))
      (func (export "f") (type $f) (call $join (call $create (ref.func $entry) (i32.const 3)))))`;
    const loaded = instance(home, text, { threadTest: { ...wavmThreads(home, 'shared') } });
    expect(func(loaded, 'f').invoke(home.createContext())).toBe(3n);
    expect(home.instantiate(text, { threadTest: { ...wavmThreads(home) } })).toMatchObject({
      error: { kind: 'unlinkable' },
    });
  });
});

describe('wasi.thread-spawn', () => {
  const TEXT = `(module
    (import "env" "memory" (memory 1 1 shared))
    (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))
    (import "env" "log" (func $log (param i32)))
    (global $own (mut i32) (i32.const 100))
    (func $begin (global.set $own (i32.add (global.get $own) (i32.const 1))) (call $log (global.get $own)))
    (start $begin)
    (func (export "wasi_thread_start") (param $tid i32) (param $arg i32)
      (global.set $own (i32.add (global.get $own) (local.get $arg)))
      (i32.store (i32.const 4) (local.get $tid))
      (i32.store (i32.const 8) (global.get $own))
      (i32.atomic.store (i32.const 0) (i32.const 1))
      (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
    (func (export "main") (result i32 i32 i32 i32)
      (global.set $own (i32.const 7))
      (call $spawn (i32.const 1000))
      (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
      (i32.atomic.store (i32.const 0) (i32.const 0))
      (i32.load (i32.const 4)) (i32.load (i32.const 8)) (global.get $own)))`;

  function load(home: Compartment, log: (n: number) => void, text = TEXT): ReturnType<typeof instance> {
    const memory = home.define('(memory 1 1 shared)');
    if (!memory.ok) throw new Error(memory.error.message);
    const loaded = instantiateWithWasiThreads(home, text, { env: { memory: memory.value, log } });
    if (!loaded.ok) throw new Error(loaded.error.message);
    return loaded.value;
  }

  test('every thread is an instance over the same memory, whose start function runs first', () => {
    const home = compartment();
    const logged: number[] = [];
    const loaded = load(home, (n) => logged.push(n));
    const context = home.createContext();
    expect(logged).toEqual([101]);
    expect(func(loaded, 'main').invoke(context)).toEqual([1, 1, 1101, 7]);
    expect(func(loaded, 'main').invoke(context)).toEqual([2, 2, 1101, 7]);
    expect(logged).toEqual([101, 101, 101]);
  });

  test('a trap of one ends all; a module that cannot be instantiated again gives an error', () => {
    const home = compartment();
    const trapping = TEXT.replace('(global.set $own (i32.add (global.get $own) (local.get $arg)))', '(unreachable)');
    expect(
      func(
        load(home, () => {}, trapping),
        'main',
      ).call(home.createContext()),
    ).toEqual({ kind: 'trap', reason: 'unreachable' });
    const small = compartment({ pages: 2 });
    const text = `(module (import "wasi" "thread-spawn" (func $spawn (param i32) (result i32))) (memory 2)
      (func (export "wasi_thread_start") (param i32 i32)) (func (export "f") (result i32) (call $spawn (i32.const 0))))`;
    const loaded = instantiateWithWasiThreads(small, text, {});
    expect(loaded.ok && func(loaded.value, 'f').invoke(small.createContext())).toBe(-6);
    const without = instantiateWithWasiThreads(home, text.replace('wasi_thread_start', 'other'), {});
    expect(without.ok && func(without.value, 'f').invoke(home.createContext())).toBe(-6);
  });

  test('a clone’s threads are the clone’s', () => {
    const home = compartment();
    const loaded = load(home, () => {});
    const other = home.clone();
    const copied = known(other.counterpart(loaded), 'copy');
    const before = home.instances.length;
    expect(func(copied, 'main').invoke(other.createContext())).toEqual([1, 1, 1101, 7]);
    expect(home.instances.length).toBe(before);
  });
});

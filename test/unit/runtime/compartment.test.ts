import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { createCompartment } from '../../../src/embed/create-compartment.ts';
import type { Compartment, Imports } from '../../../src/runtime/embed/compartment.ts';
import type { Context } from '../../../src/runtime/embed/context.ts';
import type { Func } from '../../../src/runtime/embed/func.ts';
import type { Global } from '../../../src/runtime/embed/global.ts';
import type { Instance } from '../../../src/runtime/embed/instance.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Readings } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { i32, i64, validModule } from './support.ts';

function compartment(readings: Readings = DEFAULT_READINGS): Compartment {
  return createCompartment({ readings, requests: 10_000, fuel: 1_000_000 });
}

function instantiate(
  home: Compartment,
  text: string,
  imports: Imports = {},
  context: Context = home.createContext(),
): Instance {
  const instance = home.instantiate(validModule(text), imports, context);
  if (!instance.ok) throw new Error(instance.error.message);
  return instance.value;
}

function func(instance: Instance, name: string): Func {
  return known(instance.func(name), name);
}

function global(instance: Instance, name: string): Global {
  return known(instance.global(name), name);
}

function returned(values: readonly Value[]): { readonly kind: 'return'; readonly values: readonly Value[] } {
  return { kind: 'return', values };
}

const COUNTER = `(module
  (type $bump (shared (func (result i32))))
  (global $own (export "own") (thread_local mut i32))
  (global $all (export "all") (shared mut i64) (i64.const 0))
  (func (export "bump") (type $bump)
    (global.set $own (i32.add (global.get $own) (i32.const 1)))
    (global.set $all (i64.add (global.get $all) (i64.const 1)))
    (global.get $own)))`;

describe('one instance, many contexts', () => {
  test('one function object serves all threads, each with its own thread-locals', () => {
    const home = compartment();
    const bump = func(instantiate(home, COUNTER), 'bump');
    const a = home.createContext();
    const b = home.createContext();
    expect([bump.call(a, []), bump.call(a, []), bump.call(b, [])]).toEqual([
      returned([i32(1)]),
      returned([i32(2)]),
      returned([i32(1)]),
    ]);
  });

  test('a clone starts with copies of the current values', () => {
    const home = compartment();
    const instance = instantiate(home, COUNTER);
    const a = home.createContext();
    func(instance, 'bump').call(a, []);
    const b = a.clone();
    func(instance, 'bump').call(a, []);
    expect(func(instance, 'bump').call(b, [])).toEqual(returned([i32(2)]));
  });

  test('globals are read and written with a context: own ones of it, shared ones of all', () => {
    const home = compartment();
    const instance = instantiate(home, COUNTER);
    const [a, b] = [home.createContext(), home.createContext()];
    expect(global(instance, 'own').set(a, i32(40)).ok).toBe(true);
    expect(global(instance, 'all').set(a, i64(7n)).ok).toBe(true);
    expect(global(instance, 'own').get(b)).toEqual({ ok: true, value: i32(0) });
    expect(global(instance, 'all').get(b)).toEqual({ ok: true, value: i64(7n) });
    func(instance, 'bump').call(a, []);
    expect(global(instance, 'own').get(a)).toEqual({ ok: true, value: i32(41) });
    expect(global(instance, 'all').get(a)).toEqual({ ok: true, value: i64(8n) });
  });

  test('writes are refused of other types and of immutable globals', () => {
    const home = compartment();
    const instance = instantiate(
      home,
      '(module (global (export "c") i32 (i32.const 3)) (global (export "g") (mut i32) (i32.const 0)))',
    );
    const context = home.createContext();
    expect(global(instance, 'c').get(context)).toEqual({ ok: true, value: i32(3) });
    expect(global(instance, 'c').set(context, i32(4))).toMatchObject({
      ok: false,
      error: { message: 'the global is immutable' },
    });
    expect(global(instance, 'g').set(context, i64(4n))).toMatchObject({
      ok: false,
      error: { message: 'i64 4 is not of type i32' },
    });
  });

  test('a trap keeps what the context had been set to', () => {
    const home = compartment();
    const instance = instantiate(
      home,
      '(module (global $g (export "g") (thread_local mut i32)) (func (export "f") (global.set $g (i32.const 9)) (unreachable)))',
    );
    const context = home.createContext();
    expect(func(instance, 'f').call(context, [])).toEqual({ kind: 'trap', reason: 'unreachable' });
    expect(global(instance, 'g').get(context)).toEqual({ ok: true, value: i32(9) });
  });
});

describe('compartments are isolated', () => {
  test('objects of one are refused by another', () => {
    const [home, other] = [createCompartment({ name: 'home' }), createCompartment({ name: 'other' })];
    const mine = instantiate(home, COUNTER);
    const foreign = other.createContext();
    expect(func(mine, 'bump').call(foreign, [])).toEqual({
      kind: 'refused',
      message: 'the context belongs to other, not to home',
    });
    expect(other.call(foreign, func(mine, 'bump'), [])).toEqual({
      kind: 'refused',
      message: 'the function belongs to home, not to other',
    });
    expect(global(mine, 'own').get(foreign)).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(global(mine, 'own').set(foreign, i32(1))).toMatchObject({ ok: false, error: { kind: 'refused' } });
    const user = validModule('(module (import "m" "bump" (func (result i32))))');
    expect(other.instantiate(user, { m: { bump: func(mine, 'bump') } }, foreign)).toMatchObject({
      ok: false,
      error: { kind: 'refused', message: 'the import "m" "bump" belongs to home, not to other' },
    });
    expect(other.instantiate(user, {}, home.createContext())).toMatchObject({ ok: false, error: { kind: 'refused' } });
  });

  test('equal modules in two compartments have nothing in common', () => {
    const [home, other] = [compartment(), compartment()];
    const [mine, yours] = [instantiate(home, COUNTER), instantiate(other, COUNTER)];
    func(mine, 'bump').call(home.createContext(), []);
    expect(global(yours, 'all').get(other.createContext())).toEqual({ ok: true, value: i64(0n) });
  });
});

describe('instances of one compartment', () => {
  test('import each other’s functions, globals and memories', () => {
    const home = compartment();
    const lib = instantiate(
      home,
      '(module (memory (export "mem") 1) (func (export "get") (result i32) (i32.load (i32.const 0))))',
    );
    const user = `(module (import "lib" "mem" (memory 1)) (import "lib" "get" (func (result i32)))
      (data (i32.const 0) "\\2a") (func (export "f") (result i32) (call 0)))`;
    const imports = { lib: { mem: known(lib.exports.get('mem'), 'mem'), get: func(lib, 'get') } };
    expect(func(instantiate(home, user, imports), 'f').call(home.createContext(), [])).toEqual(returned([i32(42)]));
  });

  test('are not made of what cannot be linked, or traps', () => {
    const home = compartment();
    const attempt = (text: string): unknown => home.instantiate(validModule(text), {}, home.createContext());
    expect(attempt('(module (import "m" "f" (func)))')).toEqual({
      ok: false,
      error: { kind: 'unlinkable', message: 'unknown import: "m" "f"' },
    });
    expect(attempt('(module (memory 0) (data (i32.const 0) "a"))')).toMatchObject({
      ok: false,
      error: { kind: 'trap' },
    });
    expect(attempt('(module (func $s (unreachable)) (start $s))')).toEqual({
      ok: false,
      error: { kind: 'trap', message: 'unreachable' },
    });
  });

  test('the start function runs with the context that instantiates', () => {
    const home = compartment();
    const context = home.createContext();
    const text =
      '(module (global $g (export "g") (thread_local mut i32)) (func $s (global.set $g (i32.const 3))) (start $s))';
    const instance = instantiate(home, text, {}, context);
    expect(global(instance, 'g').get(context)).toEqual({ ok: true, value: i32(3) });
    expect(global(instance, 'g').get(home.createContext())).toEqual({ ok: true, value: i32(0) });
  });
});

describe('calls', () => {
  test('of wrong arguments are refused', () => {
    const home = compartment();
    const f = func(instantiate(home, '(module (func (export "f") (param i32 i64)))'), 'f');
    expect(f.call(home.createContext(), [i32(1)])).toEqual({
      kind: 'refused',
      message: 'the function takes [i32 i64], not 1 value',
    });
  });

  test('from a host function may come back in with another context, not with the same', () => {
    const home = compartment();
    const results: string[] = [];
    const [outer, inner] = [home.createContext(), home.createContext()];
    const back = home.hostFunc('back', '(func)', () => {
      for (const context of [outer, inner]) {
        const result = func(instance, 'g').call(context, []);
        results.push(
          result.kind === 'return' ? result.values.map((v) => (v.type === 'i32' ? v.value : '?')).join() : result.kind,
        );
      }
    });
    const text = `(module (import "h" "back" (func)) (memory 1)
      (func (export "f") (result i32) (i32.store (i32.const 0) (i32.const 7)) (call 0) (i32.load (i32.const 0)))
      (func (export "g") (result i32) (i32.load (i32.const 0)) (i32.store (i32.const 0) (i32.const 8))))`;
    const instance = instantiate(home, text, { h: { back } });
    expect(func(instance, 'f').call(outer, [])).toEqual(returned([i32(8)]));
    expect(results).toEqual(['refused', '7']);
  });

  test('of host functions cannot come from shared code: the import is refused', () => {
    const home = compartment();
    const host = home.hostFunc('h', '(func)', () => {});
    const shared = validModule('(module (type $t (shared (func))) (import "h" "h" (func (type $t))))');
    expect(home.instantiate(shared, { h: { h: host } }, home.createContext())).toMatchObject({
      ok: false,
      error: {
        kind: 'unlinkable',
        message: 'incompatible import type: "h" "h" is wanted as (shared (func)), and given as (func)',
      },
    });
  });

  const FORKS = `(module (memory 1 1 shared)
    (type $t (shared (func)))
    (global $g (thread_local mut i32))
    (func $child (type $t) (i32.store (i32.const 0) (i32.add (i32.const 1) (global.get $g))) (drop (memory.atomic.notify (i32.const 0) (i32.const 1))))
    (func $late (type $t) (drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))) (i32.store (i32.const 8) (i32.const 5)))
    (func (export "fork") (result i32)
      (global.set $g (i32.const 20))
      (fork $child)
      (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0)))))
      (i32.load (i32.const 0)))
    (func (export "fork-late") (fork $late))
    (func (export "wake") (result i32)
      (drop (memory.atomic.notify (i32.const 4) (i32.const 1)))
      (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 8)))))
      (i32.load (i32.const 8)))
    (func (export "stuck") (drop (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const -1))))
    (func (export "timeout") (result i32) (memory.atomic.wait32 (i32.const 12) (i32.const 0) (i64.const 5)))
    (func $bad (type $t) (unreachable))
    (func (export "crash") (fork $bad) (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 16))))))
    (func (export "endless") (loop (drop (i32.load (i32.const 0))) (br 0))))`;

  test('run the threads that they fork, whose thread-locals are default or inherited', () => {
    const home = compartment();
    expect(func(instantiate(home, FORKS), 'fork').call(home.createContext(), [])).toEqual(returned([i32(1)]));
    const heir = compartment({ ...DEFAULT_READINGS, 'thread-local': 'inherit' });
    expect(func(instantiate(heir, FORKS), 'fork').call(heir.createContext(), [])).toEqual(returned([i32(21)]));
  });

  test('leave threads behind, which go on in later calls', () => {
    const home = compartment();
    const instance = instantiate(home, FORKS);
    const context = home.createContext();
    expect(func(instance, 'fork-late').call(context, [])).toEqual(returned([]));
    for (let i = 0; i < 3; i++) func(instance, 'timeout').call(context, []);
    expect(func(instance, 'wake').call(context, [])).toEqual(returned([i32(5)]));
  });

  test('end in a deadlock, a timeout, a trap of a forked thread or a bound, and the compartment lives on', () => {
    const home = compartment();
    const instance = instantiate(home, FORKS);
    const context = home.createContext();
    expect(func(instance, 'stuck').call(context, [])).toEqual({ kind: 'deadlock' });
    expect(func(instance, 'timeout').call(context, [])).toEqual(returned([i32(2)]));
    expect(func(instance, 'crash').call(context, [])).toEqual({ kind: 'trap', reason: 'unreachable' });
    expect(func(instance, 'endless').call(context, [])).toEqual({ kind: 'bound', what: 'requests' });
    expect(func(instance, 'fork').call(context, [])).toEqual(returned([i32(1)]));
  });

  test('run on the definitional semantics alike', async () => {
    const { makeSemantics } = await import('../../../src/semantics/executor.ts');
    const executor = makeSemantics({ readings: DEFAULT_READINGS, fuel: 10_000 });
    const home = createCompartment({ executor, requests: 1000 });
    const instance = instantiate(home, FORKS);
    expect(func(instance, 'fork').call(home.createContext(), [])).toEqual(returned([i32(1)]));
    expect(func(instance, 'crash').call(home.createContext(), [])).toEqual({ kind: 'trap', reason: 'unreachable' });
  });
});

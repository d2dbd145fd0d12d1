import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { compartment, failure, func, instance } from './support.ts';

describe('limits are errors', () => {
  test('endless recursion traps, and the compartment lives on', () => {
    const home = compartment({ fuel: Infinity });
    const from = instance(
      home,
      `(module (func $f (export "f") (param i64) (result i64) (i64.add (call $f (local.get 0)) (i64.const 1)))
        (func (export "ok") (result i32) (i32.const 1)))`,
    );
    const context = home.createContext();
    for (let i = 0; i < 3; i++)
      expect(func(from, 'f').call(context, [1n])).toEqual({ kind: 'trap', reason: 'call stack exhausted' });
    expect(func(from, 'ok').invoke(context)).toBe(1);
  });

  test('endless loops end when their fuel does', () => {
    const home = compartment({ fuel: 10_000 });
    const from = instance(
      home,
      '(module (func (export "f") (loop (br 0))) (func (export "ok") (result i32) (i32.const 1)))',
    );
    expect(func(from, 'f').call(home.createContext())).toEqual({ kind: 'bound', what: 'steps' });
    expect(func(from, 'ok').invoke(home.createContext())).toBe(1);
  });

  test('memories together stay under the cap: growth fails, instantiation is refused', () => {
    const home = compartment({ name: 'small', pages: 5 });
    const context = home.createContext();
    const from = instance(
      home,
      '(module (memory (export "m") 2) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))',
    );
    const more = instance(
      home,
      '(module (memory (export "m") 1) (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0))))',
    );
    expect(func(from, 'grow').invoke(context, 3)).toBe(-1);
    expect(func(from, 'grow').invoke(context, 1)).toBe(2);
    expect(known(more.memory('m'), 'm').grow(2)).toBe(-1);
    expect(failure(home, '(module (memory 1) (memory 1))')).toEqual({
      kind: 'refused',
      message: 'out of memory: 2 pages are wanted, where 1 of 5 are left in small',
    });
    expect(func(more, 'grow').invoke(context, 1)).toBe(1);
    expect(failure(home, '(module (memory 1))').kind).toBe('refused');
    // Imported ones count once.
    expect(
      home.instantiate('(module (import "m" "m" (memory 3)))', { m: { m: known(from.memory('m'), 'm') } }).ok,
    ).toBe(true);
  });

  test('a start function that traps is a failure with its reason and cause; what it did stays', () => {
    const home = compartment();
    const memory = instance(home, '(module (memory (export "m") 1))').exports.get('m');
    const cause = new Error('no');
    const f = (): never => {
      throw cause;
    };
    const text = `(module (import "h" "m" (memory 1)) (import "h" "f" (func))
      (data (i32.const 0) "a") (func $s (i32.store8 (i32.const 1) (i32.const 98)) (call 0)) (start $s))`;
    expect(home.instantiate(text, { h: { m: known(memory, 'm'), f } })).toEqual({
      ok: false,
      error: { kind: 'trap', message: 'host function h.f threw: no', cause },
    });
    expect(failure(home, '(module (tag $e) (func $s (throw $e)) (start $s))')).toEqual({
      kind: 'trap',
      message: 'uncaught exception',
    });
    const bytes = known(
      instance(home, '(module (import "h" "m" (memory 1)) (export "m" (memory 0)))', {
        h: { m: known(memory, 'm') },
      }).memory('m'),
      'm',
    ).bytes;
    expect(Array.from(bytes.subarray(0, 2))).toEqual([97, 98]);
  });

  test('an instantiation that traps takes no addresses that a later one gets', () => {
    const home = compartment();
    const context = home.createContext();
    expect(failure(home, '(module (memory 0) (global (mut i32) (i32.const 9)) (data (i32.const 0) "a"))').kind).toBe(
      'trap',
    );
    const from = instance(home, '(module (memory 1) (global (export "g") (mut i32) (i32.const 4)))');
    expect(known(from.global('g'), 'g').value(context)).toBe(4);
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { compartment, func, instance } from './support.ts';

const EVERYTHING = `(module
  (type $s (struct (field (mut i32))))
  (memory (export "m") 1 4)
  (table (export "t") 2 8 (ref null any))
  (global $n (export "n") (mut i64) (i64.const 1))
  (global $o (export "o") (mut (ref null $s)) (ref.null $s))
  (global $l (export "l") (thread_local mut i32))
  (tag (export "e") (param i32))
  (func (export "set") (param i32)
    (i32.store (i32.const 8) (local.get 0))
    (global.set $n (i64.extend_i32_s (local.get 0)))
    (global.set $l (local.get 0))
    (global.set $o (struct.new $s (local.get 0)))
    (table.set 0 (i32.const 0) (global.get $o)))
  (func (export "write") (param i32) (struct.set $s 0 (global.get $o) (local.get 0)))
  (func (export "read") (result i32 i64 i32 i32 i32)
    (i32.load (i32.const 8)) (global.get $n) (struct.get $s 0 (global.get $o)) (global.get $l)
    (ref.eq (global.get $o) (ref.cast (ref null $s) (table.get 0 (i32.const 0)))))
  (func (export "throw") (throw 0 (i32.const 3))))`;

describe('a cloned compartment', () => {
  test('has copies of memories, tables, globals and objects, and the old one does not see what is done to them', () => {
    const home = compartment({ name: 'home' });
    const old = instance(home, EVERYTHING);
    const context = home.createContext();
    func(old, 'set').invoke(context, 5);
    const other = home.clone();
    const copied = known(other.counterpart(old), 'instance');
    const theirs = context.clone(other);
    expect([other.name, theirs.compartment, copied.compartment]).toEqual(['home, cloned', other, other]);
    expect(func(copied, 'read').invoke(theirs)).toEqual([5, 5n, 5, 5, 1]);
    func(copied, 'write').invoke(theirs, 6);
    known(copied.memory('m'), 'm').bytes[8] = 7;
    expect(known(copied.memory('m'), 'm').grow(1)).toBe(1);
    known(copied.global('n'), 'n').set(theirs, 8n);
    known(copied.global('l'), 'l').set(theirs, 9);
    expect(func(copied, 'read').invoke(theirs)).toEqual([7, 8n, 6, 9, 1]);
    expect(func(old, 'read').invoke(context)).toEqual([5, 5n, 5, 5, 1]);
    expect(known(old.memory('m'), 'm').pages).toBe(1);
    func(old, 'set').invoke(context, 50);
    known(old.table('t'), 't').set(1, 4);
    expect(func(copied, 'read').invoke(theirs)).toEqual([7, 8n, 6, 9, 1]);
    expect(known(copied.table('t'), 't').value(1)).toBeNull();
  });

  test('allocates objects of its own, whatever the old one allocates', () => {
    const home = compartment();
    const old = instance(
      home,
      `(module (type $a (struct (field i32))) (type $b (struct (field i64) (field i32)))
        (func (export "a") (result anyref) (struct.new $a (i32.const 1)))
        (func (export "b") (result anyref) (struct.new $b (i64.const 2) (i32.const 3)))
        (func (export "isA") (param anyref) (result i32) (ref.test (ref $a) (local.get 0))))`,
    );
    const other = home.clone();
    const copied = known(other.counterpart(old), 'instance');
    const [mine, theirs] = [home.createContext(), other.createContext()];
    const a = func(old, 'a').invoke(mine);
    const b = func(copied, 'b').invoke(theirs);
    expect([func(old, 'isA').invoke(mine, a), func(copied, 'isA').invoke(theirs, b)]).toEqual([1, 0]);
  });

  test('has counterparts of what was there, and of nothing else; objects of the old one are refused', () => {
    const home = compartment({ name: 'home' });
    const old = instance(home, EVERYTHING);
    const other = home.clone('other');
    const late = instance(home, EVERYTHING);
    expect(other.counterpart(func(old, 'set'))?.compartment).toBe(other);
    expect([...old.exports.values()].map((extern) => other.counterpart(extern as never))).not.toContain(null);
    expect([...late.exports.values()].map((extern) => other.counterpart(extern as never))).toEqual(
      [...late.exports.values()].map(() => null),
    );
    expect([other.counterpart(late), home.counterpart(old), compartment().counterpart(old)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(func(old, 'set').call(other.createContext(), [1])).toEqual({
      kind: 'refused',
      message: 'the context belongs to other, not to home',
    });
    expect(() => home.createContext().clone(compartment({ name: 'stranger' }))).toThrow(
      'the context belongs to home, not to stranger',
    );
    const twice = other.clone();
    expect(twice.counterpart(old)).not.toBeNull();
    expect(func(known(twice.counterpart(old), 'copy'), 'throw').call(twice.createContext())).toMatchObject({
      kind: 'exception',
      tag: { compartment: twice },
    });
  });

  test('goes on by itself: thread-locals that both get later do not mix', () => {
    const home = compartment();
    const old = instance(home, '(module (global (export "g") (thread_local mut i64)))');
    const other = home.clone();
    const mine = instance(home, '(module (global (export "g") (thread_local mut i32)))');
    const theirs = instance(other, '(module (global (export "g") (thread_local mut v128)))');
    const context = home.createContext();
    known(old.global('g'), 'g').set(context, 1n);
    known(mine.global('g'), 'g').set(context, 2);
    const copy = context.clone(other);
    expect(known(other.counterpart(known(old.global('g'), 'g')), 'g').value(copy)).toBe(1n);
    expect(known(theirs.global('g'), 'g').value(copy)).toBe(0n);
  });
});

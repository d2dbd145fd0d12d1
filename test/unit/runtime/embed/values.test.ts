import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { NULL } from '../../../../src/syntax/values.ts';
import { compartment, func, instance } from './support.ts';

const home = compartment();
const context = home.createContext();

describe('values of JavaScript’s', () => {
  const echo = instance(
    home,
    `(module
      (func (export "i32") (param i32) (result i32) (local.get 0))
      (func (export "i64") (param i64) (result i64) (local.get 0))
      (func (export "f32") (param f32) (result f32) (local.get 0))
      (func (export "f64") (param f64) (result f64) (local.get 0))
      (func (export "v128") (param v128) (result v128) (local.get 0))
      (func (export "extern") (param externref) (result externref) (local.get 0))
      (func (export "func") (param funcref) (result funcref) (local.get 0))
      (func (export "any") (param anyref) (result anyref) (local.get 0))
      (func (export "eq") (param eqref) (result eqref) (local.get 0))
      (func (export "two") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
      (func (export "none")))`,
  );
  const thing = { some: 'object' };

  test.each([
    ['i32', -1, -1],
    ['i32', 4294967295, -1],
    ['i64', -1n, -1n],
    ['i64', 2n ** 64n - 1n, -1n],
    ['f32', 0.1, Math.fround(0.1)],
    ['f64', -0, -0],
    ['f64', Number.NaN, Number.NaN],
    ['v128', 2n ** 127n, 2n ** 127n],
    ['extern', null, null],
    ['extern', undefined, undefined],
    ['extern', thing, thing],
    ['extern', 5, 5],
    ['any', -3, -3],
    ['any', thing, thing],
    ['eq', 7, 7],
    ['func', null, null],
  ])('%s takes and gives %s', (name, given, back) => {
    expect(func(echo, name).invoke(context, given)).toBe(back);
  });

  test('functions are given back as the same object', () => {
    const two = func(echo, 'two');
    expect(func(echo, 'func').invoke(context, two)).toBe(two);
    expect(two.invoke(context, 1, 2n)).toEqual([2n, 1]);
    expect(func(echo, 'none').invoke(context)).toBeUndefined();
  });

  test('exact values stand for themselves', () => {
    expect(func(echo, 'f32').call(context, [{ type: 'f32', bits: 0x7fa00001 }])).toEqual({
      kind: 'return',
      values: [{ type: 'f32', bits: 0x7fa00001 }],
    });
    expect(func(echo, 'extern').call(context, [NULL])).toEqual({ kind: 'return', values: [NULL] });
  });

  test.each([
    ['i32', 0.5, '0.5 is not of type i32'],
    ['i32', 2 ** 32, '4294967296 is not of type i32'],
    ['i32', 1n, '1n is not of type i32'],
    ['i64', 1, '1 is not of type i64'],
    ['f64', 'x', '"x" is not of type f64'],
    ['i32', { type: 'i32', value: 2 ** 31 }, 'i32 2147483648 is not of type i32'],
    ['v128', -1n, 'v128'],
    ['func', thing, 'a JavaScript object is not of type funcref'],
    ['eq', thing, 'a JavaScript object is not of type eqref'],
    ['eq', 2 ** 30, '1073741824 is not of type eqref'],
    ['any', { type: 'ref', id: 1 << 20 }, 'ref 1048576 is not of type anyref'],
  ])('%s refuses %s', (name, given, message) => {
    const result = func(echo, name).call(context, [given]);
    expect(result).toMatchObject({ kind: 'refused' });
    expect(result.kind === 'refused' ? result.message : '').toContain(message);
  });

  test('invoke throws what is no return', () => {
    expect(() => func(echo, 'i32').invoke(context)).toThrow('the function takes [i32], not 0 values');
    const bad = func(instance(home, '(module (func (export "f") (unreachable)))'), 'f');
    expect(() => bad.invoke(context)).toThrow('trap: unreachable');
  });
});

describe('modules', () => {
  test('come as text, bytes or checked', () => {
    const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    expect(home.instantiate(bytes).ok).toBe(true);
    expect(home.instantiate(bytes.slice(0, 7))).toMatchObject({ ok: false, error: { kind: 'invalid' } });
    expect(home.instantiate('(module (func (result i32)))')).toMatchObject({
      ok: false,
      error: { kind: 'invalid', diagnostics: [{ code: 'invalid' }] },
    });
    const again = home.instantiate(instance(home, '(module (func (export "f")))').inst.module);
    expect(again.ok && again.value.func('f')).not.toBeNull();
  });

  test('export memories, tables, globals and tags', () => {
    const all = instance(
      home,
      `(module (memory (export "m") 1 2) (table (export "t") 1 funcref) (global (export "g") i64 (i64.const 5))
        (tag (export "e") (param i32)) (func (export "f")))`,
    );
    expect([...all.exports.keys()]).toEqual(['m', 't', 'g', 'e', 'f']);
    expect([...all.exports].map(([, extern]) => extern)).toEqual([...all.exports.values()]);
    expect([all.memory('m')?.pages, all.memory('t'), all.memory('none')]).toEqual([1, null, null]);
    expect(all.table('t')?.length).toBe(1);
    expect(all.global('g')?.value(context)).toBe(5n);
    expect(all.exports.get('f')).toBe(all.func('f'));
    expect([all.exports.size, all.exports.has('e'), all.exports.has('x')]).toEqual([5, true, false]);
  });

  test('memories are read, written and grown', () => {
    const m = known(instance(home, '(module (memory (export "m") 1 2))').memory('m'), 'memory');
    m.bytes[65535] = 7;
    expect([m.grow(1), m.pages, m.bytes[65535], m.bytes.length]).toEqual([1, 2, 7, 131072]);
    expect([m.grow(1), m.grow(-1), m.grow(0.5), m.grow(0)]).toEqual([-1, -1, -1, 2]);
  });

  test('tables are read, written and grown, with what is of their type', () => {
    const from = instance(
      home,
      `(module (type $f (func (result i32))) (table (export "t") 2 4 (ref null $f))
        (func $one (export "one") (type $f) (i32.const 1)) (func (export "other"))
        (func (export "call") (param i32) (result i32) (call_ref $f (table.get (local.get 0)))))`,
    );
    const t = known(from.table('t'), 'table');
    expect(t.set(1, func(from, 'one'))).toEqual({ ok: true, value: null });
    expect(func(from, 'call').invoke(context, 1)).toBe(1);
    expect([t.value(0), t.value(1)]).toEqual([null, func(from, 'one')]);
    expect(t.set(1, func(from, 'other'))).toMatchObject({
      error: { message: 'the function of type (func) is not of type (ref null (func (result i32)))' },
    });
    expect(t.grow(2, func(from, 'one'))).toEqual({ ok: true, value: 2 });
    expect([t.length, t.value(3), t.grow(1)]).toEqual([4, func(from, 'one'), { ok: true, value: -1 }]);
    expect(t.set(4, null)).toMatchObject({ error: { message: 'there is no slot 4 in a table of 4' } });
    expect(t.get(-1)).toMatchObject({ error: { message: 'there is no slot -1 in a table of 4' } });
  });

  test('the host defines memories, globals, tables and tags by their text', () => {
    const memory = home.define('(memory 1 3 shared)');
    const global = home.define(' (global (mut f64) (f64.const 2.5))');
    expect(memory.ok && global.ok).toBe(true);
    if (!memory.ok || !global.ok) return;
    const user = instance(
      home,
      `(module (import "m" "mem" (memory 1 3 shared)) (import "m" "g" (global (mut f64)))
        (func (export "f") (result f64) (global.get 0)))`,
      { m: { mem: memory.value, g: global.value } },
    );
    expect(func(user, 'f').invoke(context)).toBe(2.5);
    expect(home.define('(func)')).toMatchObject({ ok: false, error: { kind: 'refused' } });
    expect(home.define('(memory x)')).toMatchObject({ ok: false, error: { kind: 'invalid' } });
  });
});

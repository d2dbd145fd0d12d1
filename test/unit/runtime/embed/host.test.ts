import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { HostException, HostTrap } from '../../../../src/runtime/instance.ts';
import { compartment, failure, func, instance } from './support.ts';

const SHARED = '(shared (func (param i32) (result i32)))';

describe('host functions', () => {
  test('take and give values of JavaScript’s', () => {
    const home = compartment();
    const seen: unknown[] = [];
    const add = home.hostFunc('add', '(func (param i32 i64 externref) (result i64 i32))', ((
      a: number,
      b: bigint,
      c: unknown,
    ) => {
      seen.push(a, b, c);
      return [b + 1n, a + 1];
    }) as never);
    const user = instance(
      home,
      `(module (import "h" "add" (func (param i32 i64 externref) (result i64 i32)))
        (func (export "f") (param externref) (result i64 i32) (call 0 (i32.const 1) (i64.const 2) (local.get 0))))`,
      { h: { add } },
    );
    expect(func(user, 'f').invoke(home.createContext(), seen)).toEqual([3n, 2]);
    expect(seen).toEqual([1, 2n, seen]);
  });

  test('may be functions of JavaScript’s among the imports', () => {
    const home = compartment();
    const user = `(module (import "h" "twice" (func (param i32) (result i32))) (func (export "f") (result i32) (call 0 (i32.const 21))))`;
    const twice = (n: number): number => 2 * n;
    expect(func(instance(home, user, { h: { twice } }), 'f').invoke(home.createContext())).toBe(42);
    expect(failure(home, '(module (import "h" "twice" (memory 1)))', { h: { twice } })).toEqual({
      kind: 'unlinkable',
      message:
        'incompatible import type: "h" "twice" is wanted as (memory 1), and given as a function of JavaScript\'s',
    });
  });

  test('can be called from shared code only if they are shared', () => {
    const home = compartment();
    const user = `(module (type $t ${SHARED}) (import "h" "f" (func (type $t)))
      (func (export "g") (type $t) (call 0 (local.get 0))))`;
    const inc = (n: number): number => n + 1;
    const shared = home.hostFunc('f', SHARED, inc);
    expect(func(instance(home, user, { h: { f: shared } }), 'g').invoke(home.createContext(), 4)).toBe(5);
    const message = `incompatible import type: "h" "f" is wanted as ${SHARED}, and given as (func (param i32) (result i32))`;
    const unshared = home.hostFunc('f', { params: ['i32'], results: ['i32'] }, inc);
    expect(failure(home, user, { h: { f: unshared } })).toEqual({ kind: 'unlinkable', message });
    expect(failure(home, user, { h: { f: inc } })).toEqual({ kind: 'unlinkable', message });
    expect(() => home.hostFunc('f', '(shared (func (param funcref)))', inc)).toThrow('not a function type');
    const funcref = {
      kind: 'ref',
      nullable: true,
      heap: { kind: 'abstract', share: 'unshared', name: 'func' },
    } as const;
    expect(() => home.hostFunc('f', { params: [funcref], results: [], shared: true }, inc)).toThrow(
      'a shared function has no parameters and results of type funcref',
    );
  });

  test('cannot reach shared code by tables, globals, arguments or results either', () => {
    const home = compartment();
    const context = home.createContext();
    const from = instance(
      home,
      `(module (type $t ${SHARED})
        (table (export "t") shared 1 (ref null (shared func)))
        (global (export "g") (shared mut (ref null (shared func))) (ref.null (shared func)))
        (global (export "l") (thread_local mut (ref null (shared func))))
        (func (export "take") (param (ref null (shared func))))
        (func (export "typed") (param (ref null $t)))
        (func (export "any") (param (ref null (shared any)))))`,
    );
    const host = home.hostFunc('host', '(func (param i32) (result i32))', (n: number) => n);
    const shared = home.hostFunc('shared', SHARED, (n: number) => n);
    const message = 'the function of type (func (param i32) (result i32)) is not of type (shared funcref)';
    const refusal = { ok: false, error: { kind: 'refused', message } };
    const table = known(from.table('t'), 't');
    const [g, l] = [known(from.global('g'), 'g'), known(from.global('l'), 'l')];
    for (const result of [table.set(0, host), table.grow(1, host), g.set(context, host), l.set(context, host)])
      expect(result).toEqual(refusal);
    expect(func(from, 'take').call(context, [host])).toMatchObject({ kind: 'refused' });
    expect(func(from, 'typed').call(context, [host])).toMatchObject({ kind: 'refused' });
    // Its exact reference, which a call may have given, is refused alike; so are objects of JavaScript's.
    expect(g.set(context, home.refs.func(host.inst))).toMatchObject({ ok: false });
    expect(func(from, 'any').call(context, [{}])).toMatchObject({ kind: 'refused' });
    expect([table.set(0, shared).ok, g.set(context, shared).ok, l.set(context, shared).ok]).toEqual([true, true, true]);
    expect(func(from, 'typed').call(context, [shared])).toMatchObject({ kind: 'return' });
    const giver = home.hostFunc('giver', '(shared (func (result (ref null (shared func)))))', () => host);
    expect(giver.call(context)).toMatchObject({ kind: 'trap', reason: expect.stringContaining('it gives [') });
  });

  const THROWS = '(module (import "h" "f" (func)) (func (export "g") (call 0)))';

  test('that throw end the call with a trap, which carries the cause', () => {
    const home = compartment();
    const cause = new RangeError('too far');
    const thrower = (): never => {
      throw cause;
    };
    const g = func(instance(home, THROWS, { h: { f: thrower } }), 'g');
    expect(g.call(home.createContext())).toEqual({ kind: 'trap', reason: 'host function h.f threw: too far', cause });
    expect(() => g.invoke(home.createContext())).toThrow(expect.objectContaining({ cause }));
    const trapper = (): never => {
      throw new HostTrap('as I say');
    };
    expect(func(instance(home, THROWS, { h: { f: trapper } }), 'g').call(home.createContext())).toEqual({
      kind: 'trap',
      reason: 'as I say',
    });
  });

  test('that give the wrong thing trap', () => {
    const home = compartment();
    const text = '(module (import "h" "f" (func (result i32))) (func (export "g") (result i32) (call 0)))';
    const reason = (f: () => unknown): unknown =>
      func(instance(home, text, { h: { f } }), 'g').call(home.createContext());
    expect(reason(() => 'one')).toMatchObject({
      kind: 'trap',
      reason: 'host function h.f threw: it gives [i32]: "one" is not of type i32',
    });
  });

  test('may throw exceptions that Wasm code catches, and calls say which nobody caught', () => {
    const home = compartment();
    const context = home.createContext();
    const tag = known(instance(home, '(module (tag (export "e") (param i32)))').tag('e'), 'tag');
    const f = (): never => {
      const thrown = tag.exception([7]);
      throw thrown.ok ? thrown.value : new Error(thrown.error.message);
    };
    const user = instance(
      home,
      `(module (import "h" "f" (func)) (import "h" "e" (tag (param i32)))
        (func (export "catch") (result i32) (block $h (result i32) (try_table (catch 0 $h) (call 0)) (i32.const 0)))
        (func (export "throw") (throw 0 (i32.const 9)))
        (func (export "pass") (call 0)))`,
      { h: { f, e: tag } },
    );
    expect(func(user, 'catch').invoke(context)).toBe(7);
    expect(func(user, 'throw').call(context)).toEqual({ kind: 'exception', tag, values: [{ type: 'i32', value: 9 }] });
    expect(func(user, 'pass').call(context)).toMatchObject({ kind: 'exception', values: [{ type: 'i32', value: 7 }] });
    expect(tag.exception(['x'])).toMatchObject({
      ok: false,
      error: { message: 'the tag takes [i32]: "x" is not of type i32' },
    });
  });

  test('cannot throw exceptions of another compartment’s tags, whatever their keys', () => {
    const [home, other] = [compartment({ name: 'home' }), compartment({ name: 'other' })];
    const text = '(module (tag (export "e")))';
    const [mine, theirs] = [home, other].map((each) => known(instance(each, text).tag('e'), 'tag'));
    const f = (): never => {
      const thrown = known(theirs, 'tag').exception([]);
      throw thrown.ok ? thrown.value : new Error(thrown.error.message);
    };
    const user = instance(
      home,
      `(module (import "h" "f" (func)) (import "h" "e" (tag))
        (func (export "g") (result i32) (block (try_table (catch 0 0) (call 0)) (return (i32.const 0))) (i32.const 1)))`,
      { h: { f, e: known(mine, 'tag') } },
    );
    expect(func(user, 'g').call(home.createContext())).toMatchObject({
      kind: 'trap',
      reason: 'host function h.f threw: the tag of the exception belongs to another compartment, not to home',
    });
  });

  test('cannot throw exceptions with values of other types', () => {
    const home = compartment();
    const tag = known(instance(home, '(module (tag (export "e") (param (ref null (shared func)))))').tag('e'), 'tag');
    const f = (): never => {
      throw new HostException(tag.inst, [home.refs.func(home.hostFunc('h', '(func)', () => {}).inst)]);
    };
    const user = instance(home, '(module (import "h" "f" (func)) (func (export "g") (call 0)))', { h: { f } });
    expect(func(user, 'g').call(home.createContext())).toMatchObject({
      kind: 'trap',
      reason: expect.stringContaining('the tag of the exception takes [(shared funcref)]: the function of type (func)'),
    });
  });

  test('get a clone’s own objects when a clone calls them', () => {
    const home = compartment();
    const seen: unknown[] = [];
    const look = ((f: unknown) => void seen.push(f)) as never;
    const user = instance(
      home,
      `(module (import "h" "look" (func (param funcref))) (elem declare func $g)
        (func $g (export "g") (call 0 (ref.func $g))))`,
      { h: { look } },
    );
    const other = home.clone();
    const copied = known(other.counterpart(func(user, 'g')), 'copy');
    copied.invoke(other.createContext());
    func(user, 'g').invoke(home.createContext());
    expect(seen).toEqual([copied, func(user, 'g')]);
    expect(seen[0]).toBe(copied);
  });
});

describe('unlinkable imports', () => {
  const home = compartment();
  const lib = instance(
    home,
    `(module (type $s (struct (field i32)))
      (func (export "f") (param i32) (result (ref null $s)) (ref.null $s))
      (table (export "t") 1 4 funcref) (global (export "g") (mut i32) (i32.const 0)) (tag (export "e") (param i64)))`,
  );
  const imports = { m: Object.fromEntries(lib.exports) };

  test.each([
    ['(import "m" "none" (func))', 'unknown import: "m" "none"'],
    ['(import "m" "toString" (func))', 'unknown import: "m" "toString"'],
    ['(import "m" "f" (func))', '"m" "f" is wanted as (func), and given as (func (param i32) (result (ref null $s)))'],
    [
      '(import "m" "t" (table 2 4 funcref))',
      '"m" "t" is wanted as (table 2 4 (ref null func)), and given as (table 1 4 funcref)',
    ],
    ['(import "m" "g" (global $g i32))', '"m" "g" is wanted as (global i32), and given as (global (mut i32))'],
    [
      '(import "m" "e" (tag (param i32)))',
      '"m" "e" is wanted as (tag (func (param i32))), and given as (tag (func (param i64)))',
    ],
    ['(import "m" "e" (memory 1))', '"m" "e" is wanted as (memory 1), and given as (tag (func (param i64)))'],
  ])('%s', (text, message) => {
    const found = failure(home, `(module ${text})`, imports);
    expect(found.kind).toBe('unlinkable');
    expect(found.message).toContain(message);
  });
});

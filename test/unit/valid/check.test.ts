import { describe, expect, test } from 'vitest';
import { NOWHERE } from '../../../src/base/span.ts';
import type { Instr } from '../../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { checkModule } from '../../../src/valid/check.ts';
import { errorsOf, parseWat } from './check-wat.ts';

describe('checkModule', () => {
  test('gives the module back as valid', () => {
    const module = parseWat('(func (result i32) (i32.const 1))');
    const checked = checkModule(module, DEFAULT_READINGS);
    expect(checked.ok && checked.value.module).toBe(module);
  });

  test('Limits_ok rejects a table of more slots than 32-bit indices reach', () => {
    const module = parseWat('(table 1 funcref)');
    const tables = module.tables.map((t) => ({ ...t, type: { ...t.type, limits: { min: 2n ** 32n, max: null } } }));
    const checked = checkModule({ ...module, tables }, DEFAULT_READINGS);
    expect(checked.ok ? [] : checked.error.map((d) => d.message)).toEqual(['table size must be at most 2^32-1']);
  });

  test('reports the errors of all definitions, in the order of the text', () => {
    const errors = errorsOf(
      '(func (drop (i32.add))) (global i32 (i64.const 0)) (memory 2 1) (func (drop (local.get 7))) (export "x" (func 9))',
    );
    expect(errors.map((d) => d.rule)).toEqual([
      'Instr_ok/numeric',
      'Global_ok',
      'Limits_ok',
      'Instr_ok/local.get',
      'Export_ok',
    ]);
  });

  test('goes on in the same function after a sharing error', () => {
    const errors = errorsOf(
      '(func $g) (memory $m 1) (global $x i32 (i32.const 0)) (func shared (call $g) (drop (i32.load (global.get $x))))',
    );
    expect(errors.map((d) => d.rule).toSorted()).toEqual(['Instr_ok/call', 'Instr_ok/global.get', 'Instr_ok/load']);
  });

  test('reports a thousand errors, and that there are more', () => {
    const errors = errorsOf('(func (i32.const 1))'.repeat(1001));
    expect(errors).toHaveLength(1001);
    expect(errors.at(-1)?.message).toBe('too many errors: only 1000 are reported');
    expect(errorsOf('(func (i32.const 1))'.repeat(1000))).toHaveLength(1000);
  });

  test('long names and long lists are cut in messages', () => {
    const fields = '(field anyref)'.repeat(500);
    const [error] = errorsOf(`(type $${'x'.repeat(10_000)} (shared (struct ${fields})))`);
    expect(JSON.stringify(error).length).toBeLessThan(2000);
    expect(error?.because?.[0]).toMatch(/^type \$x{80}… is shared: .* \(and 484 more\)$/);
    const [mismatch] = errorsOf(`(func $f (param ${'i32 '.repeat(300)})) (func (call $f))`);
    expect(mismatch?.expected).toBe(`[${'i32 '.repeat(15)}i32 (and 284 more)]`);
  });

  test('an unknown type is reported once, not again where the thing is used', () => {
    const errors = errorsOf(
      '(import "m" "f" (func $f (type 9))) (func (call $f)) (global $g (mut (ref null 8)) (ref.null func)) (func (drop (global.get $g)))',
    );
    expect(errors.map((d) => [d.rule, d.message])).toEqual([
      ['Import_ok', 'unknown type 9'],
      ['Heaptype_ok', 'unknown type 8'],
    ]);
  });

  test('a type mismatch says what was expected and what there is', () => {
    const [error] = errorsOf('(type $t (func)) (func (param (ref null $t)) (result i32) (i32.eqz (local.get 0)))');
    expect(error?.expected).toBe('[i32]');
    expect(error?.actual).toBe('[(ref null $t)]');
    expect(error?.message).toBe('type mismatch: i32.eqz requires [i32] but stack has [(ref null $t)]');
  });

  test('deep nesting does not exhaust the stack', () => {
    const module = parseWat('(func)');
    const type = { kind: 'value', result: null } as const;
    let body: readonly Instr[] = [];
    for (let i = 0; i < 50_000; i++) body = [{ kind: 'block', label: null, type, body, at: NOWHERE }];
    const funcs = module.funcs.map((f) => ({ ...f, body }));
    expect(checkModule({ ...module, funcs }, DEFAULT_READINGS).ok).toBe(true);
  });

  test('the place of an error is the instruction that is wrong', () => {
    const wat = '(module (func (drop (i32.const 1)) (drop (i32.add (i32.const 1) (i64.const 2)))))';
    const [error] = errorsOf(wat);
    expect(error?.rule).toBe('Instr_ok/numeric');
    expect(wat.slice(error?.at.start, error?.at.end)).toContain('i32.add');
  });
});

describe('chains of sharing errors', () => {
  test('a shared function that calls an unshared one', () => {
    const [error] = errorsOf('(type $t (shared (func (param i32)))) (func $g) (func $f (type $t) (call $g))');
    expect(error?.message).toBe('shared functions cannot access unshared functions: function $f calls function $g');
    expect(error?.because).toEqual([
      'function $f is shared: its type $t is (shared (func (param i32)))',
      'its body calls function $g',
      'function $g is not shared: its type is (func)',
    ]);
    expect(error?.hint).toBe('give function $g the type (shared (func)), as in (func $g shared …)');
  });

  test('a shared function that reads an unshared global', () => {
    const [error] = errorsOf('(global $g (mut i32) (i32.const 0)) (func $f shared (drop (global.get $g)))');
    expect(error?.because).toEqual([
      'function $f is shared: its type is (shared (func))',
      'its body reads global $g',
      'global $g is not shared: its type is (mut i32)',
    ]);
    expect(error?.hint).toBe(
      'declare global $g as (shared mut i32), or as (thread_local mut i32) for one value per thread',
    );
  });

  test('a shared type with a component that a definition leaves unshared', () => {
    const [error] = errorsOf('(type $cb (func (param i32))) (type $t (shared (func (param i64 (ref $cb)))))');
    expect(error?.because).toEqual([
      'type $t is shared: it is (shared (func (param i64 (ref $cb))))',
      'its parameter 1 is (ref $cb)',
      '(ref $cb) is not shared: type $cb is (func (param i32))',
    ]);
    expect(error?.hint).toBe('define type $cb as (shared (func (param i32)))');
  });

  test('forking an unshared function from an unshared one', () => {
    const [error] = errorsOf('(func $child (param i32)) (func $main (fork $child (i32.const 1)))');
    expect(error?.because).toEqual([
      'fork starts a thread at function $child, so it must be shared',
      'function $child is not shared: its type is (func (param i32))',
    ]);
  });

  test('a shared module that imports from its host', () => {
    const [error] = errorsOf('(module $M shared (import "env" "log" (func $log (param i32))))');
    expect(error?.because).toEqual([
      'module $M is shared: all that it imports and exports must be shared or thread_local',
      'it imports function $log as "env" "log"',
      'function $log is not shared: its type is (func (param i32))',
    ]);
    expect(error?.hint).toContain('functions of a host such as JavaScript are not');
  });

  test('a shared structure with an unshared field, whose definition needs more to be shared', () => {
    const [error] = errorsOf(`(type $leaf (struct (field anyref))) (type $node (struct (field $l (ref $leaf))))
      (type $t (shared (struct (field i32) (field $n (mut (ref null $node))))))`);
    expect(error?.message).toBe('shared composite type must contain shared types: (ref null $node) is not shared');
    expect(error?.because).toEqual([
      'type $t is shared: it is (shared (struct (field i32) (field $n (mut (ref null $node)))))',
      'its field $n is (ref null $node)',
      '(ref null $node) is not shared: type $node is (struct (field $l (ref $leaf)))',
    ]);
    expect(error?.hint).toBe(
      'define type $node as (shared (struct (field (ref $leaf)))), and with it the type $leaf that it needs',
    );
  });

  test('a missing annotation in a reference', () => {
    const [error] = errorsOf('(type $t (shared (struct (field (ref func)))))');
    expect(error?.because?.at(-1)).toBe('(ref func) is not shared: the heap type func has no shared annotation');
    expect(error?.hint).toBe('write (ref (shared func))');
    expect(errorsOf('(type $t (shared (array funcref)))')[0]?.hint).toBe('write (ref null (shared func))');
  });

  test('a shared definition below an unshared one', () => {
    const [error] = errorsOf('(type $a (sub (struct))) (type $b (sub $a (shared (struct))))');
    expect(error?.because).toEqual(['type $b is (sub $a (shared (struct)))', 'its super type $a is (sub (struct))']);
    expect(error?.hint).toBe('define type $a as (sub (shared (struct)))');
  });

  test('a super type that is final for want of sub', () => {
    const [error] = errorsOf('(type $a (struct (field $x i32))) (type $b (sub $a (struct (field i32 i64))))');
    expect(error?.hint).toBe('define type $a as (sub (struct (field $x i32))): a definition without sub is final');
  });

  test('an element of a shared segment made from an unshared global', () => {
    const [error] = errorsOf(
      '(import "m" "g" (global $g (ref (shared func)))) (elem $e (shared (ref (shared func))) (global.get $g))',
    );
    expect(error?.message).toBe(
      'invalid type: elements of shared types cannot access unshared globals: elem segment $e reads global $g',
    );
    expect(error?.because).toEqual([
      'the elements of elem segment $e are shared: they are (ref (shared func))',
      'one of its elements reads global $g',
      'global $g is not shared: its type is (ref (shared func))',
    ]);
  });

  test('a function of the host that shared code calls', () => {
    const [error] = errorsOf('(import "js" "log" (func $log (param i32))) (func $f shared (call $log (i32.const 1)))');
    expect(error?.hint).toBe(
      'give function $log the type (shared (func (param i32))), as in (func $log shared …) (what is linked to it must then be shared too; functions of a host such as JavaScript are not)',
    );
  });

  test('things without identifiers are named by their indices', () => {
    const [error] = errorsOf('(memory 1) (func shared (drop (memory.size)))');
    expect(error?.because).toEqual([
      'function 0 is shared: its type is (shared (func))',
      'its body reads the size of memory 0',
      'memory 0 is not shared: it is (memory 1)',
    ]);
    expect(error?.hint).toBe('declare memory 0 as (memory 1 1 shared)');
  });
});

describe('hints at mismatches', () => {
  test.each([
    ['(func (param i32) (result i64) (local.get 0))', 'i64.extend_i32_u or i64.extend_i32_s makes an i64 of an i32'],
    ['(func (param i64) (result i32) (local.get 0))', 'i32.wrap_i64 makes an i32 of an i64'],
    [
      '(func (param funcref) (result (ref func)) (local.get 0))',
      'funcref may be null: ref.as_non_null gives a reference that is not, and traps on null',
    ],
    [
      '(func (param eqref) (result (ref null (shared any))) (local.get 0))',
      '(shared anyref) is shared and eqref is not, and the one is never converted to the other: declare both alike',
    ],
    [
      '(type $a (struct)) (rec (type $b (struct)) (type (struct))) (func (param (ref $a)) (result (ref $b)) (local.get 0))',
      'type $a is written like type $b, but is another: types are equal only at equal places of equal recursive groups',
    ],
    [
      '(type $a (sub (struct))) (type $b (struct (field i32))) (func (param (ref $b)) (result (ref $a)) (local.get 0))',
      'type $b matches type $a only if it is declared below it, as in (type $b (sub $a …))',
    ],
    ['(func (param f32) (result i32) (local.get 0))', undefined],
  ])('%s', (wat, hint) => {
    const [error, ...rest] = errorsOf(wat);
    expect(error?.message).toMatch(/^type mismatch/);
    expect(error?.hint).toBe(hint);
    expect(rest).toEqual([]);
  });
});

describe('readings', () => {
  const body =
    '(func $f shared (local funcref) (drop (ref.null func)) (drop (block (result externref) (ref.null extern))) (drop (select (result funcref) (unreachable))))';

  test('body-strictness=strict refuses unshared locals and values of a shared function', () => {
    const rules = errorsOf(body).map((d) => d.rule);
    expect(new Set(rules)).toEqual(new Set(['Func_ok', 'Instr_ok/ref.null', 'Blocktype_ok', 'Instr_ok/select-expl']));
  });

  test('body-strictness=relaxed accepts the values, unshared-locals=allow the locals', () => {
    expect(errorsOf(body, { 'body-strictness': 'relaxed' }).map((d) => d.rule)).toEqual(['Func_ok']);
    expect(errorsOf(body, { 'body-strictness': 'relaxed', 'unshared-locals': 'allow' })).toEqual([]);
  });

  test('i31=common makes i31 valid as shared, and a subtype of (shared i31)', () => {
    const wat =
      '(type (shared (struct (field i31ref)))) (func (param i31ref) (result (ref null (shared eq))) (local.get 0))';
    expect(errorsOf(wat).map((d) => d.rule)).toEqual(['Structtype_ok', 'Func_ok']);
    expect(errorsOf(wat, { i31: 'common' })).toEqual([]);
  });

  test('exnref=subtype makes (shared exn) a subtype of exn, not the other way round', () => {
    const down = '(func (param (ref null (shared exn))) (result exnref) (local.get 0))';
    const up = '(func (param exnref) (result (ref null (shared exn))) (local.get 0))';
    expect(errorsOf(down).map((d) => d.rule)).toEqual(['Func_ok']);
    expect(errorsOf(down, { exnref: 'subtype' })).toEqual([]);
    expect(errorsOf(up, { exnref: 'subtype' }).map((d) => d.rule)).toEqual(['Func_ok']);
  });

  test('segment-shares=implied makes segments shared without an annotation', () => {
    const wat = `(elem $e (ref null (shared func))) (elem $u funcref) (data $d "x")
      (func shared (elem.drop $e)) (func shared (data.drop $d)) (func shared (elem.drop $u))`;
    expect(errorsOf(wat)).toHaveLength(3);
    const [error, ...rest] = errorsOf(wat, { 'segment-shares': 'implied' });
    expect(rest).toEqual([]);
    expect(error?.message).toBe(
      'shared functions cannot access unshared elem segments: function 2 drops elem segment $u',
    );
  });

  test('body-strictness=relaxed still refuses unshared indices and unshared parameters', () => {
    const wat = '(func $g (export "g")) (memory 1) (func shared (call $g) (drop (ref.func $g)) (drop (memory.size)))';
    const rules = errorsOf(wat, { 'body-strictness': 'relaxed' }).map((d) => d.rule);
    expect(rules).toEqual(['Instr_ok/call', 'Instr_ok/ref.func', 'Instr_ok/memory.size']);
    expect(errorsOf('(func shared (param funcref))', { 'body-strictness': 'relaxed' }).map((d) => d.rule)).toEqual([
      'Functype_ok',
    ]);
  });

  test.each([
    ['Instr_ok/atomic.load', '(drop (i32.atomic.load (i32.const 0)))'],
    ['Instr_ok/atomic.store', '(i32.atomic.store (i32.const 0) (i32.const 0))'],
    ['Instr_ok/atomic.rmw', '(drop (i32.atomic.rmw.or (i32.const 0) (i32.const 0)))'],
    ['Instr_ok/atomic.cmpxchg', '(drop (i32.atomic.rmw.cmpxchg (i32.const 0) (i32.const 0) (i32.const 0)))'],
    ['Instr_ok/atomic.wait', '(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0)))'],
    ['Instr_ok/atomic.notify', '(drop (memory.atomic.notify (i32.const 0) (i32.const 0)))'],
  ])('%s: unshared-atomics=reject wants a shared memory, allow does not', (_, instr) => {
    const wat = `(memory 1) (func ${instr})`;
    expect(errorsOf(wat)).toEqual([]);
    expect(errorsOf(wat, { 'unshared-atomics': 'reject' }).map((d) => d.rule)).toEqual(['Object_ok/atomic']);
    expect(errorsOf(`(memory 1 1 shared) (func ${instr})`, { 'unshared-atomics': 'reject' })).toEqual([]);
  });

  test('unshared-atomics=reject leaves plain accesses to unshared memories alone', () => {
    expect(errorsOf('(memory 1) (func (drop (i32.load (i32.const 0))))', { 'unshared-atomics': 'reject' })).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { inPlace, trace } from './trace.ts';
import { i32, load } from './wat.ts';

const TEXT = `(module
  (rec (type $a (sub (struct))) (type $b (sub $a (struct (field i32)))))
  (type $arr (array i8)) (type $f (sub (func))) (type $g (sub $f (func))) (type $id (func (param anyref) (result anyref)))
  (table $t 10 anyref) (table $ft 3 funcref) (table $et 4 externref)
  (elem declare func $ff $gg) (func $ff (type $f)) (func $gg (type $g))
  (func $init (export "init")
    (table.set $t (i32.const 1) (ref.i31 (i32.const -1))) (table.set $t (i32.const 2) (struct.new $a))
    (table.set $t (i32.const 3) (struct.new $b (i32.const 4))) (table.set $t (i32.const 4) (array.new_default $arr (i32.const 1)))
    (table.set $ft (i32.const 1) (ref.func $ff)) (table.set $ft (i32.const 2) (ref.func $gg))
    (table.set $et (i32.const 1) (extern.convert_any (table.get $t (i32.const 2)))) (table.set $et (i32.const 2) (extern.convert_any (ref.i31 (i32.const 8)))))
  ;; One bit for each of: null, i31, eq, struct, a, b, array, any.
  (func (export "tests") (param i32) (result i32) (local $x anyref) (local $r i32)
    (local.set $x (table.get $t (local.get 0)))
    (local.set $r (ref.is_null (local.get $x)))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref i31) (local.get $x)) (i32.const 1))))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref eq) (local.get $x)) (i32.const 2))))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref null struct) (local.get $x)) (i32.const 3))))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref $a) (local.get $x)) (i32.const 4))))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref $b) (local.get $x)) (i32.const 5))))
    (local.set $r (i32.or (local.get $r) (i32.shl (ref.test (ref array) (local.get $x)) (i32.const 6))))
    (i32.or (local.get $r) (i32.shl (ref.test (ref any) (local.get $x)) (i32.const 7))))
  (func (export "functions") (param i32) (result i32 i32 i32)
    (ref.test (ref $f) (table.get $ft (local.get 0))) (ref.test (ref $g) (table.get $ft (local.get 0))) (ref.test nullfuncref (table.get $ft (local.get 0))))
  (func (export "externs") (param i32) (result i32 i32 i32)
    (ref.test (ref extern) (table.get $et (local.get 0))) (ref.test (ref noextern) (table.get $et (local.get 0)))
    (ref.test (ref struct) (any.convert_extern (table.get $et (local.get 0)))))
  (func (export "cast") (param i32) (result i32) (struct.get $b 0 (ref.cast (ref null $b) (table.get $t (local.get 0)))))
  (func (export "as_non_null") (param i32) (drop (ref.as_non_null (table.get $t (local.get 0)))))
  (func (export "i31") (param i32) (result i32 i32)
    (i31.get_s (ref.i31 (local.get 0))) (i31.get_u (ref.i31 (local.get 0))))
  (func (export "null-i31") (result i32) (i31.get_u (ref.null i31)))
  (func (export "eq") (param i32 i32) (result i32)
    (ref.eq (ref.cast eqref (table.get $t (local.get 0))) (ref.cast eqref (table.get $t (local.get 1)))))
  (func (export "if-eq") (param i32 i32) (result i32)
    (if (result i32) (ref.eq (ref.i31 (local.get 0)) (ref.i31 (local.get 1))) (then (i32.const 10)) (else (i32.const 20))))
  (func (export "on-null") (param i32) (result i32) (block $l (drop (br_on_null $l (table.get $t (local.get 0)))) (return (i32.const 1))) (i32.const 0))
  (func (export "on-non-null") (param i32) (result i32)
    (i32.const 7) (block $l (result anyref) (drop (i32.const 5)) (br_on_non_null $l (table.get $t (local.get 0))) (return (i32.const 0))) (drop))
  (func (export "on-cast") (param i32) (result i32)
    (block $i (result (ref i31))
      (block $n (result anyref) (br_on_cast $i anyref (ref i31) (table.get $t (local.get 0))) (br_on_cast_fail $n anyref (ref $b)) (return (struct.get $b 0)))
      (drop) (return (i32.const -5)))
    (i31.get_s))
  (func (export "on-cast-carrying") (param i32) (result i32 i32)
    (i32.const 100)
    (block $i (result i32 (ref i31))
      (i32.const 3) (i32.const 4) (br_on_cast $i anyref (ref i31) (table.get $t (local.get 0))) (drop) (drop) (drop) (i32.const 9) (ref.i31 (i32.const 2)))
    (i31.get_s) (i32.add))
  (func (export "select") (param i32) (result i32)
    (ref.is_null (select (result anyref) (ref.null any) (ref.i31 (i32.const 1)) (local.get 0)))))`;

function initialised() {
  const loaded = load(TEXT);
  trace(loaded, 'init');
  return loaded;
}

describe('casts', () => {
  test('Step/ref.test knows the dynamic type', () => {
    const bits = [0, 1, 2, 3, 4].map((i) => trace(initialised(), 'tests', i32(i)).ends);
    expect(bits).toEqual([0b0000_1001, 0b1000_0110, 0b1001_1100, 0b1011_1100, 0b1100_0100].map((n) => `i32 ${n}`));
  });

  test('of functions by their type', () => {
    expect([0, 1, 2].map((i) => trace(initialised(), 'functions', i32(i)).ends)).toEqual([
      'i32 0 i32 0 i32 1',
      'i32 1 i32 0 i32 0',
      'i32 1 i32 1 i32 0',
    ]);
  });

  test('of external references: all are extern, and what they are within comes back', () => {
    expect([0, 1, 2].map((i) => trace(initialised(), 'externs', i32(i)).ends)).toEqual([
      'i32 0 i32 0 i32 0',
      'i32 1 i32 0 i32 1',
      'i32 1 i32 0 i32 0',
    ]);
  });

  test('Step/ref.cast and ref.as_non_null trap', () => {
    expect(trace(initialised(), 'cast', i32(3)).ends).toBe('i32 4');
    expect(trace(initialised(), 'cast', i32(2)).ends).toBe('trap: cast failure');
    expect(trace(initialised(), 'cast', i32(0)).ends).toBe('trap: null structure reference');
    expect(trace(initialised(), 'as_non_null', i32(1)).ends).toBe('');
    expect(trace(initialised(), 'as_non_null', i32(0)).ends).toBe('trap: null reference');
  });
});

describe('i31', () => {
  test('keeps 31 bits', () => {
    expect(trace(load(TEXT), 'i31', i32(0x7fff_ffff)).ends).toBe('i32 -1 i32 2147483647');
    expect(trace(load(TEXT), 'i31', i32(0x4000_0000)).ends).toBe('i32 -1073741824 i32 1073741824');
    expect(trace(load(TEXT), 'i31', i32(-0x8000_0000)).ends).toBe('i32 0 i32 0');
    expect(trace(load(TEXT), 'null-i31').ends).toBe('trap: null i31 reference');
  });

  test('Step/ref.eq: equal bits are the same reference, two structures are not', () => {
    expect(trace(load(TEXT), 'if-eq', i32(5), i32(5 | -0x8000_0000)).ends).toBe('i32 10');
    expect(trace(load(TEXT), 'if-eq', i32(5), i32(6)).ends).toBe('i32 20');
    expect(trace(initialised(), 'eq', i32(2), i32(2)).ends).toBe('i32 1');
    expect(trace(initialised(), 'eq', i32(2), i32(3)).ends).toBe('i32 0');
    expect(trace(initialised(), 'eq', i32(0), i32(9)).ends).toBe('i32 1');
  });
});

describe('branches', () => {
  test('on null and on others, with and without the reference', () => {
    expect([0, 1].map((i) => trace(initialised(), 'on-null', i32(i)).ends)).toEqual(['i32 0', 'i32 1']);
    expect([0, 1].map((i) => trace(initialised(), 'on-non-null', i32(i)).ends)).toEqual(['i32 0', 'i32 7']);
  });

  test('on casts', () => {
    expect([0, 1, 2, 3].map((i) => trace(initialised(), 'on-cast', i32(i)).ends)).toEqual([
      'i32 -5',
      'i32 -1',
      'i32 -5',
      'i32 4',
    ]);
    expect([1, 2].map((i) => trace(initialised(), 'on-cast-carrying', i32(i)).ends)).toEqual([
      'i32 100 i32 3',
      'i32 100 i32 11',
    ]);
    expect(inPlace(TEXT, 'on-cast-carrying', i32(0))).toBe('i32 100 i32 11');
  });

  test('select with a type', () => {
    expect([0, 1].map((i) => trace(load(TEXT), 'select', i32(i)).ends)).toEqual(['i32 0', 'i32 1']);
  });
});

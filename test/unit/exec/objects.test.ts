import { describe, expect, test } from 'vitest';
import { bothWays, inPlace, trace } from './trace.ts';
import { i32, load } from './wat.ts';

const STRUCTS = `(module
  (type $s (struct (field $a (mut i8)) (field $b (mut i64)) (field $r (mut eqref)) (field $h (mut i16)) (field $v (mut v128))))
  (type $none (struct)) (global $g (mut (ref null $s)) (ref.null $s))
  (func (export "new") (param i32)
    (global.set $g (struct.new $s (local.get 0) (i64.const 0x0807060504030201) (ref.i31 (i32.const 5)) (i32.const 0x1abcd) (v128.const i64x2 1 2))))
  (func (export "default") (global.set $g (struct.new_default $s)))
  (func (export "empty") (drop (struct.new $none)))
  (func (export "a") (result i32 i32) (struct.get_s $s $a (global.get $g)) (struct.get_u $s $a (global.get $g)))
  (func (export "b") (result i64) (struct.get $s $b (global.get $g)))
  (func (export "r") (result i32) (i31.get_s (ref.cast (ref i31) (struct.get $s $r (global.get $g)))))
  (func (export "h") (result i32 i32) (struct.get_s $s $h (global.get $g)) (struct.get_u $s $h (global.get $g)))
  (func (export "v") (result i64) (i64x2.extract_lane 1 (struct.get $s $v (global.get $g))))
  (func (export "set") (param i32) (struct.set $s $h (global.get $g) (local.get 0)))
  (func (export "set-v") (struct.set $s $v (global.get $g) (v128.const i32x4 1 2 3 4))))`;

const get = 'global.get:ref: rd val[0+1] unord whole';

describe('structures', () => {
  test('Step/struct.new asks for all units of its fields, one field after the other', () => {
    const loaded = load(STRUCTS);
    const { asks } = trace(loaded, 'new', i32(0x1ff));
    expect(asks[0]).toBe(
      `struct.new: new fields 255 1 2 3 4 5 6 7 8 ${5 | -0x8000_0000} 205 171 1 0 0 0 0 0 0 0 2 0 0 0 0 0 0 0`,
    );
    expect(trace(loaded, 'a')).toEqual({
      asks: [get, 'struct.get_s:i8: rd fields[0+1] unord whole', get, 'struct.get_u:i8: rd fields[0+1] unord whole'],
      ends: 'i32 -1 i32 255',
    });
    expect(trace(loaded, 'b')).toEqual({
      asks: [get, 'struct.get:i64: rd fields[1+8] unord'],
      ends: 'i64 578437695752307201',
    });
    expect(trace(loaded, 'r')).toEqual({ asks: [get, 'struct.get:ref: rd fields[9+1] unord whole'], ends: 'i32 5' });
  });

  test('zeroes are a fill, also of no units', () => {
    expect(trace(load(STRUCTS), 'default').asks[0]).toBe('struct.new_default: new fields 0*28');
    expect(trace(load(STRUCTS), 'empty').asks).toEqual(['struct.new: new fields 0*0']);
  });

  test('Step/struct.set keeps the low bits of a packed field', () => {
    const loaded = load(STRUCTS);
    trace(loaded, 'default');
    expect(trace(loaded, 'set', i32(0x12345)).asks[1]).toBe('struct.set: wr fields[10+2] unord whole = 69 35');
    expect(trace(loaded, 'set-v').asks[1]).toBe('struct.set: wr fields[12+16] unord = 1 0 0 0 2 0 0 0 3 0 0 0 4 0 0 0');
  });

  test('a null reference traps', () => {
    expect(trace(load(STRUCTS), 'b').ends).toBe('trap: null structure reference');
    expect(trace(load(STRUCTS), 'set', i32(1)).ends).toBe('trap: null structure reference');
    expect(inPlace(STRUCTS, 'b')).toBe('trap: null structure reference');
  });
});

const ARRAYS = `(module
  (type $a (array (mut i16))) (type $b (array (mut i8))) (type $l (array (mut i64))) (type $r (array (mut funcref)))
  (data $d "\\01\\02\\03\\04\\05\\06") (elem $e funcref (ref.func $f) (ref.null func)) (func $f)
  (global $g (mut (ref null $a)) (ref.null $a)) (global $h (mut (ref null $b)) (ref.null $b))
  (func (export "new") (param i32 i32) (global.set $g (array.new $a (local.get 0) (local.get 1))))
  (func (export "new-b") (param i32 i32) (global.set $h (array.new $b (local.get 0) (local.get 1))))
  (func (export "huge") (param i32) (drop (array.new_default $l (local.get 0))))
  (func (export "fixed") (global.set $g (array.new_fixed $a 4 (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4))))
  (func (export "data") (param i32 i32) (result i32) (array.len (array.new_data $a $d (local.get 0) (local.get 1))))
  (func (export "elem") (param i32 i32) (result i32) (array.len (array.new_elem $r $e (local.get 0) (local.get 1))))
  (func (export "drop") (data.drop $d))
  (func (export "len") (result i32) (array.len (global.get $g)))
  (func (export "get") (param i32) (result i32 i32)
    (array.get_s $a (global.get $g) (local.get 0)) (array.get_u $a (global.get $g) (local.get 0)))
  (func (export "set") (param i32 i32) (array.set $a (global.get $g) (local.get 0) (local.get 1)))
  (func (export "fill") (param i32 i32 i32) (array.fill $a (global.get $g) (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i32 i32 i32) (array.copy $a $a (global.get $g) (local.get 0) (global.get $g) (local.get 1) (local.get 2)))
  (func (export "init") (param i32 i32 i32) (array.init_data $a $d (global.get $g) (local.get 0) (local.get 1) (local.get 2))))`;

describe('arrays', () => {
  test('Step/array.new repeats its element', () => {
    expect(trace(load(ARRAYS), 'new', i32(0x10203), i32(2)).asks[0]).toBe('array.new: new elem 3 2 3 2');
    expect(trace(load(ARRAYS), 'new', i32(0x20000), i32(2)).asks[0]).toBe('array.new: new elem 0*4');
    expect(trace(load(ARRAYS), 'new-b', i32(7), i32(3)).asks[0]).toBe('array.new: new elem 7*3');
    expect(trace(load(ARRAYS), 'fixed').asks[0]).toBe('array.new_fixed: new elem 1 0 2 0 3 0 4 0');
  });

  test('an array that is too large is not asked for', () => {
    expect(trace(load(ARRAYS), 'huge', i32(2 ** 23 + 1))).toEqual({
      asks: [],
      ends: 'trap: allocation size too large',
    });
    expect(trace(load(ARRAYS), 'huge', i32(-1)).ends).toBe('trap: allocation size too large');
    expect(trace(load(ARRAYS), 'huge', i32(2 ** 12)).asks).toEqual(['array.new_default: new elem 0*32768']);
  });

  test('Step/array.new_data and new_elem check their segment first', () => {
    expect(trace(load(ARRAYS), 'data', i32(1), i32(2))).toEqual({
      asks: ['array.new_data within 5: ', 'array.new_data: new elem 2 3 4 5'],
      ends: 'i32 2',
    });
    expect(trace(load(ARRAYS), 'data', i32(3), i32(2))).toEqual({
      asks: ['array.new_data within 7: '],
      ends: 'trap: out of bounds memory access',
    });
    const loaded = load(ARRAYS);
    const id = loaded.instance.refs.func(loaded.instance.funcs[0] as never).id;
    expect(trace(loaded, 'elem', i32(0), i32(2))).toEqual({
      asks: ['array.new_elem within 2: ', `array.new_elem: new elem ${id} 0`],
      ends: 'i32 2',
    });
    expect(trace(loaded, 'elem', i32(2), i32(1)).ends).toBe('trap: out of bounds table access');
    expect(trace(loaded, 'drop').asks).toEqual(['data.drop: wr length[0+1] unord whole = 0']);
    expect(trace(loaded, 'data', i32(0), i32(1)).ends).toBe('trap: out of bounds memory access');
  });

  test('Step/array.get and array.set reach one element, and no other', () => {
    const loaded = load(ARRAYS);
    trace(loaded, 'new', i32(-2), i32(3));
    expect(trace(loaded, 'get', i32(2))).toEqual({
      asks: [get, 'array.get_s:i16: rd elem[4+2] unord whole', get, 'array.get_u:i16: rd elem[4+2] unord whole'],
      ends: 'i32 -2 i32 65534',
    });
    expect(trace(loaded, 'set', i32(1), i32(0x10005)).asks[1]).toBe('array.set: wr elem[2+2] unord whole = 5 0');
    expect(trace(loaded, 'get', i32(3))).toEqual({ asks: [get], ends: 'trap: out of bounds array access' });
    expect(trace(loaded, 'set', i32(-1), i32(0)).ends).toBe('trap: out of bounds array access');
    expect(trace(loaded, 'len')).toEqual({ asks: [get], ends: 'i32 3' });
  });

  test('Step/array.fill, copy and init ask once, or not at all for nothing', () => {
    const loaded = load(ARRAYS);
    trace(loaded, 'fixed');
    expect(trace(loaded, 'fill', i32(1), i32(0x0102), i32(2)).asks[1]).toBe('array.fill: wr elem[2+4] unord = 2 1 2 1');
    expect(trace(loaded, 'copy', i32(0), i32(1), i32(3)).asks.at(-1)).toBe(
      'array.copy: rd elem[2+6] unord, wr-copy elem[0+6] unord',
    );
    expect(trace(loaded, 'init', i32(1), i32(2), i32(2)).asks.slice(1)).toEqual([
      'array.init_data within 6: ',
      'array.init_data: wr elem[2+4] unord = 3 4 5 6',
    ]);
    expect(trace(loaded, 'get', i32(0)).ends).toBe('i32 258 i32 258');
    expect(trace(loaded, 'get', i32(2)).ends).toBe('i32 1541 i32 1541');
    for (const name of ['fill', 'copy'] as const) {
      expect(trace(loaded, name, i32(4), i32(4), i32(0)).asks.filter((ask) => ask.startsWith('array'))).toEqual([]);
      expect(trace(loaded, name, i32(5), i32(0), i32(0)).ends).toBe('trap: out of bounds array access');
    }
    expect(trace(loaded, 'init', i32(4), i32(6), i32(0)).asks.slice(1)).toEqual(['array.init_data within 6: ']);
    expect(trace(loaded, 'init', i32(3), i32(9), i32(2)).ends).toBe('trap: out of bounds array access');
    expect(trace(loaded, 'init', i32(3), i32(6), i32(1)).ends).toBe('trap: out of bounds memory access');
  });

  test('a null reference traps before anything is asked', () => {
    for (const name of ['fill', 'copy', 'init'])
      expect(trace(load(ARRAYS), name, i32(0), i32(0), i32(9)).ends).toBe('trap: null array reference');
    expect(trace(load(ARRAYS), 'len').ends).toBe('trap: null array reference');
    expect(trace(load(ARRAYS), 'get', i32(0)).ends).toBe('trap: null array reference');
  });
});

describe('in place', () => {
  test('structures and arrays are read and written as by requests', () => {
    const [structs, directStructs] = bothWays(STRUCTS, [
      ['a'],
      ['new', i32(0x1fe)],
      ['a'],
      ['b'],
      ['r'],
      ['h'],
      ['set', i32(0x1fffe)],
      ['h'],
      ['v'],
      ['set-v'],
      ['v'],
    ]);
    expect(structs?.slice(2, 4)).toEqual(['i32 -2 i32 254', 'i64 578437695752307201']);
    expect(structs?.slice(7)).toEqual(['i32 -2 i32 65534', 'i64 2', '', 'i64 17179869187']);
    expect(directStructs).toEqual(structs);
    const [arrays, directArrays] = bothWays(ARRAYS, [
      ['get', i32(0)],
      ['fixed'],
      ['get', i32(3)],
      ['get', i32(4)],
      ['set', i32(3), i32(0x8001)],
      ['set', i32(4), i32(0)],
      ['get', i32(3)],
      ['copy', i32(0), i32(1), i32(3)],
      ['get', i32(2)],
    ]);
    expect(arrays?.slice(-3)).toEqual(['i32 -32767 i32 32769', '', 'i32 -32767 i32 32769']);
    expect(directArrays).toEqual(arrays);
  });
});

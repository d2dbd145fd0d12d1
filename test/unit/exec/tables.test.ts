import { describe, expect, test } from 'vitest';
import { bothWays, inPlace, trace } from './trace.ts';
import { i32, i64, load } from './wat.ts';

const TEXT = `(module
  (table $t (export "t") 3 5 funcref) (table $u 4 funcref) (table $w i64 2 funcref)
  (type $int (func (result i32))) (type $none (func))
  (elem $e func $one $two) (elem declare func $none)
  (elem (table $u) (i32.const 0) func $two $none)
  (func $one (type $int) (i32.const 1)) (func $two (type $int) (i32.const 2)) (func $none)
  (func (export "get") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0))))
  (func (export "set") (param i32) (table.set $t (local.get 0) (ref.null func)))
  (func (export "size") (result i32 i64) (table.size $t) (table.size $w))
  (func (export "grow") (param i32) (result i32) (table.grow $t (ref.null func) (local.get 0)))
  (func (export "grow64") (param i64) (result i64) (table.grow $w (ref.null func) (local.get 0)))
  (func (export "fill") (param i32 i32) (table.fill $t (local.get 0) (ref.null func) (local.get 1)))
  (func (export "copy") (param i32 i32 i32) (table.copy $t $t (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy2") (param i32 i32 i32) (table.copy $t $u (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i32 i32 i32) (table.init $t $e (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (elem.drop $e))
  (func (export "call") (param i32) (result i32) (i32.add (i32.const 100) (call_indirect $u (type $int) (local.get 0))))
  (func (export "call64") (param i64) (result i32) (call_indirect $w (type $int) (local.get 0)))
  (func (export "tail") (param i32) (result i32) (return_call_indirect $u (type $int) (local.get 0))))`;

describe('slots', () => {
  test('Step/table.get reads the slot if there is one', () => {
    expect(trace(load(TEXT), 'get', i32(2))).toEqual({
      asks: ['table.get:ref within 3: rd elem[2+1] unord whole'],
      ends: 'i32 1',
    });
    expect(trace(load(TEXT), 'get', i32(-1))).toEqual({
      asks: ['table.get:ref within 4294967296: rd elem[4294967295+1] unord whole'],
      ends: 'trap: out of bounds table access',
    });
  });

  test('Step/table.set writes it', () => {
    expect(trace(load(TEXT), 'set', i32(0)).asks).toEqual(['table.set within 1: wr elem[0+1] unord whole = 0']);
    expect(trace(load(TEXT), 'set', i32(3)).ends).toBe('trap: out of bounds table access');
  });
});

describe('whole tables', () => {
  test('Step/table.size reads the length', () => {
    expect(trace(load(TEXT), 'size')).toEqual({
      asks: ['table.size:i32: rd length[0+1] seqcst whole', 'table.size:i32: rd length[0+1] seqcst whole'],
      ends: 'i32 3 i64 2',
    });
  });

  test('Step/table.grow grows up to the maximum', () => {
    const loaded = load(TEXT);
    expect(trace(loaded, 'grow', i32(2))).toEqual({
      asks: ['table.grow: grow elem by 2 up to 5 with 0'],
      ends: 'i32 3',
    });
    expect(trace(loaded, 'grow', i32(1)).ends).toBe('i32 -1');
    expect(trace(loaded, 'grow64', i64(-1n))).toEqual({
      asks: [`table.grow: grow elem by ${2 ** 64} up to ${2 ** 64} with 0`],
      ends: 'i64 -1',
    });
  });

  test('Step/table.fill writes nothing where there is nothing to fill, but checks', () => {
    expect(trace(load(TEXT), 'fill', i32(1), i32(2)).asks).toEqual(['table.fill within 3: wr elem[1+2] unord = 0*2']);
    expect(trace(load(TEXT), 'fill', i32(3), i32(0))).toEqual({ asks: ['table.fill within 3: '], ends: '' });
    expect(trace(load(TEXT), 'fill', i32(4), i32(0)).ends).toBe('trap: out of bounds table access');
  });

  test('Step/table.copy within a table is one event, between two it is two', () => {
    expect(trace(load(TEXT), 'copy', i32(1), i32(0), i32(2)).asks).toEqual([
      'table.copy within 3: rd elem[0+2] unord, wr-copy elem[1+2] unord',
    ]);
    expect(trace(load(TEXT), 'copy2', i32(1), i32(0), i32(2)).asks).toEqual([
      'table.copy within 3: ',
      'table.copy within 2: rd elem[0+2] unord, wr-copy elem[1+2] unord',
    ]);
    expect(trace(load(TEXT), 'copy2', i32(2), i32(0), i32(2))).toEqual({
      asks: ['table.copy within 4: '],
      ends: 'trap: out of bounds table access',
    });
  });

  test('Step/table.init checks the segment, then writes its references', () => {
    const loaded = load(TEXT);
    const { refs, funcs } = loaded.instance;
    const [one, two] = funcs.map((f) => refs.func(f).id);
    expect(trace(loaded, 'init', i32(0), i32(0), i32(2)).asks).toEqual([
      'table.init within 2: ',
      `table.init within 2: wr elem[0+2] unord = ${one} ${two}`,
    ]);
    expect(trace(loaded, 'init', i32(0), i32(1), i32(2))).toEqual({
      asks: ['table.init within 3: '],
      ends: 'trap: out of bounds table access',
    });
    expect(trace(loaded, 'drop').asks).toEqual(['elem.drop: wr length[0+1] unord whole = 0']);
    expect(trace(loaded, 'init', i32(0), i32(0), i32(1)).ends).toBe('trap: out of bounds table access');
    expect(trace(loaded, 'init', i32(0), i32(0), i32(0)).asks).toEqual([
      'table.init within 0: ',
      'table.init within 0: ',
    ]);
  });
});

describe('calls through a table', () => {
  test('Step/call_indirect reads the slot, and checks what is there', () => {
    const loaded = load(TEXT);
    expect(trace(loaded, 'call', i32(0))).toEqual({
      asks: ['call_indirect:ref within 1: rd elem[0+1] unord whole'],
      ends: 'i32 102',
    });
    expect(trace(loaded, 'call', i32(1)).ends).toBe('trap: indirect call type mismatch');
    expect(trace(loaded, 'call', i32(2)).ends).toBe('trap: uninitialized element');
    expect(trace(loaded, 'call', i32(4)).ends).toBe('trap: undefined element');
    expect(trace(loaded, 'call64', i64(2n ** 40n))).toEqual({
      asks: [`call_indirect:ref within ${2 ** 40 + 1}: rd elem[${2 ** 40}+1] unord whole`],
      ends: 'trap: undefined element',
    });
    expect(trace(loaded, 'tail', i32(0)).ends).toBe('i32 2');
  });

  test('in place all of it does the same', () => {
    expect(inPlace(TEXT, 'call', i32(0))).toBe('i32 102');
    expect(inPlace(TEXT, 'tail', i32(1))).toBe('trap: indirect call type mismatch');
    expect(inPlace(TEXT, 'size')).toBe('i32 3 i64 2');
    expect(inPlace(TEXT, 'copy2', i32(2), i32(0), i32(2))).toBe('trap: out of bounds table access');
  });

  test('slots in place are as by requests, also in functions that are not compiled further', () => {
    const text = `(module (type $none (struct)) (type $f (func (result i32))) (table $t 3 anyref) (table $f 2 funcref) (elem (table $f) (i32.const 1) func $one)
      (func $one (type $f) (i32.const 1))
      (func (export "set") (param i32 i32) (drop (struct.new $none)) (table.set $t (local.get 0) (ref.i31 (local.get 1))))
      (func (export "get") (param i32) (result i32) (drop (struct.new $none)) (i31.get_u (ref.cast (ref i31) (table.get $t (local.get 0)))))
      (func (export "call") (param i32) (result i32) (drop (struct.new $none)) (call_indirect $f (type $f) (local.get 0))))`;
    const [slow, fast] = bothWays(text, [
      ['get', i32(0)],
      ['set', i32(2), i32(5)],
      ['get', i32(2)],
      ['set', i32(3), i32(5)],
      ['get', i32(-1)],
      ['call', i32(0)],
      ['call', i32(1)],
      ['call', i32(2)],
    ]);
    expect(slow).toEqual([
      'trap: cast failure',
      '',
      'i32 5',
      'trap: out of bounds table access',
      'trap: out of bounds table access',
      'trap: uninitialized element',
      'i32 1',
      'trap: undefined element',
    ]);
    expect(fast).toEqual(slow);
  });

  test('a supertype of the function type is enough', () => {
    const text = `(module (type $f (sub (func (result i32)))) (type $g (sub $f (func (result i32)))) (type $h (sub $g (func (result i32))))
      (table funcref (elem $two)) (func $two (type $g) (i32.const 2))
      (func (export "as-f") (result i32) (call_indirect (type $f) (i32.const 0)))
      (func (export "as-h") (result i32) (call_indirect (type $h) (i32.const 0))))`;
    expect(trace(load(text), 'as-f').ends).toBe('i32 2');
    expect(trace(load(text), 'as-h').ends).toBe('trap: indirect call type mismatch');
  });
});

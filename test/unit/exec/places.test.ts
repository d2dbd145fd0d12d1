import { describe, expect, test } from 'vitest';
import { inPlace, trace } from './trace.ts';
import { i32, i64, load } from './wat.ts';

/** Atomic accesses of globals, slots, fields and elements. */
const TEXT = `(module
  (type $s (shared (struct (field $p (mut i32)) (field $q (mut i64)) (field $r (mut (ref null (shared eq)))))))
  (type $a (shared (array (mut i64)))) (type $b (shared (array (mut i8))))
  (global $g (shared mut i64) (i64.const 7)) (global $c (shared i32) (i32.const 9)) (global $l (thread_local mut i32))
  (global $e (shared mut (ref null (shared eq))) (ref.null (shared eq)))
  (table $t shared 2 (ref null (shared eq)))
  (global $so (shared mut (ref null $s)) (ref.null $s)) (global $ao (shared mut (ref null $a)) (ref.null $a)) (global $bo (shared mut (ref null $b)) (ref.null $b))
  (func (export "make") (global.set $so (struct.new_default $s)) (global.set $ao (array.new_default $a (i32.const 2))) (global.set $bo (array.new_default $b (i32.const 2))))
  (func (export "global") (result i64 i64 i64 i64)
    (global.atomic.get acqrel $g) (global.atomic.rmw.sub seqcst $g (i64.const 9)) (global.atomic.rmw.cmpxchg acqrel $g (i64.const -2) (i64.const 4))
    (global.atomic.set $g (i64.const 5)) (global.atomic.rmw.xchg $g (i64.const 6)))
  (func (export "own") (result i32 i32 i32 i32)
    (global.set $l (i32.const 3)) (global.atomic.get $c) (global.atomic.rmw.add $l (i32.const 4)) (global.atomic.rmw.cmpxchg $l (i32.const 0) (i32.const 1)) (global.atomic.get $l))
  (func (export "table") (param i32) (result i32)
    (drop (table.atomic.rmw.xchg acqrel $t (local.get 0) (ref.i31_shared (i32.const 1))))
    (drop (table.atomic.rmw.cmpxchg $t (local.get 0) (ref.i31_shared (i32.const 1)) (ref.i31_shared (i32.const 2))))
    (table.atomic.set $t (local.get 0) (table.atomic.get $t (local.get 0)))
    (i31.get_u (ref.cast (ref (shared i31)) (table.get $t (local.get 0)))))
  (func (export "struct") (result i32 i64)
    (struct.atomic.rmw.or acqrel $s $p (global.get $so) (i32.const 6)) (struct.atomic.rmw.cmpxchg $s $q (global.get $so) (i64.const 0) (i64.const 8))
    (struct.atomic.set $s $r (global.get $so) (ref.null (shared eq))))
  (func (export "array") (param i32) (result i64)
    (drop (array.atomic.rmw.cmpxchg $a (global.get $ao) (local.get 0) (i64.const 0) (i64.const 3)))
    (array.atomic.rmw.and acqrel $a (global.get $ao) (local.get 0) (i64.const 5)))
  (func (export "packed") (param i32) (result i32 i32)
    (array.atomic.set $b (global.get $bo) (local.get 0) (i32.const 0x1ff))
    (array.atomic.get_s $b (global.get $bo) (local.get 0)) (array.atomic.get_u acqrel $b (global.get $bo) (local.get 0))))`;

describe('atomic accesses', () => {
  test('of a global have their order and do not tear', () => {
    expect(trace(load(TEXT), 'global')).toEqual({
      asks: [
        'global.atomic.get:i64: rd val[0+8] acqrel whole',
        'global.atomic.rmw.sub:i64: rmw val[0+8] seqcst whole sub 9 0 0 0 0 0 0 0',
        'global.atomic.rmw.cmpxchg:i64: rmw val[0+8] acqrel whole 254 255 255 255 255 255 255 255 -> 4 0 0 0 0 0 0 0',
        'global.atomic.set: wr val[0+8] seqcst whole = 5 0 0 0 0 0 0 0',
        'global.atomic.rmw.xchg:i64: rmw val[0+8] seqcst whole xchg 6 0 0 0 0 0 0 0',
      ],
      ends: 'i64 7 i64 7 i64 -2 i64 5',
    });
  });

  test('of a constant or thread-local global ask nothing', () => {
    expect(trace(load(TEXT), 'own')).toEqual({ asks: [], ends: 'i32 9 i32 3 i32 7 i32 7' });
  });

  test('of a slot are within the bounds, and of references', () => {
    const one = 1 | -0x8000_0000;
    const two = 2 | -0x8000_0000;
    expect(trace(load(TEXT), 'table', i32(1))).toEqual({
      asks: [
        `table.atomic.rmw.xchg:ref within 2: rmw elem[1+1] acqrel whole xchg ${one}`,
        `table.atomic.rmw.cmpxchg:ref within 2: rmw elem[1+1] seqcst whole ${one} -> ${two}`,
        'table.atomic.get:ref within 2: rd elem[1+1] seqcst whole',
        `table.atomic.set within 2: wr elem[1+1] seqcst whole = ${two}`,
        'table.get:ref within 2: rd elem[1+1] unord whole',
      ],
      ends: 'i32 2',
    });
    expect(trace(load(TEXT), 'table', i32(2)).ends).toBe('trap: out of bounds table access');
  });

  test('of fields and elements are at their units', () => {
    const loaded = load(TEXT);
    trace(loaded, 'make');
    const own = (asks: readonly string[]): string[] => asks.filter((ask) => !ask.startsWith('global'));
    const struct = trace(loaded, 'struct');
    expect(own(struct.asks)).toEqual([
      'struct.atomic.rmw.or:i32: rmw fields[0+4] acqrel whole or 6 0 0 0',
      'struct.atomic.rmw.cmpxchg:i64: rmw fields[4+8] seqcst whole 0 0 0 0 0 0 0 0 -> 8 0 0 0 0 0 0 0',
      'struct.atomic.set: wr fields[12+1] seqcst whole = 0',
    ]);
    expect(struct.ends).toBe('i32 0 i64 0');
    const array = trace(loaded, 'array', i32(1));
    expect(own(array.asks)).toEqual([
      'array.atomic.rmw.cmpxchg:i64: rmw elem[8+8] seqcst whole 0 0 0 0 0 0 0 0 -> 3 0 0 0 0 0 0 0',
      'array.atomic.rmw.and:i64: rmw elem[8+8] acqrel whole and 5 0 0 0 0 0 0 0',
    ]);
    expect(array.ends).toBe('i64 3');
    const packed = trace(loaded, 'packed', i32(1));
    expect(own(packed.asks)).toEqual([
      'array.atomic.set: wr elem[1+1] seqcst whole = 255',
      'array.atomic.get_s:i8: rd elem[1+1] seqcst whole',
      'array.atomic.get_u:i8: rd elem[1+1] acqrel whole',
    ]);
    expect(packed.ends).toBe('i32 -1 i32 255');
  });

  test('of null, or of no element, trap', () => {
    expect(trace(load(TEXT), 'struct').ends).toBe('trap: null structure reference');
    expect(trace(load(TEXT), 'array', i32(0)).ends).toBe('trap: null array reference');
    const loaded = load(TEXT);
    trace(loaded, 'make');
    expect(trace(loaded, 'array', i32(2)).ends).toBe('trap: out of bounds array access');
  });

  test('in place do the same', () => {
    expect(inPlace(TEXT, 'global')).toBe('i64 7 i64 7 i64 -2 i64 5');
    expect(inPlace(TEXT, 'own')).toBe('i32 9 i32 3 i32 7 i32 7');
    expect(inPlace(TEXT, 'table', i32(0))).toBe('i32 2');
  });
});

const WAITS = `(module
  (type $s (shared (struct (field (mut i32)) (field (mut i64))))) (type $us (struct (field (mut i32))))
  (type $a (shared (array (mut (ref null (shared eq)))))) (type $ua (array (mut i64)))
  (global $g (shared mut i64) (i64.const 7)) (global $c (shared i32) (i32.const 9)) (global $l (thread_local mut i32)) (global $u (mut i32) (i32.const 3))
  (table $t shared 2 (ref null (shared eq))) (table $ut 2 (ref null (shared eq)))
  (memory $m i64 1 1 shared) (memory $um 1)
  (global $q (shared mut (ref null (shared waitqueue))) (ref.null (shared waitqueue)))
  (global $so (shared mut (ref null $s)) (ref.null $s)) (global $ao (shared mut (ref null $a)) (ref.null $a))
  (func (export "make") (global.set $q (waitqueue.new)) (global.set $so (struct.new_default $s)) (global.set $ao (array.new_default $a (i32.const 2))))
  (func (export "queue") (global.set $q (waitqueue.new)))
  (func (export "object") (global.set $so (struct.new_default $s)) (global.set $ao (array.new_default $a (i32.const 2))))
  (func (export "notify") (param i32) (result i32) (waitqueue.notify (global.get $q) (local.get 0)))
  (func (export "struct") (result i32) (struct.wait $s 1 (global.get $so) (global.get $q) (i64.const 2) (i64.const -1)))
  (func (export "u-struct") (result i32) (struct.wait $us 0 (struct.new_default $us) (global.get $q) (i32.const 2) (i64.const -1)))
  (func (export "array") (param i32) (result i32) (array.wait $a (global.get $ao) (global.get $q) (local.get 0) (ref.null (shared eq)) (i64.const 9)))
  (func (export "u-array") (param i32) (result i32) (array.wait $ua (array.new_default $ua (i32.const 1)) (global.get $q) (local.get 0) (i64.const 0) (i64.const 9)))
  (func (export "global") (result i32) (global.wait $g (global.get $q) (i64.const 7) (i64.const 0)))
  (func (export "constant") (param i32) (result i32) (global.wait $c (global.get $q) (local.get 0) (i64.const 0)))
  (func (export "local") (result i32) (global.wait $l (global.get $q) (i32.const 7) (i64.const 0)))
  (func (export "u-global") (result i32) (global.wait $u (global.get $q) (i32.const 7) (i64.const 0)))
  (func (export "table") (param i32) (result i32) (table.wait $t (global.get $q) (local.get 0) (ref.null (shared eq)) (i64.const 5)))
  (func (export "u-table") (result i32) (table.wait $ut (global.get $q) (i32.const 0) (ref.null (shared eq)) (i64.const 5)))
  (func (export "memory") (param i64) (result i32) (memory.wait64 $m (global.get $q) (local.get 0) (i64.const 5) (i64.const 6)))
  (func (export "u-memory") (param i32) (result i32) (memory.wait32 $um (global.get $q) (local.get 0) (i32.const 5) (i64.const 6))))`;

describe('wait queues', () => {
  const last = (asks: readonly string[]): string | undefined => asks.at(-1);

  test('Step/waitqueue.new and notify', () => {
    const loaded = load(WAITS);
    expect(trace(loaded, 'queue').asks[0]).toBe('waitqueue.new: new queue ');
    expect(trace(loaded, 'notify', i32(-1))).toEqual({
      asks: ['global.get:ref: rd val[0+1] unord whole', 'waitqueue.notify: notify queue@0 count 4294967295'],
      ends: 'i32 0',
    });
    expect(trace(load(WAITS), 'notify', i32(0)).ends).toBe('trap: null waitqueue reference');
  });

  test('a wait reads its control word, wherever that is', () => {
    const loaded = load(WAITS);
    trace(loaded, 'make');
    expect(last(trace(loaded, 'struct').asks)).toBe(
      'struct.wait:i64: wait in queue@0 for rd fields[4+8] seqcst whole = 2 0 0 0 0 0 0 0 timeout -1',
    );
    expect(last(trace(loaded, 'array', i32(1)).asks)).toBe(
      'array.wait:ref: wait in queue@0 for rd elem[1+1] seqcst whole = 0 timeout 9',
    );
    expect(last(trace(loaded, 'global').asks)).toBe(
      'global.wait:i64: wait in queue@0 for rd val[0+8] seqcst whole = 7 0 0 0 0 0 0 0 timeout 0',
    );
    expect(last(trace(loaded, 'table', i32(1)).asks)).toBe(
      'table.wait:ref within 2: wait in queue@0 for rd elem[1+1] seqcst whole = 0 timeout 5',
    );
    expect(trace(loaded, 'table', i32(2)).ends).toBe('trap: out of bounds table access');
    expect(last(trace(loaded, 'memory', i64(8n)).asks)).toBe(
      'memory.wait64:i64 within 16: wait in queue@0 for rd data[8+8] seqcst whole = 5 0 0 0 0 0 0 0 timeout 6',
    );
    expect(trace(loaded, 'memory', i64(65536n)).ends).toBe('trap: out of bounds memory access');
  });

  test('what is checked, in order: object, queue, index and alignment, share', () => {
    const loaded = load(WAITS);
    expect(trace(loaded, 'struct').ends).toBe('trap: null structure reference');
    expect(trace(loaded, 'array', i32(9)).ends).toBe('trap: null array reference');
    trace(loaded, 'object');
    for (const name of ['struct', 'u-struct', 'global', 'constant', 'local', 'u-table'] as const)
      expect(trace(loaded, name, i32(9)).ends).toBe('trap: null waitqueue reference');
    expect(trace(loaded, 'array', i32(9)).ends).toBe('trap: null waitqueue reference');
    expect(trace(loaded, 'u-memory', i32(1)).ends).toBe('trap: null waitqueue reference');
    trace(loaded, 'queue');
    expect(trace(loaded, 'u-array', i32(1)).ends).toBe('trap: out of bounds array access');
    expect(trace(loaded, 'u-memory', i32(2)).ends).toBe('trap: unaligned atomic');
    expect(trace(loaded, 'u-struct').ends).toBe('trap: expected shared structure');
    expect(trace(loaded, 'u-array', i32(0)).ends).toBe('trap: expected shared array');
    expect(trace(loaded, 'local').ends).toBe('trap: expected shared global');
    expect(trace(loaded, 'u-global').ends).toBe('trap: expected shared global');
    expect(trace(loaded, 'u-table').ends).toBe('trap: expected shared table');
    expect(trace(loaded, 'u-memory', i32(4)).ends).toBe('trap: expected shared memory');
  });

  test('an immutable global never changes: unequal at once, or a trap', () => {
    const loaded = load(WAITS);
    trace(loaded, 'queue');
    expect(trace(loaded, 'constant', i32(8)).ends).toBe('i32 1');
    expect(trace(loaded, 'constant', i32(9)).ends).toBe('trap: expected mutable global');
  });
});

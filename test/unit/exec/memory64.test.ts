import { describe, expect, test } from 'vitest';
import { inPlace, trace } from './trace.ts';
import { i32, i64, load } from './wat.ts';

const TEXT = `(module
  (memory $n 1 3) (memory $w i64 1 4) (memory $free i64 0)
  (data $d "\\01\\02\\03")
  (func (export "load") (param i64) (result i32) (i32.load16_u $w offset=6 (local.get 0)))
  (func (export "far") (param i64) (result i64) (i64.load $w offset=0xffffffffffffffff (local.get 0)))
  (func (export "store") (param i64 i64) (i64.store32 $w offset=1 (local.get 0) (local.get 1)))
  (func (export "add") (param i64) (result i64) (i64.atomic.rmw.add $w (local.get 0) (i64.const 3)))
  (func (export "size") (result i32 i64) (memory.size $n) (memory.size $w))
  (func (export "grow") (param i64) (result i64) (memory.grow $w (local.get 0)))
  (func (export "grow-free") (param i64) (result i64) (memory.grow $free (local.get 0)))
  (func (export "fill") (param i64 i64) (memory.fill $w (local.get 0) (i32.const 0x1ff) (local.get 1)))
  (func (export "to-wide") (param i64 i32 i32) (memory.copy $w $n (local.get 0) (local.get 1) (local.get 2)))
  (func (export "wide") (param i64 i64 i64) (memory.copy $w $w (local.get 0) (local.get 1) (local.get 2)))
  (func (export "init") (param i64 i32 i32) (memory.init $w $d (local.get 0) (local.get 1) (local.get 2)))
  (func (export "drop") (data.drop $d))
  (func (export "notify") (param i64) (result i32) (memory.atomic.notify $w offset=4 (local.get 0) (i32.const 1))))`;

describe('memories of 64 bits', () => {
  test('addresses are unsigned and do not wrap', () => {
    expect(trace(load(TEXT), 'load', i64(4n))).toEqual({
      asks: ['i32.load16_u:i16 within 12: rd data[10+2] unord whole'],
      ends: 'i32 0',
    });
    expect(trace(load(TEXT), 'load', i64(2n ** 32n))).toEqual({
      asks: [`i32.load16_u:i16 within ${2 ** 32 + 8}: rd data[${2 ** 32 + 6}+2] unord whole`],
      ends: 'trap: out of bounds memory access',
    });
    expect(trace(load(TEXT), 'load', i64(-1n)).ends).toBe('trap: out of bounds memory access');
    expect(trace(load(TEXT), 'far', i64(1n)).asks).toEqual([
      `i64.load:i64 within ${2 ** 64}: rd data[${2 ** 64}+8] unord`,
    ]);
    expect(inPlace(TEXT, 'far', i64(9n))).toBe('trap: out of bounds memory access');
  });

  test('values are stored at them', () => {
    const loaded = load(TEXT);
    expect(trace(loaded, 'store', i64(8n), i64(-2n)).asks).toEqual([
      'i64.store32 within 13: wr data[9+4] unord = 254 255 255 255',
    ]);
    expect(trace(loaded, 'add', i64(8n))).toEqual({
      asks: ['i64.atomic.rmw.add:i64 within 16: rmw data[8+8] seqcst whole add 3 0 0 0 0 0 0 0'],
      ends: `i64 ${0xff_ffff_fe00n}`,
    });
    expect(trace(loaded, 'add', i64(9n)).ends).toBe('trap: unaligned atomic');
    expect(trace(loaded, 'notify', i64(4n)).asks).toEqual(['memory.atomic.notify within 12: notify data@8 count 1']);
  });

  test('sizes are i64', () => {
    const loaded = load(TEXT);
    expect(trace(loaded, 'size')).toEqual({
      asks: ['memory.size:i32: rd length[0+1] seqcst whole', 'memory.size:i32: rd length[0+1] seqcst whole'],
      ends: 'i32 1 i64 1',
    });
    expect(trace(loaded, 'grow', i64(2n))).toEqual({
      asks: ['memory.grow: grow data by 2 up to 4 with 0'],
      ends: 'i64 1',
    });
    expect(trace(loaded, 'grow', i64(2n)).ends).toBe('i64 -1');
    expect(trace(loaded, 'grow-free', i64(-1n))).toEqual({
      asks: [`memory.grow: grow data by ${2 ** 64} up to ${2 ** 48} with 0`],
      ends: 'i64 -1',
    });
    expect(inPlace(TEXT, 'size')).toBe('i32 1 i64 1');
    expect(inPlace(TEXT, 'grow', i64(9n))).toBe('i64 -1');
  });

  test('memory.fill, copy and init', () => {
    const loaded = load(TEXT);
    expect(trace(loaded, 'fill', i64(65530n), i64(6n)).asks).toEqual([
      'memory.fill within 65536: wr data[65530+6] unord = 255*6',
    ]);
    expect(trace(loaded, 'to-wide', i64(3n), i32(5), i32(2)).asks).toEqual([
      'memory.copy within 5: ',
      'memory.copy within 7: rd data[5+2] unord, wr-copy data[3+2] unord',
    ]);
    expect(trace(loaded, 'wide', i64(3n), i64(2n ** 33n), i64(2n)).asks).toEqual([
      `memory.copy within ${2 ** 33 + 2}: rd data[${2 ** 33}+2] unord, wr-copy data[3+2] unord`,
    ]);
    expect(trace(loaded, 'init', i64(1n), i32(1), i32(2)).asks).toEqual([
      'memory.init within 3: ',
      'memory.init within 3: wr data[1+2] unord = 2 3',
    ]);
    expect(trace(loaded, 'init', i64(1n), i32(2), i32(2))).toEqual({
      asks: ['memory.init within 4: '],
      ends: 'trap: out of bounds memory access',
    });
    expect(trace(loaded, 'init', i64(65536n), i32(0), i32(1)).ends).toBe('trap: out of bounds memory access');
    trace(loaded, 'drop');
    expect(trace(loaded, 'init', i64(0n), i32(0), i32(0))).toEqual({
      asks: ['memory.init within 0: ', 'memory.init within 0: '],
      ends: '',
    });
    expect(trace(loaded, 'init', i64(0n), i32(0), i32(1)).ends).toBe('trap: out of bounds memory access');
  });
});

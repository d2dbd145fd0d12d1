import { describe, expect, test } from 'vitest';
import { type Addr, regionOf } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import { i31Id, NULL, type Value } from '../../../src/syntax/values.ts';
import { ask, at, trapped, units } from './ask.ts';
import { c32, c64, constant, fn, i32, i64, op, pair, refTo, refType, struct } from './build.ts';

/** Structures: what each instruction asks, to the letter, and what it makes of the answer. */

const ADDR = 900 as Addr;
const FIELDS = regionOf(ADDR, 'fields');
const made: Response = { kind: 'new', addr: ADDR };
/** Fields at 0, 1, 3, 7, 15, 16; 32 units in all. */
const types = [struct('i8', 'i16', 'i32', 'i64', refType('any'), 'v128'), struct()];
const X = refTo(0);
const asked = (body: Expr, answers: readonly Response[], results: readonly ('i32' | 'i64' | typeof X)[] = []) =>
  ask(fn([], results), body, answers, { types });
const fresh = op('struct.new_default', 0);
const nothing = constant(NULL);
const site = (text: string, shows: string | null = null) => ({ at, text, shows });
const vector: Value = { type: 'v128', bits: 0x0102n };
const zeroes = (length: number) => ({ fill: 0, length });

describe('allocation', () => {
  const values = [c32(0x1ff), c32(0x1_0203), c32(-2), c64(5n), c32(7), op('ref.i31'), constant(vector)];
  const layout = [1, 2, 4, 8, 1, 16];
  const contents = [
    [0xff],
    [3, 2],
    [0xfe, 0xff, 0xff, 0xff],
    [5, 0, 0, 0, 0, 0, 0, 0],
    [i31Id(7)],
    [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  ].flat();

  test('Step/struct.new asks for all units, fields in order, packed ones wrapped', () => {
    const { requests, results } = asked([...values, op('struct.new', 0)], [made], [X]);
    expect(requests).toEqual([
      { kind: 'new', field: 'fields', contents, layout, site: site('struct.new') },
      { kind: 'done' },
    ]);
    expect(results).toEqual([{ type: 'ref', id: 1 }]);
  });
  test('Step/struct.new_default asks for zeroes', () => {
    expect(asked([fresh], [made], [X]).requests[0]).toEqual({
      kind: 'new',
      field: 'fields',
      contents: zeroes(32),
      layout,
      site: site('struct.new_default'),
    });
  });
  test('Step/struct.new of zeroes only, or of nothing, asks for zeroes', () => {
    expect(asked([op('struct.new', 1)], [made], [refTo(1)]).requests[0]).toMatchObject({ contents: zeroes(0) });
  });
  test('Step/struct.new gives equal references for equal addresses and types only', () => {
    const two = [fresh, fresh, op('ref.eq')];
    expect(asked(two, [made, made], ['i32']).results).toEqual([i32(1)]);
    expect(asked(two, [made, { kind: 'new', addr: 901 as Addr }], ['i32']).results).toEqual([i32(0)]);
  });
});

describe('fields', () => {
  const get = (y: number, extension = '') => op(`struct.get${extension}`, pair(0, y));
  test.each<[string, number, string, number, number, boolean, number[], Value]>([
    ['_s', 0, 'i8', 0, 1, true, [0xfe], i32(-2)],
    ['_u', 0, 'i8', 0, 1, true, [0xfe], i32(0xfe)],
    ['_s', 1, 'i16', 1, 2, true, [0, 0x80], i32(-32768)],
    ['_u', 1, 'i16', 1, 2, true, [0, 0x80], i32(32768)],
    ['', 2, 'i32', 3, 4, true, [1, 0, 0, 0x80], i32(0x8000_0001)],
    ['', 3, 'i64', 7, 8, false, [1, 0, 0, 0, 0, 0, 0, 0x80], i64(-(2n ** 63n) + 1n)],
    ['', 4, 'ref', 15, 1, true, [77], { type: 'ref', id: 77 }],
    ['', 5, 'v128', 16, 16, false, [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], vector],
  ])('Step/struct.get%s of field %i reads its units', (sx, y, shows, offset, size, tearFree, read, value) => {
    const { requests, results } = asked([fresh, get(y, sx)], [made, units(...read)]);
    expect(requests[1]).toEqual({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', region: FIELDS, offset, size, order: 'unord', tearFree }],
      site: site(`struct.get${sx}`, shows),
    });
    expect(requests[2]).toEqual({ kind: 'done' });
    expect(results).toEqual([]);
    const type = fn([], [value.type === 'ref' ? refType('any') : value.type]);
    expect(ask(type, [fresh, get(y, sx)], [made, units(...read)], { types }).results).toEqual([value]);
  });
  test('Step/struct.get of null traps at once', () => {
    expect(asked([nothing, get(3)], []).requests).toEqual([trapped('null structure reference', 'struct.get', 'i64')]);
  });
  test('Step/struct.set writes the field’s units', () => {
    expect(asked([fresh, c32(0x1_ff02), op('struct.set', pair(0, 1))], [made, units()]).requests).toEqual([
      expect.objectContaining({ kind: 'new' }),
      {
        kind: 'access',
        bounds: null,
        actions: [
          { kind: 'wr', region: FIELDS, offset: 1, size: 2, order: 'unord', tearFree: true, written: [2, 0xff] },
        ],
        site: site('struct.set'),
      },
      { kind: 'done' },
    ]);
    expect(asked([fresh, nothing, op('struct.set', pair(0, 4))], [made]).requests[1]).toMatchObject({
      actions: [{ offset: 15, size: 1, tearFree: true, written: [0] }],
    });
  });
  test('Step/struct.set of null traps at once', () => {
    expect(asked([nothing, c64(1n), op('struct.set', pair(0, 3))], []).requests).toEqual([
      trapped('null structure reference', 'struct.set'),
    ]);
  });
});

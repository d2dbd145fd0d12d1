import { describe, expect, test } from 'vitest';
import { type Addr, regionOf } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import type { Expr, OrderAnnotation } from '../../../src/syntax/module.ts';
import type { ValType } from '../../../src/syntax/types.ts';
import { NULL, type Value } from '../../../src/syntax/values.ts';
import { ask, at, OOB, trapped, units } from './ask.ts';
import {
  alone,
  array,
  atomic,
  c32,
  c64,
  constant,
  constantGlobal,
  fn,
  i32,
  i64,
  mutableGlobal,
  op,
  ordered,
  refType,
  struct,
  table,
  threadLocal,
} from './build.ts';
import { run } from './world.ts';

/** Atomic accesses to what is no memory: what each asks, to the letter. */

const eqref = refType('eq');
const globals = [
  mutableGlobal(10, 'i64'),
  mutableGlobal(11, eqref),
  threadLocal(12, 'i32', i32(6)),
  constantGlobal(13, 'i64', i64(5n)),
];
const tables = [table(20, eqref)];
/** Fields at 0, 1, 5, 13; elements of 2 units and of one. */
const types = [struct('i8', 'i32', 'i64', eqref), array('i16'), array(eqref)];
const more = { globals, tables, types };
const made: Response = { kind: 'new', addr: 900 as Addr };
const nothing = constant(NULL);
const STRUCT: Expr = [op('struct.new_default', 0)];
const ARRAY = (x: number): Expr => [c32(4), op('array.new_default', x)];

interface Case {
  readonly text: string;
  readonly imm: (order: OrderAnnotation) => ReturnType<typeof ordered>;
  readonly way: Expr;
  readonly range: { readonly region: unknown; readonly offset: number; readonly size: number };
  readonly shows: string;
  readonly type: ValType;
  readonly bounds: unknown;
}

const valAt = (addr: number) => regionOf(addr as Addr, 'val');
const FIELDS = regionOf(900 as Addr, 'fields');
const ELEM = regionOf(900 as Addr, 'elem');
const index = (x: number) => (order: OrderAnnotation) => ordered(order, x);
const field = (y: number) => (order: OrderAnnotation) => ordered(order, 0, y);
const slotBounds = { length: tables[0]?.length, unit: 1, end: 8 };
const slot = { region: tables[0]?.elem, offset: 7, size: 1 };
const PLACES: readonly Case[] = [
  {
    text: 'global',
    imm: index(0),
    way: [],
    range: { region: valAt(10), offset: 0, size: 8 },
    shows: 'i64',
    type: 'i64',
    bounds: null,
  },
  {
    text: 'global',
    imm: index(1),
    way: [],
    range: { region: valAt(11), offset: 0, size: 1 },
    shows: 'ref',
    type: eqref,
    bounds: null,
  },
  { text: 'table', imm: index(0), way: [c32(7)], range: slot, shows: 'ref', type: eqref, bounds: slotBounds },
  {
    text: 'struct',
    imm: field(1),
    way: STRUCT,
    range: { region: FIELDS, offset: 1, size: 4 },
    shows: 'i32',
    type: 'i32',
    bounds: null,
  },
  {
    text: 'struct',
    imm: field(2),
    way: STRUCT,
    range: { region: FIELDS, offset: 5, size: 8 },
    shows: 'i64',
    type: 'i64',
    bounds: null,
  },
  {
    text: 'struct',
    imm: field(3),
    way: STRUCT,
    range: { region: FIELDS, offset: 13, size: 1 },
    shows: 'ref',
    type: eqref,
    bounds: null,
  },
  {
    text: 'array',
    imm: index(2),
    way: [...ARRAY(2), c32(3)],
    range: { region: ELEM, offset: 3, size: 1 },
    shows: 'ref',
    type: eqref,
    bounds: null,
  },
];
const NUMBERS = PLACES.filter(({ type }) => typeof type === 'string');

const operand = (t: ValType, n: number): Expr =>
  t === 'i32' ? [c32(n)] : t === 'i64' ? [c64(BigInt(n))] : [c32(n), op('ref.i31')];
const bits = (t: ValType, n: number): number[] =>
  typeof t !== 'string' ? [n | -0x8000_0000] : [n, ...Array.from({ length: t === 'i32' ? 3 : 7 }, () => 0)];
const value = (t: ValType, n: number): Value =>
  t === 'i32' ? i32(n) : t === 'i64' ? i64(BigInt(n)) : { type: 'ref', id: n | -0x8000_0000 };
const last = (body: Expr, answers: readonly Response[], results: readonly ValType[]) => {
  const first = body.some((instr) => instr.kind === 'plain' && instr.op.endsWith('new_default')) ? [made] : [];
  const { requests, results: got } = ask(fn([], results), body, [...first, ...answers], more);
  return { requests: requests.slice(first.length), results: got };
};
const event = (place: Case, access: string, action: object) => ({
  kind: 'access',
  bounds: place.bounds,
  actions: [{ ...place.range, tearFree: true, ...action }],
  site: { at, text: `${place.text}.atomic.${access}`, shows: access === 'set' ? null : place.shows },
});

describe.each(PLACES)('atomic accesses to a $text of $shows', (place) => {
  const { text, imm, way, type } = place;
  const instr = (access: string, order: OrderAnnotation = 'none') => op(`${text}.atomic.${access}`, imm(order));
  test.each([
    ['none', 'seqcst'],
    ['seqcst', 'seqcst'],
    ['acqrel', 'acqrel'],
  ] as const)('Step/object.atomic.get in order %s', (order, expected) => {
    expect(last([...way, instr('get', order)], [units(...bits(type, 3))], [type])).toEqual({
      requests: [event(place, 'get', { kind: 'rd', order: expected }), { kind: 'done' }],
      results: [value(type, 3)],
    });
  });
  test('Step/object.atomic.set', () => {
    expect(last([...way, ...operand(type, 4), instr('set', 'acqrel')], [units()], []).requests).toEqual([
      event(place, 'set', { kind: 'wr', order: 'acqrel', written: bits(type, 4) }),
      { kind: 'done' },
    ]);
  });
  test('Step/object.atomic.rmw: xchg', () => {
    const update = { op: 'xchg', operand: bits(type, 4) };
    expect(last([...way, ...operand(type, 4), instr('rmw.xchg')], [units(...bits(type, 9))], [type])).toEqual({
      requests: [event(place, 'rmw.xchg', { kind: 'rmw', order: 'seqcst', update }), { kind: 'done' }],
      results: [value(type, 9)],
    });
  });
  test('Step/object.atomic.cmpxchg', () => {
    const update = { op: 'cmpxchg', expected: bits(type, 4), replacement: bits(type, 5) };
    const body = [...way, ...operand(type, 4), ...operand(type, 5), instr('rmw.cmpxchg', 'acqrel')];
    expect(last(body, [units(...bits(type, 9))], [type])).toEqual({
      requests: [event(place, 'rmw.cmpxchg', { kind: 'rmw', order: 'acqrel', update }), { kind: 'done' }],
      results: [value(type, 9)],
    });
  });
});

test.each(NUMBERS.flatMap((place) => ['add', 'sub', 'and', 'or', 'xor'].map((name) => ({ name, place }))))(
  'Step/object.atomic.rmw: $name on a $place.text of $place.shows',
  ({ name, place }) => {
    const body = [...place.way, ...operand(place.type, 4), op(`${place.text}.atomic.rmw.${name}`, place.imm('none'))];
    const { requests } = last(body, [], [place.type]);
    const update = { op: name, operand: bits(place.type, 4) };
    expect(requests[0]).toEqual(event(place, `rmw.${name}`, { kind: 'rmw', order: 'seqcst', update }));
  },
);

test('Step/object.atomic.rmw with two orders has the weaker', () => {
  for (const order of ['seqcst-acqrel', 'acqrel-seqcst'] as const)
    expect(last([c64(1n), op('global.atomic.rmw.add', ordered(order, 0))], [], []).requests[0]).toMatchObject({
      actions: [{ order: 'acqrel' }],
    });
  const rmw = [c32(0), c32(1), op('i32.atomic.rmw.add', atomic('seqcst-acqrel'))];
  expect(last(rmw, [], []).requests[0]).toMatchObject({ actions: [{ order: 'acqrel' }] });
});

describe('packed places', () => {
  test('Step/object.atomic.get extends', () => {
    const get = (sx: string) => [...STRUCT, op(`struct.atomic.get_${sx}`, ordered('none', 0, 0))];
    expect(last(get('s'), [units(0xfe)], ['i32']).results).toEqual([i32(-2)]);
    expect(last(get('u'), [units(0xfe)], ['i32']).results).toEqual([i32(0xfe)]);
    const element = (sx: string) => [...ARRAY(1), c32(1), op(`array.atomic.get_${sx}`, ordered('none', 1))];
    expect(last(element('s'), [units(0, 0x80)], ['i32']).results).toEqual([i32(-0x8000)]);
    expect(last(element('u'), [units(0, 0x80)], ['i32']).results).toEqual([i32(0x8000)]);
  });
  test('Step/object.atomic.set and Step/object.atomic.rmw wrap; what is read is unsigned', () => {
    const set = [...ARRAY(1), c32(1), c32(0x1_0203), op('array.atomic.set', ordered('none', 1))];
    expect(last(set, [], []).requests[0]).toMatchObject({ actions: [{ offset: 2, size: 2, written: [3, 2] }] });
    const add = [...ARRAY(1), c32(1), c32(0x1_0203), op('array.atomic.rmw.add', ordered('none', 1))];
    expect(last(add, [units(0xff, 0xff)], ['i32'])).toMatchObject({
      requests: [{ actions: [{ update: { op: 'add', operand: [3, 2] } }] }, { kind: 'done' }],
      results: [i32(0xffff)],
    });
  });
});

describe('ways that lead nowhere', () => {
  const get = (text: string, imm: ReturnType<typeof ordered>) => op(`${text}.atomic.get`, imm);
  test('Step/object.atomic.get traps as the ordinary access does', () => {
    expect(last([nothing, get('struct', ordered('none', 0, 2))], [], []).requests).toEqual([
      trapped('null structure reference', 'struct.atomic.get', 'i64'),
    ]);
    expect(last([nothing, c32(0), get('array', ordered('none', 2))], [], []).requests).toEqual([
      trapped('null array reference', 'array.atomic.get', 'ref'),
    ]);
    expect(last([...ARRAY(2), c32(4), get('array', ordered('none', 2))], [], []).requests).toEqual([
      trapped('out of bounds array access', 'array.atomic.get', 'ref'),
    ]);
    expect(last([c32(7), get('table', ordered('none', 0))], [OOB], []).requests[1]).toEqual(
      trapped('out of bounds table access', 'table.atomic.get', 'ref'),
    );
  });
  test('Step/object.atomic.set and Step/object.atomic.cmpxchg do too', () => {
    expect(last([nothing, c64(0n), op('struct.atomic.set', ordered('none', 0, 2))], [], []).requests).toEqual([
      trapped('null structure reference', 'struct.atomic.set'),
    ]);
    const compare = [...ARRAY(2), c32(9), nothing, nothing, op('array.atomic.rmw.cmpxchg', ordered('none', 2))];
    expect(last(compare, [], []).requests).toEqual([
      trapped('out of bounds array access', 'array.atomic.rmw.cmpxchg', 'ref'),
    ]);
  });
});

describe('globals that are nobody else’s', () => {
  const silent = (body: Expr, results: readonly ValType[]) => {
    const ran = run(alone(fn([], results), body, more));
    expect(ran.requests).toEqual([{ kind: 'done' }]);
    return { results: ran.results, locals: ran.locals };
  };
  const g = (access: string, x: number) => op(`global.atomic.${access}`, ordered('none', x));
  test('Step/object.atomic.get of a constant or thread-local asks nothing', () => {
    expect(silent([g('get', 3), g('get', 2)], ['i64', 'i32']).results).toEqual([i64(5n), i32(6)]);
  });
  test('Step/object.atomic.set and Step/object.atomic.rmw of a thread-local change the context only', () => {
    const body = [c32(8), g('set', 2), c32(-9), g('rmw.add', 2), g('get', 2)];
    expect(silent(body, ['i32', 'i32'])).toEqual({ results: [i32(8), i32(-1)], locals: new Map([[12, i32(-1)]]) });
  });
  test('Step/object.atomic.cmpxchg of a thread-local writes only where the values are equal', () => {
    const compare = (expected: number) => [c32(expected), c32(1), g('rmw.cmpxchg', 2)];
    expect(silent(compare(6), ['i32'])).toEqual({ results: [i32(6)], locals: new Map([[12, i32(1)]]) });
    expect(silent(compare(7), ['i32'])).toEqual({ results: [i32(6)], locals: new Map() });
  });
});

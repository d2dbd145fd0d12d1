import { describe, expect, test } from 'vitest';
import { type Addr, regionOf } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import type { ValType } from '../../../src/syntax/types.ts';
import { i31Id, NULL, type Value } from '../../../src/syntax/values.ts';
import { ask, at, OOB, trapped, units } from './ask.ts';
import {
  array,
  c32,
  c64,
  constant,
  dataSegment,
  elemSegment,
  fn,
  i32,
  i64,
  op,
  pair,
  refTo,
  refType,
} from './build.ts';

/** Arrays: what each instruction asks, to the letter, and what it makes of the answer. */

const made = (addr = 900): Response => ({ kind: 'new', addr: addr as Addr });
const ELEM = regionOf(900 as Addr, 'elem');
const OTHER = regionOf(901 as Addr, 'elem');
const types = [array('i16'), array('i64'), array(refType('any')), array('i8')];
const datas = [dataSegment(4, 1, 2, 3, 4, 5, 6)];
const elems = [
  elemSegment(
    5,
    [5, 6, 7].map((i) => ({ type: 'ref', id: i31Id(i) })),
  ),
];
const asked = (body: Expr, answers: readonly Response[], results: readonly ValType[] = []) =>
  ask(fn([], results), body, answers, { types, datas, elems });
/** Of four elements. */
const fresh = (x: number) => [c32(4), op('array.new_default', x)];
const nothing = constant(NULL);
const site = (text: string, shows: string | null = null) => ({ at, text, shows });
const allocation = (text: string, each: number, contents: unknown) => ({
  kind: 'new',
  field: 'elem',
  contents,
  layout: [each],
  site: site(text),
});
const event = (text: string, ...actions: unknown[]) => ({ kind: 'access', bounds: null, actions, site: site(text) });
const block = (region: unknown, offset: number, size: number, each: number) => ({
  region,
  offset,
  size,
  order: 'unord',
  tearFree: false,
  each,
});
const DONE = { kind: 'done' };

describe('allocation', () => {
  test('Step/array.new asks for as many equal elements as its length says', () => {
    const { requests, results } = asked([c32(0x1_0203), c32(3), op('array.new', 0)], [made()], [refTo(0)]);
    expect(requests).toEqual([allocation('array.new', 2, Uint8Array.of(3, 2, 3, 2, 3, 2)), DONE]);
    expect(results).toEqual([{ type: 'ref', id: 1 }]);
  });
  test('Step/array.new of zeroes, and Step/array.new_default, ask for zeroes', () => {
    const zeroes = { fill: 0, length: 24 };
    expect(asked([c64(0n), c32(3), op('array.new', 1)], []).requests[0]).toEqual(allocation('array.new', 8, zeroes));
    expect(asked([c32(3), op('array.new_default', 1)], []).requests[0]).toEqual(
      allocation('array.new_default', 8, zeroes),
    );
  });
  test('Step/array.new and Step/array.new_default trap where the array is too large', () => {
    expect(asked([c64(0n), c32(2 ** 23), op('array.new', 1)], []).requests[0]).toMatchObject({ kind: 'new' });
    expect(asked([c64(0n), c32(2 ** 23 + 1), op('array.new', 1)], []).requests).toEqual([
      trapped('allocation size too large', 'array.new'),
    ]);
    expect(asked([c32(-1), op('array.new_default', 3)], []).requests).toEqual([
      trapped('allocation size too large', 'array.new_default'),
    ]);
  });
  test('Step/array.new_fixed asks for the elements in order', () => {
    const { requests } = asked([c32(9), c32(1), c32(2), op('array.new_fixed', pair(0, 2))], [made()], [refTo(0)]);
    expect(requests[0]).toEqual(allocation('array.new_fixed', 2, [1, 0, 2, 0]));
  });

  const check = (end: number, text: string, length = datas[0]?.length) => ({
    kind: 'access',
    bounds: { length, unit: 1, end },
    actions: [],
    site: site(text),
  });
  test('Step/array.new_data checks the segment in bytes, and Step/array.new-segment then allocates', () => {
    const body = [c32(1), c32(2), op('array.new_data', pair(0, 0)), op('array.len')];
    expect(asked(body, [units(), made()], ['i32'])).toEqual({
      requests: [check(5, 'array.new_data'), allocation('array.new_data', 2, Uint8Array.of(2, 3, 4, 5)), DONE],
      results: [i32(2)],
    });
    expect(asked(body, [OOB]).requests[1]).toEqual(trapped('out of bounds memory access', 'array.new_data'));
  });
  test('Step/array.new_elem checks the segment in items, and Step/array.new-segment then allocates', () => {
    const body = [c32(1), c32(2), op('array.new_elem', pair(2, 0)), op('array.len')];
    expect(asked(body, [units(), made()], ['i32'])).toEqual({
      requests: [
        check(3, 'array.new_elem', elems[0]?.length),
        allocation('array.new_elem', 1, [i31Id(6), i31Id(7)]),
        DONE,
      ],
      results: [i32(2)],
    });
    expect(asked(body, [OOB]).requests[1]).toEqual(trapped('out of bounds table access', 'array.new_elem'));
  });
});

describe('elements', () => {
  const get = (i: number, x: number, sx = '') => [...fresh(x), c32(i), op(`array.get${sx}`, x)];
  test.each<[string, number, string, number, number, boolean, number[], Value]>([
    ['_s', 0, 'i16', 6, 2, true, [0xfe, 0xff], i32(-2)],
    ['_u', 0, 'i16', 6, 2, true, [0xfe, 0xff], i32(0xfffe)],
    ['_s', 3, 'i8', 3, 1, true, [0x80], i32(-128)],
    ['', 1, 'i64', 24, 8, false, [1, 0, 0, 0, 0, 0, 0, 0], i64(1n)],
    ['', 2, 'ref', 3, 1, true, [5], { type: 'ref', id: 5 }],
  ])(
    'Step/array.get%s reads the units of element 3 of type %i',
    (sx, x, shows, offset, size, tearFree, read, value) => {
      const type = value.type === 'ref' ? refType('any') : value.type;
      const { requests, results } = asked(get(3, x, sx), [made(), units(...read)], [type]);
      expect(requests[1]).toEqual({
        ...event(`array.get${sx}`, { kind: 'rd', region: ELEM, offset, size, order: 'unord', tearFree }),
        site: site(`array.get${sx}`, shows),
      });
      expect(results).toEqual([value]);
    },
  );
  test('Step/array.get traps on null and beyond the length without asking', () => {
    expect(asked([nothing, c32(0), op('array.get', 1)], []).requests).toEqual([
      trapped('null array reference', 'array.get', 'i64'),
    ]);
    expect(asked(get(4, 1), [made()]).requests[1]).toEqual(trapped('out of bounds array access', 'array.get', 'i64'));
    expect(asked(get(-1, 1), [made()]).requests[1]).toEqual(trapped('out of bounds array access', 'array.get', 'i64'));
  });
  test('Step/array.set writes the element’s units', () => {
    const write = { region: ELEM, offset: 4, size: 2, order: 'unord', tearFree: true, written: [2, 0xff] };
    expect(
      asked([...fresh(0), c32(2), c32(0x1_ff02), op('array.set', 0)], [made(), units()]).requests.slice(1),
    ).toEqual([event('array.set', { kind: 'wr', ...write }), DONE]);
  });
  test('Step/array.set traps on null and beyond the length without asking', () => {
    expect(asked([nothing, c32(0), c32(0), op('array.set', 0)], []).requests).toEqual([
      trapped('null array reference', 'array.set'),
    ]);
    expect(asked([...fresh(0), c32(4), c32(0), op('array.set', 0)], [made()]).requests[1]).toEqual(
      trapped('out of bounds array access', 'array.set'),
    );
  });
  test('Step/array.len asks nothing', () => {
    expect(asked([...fresh(0), op('array.len')], [made()], ['i32'])).toMatchObject({
      requests: [{ kind: 'new' }, DONE],
      results: [i32(4)],
    });
    expect(asked([nothing, op('array.len')], []).requests).toEqual([trapped('null array reference', 'array.len')]);
  });
});

describe('blocks of elements', () => {
  const rest = (body: Expr, ...answers: Response[]) => asked(body, [made(), ...answers]).requests.slice(1);
  const fill = (d: number, n: number, value = 0x0102) => [...fresh(0), c32(d), c32(value), c32(n), op('array.fill', 0)];
  test('Step/array.fill is one write of equal elements, of zeroes without listing them, of nothing none', () => {
    const write = (written: unknown) => event('array.fill', { kind: 'wr', ...block(ELEM, 2, 4, 2), written });
    expect(rest(fill(1, 2), units())).toEqual([write(Uint8Array.of(2, 1, 2, 1)), DONE]);
    expect(rest(fill(1, 2, 0), units())).toEqual([write({ fill: 0, length: 4 }), DONE]);
    expect(rest(fill(4, 0))).toEqual([DONE]);
  });
  test('Step/array.fill traps on null and beyond the length', () => {
    expect(rest(fill(3, 2))).toEqual([trapped('out of bounds array access', 'array.fill')]);
    expect(rest(fill(5, 0))).toEqual([trapped('out of bounds array access', 'array.fill')]);
    expect(asked([nothing, c32(0), c32(0), c32(0), op('array.fill', 0)], []).requests).toEqual([
      trapped('null array reference', 'array.fill'),
    ]);
  });

  const copy = (to: Expr, d: number, from: Expr, s: number, n: number) => [
    ...to,
    c32(d),
    ...from,
    c32(s),
    c32(n),
    op('array.copy', pair(0, 0)),
  ];
  test('Step/array.copy is one event, of nothing none', () => {
    const both = asked(copy(fresh(0), 1, fresh(0), 2, 2), [made(), made(901), units()]).requests;
    expect(both.slice(2)).toEqual([
      event(
        'array.copy',
        { kind: 'rd', ...block(OTHER, 4, 4, 2) },
        { kind: 'wr-copy', ...block(ELEM, 2, 4, 2), copies: 0 },
      ),
      DONE,
    ]);
    expect(asked(copy(fresh(0), 4, fresh(0), 4, 0), [made(), made(901)]).requests[2]).toEqual(DONE);
  });
  test('Step/array.copy traps on null, then beyond the destination, then beyond the source', () => {
    const isNull = trapped('null array reference', 'array.copy');
    const isBeyond = trapped('out of bounds array access', 'array.copy');
    expect(rest(copy(fresh(0), 9, [nothing], 0, 1))).toEqual([isNull]);
    expect(rest(copy([nothing], 9, fresh(0), 0, 1))).toEqual([isNull]);
    expect(asked(copy(fresh(0), 4, fresh(0), 0, 1), [made(), made(901)]).requests[2]).toEqual(isBeyond);
    expect(asked(copy(fresh(0), 0, fresh(0), 4, 1), [made(), made(901)]).requests[2]).toEqual(isBeyond);
  });

  const init = (kind: 'data' | 'elem', x: number, d: number, s: number, n: number) => [
    ...fresh(x),
    c32(d),
    c32(s),
    c32(n),
    op(`array.init_${kind}`, pair(x, 0)),
  ];
  const check = (kind: 'data' | 'elem', end: number) => ({
    kind: 'access',
    bounds: { length: (kind === 'data' ? datas : elems)[0]?.length, unit: 1, end },
    actions: [],
    site: site(`array.init_${kind}`),
  });
  test('Step/array.init_data checks the array, then the segment, and Step/init-write writes', () => {
    expect(rest(init('data', 0, 1, 2, 2), units(), units())).toEqual([
      check('data', 6),
      event('array.init_data', { kind: 'wr', ...block(ELEM, 2, 4, 2), written: Uint8Array.of(3, 4, 5, 6) }),
      DONE,
    ]);
    expect(rest(init('data', 0, 4, 7, 0), units())).toEqual([check('data', 7), DONE]);
    expect(rest(init('data', 0, 3, 9, 2))).toEqual([trapped('out of bounds array access', 'array.init_data')]);
    expect(rest(init('data', 0, 2, 3, 2), OOB)[1]).toEqual(trapped('out of bounds memory access', 'array.init_data'));
  });
  test('Step/array.init_elem checks the array, then the segment, and Step/init-write writes', () => {
    expect(rest(init('elem', 2, 1, 1, 2), units(), units())).toEqual([
      check('elem', 3),
      event('array.init_elem', { kind: 'wr', ...block(ELEM, 1, 2, 1), written: [i31Id(6), i31Id(7)] }),
      DONE,
    ]);
    expect(rest(init('elem', 2, 3, 9, 2))).toEqual([trapped('out of bounds array access', 'array.init_elem')]);
    expect(rest(init('elem', 2, 2, 2, 2), OOB)[1]).toEqual(trapped('out of bounds table access', 'array.init_elem'));
    expect(asked([nothing, c32(0), c32(0), c32(0), op('array.init_elem', pair(2, 0))], []).requests).toEqual([
      trapped('null array reference', 'array.init_elem'),
    ]);
  });
});

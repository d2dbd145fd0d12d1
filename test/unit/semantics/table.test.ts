import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import { NULL } from '../../../src/syntax/values.ts';
import { ask, at, OOB, trapped, units } from './ask.ts';
import { c32, c64, constant, fn, i32, i64, memory, op, pair, refType, table } from './build.ts';

/** What each table instruction asks, to the letter, and what it makes of the answer. */

const funcref = refType('func');
const tables = [table(1, funcref, { max: 9n }), table(2, funcref), table(3, funcref, { addr: 'i64' })];
const [first, second, wide] = tables as [(typeof tables)[0], (typeof tables)[0], (typeof tables)[0]];
const within = (end: number, { length } = first) => ({ length, unit: 1, end });
const slot = (offset: number, { elem } = first) => ({
  region: elem,
  offset,
  size: 1,
  order: 'unord' as const,
  tearFree: true,
});
const slots = (offset: number, size: number, { elem } = first) => ({
  region: elem,
  offset,
  size,
  order: 'unord' as const,
  tearFree: false,
});
const none = fn([], []);
const asked = (body: Expr, answers: readonly Response[], type = none) => ask(type, body, answers, { tables });

describe('slots', () => {
  test('Step/table.get reads one slot within the length', () => {
    const { requests, results } = asked([c32(-1), op('table.get', 0)], [units(7)], fn([], [funcref]));
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: within(0x1_0000_0000),
      actions: [{ kind: 'rd', ...slot(0xffff_ffff) }],
      site: { at, text: 'table.get', shows: 'ref' },
    });
    expect(results).toEqual([{ type: 'ref', id: 7 }]);
  });
  test('Step/table.get traps out of bounds', () => {
    expect(asked([c32(1), op('table.get', 0)], [OOB]).requests[1]).toEqual(
      trapped('out of bounds table access', 'table.get', 'ref'),
    );
  });
  test('Step/table.get of a 64-bit table takes an unsigned i64', () => {
    expect(asked([c64(-1n), op('table.get', 2)], []).requests[0]).toMatchObject({
      bounds: within(2 ** 64, wide),
      actions: [slot(2 ** 64, wide)],
    });
  });
  test('Step/table.set writes one slot within the length', () => {
    const { requests } = asked([c32(3), constant(NULL), op('table.set', 1)], [units()]);
    expect(requests).toEqual([
      {
        kind: 'access',
        bounds: within(4, second),
        actions: [{ kind: 'wr', ...slot(3, second), written: [0] }],
        site: { at, text: 'table.set', shows: null },
      },
      { kind: 'done' },
    ]);
    expect(asked([c32(3), constant(NULL), op('table.set', 1)], [OOB]).requests[1]).toEqual(
      trapped('out of bounds table access', 'table.set'),
    );
  });
});

describe('sizes', () => {
  const size = (length: (typeof first)['length']) => ({
    kind: 'access',
    bounds: null,
    actions: [{ kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
    site: { at, text: 'table.size', shows: 'i32' },
  });
  test('Step/table.size reads the length, sequentially consistently, at the table’s address type', () => {
    const { requests, results } = asked([op('table.size', 0)], [units(5)], fn([], ['i32']));
    expect(requests[0]).toEqual(size(first.length));
    expect(results).toEqual([i32(5)]);
    expect(asked([op('table.size', 2)], [units(5)], fn([], ['i64']))).toEqual({
      requests: [size(wide.length), { kind: 'done' }],
      results: [i64(5n)],
    });
  });
  test('Step/table.grow asks with the reference that new slots hold, up to the type’s maximum', () => {
    const grow = (delta: number, x: number) => [op('ref.func', 0), c32(delta), op('table.grow', x)];
    const { requests, results } = asked(grow(-1, 0), [{ kind: 'grown', previous: -1 }], fn([], ['i32']));
    expect(requests[0]).toEqual({
      kind: 'grow',
      length: first.length,
      content: first.elem,
      unit: 1,
      fill: 1,
      delta: 0xffff_ffff,
      max: 9,
      site: { at, text: 'table.grow', shows: null },
    });
    expect(results).toEqual([i32(-1)]);
    expect(asked(grow(2, 1), [{ kind: 'grown', previous: 4 }], fn([], ['i32']))).toMatchObject({
      requests: [{ max: 0xffff_ffff, delta: 2 }, { kind: 'done' }],
      results: [i32(4)],
    });
  });
  test('Step/table.grow of a 64-bit table counts in i64', () => {
    const body = [constant(NULL), c64(3n), op('table.grow', 2)];
    expect(asked(body, [{ kind: 'grown', previous: -1 }], fn([], ['i64']))).toMatchObject({
      requests: [{ max: 2 ** 64, delta: 3 }, { kind: 'done' }],
      results: [i64(-1n)],
    });
  });
});

describe('sizes of 64-bit memories', () => {
  const memories = [memory(1, 'shared', null, 'i64')];
  const in64 = (body: Expr, answers: readonly Response[]) => ask(fn([], ['i64']), body, answers, { memories });
  test('Step/memory.size and Step/memory.grow give i64', () => {
    expect(in64([op('memory.size', 0)], [units(2)]).results).toEqual([i64(2n)]);
    const { requests, results } = in64([c64(-1n), op('memory.grow', 0)], [{ kind: 'grown', previous: -1 }]);
    expect(requests[0]).toMatchObject({ delta: 2 ** 64, max: 2 ** 48 });
    expect(results).toEqual([i64(-1n)]);
  });
  test('Step/load adds offset and address without wrapping', () => {
    const load = op('i64.load', { kind: 'memarg', memarg: { memory: 0, offset: 2n ** 63n, align: 8 } });
    expect(in64([c64(-(2n ** 63n)), load], []).requests[0]).toMatchObject({
      bounds: { end: 2 ** 64 },
      actions: [{ offset: 2 ** 64 }],
    });
  });
});

describe('blocks of slots', () => {
  const three = (...operands: [number, number, number]) => operands.map(c32);
  const site = (text: string) => ({ at, text, shows: null });

  test('Step/table.fill is one write of equal references', () => {
    const fill = (n: number) => [c32(2), op('ref.func', 0), c32(n), op('table.fill', 0)];
    expect(asked(fill(5), [units()]).requests).toEqual([
      {
        kind: 'access',
        bounds: within(7),
        actions: [{ kind: 'wr', ...slots(2, 5), written: { fill: 1, length: 5 } }],
        site: site('table.fill'),
      },
      { kind: 'done' },
    ]);
    expect(asked(fill(0), [OOB]).requests).toEqual([
      { kind: 'access', bounds: within(2), actions: [], site: site('table.fill') },
      trapped('out of bounds table access', 'table.fill'),
    ]);
  });
  test('Step/table.copy within one table is one event', () => {
    expect(asked([...three(1, 4, 2), op('table.copy', pair(0, 0))], [units(0, 0)]).requests).toEqual([
      {
        kind: 'access',
        bounds: within(6),
        actions: [
          { kind: 'rd', ...slots(4, 2) },
          { kind: 'wr-copy', ...slots(1, 2), copies: 0 },
        ],
        site: site('table.copy'),
      },
      { kind: 'done' },
    ]);
  });
  test('Step/table.copy between two tables checks the destination first, and Step/copy-source then copies', () => {
    const body = [...three(1, 4, 2), op('table.copy', pair(0, 1))];
    expect(asked(body, [units(), OOB]).requests).toEqual([
      { kind: 'access', bounds: within(3), actions: [], site: site('table.copy') },
      {
        kind: 'access',
        bounds: within(6, second),
        actions: [
          { kind: 'rd', ...slots(4, 2, second) },
          { kind: 'wr-copy', ...slots(1, 2), copies: 0 },
        ],
        site: site('table.copy'),
      },
      trapped('out of bounds table access', 'table.copy'),
    ]);
    expect(asked(body, [OOB]).requests[1]).toEqual(trapped('out of bounds table access', 'table.copy'));
  });
});

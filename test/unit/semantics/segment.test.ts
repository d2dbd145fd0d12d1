import { describe, expect, test } from 'vitest';
import type { Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import { i31Id } from '../../../src/syntax/values.ts';
import { ask, at, OOB, trapped, units } from './ask.ts';
import { c32, dataSegment, elemSegment, fn, memory, op, pair, refType, table } from './build.ts';

/** Segments: the event that reads their length, and what follows. */

const mem = memory(1);
const tab = table(2, refType('any'));
const elems = [
  elemSegment(
    3,
    [5, 6, 7].map((i) => ({ type: 'ref', id: i31Id(i) })),
  ),
];
const datas = [dataSegment(4), dataSegment(5, 10, 11, 12, 13)];
const asked = (body: Expr, answers: readonly Response[]) =>
  ask(fn([], []), body, answers, { memories: [mem], tables: [tab], elems, datas });
const check = (length: unknown, end: number, text: string) => ({
  kind: 'access',
  bounds: { length, unit: 1, end },
  actions: [],
  site: { at, text, shows: null },
});
const block = (region: unknown, offset: number, size: number) => ({
  region,
  offset,
  size,
  order: 'unord',
  tearFree: false,
});
const operands = (...values: number[]) => values.map(c32);

describe('initialisation', () => {
  const memoryInit = (d: number, s: number, n: number) => [...operands(d, s, n), op('memory.init', pair(0, 1))];
  const tableInit = (d: number, s: number, n: number) => [...operands(d, s, n), op('table.init', pair(0, 0))];

  test('Step/memory.init checks the segment, and Step/init-write then writes its bytes', () => {
    expect(asked(memoryInit(100, 1, 2), [units(), units()]).requests).toEqual([
      check(datas[1]?.length, 3, 'memory.init'),
      {
        kind: 'access',
        bounds: { length: mem.length, unit: 65536, end: 102 },
        actions: [{ kind: 'wr', ...block(mem.data, 100, 2), written: Uint8Array.of(11, 12) }],
        site: { at, text: 'memory.init', shows: null },
      },
      { kind: 'done' },
    ]);
  });
  test('Step/memory.init traps beyond the segment, and Step/init-write beyond the memory', () => {
    const trap = trapped('out of bounds memory access', 'memory.init');
    expect(asked(memoryInit(0, 4, 1), [OOB]).requests).toEqual([check(datas[1]?.length, 5, 'memory.init'), trap]);
    expect(asked(memoryInit(-1, 0, 4), [units(), OOB]).requests.slice(1)).toEqual([
      expect.objectContaining({ bounds: { length: mem.length, unit: 65536, end: 0x1_0000_0003 } }),
      trap,
    ]);
  });
  test('Step/memory.init of nothing checks both', () => {
    expect(asked(memoryInit(7, 0, 0), [units(), units()]).requests).toEqual([
      check(datas[1]?.length, 0, 'memory.init'),
      { ...check(mem.length, 7, 'memory.init'), bounds: { length: mem.length, unit: 65536, end: 7 } },
      { kind: 'done' },
    ]);
  });
  test('Step/table.init writes the items that it names', () => {
    expect(asked(tableInit(8, 1, 2), [units(), units()]).requests).toEqual([
      check(elems[0]?.length, 3, 'table.init'),
      {
        kind: 'access',
        bounds: { length: tab.length, unit: 1, end: 10 },
        actions: [{ kind: 'wr', ...block(tab.elem, 8, 2), written: [i31Id(6), i31Id(7)] }],
        site: { at, text: 'table.init', shows: null },
      },
      { kind: 'done' },
    ]);
  });
  test('Step/table.init traps beyond the segment, and Step/init-write beyond the table', () => {
    const trap = trapped('out of bounds table access', 'table.init');
    expect(asked(tableInit(0, -1, 2), [OOB]).requests).toEqual([
      check(elems[0]?.length, 0x1_0000_0001, 'table.init'),
      trap,
    ]);
    expect(asked(tableInit(0, 0, 1), [units(), OOB]).requests[2]).toEqual(trap);
  });
});

describe('dropping', () => {
  const drop = (length: unknown, text: string) => ({
    kind: 'access',
    bounds: null,
    actions: [{ kind: 'wr', region: length, offset: 0, size: 1, order: 'unord', tearFree: true, written: [0] }],
    site: { at, text, shows: null },
  });
  test('Step/elem.drop and Step/data.drop make the length 0', () => {
    expect(asked([op('elem.drop', 0), op('data.drop', 1)], [units(), units()]).requests).toEqual([
      drop(elems[0]?.length, 'elem.drop'),
      drop(datas[1]?.length, 'data.drop'),
      { kind: 'done' },
    ]);
  });
  test('`Step/data.drop` and `Step/elem.drop` are of the segment that is named', () => {
    expect(asked([op('data.drop', 0)], []).requests[0]).toEqual(drop(datas[0]?.length, 'data.drop'));
  });
});

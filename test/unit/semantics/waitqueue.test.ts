import { describe, expect, test } from 'vitest';
import { type Addr, regionOf } from '../../../src/event/location.ts';
import type { Request, Response } from '../../../src/event/request.ts';
import type { Expr } from '../../../src/syntax/module.ts';
import type { ArrayType, StructType, SubType, ValType } from '../../../src/syntax/types.ts';
import { plainType } from '../../../src/syntax/types.ts';
import { i31Id, NULL } from '../../../src/syntax/values.ts';
import { ask, at, OOB, trapped } from './ask.ts';
import {
  array,
  c32,
  c64,
  constant,
  constantGlobal,
  fn,
  i32,
  memory,
  mutableGlobal,
  op,
  pair,
  refType,
  struct,
  table,
  threadLocal,
} from './build.ts';

/** Wait queues, and waits on everything: what they ask, to the letter, and in which order they trap. */

const eqref = refType('eq');
const unshared = (comp: StructType | ArrayType): SubType => plainType(comp, 'unshared');
const types = [struct('i8', 'i32', 'i64'), array('i64'), unshared(struct('i32')), unshared(array('i32'))];
const mutable = mutableGlobal(12, 'i64');
const globals = [
  mutable,
  constantGlobal(13, 'i32', i32(5)),
  threadLocal(14, 'i32', i32(5)),
  { ...mutable, type: { ...mutable.type, share: 'unshared' } } as typeof mutable,
];
const tables = [table(20, eqref), table(21, eqref, { share: 'unshared' })];
const memories = [memory(30), memory(31, 'unshared'), memory(32, 'shared', null, 'i64')];
const more = { types, globals, tables, memories };

const QUEUE = 901 as Addr;
const OBJECT = 900 as Addr;
const made = (addr: Addr): Response => ({ kind: 'new', addr });
const nothing = constant(NULL);
const queue = op('waitqueue.new');
const place = { region: regionOf(QUEUE, 'queue'), offset: 0 };
const asked = (body: Expr, answers: readonly Response[], results: readonly ValType[] = ['i32']) =>
  ask(fn([], results), body, answers, more);

describe('wait queues', () => {
  test('Step/waitqueue.new asks for an object without contents', () => {
    const { requests, results } = asked([queue], [made(QUEUE)], [refType('waitqueue')]);
    expect(requests[0]).toEqual({
      kind: 'new',
      field: 'queue',
      contents: [],
      layout: [],
      site: { at, text: 'waitqueue.new', shows: null },
    });
    expect(results).toEqual([{ type: 'ref', id: 1 }]);
  });
  test('Step/waitqueue.notify asks with an unsigned count and no bounds', () => {
    const { requests, results } = asked(
      [queue, c32(-1), op('waitqueue.notify')],
      [made(QUEUE), { kind: 'notified', woke: 3 }],
    );
    expect(requests[1]).toEqual({
      kind: 'notify',
      bounds: null,
      ...place,
      count: 0xffff_ffff,
      site: { at, text: 'waitqueue.notify', shows: null },
    });
    expect(results).toEqual([i32(3)]);
  });
  test('Step/waitqueue.notify of null traps', () => {
    expect(asked([nothing, c32(1), op('waitqueue.notify')], []).requests).toEqual([
      trapped('null waitqueue reference', 'waitqueue.notify'),
    ]);
  });
});

/** The wait that is asked with a new queue, and what its answer gives. */
function waited(body: Expr, before: readonly Addr[]): Request | undefined {
  const { requests, results } = asked(body, [...before.map(made), { kind: 'waited', result: 2 }]);
  expect(results).toEqual([i32(2)]);
  return requests.at(-2);
}

const wait = (text: string, shows: string, range: object, expected: number[], bounds: object | null = null) => ({
  kind: 'wait',
  bounds,
  read: { kind: 'rd', ...range, order: 'seqcst', tearFree: true },
  queue: place,
  expected,
  timeout: -1n,
  site: { at, text, shows },
});

describe('waits', () => {
  const forever = c64(-1n);
  const fieldWait = (object: Expr, q: Expr = [queue]) => [
    ...object,
    ...q,
    c32(7),
    forever,
    op('struct.wait', pair(0, 1)),
  ];
  test('Step/object.wait on a field', () => {
    expect(waited(fieldWait([op('struct.new_default', 0)]), [OBJECT, QUEUE])).toEqual(
      wait('struct.wait', 'i32', { region: regionOf(OBJECT, 'fields'), offset: 1, size: 4 }, [7, 0, 0, 0]),
    );
  });
  const elementWait = (object: Expr, i: number, q: Expr = [queue]) => [
    ...object,
    ...q,
    c32(i),
    c64(7n),
    forever,
    op('array.wait', 1),
  ];
  const ARRAY = [c32(4), op('array.new_default', 1)];
  test('Step/object.wait on an element', () => {
    expect(waited(elementWait(ARRAY, 3), [OBJECT, QUEUE])).toEqual(
      wait('array.wait', 'i64', { region: regionOf(OBJECT, 'elem'), offset: 24, size: 8 }, [7, 0, 0, 0, 0, 0, 0, 0]),
    );
  });
  const slotWait = (x: number, q: Expr = [queue]) => [
    ...q,
    c32(9),
    c32(7),
    op('ref.i31'),
    forever,
    op('table.wait', x),
  ];
  test('Step/object.wait on a slot has its bounds', () => {
    const range = { region: tables[0]?.elem, offset: 9, size: 1 };
    const bounds = { length: tables[0]?.length, unit: 1, end: 10 };
    expect(waited(slotWait(0), [QUEUE])).toEqual(wait('table.wait', 'ref', range, [i31Id(7)], bounds));
    expect(asked(slotWait(0), [made(QUEUE), OOB]).requests[2]).toEqual(
      trapped('out of bounds table access', 'table.wait', 'ref'),
    );
  });
  const wordWait = (address: number, x = 0, q: Expr = [queue]) => [
    ...q,
    c32(address),
    c32(7),
    forever,
    op('memory.wait32', x),
  ];
  test('Step/object.wait on a memory has its bounds', () => {
    const range = { region: memories[0]?.data, offset: 8, size: 4 };
    const bounds = { length: memories[0]?.length, unit: 65536, end: 12 };
    expect(waited(wordWait(8), [QUEUE])).toEqual(wait('memory.wait32', 'i32', range, [7, 0, 0, 0], bounds));
    expect(asked(wordWait(8), [made(QUEUE), OOB]).requests[2]).toEqual(
      trapped('out of bounds memory access', 'memory.wait32', 'i32'),
    );
    const wide = [queue, c64(16n), c64(7n), forever, op('memory.wait64', 2)];
    expect(waited(wide, [QUEUE])).toMatchObject({ read: { region: memories[2]?.data, offset: 16, size: 8 } });
  });
  const globalWait = (x: number, expected: Expr, q: Expr = [queue]) => [
    ...q,
    ...expected,
    forever,
    op('global.wait', x),
  ];
  test('Step/global.wait on a mutable one', () => {
    expect(waited(globalWait(0, [c64(7n)]), [QUEUE])).toEqual(
      wait(
        'global.wait',
        'i64',
        { region: mutable.kind === 'mutable' ? mutable.val : 0, offset: 0, size: 8 },
        [7, 0, 0, 0, 0, 0, 0, 0],
      ),
    );
  });
  test('Step/global.wait on a constant compares at once', () => {
    expect(asked(globalWait(1, [c32(6)]), [made(QUEUE)])).toMatchObject({
      requests: [{ kind: 'new' }, { kind: 'done' }],
      results: [i32(1)],
    });
    expect(asked(globalWait(1, [c32(5)]), [made(QUEUE)]).requests[1]).toEqual(
      trapped('expected mutable global', 'global.wait', 'i32'),
    );
  });

  const traps = (body: Expr, reason: string, text: string, shows: string, ...before: Addr[]) =>
    expect(asked(body, before.map(made)).requests.slice(before.length)).toEqual([trapped(reason, text, shows)]);
  test('Step/object.wait traps: first for the object, then the queue, the index, the alignment, the share', () => {
    traps(fieldWait([nothing], [nothing]), 'null structure reference', 'struct.wait', 'i32');
    traps(elementWait([nothing], 0, [nothing]), 'null array reference', 'array.wait', 'i64');
    const noQueue = 'null waitqueue reference';
    traps(fieldWait([op('struct.new_default', 0)], [nothing]), noQueue, 'struct.wait', 'i32', OBJECT);
    traps(elementWait(ARRAY, 9, [nothing]), noQueue, 'array.wait', 'i64', OBJECT);
    traps(elementWait(ARRAY, 4), 'out of bounds array access', 'array.wait', 'i64', OBJECT, QUEUE);
    traps(wordWait(2, 1, [nothing]), noQueue, 'memory.wait32', 'i32');
    traps(wordWait(2, 1), 'unaligned atomic', 'memory.wait32', 'i32', QUEUE);
    traps(wordWait(4, 1), 'expected shared memory', 'memory.wait32', 'i32', QUEUE);
    traps(slotWait(1), 'expected shared table', 'table.wait', 'ref', QUEUE);
    traps(slotWait(0, [nothing]), noQueue, 'table.wait', 'ref');
  });
  test('Step/object.wait traps on an unshared structure or array', () => {
    const structure = [op('struct.new_default', 2), queue, c32(0), forever, op('struct.wait', pair(2, 0))];
    traps(structure, 'expected shared structure', 'struct.wait', 'i32', OBJECT, QUEUE);
    const elements = [c32(1), op('array.new_default', 3), queue, c32(0), c32(0), forever, op('array.wait', 3)];
    traps(elements, 'expected shared array', 'array.wait', 'i32', OBJECT, QUEUE);
  });
  test('Step/global.wait traps: first for the queue, then the share', () => {
    traps(globalWait(3, [c64(0n)], [nothing]), 'null waitqueue reference', 'global.wait', 'i64');
    traps(globalWait(1, [c32(5)], [nothing]), 'null waitqueue reference', 'global.wait', 'i32');
    traps(globalWait(3, [c64(0n)]), 'expected shared global', 'global.wait', 'i64', QUEUE);
    traps(globalWait(2, [c32(5)]), 'expected shared global', 'global.wait', 'i32', QUEUE);
  });
});

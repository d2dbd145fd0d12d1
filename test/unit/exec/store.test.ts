import { describe, expect, test } from 'vitest';
import { NOWHERE } from '../../../src/base/span.ts';
import type { Addr } from '../../../src/event/location.ts';
import { regionOf } from '../../../src/event/location.ts';
import type { AccessRequest, AskedAction, NotifyRequest, WaitRequest } from '../../../src/event/request.ts';
import type { StoreOptions } from '../../../src/exec/store.ts';
import { SharedStore } from '../../../src/exec/store.ts';

const LENGTH = regionOf(1 as Addr, 'length');
const DATA = regionOf(1 as Addr, 'data');
const ELEM = regionOf(2 as Addr, 'elem');
const site = { at: NOWHERE, text: 'test', shows: null };
const access = (region: typeof DATA, offset: number, size: number) =>
  ({ region, offset, size, order: 'seqcst', tearFree: true }) as const;

function storeOf(bytes: readonly number[], options: StoreOptions = { writeBack: false }): SharedStore {
  const store = new SharedStore(options);
  store.alloc([
    { kind: 'wr', ...access(LENGTH, 0, 1), order: 'init', written: [1] },
    { kind: 'wr', ...access(DATA, 0, 65536), order: 'init', written: { fill: 0, length: 65536 } },
    { kind: 'wr', ...access(DATA, 0, bytes.length), order: 'init', written: bytes },
  ]);
  return store;
}

function ask(end: number, ...actions: AskedAction[]): AccessRequest {
  return { kind: 'access', bounds: { length: LENGTH, unit: 65536, end }, actions, site };
}

const wait = (expected: number, timeout = -1n): WaitRequest => ({
  kind: 'wait',
  bounds: { length: LENGTH, unit: 65536, end: 4 },
  read: { kind: 'rd', ...access(DATA, 0, 4) },
  queue: { region: DATA, offset: 0 },
  expected: [expected, 0, 0, 0],
  timeout,
  site,
});
const notify = (count: number, offset = 0): NotifyRequest => ({
  kind: 'notify',
  bounds: { length: LENGTH, unit: 65536, end: offset + 4 },
  region: DATA,
  offset,
  count,
  site,
});

describe('a sequentially consistent store', () => {
  test('answers all reads of a request, in order, before its writes', () => {
    const store = storeOf([1, 2, 3]);
    const request = ask(
      8,
      { kind: 'rd', ...access(DATA, 0, 2) },
      { kind: 'wr-copy', ...access(DATA, 1, 2), copies: 0 },
      { kind: 'rd', ...access(DATA, 2, 1) },
    );
    expect(store.access(request)).toEqual({ kind: 'units', units: [1, 2, 3] });
    expect([...(store.read(DATA, 0, 4) as Uint8Array)]).toEqual([1, 1, 2, 0]);
  });

  test('leaves everything as it is where an access is out of bounds', () => {
    const store = storeOf([1]);
    expect(store.access(ask(65537, { kind: 'wr', ...access(DATA, 0, 1), written: [9] }))).toEqual({
      kind: 'out-of-bounds',
    });
    expect(store.read(DATA, 0, 1)[0 as never]).toBe(1);
  });

  test('a failing compare-exchange writes nothing, under both readings of it', () => {
    for (const writeBack of [false, true]) {
      const store = storeOf([5], { writeBack });
      const update = { op: 'cmpxchg', expected: [4], replacement: [9] } as const;
      expect(store.access(ask(1, { kind: 'rmw', ...access(DATA, 0, 1), update }))).toEqual({
        kind: 'units',
        units: Uint8Array.of(5),
      });
      expect(store.read(DATA, 0, 1)[0 as never]).toBe(5);
    }
  });

  test('growth keeps the bytes, adds zeroes and answers the length before', () => {
    const store = storeOf([7]);
    const grow = { kind: 'grow', length: LENGTH, content: DATA, unit: 65536, fill: 0, delta: 1, max: 2, site } as const;
    expect(store.grow(grow, false)).toEqual({ kind: 'grown', previous: -1 });
    expect(store.grow(grow)).toEqual({ kind: 'grown', previous: 1 });
    expect(store.grow(grow)).toEqual({ kind: 'grown', previous: -1 });
    expect(store.read(LENGTH, 0, 1)).toEqual([2]);
    expect(store.direct(DATA).bytes).toHaveLength(131072);
    expect([store.direct(DATA).bytes[0], store.direct(DATA).bytes[131071]]).toEqual([7, 0]);
  });

  test('a wait on another value is answered at once, on this one it blocks until notified', () => {
    const store = storeOf([3]);
    expect(store.answer(wait(4))).toEqual({ kind: 'waited', result: 1 });
    const first = store.answer(wait(3));
    const second = store.answer(wait(3));
    expect([first, second]).toEqual([
      { kind: 'waiter', woken: false },
      { kind: 'waiter', woken: false },
    ]);
    expect(store.answer(notify(4, 8))).toEqual({ kind: 'notified', woke: 0 });
    expect(store.answer(notify(1))).toEqual({ kind: 'notified', woke: 1 });
    expect([first, second]).toMatchObject([{ woken: true }, { woken: false }]);
    expect(store.answer(notify(5))).toEqual({ kind: 'notified', woke: 1 });
  });

  test('a waiter that gave up is not woken', () => {
    const store = storeOf([3]);
    const waiter = store.wait(wait(3, 0n));
    if (waiter.kind !== 'waiter') throw new Error('it waits');
    store.giveUp(wait(3, 0n), waiter);
    expect(store.notify(notify(1))).toEqual({ kind: 'notified', woke: 0 });
    expect(waiter.woken).toBe(false);
  });

  test('regions other than bytes hold numbers', () => {
    const store = new SharedStore();
    store.alloc([{ kind: 'wr', ...access(ELEM, 0, 3), order: 'init', written: { fill: 0, length: 3 } }]);
    store.access({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'wr', ...access(ELEM, 1, 1), written: [70_000] }],
      site,
    });
    expect(store.read(ELEM, 0, 3)).toEqual([0, 70_000, 0]);
  });

  test("leaves to the scheduler what is the scheduler's", () => {
    const store = new SharedStore();
    expect(store.answer({ kind: 'done' })).toBe(null);
    expect(store.answer({ kind: 'fork', start: { key: 'a' }, name: null, site })).toBe(null);
    expect(store.answer({ kind: 'fence', order: 'seqcst', site })).toEqual({ kind: 'unit' });
  });

  test('holds a global as words: bytes of a number, or one id', () => {
    const number = regionOf(3 as Addr, 'val');
    const reference = regionOf(4 as Addr, 'val');
    const store = new SharedStore();
    store.alloc([
      { kind: 'wr', ...access(number, 0, 8), order: 'init', written: [1, 2, 3, 4, 5, 6, 7, 0x80] },
      { kind: 'wr', ...access(reference, 0, 1), order: 'init', written: [-7] },
    ]);
    expect([...store.value(number).words]).toEqual([0x0403_0201, 0x8007_0605 | 0, 0, 0]);
    expect(store.value(reference).words[0]).toBe(-7);
    expect(store.read(reference, 0, 1)).toEqual([-7]);
    store.value(number).doubles[0] = 1;
    expect([...(store.read(number, 0, 8) as Uint8Array)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });

  test('copies itself', () => {
    const store = storeOf([1, 2, 3, 4]);
    const value = regionOf(3 as Addr, 'val');
    store.value(value).words[0] = 5;
    store.wait({ ...wait(1), expected: [1, 2, 3, 4] });
    const copy = store.clone();
    store.direct(DATA).bytes[0] = 9;
    store.value(value).words[0] = 6;
    expect([...(copy.read(DATA, 0, 2) as Uint8Array), copy.value(value).words[0]]).toEqual([1, 2, 5]);
    expect(copy.notify(notify(1))).toEqual({ kind: 'notified', woke: 0 });
    const fresh = { kind: 'new', field: 'fields', contents: [1], layout: [1], site } as const;
    expect(copy.answer(fresh)).toEqual(store.answer(fresh));
  });

  test('lets memories together have so many pages', () => {
    const store = storeOf([], { writeBack: false, pages: 3 });
    const grow = { kind: 'grow', length: LENGTH, content: DATA, unit: 65536, fill: 0, max: 10, site } as const;
    expect(store.pages).toBe(1);
    expect(store.grow({ ...grow, delta: 3 })).toEqual({ kind: 'grown', previous: -1 });
    expect(store.grow({ ...grow, delta: 2 })).toEqual({ kind: 'grown', previous: 1 });
    expect([store.pages, store.grow({ ...grow, delta: 1 })]).toEqual([3, { kind: 'grown', previous: -1 }]);
  });
});

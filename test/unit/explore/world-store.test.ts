import { describe, expect, test } from 'vitest';
import type { EventId } from '../../../src/event/execution.ts';
import { addrOf, MAIN, regionOf } from '../../../src/event/location.ts';
import type { Range } from '../../../src/event/location.ts';
import { queueKey, WorldStore } from '../../../src/explore/world-store.ts';

const region = regionOf(addrOf(MAIN, 0), 'data');
const at = (offset: number, size: number): Range => ({ region, offset, size });
const event = (n: number): EventId => n as EventId;

describe('the store of a sequentially consistent world', () => {
  test('answers every unit with its latest writer', () => {
    const store = new WorldStore();
    store.write(at(0, 64), { fill: 0, length: 64 }, event(0));
    store.write(at(2, 2), [7, 8], event(1));
    expect(store.read(at(1, 4))).toEqual({ units: [0, 7, 8, 0], writers: [0, 1, 1, 0] });
  });

  test('lets a later fill hide earlier units, and a later unit a fill', () => {
    const store = new WorldStore();
    store.write(at(0, 1), [1], event(0));
    store.write(at(0, 64), { fill: 5, length: 64 }, event(1));
    store.write(at(1, 1), [9], event(2));
    store.write(at(60, 8), [1, 2, 3, 4, 5, 6, 7, 8], event(3));
    expect(store.read(at(0, 3))).toEqual({ units: [5, 9, 5], writers: [1, 2, 1] });
    expect(store.read(at(59, 3))).toEqual({ units: [5, 1, 2], writers: [1, 3, 3] });
  });

  test('undoes writes, fills, queues and whole regions', () => {
    const store = new WorldStore();
    const empty = store.mark();
    store.write(at(0, 64), { fill: 0, length: 64 }, event(0));
    const mark = store.mark();
    store.write(at(0, 2), [1, 2], event(1));
    store.write(at(0, 32), { fill: 3, length: 32 }, event(2));
    store.setQueue(queueKey(region, 0), { waiting: [MAIN], last: event(3) });
    store.undoTo(mark);
    expect(store.read(at(0, 2))).toEqual({ units: [0, 0], writers: [0, 0] });
    expect(store.queue(queueKey(region, 0))).toEqual({ waiting: [], last: null });
    store.undoTo(empty);
    expect(() => store.read(at(0, 1))).toThrow('region is missing');
  });
});

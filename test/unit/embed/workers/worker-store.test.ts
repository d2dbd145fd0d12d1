import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { WorkerStore } from '../../../../src/embed/workers/worker-store.ts';
import type { Request } from '../../../../src/event/request.ts';
import { SharedStore } from '../../../../src/exec/store.ts';
import { MAIN } from '../../../../src/event/location.ts';
import type { ModuleInst } from '../../../../src/runtime/instance.ts';
import { placeInstance } from '../../../../src/runtime/place-instance.ts';
import { Refs } from '../../../../src/runtime/references.ts';
import { validModule } from '../../runtime/support.ts';

const MODULE = validModule(`(module
  (memory 1 3 shared) (memory 1)
  (global (shared mut i32) (i32.const 7)) (global (shared mut i64) (i64.const -8)) (global (mut i64) (i64.const 9))
  (data (i32.const 60) "some bytes"))`);

function place(store: SharedStore | WorkerStore): ModuleInst {
  const naming = { thread: MAIN, instances: 0, allocations: 0, refs: new Refs() };
  const prepare = store instanceof WorkerStore ? store.prepare.bind(store) : () => {};
  const placed = placeInstance(
    MODULE,
    () => null,
    naming,
    store,
    ({ instance }) => prepare(instance),
  );
  if (!placed.ok) throw new Error(placed.error.message);
  return placed.value.instance;
}

const INSTANCE = place(new SharedStore());
const site = { at: { start: 0, end: 0 }, text: 'test', shows: null };
const unit = fc.integer({ min: 0, max: 255 });
const bytes = (n: number): fc.Arbitrary<number[]> => fc.array(unit, { minLength: n, maxLength: n });

/** Accesses of a region, of one, two, four, eight or sixteen bytes, aligned or not, atomic or not. */
function accesses(region: number, most: number, length: number | null): fc.Arbitrary<Request> {
  return fc
    .record({
      size: fc.constantFrom(...[1, 2, 4, 8, 16].filter((n) => n <= most && (length !== null || n === most))),
      at: fc.nat(100),
    })
    .chain(({ size, at }) => {
      const offset = length === null ? 0 : at < 90 ? at : 65536 - size + at - 95;
      const where = { region, offset, size, order: offset % size === 0 ? 'seqcst' : 'unord', tearFree: false } as const;
      const bounds = length === null ? null : { length, unit: 65536, end: offset + size };
      const actions = fc.oneof(
        fc.constant({ kind: 'rd', ...where }),
        bytes(size).map((written) => ({ kind: 'wr', ...where, written })),
        ...(size > 8 || offset % size !== 0 || (length === null && size < 4)
          ? []
          : [
              fc
                .tuple(fc.constantFrom('add', 'sub', 'and', 'or', 'xor', 'xchg'), bytes(size))
                .map(([op, operand]) => ({ kind: 'rmw', ...where, update: { op, operand } })),
              fc.tuple(fc.boolean(), bytes(size), bytes(size)).map(([zero, expected, replacement]) => ({
                kind: 'rmw',
                ...where,
                update: { op: 'cmpxchg', expected: zero ? expected.map(() => 0) : expected, replacement },
              })),
            ]),
      );
      return actions.map((action) => ({ kind: 'access', bounds, actions: [action], site }) as unknown as Request);
    });
}

function requests(): fc.Arbitrary<Request> {
  const [shared, own] = [known(INSTANCE.memories[0], 'memory'), known(INSTANCE.memories[1], 'memory')];
  const [small, long, mine] = INSTANCE.globals.map((global) =>
    known(global.kind === 'mutable' ? global.val : undefined, 'global'),
  );
  const copy = { size: 8, order: 'unord', tearFree: false } as const;
  return fc.oneof(
    accesses(shared.data, 16, shared.length),
    accesses(own.data, 16, own.length),
    accesses(known(small, 'global'), 4, null),
    accesses(known(long, 'global'), 8, null),
    accesses(known(mine, 'global'), 8, null),
    fc.nat(2).map(
      (delta): Request => ({
        kind: 'grow',
        length: shared.length,
        content: shared.data,
        unit: 65536,
        fill: 0,
        delta,
        max: 3,
        site,
      }),
    ),
    fc.tuple(fc.nat(200), fc.nat(200), fc.boolean()).map(
      ([from, to, across]): Request => ({
        kind: 'access',
        bounds: { length: shared.length, unit: 65536, end: Math.max(from, to) + 8 },
        actions: [
          { kind: 'rd', region: shared.data, offset: from, ...copy },
          { kind: 'wr-copy', region: across ? own.data : shared.data, offset: to, ...copy, copies: 0 },
        ],
        site,
      }),
    ),
    fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 300 })).map(
      ([offset, length]): Request => ({
        kind: 'access',
        bounds: { length: shared.length, unit: 65536, end: offset + length },
        actions: [
          {
            kind: 'wr',
            region: shared.data,
            offset,
            size: length,
            order: 'unord',
            tearFree: false,
            written: { fill: 5, length },
          },
        ],
        site,
      }),
    ),
    fc.nat(20).map(
      (i): Request => ({
        kind: 'notify',
        bounds: { length: shared.length, unit: 65536, end: 4 * i + 4 },
        region: shared.data,
        offset: 4 * i,
        count: 3,
        site,
      }),
    ),
  );
}

/** Answers as plain lists of units. */
function plain(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'units' in answer
    ? { ...answer, units: Array.from(answer.units as ArrayLike<number>) }
    : answer;
}

describe('a store over buffers that workers share', () => {
  property.prop([fc.array(requests(), { maxLength: 40 })], { seed: 5, numRuns: 300 })(
    'answers as any other store does',
    (asked) => {
      const [one, other] = [new SharedStore(), new WorkerStore({ writeBack: false })];
      place(one);
      const instance = place(other);
      // A second one over the same buffers, as a worker has it: they take turns.
      const worker = new WorkerStore({ writeBack: false });
      worker.attach(other.partsOf(instance));
      place(worker);
      worker.attach(null);
      const own = new Set([
        known(instance.memories[1], 'memory').data,
        ...instance.globals.slice(2).map((g) => (g.kind === 'mutable' ? g.val : 0)),
      ]);
      for (const [i, request] of asked.entries()) {
        const touchesOwn = request.kind === 'access' && request.actions.some(({ region }) => own.has(region as never));
        const store = i % 2 === 0 || touchesOwn ? other : worker;
        expect(plain(store.answer(request))).toEqual(plain(one.answer(request)));
      }
      const { data } = known(instance.memories[0], 'memory');
      expect(Buffer.from(worker.direct(data).bytes).equals(Buffer.from(one.direct(data).bytes))).toBe(true);
    },
  );

  test('a clone has buffers of its own', () => {
    const store = new WorkerStore({ writeBack: false });
    const { memories, globals } = place(store);
    const [memory] = memories;
    const { data, length } = known(memory, 'memory');
    const copy = store.clone();
    copy.direct(data).bytes[60] = 1;
    const [global] = globals;
    if (global?.kind === 'mutable') copy.value(global.val).words[0] = 1;
    expect(copy.answer({ kind: 'grow', length, content: data, unit: 65536, fill: 0, delta: 1, max: 3, site })).toEqual({
      kind: 'grown',
      previous: 1,
    });
    expect([store.direct(data).bytes[60], store.cells(length), copy.cells(length)]).toEqual([115, [1], [2]]);
    expect(
      global?.kind === 'mutable' ? [store.value(global.val).words[0], copy.value(global.val).words[0]] : [],
    ).toEqual([7, 1]);
  });
});

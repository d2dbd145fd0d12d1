import { describe, expect, test } from 'vitest';
import type { Expr, Immediate } from '../../../src/syntax/module.ts';
import type { FuncType, ValType } from '../../../src/syntax/types.ts';
import type { Response } from '../../../src/event/request.ts';
import { NULL, type Value } from '../../../src/syntax/values.ts';
import { ask as askOf, at, OOB, trapped, units } from './ask.ts';
import {
  alone,
  atomic,
  c32,
  c64,
  constant,
  constantGlobal,
  fn,
  i32,
  i64,
  memarg,
  memory,
  mutableGlobal,
  op,
  threadLocal,
} from './build.ts';
import { run } from './world.ts';

/** What each instruction asks, to the letter, and what it makes of the answer. */

const mem = memory(1, 'shared', 5n);
const other = memory(2);
const unshared = memory(3, 'unshared');
const memories = [mem, other, unshared, memory(1)];
const { data, length } = mem;
const bounds = (end: number, region = length) => ({ length: region, unit: 65536, end });
const ask = (type: FuncType, body: Expr, answers: readonly Response[], more: Parameters<typeof askOf>[3] = {}) =>
  askOf(type, body, answers, { memories, ...more });

const three = (...operands: [number, number, number]) => operands.map(c32);
const copy = (x: number, y: number) => op('memory.copy', { kind: 'index-pair', x, y });
const wait32 = (address: number, memory = 0) => [
  c32(address),
  c32(-2),
  c64(-1n),
  op('memory.atomic.wait32', memarg(4n, memory)),
];
const notify = (address: number, memory = 0) => [c32(address), c32(-1), op('memory.atomic.notify', memarg(4n, memory))];

describe('loads and stores', () => {
  test('Step/load asks for the bytes at the unsigned address plus offset', () => {
    const { requests, results } = ask(
      fn([], ['i32']),
      [c32(-4), op('i32.load', memarg(0xffff_ffffn))],
      [units(0xff, 0xff, 0xff, 0x7f)],
    );
    const ea = 0xffff_fffc + 0xffff_ffff;
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: bounds(ea + 4),
      actions: [{ kind: 'rd', region: data, offset: ea, size: 4, order: 'unord', tearFree: false }],
      site: { at, text: 'i32.load', shows: 'i32' },
    });
    expect(results).toEqual([i32(0x7fff_ffff)]);
  });
  test.each([
    ['i32.load', 8, true],
    ['i32.load', 9, false],
    ['i32.load16_u', 2, true],
    ['i32.load16_u', 3, false],
    ['i32.load8_u', 3, true],
    ['i64.load', 8, false],
    ['f64.load', 8, false],
    ['f32.load', 8, true],
    ['i64.load32_s', 8, true],
    ['i64.load32_s', 10, false],
  ])('Step/load: %s at %i is tear-free: %s', (mnemonic, address, tearFree) => {
    const { requests } = ask(fn([], []), [c32(address), op(mnemonic, memarg())], []);
    expect(requests[0]).toMatchObject({ actions: [{ tearFree, order: 'unord' }] });
  });
  test.each([
    ['i32.load', 'i32'],
    ['i64.load', 'i64'],
    ['f32.load', 'f32'],
    ['f64.load', 'f64'],
    ['i64.load32_u', 'i32'],
    ['i32.load8_s', 'i8'],
    ['i64.load16_u', 'i16'],
  ])('Step/load: what %s reads is shown as %s', (mnemonic, shows) => {
    expect(ask(fn([], []), [c32(0), op(mnemonic, memarg())], []).requests[0]).toMatchObject({
      site: { text: mnemonic, shows },
    });
  });
  test.each<[string, Value, number[]]>([
    ['i32.load8_s', i32(-2), [0xfe]],
    ['i32.load8_u', i32(0xfe), [0xfe]],
    ['i64.load32_s', i64(-2n), [0xfe, 0xff, 0xff, 0xff]],
    ['i64.load32_u', i64(0xffff_fffen), [0xfe, 0xff, 0xff, 0xff]],
    ['f32.load', { type: 'f32', bits: 0x7f80_0001 }, [1, 0, 0x80, 0x7f]],
  ])('Step/load: %s gives %o', (mnemonic, value, bytes) => {
    const type = fn([], [value.type as ValType]);
    expect(ask(type, [c32(0), op(mnemonic, memarg())], [units(...bytes)]).results).toEqual([value]);
  });
  test('Step/load traps where it was out of bounds', () => {
    const { requests } = ask(fn([], ['i64']), [c32(0), op('i64.load', memarg())], [OOB]);
    expect(requests[1]).toEqual(trapped('out of bounds memory access', 'i64.load', 'i64'));
  });
  test('Step/load reaches the memory that it names', () => {
    expect(ask(fn([], ['i32']), [c32(0), op('i32.load', memarg(4n, 1))], []).requests[0]).toMatchObject({
      bounds: bounds(8, other.length),
      actions: [{ region: other.data, offset: 4 }],
    });
  });

  test('Step/store writes the lowest bytes, the least significant first', () => {
    const { requests, results } = ask(
      fn([], []),
      [c32(16), c64(0x1122_3344_5566_7788n), op('i64.store16', memarg(1n))],
      [units()],
    );
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: bounds(19),
      actions: [
        {
          kind: 'wr',
          region: data,
          offset: 17,
          size: 2,
          order: 'unord',
          tearFree: false,
          written: Uint8Array.of(0x88, 0x77),
        },
      ],
      site: { at, text: 'i64.store16', shows: null },
    });
    expect(results).toEqual([]);
  });
  test('Step/store writes a float’s bits', () => {
    const { requests } = ask(
      fn([], []),
      [c32(0), constant({ type: 'f64', bits: 0x7ff0_0000_0000_0001n }), op('f64.store', memarg())],
      [],
    );
    expect(requests[0]).toMatchObject({
      actions: [{ written: Uint8Array.of(1, 0, 0, 0, 0, 0, 0xf0, 0x7f), tearFree: false }],
    });
  });
  test('Step/store traps where it was out of bounds', () => {
    expect(ask(fn([], []), [c32(0), c32(1), op('i32.store8', memarg())], [OOB]).requests[1]).toEqual(
      trapped('out of bounds memory access', 'i32.store8'),
    );
  });
});

describe('atomic accesses', () => {
  test.each<[Immediate, string]>([
    [atomic(), 'seqcst'],
    [atomic('seqcst'), 'seqcst'],
    [atomic('acqrel'), 'acqrel'],
  ])('Step/load: %o has order %s', (imm, order) => {
    expect(ask(fn([], ['i64']), [c32(8), op('i64.atomic.load', imm)], []).requests[0]).toMatchObject({
      actions: [{ kind: 'rd', order, tearFree: true, size: 8 }],
    });
    expect(ask(fn([], []), [c32(8), c32(1), op('i32.atomic.store', imm)], []).requests[0]).toMatchObject({
      actions: [{ kind: 'wr', order, tearFree: true }],
    });
    expect(ask(fn([], ['i32']), [c32(8), c32(1), op('i32.atomic.rmw.add', imm)], []).requests[0]).toMatchObject({
      actions: [{ kind: 'rmw', order, tearFree: true }],
    });
  });

  const two = [c32(1), c32(1)];
  test.each<[string, Expr, string | null]>([
    ['i32.atomic.load', [], 'i32'],
    ['i64.atomic.load32_u', [], 'i32'],
    ['i32.atomic.store16', [c32(1)], null],
    ['i64.atomic.rmw.xchg', [c64(1n)], 'i64'],
    ['i32.atomic.rmw16.cmpxchg_u', two, 'i16'],
  ])('Step/…: a misaligned %s traps without asking', (mnemonic, operands, shows) => {
    expect(ask(fn([], []), [c32(1), ...operands, op(mnemonic, atomic())], []).requests).toEqual([
      trapped('unaligned atomic', mnemonic, shows),
    ]);
  });
  test('Step/load: alignment is of the effective address', () => {
    expect(ask(fn([], ['i32']), [c32(1), op('i32.atomic.load', atomic('none', 3n))], []).requests[0]).toMatchObject({
      kind: 'access',
      actions: [{ offset: 4 }],
    });
  });

  test('Step/rmw gives the wrapped operand as data and the zero-extended value read', () => {
    const { requests, results } = ask(
      fn([], ['i64']),
      [c32(2), c64(-2n), op('i64.atomic.rmw16.sub_u', atomic())],
      [units(0xff, 0xff)],
    );
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: bounds(4),
      actions: [
        {
          kind: 'rmw',
          region: data,
          offset: 2,
          size: 2,
          order: 'seqcst',
          tearFree: true,
          update: { op: 'sub', operand: Uint8Array.of(0xfe, 0xff) },
        },
      ],
      site: { at, text: 'i64.atomic.rmw16.sub_u', shows: 'i16' },
    });
    expect(results).toEqual([i64(0xffffn)]);
  });
  test('Step/rmw traps where it was out of bounds', () => {
    expect(ask(fn([], ['i32']), [c32(4), c32(0), op('i32.atomic.rmw.or', atomic())], [OOB]).requests[1]).toEqual(
      trapped('out of bounds memory access', 'i32.atomic.rmw.or', 'i32'),
    );
  });
  test('Step/cmpxchg wraps the expected value and the replacement', () => {
    const { requests, results } = ask(
      fn([], ['i32']),
      [c32(3), c32(0x11111111), c32(0xcdcdcdcd), op('i32.atomic.rmw8.cmpxchg_u', atomic('acqrel'))],
      [units(0x91)],
    );
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: bounds(4),
      actions: [
        {
          kind: 'rmw',
          region: data,
          offset: 3,
          size: 1,
          order: 'acqrel',
          tearFree: true,
          update: { op: 'cmpxchg', expected: Uint8Array.of(0x11), replacement: Uint8Array.of(0xcd) },
        },
      ],
      site: { at, text: 'i32.atomic.rmw8.cmpxchg_u', shows: 'i8' },
    });
    expect(results).toEqual([i32(0x91)]);
  });
  test('Step/cmpxchg traps where it was out of bounds', () => {
    expect(
      ask(fn([], ['i32']), [c32(0), c32(0), c32(0), op('i32.atomic.rmw.cmpxchg', atomic())], [OOB]).requests[1],
    ).toMatchObject({ kind: 'trap', reason: 'out of bounds memory access' });
  });
  test.each([
    ['none', 'seqcst'],
    ['seqcst', 'seqcst'],
    ['acqrel', 'acqrel'],
  ] as const)('Step/fence: %s is %s', (order, expected) => {
    const { requests } = ask(fn([], []), [op('atomic.fence', { kind: 'order', order })], [{ kind: 'unit' }]);
    expect(requests).toEqual([
      { kind: 'fence', order: expected, site: { at, text: 'atomic.fence', shows: null } },
      { kind: 'done' },
    ]);
  });
});

describe('sizes and blocks of memory', () => {
  test('Step/memory.size reads the length, sequentially consistently', () => {
    const { requests, results } = ask(fn([], ['i32']), [op('memory.size', 0)], [units(65536)]);
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true }],
      site: { at, text: 'memory.size', shows: 'i32' },
    });
    expect(results).toEqual([i32(65536)]);
  });
  test('Step/memory.grow asks for as many pages as its operand says, unsigned', () => {
    const { requests, results } = ask(
      fn([], ['i32']),
      [c32(-1), op('memory.grow', 0)],
      [{ kind: 'grown', previous: -1 }],
    );
    expect(requests[0]).toMatchObject({
      kind: 'grow',
      length,
      content: data,
      unit: 65536,
      fill: 0,
      delta: 0xffff_ffff,
      max: 5,
      site: { text: 'memory.grow' },
    });
    expect(results).toEqual([i32(-1)]);
    expect(ask(fn([], ['i32']), [c32(1), op('memory.grow', 1)], [{ kind: 'grown', previous: 2 }])).toMatchObject({
      requests: [{ max: 65536 }, { kind: 'done' }],
      results: [i32(2)],
    });
  });

  test('Step/memory.fill is one write of equal bytes', () => {
    const { requests } = ask(fn([], []), [...three(8, 0x1ff, 300), op('memory.fill', 0)], [units()]);
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: bounds(308),
      actions: [
        {
          kind: 'wr',
          region: data,
          offset: 8,
          size: 300,
          order: 'unord',
          tearFree: false,
          written: { fill: 0xff, length: 300 },
        },
      ],
      site: { at, text: 'memory.fill', shows: null },
    });
  });
  test('Step/memory.fill of nothing still checks its bounds', () => {
    const { requests } = ask(fn([], []), [...three(-1, 1, 0), op('memory.fill', 0)], [OOB]);
    expect(requests).toEqual([
      { kind: 'access', bounds: bounds(0xffff_ffff), actions: [], site: { at, text: 'memory.fill', shows: null } },
      trapped('out of bounds memory access', 'memory.fill'),
    ]);
  });

  const read = { kind: 'rd', region: data, offset: 40, size: 4, order: 'unord', tearFree: false } as const;
  test.each([
    [0, 0],
    [0, 3],
    [3, 0],
  ])('Step/memory.copy within one memory (%i %i) is one event', (x, y) => {
    const { requests } = ask(fn([], []), [...three(8, 40, 4), copy(x, y)], [units(1, 2, 3, 4)]);
    expect(requests).toMatchObject([
      {
        kind: 'access',
        bounds: bounds(44),
        actions: [read, { ...read, kind: 'wr-copy', offset: 8, copies: 0 }],
        site: { at, text: 'memory.copy' },
      },
      { kind: 'done' },
    ]);
  });
  test('Step/memory.copy of nothing still checks its bounds', () => {
    expect(ask(fn([], []), [...three(8, 65537, 0), copy(0, 0)], [OOB]).requests).toMatchObject([
      { bounds: bounds(65537), actions: [] },
      { kind: 'trap', reason: 'out of bounds memory access' },
    ]);
  });
  test('Step/copy-source follows the check of the destination where there are two memories', () => {
    const { requests } = ask(fn([], []), [...three(8, 40, 4), copy(1, 0)], [units(), units(1, 2, 3, 4)]);
    expect(requests).toMatchObject([
      { bounds: bounds(12, other.length), actions: [] },
      {
        bounds: bounds(44),
        actions: [read, { ...read, kind: 'wr-copy', region: other.data, offset: 8, copies: 0 }],
        site: { text: 'memory.copy' },
      },
      { kind: 'done' },
    ]);
  });
  test('Step/copy-source is not reached out of the destination’s bounds, and traps out of the source’s', () => {
    expect(ask(fn([], []), [...three(8, 40, 4), copy(1, 0)], [OOB]).requests.map(({ kind }) => kind)).toEqual([
      'access',
      'trap',
    ]);
    expect(ask(fn([], []), [...three(8, 40, 4), copy(1, 0)], [units(), OOB]).requests.map(({ kind }) => kind)).toEqual([
      'access',
      'access',
      'trap',
    ]);
  });
});

describe('wait and notify', () => {
  test('Step/wait asks with the bytes that it expects', () => {
    const { requests, results } = ask(fn([], ['i32']), wait32(8), [{ kind: 'waited', result: 2 }]);
    expect(requests[0]).toEqual({
      kind: 'wait',
      bounds: bounds(16),
      read: { kind: 'rd', region: data, offset: 12, size: 4, order: 'seqcst', tearFree: true },
      queue: { region: data, offset: 12 },
      expected: Uint8Array.of(0xfe, 0xff, 0xff, 0xff),
      timeout: -1n,
      site: { at, text: 'memory.atomic.wait32', shows: 'i32' },
    });
    expect(results).toEqual([i32(2)]);
  });
  test('Step/wait of eight bytes', () => {
    const { requests } = ask(fn([], ['i32']), [c32(8), c64(1n), c64(10n), op('memory.atomic.wait64', memarg())], []);
    expect(requests[0]).toMatchObject({
      read: { size: 8 },
      expected: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
      timeout: 10n,
      site: { shows: 'i64' },
    });
  });
  test('Step/wait traps: first if misaligned, then if unshared, then if out of bounds', () => {
    expect(ask(fn([], ['i32']), wait32(1), []).requests).toEqual([
      trapped('unaligned atomic', 'memory.atomic.wait32', 'i32'),
    ]);
    expect(ask(fn([], ['i32']), wait32(1, 2), []).requests).toEqual([
      trapped('unaligned atomic', 'memory.atomic.wait32', 'i32'),
    ]);
    expect(ask(fn([], ['i32']), wait32(65536, 2), []).requests).toEqual([
      trapped('expected shared memory', 'memory.atomic.wait32', 'i32'),
    ]);
    expect(ask(fn([], ['i32']), wait32(65536), [OOB]).requests[1]).toEqual(
      trapped('out of bounds memory access', 'memory.atomic.wait32', 'i32'),
    );
  });
  test('Step/notify asks with an unsigned count, on unshared memory too', () => {
    const { requests, results } = ask(fn([], ['i32']), notify(8), [{ kind: 'notified', woke: 3 }]);
    expect(requests[0]).toEqual({
      kind: 'notify',
      bounds: bounds(16),
      region: data,
      offset: 12,
      count: 0xffff_ffff,
      site: { at, text: 'memory.atomic.notify', shows: null },
    });
    expect(results).toEqual([i32(3)]);
    expect(ask(fn([], ['i32']), notify(8, 2), []).requests[0]).toMatchObject({ kind: 'notify', region: unshared.data });
  });
  test('Step/notify traps if misaligned, and if out of bounds', () => {
    expect(ask(fn([], ['i32']), notify(2), []).requests).toEqual([trapped('unaligned atomic', 'memory.atomic.notify')]);
    expect(ask(fn([], ['i32']), notify(0), [OOB]).requests[1]).toEqual(
      trapped('out of bounds memory access', 'memory.atomic.notify'),
    );
  });
});

describe('globals', () => {
  const anyref = { kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'shared', name: 'any' } } as const;
  const globals = [
    constantGlobal(10, 'i64', i64(5n)),
    threadLocal(11, 'i32', i32(6)),
    mutableGlobal(12, 'i64'),
    mutableGlobal(13, 'f32'),
    mutableGlobal(14, anyref),
  ];
  const region = (i: number) => ({ region: (globals[i] as { val: number }).val, offset: 0, order: 'unord' });

  test('Step/global.get of a constant or thread-local asks nothing', () => {
    expect(ask(fn([], ['i64', 'i32']), [op('global.get', 0), op('global.get', 1)], [], { globals })).toEqual({
      requests: [{ kind: 'done' }],
      results: [i64(5n), i32(6)],
    });
  });
  test('Step/global.set of a thread-local changes the context only', () => {
    const ran = run(alone(fn([], ['i32']), [c32(8), op('global.set', 1), op('global.get', 1)], { globals }));
    expect(ran).toEqual({
      requests: [{ kind: 'done' }],
      results: [i32(8)],
      trap: null,
      locals: new Map([[11, i32(8)]]),
    });
  });
  test.each<[number, ValType, string, number, boolean, number[], Value]>([
    [2, 'i64', 'i64', 8, false, [1, 0, 0, 0, 0, 0, 0, 0x80], i64(-(2n ** 63n) + 1n)],
    [3, 'f32', 'f32', 4, true, [1, 0, 0x80, 0x7f], { type: 'f32', bits: 0x7f80_0001 }],
    [4, anyref, 'ref', 1, true, [77], { type: 'ref', id: 77 }],
  ])('Step/global.get of a mutable one, number %i, reads its units', (x, t, shows, size, tearFree, read, value) => {
    const { requests, results } = ask(fn([], [t]), [op('global.get', x)], [units(...read)], { globals });
    expect(requests[0]).toEqual({
      kind: 'access',
      bounds: null,
      actions: [{ kind: 'rd', ...region(x), size, tearFree }],
      site: { at, text: 'global.get', shows },
    });
    expect(results).toEqual([value]);
  });
  test('Step/global.set of a mutable one writes its units', () => {
    const body = [c64(-2n), op('global.set', 2), constant(NULL), op('global.set', 4)];
    expect(ask(fn([], []), body, [units(), units()], { globals }).requests).toEqual([
      {
        kind: 'access',
        bounds: null,
        site: { at, text: 'global.set', shows: null },
        actions: [
          {
            kind: 'wr',
            ...region(2),
            size: 8,
            tearFree: false,
            written: [0xfe, 255, 255, 255, 255, 255, 255, 255],
          },
        ],
      },
      {
        kind: 'access',
        bounds: null,
        site: { at, text: 'global.set', shows: null },
        actions: [{ kind: 'wr', ...region(4), size: 1, tearFree: true, written: [0] }],
      },
      { kind: 'done' },
    ]);
  });
});

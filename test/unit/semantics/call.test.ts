import { describe, expect, test } from 'vitest';
import type { Addr, ThreadId } from '../../../src/event/location.ts';
import type { ForkRequest, Response } from '../../../src/event/request.ts';
import type { SubType } from '../../../src/syntax/types.ts';
import { NULL, type Value } from '../../../src/syntax/values.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { MAX_CALL_DEPTH } from '../../../src/runtime/executor.ts';
import type { FuncInst, ModuleInst } from '../../../src/runtime/instance.ts';
import { HostException, HostTrap } from '../../../src/runtime/instance.ts';
import { askFunc, at, OOB, trapped, units } from './ask.ts';
import {
  asking,
  c32,
  c64,
  cond,
  constant,
  fn,
  host,
  i32,
  i64,
  moduleOf,
  op,
  pair,
  refType,
  table,
  tag,
  threadLocal,
  tryTable,
} from './build.ts';
import { run, semantics } from './world.ts';

const single = (bits: number): Value => ({ type: 'f32', bits });
const get = (x: number) => op('local.get', x);

function func(module: ModuleInst, index: number): FuncInst {
  const found = module.funcs[index];
  if (found === undefined) throw new Error(`no function ${index}`);
  return found;
}

describe('calls', () => {
  test('Step/call passes arguments in order and keeps the caller’s operands and locals', () => {
    const module = moduleOf({
      funcs: [
        { type: fn(['i32', 'i32'], ['i32']), body: [get(0), get(1), op('i32.sub'), op('local.tee', 0)] },
        { type: fn(['i32'], ['i32', 'i32', 'i32']), body: [c32(5), c32(10), c32(3), op('call', 0), get(0)] },
      ],
    });
    expect(run(func(module, 1), [i32(42)]).results).toEqual([i32(5), i32(7), i32(42)]);
  });

  const sum = moduleOf({
    funcs: [
      {
        type: fn(['i32'], ['i32']),
        body: [get(0), cond('i32', [get(0), get(0), c32(1), op('i32.sub'), op('call', 0), op('i32.add')], [c32(0)])],
      },
    ],
  });

  test('Step/invoke recurses', () => {
    expect(run(func(sum, 0), [i32(100)]).results).toEqual([i32(5050)]);
  });
  test('Step/invoke allows as many frames as the limit says and traps at the next', () => {
    const fuel = 10_000_000;
    expect(run(func(sum, 0), [i32(MAX_CALL_DEPTH - 1)], { fuel }).trap).toBeNull();
    const { requests, trap } = run(func(sum, 0), [i32(MAX_CALL_DEPTH)], { fuel });
    expect(trap).toBe('call stack exhausted');
    expect(requests.at(-1)).toMatchObject({ kind: 'trap', site: { text: 'call' } });
  });
});

describe('calls of references', () => {
  const funcref = refType('func');
  const tables = [table(1, funcref), table(2, funcref, { addr: 'i64' })];
  const open = (type: ReturnType<typeof fn>, supers: number[] = []): SubType => ({
    final: false,
    supers,
    share: 'shared',
    comp: type,
  });
  const II = fn(['i32'], ['i32']);
  /** 0 and below it 1; 2 is another. */
  const types = [open(II), open(II, [0]), open(fn([], []))];
  const module = moduleOf({
    types,
    tables,
    funcs: [
      { type: II, body: [get(0), c32(1), op('i32.add')], closedAs: 1 },
      { type: II, body: [c32(40), get(0), op('call_indirect', pair(0, 0)), c32(1), op('i32.sub')] },
      { type: II, body: [c32(40), get(0), op('call_indirect', pair(0, 2)), c32(1), op('i32.sub')] },
      { type: II, body: [c32(40), get(0), op('return_call_indirect', pair(0, 0))] },
      { type: fn([], ['i32']), body: [c32(40), op('ref.func', 0), op('call_ref', 0), c32(1), op('i32.sub')] },
      { type: fn([], ['i32']), body: [c32(40), op('ref.func', 0), op('return_call_ref', 0)] },
      { type: fn([], ['i32']), body: [c32(40), constant(NULL), op('call_ref', 0)] },
      { type: fn([], ['i32']), body: [c32(40), constant(NULL), op('return_call_ref', 0)] },
      { type: fn([], ['i32']), body: [c32(40), c64(-1n), op('call_indirect', pair(1, 0))] },
    ],
  });
  const own = module.refs.func(func(module, 0)).id;
  const answered = (index: number, answer: Response) => askFunc(func(module, index), [answer], [i32(6)]);

  test('Step/call_indirect reads the slot within the length, and calls what is of a subtype', () => {
    const { requests, results } = answered(1, units(own));
    expect(requests).toEqual([
      {
        kind: 'access',
        bounds: { length: tables[0]?.length, unit: 1, end: 7 },
        actions: [{ kind: 'rd', region: tables[0]?.elem, offset: 6, size: 1, order: 'unord', tearFree: true }],
        site: { at, text: 'call_indirect', shows: 'ref' },
      },
      { kind: 'done' },
    ]);
    expect(results).toEqual([i32(40)]);
    expect(askFunc(func(module, 8), []).requests[0]).toMatchObject({ bounds: { end: 2 ** 64 } });
  });
  test.each<[number, string]>([
    [1, 'call_indirect'],
    [3, 'return_call_indirect'],
  ])('Step/…: function %i traps where its %s is out of bounds or null', (index, text) => {
    expect(answered(index, OOB).requests[1]).toEqual(trapped('undefined element', text, 'ref'));
    expect(answered(index, units(0)).requests[1]).toEqual(trapped('uninitialized element', text, 'ref'));
  });
  test('Step/call_indirect traps where the function is of another type', () => {
    expect(answered(2, units(own)).requests[1]).toEqual(trapped('indirect call type mismatch', 'call_indirect', 'ref'));
  });
  test('Step/return_call_indirect leaves the function first', () => {
    expect(answered(3, units(own)).results).toEqual([i32(41)]);
  });
  test('Step/call_ref and Step/return_call_ref call, and trap on null', () => {
    expect(run(func(module, 4)).results).toEqual([i32(40)]);
    expect(run(func(module, 5)).results).toEqual([i32(41)]);
    expect(run(func(module, 6)).requests).toEqual([trapped('null function reference', 'call_ref')]);
    expect(run(func(module, 7)).requests).toEqual([trapped('null function reference', 'return_call_ref')]);
  });
});

describe('tail calls', () => {
  test('Step/return_call takes the frame’s place: as many as there are fit', () => {
    const count = moduleOf({
      funcs: [
        {
          type: fn(['i32'], ['i32']),
          body: [get(0), cond('i32', [get(0), c32(1), op('i32.sub'), op('return_call', 0)], [c32(7)])],
        },
      ],
    });
    expect(run(func(count, 0), [i32(MAX_CALL_DEPTH + 5)], { fuel: 1_000_000 }).results).toEqual([i32(7)]);
  });
  test('Step/return_call of a host function gives its results to the caller, and its exceptions pass the function', () => {
    const thrown = tag('t', []);
    const fails = host('env.fails', fn([], ['i32']), () => {
      throw new HostException(thrown, []);
    });
    const gives = host('env.gives', fn([], ['i32']), () => [i32(3)]);
    const caught = (x: number) => [
      tryTable('i32', [{ kind: 'catch_all', tag: null, label: 0 }], [op('return_call', x)]),
    ];
    const module = moduleOf({
      tags: [thrown],
      hosts: [fails, gives],
      funcs: [
        { type: fn([], ['i32']), body: caught(0) },
        { type: fn([], ['i32']), body: caught(1) },
        { type: fn([], ['i32']), body: [op('call', 3), c32(1), op('i32.add')] },
      ],
    });
    expect(run(func(module, 2)).trap).toBe('uncaught exception');
    expect(run(func(module, 4))).toMatchObject({
      requests: [{ kind: 'host', site: { text: 'return_call' } }, { kind: 'done' }],
      results: [i32(4)],
    });
  });
});

describe('host functions that fail or ask', () => {
  test('Step/invoke-host: a trap of the host’s is the thread’s, and so is anything else that it throws', () => {
    const error = new RangeError('too far');
    const failing = (what: unknown) =>
      run(
        host('env.fails', fn([], []), () => {
          throw what;
        }),
      ).requests;
    expect(failing(new HostTrap('no more'))).toEqual([trapped('no more', 'invoke')]);
    expect(failing(error)).toEqual([{ ...trapped('host function env.fails threw: too far', 'invoke'), cause: error }]);
    expect(failing('text')).toEqual([{ ...trapped('host function env.fails threw: text', 'invoke'), cause: 'text' }]);
  });

  const spawn = asking('env.join', fn(['i32'], ['i64']), {
    request: ([thread], locals, site) => {
      if (thread?.type !== 'i32') throw new Error('a thread');
      if (thread.value === 0) return { kind: 'done', code: 9n };
      if (thread.value < 0) return { kind: 'trap', reason: `no thread, ${locals.size}`, site, cause: 'why' };
      return { kind: 'join', thread: thread.value as ThreadId, site };
    },
    results: (_, answer) => [i64(answer.kind === 'joined' ? answer.code : 0n)],
  });
  const module = moduleOf({
    hosts: [spawn],
    globals: [threadLocal(5, 'i32', i32(0))],
    funcs: [{ type: fn(['i32'], ['i64']), body: [c32(2), op('global.set', 0), get(0), op('call', 0)] }],
  });
  const call = (thread: number, answers: readonly Response[]) => askFunc(func(module, 1), answers, [i32(thread)]);

  test('Step/invoke-asking asks what the host’s function asks, and gives what it makes of the answer', () => {
    expect(call(3, [{ kind: 'joined', code: 7n }])).toEqual({
      requests: [{ kind: 'join', thread: 3, site: { at, text: 'call', shows: null } }, { kind: 'done' }],
      results: [i64(7n)],
    });
  });
  test('Step/invoke-asking may end the thread', () => {
    expect(call(0, [])).toEqual({ requests: [{ kind: 'done', code: 9n }], results: [] });
    expect(call(-1, []).requests).toEqual([{ ...trapped('no thread, 0', 'call'), cause: 'why' }]);
  });
  test('Step/invoke-asking is told the thread-locals that a new thread begins with', () => {
    const ran = run(func(module, 1), [i32(-1)], { readings: { 'thread-local': 'inherit' } });
    expect(ran.trap).toBe('no thread, 1');
  });
  test('a thread that tells gives its result to who joins it', () => {
    const machine = semantics();
    const told = (result: Value) => {
      const gives = host('env.gives', fn([], ['i32']), () => [result]);
      const { state } = machine.start({ ...callStart(gives, [], new Map()), tells: true });
      return machine.resume(state, { kind: 'unit' }).request;
    };
    expect(told(i32(-3))).toEqual({ kind: 'done', code: -3n });
    expect(told(i64(2n ** 62n))).toEqual({ kind: 'done', code: 2n ** 62n });
  });
});

describe('host functions', () => {
  const calls: (readonly Value[])[] = [];
  const add = host('env.add', fn(['i32', 'i64'], ['i64', 'i32']), (args) => {
    calls.push(args);
    return [i64(7n), i32(8)];
  });
  const module = moduleOf({
    hosts: [add],
    funcs: [
      { type: fn([], ['i64', 'i32']), body: [c32(-5), op('i64.const', { kind: 'i64', value: 6n }), op('call', 0)] },
    ],
  });

  test('Step/invoke-host calls at once, and Step/host-return announces the call before it pushes the results', () => {
    calls.length = 0;
    const machine = semantics();
    const first = machine.start(callStart(func(module, 1), [], new Map()));
    expect(calls).toEqual([[i32(-5), i64(6n)]]);
    expect(first.request).toMatchObject({
      kind: 'host',
      name: 'env.add',
      args: ['i32 -5', 'i64 6'],
      site: { text: 'call' },
    });
    const second = machine.resume(first.state, { kind: 'unit' });
    expect(machine.completion(second.state).results).toEqual([i64(7n), i32(8)]);
    expect(calls).toHaveLength(1);
  });
  test('Step/host-return ends a thread whose own function is the host’s', () => {
    const { requests, results } = run(add, [i32(1), i64(2n)]);
    expect(requests.map(({ kind }) => kind)).toEqual(['host', 'done']);
    expect(results).toEqual([i64(7n), i32(8)]);
  });
});

describe('fork', () => {
  const local = threadLocal(5, 'i32', i32(0));
  const module = moduleOf({
    globals: [local],
    funcs: [
      { type: fn(['i32', 'i64'], []), body: [] },
      {
        type: fn([], ['i32']),
        body: [c32(9), op('global.set', 0), c32(1), c32(2), op('i64.const', { kind: 'i64', value: 3n }), op('fork', 0)],
      },
    ],
  });
  const forkOf = (thread: 'default' | 'inherit'): ForkRequest => {
    const { requests } = run(func(module, 1), [], { readings: { 'thread-local': thread } });
    const found = requests.find((request) => request.kind === 'fork');
    if (found === undefined) throw new Error('no fork');
    return found;
  };

  test('Step/fork asks for a thread that calls the function, and goes on without its operands', () => {
    expect(run(func(module, 1)).results).toEqual([i32(1)]);
    expect(forkOf('default')).toEqual({
      kind: 'fork',
      name: null,
      start: callStart(func(module, 0), [i32(2), i64(3n)], new Map()),
      site: expect.objectContaining({ text: 'fork', shows: null }),
    });
  });
  test('Step/fork starts with default thread-locals, or by the reading `inherit` with a copy of the parent’s', () => {
    expect(forkOf('default').start).toMatchObject({ locals: new Map() });
    expect(forkOf('inherit').start).toMatchObject({ locals: new Map([[5 as Addr, i32(9)]]) });
  });
  test('Step/fork has equal keys for equal starts only', () => {
    const target = func(module, 0);
    const key = (args: readonly Value[], locals: readonly (readonly [number, Value])[] = []) =>
      callStart(target, args, new Map(locals.map(([a, v]) => [a as Addr, v]))).key;
    expect(key([i32(1), i64(2n)])).toBe(key([i32(1), i64(2n)]));
    expect(
      key(
        [],
        [
          [1, i32(1)],
          [2, i32(2)],
        ],
      ),
    ).toBe(
      key(
        [],
        [
          [2, i32(2)],
          [1, i32(1)],
        ],
      ),
    );
    const keys = [
      key([i32(1)]),
      key([i64(1n)]),
      key([single(0x7fc0_0000)]),
      key([single(0x7fc0_0001)]),
      key([i32(1)], [[1, i32(1)]]),
      callStart(func(module, 1), [i32(1)], new Map()).key,
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
  test('a forked thread sees its own thread-locals', () => {
    const reader = moduleOf({ globals: [local], funcs: [{ type: fn([], ['i32']), body: [op('global.get', 0)] }] });
    expect(run(func(reader, 0)).results).toEqual([i32(0)]);
    expect(run(func(reader, 0), [], { locals: new Map([[5 as Addr, i32(9)]]) }).results).toEqual([i32(9)]);
  });
});

import { describe, expect, test } from 'vitest';
import type { Addr } from '../../../src/event/location.ts';
import type { ForkRequest } from '../../../src/event/request.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { MAX_CALL_DEPTH } from '../../../src/runtime/executor.ts';
import type { FuncInst, ModuleInst } from '../../../src/runtime/instance.ts';
import { c32, cond, fn, host, i32, i64, moduleOf, op, threadLocal } from './build.ts';
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

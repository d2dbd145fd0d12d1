import { expect, test } from 'vitest';
import { makeBuffers, SharedMemory } from '../../../../src/embed/workers/shared-memory.ts';
import { callInWorker } from '../../../../src/exec/js/call.ts';
import { isEligible } from '../../../../src/exec/js/eligible.ts';
import type { CallOutcome } from '../../../../src/exec/sequential.ts';
import { runCall, runFrom } from '../../../../src/exec/sequential.ts';
import type { DirectStore } from '../../../../src/exec/store.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import type { Value } from '../../../../src/syntax/values.ts';
import type { Loaded } from '../wat.ts';
import { func, i32, i64, load } from '../wat.ts';
import { shortly } from './both.ts';

const OPTIONS = { readings: DEFAULT_READINGS, fuel: Infinity };

/** A module with one memory, which is in a buffer that several workers could share. */
interface Worker {
  readonly loaded: Loaded;
  readonly memory: SharedMemory;
  readonly call: (name: string, ...args: Value[]) => CallOutcome;
}

function worker(text: string, memory = new SharedMemory(makeBuffers(1, 4)), pages = 1): Worker {
  memory.begin(pages);
  const loaded = load(text);
  const { store: own } = loaded;
  const store: DirectStore = {
    answer: (request) =>
      request.kind === 'grow'
        ? { kind: 'grown', previous: memory.grow(request.delta, request.max) }
        : own.answer(request),
    direct: () => {
      memory.refresh();
      return memory;
    },
    value: (region) => own.value(region),
    cells: (region) => own.cells(region),
  };
  return {
    loaded,
    memory,
    call: (name, ...args) => {
      const found = func(loaded, name);
      expect(found.kind === 'wasm' && isEligible(found)).toBe(true);
      return callInWorker(OPTIONS, found, args, store, new Map(), (frames, options, callee, values, locals) =>
        runFrom(frames, options, callee, values, own, locals),
      );
    },
  };
}

const WIDTHS = [
  '32.atomic.rmw',
  '32.atomic.rmw8',
  '32.atomic.rmw16',
  '64.atomic.rmw',
  '64.atomic.rmw8',
  '64.atomic.rmw16',
  '64.atomic.rmw32',
];
const OPS = ['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'];
const ACCESSES: readonly (readonly [string, 'i32' | 'i64' | 'f32' | 'f64'])[] = [
  ...(['32', '64'] as const).flatMap((bits) =>
    ['', '8', '16', ...(bits === '64' ? ['32'] : [])].flatMap((width) =>
      ['load', 'atomic.load', 'store', 'atomic.store'].map((kind): readonly [string, 'i32' | 'i64'] => {
        const sign = width === '' || kind.endsWith('store') ? '' : '_u';
        return [`i${bits}.${kind}${width}${sign}`, `i${bits}`];
      }),
    ),
  ),
  ...(['f32', 'f64'] as const).flatMap((t) =>
    ['load', 'store'].map((kind): readonly [string, 'f32' | 'f64'] => [`${t}.${kind}`, t]),
  ),
  ['i32.load8_s', 'i32'],
  ['i64.load16_s', 'i64'],
  ['i64.load32_s', 'i64'],
];

test('accesses of a shared memory are as the machine’s', () => {
  const seed = '(i64.store (i32.const 8) (i64.const 0x80ff7feefff001f2))';
  const updates = WIDTHS.flatMap((width) =>
    OPS.map((op) => {
      const t = `i${width.slice(0, 2)}`;
      const name = `i${width}.${op}${/rmw\d/.test(width) ? '_u' : ''}`;
      const expected = op === 'cmpxchg' ? `(${t}.const 0x1f2)` : '';
      return `(func (export "${name}") (param i32 i64) (result i64 i64) ${seed}
        (${t === 'i32' ? 'i64.extend_i32_s' : 'i64.add (i64.const 0)'}
          (${name} (local.get 0) ${expected} ${t === 'i32' ? '(i32.wrap_i64 (local.get 1))' : '(local.get 1)'}))
        (i64.load (i32.const 8)))`;
    }),
  );
  const bits: Readonly<Record<string, readonly [string, string]>> = {
    i32: ['i64.extend_i32_s', '(i32.wrap_i64 (local.get 1))'],
    i64: ['i64.add (i64.const 0)', '(local.get 1)'],
    f32: ['i64.extend_i32_s (i32.reinterpret_f32', '(f32.reinterpret_i32 (i32.wrap_i64 (local.get 1)))'],
    f64: ['i64.reinterpret_f64', '(f64.reinterpret_i64 (local.get 1))'],
  };
  const accesses = ACCESSES.map(([name, t]) => {
    const [wide = '', narrow = ''] = bits[t] ?? [];
    const end = wide.includes('(i32') ? ')' : '';
    const code = name.includes('store')
      ? `(${name} offset=8 (local.get 0) ${narrow}) (i64.const 0)`
      : `(${wide} (${name} offset=8 (local.get 0)))${end}`;
    return `(func (export "${name}") (param i32 i64) (result i64 i64) ${seed} ${code} (i64.load (i32.const 8)))`;
  });
  const text = `(module (memory 1 4 shared) ${[...updates, ...accesses].join('\n')})`;
  const shared = worker(text);
  const machine = load(text);
  const names = [...shared.loaded.instance.exports.keys()];
  expect(names).toHaveLength(WIDTHS.length * OPS.length + ACCESSES.length);
  for (const name of names)
    for (const at of [0, 1, 2, 4, 8, 9, 10, 12, 65528, 65535, 65536, -1, -8])
      for (const value of [1n, -1n, 0x7f80_0001_7f80_0001n, -0x000f_ffff_dead_beefn]) {
        const args = [i32(at), i64(value)];
        const expected = runCall({ ...OPTIONS, fuel: 1e6 }, func(machine, name), args, machine.store);
        expect([name, at, value, shortly(shared.call(name, ...args))]).toEqual([name, at, value, shortly(expected)]);
      }
});

test('what another worker has grown is found, in the middle of a function too', () => {
  const memory = new SharedMemory(makeBuffers(1, 4));
  const elsewhere = new SharedMemory(memory.buffers);
  const text = `(module (memory 1 4 shared)
    (func (export "at") (param i32) (result i32) (i32.store (local.get 0) (i32.const 7)) (i32.atomic.load (local.get 0)))
    (func (export "fill") (param i32) (result i32)
      (memory.fill (local.get 0) (i32.const 3) (i32.const 4)) (i32.load (local.get 0)))
    (func (export "size") (result i32) (memory.size))
    (func (export "grow") (result i32 i32) (memory.grow (i32.const 1)) (memory.size)))`;
  const { call } = worker(text, memory);
  expect(shortly(call('at', i32(65536)))).toBe('out of bounds memory access');
  expect(shortly(call('fill', i32(65536)))).toBe('out of bounds memory access');
  elsewhere.refresh();
  elsewhere.grow(1, 4);
  expect(shortly(call('at', i32(65536)))).toEqual([7]);
  elsewhere.grow(1, 4);
  expect(shortly(call('fill', i32(131072)))).toEqual([0x0303_0303]);
  expect(shortly(call('size'))).toEqual([3]);
  expect(shortly(call('grow'))).toEqual([3, 4]);
  expect(shortly(call('at', i32(262144)))).toBe('out of bounds memory access');
});

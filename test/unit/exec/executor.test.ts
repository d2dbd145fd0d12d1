import { describe, expect, test } from 'vitest';
import { addrOf, MAIN, regionOf } from '../../../src/event/location.ts';
import type { Request, Response } from '../../../src/event/request.ts';
import { UNIT } from '../../../src/event/request.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import type { ExecState } from '../../../src/exec/thread.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import type { CallStart, Suspended, ThreadLocals } from '../../../src/runtime/executor.ts';
import type { FuncInst } from '../../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { fn, host } from '../semantics/build.ts';
import { func, i32, i64, load } from './wat.ts';

const exec = makeExec({ readings: DEFAULT_READINGS, fuel: 1000 });
const NO_LOCALS: ThreadLocals = new Map();

function start(f: FuncInst, ...args: Value[]): Suspended<ExecState> {
  return exec.start(callStart(f, args, NO_LOCALS));
}

function units(...bytes: number[]): Response {
  return { kind: 'units', units: bytes };
}

function resume({ state }: Suspended<ExecState>, ...answers: Response[]): Suspended<ExecState> {
  const [first = UNIT, ...rest] = answers;
  const next = exec.resume(state, first);
  return rest.length === 0 ? next : resume(next, ...rest);
}

function results({ state, request }: Suspended<ExecState>): readonly Value[] | string {
  return request.kind === 'done' ? exec.completion(state).results : request.kind;
}

const SUM = load(`(module (memory (export "mem") 1 1 shared)
  (func (export "sum") (param i32) (result i32)
    (i32.add (i32.load (local.get 0)) (i32.mul (i32.const 10) (i32.load8_u offset=8 (local.get 0)))))
  (func (export "spin") (param i64) (local i32)
    (loop (local.set 1 (i32.add (local.get 1) (i32.const 1))) (br_if 0 (i32.load8_u (i32.const 0)))))
  (func (export "await") (param i64) (result i64)
    (local.get 0) (loop (br_if 0 (i32.atomic.load8_u (i32.const 0)))))
  (func $down (export "down") (param i32) (result i32)
    (if (local.get 0) (then (return (call $down (i32.sub (local.get 0) (i32.const 1))))))
    (i32.load (i32.const 4)))
  (func (export "product") (param i32) (loop (br_if 0 (i32.mul (local.get 0) (i32.load8_u (i32.const 0))))))
  (func (export "swap") (param i32 i32) (result i32) (i32.atomic.rmw8.cmpxchg_u (i32.const 1) (local.get 0) (local.get 1))))`);

describe('states are values', () => {
  test('resuming a state twice with different answers gives independent threads', () => {
    const asks = start(func(SUM, 'sum'), i32(16));
    const one = resume(asks, units(1, 0, 0, 0));
    const two = resume(asks, units(2, 0, 0, 0));
    expect(results(resume(one, units(3)))).toEqual([i32(31)]);
    expect(results(resume(two, units(4)))).toEqual([i32(42)]);
    expect(results(resume(one, units(5)))).toEqual([i32(51)]);
  });

  test('a state keeps all frames', () => {
    const asks = start(func(SUM, 'down'), i32(5));
    expect(asks.state.frames).toHaveLength(6);
    expect(results(resume(asks, units(1, 2, 0, 0)))).toEqual([i32(513)]);
  });

  test('sameState: a loop that changes nothing comes back to the same state', () => {
    const first = start(func(SUM, 'await'), i64(7n));
    const second = resume(first, units(1));
    expect(exec.sameState(first.state, second.state)).toBe(true);
    expect(second.request).toEqual(first.request);
    expect(exec.sameState(first.state, start(func(SUM, 'await'), i64(8n)).state)).toBe(false);
  });

  test('sameState: what the last round left above the live operands does not count', () => {
    const first = start(func(SUM, 'product'), i32(3));
    expect(exec.sameState(first.state, resume(first, units(5)).state)).toBe(true);
  });

  test('sameState: a loop that counts does not', () => {
    const first = start(func(SUM, 'spin'), i64(7n));
    expect(exec.sameState(first.state, resume(first, units(1)).state)).toBe(false);
  });

  test('sameState: not if the thread has gone on, or depends on another instance', () => {
    const asks = start(func(SUM, 'sum'), i32(16));
    expect(exec.sameState(asks.state, resume(asks, units(0, 0, 0, 0)).state)).toBe(false);
    const text = '(module (memory 1) (func (export "f") (drop (i32.load (i32.const 0)))))';
    const [one, two] = [load(text), load(text, {}, undefined, 1)].map((loaded) => start(func(loaded, 'f')).state);
    expect(one !== undefined && two !== undefined && exec.sameState(one, two)).toBe(false);
  });
});

describe('requests', () => {
  test('Step/load asks for its bytes, tearing unless aligned and of at most four', () => {
    const { request } = start(func(SUM, 'sum'), i32(13));
    expect(request).toMatchObject({
      kind: 'access',
      bounds: { unit: 65536, end: 17 },
      actions: [{ kind: 'rd', offset: 13, size: 4, order: 'unord', tearFree: false }],
      site: { text: 'i32.load', shows: 'i32' },
    });
    expect(start(func(SUM, 'sum'), i32(-4)).request).toMatchObject({
      bounds: { end: 2 ** 32 },
      actions: [{ tearFree: true }],
    });
  });

  test('Step/cmpxchg wraps what it expects to the width', () => {
    const { request } = start(func(SUM, 'swap'), i32(0x1_11), i32(0x2_22));
    expect(request).toMatchObject({
      actions: [
        {
          kind: 'rmw',
          size: 1,
          order: 'seqcst',
          update: { op: 'cmpxchg', expected: Uint8Array.of(0x11), replacement: Uint8Array.of(0x22) },
        },
      ],
      site: { shows: 'i8' },
    });
  });

  test('an answer out of bounds is a trap where it was asked', () => {
    const asks = start(func(SUM, 'sum'), i32(0));
    const { request } = resume(asks, { kind: 'out-of-bounds' });
    expect(request).toEqual({
      kind: 'trap',
      reason: 'out of bounds memory access',
      site: (asks.request as Extract<Request, { kind: 'access' }>).site,
    });
  });

  test('Step/memory.copy between two memories asks for the destination first, unless they are the same one', () => {
    const store = load('(module (memory (export "m") 1) (memory (export "n") 1))');
    const imports = Object.fromEntries(store.instance.exports);
    const copy = (a: string, b: string) => {
      const loaded = load(
        `(module (memory (import "" "${a}") 1) (memory (import "" "${b}") 1)
        (func (export "f") (param i32) (memory.copy 0 1 (i32.const 1) (local.get 0) (i32.const 3))))`,
        imports,
        store.store,
        1,
      );
      return start(func(loaded, 'f'), i32(8));
    };
    expect(copy('m', 'm').request).toMatchObject({
      bounds: { end: 11 },
      actions: [
        { kind: 'rd', offset: 8 },
        { kind: 'wr-copy', offset: 1, copies: 0 },
      ],
    });
    const two = copy('m', 'n');
    expect(two.request).toMatchObject({ bounds: { end: 4 }, actions: [] });
    expect(resume(two, units()).request).toMatchObject({
      bounds: { end: 11 },
      actions: [
        { kind: 'rd', size: 3 },
        { kind: 'wr-copy', size: 3 },
      ],
    });
  });

  test('more fuel than there is ends in a bound', () => {
    const endless = load('(module (func (export "f") (loop (br 0))))');
    expect(start(func(endless, 'f')).request).toMatchObject({ kind: 'bound', what: 'steps', site: { text: 'loop' } });
  });
});

describe('thread-locals', () => {
  const TEXT = `(module
    (global $g (thread_local (mut i32)))
    (func $child (shared (param i64 i32)))
    (func (export "f") (param i32) (result i32) (global.set $g (local.get 0)) (fork $child (i64.const -1) (i32.const 4)) (global.get $g)))`.replace(
    '(func $child (shared (param i64 i32)))',
    '(type $child (shared (func (param i64 i32)))) (func $child (type $child))',
  );

  test('Step/global.set of a thread-local is in the state, not in the world', () => {
    const f = func(load(TEXT), 'f');
    const asks = start(f, i32(3));
    expect(asks.request.kind).toBe('fork');
    expect([...exec.threadLocals(asks.state).values()]).toEqual([i32(3)]);
    const done = resume(asks, { kind: 'forked', thread: 1 as never });
    expect(results(done)).toEqual([i32(3)]);
    expect([...exec.completion(done.state).locals.values()]).toEqual([i32(3)]);
  });

  test.each([
    ['default', []],
    ['inherit', [i32(3)]],
  ] as const)('Step/fork under thread-local=%s', (reading, expected) => {
    const machine = makeExec({ readings: { ...DEFAULT_READINGS, 'thread-local': reading }, fuel: 1000 });
    const { request } = machine.start(callStart(func(load(TEXT), 'f'), [i32(3)], NO_LOCALS));
    expect(request.kind).toBe('fork');
    const { func: child, args, locals, key } = (request as Extract<Request, { kind: 'fork' }>).start as CallStart;
    expect([...locals.values()]).toEqual(expected);
    expect(key).toBe(callStart(child, [i64(-1n), i32(4)], locals).key);
    expect(args).toEqual([i64(-1n), i32(4)]);
  });

  test("a later global.set does not change an earlier state's", () => {
    const loaded = load(`(module (memory 1) (global $g (thread_local (mut i64)))
      (func (export "f") (loop (global.set $g (i64.add (global.get $g) (i64.const 1))) (br_if 0 (i32.load (i32.const 0))))))`);
    const first = start(func(loaded, 'f'));
    const second = resume(first, units(1, 0, 0, 0));
    expect([...exec.threadLocals(first.state).values()]).toEqual([i64(1n)]);
    expect([...exec.threadLocals(second.state).values()]).toEqual([i64(2n)]);
    expect(exec.sameState(first.state, second.state)).toBe(false);
  });
});

describe('host functions', () => {
  const calls: (readonly Value[])[] = [];
  const pair = host(
    'pair',
    fn(['i32'], ['i64', 'i32']),
    (args) => {
      calls.push(args);
      return [i64(5n), i32(6)];
    },
    'unshared',
  );

  test('Step/invoke-host is called, then announced; its results come with the answer', () => {
    const loaded = load(
      '(module (func $pair (import "" "pair") (param i32) (result i64 i32)) (func (export "f") (result i32 i64 i32) (i32.const 1) (call $pair (i32.const 2))))',
      {
        pair: { kind: 'func', func: pair },
      },
    );
    const asks = start(func(loaded, 'f'));
    expect(calls.splice(0)).toEqual([[i32(2)]]);
    expect(asks.request).toMatchObject({ kind: 'host', name: 'pair', args: ['i32 2'], site: { text: 'call' } });
    expect(results(resume(asks, UNIT))).toEqual([i32(1), i64(5n), i32(6)]);
  });

  test('a thread may begin with one', () => {
    const asks = start(pair, i32(9));
    expect(asks.request).toMatchObject({ kind: 'host', args: ['i32 9'], site: { text: 'invoke' } });
    expect(results(resume(asks, UNIT))).toEqual([i64(5n), i32(6)]);
  });

  test('one may run the executor', () => {
    const inner = host(
      'inner',
      fn(['i32'], ['i32']),
      ([n]) => {
        const asks = start(func(SUM, 'down'), n ?? i32(0));
        return exec.completion(exec.resume(asks.state, units(7, 0, 0, 0)).state).results;
      },
      'unshared',
    );
    const loaded = load(
      '(module (func $inner (import "" "inner") (param i32) (result i32)) (func (export "f") (result i32) (i32.add (i32.const 1) (call $inner (i32.const 300)))))',
      {
        inner: { kind: 'func', func: inner },
      },
    );
    expect(results(resume(start(func(loaded, 'f')), UNIT))).toEqual([i32(8)]);
  });
});

describe('instructions of several steps', () => {
  const TEXT = load(`(module (type $s (struct (field i32))) (type $a (array (mut i8))) (data $d "abc") (memory 1)
    (func (export "new") (param i32) (result i32) (struct.get $s 0 (struct.new $s (local.get 0))))
    (func (export "init") (param i32) (memory.init $d (local.get 0) (i32.const 0) (i32.const 3)))
    (func (export "data") (param i32) (result i32)
      (i32.add (i32.const 10) (array.len (array.new_data $a $d (i32.const 0) (local.get 0)))))
    (func (export "again") (param i32) (loop (memory.init $d (i32.const 0) (i32.const 0) (i32.const 0)) (br_if 0 (i32.load (i32.const 0))))))`);

  test('an allocation is answered by an address, and another time by another one', () => {
    const asks = start(func(TEXT, 'new'), i32(7));
    expect(asks.request).toMatchObject({ kind: 'new', field: 'fields', contents: [7, 0, 0, 0] });
    const regions = [addrOf(MAIN, 5), addrOf(MAIN, 6)].map((addr) => {
      const { request } = resume(asks, { kind: 'new', addr });
      return request.kind === 'access' ? request.actions.map(({ region }) => region) : [];
    });
    expect(regions).toEqual([[regionOf(addrOf(MAIN, 5), 'fields')], [regionOf(addrOf(MAIN, 6), 'fields')]]);
    expect(results(resume(asks, { kind: 'new', addr: addrOf(MAIN, 5) }, units(9, 0, 0, 0)))).toEqual([i32(9)]);
  });

  test('a thread suspended between two steps has its operands', () => {
    const checked = resume(start(func(TEXT, 'init'), i32(5)), units());
    expect(checked.request).toMatchObject({ actions: [{ kind: 'wr', offset: 5, written: Uint8Array.of(97, 98, 99) }] });
    expect(results(resume(checked, units()))).toEqual([]);
    expect(resume(checked, { kind: 'out-of-bounds' }).request).toMatchObject({ reason: 'out of bounds memory access' });
    const asked = resume(start(func(TEXT, 'data'), i32(2)), units());
    expect(asked.request).toMatchObject({ kind: 'new', contents: Uint8Array.of(97, 98) });
    expect(results(resume(asked, { kind: 'new', addr: addrOf(MAIN, 9) }))).toEqual([i32(12)]);
  });

  test('sameState tells the steps of one instruction apart', () => {
    const check = start(func(TEXT, 'again'), i32(0));
    const write = resume(check, units());
    expect(exec.sameState(check.state, write.state)).toBe(false);
    expect(exec.sameState(check.state, resume(write, units(), units(1, 0, 0, 0)).state)).toBe(true);
  });

  test('sameState: threads in different host functions are in different states', () => {
    const text = '(module (import "" "h" (func $h)) (func (export "f") (call $h)) (export "h" (func $h)))';
    const one = load(text, { h: { kind: 'func', func: host('one', fn([], []), () => [], 'unshared') } });
    const two = load(text, { h: { kind: 'func', func: host('two', fn([], []), () => [], 'unshared') } });
    const [a, b] = [start(func(one, 'f')), start(func(two, 'f'))];
    expect(exec.sameState(a.state, start(func(one, 'f')).state)).toBe(true);
    expect(exec.sameState(a.state, b.state)).toBe(false);
  });
});

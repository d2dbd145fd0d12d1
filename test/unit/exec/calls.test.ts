import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../../src/event/location.ts';
import type { Response } from '../../../src/event/request.ts';
import { begin, makeExec } from '../../../src/exec/executor.ts';
import { runCall } from '../../../src/exec/sequential.ts';
import { SharedStore } from '../../../src/exec/store.ts';
import { Thread } from '../../../src/exec/thread.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { MAX_CALL_DEPTH } from '../../../src/runtime/executor.ts';
import type { ExternVal, HostAsk, HostFuncInst } from '../../../src/runtime/instance.ts';
import { HostException, HostTrap } from '../../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { ValType } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import { fn, host } from '../semantics/build.ts';
import { trace, traceOf } from './trace.ts';
import type { Loaded } from './wat.ts';
import { func, i32, i64, load } from './wat.ts';

const exec = makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 });

/** The end of a run in place. */
function inPlace(loaded: Loaded, name: string, args: readonly Value[], fuel = 10_000_000): unknown {
  return runCall({ readings: DEFAULT_READINGS, fuel }, func(loaded, name), args, loaded.store).ending;
}

const TAILS = `(module (type $f (func (param i64 i32) (result i64)))
  (table funcref (elem $even $odd)) (elem declare func $even $odd $sum)
  (func $even (type $f) (local i64 i64) (local.set 2 (i64.const 9))
    (if (i32.eqz (local.get 1)) (then (return (local.get 0))))
    (return_call $odd (i64.add (local.get 0) (i64.const 1)) (i32.sub (local.get 1) (i32.const 1))))
  (func $odd (type $f)
    (if (i32.eqz (local.get 1)) (then (return (i64.const -1))))
    (return_call_ref $f (i64.add (local.get 0) (i64.const 1)) (i32.sub (local.get 1) (i32.const 1)) (ref.func $even)))
  (func (export "even") (param i32) (result i64) (return_call $even (i64.const 0) (local.get 0)))
  (func (export "through") (param i32) (result i64)
    (i64.mul (i64.const 2) (call_ref $f (i64.const 0) (local.get 0) (table.get 0 (i32.const 0)) (ref.cast (ref $f)))))
  (func (export "null") (result i64) (call_ref $f (i64.const 0) (i32.const 0) (ref.null $f)))
  (func (export "null-tail") (result i64) (return_call_ref $f (i64.const 0) (i32.const 0) (ref.null $f)))
  (func $sum (type $f) (i64.add (local.get 0) (i64.extend_i32_s (local.get 1))))
  (func (export "sum") (result i64) (call_ref $f (call_ref $f (i64.const 1) (i32.const 2) (ref.func $sum)) (i32.const 3) (ref.func $sum)))
  (type $z (func (result i32))) (elem declare func $five) (func $five (type $z) (i32.const 5))
  (func (export "into-local") (result i32) (local i32) (local.set 0 (call_ref $z (ref.func $five))) (local.get 0))
  (func $deep (export "deep") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1))))) (else (i32.const 0)))))`;

describe('calls of Wasm functions', () => {
  test('tail calls do not deepen the stack', () => {
    const n = 2 * MAX_CALL_DEPTH;
    expect(trace(load(TAILS), 'even', i32(n)).ends).toBe(`i64 ${n}`);
    expect(trace(load(TAILS), 'even', i32(n + 1)).ends).toBe('i64 -1');
    expect(inPlace(load(TAILS), 'even', [i32(n)])).toMatchObject({ values: [i64(BigInt(n))] });
  });

  test('a function that tail-calls returns to its own caller', () => {
    expect(trace(load(TAILS), 'through', i32(6)).ends).toBe('i64 12');
  });

  test('calls through references, and through null ones', () => {
    expect(trace(load(TAILS), 'sum').ends).toBe('i64 6');
    expect(trace(load(TAILS), 'into-local').ends).toBe('i32 5');
    expect(trace(load(TAILS), 'null').ends).toBe('trap: null function reference');
    expect(trace(load(TAILS), 'null-tail').ends).toBe('trap: null function reference');
  });

  test('frames are counted', () => {
    expect(trace(load(TAILS), 'deep', i32(MAX_CALL_DEPTH - 1)).ends).toBe(`i32 ${MAX_CALL_DEPTH - 1}`);
    expect(trace(load(TAILS), 'deep', i32(MAX_CALL_DEPTH)).ends).toBe('trap: call stack exhausted');
  });

  test('frames may together have so many words', () => {
    const wide = load(`(module (type $t (func (param i32) (result i32))) (elem declare func $wide)
      (func $wide (export "wide") (type $t) (local${' v128'.repeat(100)})
        (if (result i32) (local.get 0) (then (i32.add (i32.const 1) (call $wide (i32.sub (local.get 0) (i32.const 1))))) (else (i32.const 0))))
      (func $narrow (export "narrow") (type $t) (return_call_ref $t (local.get 0) (ref.func $wide))))`);
    const end = (name: string, depth: number, maxWords: number): unknown => {
      const thread = new Thread(false);
      thread.maxWords = maxWords;
      const request = begin(thread, callStart(func(wide, name), [i32(depth)], new Map()), null, 1000);
      return request.kind === 'trap' ? request.reason : request.kind;
    };
    expect(end('wide', 9, 5000)).toBe('done');
    expect(end('wide', 20, 5000)).toBe('call stack exhausted');
    expect(end('narrow', 0, 5000)).toBe('done');
    expect(end('narrow', 0, 300)).toBe('call stack exhausted');
  });

  test('an endless tail call uses up the fuel', () => {
    const endless = load('(module (func $f (export "f") (return_call $f)))');
    expect(trace(endless, 'f').ends).toBe('bound');
    expect(inPlace(endless, 'f', [], 1000)).toMatchObject({ kind: 'bound' });
  });
});

function asHost(
  name: string,
  params: readonly ValType[],
  results: readonly ValType[],
  call: HostFuncInst['call'],
  asks?: HostAsk,
): ExternVal {
  const inst = host(name, fn(params, results), call, 'unshared');
  return { kind: 'func', func: asks === undefined ? inst : { ...inst, asks } };
}

const HOSTS = `(module (type $h (func (param i32) (result i64 i32))) (type $t (func (result i64 i32)))
  (import "" "h" (func $h (type $h))) (elem declare func $h)
  (func (export "call") (param i32) (result i64 i32) (call $h (i32.add (local.get 0) (i32.const 1))))
  (func (export "ref") (param i32) (result i64 i32) (local funcref) (call_ref $h (local.get 0) (ref.func $h)))
  (func $tail (param i32) (result i64 i32) (local i64) (return_call $h (i32.add (local.get 0) (i32.const 2))))
  (func (export "tail") (param i32) (result i32) (drop (i32.const 1)) (call $tail (local.get 0)) (drop) (drop) (i32.const 8))
  (func (export "root-tail") (param i32) (result i64 i32) (return_call_ref $h (local.get 0) (ref.func $h)))
  (export "h" (func $h)))`;

describe('calls of host functions', () => {
  const pair = asHost('h', ['i32'], ['i64', 'i32'], ([a]) => [i64(7n), a ?? i32(0)]);

  test('have results once their request is answered', () => {
    const loaded = load(HOSTS, { h: pair });
    expect(trace(loaded, 'call', i32(4))).toEqual({ asks: ['call: host h(i32 5)'], ends: 'i64 7 i32 5' });
    expect(trace(loaded, 'ref', i32(4))).toEqual({ asks: ['call_ref: host h(i32 4)'], ends: 'i64 7 i32 4' });
    expect(trace(loaded, 'root-tail', i32(4))).toEqual({
      asks: ['return_call_ref: host h(i32 4)'],
      ends: 'i64 7 i32 4',
    });
    expect(trace(loaded, 'tail', i32(4))).toEqual({ asks: ['return_call: host h(i32 6)'], ends: 'i32 8' });
    expect(trace(loaded, 'h', i32(4))).toEqual({ asks: ['invoke: host h(i32 4)'], ends: 'i64 7 i32 4' });
    for (const name of ['call', 'ref', 'root-tail', 'h'] as const)
      expect(inPlace(loaded, name, [i32(4)])).toMatchObject({ values: [i64(7n), i32(name === 'call' ? 5 : 4)] });
  });

  test('a replaced frame is gone from the state', () => {
    const { state } = exec.start(callStart(func(load(HOSTS, { h: pair }), 'tail'), [i32(4)], new Map()));
    expect(state.frames).toHaveLength(1);
  });

  test('may trap, or fail with what they threw', () => {
    const traps = asHost('h', ['i32'], ['i64', 'i32'], () => {
      throw new HostTrap('out of luck');
    });
    const error = new TypeError('not today');
    const fails = asHost('h', ['i32'], ['i64', 'i32'], () => {
      throw error;
    });
    for (const name of ['call', 'ref', 'tail', 'root-tail', 'h']) {
      expect(trace(load(HOSTS, { h: traps }), name, i32(0)).ends).toBe('trap: out of luck');
      const { request } = exec.start(callStart(func(load(HOSTS, { h: fails }), name), [i32(0)], new Map()));
      expect(request).toMatchObject({ kind: 'trap', reason: 'host function h threw: not today', cause: error });
    }
  });

  test('that ask are given the answer, and again by another one', () => {
    const asks: HostAsk = {
      request: ([a], _, site) => ({ kind: 'join', thread: (a?.type === 'i32' ? a.value : 0) as ThreadId, site }),
      results: ([a], answer) => [i64(answer.kind === 'joined' ? answer.code : 0n), a ?? i32(0)],
    };
    const never = (): never => {
      throw new Error('it asks instead');
    };
    const loaded = load(HOSTS, { h: asHost('h', ['i32'], ['i64', 'i32'], never, asks) });
    const joined = (code: bigint): Response => ({ kind: 'joined', code });
    for (const name of ['call', 'ref', 'root-tail', 'h']) {
      const first = exec.start(callStart(func(loaded, name), [i32(2)], new Map()));
      const thread = name === 'call' ? 3 : 2;
      expect(first.request).toMatchObject({ kind: 'join', thread });
      for (const code of [5n, -1n]) {
        const { state, request } = exec.resume(first.state, joined(code));
        expect(request).toEqual({ kind: 'done' });
        expect(exec.completion(state).results).toEqual([i64(code), i32(thread)]);
      }
    }
    const tail = exec.start(callStart(func(loaded, 'tail'), [i32(2)], new Map()));
    const { state } = exec.resume(tail.state, joined(1n));
    expect(exec.completion(state).results).toEqual([i32(8)]);
  });

  test('may end the thread', () => {
    const exits: HostAsk = {
      request: ([a]) => ({ kind: 'done', code: a?.type === 'i32' ? BigInt(a.value) : 0n }),
      results: () => [],
    };
    const loaded = load(HOSTS, { h: asHost('h', ['i32'], ['i64', 'i32'], () => [], exits) });
    for (const name of ['call', 'ref', 'tail', 'root-tail', 'h']) {
      const { state, request } = exec.start(callStart(func(loaded, name), [i32(3)], new Map()));
      expect(request.kind).toBe('done');
      expect(exec.completion(state).results).toEqual([]);
    }
  });

  test('with many results have room for them', () => {
    const many = Array.from({ length: 300 }, (_, i) => i64(BigInt(i)));
    const wide = asHost(
      'wide',
      [],
      many.map(() => 'i64'),
      () => many,
    );
    const text = `(module (import "" "wide" (func $wide (result${' i64'.repeat(300)}))) (func (export "f") (result i64) ${'(call $wide)'}
      ${'(drop)'.repeat(298)} (i64.add)) (export "wide" (func $wide)))`;
    const loaded = load(text, { wide });
    expect(trace(loaded, 'f').ends).toBe('i64 1');
    expect(traceOf(loaded, func(loaded, 'wide'), []).ends.split(' ')).toHaveLength(600);
  });
});

describe('DoneRequest.code', () => {
  const text = `(module (func (export "i32") (result i32) (i32.const -5)) (func (export "i64") (result i64) (i64.const -6)) (func (export "none")) (func (export "f32") (result f32) (f32.const 1)))`;
  const done = (name: string, tells: boolean) => {
    const start = callStart(func(load(text), name), [], new Map());
    return exec.start(tells ? { ...start, tells: true } : start).request;
  };

  test('is the integer that a thread that tells returns', () => {
    expect(done('i32', true)).toEqual({ kind: 'done', code: -5n });
    expect(done('i64', true)).toEqual({ kind: 'done', code: -6n });
    expect(done('none', true)).toEqual({ kind: 'done' });
    expect(done('f32', true)).toEqual({ kind: 'done' });
    expect(done('i32', false)).toEqual({ kind: 'done' });
  });
});

describe('exceptions', () => {
  const TEXT = `(module
    (import "" "h" (func $h)) (tag $e (export "e") (param i32 i64)) (tag $n)
    (global $count (mut i32) (i32.const 0)) (memory 1)
    (func $raise (param i32) (if (local.get 0) (then (throw $e (local.get 0) (i64.const 7)))) (throw $n))
    (func $middle (param i32) (result i32) (local i64) (i32.add (i32.const 1) (block (result i32) (call $raise (local.get 0)) (i32.const 5))))
    (func (export "catch") (param i32) (result i32 i64)
      (i32.const 100)
      (block $all
        (block $h (result i32 i64)
          (try_table (result i32) (catch $e $h) (catch_all $all) (call $middle (local.get 0)))
          (i64.const -1) (return))
        (return))
      (drop) (i32.const -2) (i64.const -2))
    (func (export "local") (param i32) (result i32) (local $x i32)
      (block $h (try_table (catch_all $h)
        (local.set $x (i32.const 3)) (if (local.get 0) (then (throw $n))) (local.set $x (i32.const 4))))
      (local.get $x))
    (func (export "rethrow") (param i32) (result i32)
      (block $outer (result i32 i64)
        (try_table (result i32 i64) (catch $e $outer)
          (block $h (result exnref) (try_table (result exnref) (catch_all_ref $h) (call $middle (local.get 0)) (drop) (ref.null exn)))
          (throw_ref)))
      (drop))
    (func (export "both") (param i32) (result i32 i64 i32)
      (block $h (result i32 i64 exnref) (try_table (catch_ref $e $h) (call $raise (local.get 0))) (unreachable))
      (ref.is_null))
    (func (export "null") (throw_ref (ref.null exn)))
    (func (export "return") (param i32) (result i32 i64) (try_table (catch $e 0) (call $raise (local.get 0))) (unreachable))
    (func (export "trap") (block $h (try_table (catch_all $h) (unreachable))))
    (func (export "host") (result i32 i64) (block $h (result i32 i64) (try_table (catch $e $h) (call $h)) (i32.const 0) (i64.const 0)))
    (func $tail (try_table (catch_all 0) (return_call $h)))
    (func (export "tail") (result i32 i64) (block $h (result i32 i64) (try_table (catch $e $h) (call $tail)) (i32.const 0) (i64.const 0)))
    (func (export "raise") (param i32) (call $raise (local.get 0)))
    (func $late (param i32) (drop (i32.load (i32.const 0))) (call $raise (local.get 0)))
    (func (export "late") (param i32) (result i32) (block $h (try_table (catch_all $h) (call $late (local.get 0)))) (i32.const 6)))`;

  function loadWith(thrown: readonly Value[] = []): Loaded {
    const store = new SharedStore();
    const loaded: { current?: Loaded } = {};
    const h = asHost('h', [], [], () => {
      const tag = loaded.current?.instance.exports.get('e');
      if (tag?.kind !== 'tag') throw new Error('no tag');
      throw new HostException(tag.tag, thrown);
    });
    loaded.current = load(TEXT, { h }, store);
    return loaded.current;
  }

  test('the innermost handler gets the arguments; a clause for all gets none', () => {
    expect(trace(loadWith(), 'catch', i32(3)).ends).toBe('i32 3 i64 7');
    expect(trace(loadWith(), 'catch', i32(0)).ends).toBe('i32 -2 i64 -2');
    expect(trace(loadWith(), 'return', i32(3)).ends).toBe('i32 3 i64 7');
    expect(inPlace(loadWith(), 'catch', [i32(3)])).toMatchObject({ values: [i32(3), i64(7n)] });
  });

  test('locals are as they were at the throw', () => {
    expect(trace(loadWith(), 'local', i32(1)).ends).toBe('i32 3');
    expect(trace(loadWith(), 'local', i32(0)).ends).toBe('i32 4');
  });

  test('references to exceptions are caught and thrown again', () => {
    expect(trace(loadWith(), 'rethrow', i32(9)).ends).toBe('i32 9');
    expect(trace(loadWith(), 'rethrow', i32(0)).ends).toBe('trap: uncaught exception');
    expect(trace(loadWith(), 'both', i32(9)).ends).toBe('i32 9 i64 7 i32 0');
    expect(trace(loadWith(), 'null').ends).toBe('trap: null exception reference');
  });

  test('an uncaught exception is told', () => {
    const loaded = loadWith();
    const { request } = exec.start(callStart(func(loaded, 'raise'), [i32(4)], new Map()));
    expect(request).toMatchObject({ kind: 'trap', reason: 'uncaught exception', site: { text: 'throw' } });
    const { refs, tags } = loaded.instance;
    const id = request.kind === 'trap' ? request.exception : undefined;
    expect(refs.get(id ?? 0)).toMatchObject({ kind: 'exn', tag: tags[0], args: [i32(4), i64(7n)] });
  });

  test('traps are not caught', () => {
    expect(trace(loadWith(), 'trap').ends).toBe('trap: unreachable');
  });

  test('of host functions are caught, but not by a frame that is replaced', () => {
    const loaded = loadWith([i32(1), i64(2n)]);
    expect(trace(loaded, 'host')).toEqual({ asks: [], ends: 'i32 1 i64 2' });
    expect(trace(loaded, 'tail').ends).toBe('i32 1 i64 2');
    expect(inPlace(loaded, 'host', [])).toMatchObject({ values: [i32(1), i64(2n)] });
  });

  test('unwinding a suspended thread leaves its state alone', () => {
    const asks = exec.start(callStart(func(loadWith(), 'late'), [i32(1)], new Map()));
    const units: Response = { kind: 'units', units: [0, 0, 0, 0] };
    for (let k = 0; k < 2; k++) expect(exec.completion(exec.resume(asks.state, units).state).results).toEqual([i32(6)]);
    expect(exec.resume(asks.state, { kind: 'out-of-bounds' }).request).toMatchObject({ kind: 'trap' });
  });
});

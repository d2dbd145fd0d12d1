import { describe, expect, test } from 'vitest';
import { callSequential, runsAlone } from '../../../../src/exec/js/call.ts';
import { compile } from '../../../../src/exec/js/compile.ts';
import { isEligible } from '../../../../src/exec/js/eligible.ts';
import type { WasmFuncInst } from '../../../../src/runtime/instance.ts';
import { DEFAULT_READINGS } from '../../../../src/syntax/readings.ts';
import type { Value } from '../../../../src/syntax/values.ts';
import { fn, host } from '../../semantics/build.ts';
import { func, i32, i64, load } from '../wat.ts';
import { both, callBoth, placeless, shortly } from './both.ts';

const f64 = (bits: bigint): Value => ({ type: 'f64', bits });
const i32s = (...values: number[]): Value[] => values.map(i32);

describe('the text', () => {
  test('keeps expressions as trees, and gives a variable to what is evaluated before its use', () => {
    const loaded = load(`(module (memory 1 1) (func (export "f") (param i32) (result i32)
      (i32.load offset=4 (local.get 0))
      (i32.store (i32.const 8) (i32.add (local.get 0) (i32.const 1)))
      (i32.mul (local.get 0))))`);
    const { source } = compile(func(loaded, 'f') as WasmFuncInst, { metered: false, workers: false });
    expect(source.split('\n').slice(-6)).toEqual(
      [
        'let m0=M0.view;',
        's0=m0.getInt32((l0>>>0)+4,true);',
        'm0.setInt32(8,(l0+1|0),true);',
        'return Math.imul(s0,l0);',
        '}',
      ].toSpliced(0, 0, 'let s0=0;'),
    );
  });

  test('counts steps only where fuel is bounded', () => {
    const f = func(load('(module (func (export "f") (loop (br 0))))'), 'f') as WasmFuncInst;
    expect(compile(f, { metered: true, workers: false }).source).toContain('refuel()');
    expect(compile(f, { metered: false, workers: false }).source).not.toContain('refuel()');
  });
});

describe('control', () => {
  test('an operand that a local gave is evaluated before the local is set', () => {
    const module = both(`(module (func (export "f") (param i32) (result i32)
      (local.get 0) (local.set 0 (i32.const 7)) (i32.sub (local.get 0))))`);
    expect(shortly(callBoth(module, 'f', i32s(10)))).toEqual([3]);
  });

  test('what was read before a write is what it was', () => {
    const module = both(`(module (memory 1 5) (table $t 1 5 funcref)
      (global $g (mut i32) (i32.const 1)) (global $d (mut f64) (f64.const 1)) (global $l (thread_local mut i32))
      (func $set (param i32) (global.set $g (local.get 0)) (global.set $l (local.get 0)) (global.set $d (f64.const 9)))
      (func (export "set") (result i32 f64)
        (global.get $g) (global.get $d) (global.set $g (i32.const 5)) (global.set $d (f64.const 6)))
      (func (export "local") (result i32) (global.get $l) (global.set $l (i32.const 5)))
      (func (export "call") (result i32 f64 i32) (global.get $g) (global.get $d) (global.get $l) (call $set (i32.const 7)))
      (func (export "grow") (result i32 i32)
        (memory.size) (table.size $t) (drop (memory.grow (i32.const 1))) (drop (table.grow $t (ref.null func) (i32.const 1))))
      (func (export "select") (param i32) (result i32)
        (global.get $g) (i32.const 3) (local.get 0) (global.set $g (i32.const 8)) (select)))`);
    expect(shortly(callBoth(module, 'set'))).toEqual([1, 0x3ff0_0000_0000_0000n]);
    expect(shortly(callBoth(module, 'local'))).toEqual([0]);
    expect(shortly(callBoth(module, 'call'))).toEqual([5, 0x4018_0000_0000_0000n, 0]);
    expect(shortly(callBoth(module, 'grow'))).toEqual([1, 1]);
    expect(shortly(callBoth(module, 'select', i32s(1)))).toEqual([7]);
  });

  test('branches carry operands out of blocks, tables and loops', () => {
    const module = both(`(module
      (func (export "table") (param i32) (result i32 i64)
        (block $a (result i32 i64) (block $b (result i32 i64) (block $c (result i32 i64)
          (i32.const 1) (i64.const 2) (br_table $a $b $c $b (local.get 0)))
          (drop) (i64.const 30)) (drop) (i64.const 400)))
      (func (export "loop") (param i32) (result i64)
        (i64.const 1) (local.get 0)
        (loop $l (param i64 i32) (result i64)
          (local.set 0) (i64.mul (i64.const 3))
          (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
          (local.get 0) (br_if $l (local.get 0)) (drop))))`);
    for (const x of [0, 1, 2, 3, 4, -1]) callBoth(module, 'table', i32s(x));
    expect(shortly(callBoth(module, 'table', i32s(1)))).toEqual([1, 400n]);
    expect(shortly(callBoth(module, 'loop', i32s(4)))).toEqual([81n]);
  });

  test('a value that may trap is evaluated although only the branch not taken needs it', () => {
    const module = both(`(module (memory 1) (func (export "f") (param i32) (result i32)
      (block (result i32) (i32.load (local.get 0)) (i32.const 5) (br_if 0 (i32.const 1)) (i32.add))))`);
    expect(shortly(callBoth(module, 'f', i32s(-1)))).toBe('out of bounds memory access');
    expect(shortly(callBoth(module, 'f', i32s(0)))).toEqual([5]);
  });

  test('traps come in order', () => {
    const module = both(`(module (memory 1) (func (export "f") (param i32 i32) (result i32)
      (i32.load (local.get 0)) (i32.div_u (i32.const 1) (local.get 1)) (i32.store (i32.const 0) (i32.const 9))
      (i32.add)))`);
    expect(shortly(callBoth(module, 'f', i32s(-1, 0)))).toBe('out of bounds memory access');
    expect(shortly(callBoth(module, 'f', i32s(4, 0)))).toBe('integer divide by zero');
    expect(shortly(callBoth(module, 'f', i32s(4, 1)))).toEqual([1]);
  });
});

describe('memory', () => {
  test('a store that is not wholly in bounds writes nothing', () => {
    const module = both(`(module (memory 1)
      (func (export "f") (param i32) (i64.store (local.get 0) (i64.const -1)))
      (func (export "atomic") (param i32) (i64.atomic.store (local.get 0) (i64.const -1))))`);
    for (const at of [65529, 65532, 65535, 65536, -1, -4, -8, 65528])
      for (const name of ['f', 'atomic']) callBoth(module, name, i32s(at));
  });

  test('an address and its offset do not wrap round', () => {
    const module = both(`(module (memory 1) (func (export "f") (param i32) (result i64)
      (i64.add (i64.load offset=8 (local.get 0)) (i64.extend_i32_u (i32.load8_u offset=4294967295 (local.get 0))))))`);
    for (const at of [-8, -1, 0, 1])
      expect(shortly(callBoth(module, 'f', i32s(at)))).toBe('out of bounds memory access');
  });

  test('growth in the function, in a callee and in the machine is seen', () => {
    const module = both(`(module (memory 1 9) (memory $other i64 1 4) (type $v (func))
      (func $grow (drop (memory.grow (i32.const 1))))
      (func $vector (drop (i8x16.splat (i32.const 0))) (drop (memory.grow (i32.const 1))))
      (func (export "f") (result i32 i32 i64)
        (drop (memory.grow (i32.const 1)))
        (i32.store (i32.const 65536) (i32.const 7))
        (call $grow)
        (i32.store (i32.const 131072) (i32.const 8))
        (call $vector)
        (i32.store (i32.const 196608) (i32.const 9))
        (drop (memory.grow $other (i64.const 2)))
        (i64.store $other (i64.const 196600) (i64.const 5))
        (i32.load (i32.const 196608)) (memory.grow (i32.const 100)) (memory.size $other))
      (func (export "far") (i64.store $other offset=16 (i64.const -8) (i64.const 5))))`);
    expect(shortly(callBoth(module, 'f'))).toEqual([9, -1, 3n]);
    expect(shortly(callBoth(module, 'far'))).toBe('out of bounds memory access');
  });

  test('read-modify-writes of every width', () => {
    const widths = [
      '32.atomic.rmw',
      '32.atomic.rmw8',
      '32.atomic.rmw16',
      '64.atomic.rmw',
      '64.atomic.rmw8',
      '64.atomic.rmw16',
      '64.atomic.rmw32',
    ];
    const ops = ['add', 'sub', 'and', 'or', 'xor', 'xchg', 'cmpxchg'];
    const functions = widths.flatMap((width) =>
      ops.map((op) => {
        const t = `i${width.slice(0, 2)}`;
        const name = `i${width}.${op}${/rmw\d/.test(width) ? '_u' : ''}`;
        const expected = op === 'cmpxchg' ? `(${t}.const 0x1f2)` : '';
        return `(func (export "${name}") (param i32 ${t}) (result ${t} i64)
          (i64.store (i32.const 8) (i64.const 0x80ff7fee000001f2))
          (${name} (local.get 0) ${expected} (local.get 1)) (i64.load (i32.const 8)))`;
      }),
    );
    const module = both(`(module (memory 1) ${functions.join('\n')})`);
    for (const width of widths)
      for (const op of ops)
        for (const at of [8, 9, 12, 65536])
          for (const value of [1n, -1n, 0x7fff_ffff_0000_0001n]) {
            const t = width.startsWith('64') ? i64(value) : i32(Number(BigInt.asIntN(32, value)));
            callBoth(module, `i${width}.${op}${/rmw\d/.test(width) ? '_u' : ''}`, [i32(at), t]);
          }
  });

  test('bulk instructions, tables and segments', () => {
    const module = both(`(module (memory 1) (memory $b 1) (table $t 5 20 funcref) (table $u 3 funcref)
      (func $f0) (func $f1) (elem $e func $f0 $f1) (data $d "abcdef")
      (func (export "fill") (param i32 i32) (memory.fill (local.get 0) (i32.const 0x1ff) (local.get 1)))
      (func (export "copy") (param i32 i32) (memory.copy $b 0 (local.get 0) (i32.const 2) (local.get 1)))
      (func (export "shift") (param i32 i32) (memory.copy (local.get 0) (i32.const 4) (local.get 1)))
      (func (export "init") (param i32 i32) (memory.init $d (local.get 0) (i32.const 1) (local.get 1)))
      (func (export "data.drop") (param i32 i32) (data.drop $d))
      (func (export "t.init") (param i32 i32) (table.init $t $e (local.get 0) (i32.const 0) (local.get 1)))
      (func (export "t.copy") (param i32 i32) (table.copy $u $t (local.get 0) (i32.const 1) (local.get 1)))
      (func (export "t.shift") (param i32 i32) (table.copy $t $t (local.get 0) (i32.const 1) (local.get 1)))
      (func (export "t.grow") (param i32 i32) (result i32 i32)
        (table.grow $t (ref.func $f1) (local.get 1)) (table.size $t))
      (func (export "t.fill") (param i32 i32) (table.fill $t (local.get 0) (ref.func $f0) (local.get 1)))
      (func (export "t.set") (param i32 i32) (table.set $t (local.get 0) (table.get $t (local.get 1))))
      (func (export "elem.drop") (param i32 i32) (elem.drop $e)))`);
    const names = [
      'init',
      'fill',
      'copy',
      'shift',
      't.init',
      't.set',
      't.copy',
      't.shift',
      't.grow',
      't.fill',
      'data.drop',
      'elem.drop',
      'init',
      't.init',
    ];
    for (const name of names)
      for (const [to, size] of [
        [0, 1],
        [0, 0],
        [1, 2],
        [65536, 0],
        [65537, 0],
        [65535, 2],
        [-1, 2],
        [2, 2],
        [3, -1],
        [5, 0],
        [6, 0],
      ] as const)
        callBoth(module, name, i32s(to, size));
  });
});

describe('calls', () => {
  const RECURSION = `(module (global $deepest (mut i32) (i32.const 0)) (type $t (func (param i32 i64) (result i64 f64)))
    (table funcref (elem $indirect $direct))
    (func $direct (export "direct") (type $t)
      (global.set $deepest (i32.add (global.get $deepest) (i32.const 1)))
      (if (i32.eqz (local.get 0)) (then (return (local.get 1) (f64.const 0.5))))
      (call $direct (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.const 1))))
    (func $indirect (export "indirect") (type $t)
      (if (i32.eqz (local.get 0)) (then (return (local.get 1) (f64.const 1.5))))
      (call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (i64.const 7) (i32.and (local.get 0) (i32.const 1)))))`;

  test.each([10, 3_000, 9_998, 9_999, 10_000, 10_001, 1_000_000])('trap at the same depth: %i', (depth) => {
    for (const name of ['direct', 'indirect']) callBoth(both(RECURSION), name, [i32(depth), i64(5n)]);
  });

  test('use up fuel as the machine does, whoever makes them', () => {
    const text = `(module (func $leaf) (func $vector (drop (i8x16.splat (i32.const 0))) (call $leaf))
      (func (export "f") (param i32)
        (loop $l (call $leaf) (call $vector) (br_if $l (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))))`;
    for (const fuel of [0, 1, 3, 4, 5, 39, 40, 41, 100])
      expect(callBoth(both(text), 'f', i32s(10), { fuel }).ending.kind).toBe(fuel >= 40 ? 'results' : 'bound');
  });

  test('an endless loop and an endless recursion end with their fuel', () => {
    const module = both('(module (func (export "f") (loop (br 0))) (func (export "g") (loop (call 0) (br 0))))');
    for (const name of ['f', 'g']) expect(shortly(callBoth(module, name, [], { fuel: 100_000 }))).toBe('bound');
  });

  test('a host function gets values, gives several, and its errors are traps', () => {
    const imports = (): Parameters<typeof both>[1] => ({
      swap: {
        kind: 'func',
        func: host('swap', fn(['i64', 'f32'], ['f32', 'i64']), ([a, b]) => [b as Value, a as Value], 'unshared'),
      },
      fail: {
        kind: 'func',
        func: host(
          'fail',
          fn([], []),
          () => {
            throw new RangeError('no');
          },
          'unshared',
        ),
      },
    });
    const module = both(
      `(module (func $swap (import "" "swap") (param i64 f32) (result f32 i64)) (func $fail (import "" "fail"))
      (func (export "f") (param i64 i32) (result i32 i64)
        (local $x i64) (call $swap (local.get 0) (f32.reinterpret_i32 (local.get 1))) (local.set $x) (i32.reinterpret_f32) (local.get $x))
      (func (export "g") (call $fail)))`,
      imports(),
    );
    expect(shortly(callBoth(module, 'f', [i64(-3n), i32(0x7f80_0123)]))).toEqual([0x7f80_0123, -3n]);
    expect(shortly(callBoth(module, 'g'))).toBe('host function fail threw: no');
  });

  test('a host function may call back, at any depth, and the outer call goes on with its own fuel', () => {
    const options = { readings: DEFAULT_READINGS, fuel: 1_000 };
    let inner: unknown = null;
    const back = host(
      'back',
      fn(['i32'], ['i32']),
      ([n]) => {
        const { ending } = callSequential(
          options,
          func(loaded, 'f'),
          [i32(n?.type === 'i32' ? n.value - 1 : 0)],
          loaded.store,
        );
        inner = placeless(ending);
        return ending.kind === 'results' ? ending.values : [i32(-1)];
      },
      'unshared',
    );
    const loaded = load(
      `(module (func $back (import "" "back") (param i32) (result i32))
      (func (export "f") (param i32) (result i32)
        (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
        (i32.add (i32.const 1) (call $back (local.get 0)))))`,
      { back: { kind: 'func', func: back } },
    );
    const outcome = callSequential(options, func(loaded, 'f'), i32s(30), loaded.store);
    expect(shortly(outcome)).toEqual([31]);
    expect(inner).toEqual({ kind: 'results', values: [i32(30)] });
    expect(outcome.fuel).toBe(1000);
    // As deep as the stack lets it: the machine, and then V8, say when it is enough.
    expect(
      callSequential({ ...options, fuel: Infinity }, func(loaded, 'f'), i32s(100_000), loaded.store).ending.kind,
    ).not.toBe('bound');
  });

  test('tail calls of itself and of others take no stack', () => {
    const text = `(module (type $t (func (param i32 i64 f64) (result i64 f64))) (table funcref (elem $even $odd $vector))
      (func $self (export "self") (type $t) (local $fresh i32)
        (if (i32.eqz (local.get 0)) (then (return (local.get 1) (local.get 2))))
        (local.set $fresh (i32.add (local.get $fresh) (i32.const 1)))
        (return_call $self (i32.sub (local.get 0) (local.get $fresh)) (i64.extend_i32_u (local.get 0)) (f64.neg (local.get 2))))
      (func $even (export "even") (type $t)
        (if (i32.eqz (local.get 0)) (then (return (local.get 1) (local.get 2))))
        (return_call $odd (i32.sub (local.get 0) (i32.const 1)) (i64.add (local.get 1) (i64.const 1)) (f64.sqrt (local.get 2))))
      (func $odd (type $t)
        (if (i32.eqz (local.get 0)) (then (unreachable)))
        (return_call_indirect (type $t) (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (local.get 2)
          (select (i32.const 2) (i32.const 0) (i32.eq (local.get 0) (i32.const 3)))))
      (func $vector (type $t) (drop (i8x16.splat (i32.const 0)))
        (return_call_ref $t (local.get 0) (local.get 1) (local.get 2) (ref.func $even))))`;
    for (const n of [0, 1, 2, 3, 10, 50_000]) {
      const args = [i32(n), i64(-1n), { type: 'f64', bits: 0xfff0_0000_0000_0001n } as const];
      for (const name of ['self', 'even']) callBoth(both(text), name, args, { fuel: 100_000 });
    }
    for (const fuel of [0, 1, 9, 10, 11]) callBoth(both(text), 'even', [i32(10), i64(0n), f64(1n)], { fuel });
    expect(shortly(callBoth(both(text), 'even', [i32(60_000), i64(0n), f64(0n)]))).toEqual([30_000n, 0n]);
  });

  test('a tail call of a host function uses up fuel too', () => {
    const next = host('next', fn(['i32'], ['i32']), ([a]) => [i32(a?.type === 'i32' ? a.value + 1 : 0)], 'unshared');
    const text = `(module (func $next (import "" "next") (param i32) (result i32))
      (func (export "f") (param i32) (result i32) (return_call $next (local.get 0))))`;
    for (const fuel of [0, 1, 2]) {
      const outcome = callBoth(both(text, { next: { kind: 'func', func: next } }), 'f', i32s(4), { fuel });
      expect(shortly(outcome)).toEqual(fuel === 0 ? 'bound' : [5]);
    }
  });

  test('indirect calls check the slot and the type', () => {
    const module =
      both(`(module (type $a (func (result i32))) (type $b (func)) (table 3 funcref) (elem (i32.const 0) $a $b)
      (func $a (type $a) (i32.const 4)) (func $b (type $b))
      (func (export "f") (param i32) (result i32) (call_indirect (type $a) (local.get 0)))
      (func (export "r") (param i32) (result i32) (call_ref $a (if (result (ref null $a)) (local.get 0) (then (ref.func $a)) (else (ref.null $a))))))`);
    const reasons = [0, 1, 2, 3, -1].map((x) => shortly(callBoth(module, 'f', i32s(x))));
    expect(reasons).toEqual([
      [4],
      'indirect call type mismatch',
      'uninitialized element',
      'undefined element',
      'undefined element',
    ]);
    expect([1, 0].map((x) => shortly(callBoth(module, 'r', i32s(x))))).toEqual([[4], 'null function reference']);
  });

  test('thread-locals are the context’s, also in the machine and after a trap', () => {
    const text = `(module shared (global $x (export "x") (thread_local mut i32))
      (global $y (export "y") (thread_local mut f64)) (global $z (export "z") (thread_local mut i64))
      (func $vector shared (drop (i8x16.splat (i32.const 0))) (global.set $x (i32.add (global.get $x) (i32.const 10))))
      (func (export "f") shared (param i32) (result i32 f64 i64)
        (global.set $x (i32.add (global.get $x) (i32.const 1))) (call $vector)
        (global.set $y (f64.add (global.get $y) (f64.const 0.5)))
        (if (local.get 0) (then (unreachable)))
        (global.get $x) (global.get $y) (global.get $z)))`;
    const module = both(text);
    const first = callBoth(module, 'f', i32s(0));
    expect(first.ending).toEqual({
      kind: 'results',
      values: [i32(11), { type: 'f64', bits: 0x3fe0_0000_0000_0000n }, i64(0n)],
    });
    const second = callBoth(module, 'f', i32s(1), { locals: first.locals });
    expect([...second.locals.values()][0]).toEqual(i32(22));
    expect(callBoth(module, 'f', i32s(0)).ending).toEqual(first.ending);
  });
});

test('what may start a thread, and what compiled code cannot hold, is left to the machine', () => {
  const forking = load('(module (func $g shared) (func (export "f") (fork $g)))');
  expect(runsAlone(func(forking, 'f'))).toBe(false);
  const vectors = load('(module (func (export "f") (result v128) (v128.const i64x2 1 2)))');
  expect(isEligible(func(vectors, 'f') as WasmFuncInst)).toBe(false);
  const options = { readings: DEFAULT_READINGS, fuel: 1_000 };
  expect(callSequential(options, func(forking, 'f'), [], forking.store).ending.kind).toBe('results');
  expect(shortly(callSequential(options, func(vectors, 'f'), [], vectors.store))).toEqual([(2n << 64n) + 1n]);
});

import { describe, expect, test } from 'vitest';
import { INSTRUCTIONS } from '../../../../src/syntax/instructions.ts';
import type { NumType } from '../../../../src/syntax/types.ts';
import type { Value } from '../../../../src/syntax/values.ts';
import { both, callBoth, shortly } from './both.ts';

const I32 = [0, 1, -1, 2, 3, 10, 31, 32, 33, 63, 0x7fff_ffff, -0x8000_0000, 0xff, 0x8000, -128, 0x12345678];
const I64 = [
  0n,
  1n,
  -1n,
  2n,
  10n,
  31n,
  32n,
  33n,
  63n,
  64n,
  0xffff_ffffn,
  0x1_0000_0000n,
  -0x8000_0000n,
  0x8000_0000n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  0x7fff_ffbf_ffff_ffffn,
  0x1234_5678_9abc_def0n,
  -0x1234_5678_9abc_def0n,
  0x8000_0080_0000_0001n - 2n ** 64n,
  0x0020_0000_2000_0001n,
];
const F32 = [
  0, 0x8000_0000, 0x3f80_0000, 0xbf80_0000, 0x3f00_0000, 0x4020_0000, 0xc060_0000, 1, 0x807f_ffff, 0x7f7f_ffff,

  0x7f80_0000, 0xff80_0000, 0x7fc0_0000, 0xffc0_0001, 0x7f80_0001, 0xff91_2345, 0x4eff_ffff, 0x4f00_0000, 0xcf00_0000,
  0xcf00_0001, 0x4f80_0000, 0x5eff_ffff, 0x5f00_0000, 0x5f80_0000, 0x4b80_0001, 0x3eff_ffff,
];
const F64 = [
  0n,
  1n << 63n,
  0x3ff0_0000_0000_0000n,
  0xbff0_0000_0000_0000n,
  0x3fe0_0000_0000_0000n,
  0x4004_0000_0000_0000n,
  0xc00c_0000_0000_0000n,
  1n,
  0x7fef_ffff_ffff_ffffn,
  0x7ff0_0000_0000_0000n,
  0xfff0_0000_0000_0000n,
  0x7ff8_0000_0000_0000n,
  0x7ff0_0000_0000_0001n,
  0xfff8_0000_dead_beefn,
  0x7ff8_0000_1000_0000n,
  0x41df_ffff_ffc0_0000n,
  0x41e0_0000_0000_0000n,
  0xc1e0_0000_0020_0000n,
  0xc1e0_0000_0000_0000n,
  0x41ef_ffff_ffe0_0000n,
  0x41f0_0000_0000_0000n,
  0x43e0_0000_0000_0000n,
  0xc3e0_0000_0000_0000n,
  0x43f0_0000_0000_0000n,
  0x3ff0_0000_1000_0000n,
  0x36a0_0000_0000_0000n,
  0x3fdf_ffff_ffff_ffffn,
];

const VALUES: Readonly<Record<NumType, readonly Value[]>> = {
  i32: I32.map((value) => ({ type: 'i32', value })),
  i64: I64.map((value) => ({ type: 'i64', value })),
  f32: F32.map((bits) => ({ type: 'f32', bits })),
  f64: F64.map((bits) => ({ type: 'f64', bits })),
};

const ROWS = INSTRUCTIONS.flatMap(({ mnemonic, meaning, signature }) =>
  meaning.kind === 'numeric' && signature !== null
    ? [{ op: mnemonic, params: signature.params as NumType[], results: signature.results as NumType[] }]
    : [],
);

function written(t: NumType, value: Value): string {
  if (value.type === 'i32' || value.type === 'i64') return `(${t}.const ${value.value})`;
  const int = t === 'f32' ? 'i32' : 'i64';
  return 'bits' in value ? `(${t}.reinterpret_${int} (${int}.const ${value.bits}))` : '';
}

describe('numeric instructions compute what the machine computes', () => {
  test.each(ROWS)('$op', ({ op, params, results: [result = 'i32'] }) => {
    const gets = params.map((_, i) => `(local.get ${i})`).join(' ');
    const last = params.length - 1;
    const constants = VALUES[params[last] ?? 'i32'];
    const module = both(`(module (memory 1)
      (func (export "f") (param ${params.join(' ')}) (result ${result}) (${op} ${gets}))
      (func (export "stored") (param ${params.join(' ')}) (local ${result})
        (local.set ${params.length} (${op} ${gets}))
        (${result}.store (i32.const 8) (local.get ${params.length}))
        (${result}.store (i32.const 16) (${op} ${gets})))
      ${constants
        .map((value, k) => {
          const first = last === 0 ? '' : '(local.get 0)';
          return `(func (export "c${k}") (param ${params[0]}) (result ${result}) (${op} ${first} ${written(params[last] ?? 'i32', value)}))`;
        })
        .join('\n')})`);
    const [first = [], second = []] = params.map((t) => VALUES[t]);
    let [traps, calls] = [0, 0];
    for (const a of first) {
      for (const args of params.length === 1 ? [[a]] : second.map((b) => [a, b])) {
        if (typeof shortly(callBoth(module, 'f', args)) === 'string') traps++;
        else if (calls++ % 4 === 0) callBoth(module, 'stored', args);
      }
    }
    for (const k of constants.keys()) for (const a of first.slice(0, 4)) callBoth(module, `c${k}`, [a]);
    expect(traps > 0).toBe(/\.(div|rem)_|\.trunc_f/.test(op));
  });
});

describe("a float's NaN in optimised code", () => {
  const LOOP = `(module (memory 1)
    (global $f (mut f32) (f32.const 0)) (global $d (mut f64) (f64.const 0))
    (func $id (param f32 f64) (result f32 f64) (local.get 0) (local.get 1))
    (func (export "moves") (param $n i32) (param $bits i32) (param $wide i64) (result i32 i64)
      (local $x f32) (local $y f64)
      (i32.store (i32.const 0) (local.get $bits))
      (i64.store (i32.const 8) (local.get $wide))
      (loop $again
        (call $id (f32.load (i32.const 0)) (f64.load (i32.const 8)))
        (local.set $y) (local.set $x)
        (global.set $f (select (local.get $x) (f32.const 1) (local.get $n)))
        (global.set $d (select (local.get $y) (f64.const 1) (local.get $n)))
        (f32.store (i32.const 4) (global.get $f))
        (f64.store (i32.const 16) (global.get $d))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.load (i32.const 4)) (i64.load (i32.const 16)))
    (func (export "computes") (param $n i32) (param $bits i32) (param $wide i64) (result i32 i64)
      (local $x f32) (local $y f64) (local $sum f64)
      (loop $again
        (local.set $x (f32.add (f32.reinterpret_i32 (local.get $bits)) (f32.const 1)))
        (local.set $y (f64.mul (f64.reinterpret_i64 (local.get $wide)) (f64.const 0.5)))
        (local.set $sum (f64.add (f64.promote_f32 (local.get $x)) (local.get $y)))
        (f32.store (i32.const 4) (f32.neg (local.get $x)))
        (f64.store (i32.const 16) (f64.copysign (local.get $sum) (f64.sub (local.get $sum) (f64.reinterpret_i64 (local.get $wide)))))
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (i32.load (i32.const 4)) (i64.load (i32.const 16))))`;

  test.each([
    [0x7f80_0001, 0x7ff0_0000_0000_0001n],
    [-0x0040_0000 + 0x1234, -0x000f_ffff_dead_beefn],
    [0x7fc0_0000, 0x7ff8_0000_0000_0000n],
    [0x3f80_0000, 0x3ff0_0000_0000_0000n],
  ])('%i, %i', (bits, wide) => {
    const module = both(LOOP);
    for (const name of ['moves', 'computes']) {
      const args: Value[] = [
        { type: 'i32', value: 30_000 },
        { type: 'i32', value: bits },
        { type: 'i64', value: BigInt.asIntN(64, wide) },
      ];
      const outcome = callBoth(module, name, args);
      if (name === 'moves') expect(shortly(outcome)).toEqual([bits, BigInt.asIntN(64, wide)]);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { equalModules } from '../../../src/syntax/equal.ts';
import {
  printFuncType,
  printHeapType,
  printRefType,
  printSignature,
  printSubType,
  printValTypes,
} from '../../../src/syntax/print-types.ts';
import { plainType } from '../../../src/syntax/types.ts';
import { printModule } from '../../../src/text/print-module.ts';
import { moduleOf } from './read.ts';

const EVERYTHING = `(module $M shared
  (type $t (func (param $x i32) (result i64)))
  (import "a \\"b\\"" "f" (func $f (type $t)))
  (import "m" "g" (global (shared mut i32)))
  (import "m" "m" (memory 1 2 shared))
  (table $tab shared 1 2 (ref null (shared func)))
  (memory $"odd name" 1)
  (global $tl (thread_local mut (ref null $t)))
  (global $g f64 (f64.const -0x1.8p-3))
  (global f32 f32.const nan:0x1 f32.const inf drop)
  (export "é\\u{0}" (func $h))
  (start $h)
  (data $d (memory $"odd name") (i32.const 1) "a\\00\\"")
  (data "passive")
  (func $h (param $x i32) (param i64 f32) (param $y f64) (local $z i32) (local i64 i64)
    (block $l (block $l (br $l) (br 1)))
    (loop (result i32) (i32.atomic.rmw.add 1 acq_rel offset=4 (i32.const 1) (local.get $z)))
    (if (type $e) (then nop) (else (atomic.fence seq_cst)))
    (select (result i64) (i64.const -1) (i64.const 1) (local.get $x))
    (br_table 0 0 (i32.const 0))
    (i32.store align=1 (i32.const 0) (i32.const 0))
    (memory.copy 1 0 (i32.const 0) (i32.const 0) (i32.const 0))
    (fork $h) (drop (ref.null (shared extern))) (local.set 5 (memory.size 1)))
  (type $e (func)))`;

describe('printModule', () => {
  test('parses to the same module', () => {
    const module = moduleOf(EVERYTHING);
    const printed = printModule(module);
    expect(equalModules(moduleOf(printed), module)).toBe(true);
    expect(printModule(moduleOf(printed))).toBe(printed);
  });

  test('is flat and indented, types explicit, names where there are any', () => {
    const text =
      '(module (func $f (export "f") (param $x i32) (result i32) (block $b (result i32) (if (local.get $x) (then (br $b (i32.const 1)))) (call $f (i32.const 0)))))';
    expect(printModule(moduleOf(text))).toBe(`(module
  (type (func (param i32) (result i32)))
  (export "f" (func $f))
  (func $f (type 0) (param $x i32) (result i32)
    block $b (result i32)
      local.get $x
      if
        i32.const 1
        br $b
      end
      i32.const 0
      call $f
    end
  )
)
`);
    expect(printModule(moduleOf('(module)'))).toBe('(module)\n');
  });

  test('an index out of range prints as its number', () => {
    expect(printModule(moduleOf('(module (func (type 7) (call 9) (br 3)))'))).toContain(
      '(func (type 7)\n    call 9\n    br 3\n  )',
    );
  });
});

describe('equalModules', () => {
  test('ignores places and nothing else', () => {
    const text = '(module (memory 1) (data (i32.const 0) "a") (func (drop (i32.const 1))))';
    expect(equalModules(moduleOf(text), moduleOf(text.replaceAll(' (', '\n  (')))).toBe(true);
    for (const [from, to] of [
      ['"a"', '"b"'],
      ['const 1', 'const 2'],
      ['drop', 'nop'],
      ['(memory 1)', '(memory 1 1)'],
      ['(func', '(func $f'],
    ] as const) {
      expect(equalModules(moduleOf(text), moduleOf(text.replace(from, to))), to).toBe(false);
    }
  });
});

describe('types', () => {
  const t = { kind: 'ref', nullable: false, heap: { kind: 'index', type: 3 } } as const;

  test('print in the form of the proposal’s tests', () => {
    const func = { kind: 'func', params: ['i32', t], results: ['f64'] } as const;
    expect(printFuncType(func)).toBe('(func (param i32 (ref 3)) (result f64))');
    expect(printFuncType({ ...func, params: [], results: [] })).toBe('(func)');
    expect(printSignature({ ...func, params: [] })).toBe('(result f64)');
    expect(printSubType(plainType(func, 'shared'), (x) => `$t${x}`)).toBe(
      '(shared (func (param i32 (ref $t3)) (result f64)))',
    );
    expect(printValTypes(['i32', t])).toBe('[i32 (ref 3)]');
    expect(printHeapType({ kind: 'abstract', share: 'shared', name: 'any' })).toBe('(shared any)');
    expect(
      printRefType({ kind: 'ref', nullable: true, heap: { kind: 'abstract', share: 'unshared', name: 'noexn' } }),
    ).toBe('(ref null noexn)');
  });
});

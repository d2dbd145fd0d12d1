import { describe, expect, test } from 'vitest';
import { matchExternType } from '../../../src/valid/match.ts';
import { exportTypes, importTypes } from '../../../src/valid/types.ts';
import { errorsOf, parseWat } from './check-wat.ts';

/**
 * The rules of the shared-everything proposal that no published test covers (its suite has globals, functions, tables, structures, arrays,
 * i31 and polymorphism): for each, modules that are valid and modules that are not, with the rule that refuses them.
 */
interface Topic {
  readonly topic: string;
  readonly accepts: readonly string[];
  readonly rejects: readonly (readonly [rule: string, wat: string])[];
}

const SHARED_QUEUE = '(ref null (shared waitqueue))';

const TOPICS: readonly Topic[] = [
  {
    topic: 'thread_local globals',
    accepts: [
      '(global $g (thread_local mut i32)) (func shared (global.set $g (i32.add (global.get $g) (i32.const 1))))',
      '(import "m" "g" (global $g (thread_local (ref null (shared func))))) (func shared (drop (global.get $g)))',
      '(global (export "g") (thread_local mut f64) (f64.const 0))',
    ],
    rejects: [
      ['Globaltype_ok/thread_local', '(global (thread_local mut anyref))'],
      ['Globaltype_ok/thread_local', '(import "m" "g" (global (thread_local (ref (shared any)))))'],
      ['Global_ok/thread_local', '(global (thread_local mut i32) (i32.const 1))'],
      ['Instr_ok/global.get', '(global $a (thread_local i32)) (global (shared i32) (global.get $a))'],
    ],
  },
  {
    topic: 'shared tags, and throwing from shared code',
    accepts: [
      '(type $t (shared (func (param i32)))) (tag $e (type $t)) (func shared (throw $e (i32.const 1)))',
      '(tag $e (param i32)) (func (throw $e (i32.const 1)))',
      '(type $t (shared (func))) (tag $e (type $t)) (func shared (block $h (try_table (catch $e $h))))',
    ],
    rejects: [
      ['Instr_ok/throw', '(tag $e (param i32)) (func shared (throw $e (i32.const 1)))'],
      ['Catch_ok/catch', '(tag $e) (func shared (block $h (try_table (catch $e $h))))'],
      ['Functype_ok', '(type $t (shared (func (param funcref)))) (tag (type $t))'],
    ],
  },
  {
    topic: 'shared element segments and their drops',
    accepts: [
      '(elem $e (shared (ref null (shared func)))) (func shared (elem.drop $e)) (func (elem.drop $e))',
      '(table $t shared 1 (ref null (shared func))) (elem $e (shared (ref null (shared func)))) (func shared (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0)))',
      '(elem $e funcref) (func (elem.drop $e))',
    ],
    rejects: [
      ['Instr_ok/elem.drop', '(elem $e (ref null (shared func))) (func shared (elem.drop $e))'],
      [
        'Instr_ok/table.init',
        '(table $t shared 1 (ref null (shared func))) (elem $e (ref null (shared func))) (func shared (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 0)))',
      ],
      ['Elem_ok', '(elem (shared externref))'],
    ],
  },
  {
    topic: 'shared data segments and their drops',
    accepts: [
      '(data $d shared "x") (func shared (data.drop $d)) (func (data.drop $d))',
      '(memory 1 1 shared) (data $d shared "x") (func shared (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))',
      '(memory 1 1 shared) (data (i32.const 0) "x")',
    ],
    rejects: [
      ['Instr_ok/data.drop', '(data $d "x") (func shared (data.drop $d))'],
      [
        'Instr_ok/memory.init',
        '(memory 1 1 shared) (data $d "x") (func shared (memory.init $d (i32.const 0) (i32.const 0) (i32.const 1)))',
      ],
    ],
  },
  {
    topic: 'calls and references across the boundary',
    accepts: [
      '(type $s (shared (func))) (table $t shared 1 (ref null (shared func))) (func shared (call_indirect $t (type $s) (i32.const 0)))',
      '(type $s (shared (func))) (func (param (ref $s)) (call_ref $s (local.get 0))) (func shared (param (ref $s)) (call_ref $s (local.get 0)))',
      '(func $f shared) (func $g) (elem declare func $g) (elem declare (ref (shared func)) (ref.func $f)) (func shared (drop (ref.func $f))) (func (drop (ref.func $g)))',
    ],
    rejects: [
      [
        'Instr_ok/call_indirect',
        '(type $s (shared (func))) (table $t 1 (ref null (shared func))) (func shared (call_indirect $t (type $s) (i32.const 0)))',
      ],
      ['Instr_ok/call_ref', '(type $u (func)) (func shared (call_ref $u (unreachable)))'],
      ['Instr_ok/ref.func', '(func $g) (elem declare func $g) (func shared (drop (ref.func $g)))'],
      ['Instr_ok/return_call', '(func $g) (func shared (return_call $g))'],
    ],
  },
  {
    topic: 'unshared memory from a shared function',
    accepts: [
      '(memory 1) (func (i32.store (i32.const 0) (i32.const 1)))',
      '(memory 1 1 shared) (func shared (drop (i32.load8_u (i32.const 0))))',
    ],
    rejects: [
      ['Instr_ok/store', '(memory 1) (func shared (i32.store (i32.const 0) (i32.const 1)))'],
      ['Instr_ok/atomic.rmw', '(memory 1) (func shared (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))'],
    ],
  },
  {
    topic: 'unshared locals, nulls and block types in shared functions',
    accepts: [
      '(func shared (local (ref null (shared any))) (drop (ref.null (shared none))) (drop (block (result (ref null (shared i31))) (ref.null (shared i31)))))',
    ],
    rejects: [
      ['Func_ok', '(func shared (local anyref))'],
      ['Instr_ok/ref.null', '(func shared (drop (ref.null none)))'],
      ['Blocktype_ok', '(func shared (drop (block (result anyref) (unreachable))))'],
      ['Blocktype_ok', '(func shared (unreachable) (loop (param anyref) (drop)))'],
    ],
  },
  {
    topic: 'waits on arrays, globals, tables, structures and memories',
    accepts: [
      `(type $a (shared (array (mut i32)))) (func shared (param (ref null $a) ${SHARED_QUEUE}) (result i32)
        (array.wait $a (local.get 0) (local.get 1) (i32.const 0) (i32.const 1) (i64.const -1)))`,
      `(global $g (shared mut i64) (i64.const 0)) (func shared (param ${SHARED_QUEUE}) (result i32)
        (global.wait $g (local.get 0) (i64.const 1) (i64.const -1)))`,
      `(table $t shared 1 (ref null (shared eq))) (func shared (param ${SHARED_QUEUE}) (result i32)
        (table.wait $t (local.get 0) (i32.const 0) (ref.null (shared eq)) (i64.const -1)))`,
      `(type $s (struct (field (mut i32)))) (func (param (ref null $s) ${SHARED_QUEUE}) (result i32)
        (struct.wait $s 0 (local.get 0) (local.get 1) (i32.const 1) (i64.const -1)))`,
      `(memory 1 1 shared) (func shared (param ${SHARED_QUEUE}) (result i32)
        (memory.wait64 (local.get 0) (i32.const 0) (i64.const 1) (i64.const -1)))`,
    ],
    rejects: [
      [
        'Instr_ok/global.wait',
        `(global $g (mut i64) (i64.const 0)) (func shared (param ${SHARED_QUEUE}) (drop (global.wait $g (local.get 0) (i64.const 1) (i64.const -1))))`,
      ],
      [
        'Wait_expected',
        `(global $g (shared mut f32) (f32.const 0)) (func shared (param ${SHARED_QUEUE}) (drop (global.wait $g (local.get 0) (f32.const 1) (i64.const -1))))`,
      ],
      [
        'Wait_expected',
        `(table $t shared 1 (ref null (shared func))) (func (param ${SHARED_QUEUE}) (drop (table.wait $t (local.get 0) (i32.const 0) (ref.null (shared func)) (i64.const -1))))`,
      ],
      [
        'Wait_expected',
        `(type $a (array (mut i8))) (func (param (ref null $a) ${SHARED_QUEUE}) (drop (array.wait $a (local.get 0) (local.get 1) (i32.const 0) (i32.const 1) (i64.const -1))))`,
      ],
      [
        'Instr_ok/memory.wait',
        `(memory 1) (func shared (param ${SHARED_QUEUE}) (drop (memory.wait32 (local.get 0) (i32.const 0) (i32.const 1) (i64.const -1))))`,
      ],
    ],
  },
];

describe.each(TOPICS)('$topic', ({ accepts, rejects }) => {
  test.each(accepts)('valid: %s', (wat) => {
    expect(errorsOf(wat)).toEqual([]);
  });

  test.each(rejects)('%s rejects %s', (rule, wat) => {
    expect(errorsOf(wat).map((d) => d.rule)).toEqual([rule]);
  });
});

describe('sharedness in import matching', () => {
  /** Whether the one export of a module satisfies the one import of another. */
  function links(exporter: string, importer: string): boolean {
    const [given] = exportTypes(parseWat(exporter));
    const [wanted] = importTypes(parseWat(importer));
    if (given === undefined || wanted === undefined) throw new Error('nothing to link');
    return matchExternType(given, wanted);
  }

  const KINDS: readonly (readonly [
    kind: string,
    shared: string,
    unshared: string,
    wantShared: string,
    wantUnshared: string,
  ])[] = [
    ['func', '(func (export "x") shared)', '(func (export "x"))', '(func shared)', '(func)'],
    [
      'global',
      '(global (export "x") (shared i32) (i32.const 0))',
      '(global (export "x") i32 (i32.const 0))',
      '(global (shared i32))',
      '(global i32)',
    ],
    [
      'thread-local global',
      '(global (export "x") (thread_local mut i32))',
      '(global (export "x") (shared mut i32) (i32.const 0))',
      '(global (thread_local mut i32))',
      '(global (shared mut i32))',
    ],
    ['memory', '(memory (export "x") 1 1 shared)', '(memory (export "x") 1 1)', '(memory 1 1 shared)', '(memory 1 1)'],
    [
      'table',
      '(table (export "x") shared 1 (ref null (shared func)))',
      '(table (export "x") 1 (ref null (shared func)))',
      '(table shared 1 (ref null (shared func)))',
      '(table 1 (ref null (shared func)))',
    ],
    ['tag', '(type $t (shared (func))) (tag (export "x") (type $t))', '(tag (export "x"))', '(tag (type $t))', '(tag)'],
  ];

  test.each(KINDS)('%s: shared for shared, unshared for unshared', (_, shared, unshared, wantShared, wantUnshared) => {
    const wants = (desc: string): string => `(type $t (shared (func))) (import "m" "x" ${desc})`;
    expect(links(shared, wants(wantShared))).toBe(true);
    expect(links(unshared, wants(wantUnshared))).toBe(true);
    expect(links(shared, wants(wantUnshared))).toBe(false);
    expect(links(unshared, wants(wantShared))).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { Source } from '../../../src/base/span.ts';
import { makeExec } from '../../../src/exec/executor.ts';
import { SharedStore } from '../../../src/exec/store.ts';
import { loadProgram, loadScript } from '../../../src/litmus/load.ts';
import { whyNotExecutable } from '../../../src/runtime/executable.ts';
import { runScript } from '../../../src/runtime/run-script.ts';
import { makeSemantics } from '../../../src/semantics/executor.ts';
import { MAX_BLOCKS } from '../../../src/syntax/limits.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { checkModule } from '../../../src/valid/check.ts';

/** What keeps a valid module from being executed: the first obstacle in the order of the text, and the text there. */
function why(text: string): readonly [string, string] | null {
  const module = parseModule(new Source('test', text));
  if (!module.ok) throw new Error(module.error[0]?.message);
  const valid = checkModule(module.value, DEFAULT_READINGS);
  if (!valid.ok) throw new Error(valid.error[0]?.message);
  const found = whyNotExecutable(valid.value.module);
  return found === null ? null : [found.what, text.slice(found.at.start, found.at.end)];
}

describe('what the executors know passes', () => {
  test.each([
    '(module (func (param i32 f64) (result f32) (local funcref) (f32.reinterpret_i32 (local.get 0))))',
    '(module (type (struct (field v128))) (type (array i8)) (func))',
    '(module (table 3 externref) (elem func 0) (elem declare func 0) (func (drop (ref.func 0))))',
    '(module (memory 1) (data "x") (data (i32.add (i32.const 1) (i32.const 2)) "y"))',
    '(module (global i32 (i32.const 1)) (global funcref (ref.func 0)) (func))',
    '(module (memory 1 1 shared) (func (i32.atomic.store acq_rel (i32.const 0) (i32.const 1))))',
    '(module (func (if (i32.const 1) (then (block (result i32) (i32.const 1)) (drop)) (else))))',
  ])('%s', (text) => {
    expect(why(text)).toBeNull();
  });
});

describe('the first thing that they do not know is named', () => {
  test.each([
    ['(module (func (drop (f32.add (f32.const 1) (f32.const 2)))))', 'f32.add', 'f32.add'],
    ['(module (func (block (loop (drop (i8x16.splat (i32.const 1)))))))', 'i8x16.splat', 'i8x16.splat'],
    ['(module (type $s (struct)) (func (drop (struct.new $s))))', 'struct.new', 'struct.new'],
    ['(module (func (try_table (nop))))', 'try_table', 'try_table'],
    ['(module (func (return_call 0)))', 'return_call', 'return_call'],
    ['(module (func $f (param v128)))', 'v128', '(func $f'],
    ['(module (func $f (local v128)))', 'v128', '(func $f'],
    ['(module (global $g v128 (v128.const i32x4 0 0 0 0)))', 'v128', '(global $g'],
    ['(module (memory $m i64 1))', '64-bit memory', '(memory $m'],
    ['(module (import "m" "t" (table $t i64 1 funcref)))', '64-bit table', '(import'],
    ['(module (memory $m 65536))', 'memory of 65536 pages', '(memory $m'],
    ['(module (table $t 4294967295 funcref))', 'table of 4294967295 slots', '(table $t'],
    ['(module (func $f) (table $t 1 (ref func) (ref.func $f)))', 'initialiser of a table', '(table $t'],
    ['(module (func $f) (table 1 funcref) (elem $e (i32.const 0) $f))', 'active element segment', '(elem $e'],
    ['(module (tag $t))', 'tag', '(tag $t'],
    ['(module (import "m" "e" (tag $t)))', 'tag', '(import'],
    [
      '(module (type $s (struct)) (global (ref $s) (struct.new $s)))',
      'struct.new in a constant expression',
      'struct.new',
    ],
    ['(module (global i31ref (ref.i31 (i32.const 1))))', 'ref.i31 in a constant expression', 'ref.i31'],
    ['(module (func (drop (f64.neg (f64.const 1)))) (func (drop (i32x4.splat (i32.const 1)))))', 'f64.neg', 'f64.neg'],
  ])('%s', (text, what, place) => {
    const [found, at] = known(why(text), 'an obstacle');
    expect(found).toBe(what);
    expect(at.startsWith(place)).toBe(true);
  });
});

const NOT_YET = '\n(module $M (type $s (struct))\n  (func (export "f") (drop (struct.new $s))))';

describe('scripts', () => {
  test('who explores is told, with the place', () => {
    const program = loadProgram(new Source('a.wast', NOT_YET), DEFAULT_READINGS);
    expect(!program.ok && program.error).toMatchObject([
      {
        code: 'usage',
        message: 'not executable yet: struct.new (line 3)',
        at: { start: NOT_YET.indexOf('struct.new') },
      },
    ]);
  });

  test('who runs the script skips what needs such a module, and goes on', () => {
    const text = `${NOT_YET}
(register "m")
(assert_return (invoke $M "f"))
(module (import "m" "f" (func)) (func (export "g")))
(assert_return (invoke "g"))
(assert_unlinkable (module (import "m" "f" (func (param i32)))) "incompatible import type")
(assert_unlinkable (module (import "m" "g" (func))) "unknown import")
(assert_trap (module (type (struct)) (global (ref 0) (struct.new 0))) "x")
(module (func (export "h") (param externref)))
(assert_return (invoke "h" (ref.null extern)))
(assert_return (invoke "h" (ref.extern 1)))`;
    const program = loadScript(new Source('a.wast', text), DEFAULT_READINGS);
    if (!program.ok) throw new Error('malformed');
    const executor = makeExec({ readings: DEFAULT_READINGS, fuel: 1000 });
    const { entries } = runScript(program.value, executor, new SharedStore(), { requests: 1000 });
    const reason = 'not executable yet: struct.new (line 3)';
    expect(
      entries.map((entry) => [entry.line, entry.kind, entry.status, 'reason' in entry ? entry.reason : null]),
    ).toEqual([
      [2, 'module', 'skipped', reason],
      [4, 'register', 'skipped', reason],
      [5, 'assert_return', 'skipped', reason],
      [6, 'module', 'skipped', reason],
      [7, 'assert_return', 'skipped', reason],
      [8, 'assert_unlinkable', 'passed', null],
      [9, 'assert_unlinkable', 'passed', null],
      [10, 'assert_trap', 'skipped', 'not executable yet: struct.new in a constant expression (line 10)'],
      [12, 'assert_return', 'passed', null],
      [13, 'assert_return', 'skipped', 'not executable yet: argument ref.extern'],
    ]);
  });

  test('blocks in blocks that the readers take, the executors take', () => {
    const text = `(module (func (export "f") (result i32) ${'(block '.repeat(MAX_BLOCKS)}${')'.repeat(MAX_BLOCKS)} (i32.const 1)))
(assert_return (invoke "f") (i32.const 1))`;
    const program = loadScript(new Source('a.wast', text), DEFAULT_READINGS);
    if (!program.ok) throw new Error('malformed');
    for (const make of [makeExec, makeSemantics]) {
      const executor = make({ readings: DEFAULT_READINGS, fuel: 100_000 }) as ReturnType<typeof makeExec>;
      const { entries } = runScript(program.value, executor, new SharedStore(), { requests: 1000 });
      expect(entries).toMatchObject([{ kind: 'assert_return', status: 'passed' }]);
    }
  });
});

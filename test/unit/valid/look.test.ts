import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { Source } from '../../../src/base/span.ts';
import { parseScript } from '../../../src/text/parse-script.ts';
import { lookAtScript } from '../../../src/valid/look-script.ts';
import { placeAt } from '../../../src/text/place.ts';
import { lookAt, type Looked } from '../../../src/valid/look.ts';
import { errorsOf, parseWat } from './check-wat.ts';

/** What is pointed at is at the `^` before a word; the mark itself is no part of the text. */
function look(marked: string): Looked | null {
  const text = `(module ${marked})`;
  const offset = text.indexOf('^');
  const plain = text.replace('^', '');
  return lookAt(parseWat(plain), DEFAULT_READINGS, offset, placeAt(plain, offset));
}

const MEMORY = '(memory $mem 1 1 shared)';

test('an instruction shows the operands of its block before it and after it, and its rule', () => {
  const looked = look(`(func (result i64) i64.const 5 (block (result i32) i32.const 1 i32.const 2 ^i32.add) drop)`);
  expect(looked).toMatchObject({
    name: 'i32.add',
    rule: 'Instr_ok/numeric',
    stack: { before: '[i32 i32]', after: '[i32]' },
    facts: [],
  });
});

test('where code is never reached, any operands stand below those that are known', () => {
  expect(look('(func unreachable i32.const 1 ^drop)')?.stack).toEqual({ before: '[… i32]', after: '[…]' });
});

test('a block shows its own type and what a branch to it takes', () => {
  const looked = look('(func (drop (^loop (result i32) (i32.const 1))))');
  expect(looked).toMatchObject({ rule: 'Instr_ok/loop', stack: { before: '[]', after: '[i32]' } });
  expect(looked?.facts).toEqual(['a branch to it takes []']);
  expect(look('(func i32.const 1 ^if end)')?.stack).toEqual({ before: '[i32]', after: '[]' });
});

test('an access shows its order, its memory by name and index, and why that is shared', () => {
  const plain = look(`(memory 1) ${MEMORY} (func (^i32.store $mem (i32.const 0) (i32.const 1)))`);
  expect(plain?.facts).toEqual(['order: unordered', 'memory $mem (index 1) is shared: it is (memory 1 1 shared)']);
  const atomic = look(`${MEMORY} (func (drop (^i32.atomic.load acqrel (i32.const 0))))`);
  expect(atomic?.facts[0]).toBe('order: acquire–release');
  const byDefault = look(`${MEMORY} (func (drop (^i32.atomic.load (i32.const 0))))`);
  expect(byDefault?.facts[0]).toBe('order: sequentially consistent, since none is written');
});

test('globals, locals and labels are shown with their types', () => {
  expect(look('(global $g (thread_local mut i32) (i32.const 0)) (func (drop (^global.get $g)))')?.facts[1]).toMatch(
    /^global \$g \(index 0\) is thread-local/,
  );
  expect(look('(func (param $p i32) (local $x i64) (drop (^local.get $x)))')?.facts).toEqual(['local 1 $x is i64']);
  expect(look('(func (param $p i32) (drop (^local.get 0)))')?.facts).toEqual(['parameter 0 $p is i32']);
  expect(look('(func (block (result i32) i32.const 1 ^br 0) drop)')?.facts).toEqual(['label 0 takes [i32]']);
});

test('a definition shows its type, its share and its locals; a type its expansion', () => {
  expect(look('(type $t (func)) (^func $f (type $t) (local $x i32))')).toMatchObject({
    name: 'function $f',
    rule: null,
    stack: null,
    facts: ['function $f (index 0) is not shared: its type $t is (func)', 'locals: 0 $x i32'],
  });
  expect(look('(^type $t (shared (struct (field $n (mut i32)))))')?.facts).toEqual([
    'type $t (index 0) is shared: it is (shared (struct (field $n (mut i32))))',
  ]);
  expect(look('(import "a" "f" (func)) (^import "a" "g" (func $g)) (func $h)')?.name).toBe('function $g');
});

test('nothing is said of an instruction that is rejected, but of those before it', () => {
  expect(look('(func i32.const 1 ^i64.eqz drop)')).toBeNull();
  expect(look('(func ^i32.const 1 i64.eqz drop)')?.stack).toEqual({ before: '[]', after: '[i32]' });
});

test('looking leaves verdicts as they are', () => {
  const wrong = '(func i32.const 1 i64.eqz drop) (func (block unreachable))';
  expect(errorsOf(wrong)).toHaveLength(1);
  expect(look(`${wrong} (func ^nop)`)?.name).toBe('nop');
});

describe('what is declared in a definition', () => {
  const PAIR = '(type $pair (shared (struct (field $n (mut i32)) (field i64 (ref null $pair)))))';

  test.each([
    ['(func $f (param i32) (param ^$p i64) (local $x f32))', 'parameter 1 $p of function $f', 'it is i64'],
    ['(func $f (param i32 ^i64) (param $p f32))', 'parameter 1 of function $f', 'it is i64'],
    ['(func $f (param $p i32) (local i32 i32) (local $x ^f32))', 'local 3 $x of function $f', 'it is f32'],
    ['(func $f (param $p i32) (local f64) (^local f32))', 'local 2 of function $f', 'it is f32'],
    ['(type $t (func (param i32) (param $q ^i64)))', 'parameter 1 $q of type $t', 'it is i64'],
    ['(import "a" "f" (func $f (param ^$p i32)))', 'parameter 0 $p of function $f', 'it is i32'],
    ['(func $f (import "a" "f") (param ^$p i32))', 'parameter 0 $p of function $f', 'it is i32'],
    ['(func (param i32)) (func $g (param ^$p i64))', 'parameter 0 $p of function $g', 'it is i64'],
    [PAIR.replace('$n', '^$n'), 'field 0 $n of type $pair', 'it is (mut i32)'],
    [PAIR.replace('i64', '^i64'), 'field 1 of type $pair', 'it is i64'],
  ])('%s', (text, name, type) => {
    const looked = look(text);
    expect(looked?.name).toBe(name);
    expect(looked?.facts[0]).toBe(type);
  });

  test('a reference says whether it is shared and why', () => {
    expect(look(`${PAIR} (func (local ^$x (ref null $pair)))`)?.facts[1]).toMatch(
      /^\(ref null \$pair\) is shared: type \$pair \(index 0\) is shared: it is/,
    );
    expect(look('(func (local ^$x anyref))')?.facts[1]).toBe(
      'anyref is not shared: the heap type any has no shared annotation',
    );
    expect(look('(func $f (param ^$p i32))')?.facts).toEqual([
      'it is i32',
      'function $f (index 0) is not shared: its type is (func (param i32))',
    ]);
  });

  test('a field that an instruction reads is named with its type', () => {
    expect(look(`${PAIR} (func (param $p (ref $pair)) (drop (^struct.get $pair $n (local.get $p))))`)?.facts).toContain(
      'field 0 $n is (mut i32)',
    );
  });
});

describe('names of things say what they are where they are used', () => {
  const ALL =
    '(type $t (func)) (func $f (type $t)) (table $tab 1 funcref) (memory $m 1) (global $g i32 (i32.const 0)) (tag $e)';

  test.each([
    ['(func (type ^$t))', 'type $t'],
    ['(func (type ^0))', 'type $t'],
    ['(export "f" (func ^$f))', 'function $f'],
    ['(export "tab" (table ^$tab))', 'table $tab'],
    ['(export "m" (memory ^$m))', 'memory $m'],
    ['(export "g" (global ^$g))', 'global $g'],
    ['(export "e" (tag ^$e))', 'tag $e'],
    ['(start ^$f)', 'function $f'],
    ['(table funcref (elem ^$f))', 'function $f'],
    ['(elem declare func ^$f)', 'function $f'],
    ['(elem $part (table ^$tab) (i32.const 0) func $f)', 'table $tab'],
    ['(elem ^$part declare func $f)', 'elem segment $part'],
    ['(data ^$d (memory $m) (i32.const 0) "x")', 'data segment $d'],
    ['(data $d (memory ^$m) (i32.const 0) "x")', 'memory $m'],
    ['(func (param (ref null ^$t)))', 'type $t'],
    ['(func $own (export ^"own"))', 'function $own'],
    ['(func ^$own)', 'function $own'],
    ['(type ^$own (func))', 'type $own'],
    ['(func (block $l (try_table (catch ^$e $l))))', 'tag $e'],
  ])('%s', (text, name) => {
    expect(look(`${ALL} ${text}`)?.name).toBe(name);
  });
});

describe('a script’s own words', () => {
  const SCRIPT = `(module $M shared (memory (export "mem") 1 1 shared) (func (export "f") shared (result i32) (i32.const 1)))
(register "M" $M)
(thread $T1 (shared (module $M)) (invoke $M "f"))
(wait $T1)
(litmus "one" (exists (= T1:0:0 (i32.const 1))))`;

  test.each([
    ['(module ^$M', 'module $M', /^exports "mem": memory 0 is shared/],
    ['"M" ^$M', 'module $M', /^exports "f": function 0 is shared: its type is \(shared \(func/],
    ['(module ^$M)', 'module $M', /^every import and export of it must be shared$/],
    ['(thread ^$T1', 'thread $T1', /^is given module \$M/],
    ['(wait ^$T1', 'thread $T1', /^action 0: "f"$/],
    ['(invoke $M ^"f"', '"f" of module $M', /^"f": function 0 is shared/],
    ['= ^T1:0:0', 'result 0 of action 0 of thread T1', /^"f" of module \$M$/],
  ])('%s', (marked, name, fact) => {
    const words = marked.replace('^', '');
    const offset = SCRIPT.indexOf(words) + marked.indexOf('^');
    const script = parseScript(new Source('test.wast', SCRIPT), { readings: DEFAULT_READINGS });
    if (!script.ok) throw new Error(script.error[0]?.message);
    const place = placeAt(SCRIPT, offset);
    const looked = place === null ? null : lookAtScript(script.value, DEFAULT_READINGS, place);
    expect(looked?.name).toBe(name);
    expect(looked?.facts).toContainEqual(expect.stringMatching(fact));
  });
});

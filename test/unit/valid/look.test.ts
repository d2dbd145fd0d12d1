import { expect, test } from 'vitest';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { lookAt, type Looked } from '../../../src/valid/look.ts';
import { errorsOf, parseWat } from './check-wat.ts';

/** What is pointed at is at the `^` before a word; the mark itself is no part of the text. */
function look(marked: string): Looked | null {
  const text = `(module ${marked})`;
  const offset = text.indexOf('^');
  return lookAt(parseWat(text.replace('^', '')), DEFAULT_READINGS, offset);
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

import { describe, expect, test } from 'vitest';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import { RULES } from '../../../src/valid/rules.ts';
import { TYPINGS } from '../../../src/valid/typings.ts';
import { errorsOf } from './check-wat.ts';

const [I32S, DEPTH] = ['i32 '.repeat(10_000), 1_500];

describe('a type mismatch says', () => {
  test('which function is called', () => {
    const [error] = errorsOf('(func $f (param i32)) (func (call $f (f32.const 1)))');
    expect(error?.message).toBe('type mismatch: call of function $f requires [i32] but stack has [f32]');
  });

  test('that an else is missing', () => {
    const [error] = errorsOf('(func (result i32) (if (result i32) (i32.const 1) (then (i32.const 2))))');
    expect(error?.message).toBe('type mismatch: if requires [i32] but stack has [] where its condition is 0');
    expect(error?.hint).toBe('write an else with the same results');
  });

  test('that something is left over', () => {
    const [error] = errorsOf('(func $f (i32.const 1))');
    expect(error).toMatchObject({ expected: '[]', actual: '[i32]', hint: 'drop what is left over' });
  });

  test('what two labels of br_table take', () => {
    const [error] = errorsOf('(func (block (result i32) (br_table 0 1 (i32.const 1) (i32.const 2))) (drop))');
    expect(error?.message).toBe('type mismatch: the default label of br_table takes [] but another takes [i32]');
  });

  test('that shares of a table and a type differ', () => {
    const [error] = errorsOf(
      '(type $u (func)) (table $t 1 (ref null (shared func))) (func (call_indirect $t (type $u) (i32.const 0)))',
    );
    expect(error?.hint).toBe('type $u and the elements of table $t must be both shared or both unshared');
  });
});

test('an uninitialized local is named', () => {
  const [error] = errorsOf('(func (param i32) (local $r (ref func)) (drop (local.get $r)))');
  expect(error?.message).toBe('uninitialized local $r: (ref func) has no default value');
});

test('every instruction of the table has a typing, whose rule is in the table of rules', () => {
  const ids = new Set(RULES.map((rule) => rule.id));
  expect([...TYPINGS.keys()].toSorted()).toEqual(INSTRUCTIONS.map((row) => row.mnemonic).toSorted());
  expect([...TYPINGS].filter(([, { rule }]) => !ids.has(rule))).toEqual([]);
});

describe('unreachable code', () => {
  test.each([
    ['a reference of any share converts to both', '(any.convert_extern) (extern.convert_any) (any.convert_extern)'],
    ['is compared with what has a share', '(ref.null (shared eq)) (ref.eq)'],
    ['gives a branch what it takes', '(br_on_null 0) (ref.as_non_null)'],
  ])('%s', (_, instrs) => {
    expect(errorsOf(`(func (unreachable) ${instrs} (drop))`)).toEqual([]);
  });

  test('a reference is no number', () => {
    const [error] = errorsOf('(func (unreachable) (ref.as_non_null) (i32.eqz) (drop))');
    expect(error?.message).toBe('type mismatch: i32.eqz requires [i32] but stack has [(ref (bot-share bot))]');
  });
});

test('what names many types again and again is refused, in linear time', () => {
  const blocks = '(block (type $t)) '.repeat(DEPTH);
  const errors = errorsOf(
    `(type $t (func (param ${I32S}) (result ${I32S}))) (func (unreachable) ${blocks} (unreachable))`,
  );
  expect(errors.map((d) => d.rule)).toEqual(['Bound/types']);
});

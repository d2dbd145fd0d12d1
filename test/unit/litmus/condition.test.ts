import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import type { Evaluation } from '../../../src/litmus/condition.ts';
import { agrees, evaluate, observationsOf, printCondition, satisfies } from '../../../src/litmus/condition.ts';
import { loadScript } from '../../../src/litmus/load.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Litmus } from '../../../src/syntax/script.ts';

function litmus(quantified: string): Litmus {
  const loaded = loadScript(new Source('t.wast', `(litmus "t" ${quantified})`), DEFAULT_READINGS);
  const test = loaded.ok ? loaded.value.litmus[0] : undefined;
  if (test === undefined) throw new Error('no litmus test');
  return test;
}

function holds(condition: string, values: Readonly<Record<string, string>>): boolean {
  return satisfies(litmus(`(exists ${condition})`).condition, new Map(Object.entries(values)));
}

describe('conditions', () => {
  test.each([
    ['(= T1:0:0 (i32.const 0))', true],
    ['(= T1:0:0 (i32.const 1))', false],
    ['(= T1:0:0 (i64.const 0))', false],
    ['(= T2:0:0 (i32.const 0))', false],
    ['(= mem.shared+24:i32 (i32.const -1))', true],
    ['(= T1:1:0 (f32.const 0x1p+0))', true],
    ['(= T1:1:1 (ref.null func))', true],
    ['(trap T3:0)', true],
    ['(trap T3:0 "out of bounds")', true],
    ['(trap T3:0 "unreachable")', false],
    ['(trap T1:0:0)', false],
    ['(exception T5:0)', true],
    ['(exception T5:0 (i32.const 1) (i64.const 2))', true],
    ['(exception T5:0 (i32.const 1))', false],
    ['(exception T3:0)', false],
    ['(= T1:1:2 (ref.i31 3))', true],
    ['(= T1:1:2 (ref.i31 4))', false],
    ['(= T1:1:3 (v128.const i16x8 1 0 2 0 0 0 -1 -1))', true],
    ['(deadlock T4:0)', true],
    ['(deadlock T3:0)', false],
    ['(and (= T1:0:0 (i32.const 0)) (deadlock T4:0))', true],
    ['(and (= T1:0:0 (i32.const 0)) (deadlock T3:0))', false],
    ['(or (= T1:0:0 (i32.const 7)) (deadlock T4:0))', true],
    ['(or)', false],
    ['(and)', true],
    ['(not (= T1:0:0 (i32.const 1)))', true],
  ])('%s', (condition, expected) => {
    const values = {
      'T1:0:0': 'i32 0',
      'mem.shared+24:i32': 'i32 -1',
      'T1:1:0': 'f32 0x1p+0',
      'T1:1:1': 'ref.null',
      'T3:0': 'trap: out of bounds memory access',
      'T1:1:2': 'ref.i31 3',
      'T1:1:3': 'v128 0x00000001 0x00000002 0x00000000 0xffffffff',
      'T4:0': 'deadlock',
      'T5:0': 'exception (i32 1, i64 2)',
    };
    expect(holds(condition, values)).toBe(expected);
  });

  test.each([
    '(= T1:0:0 (i32.const 0))',
    '(and (= mem.shared+24:i32 (i64.const -1)) (or (trap T1:0 "unreachable") (trap T1:0)))',
    '(not (deadlock T1/T11:0))',
    '(= #0:0:0 (ref.null))',
    '(or (= #0:0:0 (ref.i31 3)) (exception T:0) (exception T:0 (f32.const 0x1p+0) (ref.null)))',
    '(= T:0:0 (v128.const i32x4 0x00000001 0x00000000 0x00000000 0xffffffff))',
    '(= "my memory.shared+24:i32" (f64.const -0x1.8p+1))',
  ])('print as they are written: %s', (text) => {
    expect(printCondition(litmus(`(exists ${text})`).condition)).toBe(text);
  });

  test('mention observations, each once', () => {
    const { condition } = litmus('(exists (or (not (= a:0:0 (i32.const 0))) (and (trap b:0) (deadlock b:0))))');
    expect([...observationsOf(condition)]).toEqual(['a:0:0', 'b:0']);
  });
});

function outcome(value: number, executions: number): { values: Map<string, string>; executions: number } {
  return { values: new Map([['T:0:0', `i32 ${value}`]]), executions };
}

describe('verdicts', () => {
  const ONE = '(= T:0:0 (i32.const 1))';
  const SOME = [outcome(0, 3), outcome(1, 2)];
  const ALL = [outcome(1, 2)];
  const NONE = [outcome(0, 3)];

  test.each<[string, typeof SOME, Evaluation]>([
    [`(exists ${ONE})`, SOME, { holds: true, verdict: 'allowed', positive: 2, negative: 3 }],
    [`(exists ${ONE})`, NONE, { holds: false, verdict: 'forbidden', positive: 0, negative: 3 }],
    [`(exists ${ONE})`, ALL, { holds: true, verdict: 'allowed', positive: 2, negative: 0 }],
    [`(not exists ${ONE})`, SOME, { holds: false, verdict: 'allowed', positive: 2, negative: 3 }],
    [`(not exists ${ONE})`, NONE, { holds: true, verdict: 'forbidden', positive: 0, negative: 3 }],
    [`(forall ${ONE})`, SOME, { holds: false, verdict: 'allowed', positive: 2, negative: 3 }],
    [`(forall ${ONE})`, ALL, { holds: true, verdict: 'required', positive: 2, negative: 0 }],
    [`(forall ${ONE})`, NONE, { holds: false, verdict: 'forbidden', positive: 0, negative: 3 }],
  ])('%s', (quantified, outcomes, evaluation) => {
    expect(evaluate(litmus(quantified), outcomes)).toEqual(evaluation);
  });

  test('agree with what an author expects of the condition, whatever the quantifier', () => {
    const of = (outcomes: typeof SOME): Evaluation => evaluate(litmus(`(exists ${ONE})`), outcomes);
    expect([SOME, ALL, NONE].map((outcomes) => agrees('allowed', of(outcomes)))).toEqual([true, true, false]);
    expect([SOME, ALL, NONE].map((outcomes) => agrees('forbidden', of(outcomes)))).toEqual([false, false, true]);
    expect([SOME, ALL, NONE].map((outcomes) => agrees('required', of(outcomes)))).toEqual([false, true, false]);
  });
});

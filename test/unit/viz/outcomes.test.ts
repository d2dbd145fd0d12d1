import { describe, expect, test } from 'vitest';
import type { ModelAnswer, OutcomeRow } from '../../../viz/outcomes/calls.ts';
import { filtered, sorted, tableOf } from '../../../viz/outcomes/rows.ts';

const outcome = (values: Record<string, string>, more: Partial<OutcomeRow> = {}): OutcomeRow => ({
  key: JSON.stringify(values),
  values,
  executions: 1,
  hasWitness: true,
  deadlock: false,
  weak: false,
  ...more,
});

const answer = (model: string, outcomes: readonly OutcomeRow[], complete = true): ModelAnswer => ({
  model,
  complete,
  bound: complete ? null : 'time',
  executions: outcomes.length,
  blocked: 0,
  duplicates: 0,
  deadlocks: 0,
  strategy: 'axioms',
  states: null,
  outcomes,
  findings: [],
  conditions: [],
  assertions: [],
  flags: [],
  milliseconds: 1,
});

const LOW = outcome({ 'T1:0:0': 'i32 2', 'T2:0:0': 'i32 0' });
const HIGH = outcome({ 'T1:0:0': 'i32 10', 'T2:0:0': 'i32 0' }, { executions: 7 });
const WEAK = outcome({ 'T1:0:0': 'i32 3', 'T2:0:0': 'i32 1' }, { weak: true, deadlock: true });
const ALL = [answer('wasm', [HIGH, LOW, WEAK]), answer('sc', [LOW]), answer('cut', [LOW], false)];

describe('the table of outcomes', () => {
  test('what a model did not find it forbids if it was explored whole; else nothing is known', () => {
    const { rows } = tableOf(ALL);
    expect(rows.map(({ cells }) => cells.map(({ kind }) => kind))).toEqual([
      ['allowed', 'forbidden', 'open'],
      ['allowed', 'allowed', 'allowed'],
      ['allowed', 'forbidden', 'open'],
    ]);
  });

  test('numbers are sorted as numbers, and models by their executions', () => {
    const { rows } = tableOf(ALL);
    const keys = (of: readonly { readonly key: string }[]): readonly string[] => of.map(({ key }) => key);
    const models = ['wasm', 'sc', 'cut'];
    const byValue = { column: 'T1:0:0', of: 'observation', descending: false } as const;
    expect(keys(sorted(rows, byValue, models))).toEqual(keys([LOW, WEAK, HIGH]));
    expect(keys(sorted(rows, { column: 'wasm', of: 'model', descending: true }, models))[0]).toBe(HIGH.key);
    expect(keys(sorted(rows, null, models))).toEqual(keys([HIGH, LOW, WEAK]));
  });

  test('a filter keeps rows that have all of its words: observations with values, or remarks', () => {
    const { rows } = tableOf(ALL);
    const kept = (filter: string): number => filtered(rows, filter).length;
    expect([kept(''), kept('T2:0:0=0'), kept('weak deadlock'), kept('weak, T2:0:0=0')]).toEqual([3, 2, 1, 0]);
  });
});

import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import type { ExploreResult } from '../../../src/explore/result.ts';
import { difference, judge } from '../../../src/litmus/judge.ts';
import { loadScript } from '../../../src/litmus/load.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import type { Litmus } from '../../../src/syntax/script.ts';

function litmus(parts: string): Litmus {
  const loaded = loadScript(new Source('t.wast', `(litmus "t" ${parts})`), DEFAULT_READINGS);
  const test = loaded.ok ? loaded.value.litmus[0] : undefined;
  if (test === undefined) throw new Error('no litmus test');
  return test;
}

type Values = Readonly<Record<string, string>>;

function found(...outcomes: readonly Values[]): { readonly values: ReadonlyMap<string, string>; executions: number }[] {
  return outcomes.map((values) => ({ values: new Map(Object.entries(values)), executions: 1 }));
}

function result(complete: boolean, ...outcomes: readonly Values[]): ExploreResult {
  return {
    model: 'sc',
    method: { strategy: 'axioms', drf: false, states: null, remaining: null },
    complete,
    bound: complete ? null : 'more than 1 executions',
    outcomes: found(...outcomes).map((outcome) => ({ ...outcome, witness: null, deadlock: false })),
    executions: outcomes.length,
    blocked: 0,
    duplicates: 0,
    races: [],
    deadlocks: 0,
    loops: [],
    nonTermination: [],
    findings: [],
    flags: [],
    assertions: [],
  };
}

describe('difference', () => {
  const set = litmus(`(exists (and)) (outcomes "sc"
    (outcome (= A:0:0 (i32.const 0)) (= B:0:0 (i32.const 1)))
    (outcome (= A:0:0 (i32.const 1)) (trap B:0 "unreachable"))
    (outcome (deadlock A:0) (= B:0:0 (i32.const 0))))`).outcomes[0];
  const of = (complete: boolean, ...outcomes: readonly Values[]) =>
    difference(set ?? { outcomes: [] }, found(...outcomes), complete);
  const all = [
    { 'A:0:0': 'i32 0', 'B:0:0': 'i32 1', 'C:0:0': 'i32 0' },
    { 'A:0:0': 'i32 0', 'B:0:0': 'i32 1', 'C:0:0': 'i32 1' },
    { 'A:0:0': 'i32 1', 'B:0': 'trap: unreachable' },
    { 'A:0': 'deadlock', 'B:0:0': 'i32 0' },
  ];

  test('is none if every outcome is in the set and the set has no other; observations that it does not name do not count', () => {
    expect(of(true, ...all)).toEqual({ agrees: true, missing: [], unexpected: [] });
  });

  test('names outcomes of the set that are missing, as written, and others that are shown', () => {
    expect(of(true, ...all.slice(0, 2), { 'A:0:0': 'i32 1', 'B:0': 'trap: out of bounds' }, ...all.slice(3))).toEqual({
      agrees: false,
      missing: ['(outcome (= A:0:0 (i32.const 1)) (trap B:0 "unreachable"))'],
      unexpected: ['A:0:0 = i32 1; B:0 = trap: out of bounds'],
    });
  });

  test('an observation that an outcome of the set does not mention must be absent', () => {
    const { unexpected } = of(true, ...all, { 'A:0:0': 'i32 1', 'B:0': 'trap: unreachable', 'B:0:0': 'i32 1' });
    expect(unexpected).toEqual(['A:0:0 = i32 1; B:0:0 = i32 1; B:0 = trap: unreachable']);
  });

  test('is open where a bound was reached, unless an outcome is no outcome of the set', () => {
    expect(of(false, ...all.slice(2))).toEqual({ agrees: null, missing: [], unexpected: [] });
    expect(of(false, { 'A:0:0': 'i32 7' })).toEqual({ agrees: false, missing: [], unexpected: ['A:0:0 = i32 7'] });
  });
});

describe('judge', () => {
  const test1 = litmus(`(exists (= A:0:0 (i32.const 1))) (verdict "sc" forbidden "Lamport 1979" "A reads nothing else")
    (outcomes "sc" (outcome (= A:0:0 (i32.const 0))))`);

  test('tells source and reason, and agrees if verdict and outcomes do', () => {
    expect(judge(test1, result(true, { 'A:0:0': 'i32 0' }))).toEqual({
      verdict: 'forbidden',
      expected: 'forbidden',
      agrees: true,
      source: 'Lamport 1979',
      reason: 'A reads nothing else',
      outcomes: { agrees: true, missing: [], unexpected: [] },
    });
  });

  test('a right verdict with other outcomes does not agree', () => {
    expect(judge(test1, result(true, { 'A:0:0': 'i32 2' }))).toMatchObject({
      verdict: 'forbidden',
      agrees: false,
      outcomes: { agrees: false, unexpected: ['A:0:0 = i32 2'] },
    });
  });

  test('a bound leaves open what more executions could change', () => {
    expect(judge(test1, result(false, { 'A:0:0': 'i32 0' }))).toMatchObject({ verdict: 'unknown', agrees: null });
    expect(judge(test1, result(false, { 'A:0:0': 'i32 1' }))).toMatchObject({ verdict: 'allowed', agrees: false });
  });

  test('says nothing of a model of which the author says nothing', () => {
    const other = { ...result(true, { 'A:0:0': 'i32 1' }), model: 'wasm' };
    expect(judge(test1, other)).toMatchObject({ verdict: 'allowed', expected: null, agrees: null, outcomes: null });
  });

  test('undefined behaviour may be anything', () => {
    const flags = [{ name: 'race', undefined: true }];
    const racy = { ...result(true, { 'A:0:0': 'i32 0' }), flags };
    expect(judge(test1, racy)).toMatchObject({ verdict: 'undefined', expected: 'forbidden', agrees: false });
  });
});

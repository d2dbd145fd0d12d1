import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import type { ExploreResult, Outcome } from '../../../src/explore/result.ts';
import { exploreJson } from '../../../src/report/explore-json.ts';
import { exploreText } from '../../../src/report/explore-text.ts';
import type { TestReport } from '../../../src/report/test-report.ts';

const source = new Source('MP.wast', 'one\ntwo\nthree\n');

function outcome(values: Readonly<Record<string, string>>, executions: number): Outcome {
  return { values: new Map(Object.entries(values)), executions, witness: null, deadlock: false };
}

const values = (a: number, b: number) => ({
  'main:0:0': 'i32 1',
  'mem.shared+24:i32': `i32 ${a}`,
  'mem.shared+32:i32': `i32 ${b}`,
});

const result: ExploreResult = {
  model: 'wasm',
  method: { strategy: 'axioms', drf: false, states: null, remaining: null },
  complete: true,
  bound: null,
  outcomes: [outcome(values(0, 0), 12), outcome(values(0, 42), 2), outcome(values(1, 0), 1), outcome(values(1, 42), 1)],
  executions: 16,
  blocked: 3,
  duplicates: 0,
  races: [{ locations: ['mem.shared+0..3'], events: ['T1 i32.store (line 12)', 'T2 i32.load (line 26)'] }],
  deadlocks: 0,
  loops: [],
  nonTermination: [],
  findings: [],
  flags: [],
  assertions: [{ at: { start: 8, end: 13 }, holds: 'always', failure: null }],
};

const report: TestReport = {
  name: 'MP',
  source,
  result,
  condition: {
    quantifier: 'exists',
    condition: { kind: 'and', parts: [] },
    text: '(= mem.shared+32:i32 (i32.const 0))',
    holds: true,
    positive: 13,
    negative: 3,
  },
};

const plain = (test: TestReport) => exploreText(test, { color: false });

describe('exploreText', () => {
  test('is herd-like: states aligned, constants apart, condition, races, effort', () => {
    expect(plain(report)).toMatchInlineSnapshot(`
      "Test MP (wasm)
      States 4
        12 : mem.shared+24:i32 = i32 0; mem.shared+32:i32 = i32 0;
         2 : mem.shared+24:i32 = i32 0; mem.shared+32:i32 = i32 42;
         1 : mem.shared+24:i32 = i32 1; mem.shared+32:i32 = i32 0;
         1 : mem.shared+24:i32 = i32 1; mem.shared+32:i32 = i32 42;
      Always
        main:0:0 = i32 1
      Ok
      Witnesses
      Positive: 13 Negative: 3
      Condition exists (= mem.shared+32:i32 (i32.const 0))
      Observation MP Sometimes 13 3
      Races 1
        mem.shared+0..3  T1 i32.store (line 12)  ~  T2 i32.load (line 26)
      Assertions 1, all hold in every execution
      Executions 16, blocked 3, duplicates 0"
    `);
  });

  test('an observation that only some outcomes have leaves a gap in the others', () => {
    const outcomes = [
      outcome({ 'T1:0': 'trap: unreachable', 'T2:0:0': 'i32 1' }, 1),
      outcome({ 'T1:0:0': 'i32 7', 'T2:0:0': 'i32 2' }, 1),
    ];
    const lines = plain({ ...report, result: { ...result, outcomes } }).split('\n');
    expect(lines[2]).toBe('  1 : T1:0 = trap: unreachable; T2:0:0 = i32 1;');
    expect(lines[3]).toBe('  1 :                           T2:0:0 = i32 2; T1:0:0 = i32 7;');
  });

  test('many constant observations are summarised', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`main:${i}:0`, `i32 ${i}`]));
    const text = plain({ ...report, condition: null, result: { ...result, outcomes: [outcome(many, 1)] } });
    expect(text.split('\n').length).toBeLessThan(25);
    expect(text).toContain('  1 : (no observation varies)');
    expect(text).toContain('… and 289 more observations (all are in --json)');
  });

  test('exactly twelve constant observations are all shown', () => {
    const twelve = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`main:${i}:0`, `i32 ${i}`]));
    const text = plain({ ...report, result: { ...result, outcomes: [outcome(twelve, 1)] } });
    expect(text).toContain('main:11:0 = i32 11');
    expect(text).not.toContain('more observation');
  });

  test.each([
    [0, 5, false, 'No', 'Never'],
    [5, 0, true, 'Ok', 'Always'],
    [1, 4, null, 'Unknown', 'Sometimes'],
  ])('positive %i, negative %i, holds %s: %s, %s', (positive, negative, holds, verdict, often) => {
    const asked = { kind: 'and', parts: [] } as const;
    const condition = { quantifier: 'exists' as const, condition: asked, text: 'c', holds, positive, negative };
    const lines = plain({ ...report, condition }).split('\n');
    expect(lines).toContain(verdict);
    expect(lines).toContain(`Observation MP ${often} ${positive} ${negative}`);
  });

  test('assertions that fail are named with their line and how they fail', () => {
    const assertions = [
      { at: { start: 4, end: 7 }, holds: 'sometimes' as const, failure: 'expected i32 1, got i32 0' },
      { at: { start: 8, end: 13 }, holds: 'never' as const, failure: null },
    ];
    const text = plain({ ...report, result: { ...result, assertions } });
    expect(text).toContain('Assertions 2, 2 not in every execution');
    expect(text).toContain('  MP.wast:2: holds only sometimes: expected i32 1, got i32 0');
    expect(text).toContain('  MP.wast:3: never holds');
  });

  test('a bound and an interruption are said', () => {
    const bounded = plain({ ...report, result: { ...result, complete: false, bound: '1000 events in one thread' } });
    expect(bounded.split('\n').at(-1)).toBe('Incomplete: 1000 events in one thread; these are the outcomes so far');
    expect(plain({ ...report, result: { ...result, complete: false } })).toContain('Incomplete: interrupted;');
  });

  test('undefined behaviour and other remarks of a model are shown', () => {
    const flags = [
      { name: 'data-race', undefined: true },
      { name: 'shareability', undefined: false },
    ];
    const text = plain({ ...report, result: { ...result, flags } });
    expect(text).toContain('Undefined data-race (under wasm the program may do anything)');
    expect(text).toContain('Flag shareability');
  });

  test('deadlocks are counted', () => {
    expect(plain({ ...report, result: { ...result, deadlocks: 2 } })).toContain('Deadlocks 2');
  });

  test('nothing found is still a report', () => {
    const text = plain({
      ...report,
      condition: null,
      result: { ...result, outcomes: [], races: [], assertions: [], executions: 0 },
    });
    expect(text).toBe('Test MP (wasm)\nStates 0\nExecutions 0, blocked 3, duplicates 0');
  });
});

describe('exploreJson', () => {
  test('has the shape that DESIGN gives', () => {
    expect(exploreJson([report])).toEqual({
      tests: [
        {
          name: 'MP',
          model: 'wasm',
          complete: true,
          bound: null,
          outcomes: [
            { values: values(0, 0), executions: 12 },
            { values: values(0, 42), executions: 2 },
            { values: values(1, 0), executions: 1 },
            { values: values(1, 42), executions: 1 },
          ],
          executions: 16,
          blocked: 3,
          duplicates: 0,
          races: [{ locations: ['mem.shared+0..3'], events: ['T1 i32.store (line 12)', 'T2 i32.load (line 26)'] }],
          deadlocks: 0,
          assertions: [{ line: 3, holds: 'always' }],
          condition: { quantifier: 'exists', text: '(= mem.shared+32:i32 (i32.const 0))', holds: true },
          method: { strategy: 'axioms', drf: false, states: null, remaining: null },
          loops: [],
          nonTermination: [],
          findings: [],
        },
      ],
    });
  });

  test('a test without a condition has null', () => {
    expect(exploreJson([{ ...report, condition: null }]).tests[0]?.condition).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { cycleTest } from '../../../src/litmus/cycle-test.ts';
import type { AccessOrder, Cycle } from '../../../src/litmus/cycles.ts';
import { cycles } from '../../../src/litmus/cycles.ts';
import { evaluate, printOutcome } from '../../../src/litmus/condition.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

function verdict(cycle: Cycle, model: string): string {
  const loaded = program(cycleTest(cycle));
  return evaluate(known(loaded.litmus[0], 'test'), exploreProgram(loaded, model).outcomes).verdict;
}

function allOf(threads: number, order: AccessOrder): Cycle[] {
  return cycles(threads, [order]);
}

describe('critical cycles', () => {
  // Two orders for each access: the numbers of diy's cycles in BASELINES.md.
  test.each([
    [2, 78],
    [3, 584],
  ])('of %i threads and two orders there are %i, each of a name of its own', (threads, count) => {
    const all = cycles(threads, ['un', 'sc']);
    expect(all.length).toBe(count);
    expect(new Set(all.map(({ name }) => name)).size).toBe(count);
    expect(new Set(all.map((cycle) => cycleTest(cycle))).size).toBe(count);
  });

  test('have the names of the field', () => {
    const families = (threads: number): string[] => allOf(threads, 'un').map(({ name }) => name.split('+un')[0] ?? '');
    expect(families(2).sort()).toEqual(['2+2W', 'LB', 'MP', 'R', 'S', 'SB']);
    expect(families(3).sort()).toEqual([
      '3.2W',
      '3.LB',
      '3.SB',
      'ISA2',
      'W+RWC',
      'Z6.0',
      'Z6.1',
      'Z6.2',
      'Z6.3',
      'Z6.4',
      'Z6.5',
    ]);
  });

  test('say what models answered: a verdict and the whole set of outcomes, as litmus tests do', () => {
    const sb = known(
      allOf(2, 'un').find(({ name }) => name.startsWith('SB')),
      'SB',
    );
    const values = [
      [0, 1],
      [0, 1],
      [1, 0],
    ];
    const outcomes = values.map(
      ([a, b]) =>
        new Map([
          ['T0:0:0', `i32 ${a}`],
          ['T1:0:0', `i32 ${b}`],
        ]),
    );
    const text = cycleTest(sb, [{ model: 'sc', verdict: 'forbidden', outcomes }], 'somebody');
    const [loaded] = program(text).litmus;
    expect(loaded?.verdicts).toMatchObject([{ model: 'sc', verdict: 'forbidden', source: 'somebody' }]);
    expect(loaded?.outcomes[0]?.outcomes.map(printOutcome)).toEqual([
      '(outcome (= T0:0:0 (i32.const 0)) (= T1:0:0 (i32.const 1)))',
      '(outcome (= T0:0:0 (i32.const 1)) (= T1:0:0 (i32.const 0)))',
    ]);
  });

  test('message passing reads the flag and not the message', () => {
    const mp = known(
      allOf(2, 'sc').find(({ name }) => name === 'MP+sc-sc+sc-sc'),
      'MP',
    );
    expect(mp.threads).toEqual([
      [
        { kind: 'write', place: 1, order: 'sc', value: 1 },
        { kind: 'write', place: 0, order: 'sc', value: 1 },
      ],
      [
        { kind: 'read', place: 0, order: 'sc', value: 1 },
        { kind: 'read', place: 1, order: 'sc', value: 0 },
      ],
    ]);
  });

  test.each([2, 3])('of %i threads are never interleavings, and need an unordered access under wasm', (threads) => {
    for (const cycle of allOf(threads, 'un')) {
      expect(verdict(cycle, 'sc'), cycle.name).toBe('forbidden');
      expect(verdict(cycle, 'wasm'), cycle.name).toBe('allowed');
    }
    for (const cycle of allOf(threads, 'sc')) expect(verdict(cycle, 'wasm'), cycle.name).toBe('forbidden');
  });
});

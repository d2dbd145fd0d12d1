import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { Source } from '../../../src/base/span.ts';
import type { ExploreResult } from '../../../src/explore/result.ts';
import { judge } from '../../../src/litmus/judge.ts';
import { loadProgram } from '../../../src/litmus/load.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const text = readFileSync(new URL('../../../models/litmus/classic/SB.wast', import.meta.url), 'utf8');

function judged(verdict: string): ReturnType<typeof judge> {
  const source = new Source('SB.wast', text.replace(/\(verdict[\s\S]*$/, `(verdict "rc11" ${verdict}))`));
  const program = loadProgram(source, DEFAULT_READINGS);
  if (!program.ok) return expect.fail(program.error.map(({ message }) => message).join());
  const result: ExploreResult = {
    method: { strategy: 'axioms', drf: false, states: null, remaining: null },
    model: 'rc11',
    complete: true,
    bound: null,
    outcomes: [],
    executions: 1,
    blocked: 0,
    duplicates: 0,
    races: [],
    deadlocks: 0,
    loops: [],
    nonTermination: [],
    findings: [],
    flags: [{ name: 'data-race', undefined: true }],
    assertions: [],
  };
  return judge(known(program.value.litmus[0], 'litmus test'), result);
}

describe('a program with undefined behaviour', () => {
  test('may do what its author allows', () => {
    expect(judged('allowed')).toMatchObject({ verdict: 'undefined', expected: 'allowed', agrees: true });
  });

  test('may do what its author forbids', () => {
    expect(judged('forbidden')).toMatchObject({ verdict: 'undefined', expected: 'forbidden', agrees: false });
  });
});

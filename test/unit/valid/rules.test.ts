import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../src/valid/rules.ts';
import { errorsOf } from './check-wat.ts';
import { MATCH_CASES } from './match-cases.ts';
import { RULE_CASES } from './rule-cases.ts';

const ALL_CASES = Object.values(RULE_CASES).flat();

describe.each(ALL_CASES)('$rule', ({ rule, accepts, rejects }) => {
  const accepted = accepts.map((a) => (typeof a === 'string' ? { wat: a } : a));

  test.each(accepted)(`${rule} accepts $wat $readings`, ({ wat, readings }) => {
    expect(errorsOf(wat, readings)).toEqual([]);
  });

  test.each(rejects)(`${rule} rejects $wat $readings`, ({ wat, says, readings }) => {
    const own = errorsOf(wat, readings).filter((d) => d.rule === rule);
    expect(own.map((d) => d.message.slice(0, says.length))).toEqual([says]);
  });
});

describe('the table of rules', () => {
  test('has every rule that the code implements, and no other', () => {
    const folder = new URL('../../../src/valid/', import.meta.url);
    const tagged = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        [...readFileSync(new URL(name, folder), 'utf8').matchAll(/@rule ([\w/.-]+\w)/g)].map((m) => m[1]),
      );
    expect([...new Set(tagged)].toSorted()).toEqual(RULES.map((r) => r.id).toSorted());
  });

  test('has no rule twice', () => {
    expect(new Set(RULES.map((r) => r.id)).size).toBe(RULES.length);
  });

  test.each(RULES)(
    '$id has a test that it accepts and, unless it has no premise, one that it rejects, in $tests',
    ({ id, axiom, tests }) => {
      const file = tests.split('/').at(-1) ?? '';
      const cases = file === 'match-cases.ts' ? MATCH_CASES : (RULE_CASES[file] ?? []);
      const own = cases.filter((c) => c.rule === id);
      expect(own).toHaveLength(1);
      expect(own[0]?.accepts.length).toBeGreaterThan(0);
      expect((own[0]?.rejects.length ?? 0) > 0).toBe(axiom !== true);
    },
  );
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULES } from '../../../src/valid/rules.ts';
import { errorsOf } from './check-wat.ts';
import { MATCH_CASES } from './match-cases.ts';
import { RULE_CASES } from './rule-cases.ts';

describe.each(RULE_CASES)('$rule', ({ rule, accepts, rejects }) => {
  test.each(accepts)(`${rule} accepts %s`, (wat) => {
    expect(errorsOf(wat)).toEqual([]);
  });

  test.each(rejects)(`${rule} rejects $wat`, ({ wat, says }) => {
    const own = errorsOf(wat).filter((d) => d.rule === rule);
    expect(own.map((d) => d.message.slice(0, says.length))).toEqual([says]);
  });
});

describe('the table of rules', () => {
  const cases = [...RULE_CASES, ...MATCH_CASES];

  test('has every rule that the code implements, and no other', () => {
    const folder = new URL('../../../src/valid/', import.meta.url);
    const tagged = readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        [...readFileSync(new URL(name, folder), 'utf8').matchAll(/@rule ([\w/.-]+\w)/g)].map((m) => m[1]),
      );
    expect([...new Set(tagged)].toSorted()).toEqual(RULES.map((r) => r.id).toSorted());
  });

  test.each(RULES)(
    '$id has a test that it accepts and, unless it has no premise, one that it rejects',
    ({ id, axiom }) => {
      const own = cases.filter((c) => c.rule === id);
      expect(own).toHaveLength(1);
      expect(own[0]?.accepts.length).toBeGreaterThan(0);
      expect((own[0]?.rejects.length ?? 0) > 0).toBe(axiom !== true);
    },
  );
});

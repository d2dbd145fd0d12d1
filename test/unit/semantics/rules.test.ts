import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { callStart } from '../../../src/runtime/call-start.ts';
import { reductions, EXECUTION_RULES } from '../../../src/semantics/rules.ts';
import { initial, stepOnce } from '../../../src/semantics/step.ts';
import { alone, fn, op } from './build.ts';

function textsOf(folder: string): readonly string[] {
  const path = new URL(folder, import.meta.url);
  return readdirSync(path)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(new URL(file, path), 'utf8'));
}

describe('the table of rules', () => {
  test('has each id once, in the form Step/case, with a source', () => {
    const ids = EXECUTION_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^Step\/[a-z0-9_.-]+$/.test(id))).toEqual([]);
    expect(EXECUTION_RULES.filter(({ source }) => source === '')).toEqual([]);
  });

  test('has exactly the rules that docstrings state', () => {
    const documented = textsOf('../../../src/semantics/').flatMap((text) =>
      [...text.matchAll(/@rule (\S+)/g)].map((match) => match[1]),
    );
    expect(documented.toSorted()).toEqual(EXECUTION_RULES.map(({ id }) => id).toSorted());
  });

  test('has no rule that no test names', () => {
    const tests = textsOf('./').join('\n');
    const named = new Set([...tests.matchAll(/\b(Step\/[\w.-]*\w)/g)].map((match) => match[1]));
    expect(EXECUTION_RULES.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
  });

  test.each(INSTRUCTIONS.map((row) => row.mnemonic))('%s has a rule', (mnemonic) => {
    const reduce = reductions(DEFAULT_READINGS);
    const entered = stepOnce(reduce, initial(callStart(alone(fn([], []), [op(mnemonic)]), [], new Map())), null).state;
    expect(EXECUTION_RULES.map(({ id }) => id)).toContain(reduce(entered)?.id);
  });
});

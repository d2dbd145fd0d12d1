import { describe, expect, test } from 'vitest';
import { CLOSED, matchGlobalType, matchHeapType, matchMemType, matchTableType } from '../../src/valid/match.ts';
import { PREMISES, type Premises, SHARING_PREMISES, type SharingPremise } from '../../src/valid/premises.ts';
import { errorsOf } from '../unit/valid/check-wat.ts';
import { abstract, global, memory, ref, table } from '../unit/valid/match-cases.ts';
import type { Mutant, Mutants } from './mutant.ts';
import { DEFINITION_MUTANTS } from './mutants-definitions.ts';
import { INSTRUCTION_MUTANTS } from './mutants-instructions.ts';

/**
 * Every sharing premise, dropped, lets a module (or an import) through that all the premises together refuse. So each is there,
 * and the test that bears its name catches the checker that forgets it.
 */

const MUTANTS: Mutants = { ...DEFINITION_MUTANTS, ...INSTRUCTION_MUTANTS };

/** Matches that only linking makes; no module's text has them. */
const MATCHES: Partial<Record<SharingPremise, (premises: Premises) => boolean>> = {
  'Heaptype_sub:share': (premises) =>
    matchHeapType(abstract('func', 'shared'), abstract('func'), { ...CLOSED, premises }),
  'Globaltype_sub:share': (premises) =>
    matchGlobalType(global('unshared', true, 'i32'), global('shared', true, 'i32'), { ...CLOSED, premises }),
  'Memtype_sub:share': (premises) => matchMemType(memory('unshared'), memory('shared'), { ...CLOSED, premises }),
  'Tabletype_sub:share': (premises) => {
    const elem = ref(abstract('func', 'shared'));
    return matchTableType(table('unshared', elem), table('shared', elem), { ...CLOSED, premises });
  },
};

function without(premise: SharingPremise): Premises {
  return new Set([...SHARING_PREMISES].filter((p) => p !== premise));
}

describe('a checker less one sharing premise', () => {
  test.each(Object.entries(MUTANTS) as [SharingPremise, Mutant][])(
    '%s is caught',
    (premise, { rule, wat, readings }) => {
      expect(errorsOf(wat, readings).map((d) => d.rule)).toEqual([rule]);
      expect(errorsOf(wat, readings, without(premise))).toEqual([]);
    },
  );

  test.each(Object.entries(MATCHES) as [SharingPremise, (premises: Premises) => boolean][])(
    '%s is caught',
    (premise, match) => {
      expect(match(SHARING_PREMISES)).toBe(false);
      expect(match(without(premise))).toBe(true);
    },
  );

  test('a heap type of the wrong share is refused where an operand is wanted, by Heaptype_sub:share alone', () => {
    const wat = '(func (param (ref null (shared func))) (local funcref) (local.set 1 (local.get 0)))';
    expect(errorsOf(wat).map((d) => d.rule)).toEqual(['Instr_ok/local.set']);
    expect(errorsOf(wat, {}, without('Heaptype_sub:share'))).toEqual([]);
  });

  test('covers every premise', () => {
    expect([...Object.keys(MUTANTS), ...Object.keys(MATCHES)].toSorted()).toEqual(Object.keys(PREMISES).toSorted());
  });

  test.each(Object.entries(MUTANTS) as [SharingPremise, Mutant][])(
    '%s is explained by a chain from the shared thing',
    (_, { wat, readings }) => {
      const [error] = errorsOf(wat, readings);
      expect(error?.because?.length).toBeGreaterThanOrEqual(2);
      expect(error?.because?.[0]).toMatch(/shared|thread/);
    },
  );
});

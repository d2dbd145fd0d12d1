import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Alphabet } from '../../../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../../../src/model/bounded/alphabet.ts';
import { Executions } from '../../../../src/model/bounded/execution.ts';
import { forEachProgram } from '../../../../src/model/bounded/programs.ts';
import type { Writers } from '../../../../src/model/bounded/reads-from.ts';
import { forEachReadsFrom, readSlotsOf } from '../../../../src/model/bounded/reads-from.ts';
import { symmetriesOf } from '../../../../src/model/bounded/symmetry.ts';
import { findModel, MODELS } from '../../../../src/model/catalogue.ts';
import { className, naivePrograms, naiveReadsFrom } from './naive.ts';

const BYTES: Alphabet = { places: singleBytes(2), letters: lettersOf(['unord', 'seqcst']) };
const ORDERS: Alphabet = { places: singleBytes(2), letters: lettersOf(['acqrel'], ['acqrel', 'seqcst']) };
const THREE: Alphabet = {
  places: singleBytes(3),
  letters: [
    { kind: 'wr', order: 'unord' },
    { kind: 'rd', order: 'seqcst' },
  ],
};
const MIXED: Alphabet = { places: bytesAndPair(0), letters: lettersOf(['unord']) };
const FOUR: Alphabet = {
  places: singleBytes(1),
  letters: [
    { kind: 'wr', order: 'unord' },
    { kind: 'rmw', order: 'seqcst' },
  ],
};

const CASES: readonly (readonly [string, Alphabet, number, Writers])[] = [
  ['two bytes', BYTES, 3, 'local'],
  ['two bytes, any writer', BYTES, 2, 'all'],
  ['acqrel accesses and fences', ORDERS, 3, 'all'],
  ['three bytes', THREE, 3, 'local'],
  ['two bytes and their pair', MIXED, 3, 'all'],
  ['one byte, four events', FOUR, 4, 'all'],
];

/** One of each kind: the others have their axioms. */
const JUDGES = ['wasm', 'js-es2018', 'sc'].map((name) => known(findModel(name), name));

function verdicts(execution: Parameters<(typeof MODELS)[number]['check']>[0]): string {
  return JUDGES.map((model) => (model.check(execution).consistent ? 'A' : 'F')).join('');
}

describe('the enumeration up to symmetry', () => {
  test.each(CASES)(
    '%s: has exactly one of each class of executions, with the verdicts of all of them',
    (_, alphabet, events, which) => {
      const found = new Map<string, string>();
      forEachProgram({ alphabet, events }, (program) => {
        const slots = readSlotsOf(program, which);
        const executions = new Executions(program, slots);
        forEachReadsFrom(program, slots, (rf) => {
          const name = className(program, which, rf);
          expect(found.has(name), name).toBe(false);
          found.set(name, verdicts(executions.execution(rf)));
        });
      });
      const seen = new Set<string>();
      for (const program of naivePrograms(alphabet, events)) {
        const slots = readSlotsOf(program, which);
        const executions = new Executions(program, slots);
        for (const rf of naiveReadsFrom(slots)) {
          const name = className(program, which, rf);
          seen.add(name);
          if (found.get(name) !== verdicts(executions.execution(rf))) expect.fail(`${name}: ${found.get(name)}`);
        }
      }
      expect(seen.size).toBe(found.size);
    },
  );

  test('knows which bytes may change places', () => {
    expect(symmetriesOf([2, 1, 1], singleBytes(3)).length).toBe(12);
    expect(symmetriesOf([1], bytesAndPair(0)).length).toBe(2);
    expect(symmetriesOf([1], bytesAndPair(2)).length).toBe(4);
  });
});

describe('what the enumeration may leave out', () => {
  test('program order alone: every model that refuses hb-inconsistent executions refuses what is left out', () => {
    const count = (which: Writers, model: (typeof MODELS)[number]): number => {
      let consistent = 0;
      forEachProgram({ alphabet: BYTES, events: 3 }, (program) => {
        const slots = readSlotsOf(program, which);
        const executions = new Executions(program, slots);
        forEachReadsFrom(program, slots, (rf) => {
          if (model.check(executions.execution(rf)).consistent) consistent++;
        });
      });
      return consistent;
    };
    for (const model of MODELS) if (model.assumes.hbConsistent) expect(count('local', model)).toBe(count('all', model));
  });
});

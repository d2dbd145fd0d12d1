import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { catModel } from '../../src/cli/models.ts';
import type { Execution } from '../../src/event/execution.ts';
import { DEFINITIONS } from '../../src/model/definitions.ts';
import type { Model } from '../../src/model/model.ts';
import { nativeModel } from '../../src/model/native.ts';
import { definitionalModel } from '../../src/model/slow.ts';
import type { Shape } from '../unit/model/arbitrary.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';

/** `WEFT_RUNS` multiplies how many executions are tried. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);

const SHAPES: Readonly<Record<string, readonly [Shape, number]>> = {
  'mixed sizes': [MIXED, 300],
  atomics: [ATOMIC, 300],
  'seqcst accesses alone': [SEQCST, 200],
  'critical cycles with fences': [CYCLES, 300],
  'few events': [{ ...ATOMIC, events: [3, 5], noise: 5 }, 300],
};

const samples = new Map(
  Object.entries(SHAPES).map(([name, [shape, numRuns]]) => [
    name,
    fc.sample(executions(shape), { seed: 20261127, numRuns: numRuns * RUNS }),
  ]),
);

/** Both say the same of every execution; how many are consistent. */
function agree(ours: Model, theirs: Pick<Model, 'check'>, of: readonly Execution[]): number {
  let consistent = 0;
  for (const execution of of) {
    const { consistent: expected } = theirs.check(execution);
    if (ours.check(execution).consistent !== expected)
      expect.fail(`${ours.name} differs on ${JSON.stringify(execution)}`);
    if (expected) consistent++;
  }
  return consistent;
}

describe.each(DEFINITIONS.map((definition) => [definition.name, definition] as const))(
  'models/%s.cat',
  (_name, definition) => {
    const cat = catModel(definition.name);

    test.each([...samples])('says what the native model says, on %s', (_, of) => {
      const consistent = agree(cat, nativeModel({ base: definition }), of);
      expect(consistent).toBeGreaterThan(0);
      expect(consistent).toBeLessThan(of.length);
    });

    test('says what the transcription says', () => {
      agree(cat, definitionalModel(definition), known(samples.get('few events'), 'sample').slice(0, 60 * RUNS));
    });

    test('names the same axioms', () => {
      expect(cat.axioms.map(({ name }) => name).toSorted()).toEqual([...definition.axioms].toSorted());
    });

    test.each(definition.axioms)('less %s says what the native model less it says', (without) => {
      const mutant = cat.less([without]);
      const native = nativeModel({ base: definition, without });
      for (const [, of] of samples) agree(mutant, native, of.slice(0, 25 * RUNS));
    });
  },
);

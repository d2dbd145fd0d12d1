import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Execution } from '../../src/event/execution.ts';
import type { Definition } from '../../src/model/definition.ts';
import { DEFINITIONS, jsEs2018Scdrf, wasm } from '../../src/model/definitions.ts';
import { nativeModel } from '../../src/model/native.ts';
import { definitionalModel, failureUnder } from '../../src/model/slow.ts';
import type { Shape } from '../unit/model/arbitrary.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';
import { everyReadsFrom } from '../unit/model/build.ts';
import { aroundAcqrel, overwrittenAcqrel } from '../unit/model/rare-programs.ts';

function agree(definition: Definition, shape: Shape, numRuns: number): void {
  const same = agreement(definition);
  fc.assert(fc.property(executions(shape), same), { seed: 20261124, numRuns });
}

/** Expects both models to judge an execution alike, with the same relations, and the transcription to accept the native `tot`. */
function agreement(definition: Definition): (execution: Execution) => void {
  const native = nativeModel({ base: definition });
  const slow = definitionalModel(definition);
  return (execution) => {
    const verdict = native.check(execution);
    const expected = slow.check(execution);
    expect(verdict.consistent).toBe(expected.consistent);
    if (!verdict.consistent || !expected.consistent) return;
    expect([...verdict.tot].toSorted((a, b) => a - b)).toEqual(execution.events.map((e) => e.id));
    expect(failureUnder(definition, execution, verdict.tot)).toBeNull();
    for (const name of ['po', 'rf', 'sw', 'asw', 'hb'] as const) {
      expect(verdict.relations[name].equals(expected.relations[name]), name).toBe(true);
    }
  };
}

describe('the native model agrees with the transcription of the axioms', () => {
  test.each(DEFINITIONS)('on mixed sizes: $name', (definition) => agree(definition, MIXED, 2000));
  test.each(DEFINITIONS)('on atomics: $name', (definition) => agree(definition, ATOMIC, 1500));
  test.each(DEFINITIONS)('on critical cycles: $name', (definition) => agree(definition, CYCLES, 600));
  test.each(DEFINITIONS)('on seqcst accesses alone: $name', (definition) => agree(definition, SEQCST, 600));

  const mutants = [wasm, jsEs2018Scdrf].flatMap((base) =>
    base.axioms.map((without) => ({
      name: `${base.name} less ${without}`,
      mutant: { ...base, axioms: base.axioms.filter((axiom) => axiom !== without) },
    })),
  );
  test.each([aroundAcqrel, overwrittenAcqrel])('on all reads-from of a rare program (%#)', (rare) => {
    for (const without of [null, 'sc-modification-order', 'sc-last-visible-acqrel'] as const) {
      const axioms = wasm.axioms.filter((axiom) => axiom !== without);
      for (const execution of everyReadsFrom(rare)) agreement({ ...wasm, axioms })(execution);
    }
  });

  test.each(mutants)('$name', ({ mutant }) => {
    agree(mutant, { ...ATOMIC, noise: 5, events: [3, 5] }, 150);
    agree(mutant, { ...CYCLES, noise: 5, events: [0, 1] }, 150);
    agree(mutant, { ...MIXED, events: [2, 4] }, 150);
  });
});

import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CORPORA, hasCorpora, scriptsIn } from '../support/corpora.ts';
import { exploreProgram, outcomesOf, programOf } from '../support/explore-file.ts';

/** The outcomes of the threads suite's litmus scripts, observing (mem.shared+24, mem.shared+32). */
const TABLE: Readonly<Record<string, { readonly wasm: readonly string[]; readonly sc: readonly string[] }>> = {
  MP: { wasm: ['(0,0)', '(0,42)', '(1,0)', '(1,42)'], sc: ['(0,0)', '(0,42)', '(1,42)'] },
  MP_atomic: { wasm: ['(0,0)', '(0,42)', '(1,42)'], sc: ['(0,0)', '(0,42)', '(1,42)'] },
  SB: { wasm: ['(0,0)', '(0,1)', '(1,0)', '(1,1)'], sc: ['(0,1)', '(1,0)', '(1,1)'] },
  SB_atomic: { wasm: ['(0,1)', '(1,0)', '(1,1)'], sc: ['(0,1)', '(1,0)', '(1,1)'] },
  LB: { wasm: ['(0,0)', '(0,1)', '(1,0)', '(1,1)'], sc: ['(0,0)', '(0,1)', '(1,0)'] },
  LB_atomic: { wasm: ['(0,0)', '(0,1)', '(1,0)'], sc: ['(0,0)', '(0,1)', '(1,0)'] },
};
const OBSERVED = ['mem.shared+24:i32', 'mem.shared+32:i32'];
const folder = join(CORPORA, 'threads/core/threads');

describe.runIf(hasCorpora())('the threads suite, explored', () => {
  for (const model of ['wasm', 'sc'] as const) {
    test.each(Object.entries(TABLE))(`%s has exactly its outcomes under ${model}`, (name, expected) => {
      const result = exploreProgram(programOf(join(folder, `${name}.wast`)), model);
      expect(result.complete).toBe(true);
      expect(result.duplicates).toBe(0);
      expect(outcomesOf(result, OBSERVED)).toEqual(expected[model]);
    });

    const scripts = scriptsIn('threads/core/threads').map((path) => basename(path));
    test.each(scripts)(`%s: every assertion holds in every execution under ${model}`, (file) => {
      const result = exploreProgram(programOf(join(folder, file)), model);
      expect(result.bound).toBeNull();
      expect(result.complete).toBe(true);
      expect(result.executions).toBeGreaterThan(0);
      expect(result.deadlocks).toBe(0);
      expect(result.assertions.filter((a) => a.holds !== 'always')).toEqual([]);
    });
  }

  test.each(Object.keys(TABLE))(
    '%s has the same outcomes by interleavings, all interleavings and the axioms of sc',
    (name) => {
      const program = programOf(join(folder, `${name}.wast`));
      const [reduced, ...others] = (['interleavings', 'all-interleavings', 'axioms'] as const).map((strategy) =>
        outcomesOf(exploreProgram(program, 'sc', { strategy }), OBSERVED),
      );
      for (const other of others) expect(other).toEqual(reduced);
    },
  );
});

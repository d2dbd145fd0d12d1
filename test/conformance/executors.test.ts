import { describe, expect, test } from 'vitest';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';
import { paired } from '../support/paired.ts';
import type { Suite } from '../support/suite-runs.ts';
import { exec, IS_FULL, MOST_GIVEN_UP, run, SMALL_STEPS, SUITES, tally } from '../support/suite-runs.ts';

const all = Object.entries(SUITES);
/** Small steps take their time: by default every third script of the long suite is enough. */
const thinned = (suite: string, paths: readonly string[]): readonly string[] =>
  suite === 'core' && !IS_FULL ? paths.filter((_, i) => i % 3 === 0) : paths;

describe.skipIf(!hasCorpora())('the official suites on both executors', () => {
  test.each(all)(
    '%s by the machine and by small steps at once, which ask the same and end alike',
    (suite, passed) => {
      const scripts = scriptsIn(suite);
      const paths = thinned(suite, scripts);
      const reports = paths.map((path) => {
        const semantics = makeSemantics({ readings: DEFAULT_READINGS, fuel: SMALL_STEPS.steps });
        return run(path, paired(exec(), semantics), SMALL_STEPS);
      });
      const found = tally(reports);
      const assertions = (counts: Readonly<Record<string, number>>) =>
        Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(found).toMatchObject({ unexplained: [], failed: [] });
      const count = assertions(found.passed) + found.givenUp;
      if (paths === scripts) expect(count).toBe(assertions(passed));
      else expect(count).toBeGreaterThan(assertions(passed) / 5);
      expect(found.givenUp).toBeLessThanOrEqual(MOST_GIVEN_UP[suite as Suite]);
    },
    1_800_000,
  );
});

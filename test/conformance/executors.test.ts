import { describe, expect, test } from 'vitest';
import { makeSemantics } from '../../src/semantics/executor.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';
import { paired } from '../support/paired.ts';
import type { Suite } from '../support/suite-runs.ts';
import { exec, MOST_GIVEN_UP, run, SMALL_STEPS, SUITES, tally } from '../support/suite-runs.ts';

const all = Object.entries(SUITES);

describe.skipIf(!hasCorpora())('the official suites on both executors', () => {
  test.each(all)(
    '%s by the machine and by small steps at once, which ask the same and end alike',
    (suite, passed) => {
      const reports = scriptsIn(suite).map((path) => {
        const semantics = makeSemantics({ readings: DEFAULT_READINGS, fuel: SMALL_STEPS.steps });
        return run(path, paired(exec(), semantics), SMALL_STEPS);
      });
      const found = tally(reports);
      const assertions = (counts: Readonly<Record<string, number>>) =>
        Object.values(counts).reduce((sum, count) => sum + count, 0);
      expect(found).toMatchObject({ unexplained: [], failed: [] });
      expect(assertions(found.passed) + found.givenUp).toBe(assertions(passed));
      expect(found.givenUp).toBeLessThanOrEqual(MOST_GIVEN_UP[suite as Suite]);
    },
    1_800_000,
  );
});

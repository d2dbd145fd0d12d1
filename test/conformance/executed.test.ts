import { describe, expect, test } from 'vitest';
import { hasCorpora, scriptsIn } from '../support/corpora.ts';
import { AMPLE, compiled, exec, run, SUITES, tally } from '../support/suite-runs.ts';

const all = Object.entries(SUITES);

describe.skipIf(!hasCorpora())('the official suites, every assertion executed', () => {
  test.each(all)(
    '%s by the machine',
    (suite, passed) => {
      const reports = scriptsIn(suite).map((path) => run(path, exec(), AMPLE));
      expect(tally(reports)).toEqual({ passed, givenUp: 0, unexplained: [], failed: [] });
    },
    600_000,
  );

  test.each(all)(
    '%s compiled to JavaScript',
    (suite, passed) => {
      const reports = scriptsIn(suite).map((path) => run(path, exec(), AMPLE, compiled));
      expect(tally(reports)).toEqual({ passed, givenUp: 0, unexplained: [], failed: [] });
    },
    600_000,
  );
});

import { expect, test } from 'vitest';
import { validateBytes } from '../../src/valid/stream/validate.ts';
import { hasCorpora } from '../support/corpora.ts';
import { complaint } from '../support/explained.ts';
import { suiteModules } from '../support/suite-modules.ts';

/**
 * The streaming validator on every module of the official suites that has a binary form, valid, invalid and malformed: it gives the suite's
 * verdict, and the explaining pair's.
 */

/** What each suite had when this was written: a suite may grow, not shrink. */
const SUITES = [
  { folder: 'core', modules: 6000 },
  { folder: 'threads', modules: 148 },
  { folder: 'acquire-release', modules: 1 },
  { folder: 'shared-everything', modules: 263 },
] as const;

/** Written for the specification before it had several memories and tables per module. */
const SUPERSEDED = ['multiple memories', 'multiple tables'];

test.runIf(hasCorpora()).each(SUITES)(
  'the stream validator judges the modules of the suite $folder as the suite does',
  ({ folder, modules: least }) => {
    const modules = suiteModules(folder);
    const wrong: string[] = [];
    for (const { place, bytes, verdict, message } of modules) {
      const valid = validateBytes(bytes);
      const expected = verdict === 'valid' || SUPERSEDED.includes(message);
      if (valid !== expected) wrong.push(`${place}: ${verdict} module ${valid ? 'accepted' : 'refused'}`);
      const explained = complaint(bytes);
      if (valid !== (explained === null)) wrong.push(`${place}: the pair says ${explained ?? 'valid'}`);
    }
    expect(wrong).toEqual([]);
    expect(modules.length).toBeGreaterThanOrEqual(least);
  },
  120_000,
);

import { describe, expect, test } from 'vitest';
import type { BexInstance } from '../../src/litmus/bex/load.ts';
import { hasCorpora } from '../support/corpora.ts';
import type { EmmeRow } from '../support/emme.ts';
import { compareWithEmme, emmeRows, floatsAreWithin } from '../support/emme.ts';

/** EMME's outcome sets [proofs-notes/emme.md]: some instances of each program of integers; `npm run reproduce` compares all. */

/** Of a program with more instances, so many are compared, spread over them. */
const SAMPLE = 2;

const rows = hasCorpora() ? emmeRows() : [];
const kept = new Map<string, readonly BexInstance[]>();

const programs = new Map<string, EmmeRow[]>();
for (const row of rows) programs.set(row.test, [...(programs.get(row.test) ?? []), row]);
const samples = [...programs.values()].flatMap((all) =>
  all.filter((_, i) => i % Math.ceil(all.length / SAMPLE) === Math.floor(all.length / SAMPLE / 2)),
);

describe.runIf(rows.length > 0)('EMME', () => {
  test('has outcomes of 890 instances of 71 programs', () => {
    expect(rows).toHaveLength(890);
    expect(programs.size).toBe(71);
  });

  test.each(samples)('$test, instance $instance: the outcomes of js-es2018', (row) => {
    const found = compareWithEmme(row, 'js-es2018', kept);
    if (found.kind === 'differs') expect(found.ours).toEqual(found.theirs);
    expect(found.kind).toBe(expectedKind(row));
  });

  const floats = samples.filter(({ test: name }) => /sv_simple0[678]$|sv_float_and_int$/.test(name));

  test.each(floats)('$test, instance $instance: what EMME has of floats is among the outcomes of js-es2018', (row) => {
    expect(floatsAreWithin(row, 'js-es2018', kept)).toBe(true);
  });

  test('sequential consistency has fewer outcomes where accesses are unordered', () => {
    const row = samples.find(({ test: name }) => name === 'single_var/sv_simple20');
    const found = row === undefined ? null : compareWithEmme(row, 'sc', kept);
    expect(found?.kind).toBe('differs');
    if (found?.kind === 'differs') expect(found.theirs).toEqual(expect.arrayContaining([...found.ours]));
  });
});

/** Programs with floats are left out, and of four there is nothing but the outcomes. */
function expectedKind({ test: name }: EmmeRow): string {
  if (/sv_simple(25|26|27|28)$/.test(name)) return 'no program';
  const hasFloats = /(sv_simple(06|07|08|09|10|12|23)|sv_f_simple01|sv_float_and_int)$/.test(name);
  return hasFloats ? 'floats' : 'same';
}

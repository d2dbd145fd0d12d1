import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { HOSTILE_TEXTS, readHostile } from '../../support/hostile-texts.ts';

/** Characters of each text; `npm run test:hostile` asks for large ones, which are read in a process each. */
const SMALL = 60_000;
const LARGE = 50_000_000;
const isLarge = process.env['WEFT_HOSTILE'] !== undefined;

const CASES = Object.entries(HOSTILE_TEXTS);

function small(): void {
  test.each(CASES)('%s', (_, text) => {
    const hostile = text(SMALL);
    for (const result of readHostile(hostile)) {
      if (result.ok) continue;
      expect(result.error.length).toBeGreaterThan(0);
      expect(result.error.length).toBeLessThan(2000);
      for (const { at } of result.error)
        expect(0 <= at.start && at.start <= at.end && at.end <= hostile.length).toBe(true);
    }
  });
}

interface Measured {
  readonly length: number;
  readonly megabytes: number;
}

function large(): void {
  const program = fileURLToPath(new URL('../../support/hostile-texts.ts', import.meta.url));

  test.each(CASES)('%s', (name) => {
    const output = execFileSync(process.execPath, ['--import', 'tsx', program, name, String(LARGE)], {
      encoding: 'utf8',
    });
    const { length, megabytes } = JSON.parse(output) as Measured;
    expect(megabytes).toBeLessThan((20 * length) / 1e6 + 200);
  });
}

if (isLarge) describe('a hostile text of 50 MB takes memory in proportion', large);
else describe('a hostile text is read or complained of', small);

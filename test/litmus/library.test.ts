import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelNamed } from '../../src/cli/models.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { judge } from '../../src/litmus/judge.ts';
import { exploreProgram, programOf } from '../support/explore-file.ts';

const root = new URL('../../models/litmus', import.meta.url).pathname;
const families = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const files = families.flatMap(({ name }) =>
  readdirSync(join(root, name))
    .filter((file) => file.endsWith('.wast'))
    .map((file) => join(name, file)),
);

describe('the litmus library', () => {
  test.each(files)('%s has its verdicts and its sets of outcomes', (file) => {
    const program = programOf(join(root, file));
    const results = new Map<string, ExploreResult>();
    for (const litmus of program.litmus) {
      expect(litmus.verdicts.length).toBeGreaterThan(0);
      for (const { model } of [...litmus.verdicts, ...litmus.outcomes]) {
        const result = results.get(model) ?? exploreProgram(program, modelNamed(model));
        results.set(model, result);
        expect(result.complete).toBe(true);
        expect({ model, ...judge(litmus, result) }).toMatchObject({ model, agrees: true });
      }
    }
    for (const { holds } of exploreProgram(program, 'wasm').assertions) expect(holds).toBe('always');
  });

  test('has a verdict for wasm-oopsla19 in every row of the papers’ table', () => {
    const rows = files.filter((file) => file.startsWith('oopsla19/')).map((file) => programOf(join(root, file)));
    expect(rows.length).toBe(13);
    for (const { litmus } of rows) expect(litmus[0]?.verdicts.map((v) => v.model)).toContain('wasm-oopsla19');
  });
});

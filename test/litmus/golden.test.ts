import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Golden } from '../support/golden.ts';
import { GOLDEN_FILE, outcomesNow } from '../support/golden.ts';

const golden = JSON.parse(readFileSync(GOLDEN_FILE, 'utf8')) as Golden;

test('every litmus test has exactly its outcomes under each model (npm run golden writes them anew)', () => {
  expect(outcomesNow()).toEqual(golden);
});

test.each(Object.entries(golden))(
  '%s: what sc allows, wasm allows; what wasm allows, wasm-oopsla19 allows',
  (_, sets) => {
    const { wasm = [], sc = [] } = sets;
    expect(wasm.length).toBeGreaterThan(0);
    expect(wasm).toEqual(expect.arrayContaining([...sc]));
    expect(sets['wasm-oopsla19']).toEqual(expect.arrayContaining([...wasm]));
  },
);

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,property,conformance,litmus,mutation}/**/*.test.ts'],
    testTimeout: 60_000,
    maxWorkers: '100%',
    globalSetup: ['test/support/build.ts'],
    env: { WEFT_CORPORA: process.env['WEFT_CORPORA'] ?? new URL('../shared/corpora', import.meta.url).pathname },
  },
});

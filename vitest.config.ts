import { defineConfig } from 'vitest/config';

const env = { WEFT_CORPORA: process.env['WEFT_CORPORA'] ?? new URL('../shared/corpora', import.meta.url).pathname };

/** Small tests share a worker's modules, which saves a quarter of their time. Long ones have their own, since code that many have used in many ways runs at half the speed. */
const PROJECTS = [
  { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false },
  { name: 'long', include: ['test/{property,conformance,litmus,mutation}/**/*.test.ts'], isolate: true },
  { name: 'browser', include: ['test/browser/**/*.test.ts'], isolate: false },
];

export default defineConfig({
  test: {
    maxWorkers: '100%',
    globalSetup: ['test/support/build.ts'],
    projects: PROJECTS.map((project) => ({ test: { ...project, env, testTimeout: 60_000 } })),
  },
});

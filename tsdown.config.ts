import type { UserConfig } from 'tsdown';
import { defineConfig } from 'tsdown';

/** Everything is bundled: a command starts faster from one file than from a hundred. */
const COMMON = {
  format: 'esm',
  clean: true,
  minify: true,
  deps: { alwaysBundle: [/.*/] },
  outExtensions: () => ({ js: '.js' }),
} as const satisfies UserConfig;

/**
 * commander loads this for commands that are programs of their own, as none of ours is; Node takes a tenth of the command's start for it.
 */
const withoutPrograms = {
  name: 'without programs',
  resolveId: (id: string, importer?: string) =>
    id === 'node:child_process' && importer?.includes('/commander/') === true ? '\0no-programs' : null,
  load: (id: string) => (id === '\0no-programs' ? 'export {};' : null),
};

/** Node loads a CommonJS file sooner than a module. */
const LAUNCH: UserConfig = {
  ...COMMON,
  format: 'cjs',
  outExtensions: () => ({ js: '.cjs' }),
  entry: { weft: 'src/cli/launch.ts' },
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  dts: false,
};

/** The command and its workers; `src/cli/launch.ts` starts them, and scripts/warm-up.mjs keeps what was compiled of them beside them. */
const COMMAND: UserConfig = {
  ...COMMON,
  format: 'cjs',
  outExtensions: () => ({ js: '.cjs' }),
  entry: {
    weft: 'src/cli/main.ts',
    'explore-worker': 'src/cli/explore-worker.ts',
    'part-worker': 'src/cli/part-worker.ts',
    'explain-worker': 'src/cli/explain-worker.ts',
    'litmus-worker': 'src/cli/litmus-worker.ts',
    'wast-worker': 'src/cli/wast-worker.ts',
  },
  platform: 'node',
  target: 'node20',
  outDir: 'dist/code',
  dts: false,
  plugins: [withoutPrograms],
};

/** Types take longer than all the rest, and no test reads them. */
const isForTests = process.env['VITEST'] !== undefined;

export default defineConfig([
  LAUNCH,
  COMMAND,
  {
    ...COMMON,
    entry: {
      node: 'src/embed/workers/node.ts',
      worker: 'src/embed/workers/node-worker.ts',
    },
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    dts: isForTests ? false : { entry: ['src/embed/workers/node.ts'] },
  },
  /** The public API, for browsers too: nothing of Node's is in it. */
  {
    ...COMMON,
    entry: { index: 'src/index.ts' },
    platform: 'browser',
    target: 'es2022',
    outDir: 'dist/lib',
    dts: isForTests ? false : { entry: ['src/index.ts'] },
  },
]);

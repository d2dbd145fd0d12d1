import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: {
    weft: 'src/cli/main.ts',
    'explore-worker': 'src/cli/explore-worker.ts',
    'wast-worker': 'src/cli/wast-worker.ts',
    index: 'src/index.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  clean: true,
  dts: false,
  minify: true,
  /** Everything is bundled: a command starts faster from one file than from a hundred. */
  deps: { alwaysBundle: [/.*/] },
  outExtensions: () => ({ js: '.js' }),
});

import { defineConfig } from 'vite';

/** Headers that let the page share memory with its worker, so that a search can be interrupted with what it found. */
const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  build: { outDir: '../dist/viz', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 2_000 },
  worker: { format: 'es' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { headers: ISOLATED },
  preview: { headers: ISOLATED },
});

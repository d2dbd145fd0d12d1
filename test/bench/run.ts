import { benchContexts } from './contexts.ts';
import { benchExplore } from './explore.ts';
import { benchFront } from './front.ts';
import { benchModels } from './models.ts';
import { benchPage } from './page.ts';
import { benchStart } from './start.ts';
import { benchThreads } from './threads.ts';
import { benchSuites } from './suites.ts';

/** `npm run bench [-- exec|explore|front|models|page|suites|start …]`: all benchmarks, or those named. */
const BENCHES: Readonly<Record<string, () => void | Promise<unknown>>> = {
  start: benchStart,
  exec: () => import('./exec.ts'),
  explore: benchExplore,
  front: benchFront,
  models: benchModels,
  contexts: benchContexts,
  threads: benchThreads,
  page: benchPage,
  suites: benchSuites,
};

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
for (const name of names.length === 0 ? Object.keys(BENCHES) : names) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`unknown benchmark '${name}'; there are: ${Object.keys(BENCHES).join(', ')}`);
    process.exit(2);
  }
  await bench();
}

import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { SingleBar } from 'cli-progress';
import type { Reproduction } from './claim.ts';
import { CLAIMS } from './claims.ts';
import { reproductionJson, reproductionText } from './report.ts';

/**
 * `npm run reproduce [-- --quick --json --only TEXT]`: checks claim by claim what the papers say. Ends with 1 if Weft disagrees with one, 3 if it was
 * interrupted before the end or a check was incomplete, 0 otherwise.
 */
const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
});

const quick = values.quick === true;
const judged: Reproduction[] = [];
const total = CLAIMS.filter(({ long }) => !quick || long !== true).length;
const bar = process.stderr.isTTY
  ? new SingleBar({
      format: '{bar} {value} of {total} claims, {duration_formatted}',
      stream: process.stderr,
      clearOnComplete: true,
    })
  : null;
bar?.start(total, 0);

const worker = new Worker(new URL('worker.mjs', import.meta.url), {
  workerData: { quick, only: values.only ?? null },
  resourceLimits: { stackSizeMb: 64 },
});
worker.on('message', (done: Reproduction) => {
  judged.push(done);
  bar?.increment();
});
worker.on('error', (error) => {
  bar?.stop();
  throw error;
});
worker.on('exit', () => finish(true));
process.on('SIGINT', () => finish(false));

function finish(complete: boolean): void {
  bar?.stop();
  if (values.json === true) process.stdout.write(`${JSON.stringify(reproductionJson(judged, complete), null, 2)}\n`);
  else process.stdout.write(`${reproductionText(judged, complete)}\n`);
  const unsettled = !complete || judged.some(({ incomplete }) => incomplete === true);
  process.exit(judged.some(({ agrees }) => !agrees) ? 1 : unsettled ? 3 : 0);
}

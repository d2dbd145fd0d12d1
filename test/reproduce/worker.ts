import { parentPort, workerData } from 'node:worker_threads';
import { known } from '../../src/base/assert.ts';
import { judgeClaims } from './claim.ts';
import { CLAIMS } from './claims.ts';

const port = known(parentPort, 'port');
const { quick, only } = workerData as { readonly quick: boolean; readonly only: string | null };
const claims = CLAIMS.filter(({ group, text, source }) => only === null || `${group} ${source} ${text}`.includes(only));

await judgeClaims(claims, { quick, shouldStop: () => false }, (done) => port.postMessage(done));

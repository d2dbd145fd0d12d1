import { parentPort } from 'node:worker_threads';
import { known } from '../../base/assert.ts';
import type { ToWorker } from './messages.ts';
import { serve } from './serve.ts';

/** The program of a worker of Node's. */
const port = known(parentPort, 'parent port');
const answer = serve((message) => port.postMessage(message));
port.on('message', (message: ToWorker) => answer(message));

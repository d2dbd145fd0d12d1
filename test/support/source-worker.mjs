// The program of a worker, run from its source: Node loads no TypeScript as a worker's own file.
import { register } from 'tsx/esm/api';

register();
await import('../../src/embed/workers/node-worker.ts');

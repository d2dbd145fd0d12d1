// The claims are judged here, so that the main thread can be interrupted; run from source, since Node loads no TypeScript as a worker's own file.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');

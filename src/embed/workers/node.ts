import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerFactory } from './messages.ts';

/**
 * Workers as threads of Node. They keep the process alive only while they have calls to answer. `program`: `node-worker.ts`, built; the one
 * beside this file unless given.
 */
export function nodeWorkers(
  program: { readonly href: string } = new URL('./worker.js', import.meta.url),
): WorkerFactory {
  return () => {
    const worker = new Worker(new URL(program.href));
    worker.unref();
    let calls = 0;
    return {
      post(message): void {
        if (isKind(message, 'call') && calls++ === 0) worker.ref();
        worker.postMessage(message, []);
      },
      listen(onMessage, onError): void {
        worker.on('message', (message: object) => {
          if (isKind(message, 'ended') && --calls === 0) worker.unref();
          onMessage(message);
        });
        worker.on('error', (error) => onError(error instanceof Error ? error : new Error(String(error))));
      },
      terminate(): void {
        void worker.terminate();
      },
    };
  };
}

function isKind(message: object, kind: (ToWorker | FromWorker)['kind']): boolean {
  return 'kind' in message && message.kind === kind;
}

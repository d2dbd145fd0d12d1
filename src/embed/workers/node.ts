import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker, WorkerFactory } from './messages.ts';

/**
 * Workers as threads of Node. They keep the process alive only while they have calls to answer. `program`: `node-worker.ts`, built; the one
 * beside this file unless given.
 */
export function nodeWorkers(program: URL = new URL('./worker.js', import.meta.url)): WorkerFactory {
  return () => {
    const worker = new Worker(program);
    worker.unref();
    let calls = 0;
    return {
      post(message: ToWorker): void {
        if (message.kind === 'call' && calls++ === 0) worker.ref();
        worker.postMessage(message, []);
      },
      listen(onMessage, onError): void {
        worker.on('message', (message: FromWorker) => {
          if (message.kind === 'ended' && --calls === 0) worker.unref();
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

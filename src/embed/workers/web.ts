import type { ToWorker, WorkerFactory } from './messages.ts';
import { serve } from './serve.ts';

/** As much of a Web Worker as is used here; browsers have more. */
export interface WebWorker {
  postMessage(message: object, transferred: []): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message: string }) => void): void;
  terminate(): void;
}

/** Workers of a browser, whose program calls {@link serveWeb}; the page must be cross-origin isolated to share memory. */
export function webWorkers(make: () => WebWorker): WorkerFactory {
  return () => {
    const worker = make();
    return {
      post: (message) => worker.postMessage(message, []),
      listen(onMessage, onError) {
        worker.addEventListener('message', ({ data }) => onMessage(data));
        worker.addEventListener('error', ({ message }) => onError(new Error(message)));
      },
      terminate: () => worker.terminate(),
    };
  };
}

/** As much of a Web Worker's own scope as is used here. */
export interface WebScope {
  postMessage(message: object, transferred: []): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** The whole program of a Web Worker: `serveWeb(self)`. */
export function serveWeb(scope: WebScope): void {
  const answer = serve((message) => scope.postMessage(message, []));
  scope.addEventListener('message', ({ data }) => answer(data as ToWorker));
}

import { createServer } from 'node:http';
import type { Server } from 'node:http';
import sirv from 'sirv';

const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
/** `WEFT_PAGE` says another build. */
const BUILT = process.env['WEFT_PAGE'] ?? new URL('../../../dist/viz', import.meta.url).pathname;

/** The built page; with the headers that let it share memory with its worker, unless it is to be plain files. */
export function served(headers: Readonly<Record<string, string>> = ISOLATED): Promise<Server> {
  const files = sirv(BUILT, {
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

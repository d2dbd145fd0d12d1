import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import open from 'open';
import sirv from 'sirv';
import { EXIT, UsageError } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { readSource } from '../input.ts';
import { modelsFolder } from '../model-files.ts';
import { printJson, printText } from '../output.ts';

interface ServeOptions {
  readonly port: number;
  readonly open?: boolean;
  readonly json?: boolean;
}

/** Only this machine is served. */
const HOST = '127.0.0.1';

/** Lets the page share memory with its worker, so that an interrupted search keeps what it found. */
const HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Serves the playground until it is interrupted; with a file, tells the address that opens it. */
export async function serve(path: string | undefined, options: ServeOptions): Promise<ExitCode> {
  const hash = path === undefined ? '' : addressOf(path);
  const server = await listening(options.port);
  const { port } = server.address() as AddressInfo;
  const address = `http://${HOST}:${port}/${hash}`;
  if (options.json === true) printJson({ serve: { address } });
  else printText(`The playground is at ${address}\nCtrl+C ends it.`);
  if (options.open === true) await open(address);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  server.closeAllConnections();
  server.close();
  return EXIT.holds;
}

function listening(port: number): Promise<Server> {
  const folder = join(modelsFolder(), '..', 'dist', 'viz');
  if (!existsSync(join(folder, 'index.html')))
    throw new UsageError(`${folder} has no playground; npm run build makes it`);
  const files = sirv(folder, {
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    },
  });
  const server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  return new Promise((resolve, reject) => {
    server.once('error', ({ message, ...error }: NodeJS.ErrnoException) => {
      reject(
        new UsageError(error.code === 'EADDRINUSE' ? `port ${port} is taken; choose another with --port` : message),
      );
    });
    server.listen(port, HOST, () => resolve(server));
  });
}

/** The part of the page’s address that opens it with a program (viz/state/address.ts). */
function addressOf(path: string): string {
  const state = JSON.stringify({ text: readSource(path).text, name: basename(path) });
  return `#1${deflateRawSync(state).toString('base64url')}`;
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

/** The playground as the built command serves it. */

const root = new URL('../../..', import.meta.url).pathname;

interface Ended {
  readonly code: number | null;
  readonly err: string;
}

/** Starts the command; `use` gets the address that it prints, and then the command is interrupted. */
async function serving(args: readonly string[], use: (address: string) => Promise<void>): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'dist/weft.cjs'), 'serve', '--json', ...args], { cwd: root });
  let [out, err] = ['', ''];
  child.stderr.on('data', (chunk) => (err += String(chunk)));
  const ended = once(child, 'close');
  const started = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      out += String(chunk);
      if (out.includes('}\n}')) resolve();
    });
  });
  await Promise.race([started, ended]);
  if (child.exitCode === null) {
    const { serve } = JSON.parse(out) as { serve: { address: string } };
    await use(serve.address);
    child.kill('SIGINT');
  }
  const [code] = (await ended) as [number | null];
  return { code, err };
}

describe('weft serve', () => {
  test('serves the page with the headers that let it share memory, and nothing else, until it is interrupted', async () => {
    const { code } = await serving(['--port', '0'], async (address) => {
      const page = await fetch(address);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('<div id="app">');
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect((await fetch(new URL('../package.json', address))).status).toBe(404);
    });
    expect(code).toBe(0);
  });

  test('with a file gives the address that opens the page with it', async () => {
    await serving(['--port', '0', 'models/litmus/classic/SB.wast'], async (address) => {
      const { hash } = new URL(address);
      expect(hash[1]).toBe('1');
      const state = JSON.parse(inflateRawSync(Buffer.from(hash.slice(2), 'base64url')).toString()) as object;
      expect(state).toMatchObject({ name: 'SB.wast', text: expect.stringContaining('Store buffering') as string });
    });
  });

  test('a port that is taken is told', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { code, err } = await serving(['--port', String(port)], async () => {});
    other.close();
    expect(code).toBe(2);
    expect(err).toContain(`port ${port} is taken`);
  });

  test('a port that is none, and a file that is not there, are told', async () => {
    expect(await serving(['--port', '70000'], async () => {})).toMatchObject({ code: 2 });
    expect(await serving(['--port', '0', 'nowhere.wast'], async () => {})).toMatchObject({ code: 2 });
  });
});

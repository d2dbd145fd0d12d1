import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

/** How the built command is loaded: with what V8 compiled of it, with its files together, or without either. */

const root = new URL('../../..', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'weft-launch-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command without the files of `dist/code` that are left out. */
function copied(name: string, isLeftOut: (file: string) => boolean): string {
  const here = join(folder, name);
  mkdirSync(here);
  cpSync(join(root, 'dist'), join(here, 'dist'), {
    recursive: true,
    filter: (path) => !path.includes('/viz') && !isLeftOut(path),
  });
  symlinkSync(join(root, 'models'), join(here, 'models'));
  return join(here, 'dist/weft.cjs');
}

function run(bin: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

test('it says the same with and without what was kept, which there is', () => {
  const names = readdirSync(join(root, 'dist/code'));
  for (const name of ['explore.together', 'litmus.together', `explore.together.${process.version}`])
    expect(names.some((one) => one.startsWith(name))).toBe(true);
  const whole = join(root, 'dist/weft.cjs');
  const bins = [
    copied('no caches', (path) => path.endsWith('.cache')),
    copied('not together', (path) => path.includes('.together')),
    copied('neither', (path) => /\.together|\.cache$/.test(path)),
  ];
  for (const args of [
    ['explore', 'models/litmus/classic/MP.wast', '--draw'],
    ['explore', 'scripts/warm-up.wast', '--model', 'sc', '--json'],
    ['litmus', 'models/litmus/classic', '--models', 'wasm,sc'],
  ]) {
    const told = run(whole, ...args);
    expect(told).toMatchObject({ status: 0, stderr: '' });
    for (const bin of bins) expect(run(bin, ...args)).toEqual(told);
  }
});

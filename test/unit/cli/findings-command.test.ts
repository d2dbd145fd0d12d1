import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const FILE = 'models/litmus/wait-notify/lost-wake-up.wast';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'weft-findings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function weft(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/weft.cjs'), 'explore', ...args], {
    encoding: 'utf8',
    cwd: root,
  });
  return { status, stdout, stderr };
}

describe('weft explore, findings', () => {
  test('--save-replay writes a file that --json names and --replay repeats; one of another program is refused', () => {
    const file = join(folder, 'lost.json');
    const first = weft(FILE, '--finding', '1', '--save-replay', file, '--json');
    const { tests } = JSON.parse(first.stdout) as { tests: { findings: { kind: string; replay: string | null }[] }[] };
    expect(tests[0]?.findings[0]).toMatchObject({ kind: 'lost wake-up', replay: file });
    const again = weft(FILE, '--replay', file);
    expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/\nSame\n$/) as string });
    const other = weft('models/litmus/classic/MP.wast', '--replay', file);
    expect(other).toMatchObject({ status: 2, stdout: '' });
    expect(other.stderr).toContain('it is of another program, lost-wake-up');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100));
    const cut = weft(FILE, '--replay', file);
    expect(cut.status).toBe(2);
    expect(cut.stderr).toContain(`cannot replay ${file}: it is no JSON`);
  });

  test('the schedule of the first finding is told unasked, with the numbers of its events', () => {
    const { stdout } = weft(FILE);
    expect(stdout).toMatch(/^ {6}T2 +memory\.atomic\.notify \(line \d+\) wakes nobody at .* \(2\)$/m);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;
const bin = join(root, 'dist/weft.cjs');
const folder = mkdtempSync(join(tmpdir(), 'weft-explain-'));

function explain(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, 'explain', ...args], {
    encoding: 'utf8',
    cwd: root,
  });
  return { code: status, out: stdout, err: stderr };
}

const SB = 'models/litmus/classic/SB+sc.wast';

describe('weft explain', () => {
  test('explains a test’s condition, whatever the answer, with exit code 0', () => {
    const forbidden = explain(SB);
    expect([forbidden.code, forbidden.out]).toEqual([0, expect.stringContaining('Forbidden by sc-last-visible-2')]);
    const allowed = explain(SB, '--outcome', 'T1:0:0=1');
    expect([allowed.code, allowed.out]).toEqual([0, expect.stringContaining('not surprising')]);
  });

  test('says so, with exit code 1, where no execution has the outcome', () => {
    const { code, out } = explain(SB, '--outcome', 'T1:0:0=7');
    expect(code).toBe(1);
    expect(out).toContain('T1:0:0 = i32 7: what can be observed is i32 0 or i32 1');
  });

  test.each([
    ['--outcome', 'T9:0:0=1', 'there is no thread T9'],
    ['--model', 'nothing', "unknown model 'nothing'"],
  ])('%s %s is a mistake of usage', (option, value, message) => {
    const { code, err } = explain(SB, option, value);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  test('a bound ends it with exit code 3', () => {
    const { code, out } = explain('models/litmus/oopsla19/Fig12+size.wast', '--max-executions', '2');
    expect([code, out]).toEqual([3, expect.stringContaining('Incomplete: more than 2 executions')]);
  });

  test('--json is one document, and pictures are written', () => {
    const [svg, dot] = [join(folder, 'SB.svg'), join(folder, 'SB.dot')];
    const { code, out } = explain(SB, '--json', '--svg', svg, '--dot', dot);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ tests: [{ name: 'SB+sc', model: 'wasm', verdict: 'forbidden' }] });
    expect(readFileSync(svg, 'utf8')).toContain('data-edge="tot"');
    expect(readFileSync(dot, 'utf8')).toContain('digraph');
  });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { litmusJob } from '../../src/cli/litmus-job.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';

/**
 * The tools made for herd's logs read ours: `WEFT_HERD_TOOLS` is the folder of mcompare7 and msum7 (or of mcompare.exe and msum.exe, as herdtools7's
 * sources build them). Without it the exact text is tested alone (test/unit/report/herd-text.test.ts).
 */
const folder = process.env['WEFT_HERD_TOOLS'];
if (folder === undefined) process.stderr.write('skipped: set WEFT_HERD_TOOLS to the folder of mcompare7 and msum7\n');

function run(tool: string, ...args: string[]): string {
  const name = readdirSync(folder ?? '').find((file) => file === `${tool}7` || file === `${tool}.exe`) ?? `${tool}7`;
  const { status, stdout, stderr } = spawnSync(join(folder ?? '', name), args, { encoding: 'utf8' });
  const complaints = stderr.split('\n').filter((line) => line !== '' && !/is not a litmus log|^total nouts/.test(line));
  expect({ tool, status, complaints }).toEqual({ tool, status: 0, complaints: [] });
  return stdout;
}

describe.runIf(folder !== undefined)('herd’s tools', () => {
  const library = new URL('../../models/litmus', import.meta.url).pathname;
  const families = ['fork', 'growth', 'oopsla19', 'tables', 'tearing', 'wait-notify'];
  const files = families.flatMap((family) =>
    readdirSync(join(library, family)).map((file) => join(library, family, file)),
  );
  const scripts = files.filter((file) => file.endsWith('.wast'));

  function log(model: string): { readonly path: string; readonly text: string } {
    const spec = { models: [model], readings: DEFAULT_READINGS, maxExecutions: 1_000_000, herd: true };
    const text = scripts.flatMap((file) => litmusJob(file, spec).herd).join('\n');
    const path = join(mkdtempSync(join(tmpdir(), 'weft-herd-')), `${model}.log`);
    writeFileSync(path, text);
    return { path, text };
  }

  const wasm = folder === undefined ? { path: '', text: '' } : log('wasm');

  test('msum7 finds every test with its states, and its verdict', () => {
    const { path, text } = wasm;
    const summary = run('msum', path);
    const tests = [...text.matchAll(/^Test (\S+) .*\nStates (\d+)$/gm)].map(([, name, states]) => `${name} ${states}`);
    const read = [...summary.matchAll(/^Test (\S+) .*\nHistogram \((\d+) states\)$/gm)];
    expect(tests.length).toBeGreaterThan(50);
    expect(read.map(([, name, states]) => `${name} ${states}`).sort()).toEqual(tests.sort());
    const verdicts = (all: string): string[] => all.split('\n').filter((line) => line === 'Ok' || line === 'No');
    expect(verdicts(summary).sort()).toEqual(verdicts(text).sort());
  });

  test('mcompare7 tells two models apart', () => {
    const table = run('mcompare', wasm.path, log('sc').path);
    expect(table).toMatch(/^SB-bytes +\|Allow +\| \[1:r0\.0=0; 2:r0\.0=0;\] +-\[1:r0\.0=0; 2:r0\.0=0;\]/m);
  });
});

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHerd } from '../support/herd-run.ts';
import { inC } from './programs/peers/print-c.ts';
import { inHerd } from './programs/peers/print-herd.ts';
import { inWasm } from './programs/peers/print-wasm.ts';
import type { PeerRow } from './programs/peers/table.ts';

/** One whole process over one program. */
export interface Run {
  readonly milliseconds: number;
  /** Executions, or candidates that herd judged; null if it does not say. */
  readonly executions: number | null;
}

/** A tool that is given a program as a file; null where it cannot read the program, or did not end in time. */
export interface Tool {
  readonly name: string;
  readonly run: (row: PeerRow, size: number, folder: string) => Run | null;
}

const root = new URL('../..', import.meta.url).pathname;

/** The tools that are on this machine, Weft first; `seconds` are given to each run. */
export function toolsHere(seconds: number): readonly Tool[] {
  return [
    weft('sc', seconds),
    weft('wasm', seconds),
    ...genmc(seconds),
    ...herd('sc.cat', seconds),
    ...herd('rc11.cat', seconds),
  ];
}

function fileOf(folder: string, extension: string, text: string): string {
  const path = join(folder, `program.${extension}`);
  writeFileSync(path, text);
  return path;
}

/** The time of a whole process and what it printed; null if it did not end in time. */
function timed(
  command: string,
  args: readonly string[],
  seconds: number,
): { milliseconds: number; out: string } | null {
  const start = performance.now();
  const { stdout, error } = spawnSync(command, args, { encoding: 'utf8', timeout: seconds * 1000, maxBuffer: 2 ** 28 });
  return error === undefined ? { milliseconds: performance.now() - start, out: stdout } : null;
}

function weft(model: string, seconds: number): Tool {
  const run: Tool['run'] = (row, size, folder) => {
    const path = fileOf(folder, 'wast', inWasm(row.make(size)));
    const done = timed(
      process.execPath,
      [join(root, 'dist/weft.cjs'), 'explore', '--model', model, '--json', path],
      seconds,
    );
    // Whoever is killed, or refuses the call, prints no document.
    if (done === null || !done.out.startsWith('{')) return null;
    const test = (JSON.parse(done.out) as { tests: { executions: number; complete: boolean }[] }).tests[0];
    return test?.complete === true ? { milliseconds: done.milliseconds, executions: test.executions } : null;
  };
  return { name: model === 'sc' ? 'weft' : `weft ${model}`, run };
}

/** GenMC, where `WEFT_GENMC` says it is. */
function genmc(seconds: number): Tool[] {
  const binary = process.env['WEFT_GENMC'];
  if (binary === undefined || spawnSync(binary, ['--version']).error !== undefined) return [];
  const run: Tool['run'] = (row, size, folder) => {
    const path = fileOf(folder, 'c', inC(row.make(size)));
    const options = ['--sc', '--disable-estimation', ...(row.disordered === true ? ['--disable-ipr'] : [])];
    const done = timed(binary, [...options, '--', path], seconds);
    const said = /complete executions explored: (\d+)/.exec(done?.out ?? '')?.[1];
    return done === null || said === undefined ? null : { milliseconds: done.milliseconds, executions: Number(said) };
  };
  return [{ name: 'GenMC', run }];
}

/** herd7, where `WEFT_HERD` and `WEFT_HERD_LIBDIR` say it is. */
function herd(model: string, seconds: number): Tool[] {
  const found = findHerd();
  if ('missing' in found) return [];
  const run: Tool['run'] = (row, size, folder) => {
    if (row.straight !== true) return null;
    const path = fileOf(folder, 'litmus', inHerd(row.make(size)));
    const done = timed(found.binary, ['-set-libdir', found.libdir, '-model', model, path], seconds);
    const said = /^Positive: (\d+)/m.exec(done?.out ?? '')?.[1];
    return done === null || said === undefined ? null : { milliseconds: done.milliseconds, executions: Number(said) };
  };
  return [{ name: `herd7 ${model.replace('.cat', '')}`, run }];
}

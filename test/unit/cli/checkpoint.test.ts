import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fibBench } from '../../bench/programs/peers/independent.ts';
import { inWasm } from '../../bench/programs/peers/print-wasm.ts';
import { shareText } from '../../../src/cli/progress.ts';
import { VERSION } from '../../../src/cli/version.ts';

/** Long explorations by the built command: on several workers, from checkpoints, and with little memory. */

const root = new URL('../../..', import.meta.url).pathname;
const bin = join(root, 'dist/weft.cjs');
const folder = mkdtempSync(join(tmpdir(), 'weft-checkpoint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** 1,944 executions for four threads, some seconds. */
function ring(threads: number): string {
  return `(module $M shared (memory (export "m") 1 1 shared)
  (func (export "f") shared (i32.store (i32.const 0) (i32.const 1)) (drop (i32.load (i32.const 4))) (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1))))
  (func (export "g") shared (i32.store (i32.const 4) (i32.const 1)) (drop (i32.load (i32.const 0))) (drop (i32.atomic.rmw.add (i32.const 8) (i32.const 1)))))
${Array.from({ length: threads }, (_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "${i % 2 === 0 ? 'f' : 'g'}"))`).join('\n')}`;
}
const FOUR = file('four.wast', ring(4));
/** 16,571 states, some seconds. */
const FIB = file('fib4.wast', inWasm(fibBench(4)));

function weft(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: root, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

function explored(...args: string[]): { code: number | null; test: Record<string, unknown>; err: string } {
  const { code, out, err } = weft('explore', '--json', '--strategy', 'axioms', ...args);
  const { tests } = JSON.parse(out) as { tests: Record<string, unknown>[] };
  return { code, test: tests[0] ?? {}, err };
}

/** Kills the exploration at once after so long; whether it was still running. */
async function killedAfter(milliseconds: number, ...args: string[]): Promise<boolean> {
  const child = spawn(process.execPath, [bin, 'explore', '--json', '--strategy', 'axioms', ...args], {
    cwd: root,
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  clearTimeout(timer);
  return signal === 'SIGKILL';
}

const whole = explored('--jobs', '1', FOUR);

describe('a long exploration', () => {
  test('is complete', () => {
    expect(whole).toMatchObject({ code: 0, test: { complete: true, executions: 1_944, duplicates: 0 } });
  });

  test.each(['2', '3'])(
    'has the same answer on %s workers',
    (jobs) => {
      expect(explored('--jobs', jobs, FOUR)).toEqual(whole);
    },
    60_000,
  );

  test('has the same answer though it was killed again and again', async () => {
    const checkpoint = join(folder, 'killed.json');
    const args = ['--jobs', '2', '--checkpoint', checkpoint, '--checkpoint-every', '0.2', FOUR];
    let kills = 0;
    for (const milliseconds of [900, 1_400, 2_000]) if (await killedAfter(milliseconds, ...args)) kills++;
    expect(kills).toBeGreaterThan(0);
    const { code, test: told, err } = explored(...args);
    if (existsSync(checkpoint))
      expect(err).toMatch(/going on from .*killed\.json: \d+ executions, some [\d.]+ % done|^$/);
    expect({ code, test: told }).toEqual({ code: whole.code, test: whole.test });
    // What is finished is told again from the file.
    const again = explored(...args);
    expect(again.err).toContain('1944 executions, some 100.0 % done');
    expect(again.test).toEqual(whole.test);
  }, 90_000);

  test('that was given up says how much is left, and goes on from there', () => {
    const checkpoint = join(folder, 'bounded.json');
    const args = ['--jobs', '2', '--checkpoint', checkpoint, FOUR];
    const first = explored('--timeout', '1', ...args);
    expect(first).toMatchObject({ code: 3, test: { complete: false, bound: 'more than 1 seconds' } });
    const { remaining } = first.test['method'] as { remaining: number };
    expect(remaining).toBeGreaterThan(0);
    expect(remaining).toBeLessThanOrEqual(1);
    expect(explored(...args).test).toEqual(whole.test);
  }, 60_000);

  test('with more executions than allowed ends with those found', () => {
    const { code, test: told } = explored('--jobs', '2', '--max-executions', '100', FOUR);
    expect(told).toMatchObject({ complete: false, bound: 'more than 100 executions' });
    expect(told['executions']).toBeGreaterThanOrEqual(100);
    expect(code).toBe(3);
  }, 60_000);
});

describe.each([
  ['of states', 'sc', 'states'],
  ['that begins with states', 'wasm', 'auto'],
])('a search %s', (_, model, strategy) => {
  const states = ['explore', '--json', '--model', model, '--strategy', strategy];
  const checkpoint = join(folder, `${strategy}.json`);
  const saving = ['--checkpoint', checkpoint, '--checkpoint-every', '0.01'];

  /** Kills the search once it has written down more than was known. */
  async function killedOnceSaved(): Promise<boolean> {
    const before = savedStates();
    const child = spawn(process.execPath, [bin, ...states, ...saving, FIB], { cwd: root, stdio: 'ignore' });
    const timer = setInterval(() => savedStates() !== before && child.kill('SIGKILL'), 20);
    const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
    clearInterval(timer);
    return signal === 'SIGKILL';
  }

  function savedStates(): number {
    return existsSync(checkpoint) ? statSync(checkpoint).size : 0;
  }

  test('has the same answer though it was killed again and again', async () => {
    const atOnce = weft(...states, FIB);
    for (let k = 0; k < 3; k++) expect(await killedOnceSaved()).toBe(true);
    const { code, out, err } = weft(...states, ...saving, FIB);
    expect(err).toMatch(/^going on from .*\.json: \d+ states\n$/);
    expect({ code, out }).toEqual({ code: 0, out: atOnce.out });
    // What is finished is told again from the file.
    const again = weft(...states, ...saving, FIB);
    expect(again.err).toContain(': 16571 states');
    expect(again.out).toBe(atOnce.out);
  }, 90_000);

  test('of another program, or with other options, does not go on from a checkpoint, nor from a damaged one', () => {
    const damaged = file(`damaged-${strategy}.json`, readFileSync(checkpoint, 'latin1').slice(0, 20_000));
    for (const [path, args, reason] of [
      [checkpoint, [file('three.wast', inWasm(fibBench(3)))], /is a checkpoint of another search/],
      [checkpoint, ['--max-events', '50', FIB], /is a checkpoint of another search/],
      [damaged, [FIB], /is damaged; remove it to begin anew/],
    ] as const) {
      const { code, err } = weft(...states, '--checkpoint', path, ...args);
      expect(err).toMatch(reason);
      expect(code).toBe(2);
    }
  }, 60_000);
});

test('a sample of schedules has the same answer on several workers, and though it was killed', async () => {
  const checkpoint = join(folder, 'sample.json');
  const sample = ['explore', '--json', '--model', 'sc', '--strategy', 'random', '--runs', '3000', FIB];
  const saving = ['--checkpoint', checkpoint, '--checkpoint-every', '0.05'];
  const one = weft(...sample, '--jobs', '1');
  expect(one.code).toBe(3);
  expect(weft(...sample, '--jobs', '2').out).toBe(one.out);
  const child = spawn(process.execPath, [bin, ...sample, ...saving], { cwd: root, stdio: 'ignore' });
  const timer = setInterval(() => savedSome(checkpoint) && child.kill('SIGKILL'), 20);
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  clearInterval(timer);
  expect(signal).toBe('SIGKILL');
  const rest = weft(...sample, ...saving);
  expect(rest.err).toMatch(/going on from .*sample\.json: \d+ executions/);
  expect(rest.out).toBe(one.out);
}, 90_000);

/** Whether some, but not all, is written down. */
function savedSome(checkpoint: string): boolean {
  return existsSync(checkpoint) && /"added\\":[1-9]/.test(readFileSync(checkpoint, 'latin1'));
}

describe('a checkpoint', () => {
  test('of another search is refused, and kept', () => {
    const checkpoint = join(folder, 'other.json');
    explored('--jobs', '1', '--timeout', '1', '--checkpoint', checkpoint, FOUR);
    const before = readFileSync(checkpoint, 'utf8');
    for (const args of [
      [file('five.wast', ring(5))],
      ['--max-returns', '3', FOUR],
      ['--model', 'wasm-oopsla19', FOUR],
    ]) {
      const { code, err } = weft('explore', '--strategy', 'axioms', '--checkpoint', checkpoint, ...args);
      expect(err).toContain('is a checkpoint of another search');
      expect(code).toBe(2);
    }
    expect(readFileSync(checkpoint, 'utf8')).toBe(before);
  }, 60_000);

  test.each([
    ['no checkpoint', file('text.json', 'hello'), ['--strategy', 'axioms'], /is no checkpoint of this version/],
    [
      'a search of which nothing is written down',
      join(folder, 'x.json'),
      ['--strategy', 'interleavings', '--model', 'sc'],
      /--checkpoint is not for --strategy interleavings, of which nothing is written down/,
    ],
    [
      'a bound on schedules',
      join(folder, 'x.json'),
      ['--preemptions', '2', '--model', 'sc'],
      /--checkpoint is not for --preemptions and --delays/,
    ],
    ['a place that cannot be written', join(folder, 'nowhere', 'x.json'), ['--strategy', 'axioms'], /cannot write/],
  ])(
    '%s: exit 2',
    (_, checkpoint, args, message) => {
      const { code, err } = weft('explore', ...args, '--checkpoint', checkpoint, FOUR);
      expect(err).toMatch(message);
      expect(code).toBe(2);
    },
    60_000,
  );
});

describe('a bound on memory', () => {
  test('ends a search that keeps all states with what was found, exit 3', () => {
    const large = file('fib.wast', inWasm(fibBench(7)));
    const { code, out } = weft(
      'explore',
      '--json',
      '--strategy',
      'states',
      '--model',
      'sc',
      '--max-memory',
      '60',
      large,
    );
    const { tests } = JSON.parse(out) as { tests: { complete: boolean; bound: string }[] };
    expect(tests[0]).toMatchObject({ complete: false, bound: 'more than 60 MB of memory' });
    expect(code).toBe(3);
  }, 90_000);

  test('does not end one in parts, which needs less', () => {
    const { code, test: told } = explored('--jobs', '2', '--max-memory', '96', FOUR);
    expect({ code, test: told }).toEqual({ code: whole.code, test: whole.test });
  }, 60_000);
});

test('progress says how much is done and how long the rest takes', () => {
  expect(shareText(0.25, 10_000)).toBe(', some 25.0 % done, 30 s left');
  expect(shareText(0.01, 60_000)).toBe(', some 1.0 % done, 99 min left');
  expect(shareText(0, 10)).toBe(', some 0.0 % done');
});

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  expect(VERSION).toBe(version);
});

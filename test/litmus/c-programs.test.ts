import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExploreResult } from '../../src/explore/result.ts';
import {
  binaryOf,
  builds,
  clangVersion,
  explored,
  outcomesOf,
  programOf,
  programOfText,
  textFile,
  textOf,
} from '../support/c-programs.ts';

/** What the right programs of test/c/ return, in any execution. */
const RIGHT: Readonly<Record<string, readonly number[]>> = {
  counter: [4],
  spinlock: [3],
  ticket: [3],
  peterson: [2],
  treiber: [0],
  queue: [3],
  seqlock: [0, 1, 2],
  deque: [0],
  message: [43],
  philosophers: [0],
};

/** Those of which the plain search of single interleavings has few. */
const SMALL = ['peterson', 'seqlock', 'message', 'bug6', 'bug13'];

describe('programs compiled from C by clang', () => {
  test.each(Object.entries(RIGHT))('%s: assertions hold in every execution under sc, and all end', (name, values) => {
    const result = explored(programOf(name), 'states');
    expect(result.complete).toBe(true);
    expect(outcomesOf(result)).toEqual(values.map((value) => `main:0:0 = i32 ${value}`));
    expect(result.findings).toEqual([]);
  });

  test.each(SMALL)('%s has the outcomes by merged states that it has by interleavings', (name) => {
    const [states, each] = [explored(programOf(name), 'states'), explored(programOf(name), 'interleavings')];
    expect(each.complete).toBe(true);
    expect(new Set(outcomesOf(states))).toEqual(new Set(outcomesOf(each)));
  });

  test.each(['message', 'seqlock', 'counter', 'peterson', 'deque', 'treiber'])(
    '%s has no race, so that wasm has the outcomes of sc',
    (name) => {
      const result = explored(programOf(name), 'drf', 'wasm');
      expect(result).toMatchObject({ complete: true, races: [], findings: [], method: { drf: true } });
      expect(outcomesOf(result)).toEqual(outcomesOf(explored(programOf(name), 'states')));
    },
  );

  test('queue: that main’s sum could grow without end in executions that wasm has not is all that keeps it from an answer under wasm', () => {
    // 1 | 2 is 1 + 2, and what is made of any items by | comes to an end.
    const bounded = programOf('queue', {}, (text) => {
      const [before, loop] = text.split(
        /(?<=\(func \$__original_main[^]*i32\.load offset=1560\s+local\.get 0\s+)(?=i32\.add)/,
      );
      if (loop === undefined) throw new Error('queue.wat has changed');
      return `${before}${loop.replace('i32.add', 'i32.or')}`;
    });
    const result = explored(bounded, 'drf', 'wasm');
    expect(result).toMatchObject({ complete: true, races: [], findings: [], method: { drf: true } });
    expect(outcomesOf(result)).toEqual(outcomesOf(explored(programOf('queue'), 'states')));
  });

  test.each(['message', 'cond', 'semaphore', 'barrier', 'bug5'])(
    '%s: that the start function fills the memory before there are threads changes no outcome',
    (name) => {
      const before = explored(programOf(name), 'states');
      const asWritten = explored(programOf(name, { asWritten: true }), 'states');
      expect(outcomesOf(before)).toEqual(outcomesOf(asWritten));
      expect(before.method.states).toBeLessThan(asWritten.method.states ?? 0);
    },
  );

  test('a text is the same program as its binary; its places are functions and lines', () => {
    const [text, binary] = [programOfText('bug11'), programOf('bug11')].map((program) =>
      explored(program, 'states'),
    ) as [ExploreResult, ExploreResult];
    expect(outcomesOf(text)).toEqual(outcomesOf(binary));
    expect(text.races.map(({ locations }) => locations)).toEqual(binary.races.map(({ locations }) => locations));
    expect(text.races[0]?.events[0]).toMatch(/^main\+0 i32\.(load|store) \(\$add, line \d+\)$/);
    expect(binary.races[0]?.events[0]).toMatch(/^main\+0 i32\.(load|store) \(\$add\+0x[0-9a-f]+\)$/);
  });

  test('every text kept is that of a program in builds.txt, as it is printed', () => {
    for (const name of builds()) expect(textOf(binaryOf(name))).toBe(readFileSync(textFile(name), 'utf8'));
  });

  const version = clangVersion();
  const asked = process.env['CI'] !== undefined || process.env['WEFT_RUNS'] !== undefined;
  test.skipIf(version !== '14' || !asked)(
    `clang compiles what is kept (in CI, or if WEFT_RUNS asks for long runs; needs clang 14, here ${version ?? 'none'})`,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'weft-c-'));
      try {
        // Of the environment of a test, its long path alone makes the compiler slower.
        const env = { PATH: '/usr/bin:/bin' };
        execFileSync(new URL('../../scripts/build-c.sh', import.meta.url).pathname, [folder], { env });
        for (const name of builds())
          expect(textOf(readFileSync(join(folder, `${name}.wasm`))), name).toBe(readFileSync(textFile(name), 'utf8'));
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    120_000,
  );
});

import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { commandOf } from '../../../src/litmus/command-program.ts';
import { loadProgram } from '../../../src/litmus/load.ts';
import type { Program } from '../../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { explored, outcomesOf } from '../../support/c-programs.ts';

type Loaded = { readonly program: Program } | { readonly errors: readonly string[] };

/** A module's fields as a command program, or why they are none. */
function load(fields: string, invoke: string | null = null): Loaded {
  const script = loadProgram(new Source('test.wat', `(module ${fields})`), DEFAULT_READINGS);
  if (!script.ok) throw new Error(script.error[0]?.message);
  const program = commandOf(script.value, { readings: DEFAULT_READINGS, invoke });
  if (program === null) return { errors: ['no command program'] };
  return program.ok
    ? { program: program.value }
    : { errors: program.error.map(({ rule, message }) => `${rule}: ${message}`) };
}

function outcomes(fields: string, invoke: string | null = null): readonly string[] {
  const loaded = load(fields, invoke);
  if (!('program' in loaded)) throw new Error(loaded.errors.join('; '));
  return outcomesOf(explored(loaded.program, 'interleavings'));
}

const SPAWN = '(import "wasi" "thread-spawn" (func $spawn (param i32) (result i32)))';
const EXIT = '(import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))';
const YIELD = '(import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))';
const MEMORY = '(import "env" "memory" (memory 1 1 shared))';
const START = '(func (export "wasi_thread_start") (param i32 i32) (i32.atomic.store (local.get 1) (local.get 0)))';

describe('a command program', () => {
  test('runs _start, else main, else what is asked for; _initialize before the latter two', () => {
    const both = '(func (export "_start")) (func (export "main") (result i32) (i32.const 7))';
    expect(outcomes(both)).toEqual(['']);
    expect(outcomes(both, 'main')).toEqual(['main:0:0 = i32 7']);
    const begun = `(global $g (mut i32) (i32.const 1)) (func (export "_initialize") (global.set $g (i32.const 5)))
      (func (export "main") (result i32) (global.get $g))`;
    expect(outcomes(begun, 'main')).toEqual(['main:1:0 = i32 5']);
  });

  test('main with two parameters has no arguments', () => {
    expect(outcomes('(func (export "main") (param i32 i32) (result i32) (local.get 0))', 'main')).toEqual([
      'main:0:0 = i32 0',
    ]);
  });

  test('a thread is told the number that thread-spawn returned, over 0, and has the globals of a new instance', () => {
    const found = outcomes(
      `${SPAWN} ${MEMORY} (global $g (mut i32) (i32.const 3))
      (func (export "wasi_thread_start") (param i32 i32)
        (i32.atomic.store (local.get 1) (i32.add (i32.mul (local.get 0) (i32.const 10)) (global.get $g)))
        (drop (memory.atomic.notify (local.get 1) (i32.const 1))))
      (func (export "_start") (drop (call $main)))
      (func $main (export "main") (result i32)
        (global.set $g (i32.const 4))
        (i32.ne (call $spawn (i32.const 0)) (i32.const 1))
        (drop (call $spawn (i32.const 8)))
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1)))
        (drop (memory.atomic.wait32 (i32.const 8) (i32.const 0) (i64.const -1)))
        (i32.mul (i32.const 1000)) (i32.atomic.load (i32.const 0)) (i32.add)
        (i32.add (i32.mul (i32.const 100) (i32.atomic.load (i32.const 8)))))`,
      'main',
    );
    // Threads 1 and 2: 13 and 23.
    expect(found).toEqual(['main:0:0 = i32 2313']);
  });

  test('proc_exit ends all threads with a code, which is no trap', () => {
    const found =
      outcomes(`${SPAWN} ${EXIT} ${MEMORY} (func (export "wasi_thread_start") (param i32 i32) (call $exit (i32.const 3)))
      (func (export "_start") (drop (call $spawn (i32.const 0)))
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))`);
    expect(found).toEqual(['main:0 = exit 3; main+0:0 = exit 3']);
  });

  test('a trap of a thread ends all threads', () => {
    const found = outcomes(`${SPAWN} ${MEMORY} (func (export "wasi_thread_start") (param i32 i32) (unreachable))
      (func (export "_start") (drop (call $spawn (i32.const 0)))
        (drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))`);
    expect(found).toEqual(['main:0 = trap: unreachable; main+0:0 = trap: unreachable']);
  });

  test('sched_yield returns 0', () => {
    expect(outcomes(`${YIELD} (func (export "main") (result i32) (call $yield))`)).toEqual(['main:0:0 = i32 0']);
  });

  test('a memory that is not shared may be imported where no thread is spawned', () => {
    expect(
      outcomes(`(import "a" "b" (memory 1)) (func (export "main") (result i32) (i32.load (i32.const 0)))`, 'main'),
    ).toEqual(['main:0:0 = i32 0']);
  });

  test.each([
    [
      '(import "env" "puts" (func (param i32)))',
      /^Command\/import: nothing provides "env" "puts": .* "wasi" "thread-spawn"/,
    ],
    [
      '(import "wasi_snapshot_preview1" "proc_exit" (func (param i64)))',
      /^Command\/import: "wasi_snapshot_preview1" "proc_exit" is imported as \(func \(param i64\)\), and is of type \[i32\] -> \[\]$/,
    ],
    [`${SPAWN} ${MEMORY}`, /^Command\/thread: .* exports "wasi_thread_start" of type \[i32 i32\] -> \[\]$/],
    [`${SPAWN} (memory 1 1 shared) ${START}`, /^Command\/memory: .* imports its memory/],
    [`${SPAWN} (import "env" "memory" (memory 1)) ${START}`, /^Command\/memory: .* is shared$/],
  ])('Command refuses %s', (fields, message) => {
    const loaded = load(`${fields} (func (export "_start"))`);
    expect('errors' in loaded ? loaded.errors.join('\n') : 'accepted').toMatch(message);
  });

  test('Command/entry refuses what is not there, and what has parameters', () => {
    const fields = '(func (export "f") (param i32)) (func (export "g"))';
    expect(load(fields, 'h')).toEqual({
      errors: ['Command/entry: no function h to call: the module exports f, g'],
    });
    expect(load(fields, 'f')).toEqual({ errors: ['Command/entry: "f" has parameters, so it cannot be the entry'] });
  });

  test('a module without such imports or exports stays a script', () => {
    expect(load('(func (export "f"))')).toEqual({ errors: ['no command program'] });
  });

  test('a thread that yields while it spins waits without unrolling', () => {
    const loaded = load(`${MEMORY} ${SPAWN} ${YIELD} ${START}
      (func (export "main") (result i32) (drop (call $spawn (i32.const 8)))
        (loop $again (drop (call $yield)) (br_if $again (i32.eqz (i32.atomic.load (i32.const 8)))))
        (i32.const 0))`);
    if (!('program' in loaded)) throw new Error(loaded.errors.join('; '));
    for (const [strategy, model] of [
      ['interleavings', 'sc'],
      ['axioms', 'wasm'],
    ] as const) {
      const { complete, executions, outcomes: all } = explored(loaded.program, strategy, model);
      expect([complete, all.length]).toEqual([true, 1]);
      expect(executions).toBeLessThan(3);
    }
  });
});

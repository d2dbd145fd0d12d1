import { describe, expect, test } from 'vitest';
import { SharedStore } from '../../../src/exec/store.ts';
import { runScript } from '../../../src/runtime/run-script.ts';
import { exec, problems, runText, script } from './support.ts';

const F = '(module $M (func (export "f") (param i32) (result i32) (local.get 0)) (func (export "trap") (unreachable)))';

describe('a script is run: every assertion is counted', () => {
  test('passed ones, and of other commands only what fails', () => {
    const report = runText(`${F}
      (invoke "f" (i32.const 1))
      (assert_return (invoke "f" (i32.const 1)) (i32.const 1))
      (assert_return (invoke $M "f" (i32.const 1)) (either (i32.const 0) (i32.const 1)))
      (assert_trap (invoke "trap") "unreachable")
      (assert_invalid (module (func (result i32) (i64.const 0))) "type mismatch")
      (assert_malformed (module quote "(func (foo))") "unknown operator")
      (assert_unlinkable (module (import "a" "b" (func))) "unknown import")`);
    expect(problems(report)).toEqual([]);
    expect(report.entries.map(({ line, kind }) => [line, kind])).toEqual([
      [3, 'assert_return'],
      [4, 'assert_return'],
      [5, 'assert_trap'],
      [6, 'assert_invalid'],
      [7, 'assert_malformed'],
      [8, 'assert_unlinkable'],
    ]);
    expect(report.bound).toBeNull();
  });

  test.each([
    ['(assert_return (invoke "f" (i32.const 1)) (i32.const 2))', 'assert_return failed: expected i32 2, got i32 1'],
    ['(assert_return (invoke "f" (i32.const 1)))', 'assert_return failed: expected nothing, got i32 1'],
    ['(assert_return (invoke "trap"))', 'assert_return failed: expected nothing, got trap: unreachable'],
    ['(assert_trap (invoke "f" (i32.const 1)) "x")', 'assert_trap failed: expected trap: x, got i32 1'],
    [
      '(assert_trap (invoke "trap") "integer overflow")',
      'assert_trap failed: expected trap: integer overflow, got trap: unreachable',
    ],
    ['(invoke "trap")', 'invoke failed: trap: unreachable'],
    ['(invoke "g")', 'invoke failed: unknown function "g"'],
    ['(get "f")', 'get failed: unknown global "f"'],
    ['(invoke $N "f" (i32.const 1))', 'invoke failed: unknown module $N'],
    ['(invoke "f")', 'invoke failed: wrong arguments: "f" takes [i32]'],
    ['(invoke "f" (i64.const 1))', 'invoke failed: wrong arguments: "f" takes [i32]'],
    ['(register "n" $N)', 'register failed: unknown module $N'],
    ['(wait $T)', 'wait failed: unknown thread $T'],
    ['(wait)', 'wait failed: unknown thread'],
    ['(assert_trap (module) "x")', 'assert_trap failed: expected trap: x, got an instance'],
    [
      '(assert_unlinkable (module) "unknown import")',
      'assert_unlinkable failed: expected "unknown import", got an instance',
    ],
    ['(module (import "a" "b" (func)))', 'module failed: "unknown import: "a" "b""'],
    [
      '(assert_invalid (module) "type mismatch")',
      'assert_invalid failed: expected invalid "type mismatch", but the module is valid',
    ],
  ])('%s', (command, problem) => {
    expect(problems(runText(`${F}\n${command}\n(assert_return (invoke $M "f" (i32.const 1)) (i32.const 1))`))).toEqual([
      `2 ${problem}`,
    ]);
  });

  test('a refused module of an assertion fails the assertion, and changes nothing else', () => {
    const report = runText(`${F}
      (assert_unlinkable (module (func (result i32))) "unknown import")
      (assert_trap (module (func (result i32))) "unreachable")
      (assert_return (invoke "f" (i32.const 1)) (i32.const 1))`);
    expect(problems(report).map((line) => line.split(':')[0])).toEqual([
      '2 assert_unlinkable failed',
      '3 assert_trap failed',
    ]);
  });

  test('what depends on a refused module is skipped', () => {
    const report = runText(`
      (module $M (func (result i32)))
      (register "m" $M)
      (assert_return (invoke $M "f"))
      (invoke "f")
      (module (import "m" "f" (func)))
      (thread $T (shared (module $M)) (register "m" $M))
      (wait $T)`);
    expect(problems(report).map((line) => line.split(':')[0])).toEqual([
      '2 module failed',
      '3 register skipped',
      '4 assert_return skipped',
      '5 invoke skipped',
      '6 module skipped',
      '7 thread skipped',
      '8 wait failed',
    ]);
  });

  test('assert_exhaustion', () => {
    const recursion = '(module (func $f (export "f") (call $f)))';
    expect(problems(runText(`${recursion} (assert_exhaustion (invoke "f") "call stack exhausted")`))).toEqual([]);
  });

  test('a memory import that wants more than the type promises is linked by the current length', () => {
    const grows = `(module $M (memory (export "mem") 1 3) (func (export "grow") (drop (memory.grow (i32.const 1))))) (register "m")
      (assert_unlinkable (module (import "m" "mem" (memory 2))) "incompatible import type")
      (invoke $M "grow")
      (module (import "m" "mem" (memory 2)))`;
    expect(problems(runText(grows))).toEqual([]);
  });
});

function onShared(body: string): string {
  return `
    (module $M (memory (export "mem") 1 1 shared)) (register "m" $M)
    ${body}`;
}

function thread(name: string, func: string, commands: string): string {
  return `
    (thread $${name} (shared (module $M)) (register "m" $M)
      (module (import "m" "mem" (memory 1 1 shared)) ${func}) ${commands})`;
}

function waiting(timeout: number): string {
  return `(func (export "wait") (result i32) (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const ${timeout})))`;
}

describe('threads take turns', () => {
  test('a spinning thread sees what another writes', () => {
    const report = runText(
      onShared(`
        ${thread('A', '(func (export "spin") (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0))))))', '(assert_return (invoke "spin"))')}
        ${thread('B', '(func (export "set") (i32.atomic.store (i32.const 0) (i32.const 1)))', '(invoke "set")')}
        (wait $A) (wait $B)`),
    );
    expect(problems(report)).toEqual([]);
    expect(report.entries).toHaveLength(1);
  });

  test('time passes only when nobody else can run, the shortest timeout first', () => {
    const report = runText(
      onShared(`
        ${thread('A', waiting(2000), '(assert_return (invoke "wait") (i32.const 0))')}
        ${thread(
          'B',
          `${waiting(1000)} (func (export "notify") (result i32) (memory.atomic.notify (i32.const 0) (i32.const 9)))`,
          '(assert_return (invoke "wait") (i32.const 2)) (assert_return (invoke "notify") (i32.const 1))',
        )}
        (wait $A) (wait $B)`),
    );
    expect(problems(report)).toEqual([]);
  });

  test('a deadlock is a failure of every command that cannot end', () => {
    const report = runText(
      onShared(`${thread('A', waiting(-1), '(assert_return (invoke "wait") (i32.const 0))')}\n(wait $A)`),
    );
    expect(problems(report)).toEqual([
      '5 assert_return failed: deadlock: nothing wakes the thread',
      '6 wait failed: deadlock: the thread never ends',
    ]);
  });

  test('an endless loop of accesses reaches the bound', () => {
    const report = runText(
      '(module (memory 1) (func (export "f") (loop (drop (i32.load (i32.const 0))) (br 0))))\n(invoke "f")',
      100,
    );
    expect(report.bound).toBe('1 action given up: more than 100 accesses');
    expect(problems(report)).toEqual(['2 invoke skipped: the bound was reached: more than 100 accesses']);
  });

  test('an endless loop without accesses reaches the executor’s bound', () => {
    const program = script('(module (func (export "f") (loop (br 0))))\n(invoke "f")');
    const report = runScript(program, exec(undefined, 100), new SharedStore(), { accesses: 100, steps: 100 });
    expect(report.bound).toBe('1 action given up: steps');
    expect(problems(report)).toEqual(['2 invoke skipped: the bound was reached: steps']);
  });

  test('a script goes on after an action that was given up', () => {
    const text = `(module (memory 1)
        (func (export "f") (loop (i32.store (i32.const 0) (i32.const 7)) (br 0)))
        (func (export "g") (result i32) (i32.load (i32.const 0))))
      (invoke "f")
      (assert_return (invoke "g") (i32.const 7))`;
    expect(runText(text, 100).entries.map(({ kind, status }) => `${kind} ${status}`)).toEqual([
      'invoke skipped',
      'assert_return passed',
    ]);
  });

  test('a trap in a forked thread ends its group, not other threads of the script', () => {
    const report = runText(
      onShared(`
        ${thread(
          'A',
          `(type $t (shared (func))) (func $bad (type $t) (unreachable))
           (func (export "go") (fork $bad) (loop (br_if 0 (i32.eqz (i32.atomic.load (i32.const 0))))))`,
          '(assert_return (invoke "go"))',
        )}
        (wait $A)
        (module (import "m" "mem" (memory 1 1 shared)) (func (export "load") (result i32) (i32.load (i32.const 0))))
        (assert_return (invoke "load") (i32.const 0))`),
    );
    expect(problems(report)).toEqual(['7 assert_return failed: ended by a trap of another thread: unreachable']);
    expect(report.entries).toHaveLength(2);
  });
});

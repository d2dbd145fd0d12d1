import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import { loadScript } from '../../../src/litmus/load.ts';
import type { Program, ProgramCommand } from '../../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

/** What types say of every assert_unlinkable: null where it holds. */
function verdicts(text: string): readonly (string | null)[] {
  const program = loadScript(new Source('test', text), DEFAULT_READINGS);
  if (!program.ok) throw new Error(program.error[0]?.message);
  return of(program.value.commands);
}

function of(commands: Program['commands']): readonly (string | null)[] {
  return commands.flatMap((command: ProgramCommand) => {
    if (command.kind === 'thread') return of(command.commands);
    if (command.kind === 'assert_unlinkable') return [command.byTypes.ok ? null : command.byTypes.error];
    if (command.kind === 'assert_static') return [command.verdict.ok ? null : command.verdict.error];
    return [];
  });
}

const unlinkable = (imported: string, message: string): string =>
  `(assert_unlinkable (module ${imported}) "${message}")`;
const INCOMPATIBLE = 'incompatible import type';

describe('linking by types alone', () => {
  test('exports are found by the registered name and the export’s', () => {
    const script = `(module $M (func (export "f"))) (register "m" $M)`;
    expect(verdicts(`${script} ${unlinkable('(import "m" "g" (func))', 'unknown import')}`)).toEqual([null]);
    expect(verdicts(`${script} ${unlinkable('(import "n" "f" (func))', 'unknown import')}`)).toEqual([null]);
    expect(verdicts(`${script} ${unlinkable('(import "m" "f" (func))', 'unknown import')}`)).toEqual([
      'expected unlinkable "unknown import", but its imports match',
    ]);
  });

  test('both types are shown, as their authors wrote them', () => {
    const script = `(module (type $t (func (param i64))) (func (export "f") (type $t)) (memory (export "m") i64 1 2)
      (tag (export "e") (param i32))) (register "m")`;
    const given = (imported: string) => verdicts(`${script} ${unlinkable(imported, 'no such message')}`);
    expect(given('(type $u (func)) (import "m" "f" (func (type $u)))')).toEqual([
      'expected unlinkable "no such message", got "incompatible import type: "m" "f" is wanted as (func), and given as (func (param i64))"',
    ]);
    expect(given('(import "m" "m" (memory 1))')).toEqual([
      'expected unlinkable "no such message", got "incompatible import type: "m" "m" is wanted as (memory 1), and given as (memory i64 1 2)"',
    ]);
    expect(given('(import "m" "e" (tag))')).toEqual([
      'expected unlinkable "no such message", got "incompatible import type: "m" "e" is wanted as (tag (func)), and given as (tag (func (param i32)))"',
    ]);
  });

  test('every kind is matched: functions by their recursive groups, tags exactly, limits within limits', () => {
    const script = `(module
        (rec (type $a (sub (func))) (type $b (sub $a (func))))
        (func (export "b") (type $b)) (tag (export "tag") (param i32)) (memory (export "mem") 2 3) (table (export "tab") 1 funcref)
        (global (export "g") (mut i32) (i32.const 0))) (register "m")`;
    const all = [
      ['(rec (type $a (sub (func))) (type $b (sub $a (func)))) (import "m" "b" (func (type $a)))', false],
      ['(rec (type $a (sub (func))) (type $b (sub $a (func (result))))) (import "m" "b" (func (type $b)))', false],
      ['(import "m" "b" (func))', true],
      ['(import "m" "tag" (tag (param i32)))', false],
      ['(import "m" "tag" (tag (param i64)))', true],
      ['(import "m" "mem" (memory 1 4))', false],
      ['(import "m" "mem" (memory 3))', true],
      ['(import "m" "tab" (table 1 (ref null func)))', false],
      ['(import "m" "tab" (table 1 externref))', true],
      ['(import "m" "g" (global (mut i32)))', false],
      ['(import "m" "g" (global i32))', true],
      ['(import "m" "g" (func))', true],
    ] as const;
    for (const [imported, isUnlinkable] of all)
      expect([imported, verdicts(`${script} ${unlinkable(imported, INCOMPATIBLE)}`)[0] === null]).toEqual([
        imported,
        isUnlinkable,
      ]);
  });

  test('what is imported and exported again has the type of what was given', () => {
    const script = `(module (memory (export "m") 5 5)) (register "a")
      (module (import "a" "m" (memory $m 1)) (export "again" (memory $m))) (register "b")`;
    expect(verdicts(`${script} ${unlinkable('(import "b" "again" (memory 5))', INCOMPATIBLE)}`)[0]).toContain('match');
    expect(verdicts(`${script} ${unlinkable('(import "b" "again" (memory 6))', INCOMPATIBLE)}`)).toEqual([null]);
  });

  test('spectest is there, its table of 64 bits too, until a script registers another', () => {
    const imports =
      '(import "spectest" "table64" (table i64 1 funcref)) (import "spectest" "print_i32" (func (param i32)))';
    expect(verdicts(unlinkable(imports, INCOMPATIBLE))[0]).toContain('match');
    expect(verdicts(unlinkable('(import "spectest" "shared_memory" (memory 1 2))', INCOMPATIBLE))).toEqual([null]);
    expect(
      verdicts(`(module) (register "spectest") ${unlinkable('(import "spectest" "print" (func))', 'unknown import')}`),
    ).toEqual([null]);
  });

  test('definitions make no instances; instances of one are registered one by one', () => {
    const script = '(module definition $D (func (export "f"))) (module instance $I $D) (register "i" $I)';
    expect(verdicts(`${script} ${unlinkable('(import "i" "f" (func))', INCOMPATIBLE)}`)[0]).toContain('match');
    expect(
      verdicts(
        `(module $D (func (export "f"))) (module definition $E) (register "i") ${unlinkable('(import "i" "f" (func))', INCOMPATIBLE)}`,
      )[0],
    ).toContain('match');
  });

  test('a thread has the modules that it shares, and a registry of its own', () => {
    const script = (inner: string) =>
      `(module $M (memory (export "m") 1 1 shared)) (register "m" $M) (thread (shared (module $M)) ${inner})`;
    const wanted = unlinkable('(import "m" "m" (memory 1 1 shared))', 'unknown import');
    expect(verdicts(script(wanted))).toEqual([null]);
    expect(verdicts(script(`(register "m" $M) ${wanted}`))[0]).toContain('match');
  });
});

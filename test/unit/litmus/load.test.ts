import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import type { Result } from '../../../src/base/result.ts';
import { Source } from '../../../src/base/span.ts';
import { loadProgram, loadScript } from '../../../src/litmus/load.ts';
import type { LoadError, Program, ProgramCommand } from '../../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

function source(text: string): Source {
  return new Source('test.wast', text);
}

function load(text: string): Result<Program, LoadError> {
  return loadProgram(source(text), DEFAULT_READINGS);
}

function program(text: string): Program {
  const loaded = loadScript(source(text), DEFAULT_READINGS);
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  return loaded.value;
}

function refusals(text: string): readonly Diagnostic[] {
  const loaded = load(text);
  return loaded.ok ? [] : loaded.error;
}

function names(commands: readonly ProgramCommand[]): string[] {
  return commands.flatMap((command) => (command.kind === 'thread' ? [command.name, ...names(command.commands)] : []));
}

describe('threads are named', () => {
  test('by identifier or position among the unnamed of their parent, nested ones after their parent', () => {
    const text = '(thread $T1 (thread $T11) (thread) (thread)) (thread) (thread $T2) (thread (thread $X (thread)))';
    expect(names(program(text).commands)).toEqual([
      'T1',
      'T1/T11',
      'T1/#0',
      'T1/#1',
      '#0',
      'T2',
      '#1',
      '#1/X',
      '#1/X/#0',
    ]);
  });

  test('each differently', () => {
    expect(names(program('(thread $T) (wait $T) (thread $T (thread $T)) (wait $T)').commands)).toEqual([
      'T',
      "T'2",
      "T'2/T",
    ]);
  });
});

function rule(text: string): string[] {
  return refusals(text).map((d) => `${d.rule}: ${d.message}`);
}

describe('Script/thread', () => {
  test('Script/thread accepts modules whose exports are all shared or thread-local', () => {
    const shared = `(module $M
      (memory (export "mem") 1 1 shared)
      (global (export "g") (shared mut i32) (i32.const 0))
      (global (export "tl") (thread_local mut i32))
      (type $t (shared (func))) (func (export "f") (type $t)))
      (thread (shared (module $M)) (thread (shared (module $M))))`;
    expect(rule(shared)).toEqual([]);
    expect(rule('(module $M (memory 1)) (thread (shared (module $M)))')).toEqual([]);
  });

  test.each([
    ['memory', '(memory (export "x") 1)', '1'],
    ['func', '(func (export "x"))', '(func)'],
    ['global', '(global (export "x") i32 (i32.const 0))', 'i32'],
  ])('Script/thread rejects an unshared %s, with its chain', (kind, field, type) => {
    const text = `(module $M ${field})\n(thread $T (shared (module $M)))`;
    expect(rule(text)).toEqual([
      `Script/thread: modules shared with a thread cannot export unshared ${kind}s: module $M exports "x"`,
    ]);
    const [diagnostic] = refusals(text);
    expect(diagnostic?.because).toEqual([
      'the thread shares module $M, so every export of it must be shared',
      `module $M exports ${kind} "x"`,
      `its type ${type} is not shared`,
    ]);
    expect(source(text).place(diagnostic?.at ?? { start: 0, end: 0 }).line).toBe(2);
  });

  test('Script/thread rejects modules that the parent does not have', () => {
    expect(rule('(thread (shared (module $M)))')).toEqual(['Script/thread: unknown module $M']);
    expect(rule('(module $M) (thread (thread (shared (module $M))))')).toEqual(['Script/thread: unknown module $M']);
    expect(rule('(module $M) (thread (shared (module $M)) (module $N)) (thread (shared (module $N)))')).toEqual([
      'Script/thread: unknown module $N',
    ]);
  });
});

describe('modules that do not check', () => {
  const INVALID = '(module $M (func (result i32)))';

  test('are the error of who explores, all of them, in threads too', () => {
    const errors = refusals(`${INVALID} (thread (module (foo))) (module)`);
    expect(errors.map(({ code }) => code)).toEqual(['invalid', 'malformed']);
  });

  test('are commands for who runs the script', () => {
    const { commands } = program(`${INVALID} (module $N) (thread $T (shared (module $M)) (invoke $M "f"))`);
    expect(commands.map(({ kind }) => kind)).toEqual(['refused', 'module', 'thread']);
    expect(commands[0]).toMatchObject({ command: 'module', id: 'M', diagnostics: [{ code: 'invalid' }] });
  });

  test('text that is no script is an error for both', () => {
    expect(loadScript(source('(begin)'), DEFAULT_READINGS).ok).toBe(false);
    expect(loadScript(source('(module'), DEFAULT_READINGS).ok).toBe(false);
  });
});

function verdicts(text: string): string[] {
  return program(text).commands.map((command) => {
    if (command.kind !== 'assert_static') return command.kind;
    return command.verdict.ok ? 'holds' : command.verdict.error;
  });
}

describe('static assertions are settled', () => {
  test('by the module’s errors', () => {
    expect(verdicts('(assert_invalid (module (func (result i32))) "type mismatch")')).toEqual(['holds']);
    expect(verdicts('(assert_malformed (module quote "(func (foo))") "unknown operator")')).toEqual(['holds']);
  });

  test('with both messages where they differ', () => {
    expect(verdicts('(assert_invalid (module (func (result i32))) "unknown local")')).toEqual([
      expect.stringMatching(/^expected invalid "unknown local", got invalid "type mismatch/),
    ]);
    expect(verdicts('(assert_invalid (module) "type mismatch")')).toEqual([
      'expected invalid "type mismatch", but the module is valid',
    ]);
    expect(verdicts('(assert_malformed (module quote "") "unexpected token")')).toEqual([
      'expected malformed "unexpected token", but the module is well-formed',
    ]);
  });

  test('not by an error of the other family', () => {
    expect(verdicts('(assert_invalid (module quote "(func (foo))") "unknown operator")')).toEqual([
      expect.stringContaining('got malformed'),
    ]);
  });

  test('by the reading chosen', () => {
    const text = '(assert_invalid (module (memory 1) (func (drop (i32.atomic.load (i32.const 0))))) "")';
    const reject = loadScript(source(text), { ...DEFAULT_READINGS, 'unshared-atomics': 'reject' });
    expect(reject.ok && reject.value.commands[0]).toMatchObject({ verdict: { ok: true } });
    expect(program(text).commands[0]).toMatchObject({ verdict: { ok: false } });
  });
});

test('litmus tests come with the program', () => {
  const { litmus } = program('(litmus "SB" (exists (= T1:0:0 (i32.const 0))) (verdict "wasm" allowed))');
  expect(litmus).toMatchObject([
    { name: 'SB', quantifier: 'exists', verdicts: [{ model: 'wasm', verdict: 'allowed' }] },
  ]);
});

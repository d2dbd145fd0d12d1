import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/syntax/script.ts';
import { i31Id } from '../../../src/syntax/values.ts';
import { scriptComplaints, scriptOf, shown } from './read.ts';

const at = expect.anything();

function commands(text: string): readonly Command[] {
  return scriptOf(text).commands;
}

describe('commands', () => {
  test('register, invoke, get, wait', () => {
    expect(
      commands(
        '(register "m" $M) (register "n") (invoke $M "f" (i32.const -1) (i64.const 2)) (get "g") (wait $T) (wait)',
      ),
    ).toEqual([
      { kind: 'register', as: 'm', module: 'M', at },
      { kind: 'register', as: 'n', module: null, at },
      {
        kind: 'action',
        action: {
          kind: 'invoke',
          module: 'M',
          name: 'f',
          args: [
            { type: 'i32', value: -1 },
            { type: 'i64', value: 2n },
          ],
          at,
        },
        at,
      },
      { kind: 'action', action: { kind: 'get', module: null, name: 'g', at }, at },
      { kind: 'wait', thread: 'T', at },
      { kind: 'wait', thread: null, at },
    ]);
  });

  test('values of every type', () => {
    const [command] = commands('(invoke "f" (f32.const nan) (f64.const -0) (ref.null) (ref.null func))');
    expect(command?.kind === 'action' && command.action.kind === 'invoke' && command.action.args).toEqual([
      { type: 'f32', bits: 0x7fc00000 },
      { type: 'f64', bits: 0x8000000000000000n },
      { type: 'ref', id: 0 },
      { type: 'ref', id: 0 },
    ]);
  });

  test('vectors and references of the host', () => {
    const [command] = commands(
      '(invoke "f" (v128.const i16x8 1 -1 0xffff 0 0 0 0 2) (v128.const f64x2 1 -nan) (ref.extern 3) (ref.host 4))',
    );
    expect(command?.kind === 'action' && command.action.kind === 'invoke' && command.action.args).toEqual([
      { type: 'v128', bits: 0x0002_0000_0000_0000_0000_ffff_ffff_0001n },
      { type: 'v128', bits: 0xfff8_0000_0000_0000_3ff0_0000_0000_0000n },
      { type: 'host-ref', kind: 'extern', host: 3 },
      { type: 'host-ref', kind: 'any', host: 4 },
    ]);
  });

  test('patterns of vectors and references', () => {
    const [assertion] = commands(
      '(assert_return (invoke "f") (v128.const f32x4 nan:canonical nan:arithmetic 1 -0) (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 -1) (ref.null) (ref.null func) (ref.func) (ref.i31) (ref.i31_shared) (ref.struct) (ref.extern) (ref.extern 1) (ref.host 2) (either (v128.const i64x2 0 -1) (ref.array)))',
    );
    const bits = (...lanes: readonly number[]) => lanes.map((lane) => ({ kind: 'bits', bits: BigInt(lane) }));
    const ref = (heap: string, share = 'unshared') => ({ kind: 'ref', heap, share });
    expect(assertion?.kind === 'assert_return' && assertion.results).toEqual([
      {
        kind: 'vector',
        shape: 'f32x4',
        lanes: [{ kind: 'nan', nan: 'canonical' }, { kind: 'nan', nan: 'arithmetic' }, ...bits(0x3f800000, 0x80000000)],
      },
      { kind: 'vector', shape: 'i8x16', lanes: bits(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 255) },
      { kind: 'null' },
      { kind: 'null' },
      ref('func'),
      ref('i31'),
      ref('i31', 'shared'),
      ref('struct'),
      ref('extern'),
      { kind: 'host-ref', of: 'extern', host: 1 },
      { kind: 'host-ref', of: 'any', host: 2 },
      {
        kind: 'either',
        choices: [
          { kind: 'vector', shape: 'i64x2', lanes: [...bits(0), { kind: 'bits', bits: 0xffff_ffff_ffff_ffffn }] },
          ref('array'),
        ],
      },
    ]);
  });

  test.each([
    ['(assert_return (invoke "f") (nop))', 'Parse/token unexpected token nop @nop'],
    ['(assert_return (invoke "f") (v128.const i32x4 1 2))', 'Parse/lanes wrong number of lane literals @i32x4'],
    [
      '(invoke "f" (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 256))',
      'Parse/constant constant out of range: 256 is no lane of i8x16 @256',
    ],
    [
      '(assert_return (invoke "f") (v128.const i64x2 nan:canonical 0))',
      'Parse/constant constant out of range: nan:canonical is no lane of i64x2 @nan:canonical',
    ],
    ['(invoke "f" (ref.extern 4294967296))', 'Parse/constant i32 constant out of range @4294967296'],
  ])('%s is no command', (text, complaint) => {
    expect(scriptComplaints(text)).toEqual([complaint]);
  });

  test('what is too long or too deep for a command is a complaint', () => {
    const many = '(i32.const 1)'.repeat(5000);
    expect(scriptComplaints(`(invoke "f" ${many})`)).toEqual(['Parse/size over 10000 tokens in a command @(']);
    expect(scriptComplaints(`(assert_return (invoke "f") (either ${many}))`)).toHaveLength(1);
    const deep = `${'(either '.repeat(3000)}(ref.null)${')'.repeat(3000)}`;
    expect(scriptComplaints(`(assert_return (invoke "f") ${deep})`)).toEqual(['Parse/depth nested too deeply @(']);
    // A thread may hold any number of commands.
    expect(commands(`(thread ${'(wait)'.repeat(20_000)})`)).toMatchObject([{ kind: 'thread' }]);
  });

  test('assert_exception has an action alone', () => {
    expect(commands('(assert_exception (invoke $M "f"))')).toEqual([
      { kind: 'assert_exception', action: { kind: 'invoke', module: 'M', name: 'f', args: [], at }, at },
    ]);
  });

  test('assert_return with values, NaN patterns and either', () => {
    const [assertion] = commands(
      '(assert_return (invoke "f") (i32.const 1) (f32.const nan:canonical) (f64.const nan:arithmetic) (either (i32.const 0) (i32.const 1)))',
    );
    expect(assertion).toEqual({
      kind: 'assert_return',
      action: { kind: 'invoke', module: null, name: 'f', args: [], at },
      results: [
        { kind: 'value', value: { type: 'i32', value: 1 } },
        { kind: 'nan', type: 'f32', nan: 'canonical' },
        { kind: 'nan', type: 'f64', nan: 'arithmetic' },
        { kind: 'either', choices: [0, 1].map((value) => ({ kind: 'value', value: { type: 'i32', value } })) },
      ],
      at,
    });
  });

  test.each([
    ['(assert_trap (invoke "f") "m")', 'assert_trap'],
    ['(assert_exhaustion (invoke "f") "m")', 'assert_exhaustion'],
    ['(assert_trap (module (func)) "m")', 'assert_trap_module'],
    ['(assert_invalid (module (func)) "m")', 'assert_invalid'],
    ['(assert_malformed (module quote "(func") "m")', 'assert_malformed'],
    ['(assert_unlinkable (module $N (func)) "m")', 'assert_unlinkable'],
    ['(assert_malformed_custom (module quote "(@custom)") "m")', 'assert_malformed_custom'],
    ['(assert_invalid_custom (module) "m")', 'assert_invalid_custom'],
  ])('%s', (text, kind) => {
    expect(commands(text)).toMatchObject([{ kind, message: 'm' }]);
  });

  test('every malformed command is reported', () => {
    expect(scriptComplaints('(begin) (invoke f) (register "m") (assert_return (invoke "f") (i32.const nope))')).toEqual(
      [
        'Parse/token unexpected token begin @begin',
        'Parse/token unexpected token f @f',
        'Parse/token unexpected token nope @nope',
      ],
    );
    expect(scriptComplaints('(invoke "f" (i32.const 4294967296))')).toEqual([
      'Parse/constant constant out of range: 4294967296 is no i32 @4294967296',
    ]);
    expect(scriptComplaints('(invoke "f"')).toEqual(['Parse/parenthesis unexpected end: ( is never closed @(']);
  });
});

describe('modules', () => {
  test('a file of one module, or of fields alone, is a script of one', () => {
    expect(commands('(module $M (func $f))')).toMatchObject([
      { kind: 'module', module: { id: 'M', parsed: { ok: true, value: { id: 'M' } } } },
    ]);
    expect(commands('(memory 1) (func)')).toMatchObject([
      { kind: 'module', module: { id: null, parsed: { ok: true } } },
    ]);
    expect(commands('')).toEqual([]);
  });

  test('a malformed module is part of the script, with the reason', () => {
    const text = '(module $M (func nope)) (module (memory 1))';
    const [first, second] = commands(text);
    expect(first?.kind === 'module' && !first.module.parsed.ok && shown(text, first.module.parsed.error)).toEqual([
      'Parse/token unknown operator nope @nope',
    ]);
    expect(second).toMatchObject({ module: { parsed: { ok: true } } });
  });

  test('quoted modules are parsed, their spans those of the file', () => {
    const text =
      '(module $Q quote "(memory 1)" "(func (drop (i32.const 1)))") (assert_malformed (module quote "(func \\"\\u{41}\\u{1f600}" "x\\" nop)") "")';
    const [good, bad] = commands(text);
    const parsed = good?.kind === 'module' ? good.module.parsed : null;
    expect(good).toMatchObject({ module: { id: 'Q' } });
    const drop = parsed?.ok ? parsed.value.funcs[0]?.body[1] : undefined;
    expect(text.slice(drop?.at.start, drop?.at.end)).toBe('drop');
    const problems = bad?.kind === 'assert_malformed' && !bad.module.parsed.ok ? bad.module.parsed.error : [];
    expect(shown(text, problems)).toEqual([
      expect.stringMatching(/^Parse\/token unexpected token "A😀 x" @\\"\\u\{41\}/),
    ]);
  });

  test('a quoted or binary module has strings alone', () => {
    const text = '(assert_malformed (module quote "a" (func)) "") (assert_malformed (module $M binary "a" x "b") "")';
    const problems = commands(text).flatMap((command) =>
      command.kind === 'assert_malformed' && !command.module.parsed.ok ? shown(text, command.module.parsed.error) : [],
    );
    expect(problems).toEqual(['Parse/token unexpected token ( @(', 'Parse/token unexpected token x @x']);
  });

  test('quoted text must be UTF-8', () => {
    const [command] = commands('(assert_malformed (module quote "\\ff") "malformed UTF-8 encoding")');
    expect(command).toMatchObject({
      module: { parsed: { ok: false, error: [{ rule: 'Lex/name', message: 'malformed UTF-8 encoding' }] } },
    });
  });

  test('binary modules are decoded; what is wrong with one counts its bytes', () => {
    const [good, bad] = commands(
      '(module $B binary "\\00asm" "\\01\\00\\00\\00") (assert_malformed (module binary "\\00asm\\02\\00\\00\\00") "")',
    );
    expect(good).toMatchObject({
      kind: 'module',
      definition: false,
      module: { id: 'B', form: 'binary', bytes: Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0), parsed: { ok: true } },
    });
    expect(bad).toMatchObject({
      module: {
        form: 'binary',
        parsed: { ok: false, error: [{ message: 'unknown binary version', at: { start: 4 } }] },
      },
    });
  });

  test('definitions of every form, and their instances', () => {
    expect(
      commands(
        '(module definition $M (memory 1)) (module definition) (module definition $Q quote "(func)") (module definition binary "\\00asm\\01\\00\\00\\00") (module instance $I $M) (module instance $I) (module instance)',
      ),
    ).toMatchObject([
      {
        kind: 'module',
        definition: true,
        module: { id: 'M', form: 'text', parsed: { ok: true, value: { id: 'M', memories: [{}] } } },
      },
      { kind: 'module', definition: true, module: { id: null, parsed: { ok: true } } },
      { kind: 'module', definition: true, module: { id: 'Q', form: 'quote', parsed: { ok: true } } },
      { kind: 'module', definition: true, module: { id: null, form: 'binary', parsed: { ok: true } } },
      { kind: 'instance', id: 'I', module: 'M' },
      { kind: 'instance', id: 'I', module: null },
      { kind: 'instance', id: null, module: null },
    ]);
    expect(scriptComplaints('(module instance $I $M $N)')).toEqual(['Parse/token unexpected token $N @$N']);
  });

  test('text of the component model is read over, and assertions on it', () => {
    expect(
      commands(
        '(component (core func $f (canon lift))) (assert_invalid (component) "x") (assert_trap (component) "x")',
      ),
    ).toEqual([
      { kind: 'component', command: 'component', at },
      { kind: 'component', command: 'assert_invalid', at },
      { kind: 'component', command: 'assert_trap', at },
    ]);
  });
});

describe('threads', () => {
  test('share modules and hold commands, threads among them', () => {
    const [thread] = commands(`(thread $T (shared (module $M)) (shared (module $N))
      (register "m" $M) (module (func (export "f"))) (thread $U (invoke "g")) (wait $U) (assert_return (invoke "f") (i32.const 1)))`);
    expect(thread).toMatchObject({ kind: 'thread', id: 'T', shared: ['M', 'N'] });
    expect(thread?.kind === 'thread' && thread.commands.map((c) => c.kind)).toEqual([
      'register',
      'module',
      'thread',
      'wait',
      'assert_return',
    ]);
    expect(thread?.kind === 'thread' && thread.commands[2]).toMatchObject({
      id: 'U',
      shared: [],
      commands: [{ kind: 'action' }],
    });
  });

  test('what is malformed inside is reported where it is', () => {
    expect(scriptComplaints('(thread $T (invoke f))')).toEqual(['Parse/token unexpected token f @f']);
    expect(scriptComplaints('(thread $T (invoke "f") (shared (module $M)))')).toHaveLength(1);
  });

  test('too many threads in threads are a complaint', () => {
    expect(scriptComplaints(`${'(thread '.repeat(2000)}${')'.repeat(2000)}`)).toEqual([
      'Parse/depth threads are nested too deeply @(',
    ]);
  });
});

describe('litmus', () => {
  test('a condition with verdicts', () => {
    const script = scriptOf(`(module (func))
      (litmus "SB" (not exists (and (= T1:0:0 (i32.const 0)) (or (trap #0:1 "out of bounds") (trap main:0) (not (deadlock T2:0)))
        (= mem.shared+24:i64 (i64.const -1)) (= "a memory.x+0:i32" (i32.const 1))))
        (verdict "wasm" allowed "OOPSLA19 §5" "stores are late") (verdict "sc" forbidden "a") (verdict "x" required))`);
    expect(script.commands).toHaveLength(1);
    expect(script.litmus).toEqual([
      {
        name: 'SB',
        quantifier: 'not exists',
        condition: {
          kind: 'and',
          parts: [
            { kind: 'is', observation: 'T1:0:0', value: { type: 'i32', value: 0 }, at },
            {
              kind: 'or',
              parts: [
                { kind: 'traps', observation: '#0:1', message: 'out of bounds', at },
                { kind: 'traps', observation: 'main:0', message: null, at },
                { kind: 'not', part: { kind: 'deadlocks', observation: 'T2:0', at } },
              ],
            },
            { kind: 'is', observation: 'mem.shared+24:i64', value: { type: 'i64', value: -1n }, at },
            { kind: 'is', observation: 'a memory.x+0:i32', value: { type: 'i32', value: 1 }, at },
          ],
        },
        verdicts: [
          { model: 'wasm', verdict: 'allowed', source: 'OOPSLA19 §5', reason: 'stores are late', at },
          { model: 'sc', verdict: 'forbidden', source: 'a', reason: null, at },
          { model: 'x', verdict: 'required', source: null, reason: null, at },
        ],
        outcomes: [],
        at,
      },
    ]);
  });

  test('whole sets of outcomes', () => {
    const script = scriptOf(`(litmus "t" (exists (and))
      (outcomes "sc" "Lamport 1979" (outcome (= T:0:0 (ref.i31 7)) (= T:0:1 (v128.const i32x4 1 0 0 0))) (outcome (trap T:0)))
      (verdict "sc" allowed)
      (outcomes "wasm" (outcome (exception T:0 (i32.const 5) (ref.null))) (outcome (exception T:0)) (outcome)))`);
    expect(script.litmus).toMatchObject([
      {
        verdicts: [{ model: 'sc' }],
        outcomes: [
          {
            model: 'sc',
            source: 'Lamport 1979',
            outcomes: [
              {
                facts: [
                  { kind: 'is', observation: 'T:0:0', value: { type: 'ref', id: i31Id(7) } },
                  { kind: 'is', observation: 'T:0:1', value: { type: 'v128', bits: 1n } },
                ],
              },
              { facts: [{ kind: 'traps', observation: 'T:0' }] },
            ],
          },
          {
            model: 'wasm',
            source: null,
            outcomes: [
              {
                facts: [
                  {
                    kind: 'throws',
                    observation: 'T:0',
                    args: [
                      { type: 'i32', value: 5 },
                      { type: 'ref', id: 0 },
                    ],
                  },
                ],
              },
              { facts: [{ kind: 'throws', observation: 'T:0', args: [] }] },
              { facts: [] },
            ],
          },
        ],
      },
    ]);
  });

  test.each([
    ['(exists (deadlock T:0))', 'exists'],
    ['(forall (deadlock T:0))', 'forall'],
    ['(not exists (deadlock T:0))', 'not exists'],
    ['(not (exists (deadlock T:0)))', 'not exists'],
  ])('%s', (text, quantifier) => {
    expect(scriptOf(`(litmus "t" ${text})`).litmus).toMatchObject([{ quantifier, condition: { kind: 'deadlocks' } }]);
  });

  test('what is malformed', () => {
    expect(scriptComplaints('(litmus "t" (exists (= T:0 1)))')).toEqual(['Parse/token unexpected token 1 @1']);
    expect(scriptComplaints('(litmus "t" (exists (deadlock T:0)) (verdict "sc" maybe))')).toEqual([
      'Parse/token unexpected token maybe @maybe',
    ]);
    expect(scriptComplaints('(litmus "t" (exists (= T:0:0 (ref.struct 3))))')).toEqual([
      'Parse/token unexpected token ref.struct @ref.struct',
    ]);
    expect(scriptComplaints('(litmus "t" (exists (= T:0:0 (ref.eq 3))))')).toEqual([
      'Parse/token unexpected token ref.eq: no outcome shows it @ref.eq',
    ]);
    expect(scriptComplaints('(litmus "t" (exists (= T:0:0 (ref.i31 2147483648))))')).toEqual([
      'Parse/constant i31 constant out of range @2147483648',
    ]);
    expect(scriptComplaints('(litmus "t" (exists (= T:0:0 (ref.extern 1))))')).toEqual([
      'Parse/token unexpected token ref.extern: no outcome shows it @(ref.extern 1)',
    ]);
    expect(scriptComplaints(`(litmus "t" (exists ${'(not '.repeat(5000)}(deadlock T:0)${')'.repeat(5000)}))`)).toEqual([
      'Parse/depth nested too deeply @(',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { Source } from '../../../src/base/span.ts';
import type { StaticKind } from '../../../src/litmus/judge-static.ts';
import { judgeStatic } from '../../../src/litmus/judge-static.ts';
import { loadScript } from '../../../src/litmus/load.ts';
import { MESSAGE_ROWS } from '../../../src/litmus/suite-messages.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';

const ALL: readonly StaticKind[] = ['modules', 'malformed', 'invalid', 'unlinkable'];

function judge(text: string, kinds: readonly StaticKind[] = ALL): readonly string[] {
  const program = loadScript(new Source('test', text), DEFAULT_READINGS);
  if (!program.ok) throw new Error(program.error[0]?.message);
  return judgeStatic(program.value, new Set(kinds)).map((entry) => {
    const { line, kind, status } = entry;
    const more = 'message' in entry ? `: ${entry.message}` : 'reason' in entry ? `: ${entry.reason}` : '';
    return `${line} ${kind} ${status}${more}`;
  });
}

const SCRIPT = `(module definition $D (type $s (struct)) (func (drop (struct.new $s))))
(module instance $I $D)
(module instance $J $D)
(module binary "\\00asm\\01\\00\\00\\00")
(assert_trap (module (func $f unreachable) (start $f)) "unreachable")
(assert_unlinkable (module (import "m" "f" (func))) "unknown import")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_malformed (module quote "(func") "unexpected end")
(thread (module (memory 1)))
(invoke $I "f")`;

describe('commands that need no execution', () => {
  test('every module counts once, in the order of the text', () => {
    expect(judge(SCRIPT)).toEqual([
      '1 module passed',
      '4 module passed',
      '5 module passed',
      '6 module passed',
      '6 assert_unlinkable passed',
      '7 assert_invalid passed',
      '8 assert_malformed passed',
      '9 module passed',
    ]);
  });

  test('only those of the chosen kinds', () => {
    expect(judge(SCRIPT, ['invalid', 'malformed'])).toEqual(['7 assert_invalid passed', '8 assert_malformed passed']);
    expect(judge(SCRIPT, ['unlinkable'])).toEqual(['6 assert_unlinkable passed']);
  });

  test('a module that is refused is a failure, wherever it stands', () => {
    expect(
      judge(`(module (func (result i32)))
(module definition (func nope))
(assert_unlinkable (module (memory 1 0)) "unknown import")
(module instance $I $M)`),
    ).toEqual([
      expect.stringMatching(/^1 module failed: type mismatch/),
      '2 module failed: unknown operator nope',
      expect.stringMatching(/^3 module failed: size minimum/),
      '4 module failed: unknown module $M',
    ]);
  });

  test('a module that is refused for another reason, or in another stage, is a failure', () => {
    expect(
      judge(`(assert_invalid (module (func (result i32))) "unknown local")
(assert_invalid (module quote "(func nope)") "unknown operator")
(assert_malformed (module (func (result i32))) "type mismatch")`),
    ).toEqual([
      expect.stringMatching(/^1 assert_invalid failed: expected invalid "unknown local", got invalid "type mismatch/),
      '2 assert_invalid failed: expected invalid "unknown operator", got malformed "unknown operator nope" [Parse/token]',
      '3 assert_malformed failed: expected malformed "type mismatch", but the module is well-formed',
    ]);
  });

  test('what is no Wasm 3.0 is skipped, with the reason', () => {
    expect(
      judge(`(module (func try catch_all end))
(assert_invalid (module (func (rethrow 0))) "invalid rethrow label")
(component)
(assert_invalid (component) "x")
(assert_invalid (module (memory 1) (memory 1)) "multiple memories")
(assert_invalid (module (memory 1)) "multiple memories")
(assert_malformed (module quote "(memory 0x1_0000_0000)") "i32 constant out of range")`),
    ).toEqual([
      '1 module skipped: uses legacy exception instructions (try), which are no part of Wasm 3.0',
      '2 assert_invalid skipped: uses legacy exception instructions (rethrow), which are no part of Wasm 3.0',
      '3 component skipped: component-model text, which is no core Wasm',
      '4 assert_invalid skipped: component-model text, which is no core Wasm',
      '5 assert_invalid skipped: superseded: a module may have several memories since Wasm 3.0',
      '6 assert_invalid failed: expected invalid "multiple memories", but the module is valid',
      '7 assert_malformed skipped: superseded: limits are numbers of 64 bits since Wasm 3.0, so that such a module is invalid, not malformed',
    ]);
  });

  test('other words for the same complaint are listed once each, with a reason', () => {
    expect(new Set(MESSAGE_ROWS.map(({ expected }) => expected)).size).toBe(MESSAGE_ROWS.length);
    for (const { reason } of MESSAGE_ROWS) expect(reason).not.toBe('');
  });
});

import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/base/diagnostic.ts';
import { NOWHERE, Source } from '../../../src/base/span.ts';
import { checkJson } from '../../../src/report/check-json.ts';
import { diagnosticJson, diagnosticText } from '../../../src/report/diagnostics.ts';

const source = new Source(
  'm.wat',
  '(module\n  (global $g (mut i32) (i32.const 0))\n  (func (type $s)\n    (global.get $g)))\n',
);
const start = source.text.indexOf('global.get');
const error: Diagnostic = {
  code: 'invalid',
  rule: 'Instr_ok/global.get',
  severity: 'error',
  message: 'shared function mentions an unshared global',
  at: { start, end: start + 'global.get'.length },
  expected: 'shared',
  actual: 'unshared',
  because: ['function 0 is shared', 'its body mentions global $g', 'global $g is unshared'],
  hint: 'declare $g shared or thread_local',
};

describe('diagnosticText', () => {
  test('shows place, rule, frame, both sides, the chain and the hint', () => {
    expect(diagnosticText(error, source, { color: false })).toMatchInlineSnapshot(`
      "m.wat:4:6: error: invalid: shared function mentions an unshared global [Instr_ok/global.get]
        2 |   (global $g (mut i32) (i32.const 0))
        3 |   (func (type $s)
      > 4 |     (global.get $g)))
          |      ^^^^^^^^^^
        expected  shared
        actual    unshared
        because
          - function 0 is shared
            - its body mentions global $g
              - global $g is unshared
        hint      declare $g shared or thread_local"
    `);
  });

  test('is the same text with colour, apart from escapes', () => {
    const colored = diagnosticText(error, source, { color: true });
    expect(colored).toContain('\u001b[');
    expect(stripVTControlCharacters(colored)).toBe(diagnosticText(error, source, { color: false }));
  });

  test('marks the first line only of a place that spans many', () => {
    const text = diagnosticText({ ...error, at: { start: 0, end: source.text.length } }, source, { color: false });
    expect(text.split('\n').filter((line) => line.startsWith('>'))).toEqual(['> 1 | (module']);
    expect(text).toContain('    | ^^^^^^^\n');
  });

  test('cuts long lines to a window around the place', () => {
    const long = new Source('long.wat', `${'x '.repeat(5000)}BAD ${'y '.repeat(5000)}`);
    const at = { start: 10_000, end: 10_003 };
    const lines = diagnosticText({ ...error, at }, long, { color: false }).split('\n');
    const marked = lines.findIndex((line) => line.startsWith('>'));
    expect(lines[marked]?.length).toBeLessThan(200);
    const caret = lines[marked + 1]?.indexOf('^') ?? 0;
    expect(lines[marked]?.slice(caret, caret + 3)).toBe('BAD');
    expect(lines[marked + 1]?.match(/\^+/)?.[0]).toBe('^^^');
  });

  test('counts lines as Source does, whatever else breaks lines in JavaScript', () => {
    const odd = new Source('odd.wat', 'a\u2028b\r\nbad\n');
    const text = diagnosticText({ ...error, at: { start: 5, end: 8 } }, odd, { color: false });
    expect(text).toContain('odd.wat:2:1');
    expect(text).toContain('> 2 | bad\n    | ^^^');
  });

  test('shows neither place nor frame of what has none', () => {
    const text = diagnosticText(
      { code: 'usage', rule: 'Usage/file', severity: 'error', message: 'no such file', at: NOWHERE },
      source,
      { color: false },
    );
    expect(text).toBe('m.wat: error: no such file [Usage/file]');
  });

  test('puts a caret at the end of the text', () => {
    const at = { start: source.text.length, end: source.text.length };
    expect(diagnosticText({ ...error, at }, source, { color: false })).toMatch(/^> 5 \|\n +\| \^$/m);
  });
});

describe('JSON', () => {
  test('a diagnostic has the keys that DESIGN lists', () => {
    expect(diagnosticJson(error, source)).toEqual({
      code: 'invalid',
      rule: 'Instr_ok/global.get',
      severity: 'error',
      message: 'shared function mentions an unshared global',
      at: { line: 4, column: 6, endLine: 4, endColumn: 16 },
      because: ['function 0 is shared', 'its body mentions global $g', 'global $g is unshared'],
      expected: 'shared',
      actual: 'unshared',
      hint: 'declare $g shared or thread_local',
    });
  });

  test('absent parts are left out, except because', () => {
    const { expected, actual, because, hint, ...bare } = error;
    expect([expected, actual, because?.length, hint]).toEqual(['shared', 'unshared', 3, error.hint]);
    expect(Object.keys(diagnosticJson(bare, source))).toEqual(['code', 'rule', 'severity', 'message', 'at', 'because']);
  });

  test('a file with warnings alone is ok', () => {
    const json = checkJson([
      { file: 'a.wat', source, diagnostics: [{ ...error, severity: 'warning' }] },
      { file: 'b.wat', source, diagnostics: [error] },
      { file: 'c.wat', source, diagnostics: [] },
    ]);
    expect(json.files.map(({ file, ok, diagnostics }) => [file, ok, diagnostics.length])).toEqual([
      ['a.wat', true, 1],
      ['b.wat', false, 1],
      ['c.wat', true, 0],
    ]);
  });
});

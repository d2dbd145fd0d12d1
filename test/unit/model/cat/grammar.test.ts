import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { extractExamples } from 'ohm-js/extras';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../../src/base/span.ts';
import type { Exp } from '../../../../src/model/cat/ast.ts';
import { UNITS } from '../../../../src/model/cat/generated/units.ts';
import { catGrammar, parseCat } from '../../../../src/model/cat/parse.ts';
import { tokenize } from '../../../../src/model/cat/tokens.ts';
import { describe as describeDiagnostic } from '../../../support/cat-files.ts';

const grammarText = readFileSync(fileURLToPath(new URL('../../../../grammar/cat.ohm', import.meta.url)), 'utf8');

describe('grammar/cat.ohm', () => {
  const examples = extractExamples(grammarText);

  test('has examples of both kinds', () => {
    expect(examples.filter(({ shouldMatch }) => shouldMatch).length).toBeGreaterThan(30);
    expect(examples.filter(({ shouldMatch }) => !shouldMatch).length).toBeGreaterThan(15);
  });

  test.each(examples)('$rule of "$example": $shouldMatch', ({ rule, example, shouldMatch }) => {
    const tokens = tokenize(new Source('example', example));
    // An example of an expression or an instruction is a file of it.
    const start = rule === 'file' || rule === 'instruction' ? rule : 'file';
    expect(tokens.ok && catGrammar().match(tokens.value.units, start).succeeded()).toBe(shouldMatch);
  });
});

/** The expression as fully bracketed text. */
function brackets(exp: Exp): string {
  switch (exp.kind) {
    case 'name':
      return exp.name;
    case 'unary':
      return `(${exp.operator} ${brackets(exp.of)})`;
    case 'binary':
      return `(${brackets(exp.left)} ${exp.operator} ${brackets(exp.right)})`;
    case 'apply':
      return `${brackets(exp.callee)}(${brackets(exp.argument)})`;
    case 'tuple':
    case 'set':
      return `${exp.kind}(${exp.items.map(brackets).join(', ')})`;
    default:
      return exp.kind;
  }
}

function parsed(expression: string): string {
  const file = parseCat(new Source('test.cat', `let x = ${expression}`));
  if (!file.ok) return describeDiagnostic(file.error);
  const [instruction] = file.value.instructions;
  return instruction?.kind === 'let' ? brackets((instruction.bindings[0] as { value: Exp }).value) : 'no let';
}

describe('precedences are herd’s', () => {
  test.each([
    ['a | b ; c', '(a union (b sequence c))'],
    ['a ; b | c', '((a sequence b) union c)'],
    ['a ++ b | c', '((a add b) union c)'],
    ['a ; b ++ c', '((a sequence b) add c)'],
    ['a ; b \\ c', '(a sequence (b difference c))'],
    ['a \\ b \\ c', '((a difference b) difference c)'],
    ['a \\ b & c', '(a difference (b intersection c))'],
    ['a & B * C', '(a intersection (B product C))'],
    ['~a & b', '((complement a) intersection b)'],
    ['~a^-1', '(complement (inverse a))'],
    ['a^-1 ; b*', '((inverse a) sequence (star b))'],
    ['a ++ b ++ c', '(a add (b add c))'],
    ['[S];r+?', '((identity S) sequence (optional (plus r)))'],
    ['f a b', 'f(a)(b)'],
    ['f(a, b) | c', '(f(tuple(a, b)) union c)'],
    ['a* & b', '((star a) intersection b)'],
    ['A * B ; r', '((A product B) sequence r)'],
    ['a, b | c', 'tuple(a, (b union c))'],
    ['{a, b; c}', 'set(a, (b sequence c))'],
  ])('%s', (text, expected) => expect(parsed(text)).toBe(expected));
});

describe('tokens', () => {
  test('comments nest, and lines end theirs', () => {
    expect(parsed('a (* one (* two *) still *) | (* x *) b // c\n | d # e')).toBe('((a union b) union d)');
  });

  test('names have dots, dashes and a prime', () => {
    expect(parsed("po-loc | dmb.st | x' | _y")).toBe("(((po-loc union dmb.st) union x') union _y)");
  });

  test.each([
    ['let x = (* a', 'test.cat:1:9: Cat/token: unclosed comment'],
    ['include "a', 'test.cat:1:9: Cat/token: unclosed text'],
    ['let x = a $ b', 'test.cat:1:11: Cat/token: unexpected character "$"'],
    ['let x = a\n  | ', 'test.cat:2:5: Cat/syntax: unexpected end of file'],
    ['let x = a |\n| b', 'test.cat:2:1: Cat/syntax: unexpected |'],
    ['acyclic a\nlet let', 'test.cat:2:5: Cat/syntax: unexpected let'],
  ])('%j is refused with its place', (text, expected) => {
    const file = parseCat(new Source('test.cat', text));
    expect(file.ok ? 'accepted' : describeDiagnostic(file.error)).toBe(expected);
  });
});

describe('the header', () => {
  test.each([
    ['SC acyclic po', 'SC', 'SC'],
    ['X86 TSO', 'X86', 'TSO'],
    ['AArch64 "ARMv8 AArch64" catdep', 'AArch64', 'ARMv8 AArch64'],
    ['"C++11" acyclic po', null, 'C++11'],
    ['acyclic po', null, null],
  ])('of %j', (text, architecture, title) => {
    const file = parseCat(new Source('test.cat', text === 'SC acyclic po' ? 'SC SC acyclic po' : text));
    expect(file).toMatchObject({ ok: true, value: { architecture, title } });
  });
});

test('any text is read or refused, never thrown at', () => {
  const words = UNITS.map(([text]) => ({ '{name}': 'x', '{tag}': "'t", '{string}': '"s"' })[text] ?? text);
  const texts = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string()), { maxLength: 30 });
  fc.assert(
    fc.property(texts, (parts) => {
      const file = parseCat(new Source('test.cat', parts.join(' ')));
      expect(file.ok || file.error.code === 'malformed').toBe(true);
    }),
    { seed: 20261127, numRuns: 400 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import { ModelRefusal } from '../../../../src/model/refusal.ts';
import { complaints, loadText, modelOf, NO_EVENTS, structureView } from '../../../support/cat-files.ts';

const VIEW = structureView({ size: 3, sets: { A: [0], B: [1, 2] }, relations: { r: [[0, 1]], s: [[1, 2]] } });

function complained(text: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  return complaints(loadText(text, VIEW, files));
}

describe('names', () => {
  test.each([
    ['empty t', ['test.cat:1:7: Cat/name: unknown name t']],
    ['let x = r |\n  unknown', ['test.cat:2:3: Cat/name: unknown name unknown']],
    ['let f(y) = y | unknown', ['test.cat:1:16: Cat/name: unknown name unknown']],
    ['procedure p(a) = empty a | unknown end', ['test.cat:1:28: Cat/name: unknown name unknown']],
    ['call p(r)', ['test.cat:1:6: Cat/name: unknown name p']],
    ['show unknown', ['test.cat:1:6: Cat/name: unknown name unknown']],
    ["let f t = match t with 'a -> r || _ -> s end", ["test.cat:1:24: Cat/name: unknown tag 'a"]],
    ['with o from orders(A)', ['test.cat:1:13: Cat/name: unknown name orders']],
    // One mistake is one complaint, and the next is told too.
    [
      'let x = unknown let y = x | x acyclic y empty other',
      ['test.cat:1:9: Cat/name: unknown name unknown', 'test.cat:1:47: Cat/name: unknown name other'],
    ],
  ])('%j', (text, expected) => expect(complained(text)).toEqual(expected));

  test('like a known one are guessed', () => {
    const loaded = loadText('let fence = r empty fense', VIEW);
    expect(loaded.ok ? null : known(loaded.error[0], 'complaint').hint).toBe('did you mean fence?');
  });
});

describe('types', () => {
  test.each([
    ['let x = A ; r', '1:9', 'a relation expected, found a set of events'],
    ['let x = [r]', '1:10', 'a set of events expected, found a relation'],
    ['let x = A | r', '1:13', 'a set of events expected, found a relation'],
    ['let x = r & A', '1:13', 'a relation expected, found a set of events'],
    ['let x = r * A', '1:9', 'a set of events expected, found a relation'],
    ['let x = A+', '1:9', 'a relation expected, found a set of events'],
    ['let x = 0 | A', '1:13', 'a relation expected, found a set of events'],
    ['acyclic A', '1:9', 'a relation expected, found a set of events'],
    ['let f(x, y) = x let z = f(r)', '1:25', 'a tuple of 2 expected, found a relation'],
    ['let f(x, y) = x let z = f(r, r, r)', '1:25', 'a tuple of 2 expected, found a tuple of 3'],
    ['let z = r(A)', '1:9', 'a function expected, found a relation'],
    ['let f(x) = x let z = f | r', '1:22', 'union of sets or relations, found a function'],
    ['let (a, b) = r', '1:5', 'a tuple of 2 expected, found a relation'],
    ['let x = if r subset A then r else r', '1:21', 'a relation expected, found a set of events'],
    ['let x = if r = s then r else A', '1:30', 'a relation expected, found a set of events'],
    ["enum t = 'a || 'b let x = r | 'a", '1:31', 'a relation expected, found a set whose elements are each a tag of t'],
    ["let x = match A with 'a -> r || _ -> s end", '1:15', 'a tag expected, found a set of events'],
    ['call r(A)', '1:6', 'a procedure expected, found a relation'],
    ['with x from r', '1:13', 'a set of relations expected, found a relation'],
    ['let x = match r with || {} -> r || e ++ q -> e ++ A end', '1:46', 'an event expected, found a pair of events'],
    ['let x = {r, A}', '1:13', 'a relation expected, found a set of events'],
    ['let x = domain A', '1:16', 'a relation expected, found a set of events'],
    ['let x = linearisations(A)', '1:24', 'a tuple of 2 expected, found a set of events'],
  ])('%j', (text, place, expected) => {
    expect(complained(text)).toEqual([`test.cat:${place}: Cat/type: type mismatch: ${expected}`]);
  });

  test('of functions are those of their uses', () => {
    expect(complained('let twice f x = f (f x)').length).toBe(1);
    expect(complained('let twice f = fun x -> f (f x) let plus x = x | r let y = twice plus r empty y')).toEqual([]);
    expect(complained('let twice f = fun x -> f (f x) let plus x = x | r\nlet y = twice plus A')).toEqual([
      'test.cat:1:49: Cat/type: type mismatch: a set of events expected, found a relation',
    ]);
  });
});

describe('recursion', () => {
  test.each([
    [
      'let rec f(x) = f(x)',
      'test.cat:1:9: Cat/recursion: endless recursion: no case of f ends without calling it again',
    ],
    [
      'let rec f(x) = g(x) and g(x) = f(x) | r',
      'test.cat:1:9: Cat/recursion: endless recursion: no case of f ends without calling it again',
    ],
    ['let f g = g g let x = f f', 'test.cat:1:11: Cat/recursion: endless recursion: f calls itself for ever'],
    [
      'let rec x = r \\ x',
      'test.cat:1:13: Cat/recursion: x has no least fixpoint: a recursive name is used where more of it gives less',
    ],
    [
      'let rec x = y and y = ~x',
      'test.cat:1:23: Cat/recursion: y has no least fixpoint: a recursive name is used where more of it gives less',
    ],
    [
      'procedure rec p(x) = call p(x) end call p(r)',
      'test.cat:1:27: Cat/recursion: endless recursion: p calls itself for ever',
    ],
    [
      "enum t = 'a let rec x = 'a",
      'test.cat:1:25: Cat/recursion: x is neither a set of events nor a relation, so let rec cannot define it',
    ],
  ])('%j', (text, expected) => expect(complained(text)).toEqual([expected]));

  test('over double negation is one that grows', () => {
    expect(complained('let rec x = r | ~(~x \\ s) empty x & ~x')).toEqual([]);
  });

  test('that only an execution shows is refused with its place, and is no verdict', () => {
    const model = modelOf(loadText('let rec f(S) = match S with || {} -> r || e ++ T -> f(S) end\nempty f(A)', VIEW));
    expect(() => model.check(NO_EVENTS)).toThrow(ModelRefusal);
    expect(() => model.check(NO_EVENTS)).toThrow('test.cat:1:53: endless recursion: f calls itself for ever');
  });

  test('that comes to no end is refused', () => {
    const flip = 'let rec flip S = match S with || {} -> r || e ++ T -> (if e in r then s else r) end';
    const model = modelOf(loadText(`${flip}\nlet rec x = flip(x | x)\nacyclic x`, VIEW));
    expect(() => model.check(NO_EVENTS)).toThrow('test.cat:2:13: this let rec does not come to an end');
  });
});

describe('include', () => {
  test('defines what the file defines', () => {
    expect(complained('include "a.cat" empty x', { 'a.cat': '"a" let x = r & s' })).toEqual([]);
  });

  test.each([
    ['include "none.cat"', {}, 'test.cat:1:1: Cat/include: there is no none.cat'],
    ['include "a.cat"', { 'a.cat': 'let x = (r' }, 'a.cat:1:11: Cat/syntax: unexpected end of file'],
    [
      'include "a.cat"',
      { 'a.cat': 'include "b.cat"', 'b.cat': 'let x = r\ninclude "a.cat"' },
      'b.cat:2:1: Cat/include: a.cat includes itself: a.cat, b.cat, a.cat',
    ],
    ['include "a.cat"', { 'a.cat': 'empty unknown' }, 'a.cat:1:7: Cat/name: unknown name unknown'],
  ] as const)('%j', (text, files, expected) => expect(complained(text, files)).toEqual([expected]));

  test('complains about a definition that does not hold only if it is used, and says where', () => {
    const files = { 'a.cat': 'let x = unknown and y = r' };
    expect(complained('include "a.cat" empty y & s', files)).toEqual([]);
    expect(complained('include "a.cat" empty try x with s', files)).toEqual([]);
    const loaded = loadText('include "a.cat"\nempty x', VIEW, files);
    expect(complaints(loaded)).toEqual(['a.cat:1:9: Cat/name: unknown name unknown']);
    expect(loaded.ok ? null : known(loaded.error[0], 'complaint').because).toEqual(['x is used at test.cat:2:7']);
  });

  test('the standard library is there, and what of it does not hold is not', () => {
    const files = { 'stdlib.cat': 'let twice = r | s let absent = NOWHERE' };
    expect(complained('empty twice & 0', files)).toEqual([]);
    expect(complained('empty absent', files)).toEqual(['test.cat:1:7: Cat/name: unknown name absent']);
  });
});

test.each([
  [
    'with x from linearisations(A, 0) forall y in linearisations(B, 0) do with z from linearisations(B, 0) end',
    'with … from inside a forall',
  ],
  ['let rec (a, b) = r', 'a tuple cannot be defined by let rec'],
  [
    'let f(S) = match S with || {} -> (fun x -> x) || e ++ T -> (fun x -> r) end let g = f(A)',
    'a function that depends on the execution',
  ],
])('%j is not supported, and says so', (text, message) => {
  expect(complained(text).map((line) => line.replace(/^.*Cat\/unsupported: /, ''))).toEqual([message]);
});

test('an assertion that fails is no verdict', () => {
  const model = modelOf(loadText('assert empty r as sane', VIEW));
  expect(() => model.check(NO_EVENTS)).toThrow('test.cat:1:8: the assertion sane fails');
});

test('an execution that the view does not show is no verdict', () => {
  const model = modelOf(loadText('empty r', { ...VIEW, frame: () => ({ unsupported: 'mixed sizes', event: null }) }));
  expect(() => model.check(NO_EVENTS)).toThrow('test: the model does not speak of mixed sizes');
});

test('a view that there is not', () => {
  expect(complaints(loadText('empty r', VIEW, {}, { view: 'Other' }))).toEqual([
    'test.cat:1:1: Cat/view: there is no view Other',
  ]);
});

/** Files made of pieces that each can be right. */
const expression: fc.Arbitrary<string> = fc.letrec((tie) => ({
  exp: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('r', 's', 'A', 'B', '0', '_', '{}', 'f', 'x', "'a", 't', 'linearisations', 'domain', 'id'),
    fc
      .tuple(tie('exp'), fc.constantFrom('|', '&', ';', '\\', '*', '++', ','), tie('exp'))
      .map(([a, o, b]) => `(${String(a)} ${o} ${String(b)})`),
    fc.tuple(tie('exp'), fc.constantFrom('+', '*', '?', '^-1')).map(([a, o]) => `(${String(a)})${o}`),
    fc
      .tuple(fc.constantFrom('f', 'g', 'domain', 'linearisations', 'classes', 'x'), tie('exp'))
      .map(([f, a]) => `${f}(${String(a)})`),
    tie('exp').map((a) => `[${String(a)}]`),
    tie('exp').map((a) => `~(${String(a)})`),
    fc
      .tuple(tie('exp'), tie('exp'), tie('exp'))
      .map(([a, b, c]) => `match ${String(a)} with || {} -> ${String(b)} || x ++ t -> ${String(c)} end`),
    fc.tuple(tie('exp'), tie('exp')).map(([a, b]) => `let x = ${String(a)} in ${String(b)}`),
    fc.tuple(tie('exp'), tie('exp')).map(([a, b]) => `try ${String(a)} with ${String(b)}`),
  ) as fc.Arbitrary<string>,
})).exp;

test('any file is loaded or complained about, and what is loaded answers or refuses', () => {
  const instruction = fc.oneof(
    expression.map((e) => `let x = ${e}`),
    expression.map((e) => `let rec x = ${e}`),
    expression.map((e) => `let f(y) = ${e}`),
    expression.map((e) => `let rec g(x) = ${e}`),
    expression.map((e) => `empty ${e}`),
    expression.map((e) => `acyclic ${e}`),
    expression.map((e) => `with t from ${e}`),
    expression.map((e) => `with t from linearisations(B, ${e})`),
  );
  let loadedCount = 0;
  fc.assert(
    fc.property(fc.array(instruction, { minLength: 1, maxLength: 4 }), (parts) => {
      const loaded = loadText(`let f(x) = x | x\n${parts.join('\n')}`, VIEW);
      if (!loaded.ok) {
        for (const { code } of loaded.error) expect(['malformed', 'invalid']).toContain(code);
        expect(loaded.error.length).toBeGreaterThan(0);
        return;
      }
      loadedCount++;
      try {
        loaded.value.check(NO_EVENTS);
      } catch (error) {
        expect(error).toBeInstanceOf(ModelRefusal);
      }
    }),
    { seed: 20261127, numRuns: 800 },
  );
  expect(loadedCount).toBeGreaterThan(40);
});

import { readFileSync } from 'node:fs';
import { extractExamples } from 'ohm-js/extras';
import { describe, expect, test } from 'vitest';
import { Source } from '../../../../src/base/span.ts';
import { bexGrammar, parseBex } from '../../../../src/litmus/bex/parse.ts';

describe('grammar/bex.ohm', () => {
  const examples = extractExamples(readFileSync(new URL('../../../../grammar/bex.ohm', import.meta.url), 'utf8'));

  test.each(examples)('$rule of "$example": $shouldMatch', ({ rule, example, shouldMatch }) => {
    expect(bexGrammar().match(example, rule).succeeded()).toBe(shouldMatch);
  });

  test('has examples of both kinds', () => {
    expect(examples.filter((e) => e.shouldMatch).length).toBeGreaterThan(10);
    expect(examples.filter((e) => !e.shouldMatch).length).toBeGreaterThan(10);
  });
});

describe('parseBex', () => {
  test('a program', () => {
    const parsed = parseBex(
      new Source(
        'p.bex',
        `// A comment
        var x = new SharedArrayBuffer();
        x-I8[0] = 2;
        Thread t1 { for(i=0..1) { Atomics.store(x-I16, i+1, -<v>*2); } }
        Thread t2 {
          if (x-I8[0] <op> 1.5) { print(Atomics.exchange(x-I8, 1, 3)); } else { Atomics.add(x-I8, 0, 1); }
        }
        Params { v = 0..2; op = [==,<]; w = 0.0,1.0,0.5; u = [4,2]; }`,
      ),
    );
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        buffers: [{ name: 'x' }],
        main: [
          { kind: 'store', view: { buffer: 'x', element: 'I8' }, value: { kind: 'number', value: 2 }, atomic: false },
        ],
        threads: [
          {
            name: 't1',
            body: [
              {
                kind: 'for',
                name: 'i',
                from: 0,
                to: 1,
                body: [
                  {
                    kind: 'store',
                    view: { buffer: 'x', element: 'I16' },
                    index: { kind: 'binary', op: '+', left: { kind: 'name', name: 'i', parameter: false } },
                    value: { kind: 'binary', op: '*', left: { kind: 'negative', of: { name: 'v', parameter: true } } },
                    atomic: true,
                  },
                ],
              },
            ],
          },
          {
            name: 't2',
            body: [
              {
                kind: 'if',
                left: { kind: 'read', read: { kind: 'load', atomic: false } },
                comparison: { parameter: 'op' },
                right: { kind: 'expr', expr: { kind: 'number', value: 1.5 } },
                then: [{ kind: 'read', read: { kind: 'update', op: 'exchange' } }],
                else: [{ kind: 'read', read: { kind: 'update', op: 'add' } }],
              },
            ],
          },
        ],
        params: [
          { name: 'v', values: [0, 1, 2] },
          { name: 'op', values: ['==', '<'] },
          { name: 'w', values: [0, 0.5, 1] },
          { name: 'u', values: [4, 2] },
        ],
      },
    });
  });

  test.each([
    ['var x = new ArrayBuffer();', 'unexpected "A", expected "SharedArrayBuffer"', 12],
    ['Thread t { x-I8[0] = ', 'unexpected end of file', 21],
    ['Thread t { x-I64[0] = 1; }', 'unexpected "I"', 13],
  ])('malformed: %s', (text, message, start) => {
    expect(parseBex(new Source('p.bex', text))).toMatchObject({
      ok: false,
      error: [{ code: 'malformed', rule: 'Bex/syntax', message: expect.stringContaining(message), at: { start } }],
    });
  });
});

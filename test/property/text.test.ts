import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { equalModules } from '../../src/syntax/equal.ts';
import { printValue } from '../../src/syntax/print-values.ts';
import { parseF32, parseF64 } from '../../src/text/floats.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { printModule } from '../../src/text/print-module.ts';
import { printBytes, printId, printName } from '../../src/text/print-names.ts';
import { bytesToName, stringBytes } from '../../src/text/strings.ts';
import { tokenize } from '../../src/text/tokenize.ts';
import { Source } from '../../src/base/span.ts';
import { moduleFromSeed } from './generators/modules/module.ts';

const SEED = 20_260_118;

const f64Bits = (x: number): bigint => new BigUint64Array(Float64Array.of(x).buffer)[0] ?? 0n;
const f32Bits = (x: number): number => new Uint32Array(Float32Array.of(x).buffer)[0] ?? 0;

describe('float literals', () => {
  test('a double’s shortest decimal reads as its bits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseF64(Object.is(x, -0) ? '-0' : String(x))).toBe(f64Bits(x));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('a single’s decimal reads as its bits', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (x) => {
        expect(parseF32(Object.is(x, -0) ? '-0' : String(x))).toBe(f32Bits(x));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('decimals of any length round as JavaScript rounds them', () => {
    const decimal = fc
      .tuple(fc.bigInt(0n, 10n ** 40n), fc.integer({ min: -360, max: 300 }))
      .map(([digits, exponent]) => `${digits}e${exponent}`);
    fc.assert(
      fc.property(decimal, (text) => {
        const expected = Number(text);
        expect(parseF64(text)).toBe(expected === Infinity ? null : f64Bits(expected));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('all bits print as literals that read as the same bits', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.integer({ min: 0, max: 0xffff_ffff }), (double, single) => {
        expect(parseF64(printValue({ type: 'f64', bits: double }).slice('f64 '.length))).toBe(double);
        expect(parseF32(printValue({ type: 'f32', bits: single }).slice('f32 '.length))).toBe(single);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('strings', () => {
  test('bytes and names print as literals that read the same', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'binary', minLength: 1 }), (bytes, name) => {
        const read = stringBytes(printBytes(bytes));
        expect(read.ok && [...read.value]).toEqual([...bytes]);
        const utf8 = stringBytes(printName(name));
        expect(utf8.ok && bytesToName(utf8.value)).toEqual({ ok: true, value: name });
        const module = parseModule(new Source('t', `(module ${printId(name)})`));
        expect(module.ok && module.value.id).toBe(name);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

describe('text of any kind', () => {
  const words = [
    '(',
    ')',
    'module',
    'func',
    'block',
    'loop',
    'if',
    'then',
    'else',
    'end',
    '$x',
    '"a"',
    '1',
    '-1',
    '1.5',
    'nop',
    'i32.const',
    'br',
  ];
  const more = [
    'i32.load',
    'offset=1',
    'param',
    'i32',
    'local.get',
    '(;',
    ';)',
    '(@x',
    ';;',
    '\n',
    '"',
    '\\',
    'shared',
    'memory',
    'thread',
    'é',
    'invoke',
  ];

  test('is read or complained of, never thrown at', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words, ...more), { maxLength: 60 }), (parts) => {
        const text = parts.join(' ');
        const source = new Source('t', text);
        for (const result of [parseModule(source), parseScript(source)]) {
          if (result.ok) continue;
          expect(result.error.length).toBeGreaterThan(0);
          for (const { at } of result.error)
            expect(0 <= at.start && at.start <= at.end && at.end <= text.length).toBe(true);
        }
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('tokens cover the text in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words.slice(2), '(nop)'), { maxLength: 30 }), (parts) => {
        const tokens = tokenize(parts.join(' '));
        if (!tokens.ok) throw new Error('a text of whole tokens did not lex');
        const { starts, ends, text } = tokens.value;
        const texts = Array.from(starts, (start, i) => text.slice(start, ends[i]));
        expect(texts.join('')).toBe(text.replaceAll(' ', ''));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('modules of all features', () => {
  test('print as text that reads as the same module', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const module = moduleFromSeed(seed);
        const printed = printModule(module);
        const again = parseModule(new Source('t', printed));
        expect(again.ok && equalModules(again.value, module), printed).toBe(true);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

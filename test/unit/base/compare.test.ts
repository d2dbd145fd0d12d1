import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { compareNumeric } from '../../../src/base/compare.ts';
import { compareOutcomes } from '../../../src/explore/outcome.ts';

describe('texts with numbers', () => {
  test('are in the order of their numbers, whatever the length', () => {
    const texts = [
      'i32 10',
      'i32 9',
      'i32 -3',
      'i64 18446744073709551616',
      'i64 18446744073709551615',
      'i32 9 and more',
    ];
    expect(texts.toSorted(compareNumeric)).toEqual([
      'i32 -3',
      'i32 9',
      'i32 9 and more',
      'i32 10',
      'i64 18446744073709551615',
      'i64 18446744073709551616',
    ]);
  });

  const text = fc.string({ unit: fc.constantFrom('0', '1', '9', ' ', '-', 'a', 'z'), maxLength: 6 });

  property.prop([text, text, text])('have a total order', (a, b, c) => {
    expect(Math.sign(compareNumeric(a, b))).toBe(-Math.sign(compareNumeric(b, a)) + 0);
    expect(compareNumeric(a, b) === 0).toBe(a === b);
    if (compareNumeric(a, b) < 0 && compareNumeric(b, c) < 0) expect(compareNumeric(a, c)).toBeLessThan(0);
  });

  const outcome = fc
    .dictionary(fc.constantFrom('T1:0:0', 'T2:0:0', 'mem'), fc.constantFrom('i32 1', 'i32 10', 'i32 2'))
    .map((values) => new Map(Object.entries(values)));

  property.prop([outcome, outcome, outcome])('outcomes that lack an observation have one too', (a, b, c) => {
    expect(Math.sign(compareOutcomes(a, b))).toBe(-Math.sign(compareOutcomes(b, a)) + 0);
    if (compareOutcomes(a, b) < 0 && compareOutcomes(b, c) < 0) expect(compareOutcomes(a, c)).toBeLessThan(0);
  });
});

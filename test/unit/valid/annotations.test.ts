import { expect, test } from 'vitest';
import { annotationWarnings } from '../../../src/valid/annotations.ts';
import { errorsOf, parseWat } from './check-wat.ts';

const warningsOf = (wat: string): readonly string[] => annotationWarnings(parseWat(wat)).map((d) => d.message);

test('branch hints may stand before if and br_if', () => {
  const wat = `(func (param i32)
    (@metadata.code.branch_hint "\\00") (if (local.get 0) (then (@metadata.code.branch_hint "\\01") (br_if 0 (local.get 0)))))`;
  expect(warningsOf(wat)).toEqual([]);
});

test('a branch hint before another instruction is a warning, and no error', () => {
  const wat = '(func (param i32) (block (@metadata.code.branch_hint "\\01") (drop (i32.const 1))))';
  expect(warningsOf(wat)).toEqual(['@metadata.code.branch_hint annotation: invalid target']);
  expect(errorsOf(wat)).toEqual([]);
});

test('a branch hint is one byte, 0 or 1', () => {
  const hint = (text: string): string => `(func (@metadata.code.branch_hint ${text}) (br_if 0 (i32.const 1)))`;
  expect(warningsOf(hint('"\\02"'))).toEqual(['@metadata.code.branch_hint annotation: invalid value']);
  expect(warningsOf(hint('"\\00\\00"'))).toEqual(['@metadata.code.branch_hint annotation: invalid value']);
});

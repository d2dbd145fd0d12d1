import { describe, expect, test } from 'vitest';
import type { DefType } from '../../../src/syntax/types.ts';
import { matchExternType } from '../../../src/valid/match.ts';
import { definedType, typeIds } from '../../../src/valid/type-ids.ts';
import { exportTypes, importTypes, moduleTypes } from '../../../src/valid/types.ts';
import { parseWat } from './check-wat.ts';
import { func, MATCH_CASES, ref } from './match-cases.ts';

/** What a pair's test is about, from its source text. */
function text(pair: () => boolean): string {
  return String(pair).replace(/^\(\)\s*=>\s*/, '');
}

describe.each(MATCH_CASES)('$rule', ({ rule, accepts, rejects }) => {
  test.each(accepts.map((pair) => [text(pair), pair] as const))(`${rule} accepts %s`, (_, pair) => {
    expect(pair()).toBe(true);
  });

  test.each(rejects.map((pair) => [text(pair), pair] as const))(`${rule} rejects %s`, (_, pair) => {
    expect(pair()).toBe(false);
  });
});

/** `(shared (func (param (ref null type))))`. */
function self(type: number): DefType {
  return func([ref({ kind: 'index', type })], 'shared');
}

describe('closed types', () => {
  test('equal definitions of different modules have equal ids, wherever they stand', () => {
    const [a] = typeIds([func(['i32'])]);
    const [, b, c] = typeIds([func(), func(['i32']), func(['i32'], 'shared')]);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test('recursive definitions are equal up to their own index', () => {
    const [a] = typeIds([self(0)]);
    const [, b, c] = typeIds([func(), self(1), self(1)]);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
    expect(definedType(a ?? -1).comp.params).toEqual([ref({ kind: 'index', type: a ?? -1 })]);
  });

  test('an export matches an equal import of another module with other type indices', () => {
    const exporter = parseWat(
      '(type $t (func (param i64))) (global (export "g") (ref null $t) (ref.null $t)) (func (export "f") (param (ref $t)))',
    );
    const importer = parseWat(
      '(type (func)) (type $u (func (param i64))) (import "m" "g" (global (ref null $u))) (import "m" "f" (func (param (ref $u))))',
    );
    const stranger = parseWat(
      '(type (func)) (import "m" "g" (global (ref null 0))) (import "m" "f" (func (param (ref 0))))',
    );
    const match = (into: ReturnType<typeof importTypes>): boolean[] =>
      exportTypes(exporter).map((t, i) => matchExternType(t, into[i] ?? t));
    expect(match(importTypes(importer))).toEqual([true, true]);
    expect(match(importTypes(stranger))).toEqual([false, false]);
  });

  test('moduleTypes lists imports before definitions in every index space', () => {
    const types = moduleTypes(
      parseWat(`(import "m" "f" (func shared (param i32))) (import "m" "g" (global (shared i64))) (import "m" "m" (memory 1 2 shared))
        (func (result i32) (i32.const 0)) (global (mut f32) (f32.const 0)) (memory 3) (table 4 funcref)`),
    );
    expect(types.funcs.map((t) => t.share)).toEqual(['shared', 'unshared']);
    expect(types.globals.map((t) => t.content)).toEqual(['i64', 'f32']);
    expect(types.memories.map((t) => t.limits.min)).toEqual([1, 3]);
    expect(types.tables.map((t) => t.limits.min)).toEqual([4]);
  });
});

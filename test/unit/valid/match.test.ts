import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AbsHeapName, plainType, type SubType } from '../../../src/syntax/types.ts';
import { matchExternType } from '../../../src/valid/match.ts';
import { definedType, isDeclaredSub, typeIds } from '../../../src/valid/type-ids.ts';
import { exportTypes, importTypes, moduleTypes } from '../../../src/valid/types.ts';
import { parseWat } from './check-wat.ts';
import { funcType, MATCH_CASES, ref, sub } from './match-cases.ts';

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

const EMPTY = plainType(funcType());
const I32 = plainType(funcType(['i32']));

/** `(shared (func (param (ref null type))))`. */
function mentions(type: number): SubType {
  return plainType(funcType([ref({ kind: 'index', type })]), 'shared');
}

const HEAP_NAMES: readonly AbsHeapName[] = [
  ...(['any', 'eq', 'i31', 'struct', 'array', 'none', 'func', 'nofunc', 'extern', 'noextern'] as const),
  ...(['exn', 'noexn', 'waitqueue', 'nowaitqueue'] as const),
];

describe('closed types', () => {
  test('equal definitions of different modules have equal ids, wherever they stand', () => {
    const [a] = typeIds([I32], [1]);
    const [, b, c] = typeIds([EMPTY, I32, plainType(funcType(['i32']), 'shared')], [1, 1, 1]);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
  });

  test('recursive definitions are equal up to their own index', () => {
    const [a] = typeIds([mentions(0)], [1]);
    const [, b, c] = typeIds([EMPTY, mentions(1), mentions(1)], [1, 1, 1]);
    expect(b).toBe(a);
    expect(c).not.toBe(a);
    const { comp } = definedType(a ?? -1);
    expect(comp.kind === 'func' && comp.params).toEqual([ref({ kind: 'index', type: a ?? -1 })]);
  });

  test('whole groups are compared, and places in them', () => {
    const [a, b] = typeIds([EMPTY, EMPTY], [2]);
    const [c] = typeIds([EMPTY], [1]);
    const [d, e] = typeIds([EMPTY, EMPTY], [2]);
    expect(new Set([a, b, c]).size).toBe(3);
    expect([d, e]).toEqual([a, b]);
  });

  test('a group that mentions another of its own is no group that mentions an equal one before it', () => {
    const [, a] = typeIds([mentions(1), mentions(0)], [2]);
    const ids = typeIds([mentions(1), mentions(0), mentions(1), mentions(0)], [2, 2]);
    expect(ids[1]).toBe(a);
    expect(ids[3]).not.toBe(a);
  });

  test('every part of a definition tells it apart', () => {
    const field = { mutable: false, storage: 'i8' } as const;
    const variable = { mutable: true, storage: 'i8' } as const;
    const definitions: SubType[] = [
      EMPTY,
      sub(funcType()),
      { ...EMPTY, share: 'shared' },
      plainType(funcType(['i32', 'i32'])),
      plainType(funcType(['i32'], ['i32'])),
      plainType(funcType([], ['i32', 'i32'])),
      plainType({ kind: 'struct', fields: [] }),
      plainType({ kind: 'struct', fields: [field] }),
      plainType({ kind: 'struct', fields: [variable] }),
      plainType({ kind: 'struct', fields: [field, variable] }),
      plainType({ kind: 'array', field }),
      plainType({ kind: 'array', field: variable }),
      ...(['unshared', 'shared'] as const).flatMap((share) =>
        HEAP_NAMES.flatMap((name) =>
          [true, false].map((nullable) => plainType(funcType([ref({ kind: 'abstract', share, name }, nullable)]))),
        ),
      ),
      ...(['i32', 'i64', 'f32', 'f64', 'v128'] as const).map((t) => plainType(funcType([t]))),
    ];
    const ids = typeIds(
      definitions,
      definitions.map(() => 1),
    );
    expect(new Set(ids).size).toBe(definitions.length);
  });

  test('declared subtyping is reachability in the tree of declarations', () => {
    const trees = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(trees, (seeds) => {
        const parents = seeds.map((seed, i) => (i === 0 ? null : seed % i));
        const definitions = parents.map((p, i) =>
          sub(funcType(seeds.slice(0, i % 3).map(() => 'i32')), p === null ? [] : [p]),
        );
        const ids = typeIds(definitions, [definitions.length]);
        const isAbove = (x: number, above: number): boolean =>
          x === above || (parents[x] !== null && parents[x] !== undefined && isAbove(parents[x], above));
        for (const x of parents.keys()) {
          for (const y of parents.keys()) {
            if (isDeclaredSub(ids[x] ?? -1, ids[y] ?? -1) !== isAbove(x, y)) return false;
          }
        }
        return true;
      }),
      { numRuns: 60 },
    );
  });

  test('ill-formed definitions have ids too: supers and components that do not exist, or only later', () => {
    const later = typeIds([sub(funcType(), [1]), sub(funcType(), [0]), mentions(7), sub(funcType(), [9])], [2, 1, 1]);
    expect(later).toHaveLength(4);
    expect(isDeclaredSub(later[0] ?? -1, later[1] ?? -1)).toBe(false);
    expect(isDeclaredSub(later[1] ?? -1, later[0] ?? -1)).toBe(true);
  });

  test('a chain of 100,000 supertypes is climbed in no time', () => {
    const count = 100_000;
    const ids = typeIds(
      Array.from({ length: count }, (_, i) => sub(funcType(['f64', 'f64', 'f64']), i === 0 ? [] : [i - 1])),
      Array.from({ length: count }, () => 1),
    );
    const started = performance.now();
    for (let i = 0; i < count; i++) {
      if (!isDeclaredSub(ids[count - 1] ?? -1, ids[i] ?? -1)) throw new Error(`lost supertype ${i}`);
    }
    expect(performance.now() - started).toBeLessThan(2000);
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

  test('a function of a declared subtype matches an import of its supertype, not the other way round', () => {
    const types = '(type $a (sub (func))) (type $b (sub $a (func)))';
    const exporter = parseWat(`${types} (func (export "a") (type $a)) (func (export "b") (type $b))`);
    const importer = parseWat(`${types} (import "m" "a" (func (type $a))) (import "m" "b" (func (type $b)))`);
    const [a, b] = importTypes(importer);
    const matched = exportTypes(exporter).map((t) => [matchExternType(t, a ?? t), matchExternType(t, b ?? t)]);
    expect(matched).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  test('moduleTypes lists imports before definitions in every index space', () => {
    const types = moduleTypes(
      parseWat(`(import "m" "f" (func shared (param i32))) (import "m" "g" (global (shared i64))) (import "m" "m" (memory 1 2 shared))
        (import "m" "t" (tag (param f64)))
        (func (result i32) (i32.const 0)) (global (mut f32) (f32.const 0)) (memory 3) (table 4 funcref) (tag)`),
    );
    expect(types.funcs.map((t) => t.share)).toEqual(['shared', 'unshared']);
    expect(types.globals.map((t) => t.content)).toEqual(['i64', 'f32']);
    expect(types.memories.map((t) => t.limits.min)).toEqual([1n, 3n]);
    expect(types.tables.map((t) => t.limits.min)).toEqual([4n]);
    expect(types.tags.map((t) => t.comp.kind === 'func' && t.comp.params)).toEqual([['f64'], []]);
  });
});

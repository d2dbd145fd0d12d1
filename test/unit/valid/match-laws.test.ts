import { describe, expect, test } from 'vitest';
import { DEFAULT_READINGS, type Readings } from '../../../src/syntax/readings.ts';
import type { AbsHeapName, HeapType, RefType } from '../../../src/syntax/types.ts';
import { type Context, makeContext, matches } from '../../../src/valid/context.ts';
import { CLOSED, isAbstractSub, matchHeapType, type Matching, matchRefType } from '../../../src/valid/match.ts';
import { matchesOperand } from '../../../src/valid/operands.ts';
import { SHARING_PREMISES } from '../../../src/valid/premises.ts';
import { closeRefType, idsOf } from '../../../src/valid/type-ids.ts';
import { parseWat } from './check-wat.ts';

/** What matching must fulfil for every type, checked for all abstract types and a module's definitions of all sorts. */

const NAMES: readonly AbsHeapName[] = [
  ...(['any', 'eq', 'i31', 'struct', 'array', 'none', 'func', 'nofunc', 'extern', 'noextern'] as const),
  ...(['exn', 'noexn', 'waitqueue', 'nowaitqueue'] as const),
];

const MODULE = parseWat(`
  (type $s0 (sub (struct))) (type $s1 (sub $s0 (struct (field i32)))) (type $s2 (sub final $s1 (struct (field i32 i32))))
  (type $a (sub (array i8))) (type $f (sub (func))) (type $g (sub $f (func)))
  (type $t (sub (shared (struct)))) (type $u (sub $t (shared (struct)))) (type $v (shared (array i8))) (type $w (shared (func)))
  (rec (type $x (struct (field (ref null $y)))) (type $y (sub (struct (field (ref null $x))))))
  (rec (type $x2 (struct (field (ref null $y2)))) (type $y2 (sub (struct (field (ref null $x2))))))`);

const OPEN: readonly HeapType[] = [
  ...(['unshared', 'shared'] as const).flatMap((share) =>
    NAMES.map((name): HeapType => ({ kind: 'abstract', share, name })),
  ),
  ...MODULE.types.map((_, type): HeapType => ({ kind: 'index', type })),
];

const IDS = idsOf(MODULE);
const closed = (heap: HeapType): HeapType => closeRefType(IDS, { kind: 'ref', nullable: false, heap }).heap;
const UNIVERSE = OPEN.map(closed);

function context(readings: Readings): Context {
  return makeContext(MODULE, readings, SHARING_PREMISES, (d) => {
    throw new Error(d.message);
  });
}

const ALL_READINGS = (['unrelated', 'subtype'] as const).flatMap((exnref) =>
  (['separate', 'common'] as const).map((i31): Readings => ({ ...DEFAULT_READINGS, exnref, i31 })),
);

describe.each(ALL_READINGS)('Heaptype_sub under exnref=$exnref, i31=$i31', (readings) => {
  const J: Matching = { ...CLOSED, readings };
  const below = UNIVERSE.map((a) => UNIVERSE.map((b) => matchHeapType(a, b, J)));

  test('is reflexive', () => {
    expect(below.every((row, i) => row[i])).toBe(true);
  });

  test('is transitive', () => {
    const gaps: string[] = [];
    for (const [i, row] of below.entries()) {
      for (const [j, yes] of row.entries()) {
        if (!yes) continue;
        for (const [k, further] of (below[j] ?? []).entries()) {
          if (further && row[k] !== true) gaps.push(JSON.stringify([UNIVERSE[i], UNIVERSE[j], UNIVERSE[k]]));
        }
      }
    }
    expect(gaps).toEqual([]);
  });

  test('is antisymmetric', () => {
    const equal = (a: HeapType | undefined, b: HeapType | undefined): boolean =>
      JSON.stringify(a) === JSON.stringify(b);
    const twins = below.flatMap((row, i) =>
      row.flatMap((yes, j) => (yes && below[j]?.[i] === true && !equal(UNIVERSE[i], UNIVERSE[j]) ? [[i, j]] : [])),
    );
    expect(twins).toEqual([]);
  });

  test('of a module’s own types is that of their closed forms', () => {
    const C = context(readings);
    const refs = OPEN.flatMap((heap): RefType[] => [true, false].map((nullable) => ({ kind: 'ref', nullable, heap })));
    for (const a of refs) {
      for (const b of refs) {
        const both = [matches(C, a, b), matchRefType(closeRefType(IDS, a), closeRefType(IDS, b), J)];
        if (both[0] !== both[1]) throw new Error(JSON.stringify({ a, b, both }));
      }
    }
  });

  test('puts a reference of unsettled share below what its form of either share is below', () => {
    const C = context(readings);
    for (const name of NAMES) {
      for (const nullable of [true, false]) {
        for (const heap of OPEN) {
          const t: RefType = { kind: 'ref', nullable: true, heap };
          const settled = (['unshared', 'shared'] as const).some((share) =>
            matches(C, { kind: 'ref', nullable, heap: { kind: 'abstract', share, name } }, t),
          );
          expect(matchesOperand(C, { kind: 'bottom-ref', nullable, name }, t)).toBe(settled);
          const nonNull = matchesOperand(C, { kind: 'bottom-ref', nullable, name }, { ...t, nullable: false });
          expect(nonNull).toBe(settled && !nullable);
        }
      }
    }
  });
});

test('Heaptype_sub never mixes shares under the default readings', () => {
  const shareOf = (i: number): string => {
    const heap = OPEN[i];
    if (heap === undefined || heap.kind === 'abstract') return heap?.share ?? '';
    return MODULE.types[heap.type]?.type.share ?? '';
  };
  for (const [i, a] of UNIVERSE.entries()) {
    for (const [j, b] of UNIVERSE.entries()) if (matchHeapType(a, b)) expect(shareOf(i)).toBe(shareOf(j));
  }
});

test('Deftype_sub: equal groups have equal closed types, so that both ways match', () => {
  const at = (name: string): HeapType =>
    closed({ kind: 'index', type: MODULE.types.findIndex((td) => td.id === name) });
  expect([matchHeapType(at('x'), at('x2')), matchHeapType(at('y2'), at('y'))]).toEqual([true, true]);
  expect([matchHeapType(at('x'), at('y')), matchHeapType(at('y'), at('x'))]).toEqual([false, false]);
});

test('Heaptype_sub puts every abstract type above the bottom of its hierarchy and below its top', () => {
  const hierarchies = [
    ['any', 'none'],
    ['func', 'nofunc'],
    ['extern', 'noextern'],
    ['exn', 'noexn'],
    ['waitqueue', 'nowaitqueue'],
  ] as const;
  const homes = NAMES.map((name) =>
    hierarchies.filter(([top, bottom]) => isAbstractSub(name, top) && isAbstractSub(bottom, name)),
  );
  expect(homes.map((home) => home.length)).toEqual(NAMES.map(() => 1));
});

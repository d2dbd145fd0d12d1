import fc from 'fast-check';
import type { Family, Piece, Size } from './programs.ts';
import { NOTHING, programs } from './programs.ts';

/**
 * Scripts of everything that the families of `programs.ts` have, mixed: each program draws a few kinds of statement, the sizes of its accesses and how they are
 * ordered. Half of the draws have seqcst accesses of one size alone, guarded data or awaits, so that many programs have no data race.
 */

const EXTRAS: readonly Piece[] = [
  'rmw',
  'cmpxchg',
  'fence',
  'grow',
  'wait',
  'notify',
  'global',
  'threadLocal',
  'fork',
  'branch',
  'loop',
  'trap',
  'slot',
  'field',
  'element',
  'publish',
  'obtain',
  'drop',
  'await',
  'locked',
];

/** What is of use together only. */
const TOGETHER: Partial<Record<Piece, Piece>> = {
  wait: 'notify',
  notify: 'wait',
  publish: 'obtain',
  obtain: 'publish',
};

const SIZES: readonly (readonly Size[])[] = [[1], [1], [4], [4], [1, 2], [1, 4], [2, 8], [1, 2, 4, 8]];

const families: fc.Arbitrary<Family> = fc
  .record({
    orders: fc.constantFrom('any' as const, 'seqcst' as const, 'seqcst' as const, 'strong' as const),
    sizes: fc.constantFrom(...SIZES),
    extras: fc.uniqueArray(fc.constantFrom(...EXTRAS), { minLength: 1, maxLength: 4 }),
    plain: fc.constantFrom(0, 1, 3),
    length: fc.constantFrom(1, 2, 2, 3),
  })
  .map(({ orders, sizes, extras, plain, length }) => {
    const weights = { ...NOTHING, load: plain, store: plain + 1, rmw: 0, cmpxchg: 0, branch: 0 };
    for (const piece of extras) {
      weights[piece] += 3;
      const other = TOGETHER[piece];
      if (other !== undefined) weights[other] += 2;
    }
    return { orders, sizes, weights, length };
  });

/** Whole scripts of two or three threads, with their forked ones. */
export const searchPrograms: fc.Arbitrary<string> = families.chain((family) => programs(family));

/** Programs of a few bytes whose every candidate execution can be enumerated. */
export const tinyPrograms: fc.Arbitrary<string> = fc
  .record({
    orders: fc.constantFrom('any' as const, 'seqcst' as const, 'strong' as const),
    extra: fc.constantFrom<Piece>(
      'rmw',
      'cmpxchg',
      'fence',
      'wait',
      'global',
      'branch',
      'drop',
      'field',
      'slot',
      'grow',
    ),
    length: fc.constantFrom(1, 2),
  })
  .chain(({ orders, extra, length }) => {
    const weights = { ...NOTHING, load: 2, store: 3, rmw: 0, cmpxchg: 0, branch: 0, [extra]: 3 };
    const other = TOGETHER[extra];
    if (other !== undefined) weights[other] = 3;
    return programs({ orders, sizes: [1], weights, length });
  });

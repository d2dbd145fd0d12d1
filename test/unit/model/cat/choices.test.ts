import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Structure } from '../../../support/cat-files.ts';
import { loadText, modelOf, NO_EVENTS, structureView } from '../../../support/cat-files.ts';

const STRUCTURE: Structure = {
  size: 4,
  sets: { A: [0, 1, 2] },
  relations: {
    r: [
      [0, 1],
      [1, 2],
    ],
    back: [[2, 0]],
    loc: [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 2],
      [2, 3],
      [3, 2],
      [3, 3],
    ],
  },
};

function holds(text: string, structure: Structure = STRUCTURE, enumerate = false): boolean {
  return modelOf(loadText(text, structureView(structure), {}, { enumerate })).check(NO_EVENTS).consistent;
}

describe.each([
  ['solved for', false],
  ['tried', true],
])('an order that is %s', (_, enumerate) => {
  test.each([
    ['with o from linearisations(A, r) empty o & back', true],
    ['with o from linearisations(A, r) empty o & r', false],
    ['with o from linearisations(A, 0) empty r \\ o', true],
    ['with o from linearisations(A, 0) acyclic r | o', true],
    ['with o from linearisations(A, 0) acyclic r | back | o', false],
    ['with o from linearisations(A, r | back) empty 0', false],
    ['with o from linearisations(A, 0) with p from linearisations(A, 0) empty o & p', true],
    [
      'with o from linearisations(A, 0) with p from linearisations(A, 0) empty o & p empty r & o^-1 empty r & p^-1',
      false,
    ],
    ['with o from linearisations(A, 0) empty r & o^-1 empty back & o^-1', false],
    ['with o from linearisations(A, 0) irreflexive o ; back', true],
    ['with o from linearisations(A, r) irreflexive o ; back', false],
    ['with o from linearisations(A, r) empty (o ; o) & back^-1', false],
    ['with o from linearisations(A, 0) empty (r ; o ; r) \\ r', true],
    ['with o from linearisations(A, 0) empty ~o & r', true],
    ['with o from linearisations(A, r) acyclic o \\ (r ; r)', true],
  ])('%s: %s', (text, expected) => expect(holds(text, STRUCTURE, enumerate)).toBe(expected));
});

test('the verdict’s order is the one chosen, its axiom the one that fails', () => {
  const events = STRUCTURE.sets['A']?.map((id) => ({ id })) ?? [];
  const execution = { ...NO_EVENTS, events: events as never };
  const view = structureView({ ...STRUCTURE, size: 3 });
  const model = modelOf(loadText('with o from linearisations(A, 0) irreflexive o ; r empty r & o as against', view));
  expect(model.check(execution)).toMatchObject({ consistent: false, axiom: 'against', events: [0, 1] });
  expect(
    modelOf(loadText('with o from linearisations(A, back) empty o & back^-1', view)).check(execution),
  ).toMatchObject({
    consistent: true,
    tot: expect.toSatisfy((tot: readonly number[]) => tot.length === 3 && tot.indexOf(2) < tot.indexOf(0)),
  });
});

describe('choices of other things', () => {
  const CROSS = [
    'let co_locs(pco, C) = let rec each S = match S with || {} -> {} || c ++ D -> linearisations(c, pco) ++ each(D) end in each(C)',
    'let cross = let rec all(k, y, S) = match S with || {} -> y ++ k || os ++ T ->',
    '  let rec one(k, os) = match os with || {} -> k || o ++ more -> one(all(k, o | y, T), more) end in one(k, os) end in',
    '  fun S -> all({}, 0, S)',
    'with co from cross(co_locs(0, classes-loc(_)))',
  ].join('\n');

  test('coherence orders: one of each combination', () => {
    expect(holds(`${CROSS}\nempty co \\ loc`)).toBe(true);
    expect(holds(`${CROSS}\nempty co & (r | [_])`)).toBe(true);
    expect(holds(`${CROSS}\nempty loc \\ (co | id)`)).toBe(false);
    expect(holds(`${CROSS}\nempty (r & loc) \\ co`)).toBe(true);
    expect(holds(`${CROSS}\nacyclic co | r | back`)).toBe(false);
  });

  test('nothing to choose from is no execution', () => {
    expect(holds('with o from linearisations(A, r | back)')).toBe(false);
    expect(holds('with o from linearisations(A, 0) \\ linearisations(A, 0)')).toBe(false);
  });
});

/** Checks that use orders as clauses can say them, and some that cannot be said so. */
const relation: fc.Arbitrary<string> = fc.letrec((tie) => ({
  exp: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom('o', 'o', 'p', 'r', 's', '[A]', 'o^-1', 'id'),
    fc
      .tuple(tie('exp'), fc.constantFrom('|', '&', '&', ';', ';'), tie('exp'))
      .map(([a, operator, b]) => `(${String(a)} ${operator} ${String(b)})`),
    tie('exp').map((a) => `(${String(a)} \\ r)`),
    tie('exp').map((a) => `(${String(a)})^-1`),
    tie('exp').map((a) => `(${String(a)})?`),
    tie('exp').map((a) => `([A] ; ${String(a)} ; [B])`),
  ) as fc.Arbitrary<string>,
})).exp;

const structure: fc.Arbitrary<Structure> = fc.record({
  size: fc.constant(4),
  sets: fc.record({ A: fc.subarray([0, 1, 2, 3]), B: fc.subarray([0, 1, 2, 3]) }),
  relations: fc.record({
    r: fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), {
      maxLength: 4,
      selector: ([a, b]) => 4 * a + b,
    }),
    s: fc.uniqueArray(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), {
      maxLength: 5,
      selector: ([a, b]) => 4 * a + b,
    }),
  }),
});

test('orders that are solved for and orders that are tried give the same verdicts', () => {
  const check = fc.oneof(
    relation.map((e) => `empty ${e}`),
    relation.map((e) => `empty r & ${e}`),
    relation.map((e) => `irreflexive ${e}`),
    relation.map((e) => `acyclic o | ${e}`),
    relation.map((e) => `empty ${e} \\ o`),
  );
  const counts = { true: 0, false: 0 };
  fc.assert(
    fc.property(
      structure,
      fc.array(check, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('0', 'r'),
      (of, checks, within) => {
        const text = `with p from linearisations(A, ${within}) with o from linearisations(_, 0)\n${checks.join('\n')}`;
        const solved = holds(text, of);
        expect(solved).toBe(holds(text, of, true));
        counts[String(solved) as 'true' | 'false']++;
      },
    ),
    { seed: 20261127, numRuns: 400 },
  );
  expect(Math.min(counts.true, counts.false)).toBeGreaterThan(40);
});

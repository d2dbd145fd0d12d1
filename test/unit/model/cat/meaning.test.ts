import { describe, expect, test } from 'vitest';
import type { Structure } from '../../../support/cat-files.ts';
import { loadText, modelOf, NO_EVENTS, structureView } from '../../../support/cat-files.ts';

type Pairs = readonly (readonly [number, number])[];

/** Elements 0 … 3; r goes round 0, 1, 2; A and B share 1. */
const STRUCTURE: Structure = {
  size: 4,
  sets: { A: [0, 1], B: [1, 2] },
  relations: {
    r: [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
    s: [
      [0, 1],
      [1, 3],
    ],
    loc: [
      [0, 0],
      [0, 2],
      [2, 0],
      [2, 2],
      [1, 1],
      [1, 3],
      [3, 1],
      [3, 3],
    ],
    po: [
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ],
  },
};

/** Whether what the file defines as `x` is what is expected: pairs of a relation, elements of a set. */
function defines(text: string, expected: Pairs): boolean {
  return agrees(text, { ...STRUCTURE, relations: { ...STRUCTURE.relations, expected } });
}

function definesSet(text: string, expected: readonly number[]): boolean {
  return agrees(text, { ...STRUCTURE, sets: { ...STRUCTURE.sets, expected } });
}

function agrees(text: string, structure: Structure): boolean {
  const view = structureView(structure);
  const model = modelOf(loadText(`${text}\nempty (x \\ expected) | (expected \\ x)`, view));
  return model.check(NO_EVENTS).consistent;
}

/** Pairs as `ab`. */
function pairs(text: string): Pairs {
  return text === '' ? [] : text.split(' ').map((pair) => [Number(pair[0]), Number(pair[1])] as const);
}

describe('relations', () => {
  test.each([
    ['r | s', '01 12 20 13'],
    ['r & s', '01'],
    ['r \\ s', '12 20'],
    ['r ; s', '03 21'],
    ['r^-1', '10 21 02'],
    ['r+', '00 01 02 10 11 12 20 21 22'],
    ['s*', '00 11 22 33 01 13 03'],
    ['s?', '00 11 22 33 01 13'],
    ['A * B', '01 02 11 12'],
    ['[A]', '00 11'],
    ['[A] ; r', '01 12'],
    ['r ; [A]', '01 20'],
    ['r & (A * B)', '01 12'],
    ['r & _ ', '01 12 20'],
    ['(_ * A) & r', '01 20'],
    ['id & (A * A)', '00 11'],
    ['~(r | r^-1 | id | (_ * {}) )', '03 13 23 30 31 32'],
    ['r \\ id ; 0 | s', '01 13'],
    ['s ; s', '03'],
    ['let t = r in t ; t', '02 10 21'],
    ['let f(y) = y ; y in f(r)', '02 10 21'],
    ['let f(y, z) = z ; y in f(s, r)', '03 21'],
    ['let f y = fun z -> y \\ z in f r s', '12 20'],
    ['let f = fun (y, z) -> y & z in f (r, s)', '01'],
    ['let rec t = s | (t ; t) in t', '01 13 03'],
    ['let rec t = s | (t ; s) in t', '01 13 03'],
    ['let rec t = (u ; r) | s and u = t | [A] in t', '01 13 02 12 00 11 10'],
    ['try unknown with s', '01 13'],
    ['try s with r', '01 13'],
    ['if "set" then r else s', '01 13'],
    ['if not "set" then r else s', '01 12 20'],
    ['if s subset r then r else s', '01 13'],
    ['if (r & s) subset r then r else s', '01 12 20'],
    ['if A = B then r else s', '01 13'],
    ['inter_transitive(s, A * ~A)', '03 13'],
    ['fromto(B)', '02 03 13'],
    ['(domain s * range s) & r', '01'],
  ])('%s', (text, expected) => {
    const found = pairs(expected);
    expect(defines(`let x = ${text}`, found)).toBe(true);
    expect(defines(`let x = ${text}`, found.slice(1))).toBe(false);
  });
});

describe('sets', () => {
  test.each([
    ['A | B', [0, 1, 2]],
    ['A & B', [1]],
    ['A \\ B', [0]],
    ['~A', [2, 3]],
    ['domain r', [0, 1, 2]],
    ['range(s)', [1, 3]],
    ['let f(S) = S \\ B in f(A)', [0]],
    ['let rec S = B | range([S] ; s) in S', [1, 2, 3]],
    ['match A with || {} -> B || e ++ T -> T end', [1]],
    ['match A with || e ++ T -> {e} || {} -> B end', [0]],
    ['match A & ~A with || {} -> B || e ++ T -> T end', [1, 2]],
    ['match A with || {} -> B || before | e ++ T -> before | T end', [1]],
  ] as const)('%s', (text, expected) => {
    expect(definesSet(`let x = ${text}`, expected)).toBe(true);
    expect(definesSet(`let x = ${text}`, expected.slice(1))).toBe(false);
  });
});

describe('functions that take sets apart', () => {
  const MAP = 'let map f = let rec go S = match S with || {} -> {} || e ++ T -> f e ++ go T end in go';

  test('map over a set', () => {
    expect(definesSet(`${MAP}\nlet x = map (fun e -> e) A`, [0, 1])).toBe(true);
  });

  test('map over a relation', () => {
    expect(defines(`${MAP}\nlet x = map (fun e -> e^-1) s`, pairs('10 31'))).toBe(true);
  });

  test('a fold', () => {
    const fold = 'let rec fold(S, y) = match S with || {} -> y || e ++ T -> fold(T, y | ({e} * {e})) end';
    expect(defines(`${fold}\nlet x = fold(A, s)`, pairs('01 13 00 11'))).toBe(true);
  });

  test('classes of a relation and of locations', () => {
    const union = 'let rec union C = match C with || {} -> 0 || c ++ D -> (c * c) | union(D) end';
    expect(defines(`${union}\nlet x = union(classes(loc))`, pairs('00 02 20 22 11 13 31 33'))).toBe(true);
    expect(defines(`${union}\nlet x = union(classes-loc(A | B))`, pairs('00 02 20 22 11'))).toBe(true);
  });

  test('linearisations are all orders', () => {
    const count = 'let rec union L = match L with || {} -> 0 || l ++ M -> l | union(M) end';
    expect(defines(`${count}\nlet x = union(linearisations(A | B, 0))`, pairs('01 02 10 12 20 21'))).toBe(true);
    expect(defines(`${count}\nlet x = union(linearisations(A | B, s))`, pairs('01 02 12 20 21'))).toBe(true);
    expect(defines(`${count}\nlet x = union(linearisations(A | B, r)) | s`, pairs('01 13'))).toBe(true);
  });
});

describe('tags', () => {
  const ENUM = "enum strengths = 'weak || 'strong\n";

  test('are matched', () => {
    const f = "let f t = match t with || 'weak -> r || 'strong -> s end";
    expect(defines(`${ENUM}${f}\nlet x = f 'strong`, pairs('01 13'))).toBe(true);
    expect(defines(`${ENUM}let f t = match t with 'weak -> r || _ -> s end\nlet x = f 'strong`, pairs('01 13'))).toBe(
      true,
    );
  });

  test('are compared, and are sets', () => {
    expect(defines(`${ENUM}let x = if 'weak = 'strong then r else s`, pairs('01 13'))).toBe(true);
    expect(defines(`${ENUM}let x = if 'weak in strengths \\ 'strong then r else s`, pairs('01 12 20'))).toBe(true);
  });
});

/** Whether the checks of a file hold. */
function holds(text: string, options = {}): boolean {
  return modelOf(loadText(text, structureView(STRUCTURE), {}, options)).check(NO_EVENTS).consistent;
}

describe('checks', () => {
  test.each([
    ['acyclic r', false],
    ['acyclic s', true],
    ['irreflexive r', true],
    ['irreflexive r+', false],
    ['empty r & s', false],
    ['empty A & B', false],
    ['empty A \\ A', true],
    ['~acyclic r', true],
    ['~empty r', true],
    ['~irreflexive r', false],
    ['let rec t = r | t ; t when irreflexive t', false],
    ['let rec t = s | t ; t when irreflexive t', true],
    ['undefined_unless empty r', true],
    ['flag ~empty r as remark', true],
    ['assert acyclic s as sane', true],
  ])('%s: %s', (text, expected) => expect(holds(text)).toBe(expected));

  test('in procedures', () => {
    expect(holds('procedure p(a, b) = empty a \\ b end call p(r & s, r)')).toBe(true);
    expect(holds('procedure p(a, b) = empty a \\ b end call p(r, s)')).toBe(false);
  });

  test('for all members of a set', () => {
    expect(holds("enum t = 'a || 'b forall x in t do empty (if x = 'a then 0 else r) end")).toBe(false);
    expect(holds('forall o in linearisations(A, 0) do acyclic o end')).toBe(true);
    expect(holds('forall o in linearisations(A, 0) do empty o & r end')).toBe(false);
    expect(holds('forall o in linearisations(A, r) do empty o \\ r end')).toBe(true);
  });

  test('by variants', () => {
    const text = 'if "strict" && not "loose" acyclic r else acyclic s end';
    expect(holds(text)).toBe(true);
    expect(holds(text, { variants: ['strict'] })).toBe(false);
    expect(holds(text, { variants: ['strict', 'loose'] })).toBe(true);
  });

  test('name the axiom and the events of a cycle', () => {
    const model = modelOf(loadText('acyclic r as round', structureView(STRUCTURE)));
    expect(model.check(NO_EVENTS)).toMatchObject({ consistent: false, axiom: 'round', events: [0, 1, 2] });
    expect(model.axioms).toEqual([{ name: 'round', statement: 'acyclic r', source: 'test.cat' }]);
  });

  test('name the events on the way', () => {
    const view = structureView(STRUCTURE);
    expect(modelOf(loadText('empty r ; [B] ; s as way', view)).check(NO_EVENTS)).toMatchObject({
      axiom: 'way',
      events: [0, 1, 3],
    });
    expect(modelOf(loadText('irreflexive r ; r ; r', view)).check(NO_EVENTS)).toMatchObject({ events: [0, 1, 2] });
  });

  test('remark on what is consistent', () => {
    const model = modelOf(
      loadText(
        'flag ~empty r as odd undefined_unless empty s as wild flag ~empty 0 as never',
        structureView(STRUCTURE),
      ),
    );
    const flags = [
      { name: 'odd', undefined: false },
      { name: 'wild', undefined: true },
    ];
    expect(model.check(NO_EVENTS)).toMatchObject({ consistent: true, flags });
  });

  test('are left out of a model less them', () => {
    const model = modelOf(loadText('acyclic r as round acyclic s as sane', structureView(STRUCTURE)));
    expect(model.less(['sane']).check(NO_EVENTS).consistent).toBe(false);
    expect(model.less(['round']).check(NO_EVENTS).consistent).toBe(true);
    expect(model.less(['round']).name).toBe('test less round');
  });
});

test('relations of more than 32 elements', () => {
  const size = 70;
  const next = Array.from({ length: size - 1 }, (_, i) => [i, i + 1] as const);
  const far = Array.from({ length: size }, (_, i) => i)
    .flatMap((a) => Array.from({ length: size }, (_, b) => [a, b] as const))
    .filter(([a, b]) => b > a + 1);
  const view = structureView({ size, sets: { last: [size - 1] }, relations: { next, far } });
  const text =
    'let x = next+ \\ next empty (x \\ far) | (far \\ x) empty ~(next* | next^-1*) empty last \\ range next ~empty (next+ ; [last]) acyclic next';
  expect(modelOf(loadText(text, view)).check(NO_EVENTS).consistent).toBe(true);
  expect(modelOf(loadText('acyclic next | (last * ~last)', view)).check(NO_EVENTS).consistent).toBe(false);
});

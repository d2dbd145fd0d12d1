import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import type { Program, Thread } from './build.ts';
import { allows, bytesAt, program, R, Racq, Rsc, U, Uar, W, Wrel, Wsc, x, y, z } from './build.ts';
import { aroundAcqrel, overwrittenAcqrel } from './rare-programs.ts';

const wasm = known(findModel('wasm'), 'wasm');
const older = known(findModel('wasm-oopsla19'), 'wasm-oopsla19');
const FENCE: Thread[number] = [];
const x2 = bytesAt(0, 2);
const y2 = bytesAt(2, 2);

interface Case {
  readonly name: string;
  readonly outcome: Program;
  readonly verdict: 'allowed' | 'forbidden';
}

const CASES: readonly Case[] = [
  { name: 'MP', outcome: program([W(x, 1), Wrel(y, 1)], [Racq(y, 1), R(x, 0)]), verdict: 'forbidden' },
  {
    name: 'MP with an unordered read',
    outcome: program([W(x, 1), Wrel(y, 1)], [R(y, 1), R(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'MP with an unordered write',
    outcome: program([W(x, 1), W(y, 1)], [Racq(y, 1), R(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'MP from seqcst to acqrel',
    outcome: program([W(x, 1), Wsc(y, 1)], [Racq(y, 1), R(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'MP from acqrel to seqcst',
    outcome: program([W(x, 1), Wrel(y, 1)], [Rsc(y, 1), R(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'MP of mixed sizes',
    outcome: program([W(x, 1), Wrel(y2, 0x0101)], [Racq(bytesAt(2, 1), 1), R(x, 0)]),
    verdict: 'allowed',
  },
  { name: 'LB', outcome: program([Racq(x, 1), Wrel(y, 1)], [Racq(y, 1), Wrel(x, 1)]), verdict: 'forbidden' },
  { name: 'SB', outcome: program([Wrel(x, 1), Racq(y, 0)], [Wrel(y, 1), Racq(x, 0)]), verdict: 'allowed' },
  {
    name: 'SB of seqcst writes and acqrel reads',
    outcome: program([Wsc(x, 1), Racq(y, 0)], [Wsc(y, 1), Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'SB by acqrel updates',
    outcome: program([Uar(x, 0, 1), Uar(y, 0, 1)], [Uar(y, 1, 2), Uar(x, 0, 2)]),
    verdict: 'forbidden',
  },
  {
    name: 'IRIW',
    outcome: program([Wrel(x, 1)], [Wrel(y, 1)], [Racq(x, 1), Racq(y, 0)], [Racq(y, 1), Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'IRIW, all seqcst',
    outcome: program([Wsc(x, 1)], [Wsc(y, 1)], [Rsc(x, 1), Rsc(y, 0)], [Rsc(y, 1), Rsc(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'WRC',
    outcome: program([Wrel(x, 1)], [Racq(x, 1), Wrel(y, 1)], [Racq(y, 1), R(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'ISA2',
    outcome: program([W(x, 1), Wrel(y, 1)], [Racq(y, 1), Wrel(z, 1)], [Racq(z, 1), R(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'MP through an update between',
    outcome: program([W(x, 1), Wrel(y, 1)], [Uar(y, 1, 2)], [Racq(y, 2), R(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'CoRR',
    outcome: program([Wrel(x, 1)], [Wrel(x, 2)], [Racq(x, 1), Racq(x, 2), Racq(x, 1)]),
    verdict: 'forbidden',
  },
  {
    name: 'CoRR on unordered accesses',
    outcome: program([W(x, 1)], [W(x, 2)], [R(x, 1), R(x, 2), R(x, 1)]),
    verdict: 'allowed',
  },
  {
    name: 'CoRR of a seqcst and an acqrel write',
    outcome: program([Wsc(x, 1)], [Wrel(x, 2)], [Racq(x, 1), Racq(x, 2)], [Racq(x, 2), Racq(x, 1)]),
    verdict: 'forbidden',
  },
  { name: 'CoWR', outcome: program([Wrel(x, 1), Racq(x, 2), Racq(x, 1)], [Wrel(x, 2)]), verdict: 'forbidden' },
  { name: 'CoRW', outcome: program([Racq(x, 2), Wrel(x, 1)], [Racq(x, 1), Wrel(x, 2)]), verdict: 'forbidden' },
  { name: 'CoRW1', outcome: program([Racq(x, 1), Wrel(x, 1)]), verdict: 'forbidden' },
  { name: 'two updates of the initial value', outcome: program([Uar(x, 0, 1)], [Uar(x, 0, 2)]), verdict: 'forbidden' },
  {
    name: 'two updates of one acqrel write',
    outcome: program([Wrel(x, 1)], [Uar(x, 1, 2)], [Uar(x, 1, 3)]),
    verdict: 'forbidden',
  },
  {
    name: 'a seqcst and an acqrel update of the initial value',
    outcome: program([U(x, 0, 1)], [Uar(x, 0, 2)]),
    verdict: 'forbidden',
  },
  {
    name: 'two seqcst updates of one acqrel write',
    outcome: program([Wrel(x, 1)], [U(x, 1, 2)], [U(x, 1, 3)]),
    verdict: 'forbidden',
  },
  {
    name: 'an update of a racing unordered write',
    outcome: program([W(x, 1)], [Uar(x, 1, 2)], [Uar(x, 1, 3)]),
    verdict: 'allowed',
  },
  {
    name: 'updates of overlapping ranges',
    outcome: program([Uar(x2, 0, 0x0101)], [Uar(x, 0, 2)]),
    verdict: 'allowed',
  },
];

describe('acqrel under wasm', () => {
  test.each(CASES)('$name is $verdict', ({ outcome, verdict }) => {
    expect(allows(wasm, outcome)).toBe(verdict === 'allowed');
  });

  test('a model without acq_rel takes it as unordered', () => {
    expect(allows(older, program([W(x, 1), Wrel(y, 1)], [Racq(y, 1), R(x, 0)]))).toBe(true);
    expect(allows(older, program([W(x, 1), Wsc(y, 1)], [Rsc(y, 1), R(x, 0)]))).toBe(false);
  });
});

/** What RC11 and the hardware say of the same programs is in proofs-notes/acqrel.md. */
describe('acqrel writes have a modification order of each range for itself', () => {
  const CASES: readonly Case[] = [
    {
      name: '2+2W',
      outcome: program([Wrel(x, 1), Wrel(y, 2), Racq(y, 1)], [Wrel(y, 1), Wrel(x, 2), Racq(x, 1)]),
      verdict: 'allowed',
    },
    {
      name: '2+2W, all seqcst',
      outcome: program([Wsc(x, 1), Wsc(y, 2), Rsc(y, 1)], [Wsc(y, 1), Wsc(x, 2), Rsc(x, 1)]),
      verdict: 'forbidden',
    },
    {
      name: 'R, its first write acqrel',
      outcome: program([Wrel(x, 1), Rsc(y, 0)], [Wsc(y, 1), Wsc(x, 2)], [Racq(x, 2), Racq(x, 1)]),
      verdict: 'allowed',
    },
    {
      name: 'R, all seqcst',
      outcome: program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Wsc(x, 2)], [Racq(x, 2), Racq(x, 1)]),
      verdict: 'forbidden',
    },
    {
      name: 'Z6.U, where acqrel synchronisation orders seqcst accesses',
      outcome: program([Wsc(x, 1), Wrel(y, 1)], [U(y, 1, 2), Rsc(y, 3)], [Wsc(y, 3), Rsc(x, 0)]),
      verdict: 'forbidden',
    },
    { name: 'two seqcst writes in two orders around an acqrel one', outcome: aroundAcqrel, verdict: 'forbidden' },
    { name: 'SB past an overwritten acqrel write', outcome: overwrittenAcqrel, verdict: 'forbidden' },
  ];
  test.each(CASES)('$name is $verdict', ({ outcome, verdict }) => {
    expect(allows(wasm, outcome)).toBe(verdict === 'allowed');
  });
});

describe('under sc', () => {
  const sc = known(findModel('sc'), 'sc');
  test.each([
    ['SB', program([W(x, 1), R(y, 0)], [W(y, 1), R(x, 0)])],
    ['LB', program([R(x, 1), W(y, 1)], [R(y, 1), W(x, 1)])],
    ['MP', program([W(x, 1), W(y, 1)], [R(y, 1), R(x, 0)])],
    ['IRIW', program([W(x, 1)], [W(y, 1)], [R(x, 1), R(y, 0)], [R(y, 1), R(x, 0)])],
    ['a torn load', program([W(x2, 0x0101)], [R(x2, 0x0001)])],
  ] as const)('%s is forbidden, and allowed on unordered accesses by wasm', (_, outcome) => {
    expect(allows(sc, outcome)).toBe(false);
    expect(allows(wasm, outcome)).toBe(true);
  });

  test('a fork orders what the axioms are given as asw', () => {
    const forked: Program = { threads: [[W(x, 1), FENCE], [R(x, 0)]], asw: [[2, 3]] };
    expect(allows(wasm, forked)).toBe(false);
    expect(allows(wasm, { ...forked, asw: [] })).toBe(true);
    expect(allows(sc, { ...forked, asw: [] })).toBe(true);
    expect(allows(sc, forked)).toBe(false);
  });
});

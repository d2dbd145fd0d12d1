import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import type { Program } from './build.ts';
import { allows, bytesAt, Far, Fsc, program, R, Racq, Rsc, Uar, W, Wrel, Wsc, x, y, z } from './build.ts';

const wasm = known(findModel('wasm'), 'wasm');
const older = known(findModel('wasm-oopsla19'), 'wasm-oopsla19');
const x2 = bytesAt(0, 2);
const z2 = bytesAt(2, 2);

interface Case {
  readonly name: string;
  readonly outcome: Program;
  readonly verdict: 'allowed' | 'forbidden';
}

const CASES: readonly Case[] = [
  { name: 'SB', outcome: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]), verdict: 'forbidden' },
  {
    name: 'SB with one fence',
    outcome: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'SB with one fence, the other thread seqcst',
    outcome: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wsc(y, 1), Rsc(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'SB with one fence, the other thread’s read seqcst',
    outcome: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Rsc(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'SB with acqrel fences',
    outcome: program([Wrel(x, 1), Far, Racq(y, 0)], [Wrel(y, 1), Far, Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'SB on unordered accesses',
    outcome: program([W(x, 1), Fsc, R(y, 0)], [W(y, 1), Fsc, R(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'SB with accesses of other ranges',
    outcome: program([Wrel(x2, 0x0101), Fsc, Racq(z, 0)], [Wrel(z2, 0x0101), Fsc, Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: 'IRIW',
    outcome: program([Wrel(x, 1)], [Wrel(y, 1)], [Racq(x, 1), Fsc, Racq(y, 0)], [Racq(y, 1), Fsc, Racq(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'IRIW with one fence',
    outcome: program([Wrel(x, 1)], [Wrel(y, 1)], [Racq(x, 1), Fsc, Racq(y, 0)], [Racq(y, 1), Racq(x, 0)]),
    verdict: 'allowed',
  },
  {
    name: '2+2W',
    outcome: program([Wrel(x, 1), Fsc, Wrel(y, 2), Racq(y, 1)], [Wrel(y, 1), Fsc, Wrel(x, 2), Racq(x, 1)]),
    verdict: 'forbidden',
  },
  {
    name: 'R',
    outcome: program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Wrel(x, 2)], [Racq(x, 2), Racq(x, 1)]),
    verdict: 'forbidden',
  },
  {
    name: 'RWC',
    outcome: program([Wrel(x, 1)], [Racq(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'W+RWC',
    outcome: program([Wrel(x, 1), Wrel(z, 1)], [Racq(z, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]),
    verdict: 'forbidden',
  },
  {
    name: 'SB by updates of an acqrel write, with fences',
    outcome: program([Uar(x, 0, 1), Fsc, Racq(y, 0)], [Uar(y, 0, 1), Fsc, Racq(x, 0)]),
    verdict: 'forbidden',
  },
];

describe('seqcst fences under wasm', () => {
  test.each(CASES)('$name is $verdict', ({ outcome, verdict }) => {
    expect(allows(wasm, outcome)).toBe(verdict === 'allowed');
  });

  test('a model of before acq_rel takes no notice of them', () => {
    expect(allows(older, program([W(x, 1), Fsc, R(y, 0)], [W(y, 1), Fsc, R(x, 0)]))).toBe(true);
  });
});

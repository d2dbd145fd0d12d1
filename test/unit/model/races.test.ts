import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { findModel } from '../../../src/model/catalogue.ts';
import { dataRaces } from '../../../src/model/races.ts';
import type { DataRace } from '../../../src/model/races.ts';
import type { Program } from './build.ts';
import { bytesAt, candidates, DATA, length, LENGTH, program, R, Racq, Rsc, U, W, Wrel, Wsc, x, y } from './build.ts';

const wasm = known(findModel('wasm'), 'wasm');

/** The races of the one consistent execution of the program with these reads. */
function racesOf(of: Program): readonly DataRace[] {
  const consistent = [...candidates(of)].flatMap((candidate) => {
    const verdict = wasm.check(candidate);
    return verdict.consistent ? [dataRaces(candidate, verdict.relations.hb)] : [];
  });
  expect(consistent).toHaveLength(1);
  return consistent[0] ?? [];
}

const queue = (kind: 'enqueue' | 'notify') => ({ kind, region: DATA, offset: 0, count: 1, woke: 0 }) as const;

describe('data races', () => {
  test('an unordered write and read of one place race', () => {
    expect(racesOf(program([W(x, 1)], [R(x, 1)]))).toEqual([{ first: 1, second: 2, region: DATA, offset: 0, size: 1 }]);
  });

  test('two reads, two places and one thread do not', () => {
    expect(racesOf(program([R(x, 0)], [R(x, 0)]))).toEqual([]);
    expect(racesOf(program([W(x, 1)], [W(y, 1)]))).toEqual([]);
    expect(racesOf(program([W(x, 1), W(x, 2)]))).toEqual([]);
  });

  test('seqcst and acqrel accesses of one range do not, with an unordered one they do', () => {
    expect(racesOf(program([Wsc(x, 1)], [Rsc(x, 0)]))).toEqual([]);
    expect(racesOf(program([Wrel(x, 1)], [Rsc(x, 0)]))).toEqual([]);
    expect(racesOf(program([Wrel(x, 1)], [Racq(x, 0)]))).toEqual([]);
    expect(racesOf(program([Wrel(x, 1)], [R(x, 0)]))).toHaveLength(1);
  });

  test('seqcst accesses of overlapping ranges race where they overlap', () => {
    const races = racesOf(program([Wsc(bytesAt(0, 2), 0x0101)], [Wsc(bytesAt(0, 4), 0x01010101)]));
    expect(races).toEqual([{ first: 1, second: 2, region: DATA, offset: 0, size: 2 }]);
  });

  test('happens-before prevents them', () => {
    expect(racesOf(program([W(x, 1), Wsc(y, 1)], [Rsc(y, 1), R(x, 1)]))).toEqual([]);
    expect(racesOf(program([W(x, 1), Wsc(y, 1)], [Rsc(y, 0), R(x, 1)]))).toHaveLength(1);
    expect(racesOf({ ...program([W(x, 1)], [R(x, 1)]), asw: [[1, 2]] })).toEqual([]);
  });

  test('growth races with a bounds check, and its new bytes with an access to them', () => {
    const grow = [U(length, 1, 2), W(bytesAt(4, 4), 0)];
    const races = racesOf({ threads: [[grow], [[R(length, 2), R(bytesAt(4, 1), 0)]]], bytes: 4 });
    expect(races).toEqual([
      { first: 1, second: 2, region: LENGTH, offset: 0, size: 1 },
      { first: 1, second: 2, region: DATA, offset: 4, size: 1 },
    ]);
  });

  test('queue operations do not', () => {
    expect(racesOf(program([queue('enqueue')], [queue('notify')], [Wsc(x, 1)]))).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/event/request.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { TinyProgram } from '../support/tiny-machine.ts';
import { allocate, forkOf, grow, listMachine, loadAt, showListed, size, storeAt } from '../support/list-machine.ts';
import { accesses, programs, queues, spins, traps } from './generators/tiny-threads.ts';
import { exploreTiny, interleavings, outcomesByState } from '../support/interleavings.ts';

/** Steps that the plain search may make; larger programs are left out. */
const STEPS = 40_000;

/** Programs compared and left out, executions, and executions given up. */
interface Tally {
  compared: number;
  skipped: number;
  blocked: number;
}

function agree(program: TinyProgram, fatal: (thread: string) => boolean, tally: Tally): void {
  const plain = exploreTiny(program, 'plain', { limit: STEPS }, fatal);
  if (plain.stopped || plain.bounded.length > 0) {
    tally.skipped++;
    return;
  }
  const reduced = exploreTiny(program, 'reduced', {}, fatal);
  expect(reduced.bounded).toEqual([]);
  expect(reduced.outcomes).toEqual(plain.outcomes);
  expect(new Set(reduced.keys).size).toBe(reduced.keys.length);
  expect([...reduced.keys].sort()).toEqual([...new Set(plain.keys)].sort());
  expect(reduced.redundant).toBe(0);
  tally.compared++;
  tally.blocked += reduced.blocked;
}

describe('the reduced search finds every trace of the plain one, once, and explores nothing else', () => {
  test.each([
    ['accesses of mixed sizes', accesses, () => false, 20261124],
    ['wait queues and time-outs', queues, () => false, 20261125],
    ['spinning threads', spins, () => false, 20261126],
    ['traps that end all threads', traps, () => true, 20261127],
    ['traps that end some threads', traps, (thread: string) => thread !== 't1', 20261128],
  ] as const)('with %s', (_, pieces, fatal, seed) => {
    const tally: Tally = { compared: 0, skipped: 0, blocked: 0 };
    fc.assert(
      fc.property(programs(pieces), (program) => agree(program, fatal, tally)),
      { seed, numRuns: 80 },
    );
    expect(tally.compared).toBeGreaterThan(60);
    if (pieces === spins) expect(tally.blocked).toBeGreaterThan(0);
  });
});

describe.each(['limit', 'any'] as const)('growth with grow-failure=%s', (reading) => {
  const request = fc.oneof(
    fc.constantFrom(grow(1), grow(1), grow(2), size),
    fc.constantFrom(0, 4, 8).chain((at) => fc.constantFrom(loadAt(at), storeAt(at, 7))),
  );
  const list = (most: number): fc.Arbitrary<readonly Request[]> => fc.array(request, { minLength: 1, maxLength: most });

  test('the reduced search finds every trace of the plain one, once', () => {
    const options = { readings: { ...DEFAULT_READINGS, 'grow-failure': reading } };
    let compared = 0;
    fc.assert(
      fc.property(list(2), list(3), list(2), (main, a, b) => {
        const machine = listMachine({ main: [allocate, forkOf('a'), forkOf('b'), ...main], a, b });
        const plain = interleavings(machine, { key: 'main' }, 'plain', showListed, { ...options, limit: STEPS });
        if (plain.stopped) return;
        const reduced = interleavings(machine, { key: 'main' }, 'reduced', showListed, options);
        expect(reduced.outcomes).toEqual(plain.outcomes);
        expect(new Set(reduced.keys).size).toBe(reduced.keys.length);
        expect([...reduced.keys].sort()).toEqual([...new Set(plain.keys)].sort());
        compared++;
      }),
      { seed: 20261130, numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(30);
  });
});

describe('parking a spinning thread', () => {
  test('gives the outcomes of a search of states, endless spinning included', () => {
    let compared = 0;
    let blocked = 0;
    let endless = 0;
    fc.assert(
      fc.property(programs(spins), (program) => {
        const states = outcomesByState(program, 3_000);
        if (states === null) return;
        const reduced = exploreTiny(program, 'reduced', { limit: STEPS });
        if (reduced.stopped || reduced.bounded.length > 0) return;
        expect(reduced.outcomes).toEqual(states);
        compared++;
        blocked += reduced.blocked;
        if (states.some((outcome) => outcome.startsWith('!'))) endless++;
      }),
      { seed: 20261129, numRuns: 80 },
    );
    expect(compared).toBeGreaterThan(50);
    expect(blocked).toBeGreaterThan(0);
    expect(endless).toBeGreaterThan(0);
  });
});

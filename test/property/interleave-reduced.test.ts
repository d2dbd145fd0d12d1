import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/event/request.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { TinyProgram, TinyStep } from '../support/tiny-machine.ts';
import { allocate, forkOf, grow, listMachine, loadAt, showListed, size, storeAt } from '../support/list-machine.ts';
import { exploreTiny, interleavings, outcomesByState } from '../support/interleavings.ts';

const order = fc.constantFrom('unord' as const, 'seqcst' as const);
/** Places of one and two bytes, so that accesses overlap in part. */
const place = fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 });
const register = fc.constantFrom('a', 'b');
const timeout = fc.constantFrom(-1n, -1n, 5n);

const read: fc.Arbitrary<TinyStep> = fc
  .tuple(place, order, register)
  .map(([p, o, to]) => ({ kind: 'read', ...p, order: o, to }));
const write: fc.Arbitrary<TinyStep> = fc
  .tuple(place, order, fc.constantFrom(1, 2))
  .map(([p, o, value]) => ({ kind: 'write', ...p, order: o, value }));
const copy: fc.Arbitrary<TinyStep> = fc
  .tuple(place, register)
  .map(([p, from]) => ({ kind: 'write', ...p, order: 'unord', value: 0, from }));
const add: fc.Arbitrary<TinyStep> = place.map((p) => ({
  kind: 'rmw',
  ...p,
  order: 'seqcst',
  op: 'add',
  value: 1,
  to: 'a',
}));
const cas: fc.Arbitrary<TinyStep> = fc
  .tuple(place, fc.constantFrom(0, 1))
  .map(([p, expected]) => ({ kind: 'cas', ...p, order: 'seqcst', expected, value: 1, to: 'b' }));
const wait: fc.Arbitrary<TinyStep> = fc
  .tuple(fc.constantFrom(0, 1), timeout)
  .map(([expected, t]) => ({ kind: 'wait', at: 0, expected, timeout: t, to: 'w' }));
const notify: fc.Arbitrary<TinyStep> = fc
  .constantFrom(0, 1, 2)
  .map((count) => ({ kind: 'notify', at: 0, count, to: 'n' }));
const trap: fc.Arbitrary<TinyStep> = fc.constant({ kind: 'trap', reason: 'unreachable' });

const one = (step: fc.Arbitrary<TinyStep>): fc.Arbitrary<readonly TinyStep[]> => step.map((s) => [s]);
/** Reads, or tries, again and again. */
const spin: fc.Arbitrary<readonly TinyStep[]> = fc
  .tuple(fc.oneof(read, cas), fc.constantFrom(0, 1))
  .map(([step, value]) => [step, { kind: 'while', register: 'to' in step ? step.to : 'a', value, back: 1 }]);

function body(
  pieces: readonly fc.WeightedArbitrary<readonly TinyStep[]>[],
  most: number,
): fc.Arbitrary<readonly TinyStep[]> {
  return fc.array(fc.oneof(...pieces), { minLength: 1, maxLength: most }).map((parts) => parts.flat());
}

/** Main forks the threads, and may join the first and look, or act beside them. */
function programs(pieces: readonly fc.WeightedArbitrary<readonly TinyStep[]>[]): fc.Arbitrary<TinyProgram> {
  const threads = fc.oneof(
    fc.tuple(body(pieces, 3), body(pieces, 3)),
    fc.tuple(body(pieces, 2), body(pieces, 1), body(pieces, 1)),
  );
  const joins: readonly TinyStep[] = [
    { kind: 'join', thread: 't0' },
    { kind: 'read', at: 0, size: 2, order: 'unord', to: 'm' },
  ];
  return fc.tuple(threads, fc.oneof(fc.constant(joins), body(pieces, 1), fc.constant([]))).map(([bodies, rest]) => ({
    main: [...bodies.map((_, i): TinyStep => ({ kind: 'fork', thread: `t${i}` })), ...rest],
    ...Object.fromEntries(bodies.map((steps, i) => [`t${i}`, steps])),
  }));
}

const accesses = [
  { weight: 2, arbitrary: one(read) },
  { weight: 2, arbitrary: one(write) },
  { weight: 1, arbitrary: one(copy) },
  { weight: 1, arbitrary: one(add) },
  { weight: 1, arbitrary: one(cas) },
];
const queues = [...accesses, { weight: 3, arbitrary: one(wait) }, { weight: 3, arbitrary: one(notify) }];
const spins = [...accesses, { weight: 4, arbitrary: spin }];
const traps = [...queues, { weight: 2, arbitrary: one(trap) }];

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

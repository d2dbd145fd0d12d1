import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Request } from '../../src/event/request.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { Strategy } from '../../src/explore/explore.ts';
import { explore } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import { everyThread } from '../../src/explore/states/persistent.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';
import { exploreTiny, interleavings, outcomesByState } from '../support/interleavings.ts';
import { allocate, forkOf, grow, listMachine, loadAt, showListed, size, storeAt } from '../support/list-machine.ts';
import type { SearchSwitches } from '../support/states.ts';
import { searchStates, tinyStates } from '../support/states.ts';
import type { TinyProgram, TinyStep } from '../support/tiny-machine.ts';
import type { Family } from './generators/programs.ts';
import { FAMILIES, programs } from './generators/programs.ts';

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);

// ---- Programs of the tiny machine

const place = fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 }, { at: 9, size: 1 });
const order = fc.constantFrom('unord' as const, 'seqcst' as const);
const register = fc.constantFrom('a', 'b');
const step = (kinds: readonly fc.Arbitrary<TinyStep>[]): fc.Arbitrary<readonly TinyStep[]> =>
  fc.oneof(...kinds).map((one) => [one]);

const read = fc.tuple(place, order, register).map(([p, o, to]): TinyStep => ({ kind: 'read', ...p, order: o, to }));
const write = fc
  .tuple(place, order, fc.constantFrom(1, 2))
  .map(([p, o, value]): TinyStep => ({ kind: 'write', ...p, order: o, value }));
const add = fc
  .tuple(place, register)
  .map(([p, to]): TinyStep => ({ kind: 'rmw', ...p, order: 'seqcst', op: 'add', value: 1, to }));
const cas = fc
  .tuple(place, fc.constantFrom(0, 1))
  .map(([p, expected]): TinyStep => ({ kind: 'cas', ...p, order: 'seqcst', expected, value: 1, to: 'b' }));
const wait = fc
  .tuple(fc.constantFrom(0, 1), fc.constantFrom(-1n, -1n, 5n))
  .map(([expected, timeout]): TinyStep => ({ kind: 'wait', at: 0, expected, timeout, to: 'w' }));
const notify = fc.constantFrom(0, 1, 2).map((count): TinyStep => ({ kind: 'notify', at: 0, count, to: 'n' }));
const trap = fc.constant<TinyStep>({ kind: 'trap', reason: 'unreachable' });
const spin = fc
  .tuple(fc.oneof(read, cas), fc.constantFrom(0, 1))
  .map(([one, value]): TinyStep[] => [one, { kind: 'while', register: 'to' in one ? one.to : 'a', value, back: 1 }]);

type Piece = fc.Arbitrary<readonly TinyStep[]>;
const accesses = step([read, write, add, cas]);
const queues = fc.oneof(accesses, step([wait, notify]));
const spins = fc.oneof({ weight: 2, arbitrary: accesses }, { weight: 1, arbitrary: spin });
const traps = fc.oneof({ weight: 4, arbitrary: queues }, { weight: 1, arbitrary: step([trap]) });

function tinyPrograms(piece: Piece): fc.Arbitrary<TinyProgram> {
  const body = (most: number): Piece => fc.array(piece, { minLength: 1, maxLength: most }).map((parts) => parts.flat());
  const threads = fc.oneof(fc.tuple(body(3), body(3)), fc.tuple(body(2), body(2), body(1)));
  const joins: readonly TinyStep[] = [
    { kind: 'join', thread: 't1' },
    { kind: 'read', at: 0, size: 2, order: 'unord', to: 'm' },
  ];
  return fc.tuple(threads, fc.oneof(fc.constant(joins), body(1))).map(([bodies, rest]) => ({
    main: [...bodies.map((_, i): TinyStep => ({ kind: 'fork', thread: `t${i}` })), ...rest],
    ...Object.fromEntries(bodies.map((steps, i) => [`t${i}`, steps])),
  }));
}

/** Steps that the plain search may make; larger programs are left out. */
const STEPS = 10_000;

const WAYS: readonly (readonly [string, Omit<SearchSwitches, 'table'>])[] = [
  ['with all reductions', {}],
  ['without persistent sets', { choose: everyThread }],
  ['without steps made at once', { eager: false }],
  ['without any reduction', { choose: everyThread, eager: false }],
  ['merging equal reads-from only', { histories: true }],
];

describe('a search of states finds the outcomes of all interleavings', () => {
  test.each([
    ['accesses of mixed sizes', accesses, () => false, 1],
    ['wait queues and time-outs', queues, () => false, 2],
    ['traps that end all threads', traps, () => true, 3],
    ['traps that end some threads', traps, (thread: string) => thread !== 't1', 4],
  ] as const)('of tiny programs with %s', (_, piece, fatal, salt) => {
    let compared = 0;
    fc.assert(
      fc.property(tinyPrograms(piece), (tiny) => {
        const plain = exploreTiny(tiny, 'plain', { limit: STEPS }, fatal);
        if (plain.stopped) return;
        for (const [way, switches] of WAYS)
          expect(tinyStates(tiny, switches, fatal).outcomes, way).toEqual(plain.outcomes);
        compared++;
      }),
      { seed: SEED + salt, numRuns: 25 * RUNS },
    );
    expect(compared).toBeGreaterThan(10 * RUNS);
  });

  test('of tiny programs with threads that spin, endless spinning included', () => {
    let compared = 0;
    let endless = 0;
    fc.assert(
      fc.property(tinyPrograms(spins), (tiny) => {
        const reduced = exploreTiny(tiny, 'reduced', { limit: STEPS });
        const states = outcomesByState(tiny, 3_000);
        if (states === null || reduced.stopped || reduced.bounded.length > 0) return;
        for (const [way, switches] of WAYS) {
          if (!switches.histories) expect(tinyStates(tiny, switches).outcomes, way).toEqual(states);
        }
        compared++;
        if (states.some((outcome) => outcome.startsWith('!'))) endless++;
      }),
      { seed: SEED + 5, numRuns: 30 * RUNS },
    );
    expect(compared).toBeGreaterThan(10 * RUNS);
    expect(endless).toBeGreaterThan(0);
  });

  test.each(['limit', 'any'] as const)('of growth with grow-failure=%s', (reading) => {
    const readings = { ...DEFAULT_READINGS, 'grow-failure': reading };
    const request = fc.oneof(
      fc.constantFrom(grow(1), grow(1), grow(2), size),
      fc.constantFrom(0, 4, 8).chain((at) => fc.constantFrom(loadAt(at), storeAt(at, 7))),
    );
    const list = (most: number): fc.Arbitrary<readonly Request[]> =>
      fc.array(request, { minLength: 1, maxLength: most });
    let compared = 0;
    fc.assert(
      fc.property(list(2), list(3), list(2), (main, a, b) => {
        const machine = listMachine({ main: [allocate, forkOf('a'), forkOf('b'), ...main], a, b });
        const plain = interleavings(machine, { key: 'main' }, 'plain', showListed, { readings, limit: STEPS });
        if (plain.stopped) return;
        for (const [way, switches] of WAYS) {
          const { outcomes } = searchStates(machine, { key: 'main' }, showListed, { ...switches, readings });
          expect(outcomes, way).toEqual(plain.outcomes);
        }
        compared++;
      }),
      { seed: SEED + 6, numRuns: 20 * RUNS },
    );
    expect(compared).toBeGreaterThan(5 * RUNS);
  });

  test('of spurious wake-ups', () => {
    const readings = { ...DEFAULT_READINGS, 'spurious-wakeups': 'allowed' as const };
    fc.assert(
      fc.property(tinyPrograms(queues), (tiny) => {
        const reduced = exploreTiny(tiny, 'reduced', { limit: STEPS, readings });
        if (reduced.stopped) return;
        for (const [way, switches] of WAYS)
          expect(tinyStates(tiny, { ...switches, readings }).outcomes, way).toEqual(reduced.outcomes);
      }),
      { seed: SEED + 7, numRuns: 15 * RUNS },
    );
  });
});

// ---- Programs in Wasm

/** How often a search may ask whether it should stop. Programs that take longer are left out. */
const POLLS = 20_000;

function search(p: Program, strategy: Strategy): ExploreResult {
  let polls = 0;
  return explore(p, makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 }), {
    model: known(findModel('sc'), 'sc'),
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: 5_000, events: 100, returns: 100, rounds: null, milliseconds: null },
    shouldStop: () => ++polls > POLLS,
    onProgress: () => {},
  });
}

function outcomes({ outcomes: found }: ExploreResult): string[] {
  return found.map(({ values, deadlock }) => outcomeKey(new Map([...values].sort()), deadlock)).sort();
}

const families = Object.entries(FAMILIES) as [keyof typeof FAMILIES, Family][];

describe.each(families)('programs with %s', (name, family) => {
  test('have the same outcomes, assertions and races or none by states, by reads-from and by interleavings', () => {
    let compared = 0;
    fc.assert(
      fc.property(programs(family), (text) => {
        const p = program(text);
        const all = search(p, 'interleavings');
        if (!all.complete) return;
        const [states, histories, axioms] = [search(p, 'states'), search(p, 'reads-from'), search(p, 'axioms')];
        for (const some of [states, histories]) {
          expect(some.complete).toBe(true);
          expect(some.duplicates).toBe(0);
          expect(outcomes(some)).toEqual(outcomes(all));
          expect(some.races.length > 0).toBe(all.races.length > 0);
          expect(some.assertions.map(({ holds }) => holds)).toEqual(all.assertions.map(({ holds }) => holds));
          expect(some.executions).toBeLessThanOrEqual(all.executions);
        }
        // The axioms tell orders of queues apart.
        if (axioms.complete && name !== 'wait queues') expect(histories.executions).toBe(axioms.executions);
        compared++;
      }),
      { seed: SEED + 8, numRuns: 6 * RUNS },
    );
    expect(compared).toBeGreaterThan(3 * RUNS);
  });
});

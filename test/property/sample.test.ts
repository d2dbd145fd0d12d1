import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explore } from '../../src/explore/explore.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import type { Chooser } from '../../src/explore/sample/choosers.ts';
import { byPriority, uniform } from '../../src/explore/sample/choosers.ts';
import { guaranteeOf, surelySeen } from '../../src/explore/sample/guarantee.ts';
import type { Random } from '../../src/explore/sample/random-source.ts';
import { RandomSource } from '../../src/explore/sample/random-source.ts';
import type { SampleOptions } from '../../src/explore/sample/options.ts';
import { DEFAULT_SAMPLE } from '../../src/explore/sample/options.ts';
import type { Schedule } from '../../src/explore/sample/schedule.ts';
import { runSchedule } from '../../src/explore/sample/schedule.ts';
import { sc } from '../../src/model/definitions.ts';
import { modelNamed } from '../../src/cli/models.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { outcomesByState, tinyWorld } from '../support/interleavings.ts';
import type { TinyProgram, TinyStep } from '../support/tiny-machine.ts';
import { programs, queues, spins } from './generators/tiny-threads.ts';

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);

interface Tried extends Schedule {
  /** Null if it was given up. */
  readonly outcome: string | null;
}

function tryOne(tiny: TinyProgram, choose: Chooser): Tried {
  const { world, outcome } = tinyWorld(tiny);
  let shown: string | null = null;
  const schedule = runSchedule(world, choose, {
    events: 200,
    returns: Number.POSITIVE_INFINITY,
    leaf: () => (shown = outcome()),
    blocked: () => {},
    redundant: () => {},
    bounded: () => {},
    shouldStop: () => false,
  });
  return { ...schedule, outcome: shown };
}

const CHOOSERS: readonly (readonly [string, (random: Random) => Chooser])[] = [
  ['random', uniform],
  ['pct', (random) => byPriority(random, 3, 12)],
];

describe.each(CHOOSERS)('schedules of %s', (_, chooser) => {
  test('show outcomes of the program only', () => {
    let compared = 0;
    for (const [pieces, seed] of [
      [queues, 20261141],
      [spins, 20261142],
    ] as const) {
      for (const tiny of fc.sample(programs(pieces), { seed, numRuns: 40 * RUNS })) {
        const all = outcomesByState(tiny, 20_000);
        if (all === null) continue;
        for (let run = 0; run < 6; run++) {
          const { outcome } = tryOne(tiny, chooser(new RandomSource(seed, run)));
          if (outcome !== null) expect(all).toContain(outcome);
        }
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(50 * RUNS);
  });
});

const at = { size: 1, order: 'seqcst' } as const;
const noise = (count: number): TinyStep[] =>
  Array.from({ length: count }, () => ({ kind: 'read', at: 3, ...at, to: 'n' }));
/** An update is lost where the other’s comes between the read and the write: two orders of two steps make that happen, so its depth is 2. */
const LOST: TinyProgram = {
  main: [
    { kind: 'fork', thread: 't0' },
    { kind: 'fork', thread: 't1' },
    { kind: 'join', thread: 't0' },
    { kind: 'join', thread: 't1' },
    { kind: 'read', at: 0, ...at, to: 'm' },
  ],
  t0: [
    ...noise(3),
    { kind: 'read', at: 0, ...at, to: 'a' },
    { kind: 'write', at: 0, ...at, value: 1, from: 'a' },
    ...noise(2),
  ],
  t1: [...noise(2), { kind: 'rmw', at: 0, ...at, op: 'add', value: 1, to: 'b' }, ...noise(3)],
};

function isLost(outcome: string | null): boolean {
  return outcome !== null && outcome.includes('["m",1]');
}

/** Answers as told, in turn. */
function scripted(units: readonly number[], below: readonly number[]): Random {
  const [u, b] = [[...units], [...below]];
  return { unit: () => u.shift() ?? 0, below: () => b.shift() ?? 0 };
}

describe('PCT', () => {
  const { steps, threads } = tryOne(LOST, uniform(new RandomSource(1, 0)));

  test('finds a bug of depth 2 with a probability of at least 1/(n·k), counted over all priorities and places of change', () => {
    expect(threads).toBe(3);
    const orders = [
      [1, 2, 3],
      [1, 3, 2],
      [2, 1, 3],
      [2, 3, 1],
      [3, 1, 2],
      [3, 2, 1],
    ];
    let [found, all] = [0, 0];
    for (const order of orders) {
      for (let change = 0; change < steps; change++) {
        all++;
        if (isLost(tryOne(LOST, prioritised(order, change)).outcome)) found++;
      }
    }
    expect(found / all).toBeGreaterThanOrEqual(guaranteeOf(2, threads, steps, 1).each);
    expect(found).toBeGreaterThan(0);

    /** Threads are asked for their priorities in the order in which they are first seen. */
    function prioritised(order: readonly number[], change: number): Chooser {
      const random = scripted(
        order.map((rank) => rank / 4),
        [change],
      );
      return byPriority(random, 2, steps);
    }
  });

  test('finds it in as many of its schedules, drawn at random, within three deviations', () => {
    const runs = 600 * RUNS;
    const { each } = guaranteeOf(2, threads, steps, runs);
    let found = 0;
    for (let run = 0; run < runs; run++)
      if (isLost(tryOne(LOST, byPriority(new RandomSource(7, run), 2, steps)).outcome)) found++;
    expect(found).toBeGreaterThanOrEqual(runs * each - 3 * Math.sqrt(runs * each * (1 - each)));
  });

  test('finds none of depth 2 when it looks for depth 1: priorities alone never interrupt a thread', () => {
    for (let run = 0; run < 200; run++)
      expect(isLost(tryOne(LOST, byPriority(new RandomSource(7, run), 1, steps)).outcome)).toBe(false);
  });

  test('says what schedules together are worth', () => {
    expect(guaranteeOf(1, 4, 100, 1)).toMatchObject({ depth: 1, threads: 4, steps: 100, each: 0.25 });
    expect(guaranteeOf(3, 2, 10, 1).each).toBeCloseTo(1 / 200, 12);
    expect(guaranteeOf(2, 2, 5, 3).all).toBeCloseTo(1 - 0.9 ** 3, 12);
    expect(guaranteeOf(1, 1, 1, 5).all).toBe(1);
    expect((1 - surelySeen(100)) ** 100).toBeCloseTo(0.05, 12);
  });
});

test('equally likely steps estimate how many interleavings there are', () => {
  const small: TinyProgram = {
    main: [
      { kind: 'fork', thread: 't0' },
      { kind: 'fork', thread: 't1' },
    ],
    t0: noise(2),
    t1: noise(2),
  };
  const weights = Array.from({ length: 1_500 }, (_, run) => tryOne(small, uniform(new RandomSource(5, run))).weight);
  const mean = weights.reduce((a, b) => a + b, 0) / weights.length;
  // t1 begins after t0 may have begun: t0’s steps and main’s second fork in any order, t1’s after that fork.
  const exact = interleavings(['f', 'a', 'a', 'b', 'b']);
  expect(mean).toBeGreaterThan(0.9 * exact);
  expect(mean).toBeLessThan(1.1 * exact);
});

/** How many orders of f, a, a, b, b have f before each b. */
function interleavings(steps: readonly string[]): number {
  const orders = new Set<string>();
  const visit = (left: readonly string[], so: string): void => {
    if (left.length === 0) orders.add(so);
    for (const [i, step] of left.entries())
      if (step !== 'b' || so.includes('f')) visit([...left.slice(0, i), ...left.slice(i + 1)], so + step);
  };
  visit(steps, '');
  return orders.size;
}

describe('a sample of a script', () => {
  const SB = `(module $M shared (memory (export "mem") 1 1 shared)
    (func (export "a") shared (result i32) (i32.atomic.store (i32.const 0) (i32.const 1)) (i32.atomic.load (i32.const 4)))
    (func (export "b") shared (result i32) (i32.atomic.store (i32.const 4) (i32.const 1)) (i32.atomic.load (i32.const 0))))
    (thread $T1 (shared (module $M)) (invoke $M "a")) (thread $T2 (shared (module $M)) (invoke $M "b")) (wait $T1) (wait $T2)`;

  function sample(text: string, strategy: 'random' | 'pct', options: Partial<SampleOptions>): ExploreResult {
    return explore(program(text), makeExec({ readings: DEFAULT_READINGS, fuel: 1_000_000 }), {
      model: modelNamed(sc.name),
      strategy,
      readings: DEFAULT_READINGS,
      bounds: { executions: 1_000_000, events: 2_000, returns: 5, milliseconds: null },
      sample: { ...DEFAULT_SAMPLE, ...options },
      shouldStop: () => false,
      onProgress: () => {},
    });
  }
  const values = ({ outcomes }: ExploreResult): string[] => outcomes.map((o) => JSON.stringify([...o.values]));

  test.each(['random', 'pct'] as const)(
    'of %s is incomplete, counts its schedules, and shows outcomes of the program',
    (strategy) => {
      const found = sample(SB, strategy, { runs: 60 });
      expect(found.complete).toBe(false);
      expect(found.bound).toBe('a sample of 60 schedules');
      expect(found.executions).toBe(60);
      expect(found.outcomes.reduce((sum, { executions }) => sum + executions, 0)).toBe(60);
      expect(values(exploreProgram(program(SB), 'sc'))).toEqual(expect.arrayContaining(values(found)));
      const facts = known(found.method.sample, 'facts');
      expect(facts).toMatchObject({ runs: 60, cut: 0, threads: 3, distinct: found.outcomes.length });
    },
  );

  test.each(['random', 'pct'] as const)(
    'of %s: the number of a schedule and the seed show its outcome again',
    (strategy) => {
      const found = sample(SB, strategy, { runs: 40, seed: 9 });
      expect(found.outcomes.length).toBeGreaterThan(1);
      for (const outcome of found.outcomes) {
        const again = sample(SB, strategy, { runs: 40, seed: 9, only: known(outcome.run, 'run') });
        expect(values(again)).toEqual([JSON.stringify([...outcome.values])]);
        expect(again.executions).toBe(1);
      }
    },
  );

  test('is complete where no schedule has a choice', () => {
    const alone = '(module $M shared (func (export "f") shared (result i32) (i32.const 7))) (invoke $M "f")';
    expect(sample(alone, 'random', { runs: 2 }).complete).toBe(true);
  });
});

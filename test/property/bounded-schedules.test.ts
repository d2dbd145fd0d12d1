import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ThreadId } from '../../src/event/location.ts';
import type { Cost } from '../../src/explore/interleave/bounded.ts';
import { COSTS, searchBounded } from '../../src/explore/interleave/bounded.ts';
import { threadOf } from '../../src/explore/interleave/step.ts';
import { Trace } from '../../src/explore/interleave/trace.ts';
import { outcomesByState, tinyWorld } from '../support/interleavings.ts';
import type { TinyProgram } from '../support/tiny-machine.ts';
import { accesses, programs, queues, spins } from './generators/tiny-threads.ts';

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
/** Steps that the plain enumeration may make; larger programs are left out. */
const STEPS = 15_000;
const STATES = 20_000;

/** Who could go on before each step of an interleaving, and who did. */
interface Turn {
  readonly able: readonly ThreadId[];
  readonly went: ThreadId;
}

/** How often the thread that went last could have gone on, and another went. */
function preemptionsIn(turns: readonly Turn[]): number {
  return turns.filter(({ able, went }, i) => {
    const before = turns[i - 1];
    return before !== undefined && before.went !== went && able.includes(before.went);
  }).length;
}

/** How often a thread was passed over, where they take turns in order of number and each goes on as long as it can. */
function delaysIn(turns: readonly Turn[]): number {
  let delays = 0;
  let turn = 0;
  for (const { able, went } of turns) {
    for (let id = turn; id !== went; id = id >= Math.max(...able) ? 0 : id + 1)
      if (able.includes(id as ThreadId)) delays++;
    turn = went;
  }
  return delays;
}

/** Each trace with the least that one of its interleavings costs; null if there are too many. */
function plainCosts(program: TinyProgram, costOf: (turns: readonly Turn[]) => number): Map<string, number> | null {
  const { world } = tinyWorld(program);
  const trace = new Trace();
  const turns: Turn[] = [];
  const least = new Map<string, number>();
  let steps = 0;
  visit();
  return steps > STEPS ? null : least;

  function visit(): void {
    if (++steps > STEPS) return;
    const enabled = world.enabled();
    if (enabled.length === 0) {
      const key = trace.key();
      least.set(key, Math.min(least.get(key) ?? Number.POSITIVE_INFINITY, costOf(turns)));
      return;
    }
    const able = [...new Set(enabled.map(threadOf))];
    const mark = world.mark();
    for (const label of enabled) {
      trace.push(world.step(label));
      turns.push({ able, went: threadOf(label) });
      visit();
      turns.pop();
      trace.pop();
      world.undoTo(mark);
    }
  }
}

interface Bounded {
  readonly keys: readonly string[];
  readonly outcomes: readonly string[];
  readonly isCut: boolean;
}

function bounded(program: TinyProgram, cost: Cost, most: number): Bounded {
  const { world, outcome } = tinyWorld(program);
  const keys: string[] = [];
  const outcomes = new Set<string>();
  const isCut = searchBounded(
    world,
    {
      events: 100,
      returns: 20,
      leaf: (_, trace) => {
        keys.push(trace.key());
        outcomes.add(outcome());
      },
      blocked: () => {},
      redundant: () => {},
      bounded: (what) => expect.fail(what),
      shouldStop: () => false,
    },
    cost,
    most,
  );
  return { keys, outcomes: [...outcomes].sort(), isCut };
}

const ORACLES = { preemptions: preemptionsIn, delays: delaysIn };
const KINDS = ['preemptions', 'delays'] as const;

/** Whether the bounded search explores what plain enumeration says, for each bound; null if the program is too large. */
function isExact(program: TinyProgram, kind: (typeof KINDS)[number], cost: Cost): boolean | null {
  const least = plainCosts(program, ORACLES[kind]);
  if (least === null) return null;
  return [0, 1, 2, 3].every((most) => {
    const { keys, isCut } = bounded(program, cost, most);
    const wanted = [...least].filter(([, spent]) => spent <= most).map(([key]) => key);
    return (
      new Set(keys).size === keys.length &&
      keys.length === wanted.length &&
      wanted.every((key) => keys.includes(key)) &&
      (isCut || wanted.length === least.size)
    );
  });
}

function exactOf(kind: (typeof KINDS)[number], cost: Cost): { readonly compared: number; readonly wrong: number } {
  let compared = 0;
  let wrong = 0;
  for (const [pieces, seed] of [
    [accesses, 20261131],
    [queues, 20261132],
  ] as const) {
    for (const program of fc.sample(programs(pieces), { seed, numRuns: 25 * RUNS })) {
      const exact = isExact(program, kind, cost);
      if (exact === null) continue;
      compared++;
      if (!exact) wrong++;
    }
  }
  return { compared, wrong };
}

describe('a bound on schedules', () => {
  test.each(KINDS)(
    'of %s: explored are the traces of the plain interleavings within it, each once, and it says whether others were left out',
    (kind) => {
      const { compared, wrong } = exactOf(kind, COSTS[kind]);
      expect(wrong).toBe(0);
      expect(compared).toBeGreaterThan(25 * RUNS);
    },
  );

  test.each(KINDS)('of %s grows to all outcomes, those of threads that spin too', (kind) => {
    let compared = 0;
    for (const program of fc.sample(programs(spins), { seed: 20261133, numRuns: 25 * RUNS })) {
      const all = outcomesByState(program, STATES);
      if (all === null) continue;
      let before: readonly string[] = [];
      for (let most = 0; ; most++) {
        const { outcomes, isCut } = bounded(program, COSTS[kind], most);
        expect(outcomes).toEqual(expect.arrayContaining([...before]));
        before = outcomes;
        if (!isCut) break;
        expect(most).toBeLessThan(60);
      }
      expect(before).toEqual(all);
      compared++;
    }
    expect(compared).toBeGreaterThan(15 * RUNS);
  });
});

describe('a wrong cost is caught', () => {
  test.each<readonly [string, (typeof KINDS)[number], Cost]>([
    [
      'a switch from a thread that waits or ended is a preemption',
      'preemptions',
      (last, _, next) => (last !== null && last !== next ? 1 : 0),
    ],
    ['no switch is a preemption', 'preemptions', () => 0],
    ['every thread but the first is a delay', 'delays', (last, able, next) => (next === (last ?? able[0]) ? 0 : 1)],
    ['delays are counted from the first thread', 'delays', (_, able, next) => able.indexOf(next)],
  ])('%s', (_, kind, cost) => {
    expect(exactOf(kind, cost).wrong).toBeGreaterThan(0);
  });
});

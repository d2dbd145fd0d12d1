import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explore } from '../../src/explore/explore.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import { RandomSource } from '../../src/explore/sample/random-source.ts';
import type { Random } from '../../src/explore/sample/random-source.ts';
import type { ExploreResult } from '../../src/explore/result.ts';
import type { SavedStates, Saving } from '../../src/explore/states/saved.ts';
import { findModel } from '../../src/model/catalogue.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { program } from '../support/explore-file.ts';
import { fibBench } from '../bench/programs/peers/independent.ts';
import { inWasm } from '../bench/programs/peers/print-wasm.ts';
import type { Family } from './generators/programs.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Searches of states that are interrupted, or killed after they were last saved, and go on from there. */

const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_128);

/** `drf` under `wasm`, the others under `sc`. */
type Strategy = 'states' | 'reads-from' | 'drf';

/** How often a search may ask whether it should stop. Programs that take longer are left out. */
const POLLS = 4_000;
/** Which of the lists that are saved has what the world learnt. */
const LESSONS = 3;

function search(p: Program, strategy: Strategy, polls: number, saving?: Saving): ExploreResult {
  let left = polls;
  return explore(p, makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 }), {
    model: known(findModel(strategy === 'drf' ? 'wasm' : 'sc'), 'model'),
    strategy,
    readings: DEFAULT_READINGS,
    bounds: { executions: 5_000, events: 60, returns: 100, rounds: null, milliseconds: null },
    saving,
    shouldStop: () => --left < 0,
    onProgress: () => {},
  });
}

/** As a file has it. */
function written({ lists, rest }: SavedStates): SavedStates {
  return { lists: lists.map((list) => list.slice()), rest: JSON.parse(JSON.stringify(rest)) as SavedStates['rest'] };
}

/** Runs for random times, again and again from what was saved by then, until all was found. */
function inTurns(p: Program, strategy: Strategy, random: Random): { result: ExploreResult; turns: number } {
  let saved: SavedStates | null = null;
  for (let turns = 1; ; turns++) {
    const saves: SavedStates[] = [];
    const saving: Saving = {
      saved,
      step: 1,
      isDue: () => random.unit() < 0.2,
      save: (states) => saves.push(written(states)),
    };
    const result = search(p, strategy, random.below(6 + 4 * turns), saving);
    if (result.complete) return { result, turns };
    // What a killed search saves at its end is not there.
    if (random.unit() < 0.5) saves.pop();
    saved = saves[saves.length - 1] ?? saved;
  }
}

function summary({ outcomes, findings, assertions, ...rest }: ExploreResult): unknown {
  const { executions, duplicates, blocked, complete, bound, method } = rest;
  return {
    executions,
    duplicates,
    blocked,
    complete,
    bound,
    method,
    outcomes: outcomes.map(({ values, deadlock, executions: count, witness }) => ({
      values: outcomeKey(new Map(values), deadlock),
      count,
      events: witness?.execution.events.map(({ thread, kind, actions }) => ({ thread, kind, actions })),
    })),
    assertions: assertions.map(({ holds }) => holds),
    findings: findings.map(({ kind, executions: count }) => ({ kind, count })),
  };
}

const families = Object.entries(FAMILIES) as [keyof typeof FAMILIES, Family][];

describe('a search that is interrupted or killed and goes on finds what it would have found at once, in as many states', () => {
  let turned = 0;
  let byDrf = 0;

  test.each(families)('of programs with %s', (_, family) => {
    fc.assert(
      fc.property(programs(family), fc.nat(), (text, seed) => {
        const p = program(text);
        for (const strategy of ['states', 'reads-from', 'drf'] as const) {
          const whole = search(p, strategy, POLLS);
          if (!whole.complete || whole.method.strategy !== strategy) continue;
          if (strategy === 'drf') byDrf++;
          const { result, turns } = inTurns(p, strategy, new RandomSource(SEED, seed));
          expect(summary(result), strategy).toEqual(summary(whole));
          if (turns > 2) turned++;
        }
      }),
      { seed: SEED, numRuns: 2 * RUNS },
    );
  });

  test('of which there were many', () => {
    expect(turned).toBeGreaterThan(10 * RUNS);
    expect(byDrf).toBeGreaterThan(3 * RUNS);
  });

  test('and not if one lesson of the world was lost on the way (a mutant)', () => {
    const p = program(inWasm(fibBench(2)));
    const whole = summary(search(p, 'states', POLLS));
    const saves: SavedStates[] = [];
    search(p, 'states', 40, { saved: null, step: 1, isDue: () => false, save: (s) => saves.push(written(s)) });
    const saved = known(saves[0], 'what was saved');
    const from = (lists: SavedStates['lists']): unknown => {
      try {
        const saving: Saving = { saved: { ...saved, lists }, step: 1, isDue: () => false, save: () => {} };
        return summary(search(p, 'states', POLLS, saving));
      } catch (error) {
        return error;
      }
    };
    const lessons = known(saved.lists[LESSONS], 'lessons');
    expect(lessons.length).toBeGreaterThan(10);
    expect(from(saved.lists)).toEqual(whole);
    for (let lost = 0; lost < lessons.length; lost++) {
      const others = lessons.filter((_, k) => k !== lost);
      expect(from(saved.lists.with(LESSONS, others))).not.toEqual(whole);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeExec } from '../../src/exec/executor.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import { explored } from '../../src/explore/publication.ts';
import type { Ground } from '../../src/explore/walk/free-course.ts';
import { FreeCourse } from '../../src/explore/walk/free-course.ts';
import { groundOf } from '../../src/explore/walk/ground.ts';
import { atRandom, onward } from '../../src/explore/walk/schedule.ts';
import { treeOf } from '../../src/explore/walk/tree.ts';
import { Walk } from '../../src/explore/walk/walk.ts';
import { alongReplay } from '../../src/explore/walk/witness.ts';
import type { Program } from '../../src/runtime/program.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { backAndForth, expectSameFutures, fileOf, outcomeOf, run } from '../support/walks.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Programs of each family; multiplied by WEFT_RUNS. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const FUEL = 10_000;
/** The events that the fast executor makes of the same answers. */
function withExec(p: Program, walk: Walk, { names }: Ground): unknown {
  const machine = makeScriptMachine(
    explored(makeExec({ readings: DEFAULT_READINGS, fuel: 100_000 }), DEFAULT_READINGS),
    p,
  );
  const world = new World(new AnswerTrie(machine), scriptMain(p), names, DEFAULT_READINGS);
  for (const { label, isAnswer } of walk.steps) if (isAnswer) world.step(label);
  return world.execution().events;
}

function numbersOnly(events: unknown): string {
  return JSON.stringify(events, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? Array.from(value) : value;
  });
}

describe('a walk', () => {
  test.each(Object.entries(FAMILIES))('through %s programs', (_, family) => {
    fc.assert(
      fc.property(programs(family), fc.nat(1000), (text, seed) => {
        const p = program(text);
        const result = exploreProgram(p, 'sc', { strategy: 'interleavings' });
        const outcomes = new Set(result.outcomes.map(({ values, deadlock }) => outcomeKey(values, deadlock)));
        const ground = groundOf(p, DEFAULT_READINGS, FUEL);
        for (const schedule of [onward, atRandom(seed), atRandom(seed + 1)]) {
          const walk = new Walk(new FreeCourse(ground));
          if (!run(walk, schedule)) continue;
          expect(outcomes, 'it ends in an outcome of the exploration').toContain(outcomeOf(walk, ground));
          expect(numbersOnly(walk.course.history().execution.events), 'the fast executor makes the same events').toBe(
            numbersOnly(withExec(p, walk, ground)),
          );
          backAndForth(walk);
        }
        const weak = exploreProgram(p, 'wasm', { strategy: 'axioms' });
        for (const outcome of weak.outcomes) {
          const file = fileOf(p, outcome);
          if (outcome.witness === null || file === null) continue;
          const { course, schedule } = alongReplay(ground, file);
          const walk = new Walk(course);
          expect(run(walk, schedule), 'it comes to the end of the witness').toBe(true);
          expect(outcomeOf(walk, ground)).toBe(outcomeKey(outcome.values, outcome.deadlock));
          expect(course.isFree).toBe(outcome.witness.sequentiallyConsistent);
          backAndForth(walk);
        }
      }),
      { numRuns: RUNS, seed: 20261127 },
    );
  });

  test('the tree of interleavings has each end of the reduced search once, all others are marked as the same', () => {
    fc.assert(
      fc.property(programs({ ...FAMILIES['strong orders'], length: 2 }), (text) => {
        const p = program(text);
        const ground = groundOf(p, DEFAULT_READINGS, FUEL);
        const nodes = treeOf(ground, { labels: [], from: 0, made: 0 }, 20_000);
        expectSameFutures(ground, nodes);
        if (nodes.some(({ hidden }) => hidden > 0)) return;
        const result = exploreProgram(p, 'sc', { strategy: 'interleavings' });
        const ends = nodes.filter(({ end, same }) => end !== null && same === null);
        expect(ends.length).toBe(result.executions + result.blocked);
      }),
      { numRuns: 2 * RUNS, seed: 20261127 },
    );
  });
});

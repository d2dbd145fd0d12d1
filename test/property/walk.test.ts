import { applyPatches } from 'immer';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { hasEnded } from '../../src/explore/interleave/step.ts';
import { World } from '../../src/explore/interleave/world.ts';
import { outcomeKey, outcomeValues, ThreadEnds } from '../../src/explore/outcome.ts';
import { explored } from '../../src/explore/publication.ts';
import { replayFileOf } from '../../src/explore/replay/write.ts';
import type { Ground } from '../../src/explore/walk/free-course.ts';
import { FreeCourse } from '../../src/explore/walk/free-course.ts';
import { groundOf } from '../../src/explore/walk/ground.ts';
import type { Schedule } from '../../src/explore/walk/schedule.ts';
import { atRandom, onward } from '../../src/explore/walk/schedule.ts';
import { codeOf, lastOf } from '../../src/explore/walk/segment.ts';
import { treeOf } from '../../src/explore/walk/tree.ts';
import { Walk } from '../../src/explore/walk/walk.ts';
import { alongReplay } from '../../src/explore/walk/witness.ts';
import type { Program } from '../../src/runtime/program.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { FAMILIES, programs } from './generators/programs.ts';

/** Programs of each family; multiplied by WEFT_RUNS. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const FUEL = 10_000;
/** Small steps of one walk. */
const STEPS = 3_000;

/** Walks until nothing comes next, or for long; whether it came to an end. */
function run(walk: Walk, schedule: Schedule): boolean {
  for (let n = 0; n < STEPS; n++) {
    const label = schedule(walk);
    if (label === null) return true;
    walk.step(label);
  }
  return false;
}

function outcomeOf(walk: Walk, { names }: Ground): string {
  const threads = walk.threads().map(({ id, node, status }) => {
    const { state } = lastOf(node.state);
    const round = node.spin === null ? 0 : node.depth - node.spin.depth;
    const crash = walk.course.crashOf(id);
    return { info: names.info(id), state, ended: hasEnded(status), crash, request: node.request, round };
  });
  const { execution, order } = walk.course.history();
  const events = order.map((id) => known(execution.events[id], 'event'));
  const deadlock = walk.threads().some(({ status }) => !hasEnded(status));
  return outcomeKey(outcomeValues(threads, events, new ThreadEnds()), deadlock);
}

/** Everything that can be seen of a moment. */
function seen(walk: Walk): unknown {
  const { order } = walk.course.history();
  return [order, walk.threads().map(({ id, now, silent, status }) => [id, now, silent, status])];
}

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
          if (outcome.witness === null) continue;
          const file = replayFileOf(outcome.witness, {
            program: { name: 'test', digest: '' },
            source: p.source,
            model: 'wasm',
            readings: DEFAULT_READINGS,
            finding: null,
            outcome,
          });
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
        if (nodes.some(({ hidden }) => hidden > 0)) return;
        const result = exploreProgram(p, 'sc', { strategy: 'interleavings' });
        const ends = nodes.filter(({ end, same }) => end !== null && same === null);
        expect(ends.length).toBe(result.executions + result.blocked);
      }),
      { numRuns: 2 * RUNS, seed: 20261127 },
    );
  });
});

/** Each moment is the same when it is come to again, by steps back, by a jump, and by the patches of the reductions. */
function backAndForth(walk: Walk): void {
  const moments = [];
  const end = walk.length;
  walk.seek(0);
  for (let i = 0; i <= end; i++) {
    moments.push(seen(walk));
    if (i < end) walk.forward();
  }
  for (let i = end; i > 0; i--) {
    const { thread } = known(walk.last, 'step');
    const after = codeOf(walk.thread(thread).now.state);
    const before = codeOf(known(walk.before(thread), 'thread before').now.state);
    if (after !== null && before !== null && after.made !== null && after !== before) {
      expect(applyPatches(after.state, [...after.made.inverse])).toEqual(before.state);
      expect(applyPatches(before.state, [...after.made.patches])).toEqual(after.state);
    }
    walk.back();
    expect(seen(walk)).toEqual(moments[i - 1]);
  }
  walk.seek(Math.floor(end / 2));
  expect(seen(walk)).toEqual(moments[Math.floor(end / 2)]);
  walk.seek(end);
  expect(seen(walk)).toEqual(moments[end]);
}

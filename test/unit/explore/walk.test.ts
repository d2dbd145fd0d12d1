import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { outcomeKey } from '../../../src/explore/outcome.ts';
import { FreeCourse } from '../../../src/explore/walk/free-course.ts';
import { groundOf } from '../../../src/explore/walk/ground.ts';
import { atRandom, onward } from '../../../src/explore/walk/schedule.ts';
import { treeOf } from '../../../src/explore/walk/tree.ts';
import { Walk } from '../../../src/explore/walk/walk.ts';
import { alongReplay } from '../../../src/explore/walk/witness.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';
import { backAndForth, expectSameFutures, fileOf, outcomeOf, run, seen } from '../../support/walks.ts';
import { DEADLOCK, FORKS, STORE_BUFFERING, TRAPS, UPDATES } from '../../support/walked-programs.ts';

const PROGRAMS = { STORE_BUFFERING, UPDATES, DEADLOCK, TRAPS, FORKS };
const FUEL = 1_000;

describe.each(Object.entries(PROGRAMS))('a walk through %s', (_, text) => {
  const p = program(text);
  const ground = groundOf(p, DEFAULT_READINGS, FUEL);

  test('is the same back and forth, at every step', () => {
    const walk = new Walk(new FreeCourse(ground));
    expect(run(walk, onward)).toBe(true);
    expect(walk.length).toBeGreaterThan(0);
    backAndForth(walk);
  });

  test('at random ends in an outcome of the exploration, and over many seeds in each', () => {
    const outcomes = exploreProgram(p, 'sc').outcomes.map(({ values, deadlock }) => outcomeKey(values, deadlock));
    const ends = new Set<string>();
    for (let seed = 0; seed < 30; seed++) {
      const walk = new Walk(new FreeCourse(ground));
      expect(run(walk, atRandom(seed))).toBe(true);
      ends.add(outcomeOf(walk, ground));
    }
    expect([...ends].toSorted()).toEqual(outcomes.toSorted());
  });

  test('along each witness ends in the outcome that is told, and is free exactly if some interleaving has it', () => {
    const { outcomes } = exploreProgram(p, 'wasm');
    for (const outcome of outcomes) {
      const { course, schedule } = alongReplay(ground, known(fileOf(p, outcome), 'file'));
      const walk = new Walk(course);
      expect(run(walk, schedule)).toBe(true);
      expect(outcomeOf(walk, ground)).toBe(outcomeKey(outcome.values, outcome.deadlock));
      expect(course.isFree).toBe(outcome.witness?.sequentiallyConsistent);
      backAndForth(walk);
    }
  });

  test('has a tree whose branches that are told to be the same are', () => {
    const nodes = treeOf(ground, { labels: [], from: 0, made: 0 }, 400);
    expect(nodes.some(({ same }) => same !== null)).toBe(true);
    expectSameFutures(ground, nodes);
  });
});

describe('a walk', () => {
  const ground = groundOf(program(STORE_BUFFERING), DEFAULT_READINGS, FUEL);

  test('keeps what was walked until another way is taken', () => {
    const walk = new Walk(new FreeCourse(ground));
    run(walk, onward);
    const { length } = walk;
    const middle = Math.floor(length / 2);
    walk.seek(middle);
    const there = seen(walk);
    walk.step(known(walk.steps[middle], 'step').label);
    expect(walk.length, 'the same step again').toBe(length);
    walk.back();
    expect(seen(walk)).toEqual(there);
    const ahead = known(walk.steps[middle], 'step').label;
    const other = walk
      .threads()
      .flatMap(({ id }) => walk.choices(id))
      .find((label) => label !== ahead);
    walk.step(known(other, 'another thread that can go on'));
    expect([walk.position, walk.length]).toEqual([middle + 1, middle + 1]);
  });

  test('refuses a step that its thread cannot make', () => {
    const walk = new Walk(new FreeCourse(ground));
    run(walk, onward);
    const { label } = known(walk.steps[0], 'step');
    expect(() => walk.step(label)).toThrow('a step that the thread can make');
  });
});

import { describe, expect, test } from 'vitest';
import { known } from '../../src/base/assert.ts';
import { labelOf, threadOf } from '../../src/explore/interleave/step.ts';
import { outcomeKey } from '../../src/explore/outcome.ts';
import { rebuild } from '../../src/explore/replay/rebuild.ts';
import { FreeCourse } from '../../src/explore/walk/free-course.ts';
import { groundOf } from '../../src/explore/walk/ground.ts';
import { RecordedCourse } from '../../src/explore/walk/recorded-course.ts';
import type { Schedule } from '../../src/explore/walk/schedule.ts';
import { inTurn, onward, towards } from '../../src/explore/walk/schedule.ts';
import { treeOf } from '../../src/explore/walk/tree.ts';
import { Walk } from '../../src/explore/walk/walk.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { exploreProgram, program } from '../support/explore-file.ts';
import { STORE_BUFFERING } from '../support/walked-programs.ts';
import { backAndForth, expectSameFutures, fileOf, outcomeOf, run } from '../support/walks.ts';

const p = program(STORE_BUFFERING);
const ground = groundOf(p, DEFAULT_READINGS, 1_000);

describe('a walk', () => {
  test('is not the same back and forth if the world is not taken back with it', () => {
    class Forgetful extends FreeCourse {
      override undoTo(): void {}
    }
    const walk = new Walk(new Forgetful(ground));
    run(walk, onward);
    expect(() => backAndForth(walk)).toThrow();
  });

  test('is not the same back and forth if the world is taken back one answer too far', () => {
    class Hasty extends FreeCourse {
      #before: unknown = super.mark();

      override mark(): unknown {
        const last = this.#before;
        this.#before = super.mark();
        return last;
      }
    }
    const walk = new Walk(new Hasty(ground));
    run(walk, onward);
    expect(() => backAndForth(walk)).toThrow();
  });

  test('along a weak witness does not end in its outcome if reads take the latest write', () => {
    const outcome = known(
      exploreProgram(p, 'wasm').outcomes.find(({ witness }) => witness?.sequentiallyConsistent === false),
      'weak outcome',
    );
    const file = known(fileOf(p, outcome), 'file');
    const told = outcomeKey(outcome.values, outcome.deadlock);
    const recorded = rebuild(ground.trie, ground.main, ground.names, ground.readings, file);
    const right = new Walk(new RecordedCourse(ground, recorded, file.order as never));
    run(right, inTurn);
    expect(outcomeOf(right, ground)).toBe(told);
    const threads = file.order.map((id) => known(recorded.execution.events[id], 'event').thread);
    const latest: Schedule = (walk) => {
      const thread = threads[walk.last?.answers ?? 0];
      return thread === undefined ? onward(walk) : towards(walk, thread, labelOf(thread, 'go'));
    };
    const wrong = new Walk(new FreeCourse(ground));
    run(wrong, latest);
    expect(outcomeOf(wrong, ground)).not.toBe(told);
  });
});

describe('the tree of interleavings', () => {
  const way = { labels: [], from: 0, made: 0 };

  test('greys branches that are not the same if only who made how many steps counts', () => {
    const counted = treeOf(ground, way, 400, (trace) =>
      Array.from({ length: trace.length }, (_, i) => threadOf(trace.at(i).label))
        .toSorted((a, b) => a - b)
        .join(),
    );
    expect(() => expectSameFutures(ground, counted)).toThrow();
  });

  test('greys nothing if the order of independent steps counts too', () => {
    const ordered = treeOf(ground, way, 400, (trace) =>
      Array.from({ length: trace.length }, (_, i) => trace.at(i).label).join(),
    );
    expect(ordered.some(({ same }) => same !== null)).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { absorb, countOf, emptyTally, executionsIn } from '../../../src/explore/tally.ts';
import type { Tally } from '../../../src/explore/tally.ts';
import { comparePaths, Cursor, WHOLE } from '../../../src/explore/task.ts';
import type { Task } from '../../../src/explore/task.ts';

/** A tree: how many choices there are after a path; 0 at a leaf. */
type Tree = (path: readonly number[]) => number;
const binary: Tree = ({ length }) => (length < 4 ? 2 : 0);
const uneven: Tree = (path) => (path.length < 3 ? 1 + ((path.at(-1) ?? 2) % 3) * 2 : 0);
/** What a node's cursor does where there is only one choice: it is in no path. */
const chain: Tree = ({ length }) => (length === 0 ? 3 : length < 3 ? 1 : 0);

/** Visits the leaves of a task's part, at most so many; the leaves, and the tasks that it left. */
function visit(tree: Tree, task: Task, most: number): { leaves: string[]; rest: Task[] } {
  const leaves: string[] = [];
  const rest: Task[] = [];
  const cursor = new Cursor(task, (left) => rest.push(left));
  const at = (path: readonly number[]): void => {
    if (leaves.length >= most) return cursor.stop();
    const count = tree(path);
    if (count === 0) leaves.push(path.join());
    else cursor.choose(count, (choice) => at([...path, choice]));
  };
  at([]);
  return { leaves, rest };
}

/** `keep`: the tasks that are not forgotten, of those that a part left. */
function inParts(
  tree: Tree,
  most: number,
  keep: (rest: readonly Task[]) => readonly Task[] = (rest) => rest,
): { leaves: string[]; weights: number[] } {
  const leaves: string[] = [];
  const weights: number[] = [];
  const tasks = [WHOLE];
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
    const part = visit(tree, task, most);
    leaves.push(...part.leaves);
    tasks.push(...keep(part.rest));
    weights.push(tasks.reduce((sum, { weight }) => sum + weight, 0));
  }
  return { leaves, weights };
}

describe('a search in parts', () => {
  test.each([
    ['a binary tree', binary, 16],
    ['an uneven one', uneven, 33],
    ['one with nodes of one choice', chain, 3],
  ])('visits every leaf of %s once, however it is cut', (_, tree, count) => {
    const whole = visit(tree, WHOLE, Infinity).leaves;
    expect(whole).toHaveLength(count);
    for (let most = 1; most <= count; most++) {
      expect(inParts(tree, most).leaves.toSorted()).toEqual(whole.toSorted());
    }
  });

  test('weighs what is left: less and less, from the whole to nothing', () => {
    const { weights } = inParts(binary, 1);
    expect(weights[0]).toBe(1 - 1 / 16);
    expect(weights.at(-1)).toBe(0);
    expect(weights.every((weight, i) => i === 0 || weight <= (weights[i - 1] ?? 1))).toBe(true);
    const { rest } = visit(uneven, WHOLE, 5);
    const done = visit(uneven, WHOLE, 5).leaves.map((leaf) => {
      const path = leaf.split(',').map(Number);
      return path.reduce((weight, _, depth) => weight / uneven(path.slice(0, depth)), 1);
    });
    expect([...done, ...rest.map(({ weight }) => weight)].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  test('would lose leaves if it forgot the choices to the right', () => {
    const whole = visit(binary, WHOLE, Infinity).leaves;
    expect(inParts(binary, 2, ([first]) => (first === undefined ? [] : [first])).leaves.length).toBeLessThan(
      whole.length,
    );
  });

  test('a stop before the task’s root leaves the whole task', () => {
    const task: Task = { path: [1, 0], weight: 0.25 };
    const { leaves, rest } = visit(binary, task, 0);
    expect({ leaves, rest }).toEqual({ leaves: [], rest: [task] });
  });
});

describe('tallies', () => {
  const tally = (profile: string, ...hashes: number[]): Tally => {
    const made = emptyTally();
    made.added = hashes.length;
    for (const hash of hashes) countOf(made, profile).hashes.add(hash);
    made.kept = hashes.map((hash, i) => ({ path: [hash], nth: i, profile, hash }));
    return made;
  };

  test('count an execution once, in whatever parts it is found', () => {
    const parts = [tally('a', 1, 2), tally('a', 2, 3), tally('b', 4)];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const all = emptyTally();
      for (const i of order) absorb(all, parts[i] as Tally);
      expect(executionsIn(all)).toBe(4);
      expect(all.added).toBe(5);
      expect(all.kept.map(({ path, profile }) => `${path} ${profile}`)).toEqual(['1 a', '2 a', '3 a', '4 b']);
    }
  });

  test('adding a part twice changes no number of executions, and shows as executions found again', () => {
    const all = emptyTally();
    absorb(all, tally('a', 1));
    absorb(all, tally('a', 1));
    expect([executionsIn(all), all.added]).toEqual([1, 2]);
  });
});

test('paths are in the order of one search', () => {
  const paths = [[], [0], [0, 5], [1], [1, 0], [1, 0, 0], [10]];
  expect(paths.toReversed().toSorted(comparePaths)).toEqual(paths);
});

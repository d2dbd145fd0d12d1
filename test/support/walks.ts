import { applyPatches } from 'immer';
import { expect } from 'vitest';
import { known } from '../../src/base/assert.ts';
import type { Event, Execution } from '../../src/event/execution.ts';
import { hasEnded } from '../../src/explore/interleave/step.ts';
import type { Label } from '../../src/explore/interleave/step.ts';
import { outcomeKey, outcomeValues, ThreadEnds } from '../../src/explore/outcome.ts';
import type { ReplayFile } from '../../src/explore/replay/file.ts';
import { replayFileOf } from '../../src/explore/replay/write.ts';
import type { Outcome } from '../../src/explore/result.ts';
import type { Ground } from '../../src/explore/walk/free-course.ts';
import { worldOf } from '../../src/explore/walk/free-course.ts';
import type { Schedule } from '../../src/explore/walk/schedule.ts';
import { codeOf, lastOf } from '../../src/explore/walk/segment.ts';
import type { TreeNode } from '../../src/explore/walk/tree.ts';
import type { Walk } from '../../src/explore/walk/walk.ts';
import type { Program } from '../../src/runtime/program.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';

/** What must hold of walks through a program. */

/** Small steps of one walk. */
const STEPS = 3_000;

/** Walks until nothing comes next, or for long; whether it came to an end. */
export function run(walk: Walk, schedule: Schedule): boolean {
  for (let n = 0; n < STEPS; n++) {
    const label = schedule(walk);
    if (label === null) return true;
    walk.step(label);
  }
  return false;
}

export function outcomeOf(walk: Walk, { names }: Ground): string {
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
export function seen(walk: Walk): unknown {
  const { order } = walk.course.history();
  return [order, walk.threads().map(({ id, now, silent, status }) => [id, now, silent, status])];
}

/** Each moment is the same when it is come to again, by steps back, by a jump, and by the patches of the reductions. */
export function backAndForth(walk: Walk): void {
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

/** The replay file of an outcome’s witness under `wasm`; null where none was kept. */
export function fileOf(p: Program, outcome: Outcome): ReplayFile | null {
  if (outcome.witness === null) return null;
  return replayFileOf(outcome.witness, {
    program: { name: 'test', digest: '' },
    source: p.source,
    model: 'wasm',
    readings: DEFAULT_READINGS,
    finding: null,
    outcome,
  });
}

/** A branch that is told to be the same as another leads to the same threads, the same events with the same reads, and the same choices. */
export function expectSameFutures(ground: Ground, nodes: readonly TreeNode[]): void {
  for (const node of nodes) {
    if (node.same === null) continue;
    const other = known(nodes[node.same], 'node');
    expect(futureOf(ground, pathOf(nodes, node))).toEqual(futureOf(ground, pathOf(nodes, other)));
  }
}

function pathOf(nodes: readonly TreeNode[], node: TreeNode): Label[] {
  if (node.label === null) return [];
  return [...pathOf(nodes, known(nodes[node.parent ?? -1], 'parent')), node.label];
}

function futureOf(ground: Ground, path: readonly Label[]): unknown {
  const world = worldOf(ground);
  for (const label of path) world.step(label);
  const threads = world
    .threads()
    .map(({ id, node, status }) => ({ id, answers: node.depth, state: lastOf(node.state), status }));
  const x = world.execution();
  const events = x.events.map((event) => readsOf(x, event)).toSorted();
  return { threads, events, choices: [...world.enabled(), ...world.revived()].toSorted() };
}

/** An event by its thread and its place there, with whom it reads from. */
function readsOf({ events, rf }: Execution, event: Event): string {
  const nameOf = ({ thread, index }: Event): string => `${thread}:${index}`;
  const from = rf[event.id]?.map((row) => row?.map((id) => nameOf(known(events[id], 'writer'))) ?? null) ?? [];
  return `${nameOf(event)} ${event.kind} ${JSON.stringify(from)}`;
}

import { known } from '../../base/assert.ts';
import type { Event } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import { hasEnded, threadOf } from '../interleave/step.ts';
import type { Label } from '../interleave/step.ts';
import { Trace } from '../interleave/trace.ts';
import type { World } from '../interleave/world.ts';
import type { Ground } from './free-course.ts';
import { worldOf } from './free-course.ts';
import type { Segment } from './segment.ts';

/** A node of the tree of interleavings: an answer that a thread is given after those above it. */
export interface TreeNode {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  /** Null of the root. */
  readonly label: Label | null;
  readonly thread: ThreadId | null;
  readonly events: readonly Event[];
  /** On the way that is walked: made, or ahead; else open. */
  readonly way: 'made' | 'ahead' | 'open';
  /** The node whose steps are the same but for the order of independent ones, so that what comes after is the same too. */
  readonly same: number | null;
  /** Nothing comes after it: all threads ended, or some cannot go on. */
  readonly end: 'ended' | 'stuck' | null;
  /** Steps that can be made here and are not shown. */
  readonly hidden: number;
}

/** The way that is walked, as answers; the first `made` of them are made. */
export interface TreeWay {
  readonly labels: readonly Label[];
  /** Where the tree begins. */
  readonly from: number;
  readonly made: number;
}

interface Growing {
  node: TreeNode;
  readonly path: readonly Label[];
  /** Null where it is the way's end or off it. */
  readonly onWay: boolean;
}

/** The tree of what may come, `most` nodes of it: those of the way first, then those nearest to where the walk is. Steps of equal keys are taken for the same. */
export function treeOf(
  ground: Ground,
  { labels, from, made }: TreeWay,
  most: number,
  keyOf: (trace: Trace) => string = (trace) => trace.key(),
): readonly TreeNode[] {
  const world = worldOf(ground);
  for (const label of labels.slice(0, from)) world.step(label);
  const base = world.mark();
  const grown: Growing[] = [];
  const seen = new Map<string, number>();
  const root: TreeNode = {
    id: 0,
    parent: null,
    depth: 0,
    label: null,
    thread: null,
    events: [],
    way: 'made',
    same: null,
    end: null,
    hidden: 0,
  };
  grown.push({ node: root, path: [], onWay: true });
  const way = labels.slice(from);
  const trunk: number[] = [0];
  for (let i = 0; i < way.length && grown.length < most; i++) {
    const child = unfold(known(trunk.at(-1), 'trunk')).find(({ node }) => node.label === way[i]);
    if (child === undefined) break;
    trunk.push(child.node.id);
  }
  const here = trunk[Math.min(made - from, trunk.length - 1)] ?? 0;
  const open = [here, ...trunk.filter((id) => id !== here).reverse()];
  const unfolded = new Set(trunk.slice(0, -1));
  // Breadth first from where the walk is; then from the others of its way.
  for (const start of open) {
    const queue = [start];
    for (let id = queue.shift(); id !== undefined && grown.length < most; id = queue.shift()) {
      if (!unfolded.has(id) && known(grown[id], 'node').node.same === null) {
        unfolded.add(id);
        unfold(id);
      }
      queue.push(...childrenOf(id));
    }
  }
  return grown.map(({ node, path }) =>
    unfolded.has(node.id) || node.same !== null ? node : { ...node, ...left(path) },
  );

  function childrenOf(id: number): number[] {
    return grown.flatMap(({ node }) => (node.parent === id ? [node.id] : []));
  }

  function go(path: readonly Label[]): Trace {
    world.undoTo(base);
    const trace = new Trace();
    for (const label of path) trace.push(world.step(label));
    return trace;
  }

  function unfold(id: number): Growing[] {
    const { node, path, onWay } = known(grown[id], 'node');
    go(path);
    const enabled = enabledIn(world);
    if (enabled.length === 0) known(grown[id], 'node').node = { ...node, end: endOf(world) };
    const next = onWay ? way[path.length] : undefined;
    // The way is the first of its equals.
    const ordered = next === undefined ? enabled : [next, ...enabled.filter((label) => label !== next)];
    return ordered.map((label) => {
      const trace = go(path);
      const before = world.mark().events;
      trace.push(world.step(label));
      const events = world.execution().events.slice(before);
      const key = keyOf(trace);
      const same = seen.get(key) ?? null;
      const own = grown.length;
      if (same === null) seen.set(key, own);
      const isWay = onWay && label === next;
      const child: Growing = {
        node: {
          id: own,
          parent: id,
          depth: node.depth + 1,
          label,
          thread: threadOf(label),
          events,
          way: isWay ? (from + path.length < made ? 'made' : 'ahead') : 'open',
          same,
          end: null,
          hidden: 0,
        },
        path: [...path, label],
        onWay: isWay,
      };
      grown.push(child);
      return child;
    });
  }

  function left(path: readonly Label[]): Pick<TreeNode, 'hidden' | 'end'> {
    go(path);
    const { length } = enabledIn(world);
    return { hidden: length, end: length === 0 ? endOf(world) : null };
  }
}

function enabledIn(world: World<Segment>): Label[] {
  return world.bound === null ? [...world.enabled(), ...world.revived()] : [];
}

function endOf(world: World<Segment>): 'ended' | 'stuck' {
  return world.threads().every(({ status }) => hasEnded(status)) ? 'ended' : 'stuck';
}

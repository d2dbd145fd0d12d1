import type { EventId } from '../../event/execution.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';

/** A shortest path by the steps: the events from `from` to `to`, both included (the same one twice for a cycle); null if there is none. */
export function shortestPath(steps: BitMatrix, from: number, to: number): EventId[] | null {
  const cameFrom = new Map<number, number>();
  let frontier = [from];
  while (frontier.length > 0) {
    const next: number[] = [];
    for (const a of frontier) {
      for (const b of steps.successors(a)) {
        if (cameFrom.has(b)) continue;
        cameFrom.set(b, a);
        if (b === to) return walkBack(cameFrom, from, to);
        next.push(b);
      }
    }
    frontier = next;
  }
  return null;
}

function walkBack(cameFrom: ReadonlyMap<number, number>, from: number, to: number): EventId[] {
  const path = [to];
  for (let at = cameFrom.get(to); at !== undefined && at !== from; at = cameFrom.get(at)) path.push(at);
  return [...path, from].toReversed() as EventId[];
}

/** For every element on a cycle a shortest one through it, each cycle once, the shortest first: its elements in order. */
export function shortestCycles(steps: BitMatrix): EventId[][] {
  const cycles = new Map<string, EventId[]>();
  for (let e = 0; e < steps.size; e++) {
    const path = shortestPath(steps, e, e);
    if (path === null) continue;
    const cycle = path.slice(1);
    const least = cycle.indexOf(Math.min(...cycle) as EventId);
    const turned = [...cycle.slice(least), ...cycle.slice(0, least)];
    cycles.set(turned.join(), turned);
  }
  return [...cycles.values()].toSorted((a, b) => a.length - b.length);
}

import { threadOf } from '../interleave/step.ts';
import type { EdgeNumber, StateGraph } from './graph.ts';

/**
 * Tells for every state but the first by which edge it is reached with the fewest events [Dial 1969]; of such edges one with few switches of
 * threads on the way. Says how many events lead to each.
 */
export function shortestWays(graph: StateGraph, tell: (state: number, edge: EdgeNumber) => void): Int32Array {
  const events = new Int32Array(graph.states).fill(-1);
  const switches = new Int32Array(graph.states);
  const last = new Int32Array(graph.states).fill(-1);
  const by = new Int32Array(graph.states).fill(-1);
  const isDone = new Uint8Array(graph.states);
  const waiting: (number[] | undefined)[] = [[0]];
  if (graph.states > 0) events[0] = 0;
  for (let cost = 0; cost < waiting.length; cost++) {
    // States that were found on a shorter way since are done.
    for (const state of waiting[cost] ?? []) {
      if (isDone[state] === 1) continue;
      isDone[state] = 1;
      for (let k = 0; k < graph.degree(state); k++) {
        const edge = graph.edge(state, k);
        const to = graph.to(edge);
        const thread = threadOf(graph.label(edge));
        const far = cost + graph.events(edge);
        const changes = (switches[state] as number) + (last[state] === thread ? 0 : 1);
        const known = events[to] as number;
        if (known >= 0 && (known < far || (known === far && (switches[to] as number) <= changes))) continue;
        events[to] = far;
        switches[to] = changes;
        last[to] = thread;
        by[to] = edge;
        if (known !== far) (waiting[far] ??= []).push(to);
      }
    }
  }
  for (let state = 1; state < graph.states; state++) if (by[state] !== -1) tell(state, by[state] as number);
  return events;
}

/** Where each state comes if the tree of ways is gone through depth first, so that ways one after the other have much in common. Ways to states are those of `parentOf`, -1 for the first. */
export function depthFirst(states: number, parentOf: (state: number) => number): Int32Array {
  const firstChild = new Int32Array(states).fill(-1);
  const nextChild = new Int32Array(states).fill(-1);
  for (let state = states - 1; state > 0; state--) {
    const parent = parentOf(state);
    if (parent < 0) continue;
    nextChild[state] = firstChild[parent] as number;
    firstChild[parent] = state;
  }
  const places = new Int32Array(states);
  const open = states > 0 ? [0] : [];
  for (let place = 0, state = open.pop(); state !== undefined; state = open.pop()) {
    places[state] = place++;
    const children: number[] = [];
    for (let child = firstChild[state] as number; child >= 0; child = nextChild[child] as number) children.push(child);
    open.push(...children.reverse());
  }
  return places;
}

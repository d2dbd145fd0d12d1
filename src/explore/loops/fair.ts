import type { ThreadId } from '../../event/location.ts';
import { threadOf } from '../interleave/step.ts';
import type { StateGraph } from '../states/graph.ts';
import { components, isCyclic } from '../states/graph.ts';

/** What weak fairness depends on beside the steps. */
export interface Standing {
  /** The threads that have begun and not ended. */
  readonly unfinished: (state: number) => readonly ThreadId[];
  readonly isEnabled: (state: number, thread: ThreadId) => boolean;
}

/** States among which a fair schedule may stay for ever. */
export interface FairComponent {
  readonly states: readonly number[];
  /** The threads that make steps there. */
  readonly moving: ReadonlySet<ThreadId>;
  /** For each of the other unfinished threads a state in which it is not enabled. */
  readonly waiting: readonly number[];
}

/**
 * The strongly connected components in which a schedule may stay for ever that is weakly fair: a thread that could always make a step makes one.
 * Going round the whole component, over and over, is as fair as any schedule that stays in it, since it makes every step and comes to every state that one
 * of those does. So it is fair iff every unfinished thread makes a step in the component, or is not enabled somewhere in it.
 */
export function fairComponents(graph: StateGraph, standing: Standing): FairComponent[] {
  const found: FairComponent[] = [];
  components(
    graph,
    () => true,
    (states) => {
      if (!isCyclic(graph, states)) return;
      const moving = movingIn(graph, states);
      const waiting: number[] = [];
      // A thread that has begun or ended stays so: all states of a cycle have the same unfinished threads.
      for (const thread of standing.unfinished(states[0] as number)) {
        if (moving.has(thread)) continue;
        const state = states.find((at) => !standing.isEnabled(at, thread));
        if (state === undefined) return;
        waiting.push(state);
      }
      found.push({ states, moving, waiting });
    },
  );
  return found;
}

function movingIn(graph: StateGraph, states: readonly number[]): Set<ThreadId> {
  const inside = new Set(states);
  const moving = new Set<ThreadId>();
  for (const state of states) {
    for (let k = 0; k < graph.degree(state); k++) {
      const edge = graph.edge(state, k);
      if (inside.has(graph.to(edge))) moving.add(threadOf(graph.label(edge)));
    }
  }
  return moving;
}

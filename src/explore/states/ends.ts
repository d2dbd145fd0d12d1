import type { ThreadId } from '../../event/location.ts';
import { hasEnded, threadOf } from '../interleave/step.ts';
import { components, isCyclic } from './graph.ts';
import type { StateSearch } from './search.ts';
import { cutIn } from './search.ts';

/**
 * A state of each part of the graph that is never left, and in which the threads that have not ended change nothing but where they stand: they spin for ever on
 * what nobody will change, which is a deadlock as waiting for ever is.
 */
export function endless<S>(search: StateSearch<S>): number[] {
  const { graph, world } = search;
  const found: number[] = [];
  if (!world.locals.mayReturn) return found;
  components(
    graph,
    () => true,
    (component) => {
      const [first] = component as readonly [number];
      if (!isCyclic(graph, component) || isLeft(search, component)) return;
      search.load(first);
      if (cutIn(world) !== null) return;
      if (component.every((state) => differInPlaces(search, state, first))) found.push(Math.min(...component));
    },
  );
  return found;
}

/**
 * Whether every weakly fair schedule ends, as far as a search shows that need not have made all steps (proofs-notes/awaits.md, section 3). It does if the only cycles are
 * single steps of threads that spin, and another thread can go on wherever one does.
 */
export function endsFairly<S>(search: StateSearch<S>): boolean {
  const { graph } = search;
  let ends = true;
  components(
    graph,
    () => ends,
    (component) => {
      const [state] = component as readonly [number];
      ends &&= component.length === 1 && (!isCyclic(graph, component) || mustBeLeft(search, state));
    },
  );
  return ends;
}

/** Of a state to which steps lead back: whether all threads are seen there, each of which leaves it or stays, and one leaves. */
function mustBeLeft<S>(search: StateSearch<S>, state: number): boolean {
  const { graph } = search;
  const [staying, leaving] = [new Set<ThreadId>(), new Set<ThreadId>()];
  for (let k = 0; k < graph.degree(state); k++) {
    const edge = graph.edge(state, k);
    const isBack = graph.to(edge) === state;
    if (isBack && !search.isSingle(edge)) return false;
    (isBack ? staying : leaving).add(threadOf(graph.label(edge)));
  }
  return search.isFull(state) && leaving.size > 0 && ![...staying].some((thread) => leaving.has(thread));
}

function isLeft<S>({ graph }: StateSearch<S>, component: readonly number[]): boolean {
  const members = new Set(component);
  return component.some((state) => {
    for (let k = 0; k < graph.degree(state); k++) if (!members.has(graph.to(graph.edge(state, k)))) return true;
    return false;
  });
}

/** Whether two states differ in nothing but where threads stand that run. */
function differInPlaces<S>({ table, world }: StateSearch<S>, a: number, b: number): boolean {
  const slots = Math.max(table.length(a), table.length(b));
  for (let slot = 0; slot < slots; slot++) {
    const [x, y] = [table.value(a, slot), table.value(b, slot)];
    if (x === y) continue;
    if (!world.isThreadSlot(slot)) return false;
    const [s, t] = [world.locals.at(x)?.status, world.locals.at(y)?.status];
    if (s !== t || s === undefined || hasEnded(s)) return false;
  }
  return true;
}

import { known } from '../../base/assert.ts';
import { IntList } from './int-list.ts';
import type { Label } from '../interleave/step.ts';

/** An edge by its number, from 0 to `edges`. */
export type EdgeNumber = number;

/**
 * The states found and the steps between them. A step takes along what follows from it at once and concerns single threads alone (see `settle`), so a label names the first
 * step only. Where the search was reduced, states have some of their steps only: those of `explored` threads.
 */
export class StateGraph {
  readonly #from = new IntList();
  readonly #to = new IntList();
  readonly #labels = new IntList();
  readonly #events = new IntList();
  /** Edges by state, made when somebody asks, of the first `#sortedEdges` edges. */
  #first = new Int32Array(1);
  #sorted = new Int32Array(0);
  #sortedEdges = -1;
  #states = 0;

  get states(): number {
    return this.#states;
  }

  get edges(): number {
    return this.#from.length;
  }

  addState(): void {
    this.#states++;
  }

  /** `events`: of the step and those that it takes along. */
  addEdge(from: number, label: Label, to: number, events = 1): void {
    this.#from.push(from);
    this.#to.push(to);
    this.#labels.push(label);
    this.#events.push(events);
  }

  /** All steps as plain numbers, from which {@link restore} makes them again. */
  saved(): Int32Array[] {
    return [this.#from, this.#to, this.#labels, this.#events].map((list) => list.view());
  }

  /** Into an empty graph, of so many states. */
  restore(states: number, lists: readonly Int32Array[]): void {
    this.#states = states;
    [this.#from, this.#to, this.#labels, this.#events].forEach((list, k) => list.assign(known(lists[k], 'steps')));
  }

  events(edge: EdgeNumber): number {
    return this.#events.at(edge);
  }

  from(edge: EdgeNumber): number {
    return this.#from.at(edge);
  }

  to(edge: EdgeNumber): number {
    return this.#to.at(edge);
  }

  label(edge: EdgeNumber): Label {
    return this.#labels.at(edge);
  }

  /** How many edges leave the state. */
  degree(state: number): number {
    this.#sort();
    return (this.#first[state + 1] as number) - (this.#first[state] as number);
  }

  /** The k-th edge that leaves the state, from 0. */
  edge(state: number, k: number): EdgeNumber {
    this.#sort();
    return this.#sorted[(this.#first[state] as number) + k] as number;
  }

  #sort(): void {
    if (this.#sortedEdges === this.edges && this.#first.length === this.#states + 1) return;
    this.#sortedEdges = this.edges;
    this.#first = new Int32Array(this.#states + 1);
    for (let e = 0; e < this.edges; e++) add(this.#first, this.#from.at(e) + 1, 1);
    for (let s = 0; s < this.#states; s++) add(this.#first, s + 1, this.#first[s] as number);
    const next = this.#first.slice();
    this.#sorted = new Int32Array(this.edges);
    for (let e = 0; e < this.edges; e++) {
      const from = this.#from.at(e);
      this.#sorted[next[from] as number] = e;
      add(next, from, 1);
    }
  }
}

function add(numbers: Int32Array, i: number, more: number): void {
  numbers[i] = (numbers[i] as number) + more;
}

/**
 * Tells the strongly connected components of the part of the graph that `within` allows, each after those that it leads to [Tarjan 1972, with a stack of its own].
 */
export function components(
  graph: StateGraph,
  within: (state: number) => boolean,
  tell: (component: readonly number[]) => void,
): void {
  const order = new Int32Array(graph.states);
  const low = new Int32Array(graph.states);
  const isOpen = new Uint8Array(graph.states);
  const open: number[] = [];
  const path: number[] = [];
  const nextEdge: number[] = [];
  let count = 0;

  function enter(state: number): void {
    order[state] = low[state] = ++count;
    isOpen[state] = 1;
    open.push(state);
    path.push(state);
    nextEdge.push(0);
  }

  for (let root = 0; root < graph.states; root++) {
    if (order[root] !== 0 || !within(root)) continue;
    enter(root);
    while (path.length > 0) {
      const state = path[path.length - 1] as number;
      const k = nextEdge[nextEdge.length - 1] as number;
      if (k < graph.degree(state)) {
        nextEdge[nextEdge.length - 1] = k + 1;
        const to = graph.to(graph.edge(state, k));
        if (!within(to)) continue;
        if (order[to] === 0) enter(to);
        else if (isOpen[to] === 1) low[state] = Math.min(low[state] as number, order[to] as number);
        continue;
      }
      path.pop();
      nextEdge.pop();
      const before = path[path.length - 1];
      if (before !== undefined) low[before] = Math.min(low[before] as number, low[state] as number);
      if (low[state] !== order[state]) continue;
      const component: number[] = [];
      for (let s = -1; s !== state; ) {
        s = open.pop() as number;
        isOpen[s] = 0;
        component.push(s);
      }
      tell(component);
    }
  }
}

/** Whether some step of the component leads back into it. */
export function isCyclic(graph: StateGraph, component: readonly number[]): boolean {
  if (component.length > 1) return true;
  const [state] = component as readonly [number];
  for (let k = 0; k < graph.degree(state); k++) if (graph.to(graph.edge(state, k)) === state) return true;
  return false;
}

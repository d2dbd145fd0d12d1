import type { Event, EventId, Execution } from '../event/execution.ts';
import { objectOf } from '../event/location.ts';
import { BitMatrix } from '../rel/bit-matrix.ts';
import { ACQREL, INIT, SEQCST, sameRange } from './accesses.ts';
import type { Accesses, ReadAccess, WriteAccess } from './accesses.ts';
import type { Definition } from './definition.ts';
import type { Relations } from './model.ts';

/** Direct edges, from and to alternating. */
export type EdgeList = number[];

/**
 * sync(a,b) [OOPSLA19 Fig. 15]: both seqcst, equal range. Of two accesses, whether or not one reads from the other.
 */
export function sync(a: WriteAccess, b: ReadAccess | WriteAccess): boolean {
  return a.strength === SEQCST && b.strength === SEQCST && sameRange(a, b);
}

/** Both atomic (acqrel or seqcst), equal range. */
export function bothAtomic(a: WriteAccess, b: ReadAccess | WriteAccess): boolean {
  return a.strength >= ACQREL && b.strength >= ACQREL && sameRange(a, b);
}

/** Whether the read, which is seqcst, reads from init writes alone. */
export function readsInitAlone(read: ReadAccess): boolean {
  return read.strength === SEQCST && read.sources.every((source) => source.write.strength === INIT);
}

/** The rf edges that synchronise. */
export function synchronisesWith(accesses: Accesses, definition: Definition): EdgeList {
  const edges: EdgeList = [];
  for (const read of accesses.reads) {
    const init = definition.initSynchronises && readsInitAlone(read);
    if (read.strength < ACQREL) continue;
    for (const { write, first } of read.sources) {
      if (first && write.event !== read.event && (init || bothAtomic(write, read))) edges.push(write.event, read.event);
    }
  }
  return edges;
}

/** Immediate program order. */
export function programOrder(events: readonly Event[]): EdgeList {
  const last: number[] = [];
  const edges: EdgeList = [];
  for (const { id, thread } of events) {
    const before = last[thread];
    if (before !== undefined) edges.push(before, id);
    last[thread] = id;
  }
  return edges;
}

/**
 * Allocation happens before every other access to the object [DOMAIN 3; THREADS relaxed.rst, the premise on INIT]: edges from
 * each event of init writes to the other threads' events that access the object otherwise.
 */
export function initOrder(events: readonly Event[], accesses: Accesses): EdgeList {
  const edges: EdgeList = [];
  for (const init of accesses.writes) {
    if (init.strength !== INIT) continue;
    const object = objectOf(init.region);
    const { thread } = events[init.event] as Event;
    for (const { strength, region, event } of accesses.writes) {
      if (strength === INIT || objectOf(region) !== object) continue;
      if (event !== init.event && (events[event] as Event).thread !== thread) edges.push(init.event, event);
    }
    for (const { region, event } of accesses.reads) {
      if (objectOf(region) !== object) continue;
      if (event !== init.event && (events[event] as Event).thread !== thread) edges.push(init.event, event);
    }
  }
  return edges;
}

/** The transitive closure of the edges, or the elements of a cycle in order. */
export function closeEdges(
  size: number,
  lists: readonly EdgeList[],
): { readonly closed: BitMatrix } | { readonly cycle: readonly EventId[] } {
  if (size <= 32) return closeFew(size, lists);
  const degree = new Int32Array(size);
  const head = new Int32Array(size).fill(-1);
  let count = 0;
  for (const edges of lists) count += edges.length >> 1;
  const to = new Int32Array(count);
  const next = new Int32Array(count);
  let at = 0;
  for (const edges of lists) {
    for (let i = 0; i < edges.length; i += 2) {
      const a = edges[i] as number;
      const b = edges[i + 1] as number;
      to[at] = b;
      next[at] = head[a] as number;
      head[a] = at++;
      degree[b] = (degree[b] as number) + 1;
    }
  }
  const order = new Int32Array(size);
  let placed = 0;
  for (let e = 0; e < size; e++) if (degree[e] === 0) order[placed++] = e;
  for (let i = 0; i < placed; i++) {
    for (let edge = head[order[i] as number] as number; edge >= 0; edge = next[edge] as number) {
      const b = to[edge] as number;
      const left = (degree[b] as number) - 1;
      degree[b] = left;
      if (left === 0) order[placed++] = b;
    }
  }
  if (placed < size) return { cycle: findCycle(degree, lists) };
  const closed = new BitMatrix(size);
  for (let i = size - 1; i >= 0; i--) {
    const a = order[i] as number;
    for (let edge = head[a] as number; edge >= 0; edge = next[edge] as number) {
      const b = to[edge] as number;
      if (closed.has(a, b)) continue;
      closed.add(a, b);
      closed.addRow(a, b);
    }
  }
  return { closed };
}

/** The same for a matrix of one word a row, where Warshall's algorithm is quicker than finding an order of the elements. */
function closeFew(size: number, lists: readonly EdgeList[]): ReturnType<typeof closeEdges> {
  const relation = new BitMatrix(size);
  for (const edges of lists) addEdges(relation, edges);
  relation.close();
  if (relation.reflexivePoint() < 0) return { closed: relation };
  const onCycle = new Int32Array(size);
  for (let e = 0; e < size; e++) if (relation.has(e, e)) onCycle[e] = 1;
  return { cycle: findCycle(onCycle, lists) };
}

/** Every element that is left (degree > 0) has a predecessor that is left: walk back until one repeats. */
function findCycle(degree: Int32Array, lists: readonly EdgeList[]): EventId[] {
  const before = new Map<number, number>();
  for (const edges of lists) {
    for (let i = 0; i < edges.length; i += 2) {
      const a = edges[i] as number;
      if ((degree[a] as number) > 0) before.set(edges[i + 1] as number, a);
    }
  }
  const walk: number[] = [degree.findIndex((left) => left > 0)];
  for (;;) {
    const previous = before.get(walk[walk.length - 1] as number) as number;
    const seen = walk.indexOf(previous);
    if (seen >= 0) return walk.slice(seen).toReversed() as EventId[];
    walk.push(previous);
  }
}

/** All relations of an execution, for those who look at it; `hb` and `sw` have been computed. */
export function relationsOf(execution: Execution, accesses: Accesses, sw: EdgeList, hb: BitMatrix): Relations {
  const size = execution.events.length;
  const po = new BitMatrix(size);
  const threads = new Map<number, EventId[]>();
  for (const { id, thread } of execution.events) {
    const earlier = threads.get(thread);
    if (earlier === undefined) threads.set(thread, [id]);
    else {
      for (const before of earlier) po.add(before, id);
      earlier.push(id);
    }
  }
  const rf = new BitMatrix(size);
  for (const read of accesses.reads) for (const { write } of read.sources) rf.add(write.event, read.event);
  return { po, rf, sw: matrix(size, sw), asw: matrix(size, execution.asw.flat()), hb };
}

function addEdges(relation: BitMatrix, edges: EdgeList): void {
  for (let i = 0; i < edges.length; i += 2) relation.add(edges[i] as number, edges[i + 1] as number);
}

function matrix(size: number, edges: EdgeList): BitMatrix {
  const relation = new BitMatrix(size);
  addEdges(relation, edges);
  return relation;
}

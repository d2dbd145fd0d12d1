import type { Letter, Place } from '../alphabet.ts';
import { overlap } from '../alphabet.ts';
import type { BoundedProgram } from '../programs.ts';
import { letterOf, placeOf } from '../programs.ts';

/** One access of the compiled program. A read-modify-write is one node that does both, or a node that reads and one that writes. */
export interface Node {
  readonly event: number;
  readonly letter: Letter;
  readonly place: Place;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** The compiled program: its nodes in the order of their events, and those that each event has. */
export interface Compiled {
  readonly nodes: readonly Node[];
  /** Index of the node by which an event reads (writes); -1 if it does not. */
  readonly reading: Int8Array;
  readonly writing: Int8Array;
  /** Bit b of row a: what the machine orders in the program itself, before b is seen by others a is. Transitively closed. */
  readonly order: Int32Array;
}

/** Two nodes of a thread, the earlier first, and whether a fence of the compiled program lies between them. */
export interface Pair {
  readonly first: Node;
  readonly second: Node;
  readonly fenced: boolean;
  /** Whether they overlap and no write of the thread that overlaps with the second is between them. */
  readonly adjacent: boolean;
}

/**
 * A multi-copy-atomic machine with the compilation scheme for it: an execution is allowed if, for some order of the writes of each byte (co), the thread's own
 * accesses of each byte agree with it (internal), no write comes between a read-modify-write's two halves (atomic), and its own order with rf, co and fr
 * between threads has no cycle (external).
 */
export interface Machine {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  /** Whether a read-modify-write is compiled to two accesses that others may come between (of other bytes). */
  readonly splitsUpdates: boolean;
  /** Whether a Wasm fence of this order becomes one that orders everything. */
  fences(order: Letter['order']): boolean;
  /** Whether the machine keeps two accesses of a thread in order. */
  keeps(pair: Pair): boolean;
}

export function compile(machine: Machine, program: BoundedProgram): Compiled {
  const nodes: Node[] = [];
  const reading = new Int8Array(program.count).fill(-1);
  const writing = new Int8Array(program.count).fill(-1);
  for (let event = 0; event < program.count; event++) {
    const place = placeOf(program, event);
    const letter = letterOf(program, event);
    if (place === null) continue;
    const reads = letter.kind !== 'wr';
    const writes = letter.kind !== 'rd';
    if (reads) reading[event] = nodes.length;
    if (reads && writes && machine.splitsUpdates) {
      nodes.push({ event, letter, place, reads: true, writes: false });
      writing[event] = nodes.length;
      nodes.push({ event, letter, place, reads: false, writes: true });
      continue;
    }
    if (writes) writing[event] = nodes.length;
    nodes.push({ event, letter, place, reads, writes });
  }
  return { nodes, reading, writing, order: orderOf(machine, program, nodes) };
}

function orderOf(machine: Machine, program: BoundedProgram, nodes: readonly Node[]): Int32Array {
  const order = new Int32Array(nodes.length);
  for (const [a, first] of nodes.entries()) {
    for (const [b, second] of nodes.entries()) {
      if (b <= a || program.thread[first.event] !== program.thread[second.event]) continue;
      const pair = {
        first,
        second,
        fenced: isFenced(machine, program, first, second),
        adjacent: isAdjacent(nodes, a, b),
      };
      if (machine.keeps(pair)) addOrdered(order, a, b);
    }
  }
  return order;
}

function isFenced(machine: Machine, program: BoundedProgram, first: Node, second: Node): boolean {
  for (let event = first.event + 1; event < second.event; event++) {
    const { kind, order } = letterOf(program, event);
    if (kind === 'fence' && machine.fences(order)) return true;
  }
  return false;
}

function isAdjacent(nodes: readonly Node[], a: number, b: number): boolean {
  const second = nodes[b] as Node;
  if (!overlap((nodes[a] as Node).place, second.place)) return false;
  return !nodes.slice(a + 1, b).some(({ writes, place }) => writes && overlap(place, second.place));
}

/** In a closed order as rows of bits: adds an edge and what follows. Says whether that makes no cycle. */
export function addOrdered(order: Int32Array, from: number, to: number): boolean {
  if (from === to) return false;
  const after = (order[to] as number) | (1 << to);
  if (((after >>> from) & 1) === 1) return false;
  if ((((order[from] as number) >>> to) & 1) === 1) return true;
  for (let x = 0; x < order.length; x++) {
    const row = order[x] as number;
    if (x === from || ((row >>> from) & 1) === 1) order[x] = row | after;
  }
  return true;
}

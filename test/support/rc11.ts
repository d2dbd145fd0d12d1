import { isAccess, isReading, isWriting } from '../../src/event/action.ts';
import type { Execution } from '../../src/event/execution.ts';

/**
 * RC11 [Lahav, Vafeiadis, Kang, Hur, Dreyer: Repairing sequential consistency in C/C++11, PLDI 2017] on the fragment that Weft maps to C11: atomic accesses and fences,
 * acqrel (acquire loads, release stores, acq_rel updates and fences) or seqcst, of places that do not overlap; initial writes are not atomic and come first. Written from
 * the paper, apart from `src/model` and `models/rc11.cat`. An update is one event, so that rf;rmw is rf to an update.
 */
export function judgeByRc11(execution: Execution): Rc11Verdict {
  const graph = graphOf(execution);
  if (!graph.acyclic) return 'forbidden';
  let verdict: Rc11Verdict = 'forbidden';
  someModificationOrder(graph, (mo) => {
    const judged = judge(graph, mo);
    if (judged !== 'forbidden') verdict = judged;
    return judged === 'allowed with hb';
  });
  return verdict;
}

/** `allowed with hb`: also if the order of seqcst events must contain all of hb, as in C11, where RC11 asks for scb only. */
export type Rc11Verdict = 'forbidden' | 'allowed' | 'allowed with hb';

/** A relation: bit b of row a says that a and b are related. */
type Rows = readonly number[];

interface Graph {
  readonly size: number;
  readonly sb: Rows;
  readonly rf: Rows;
  readonly sameLoc: Rows;
  readonly hb: Rows;
  /** Whether hb, and sb ∪ rf, have no cycle. */
  readonly acyclic: boolean;
  /** The writes of each location, the initial one first. */
  readonly writes: readonly (readonly number[])[];
  readonly updates: number;
  readonly seqcst: number;
  readonly seqcstFences: number;
}

function graphOf({ events, rf: from }: Execution): Graph {
  const size = events.length;
  const rows = (): number[] => Array.from({ length: size }, () => 0);
  const [sb, rf, sameLoc] = [rows(), rows(), rows()];
  const writes = new Map<number, number[]>();
  let [reads, writers, updates, fences, releases, acquires, seqcst] = [0, 0, 0, 0, 0, 0, 0];
  const places = events.map(({ actions }) => actions.filter(isAccess).map(({ offset }) => offset));
  for (const e of events) {
    const bit = 1 << e.id;
    for (const b of events) {
      const initial = e.id === 0 && b.id !== 0;
      if (initial || (e.thread === b.thread && e.index < b.index)) sb[e.id] = (sb[e.id] ?? 0) | (1 << b.id);
      const same =
        e.id !== 0 && b.id !== 0 && places[e.id]?.[0] !== undefined && places[e.id]?.[0] === places[b.id]?.[0];
      if (same) sameLoc[e.id] = (sameLoc[e.id] ?? 0) | (1 << b.id);
    }
    if (e.fence !== null) {
      fences |= bit;
      releases |= bit;
      acquires |= bit;
      if (e.fence === 'seqcst') seqcst |= bit;
    }
    if (e.id === 0) continue;
    e.actions.forEach((action, a) => {
      if (!isAccess(action)) return;
      if (action.order === 'seqcst') seqcst |= bit;
      if (isReading(action)) {
        reads |= bit;
        acquires |= bit;
        const writer = from[e.id]?.[a]?.[0] ?? 0;
        rf[writer] = (rf[writer] ?? 0) | bit;
      }
      if (isWriting(action)) {
        writers |= bit;
        releases |= bit;
        const order = writes.get(action.offset) ?? [0];
        writes.set(action.offset, [...order, e.id]);
        if (isReading(action)) updates |= bit;
      }
    });
  }
  for (const offset of places.slice(1).flat()) if (!writes.has(offset)) writes.set(offset, [0]);
  const sbLoc = both(sb, sameLoc);
  const rs = then(within(writers, optional(sbLoc), writers), closed(optional(within(-1, rf, updates))));
  const toFence = optional(within(fences, sb, -1));
  const fromFence = optional(within(-1, sb, fences));
  const sw = within(
    releases,
    then(then(then(then(toFence, rs), within(-1, rf, reads)), fromFence), identity(size)),
    acquires,
  );
  const hb = closed(either(sb, sw));
  const acyclic = isIrreflexive(hb) && isIrreflexive(closed(either(sb, rf)));
  const orders = [...writes.values()];
  return { size, sb, rf, sameLoc, hb, acyclic, writes: orders, updates, seqcst, seqcstFences: seqcst & fences };
}

/** Whether some total order of the writes of each location, the initial one first, passes the test; one that hb contradicts would fail coherence. */
function someModificationOrder(graph: Graph, passes: (mo: Rows) => boolean): boolean {
  const mo = Array.from({ length: graph.size }, () => 0);
  const place = (location: number, left: readonly number[], placed: readonly number[]): boolean => {
    if (left.length === 0) {
      const next = graph.writes[location + 1];
      return next === undefined ? passes(mo) : place(location + 1, next.slice(1), [0]);
    }
    for (const write of left) {
      const rest = left.filter((other) => other !== write);
      if (rest.some((other) => has(graph.hb, other, write))) continue;
      for (const before of placed) mo[before] = (mo[before] ?? 0) | (1 << write);
      if (place(location, rest, [...placed, write])) return true;
      for (const before of placed) mo[before] = (mo[before] ?? 0) & ~(1 << write);
    }
    return false;
  };
  const first = graph.writes[0];
  return first === undefined ? passes(mo) : place(0, first.slice(1), [0]);
}

function judge(graph: Graph, mo: Rows): Rc11Verdict {
  const { sb, rf, hb, sameLoc, updates, seqcst, seqcstFences, size } = graph;
  const rb = without(readsBefore(graph, mo), identity(size));
  const eco = closed(either(either(rf, mo), rb));
  if (!isIrreflexive(then(hb, optional(eco)))) return 'forbidden';
  if (!isIrreflexive(within(updates, then(rb, mo), updates))) return 'forbidden';
  const before = either(within(seqcst, identity(size), seqcst), within(seqcstFences, optional(hb), -1));
  const after = either(within(seqcst, identity(size), seqcst), within(-1, optional(hb), seqcstFences));
  const fences = within(seqcstFences, either(hb, then(then(hb, eco), hb)), seqcstFences);
  const isOrdered = (step: Rows): boolean => {
    const base = then(then(before, step), after);
    return isIrreflexive(closed(either(base, fences)));
  };
  if (isOrdered(either(hb, either(mo, rb)))) return 'allowed with hb';
  const elsewhere = without(sb, sameLoc);
  const across = then(then(elsewhere, hb), elsewhere);
  const scb = either(either(either(sb, across), either(both(hb, sameLoc), mo)), rb);
  return isOrdered(scb) ? 'allowed' : 'forbidden';
}

/** rf⁻¹;mo, of one location at a time: the initial write is in several. */
function readsBefore({ rf, sameLoc, size }: Graph, mo: Rows): Rows {
  const result = Array.from({ length: size }, () => 0);
  for (let writer = 0; writer < size; writer++) {
    for (let read = 1; read < size; read++) {
      if (has(rf, writer, read)) result[read] = (mo[writer] ?? 0) & ((sameLoc[read] ?? 0) | (1 << read));
    }
  }
  return result;
}

function has(a: Rows, x: number, y: number): boolean {
  return (((a[x] ?? 0) >>> y) & 1) === 1;
}

function identity(size: number): Rows {
  return Array.from({ length: size }, (_, i) => 1 << i);
}

function either(a: Rows, b: Rows): Rows {
  return a.map((row, i) => row | (b[i] ?? 0));
}

function both(a: Rows, b: Rows): Rows {
  return a.map((row, i) => row & (b[i] ?? 0));
}

function without(a: Rows, b: Rows): Rows {
  return a.map((row, i) => row & ~(b[i] ?? 0));
}

function optional(a: Rows): Rows {
  return a.map((row, i) => row | (1 << i));
}

/** [from]; a; [to], of sets as bits. */
function within(from: number, a: Rows, to: number): Rows {
  return a.map((row, i) => (((from >>> i) & 1) === 1 ? row & to : 0));
}

/** a; b */
function then(a: Rows, b: Rows): Rows {
  return a.map((row) => {
    let result = 0;
    for (let left = row; left !== 0; left &= left - 1) result |= b[31 - Math.clz32(left & -left)] ?? 0;
    return result;
  });
}

/** The transitive closure. */
function closed(a: Rows): Rows {
  const rows = [...a];
  for (let k = 0; k < rows.length; k++) {
    for (let i = 0; i < rows.length; i++) if (has(rows, i, k)) rows[i] = (rows[i] ?? 0) | (rows[k] ?? 0);
  }
  return rows;
}

function isIrreflexive(a: Rows): boolean {
  return a.every((row, i) => ((row >>> i) & 1) === 0);
}

import type { EventId } from '../../event/execution.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { Link, LinkKind, Path, Steps } from './links.ts';
import { named } from './links.ts';
import { shortestPath } from './paths.ts';
import type { Constraint } from '../total-order.ts';
import { solveOrder } from '../total-order.ts';

/** Why no `tot` fulfils some constraints: lines that each force an edge, then a contradiction or two cases. */
export interface Argument {
  readonly lines: readonly Line[];
  readonly end: Contradiction | Cases;
}

/** All edges that a constraint offers but one are impossible, so that one is in `tot`. */
export interface Line {
  readonly constraint: Constraint;
  readonly forces: Edge;
  readonly impossible: readonly Impossible[];
}

/** All edges that a constraint offers are impossible. */
export interface Contradiction {
  readonly kind: 'contradiction';
  readonly constraint: Constraint;
  readonly impossible: readonly Impossible[];
}

/** `edge` is supposed, and then its converse. */
export interface Cases {
  readonly kind: 'cases';
  readonly constraint: Constraint;
  readonly edge: Edge;
  readonly first: Argument;
  readonly second: Argument;
}

export interface Edge {
  readonly from: EventId;
  readonly to: EventId;
}

/** An edge that cannot be, because of a way in the other direction (empty if it joins an event to itself). */
export interface Impossible {
  readonly edge: Edge;
  readonly because: Path;
}

/** Constraints beyond which pairs are not tried one by one. */
const MANY = 48;

/**
 * Small sets of constraints that no total order containing `within` fulfils, none of which can be left out: every single one, else every pair, else one set
 * from which constraints were taken away while it stayed contradictory. None if some order fulfils all.
 */
export function conflicts(within: BitMatrix, constraints: readonly Constraint[]): (readonly Constraint[])[] {
  if (fulfils(within, constraints)) return [];
  const singles = constraints.filter((c) => !fulfils(within, [c])).map((c) => [c]);
  if (singles.length > 0) return singles;
  if (constraints.length <= MANY) {
    const pairs = constraints.flatMap((a, i) => constraints.slice(i + 1).map((b) => [a, b] as const));
    const bad = pairs.filter((pair) => !fulfils(within, pair));
    if (bad.length > 0) return bad;
  }
  const ways = [reduce(within, constraints), reduce(within, constraints.toReversed())];
  return ways.toSorted((a, b) => a.length - b.length).slice(0, 1);
}

function fulfils(within: BitMatrix, constraints: readonly Constraint[]): boolean {
  return 'order' in solveOrder(within.copy(), constraints);
}

function reduce(within: BitMatrix, constraints: readonly Constraint[]): readonly Constraint[] {
  let kept = constraints;
  for (const constraint of constraints) {
    const fewer = kept.filter((other) => other !== constraint);
    if (!fulfils(within, fewer)) kept = fewer;
  }
  return kept;
}

/** What is known at a point of an argument: the edges with their names, and all that follows. */
interface Known {
  readonly direct: BitMatrix;
  readonly closed: BitMatrix;
  readonly forced: ReadonlySet<string>;
  readonly supposed: ReadonlySet<string>;
}

/** Argues that the constraints, a conflict within `within`, cannot be fulfilled. */
export function argue(within: BitMatrix, steps: Steps, constraints: readonly Constraint[]): Argument {
  const direct = new BitMatrix(within.size);
  for (const [a, b] of steps.matrix.pairs()) if (within.has(a, b)) direct.add(a, b);
  const made = direct.copy().close();
  for (const [a, b] of within.pairs()) if (!made.has(a, b)) direct.add(a, b);
  const start: Known = { direct, closed: within.copy(), forced: new Set(), supposed: new Set() };
  return pruned(argueFrom(start, constraints, steps));
}

function argueFrom(start: Known, constraints: readonly Constraint[], steps: Steps): Argument {
  const lines: Line[] = [];
  let known = start;
  let open = constraints;
  for (;;) {
    open = open.filter(({ either }) => !edgesOf(either).some(({ from, to }) => known.closed.has(from, to)));
    const choices = open.map((constraint) => ({
      constraint,
      left: edgesOf(constraint.either).filter((e) => isOpen(known, e)),
    }));
    const none = choices.find(({ left }) => left.length === 0);
    if (none !== undefined) {
      const { constraint } = none;
      return { lines, end: { kind: 'contradiction', constraint, impossible: impossible(known, constraint, steps) } };
    }
    const one = choices.find(({ left }) => left.length === 1);
    if (one !== undefined) {
      const forces = one.left[0] as Edge;
      lines.push({ constraint: one.constraint, forces, impossible: impossible(known, one.constraint, steps) });
      known = extended(known, forces, 'forced');
      continue;
    }
    const { constraint, left } = choices[0] as (typeof choices)[number];
    const edge = left[0] as Edge;
    const converse = { from: edge.to, to: edge.from };
    const first = argueFrom(extended(known, edge, 'supposed'), open, steps);
    const second = argueFrom(extended(known, converse, 'supposed'), open, steps);
    return { lines, end: { kind: 'cases', constraint, edge, first, second } };
  }
}

export function edgesOf(either: readonly number[]): Edge[] {
  const edges: Edge[] = [];
  for (let i = 0; i < either.length; i += 2) edges.push({ from: either[i] as EventId, to: either[i + 1] as EventId });
  return edges;
}

function isOpen({ closed }: Known, { from, to }: Edge): boolean {
  return from !== to && !closed.has(to, from);
}

function extended(known: Known, { from, to }: Edge, how: 'forced' | 'supposed'): Known {
  const direct = known.direct.copy();
  const closed = known.closed.copy();
  const names = new Set(known[how]).add(`${from},${to}`);
  direct.add(from, to);
  closed.addClosed(from, to);
  return { ...known, direct, closed, [how]: names };
}

function impossible(known: Known, { either }: Constraint, steps: Steps): Impossible[] {
  const nameOf = (a: EventId, b: EventId): LinkKind => {
    if (known.forced.has(`${a},${b}`)) return 'forced';
    return known.supposed.has(`${a},${b}`) ? 'supposed' : steps.nameOf(a, b);
  };
  return edgesOf(either)
    .filter((edge) => !isOpen(known, edge))
    .map((edge) => {
      const path = edge.from === edge.to ? [] : (shortestPath(known.direct, edge.to, edge.from) ?? []);
      return { edge, because: named(path, nameOf) };
    });
}

/** Leaves out the lines on which nothing rests. */
function pruned(argument: Argument): Argument {
  const used = new Set<string>();
  return keepUsed(argument, used);
}

function keepUsed({ lines, end }: Argument, used: Set<string>): Argument {
  const note = (list: readonly Impossible[]): void => {
    for (const { because } of list) for (const link of because) if (link.kind === 'forced') used.add(keyOf(link));
  };
  let kept = end;
  if (end.kind === 'contradiction') note(end.impossible);
  else {
    const first = keepUsed(end.first, used);
    const second = keepUsed(end.second, used);
    kept = { ...end, first, second };
  }
  const needed: Line[] = [];
  for (const line of lines.toReversed()) {
    if (!used.has(keyOf(line.forces))) continue;
    note(line.impossible);
    needed.push(line);
  }
  return { lines: needed.toReversed(), end: kept };
}

function keyOf({ from, to }: Edge | Link): string {
  return `${from},${to}`;
}

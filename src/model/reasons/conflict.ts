import type { EventId } from '../../event/execution.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import type { LinkKind, Path, Steps } from './links.ts';
import { named } from './links.ts';
import { shortestPath } from './paths.ts';
import type { Demands } from '../model.ts';
import type { Constraint } from '../total-order.ts';
import { solveOrder } from '../total-order.ts';

/** What an axiom asks of the orders on behalf of some events: one of the edges. */
export interface Asked {
  readonly axiom: string;
  readonly events: readonly EventId[];
  readonly either: readonly Edge[];
}

/** An edge of `tot`, or of the modification order of a range. */
export interface Edge {
  readonly order: 'tot' | 'mo';
  readonly from: EventId;
  readonly to: EventId;
}

/** Why no orders fulfil what is asked: lines that each force an edge, then a contradiction or two cases. */
export interface Argument {
  readonly lines: readonly Line[];
  readonly end: Contradiction | Cases;
}

/** All edges that are asked for but one are impossible, so that one is in its order. */
export interface Line {
  readonly asked: Asked;
  readonly forces: Edge;
  readonly impossible: readonly Impossible[];
}

/** All edges that are asked for are impossible. */
export interface Contradiction {
  readonly kind: 'contradiction';
  readonly asked: Asked;
  readonly impossible: readonly Impossible[];
}

/** `edge` is supposed, and then its converse. */
export interface Cases {
  readonly kind: 'cases';
  readonly edge: Edge;
  readonly first: Argument;
  readonly second: Argument;
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

/** An edge between elements: events, and the places of writes in modification orders, which are numbered after them. */
interface RawEdge {
  readonly from: number;
  readonly to: number;
}

/** What is known at a point of an argument: the edges with their names, and all that follows. */
interface Known {
  readonly direct: BitMatrix;
  readonly closed: BitMatrix;
  readonly forced: ReadonlySet<string>;
  readonly supposed: ReadonlySet<string>;
}

/** Argues that the constraints, a conflict, cannot be fulfilled. */
export function argue(demands: Demands, steps: Steps, constraints: readonly Constraint[]): Argument {
  const { within } = demands;
  const direct = new BitMatrix(within.size);
  for (const [a, b] of steps.matrix.pairs()) if (within.has(a, b)) direct.add(a, b);
  const made = direct.copy().close();
  for (const [a, b] of within.pairs()) if (!made.has(a, b)) direct.add(a, b);
  const start: Known = { direct, closed: within.copy(), forced: new Set(), supposed: new Set() };
  return pruned(argueFrom(start, constraints, steps, demands));
}

function argueFrom(start: Known, constraints: readonly Constraint[], steps: Steps, demands: Demands): Argument {
  const lines: Line[] = [];
  let known = start;
  let open = constraints;
  const edgeOf = (edge: RawEdge): Edge => edgeBetween(edge, demands);
  const refuted = (constraint: Constraint): Pick<Line, 'asked' | 'impossible'> => ({
    asked: askedBy(constraint, demands),
    impossible: edgesOf(constraint)
      .filter((edge) => !isOpen(known, edge))
      .map((edge) => ({ edge: edgeOf(edge), because: wayBack(known, edge, steps, edgeOf) })),
  });
  for (;;) {
    open = open.filter((constraint) => !edgesOf(constraint).some(({ from, to }) => known.closed.has(from, to)));
    const choices = open.map((constraint) => ({
      constraint,
      left: edgesOf(constraint).filter((edge) => isOpen(known, edge)),
    }));
    const none = choices.find(({ left }) => left.length === 0);
    if (none !== undefined) return { lines, end: { kind: 'contradiction', ...refuted(none.constraint) } };
    const one = choices.find(({ left }) => left.length === 1);
    if (one !== undefined) {
      const forces = one.left[0] as RawEdge;
      lines.push({ forces: edgeOf(forces), ...refuted(one.constraint) });
      known = extended(known, forces, 'forced');
      continue;
    }
    const edge = choices[0]?.left[0] as RawEdge;
    const converse = { from: edge.to, to: edge.from };
    const first = argueFrom(extended(known, edge, 'supposed'), open, steps, demands);
    const second = argueFrom(extended(known, converse, 'supposed'), open, steps, demands);
    return { lines, end: { kind: 'cases', edge: edgeOf(edge), first, second } };
  }
}

/** A constraint in terms of events. */
export function askedBy(constraint: Constraint, demands: Demands): Asked {
  const { axiom, events } = constraint;
  return { axiom, events, either: edgesOf(constraint).map((edge) => edgeBetween(edge, demands)) };
}

function edgesOf({ either }: Constraint): RawEdge[] {
  return either.flatMap((from, i) => (i % 2 === 0 ? [{ from, to: either[i + 1] as number }] : []));
}

function edgeBetween({ from, to }: RawEdge, { within, placed }: Demands): Edge {
  const events = within.size - placed.length;
  if (from < events) return { order: 'tot', from: from as EventId, to: to as EventId };
  return { order: 'mo', from: placed[from - events] as EventId, to: placed[to - events] as EventId };
}

function isOpen({ closed }: Known, { from, to }: RawEdge): boolean {
  return from !== to && !closed.has(to, from);
}

function extended(known: Known, { from, to }: RawEdge, how: 'forced' | 'supposed'): Known {
  const direct = known.direct.copy();
  const closed = known.closed.copy();
  const names = new Set(known[how]).add(`${from},${to}`);
  direct.add(from, to);
  closed.addClosed(from, to);
  return { ...known, direct, closed, [how]: names };
}

/** The way that makes an edge impossible. */
function wayBack(known: Known, { from, to }: RawEdge, steps: Steps, edgeOf: (edge: RawEdge) => Edge): Path {
  if (from === to) return [];
  const nameOf = (a: number, b: number): LinkKind => {
    if (known.forced.has(`${a},${b}`)) return 'forced';
    return known.supposed.has(`${a},${b}`) ? 'supposed' : steps.nameOf(a, b);
  };
  const path = shortestPath(known.direct, to, from) ?? [];
  return named(path, nameOf).map((link) => ({ kind: link.kind, ...edgeOf(link) }));
}

/** Leaves out the lines on which nothing rests. */
function pruned(argument: Argument): Argument {
  return keepUsed(argument, new Set());
}

function keepUsed({ lines, end }: Argument, used: Set<string>): Argument {
  const note = (list: readonly Impossible[]): void => {
    for (const { because } of list) for (const link of because) if (link.kind === 'forced') used.add(edgeKey(link));
  };
  let kept = end;
  if (end.kind === 'contradiction') note(end.impossible);
  else kept = { ...end, first: keepUsed(end.first, used), second: keepUsed(end.second, used) };
  const needed: Line[] = [];
  for (const line of lines.toReversed()) {
    if (!used.has(edgeKey(line.forces))) continue;
    note(line.impossible);
    needed.push(line);
  }
  return { lines: needed.toReversed(), end: kept };
}

/** Equal for equal edges. */
export function edgeKey({ order, from, to }: Pick<Edge, 'from' | 'to'> & { readonly order?: Edge['order'] }): string {
  return `${order ?? 'tot'} ${from} ${to}`;
}

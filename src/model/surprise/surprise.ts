import type { Action } from '../../event/action.ts';
import { isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId, Execution } from '../../event/execution.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import { sc } from '../definitions.ts';
import type { Disagreement } from './disagreement.ts';
import { disagreementIn } from './disagreement.ts';
import { allocationsBefore } from '../reasons/links.ts';
import { nativeModel } from '../native.ts';
import type { Pieces } from './pieces.ts';
import { cut, whole } from './pieces.ts';
import { smallestHittingSets } from '../reasons/hitting-sets.ts';
import type { Constraint } from '../total-order.ts';
import { solveOrder } from '../total-order.ts';

/** What is surprising about a consistent execution, beside sequential consistency. */
export type Surprise =
  /** Nothing: `order` is an interleaving of the threads in which every read takes the latest write. */
  | { readonly kind: 'none'; readonly order: readonly EventId[] }
  /**
   * One order of single steps explains it only if what is listed is given up. `tearing`: a read is several steps. `disagreement`: two threads see two writes in
   * opposite orders, and the order of what they do was not for them to change. `reordering`: all else.
   */
  | {
      readonly kind: 'reordering' | 'tearing' | 'disagreement';
      /** Reads that take their units at different times. */
      readonly torn: readonly EventId[];
      /** The smallest sets of pairs of program order without which an interleaving explains it; a few of them, the likeliest first. */
      readonly ways: readonly Way[];
      /** Whether the pairs are ones that acquire, release, seqcst or a fence would keep. */
      readonly againstOrders: boolean;
      readonly disagreement: Disagreement | null;
    }
  /** No order of single steps explains it, in whatever order the threads take theirs; perhaps since `updates` were not done at one instant. */
  | { readonly kind: 'no-order'; readonly updates: readonly EventId[] };

/** Two events of a thread, the one before the other in program order. */
export interface PoPair {
  readonly from: EventId;
  readonly to: EventId;
}

export interface Way {
  /** Pairs in program order, taken in the other order. */
  readonly reordered: readonly PoPair[];
  /** An order of all events in which every read takes the latest write. */
  readonly order: readonly Step[];
}

/** An event, or a piece of a torn one: what it reads from `from` to before `to`, counted in the region. */
export interface Step {
  readonly event: EventId;
  readonly piece: { readonly from: number; readonly to: number } | null;
}

/** What an order of single steps must satisfy, apart from program order between what may move, which is `soft`. */
interface Puzzle {
  readonly pieces: Pieces;
  readonly hard: BitMatrix;
  readonly soft: readonly PoPair[];
  readonly constraints: readonly Constraint[];
}

const latest = nativeModel({ base: sc, without: 'hb-irreflexive' });

/** Ways of one size that are told. */
const MOST_WAYS = 4;

/** Compares a consistent execution with sequential consistency. */
export function surpriseOf(execution: Execution): Surprise {
  const plain = puzzle(whole(execution));
  const order = solve(plain, []);
  if (order !== null) return { kind: 'none', order };
  const disagreement = disagreementIn(execution);
  const easy = explainBy(plain, true);
  if (easy !== null) return { kind: 'reordering', torn: [], ways: easy, againstOrders: false, disagreement };
  for (const onlyEasy of [true, false]) {
    for (const torn of tornSets(execution)) {
      const ways = explainBy(puzzle(cut(execution, torn)), onlyEasy);
      if (ways === null) continue;
      const kind = torn.length > 0 ? 'tearing' : disagreement === null ? 'reordering' : 'disagreement';
      return { kind, torn, ways, againstOrders: !onlyEasy, disagreement };
    }
  }
  const updates = execution.events.filter(({ actions }) => actions.some(({ kind }) => kind === 'rmw'));
  return { kind: 'no-order', updates: updates.map(({ id }) => id) };
}

/** Sets of reads to cut into pieces, none first: each read that mixes writes alone, then all of them. */
function tornSets({ events, rf }: Execution): EventId[][] {
  const mixed = events
    .filter(({ id, actions }) => actions.some((a, i) => a.kind === 'rd' && new Set(rf[id]?.[i] ?? []).size > 1))
    .map(({ id }) => id);
  const singles = mixed.map((id) => [id]);
  return mixed.length > 1 ? [[], ...singles, mixed] : [[], ...singles];
}

function puzzle(pieces: Pieces): Puzzle {
  const { execution, of } = pieces;
  const hard = allocationsBefore(execution);
  for (const [a, b] of execution.asw) hard.add(a, b);
  const soft: PoPair[] = [];
  for (const later of execution.events) {
    for (const earlier of execution.events.slice(0, later.id)) {
      if (earlier.thread !== later.thread || of[earlier.id] === of[later.id]) continue;
      if (isMovable(earlier) && isMovable(later)) soft.push({ from: earlier.id, to: later.id });
      else hard.add(earlier.id, later.id);
    }
  }
  return { pieces, hard, soft, constraints: latest.demands?.(execution).constraints ?? [] };
}

/** Accesses, fences, waits and notifies may be taken in another order; what starts, ends and wakes threads may not. */
function isMovable({ kind }: Event): boolean {
  return ['access', 'grow', 'fence', 'wait', 'notify'].includes(kind);
}

function explainBy(problem: Puzzle, onlyEasy: boolean): Way[] | null {
  const { events } = problem.pieces.execution;
  const given = problem.soft.filter(({ from, to }) => !onlyEasy || mayPass(events[from] as Event, events[to] as Event));
  const solves = (dropped: readonly PoPair[]): boolean => solve(problem, dropped) !== null;
  const sets = smallestHittingSets(given, solves, { sets: MOST_WAYS, size: Infinity });
  if (sets === null) return null;
  return sets.map((dropped) => ({
    reordered: dropped.map(({ from, to }) => ({
      from: problem.pieces.of[from] as EventId,
      to: problem.pieces.of[to] as EventId,
    })),
    order: (solve(problem, dropped) ?? []).map((id) => ({
      event: problem.pieces.of[id] as EventId,
      piece: problem.pieces.pieceOf[id] ?? null,
    })),
  }));
}

/** An order that satisfies everything but the pairs that are dropped; null if there is none. */
function solve({ hard, soft, constraints }: Puzzle, dropped: readonly PoPair[]): readonly EventId[] | null {
  const start = hard.copy();
  for (const edge of soft) if (!dropped.includes(edge)) start.add(edge.from, edge.to);
  start.close();
  if (start.reflexivePoint() >= 0) return null;
  const solved = solveOrder(start, constraints);
  return 'order' in solved ? solved.order : null;
}

/**
 * Whether the orders of two events, one after the other, let them change places as compilers and processors do: nothing passes an acquire
 * upwards or a release downwards, and of two seqcst ones none passes the other. An acqrel fence lets stores sink and loads rise; a seqcst fence and a queue's
 * operations let nothing pass.
 */
function mayPass(earlier: Event, later: Event): boolean {
  if ([earlier, later].some(({ kind, fence }) => kind === 'wait' || kind === 'notify' || fence === 'seqcst'))
    return false;
  if (earlier.fence !== null) return !later.actions.some(isWriting);
  if (later.fence !== null) return !earlier.actions.some(isReading);
  const acquires = earlier.actions.some((a) => isReading(a) && isStrong(a));
  const releases = later.actions.some((a) => isWriting(a) && isStrong(a));
  const both = [earlier, later].every(({ actions }) => actions.some((a) => 'order' in a && a.order === 'seqcst'));
  return !acquires && !releases && !both;
}

function isStrong(action: Action): boolean {
  return 'order' in action && (action.order === 'acqrel' || action.order === 'seqcst');
}

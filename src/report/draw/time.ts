import { isAccess, isReading, isWriting } from '../../event/action.ts';
import type { Event, EventId } from '../../event/execution.ts';
import { covers, overlaps } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';

/** Beyond these the search is given up and `tot` is drawn. */
const MAX_STEPS = 20_000;
const MAX_CELLS = 4096;
const MAX_EVENTS = 1000;
const MAX_MISSES = 6;

/**
 * The order in which a picture's events follow each other: the one in which the fewest reads miss the latest write (none, in
 * a sequentially consistent execution). It extends happens-before, and keeps the witness's `tot` between overlapping
 * accesses of which one is seqcst, which is all that the axioms say of `tot`; so it justifies the execution as `tot` does.
 */
export function timeLine(witness: Witness): readonly EventId[] {
  const cells = readCells(witness.execution.events);
  if (cells.length > MAX_CELLS || witness.tot.length > MAX_EVENTS) return witness.tot;
  const threads = threadSteps(witness, cells);
  const budget = { steps: MAX_STEPS };
  if (witness.sequentiallyConsistent) return search(threads, cells.length, 0, budget) ?? witness.tot;
  for (let misses = 1; misses <= MAX_MISSES && budget.steps > 0; misses++) {
    const order = search(threads, cells.length, misses, budget);
    if (order !== null) return order;
  }
  return witness.tot;
}

/** A unit that some event reads. */
interface Cell {
  readonly region: number;
  readonly unit: number;
}

interface Step {
  readonly event: EventId;
  readonly rank: number;
  /** For each thread, how many of its steps must come before. */
  readonly after: readonly number[];
  readonly reads: readonly { readonly cell: number; readonly writer: EventId }[];
  readonly writes: readonly number[];
}

/** Depth-first over interleavings, `misses` reads of which may miss the latest write; null if there is none (or no budget left). */
function search(
  threads: readonly (readonly Step[])[],
  cells: number,
  misses: number,
  budget: { steps: number },
): EventId[] | null {
  const total = threads.reduce((sum, steps) => sum + steps.length, 0);
  const memory = new Int32Array(cells).fill(-1);
  const position = threads.map(() => 0);
  const order: EventId[] = [];
  const dead = new Set<string>();
  const isMiss = (step: Step) => step.reads.some(({ cell, writer }) => memory[cell] !== writer);

  const visit = (left: number): boolean => {
    if (order.length === total) return true;
    const key = (): string => `${position.join()}|${memory.join()}|${left}`;
    // Most executions are found without a step back, and then no key is made.
    const here = dead.size === 0 ? null : key();
    if ((here !== null && dead.has(here)) || budget.steps-- <= 0) return false;
    const next = threads
      .flatMap((steps, t) => {
        const step = steps[position[t] ?? 0];
        return step?.after.every((n, other) => (position[other] ?? 0) >= n)
          ? [{ step, t, cost: isMiss(step) ? 1 : 0 }]
          : [];
      })
      .toSorted((a, b) => a.cost - b.cost || a.step.rank - b.step.rank);
    for (const { step, t, cost } of next) {
      if (cost > left) continue;
      const overwritten = step.writes.map((cell) => memory[cell] ?? -1);
      position[t] = (position[t] ?? 0) + 1;
      order.push(step.event);
      for (const cell of step.writes) memory[cell] = step.event;
      if (visit(left - cost)) return true;
      for (const [i, cell] of step.writes.entries()) memory[cell] = overwritten[i] ?? -1;
      order.pop();
      position[t] = (position[t] ?? 0) - 1;
    }
    dead.add(here ?? key());
    return false;
  };
  return visit(misses) ? order : null;
}

function readCells(events: readonly Event[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const action of events.flatMap((event) => event.actions)) {
    if (!isReading(action)) continue;
    for (let unit = action.offset; unit < action.offset + action.size && cells.size <= MAX_CELLS; unit++) {
      cells.set(`${action.region}:${unit}`, { region: action.region, unit });
    }
  }
  return [...cells.values()];
}

/** Every thread's steps in program order. */
function threadSteps(witness: Witness, cells: readonly Cell[]): Step[][] {
  const { execution } = witness;
  const byRegion = new Map<number, (readonly [unit: number, cell: number])[]>();
  for (const [cell, { region, unit }] of cells.entries()) {
    const own = byRegion.get(region);
    if (own === undefined) byRegion.set(region, [[unit, cell]]);
    else own.push([unit, cell]);
  }
  const rank = new Map(witness.tot.map((id, i) => [id, i]));
  const threads = execution.threads.map((thread) =>
    execution.events.filter((event) => event.thread === thread.id).toSorted((a, b) => a.index - b.index),
  );
  const isBefore = (a: Event, b: Event) =>
    witness.relations.hb.has(a.id, b.id) ||
    (!witness.sequentiallyConsistent && (rank.get(a.id) ?? 0) < (rank.get(b.id) ?? 0) && fixedByAxioms(a, b));
  return threads.map((own) =>
    own.map((event) => ({
      event: event.id,
      rank: rank.get(event.id) ?? 0,
      after: threads.map((others) =>
        others === own ? 0 : others.findLastIndex((other) => isBefore(other, event)) + 1,
      ),
      ...cellsOf(witness, event, byRegion),
    })),
  );
}

function fixedByAxioms(a: Event, b: Event): boolean {
  return a.actions
    .filter(isAccess)
    .some((x) =>
      b.actions.filter(isAccess).some((y) => (x.order === 'seqcst' || y.order === 'seqcst') && overlaps(x, y)),
    );
}

function cellsOf(
  { execution }: Witness,
  event: Event,
  cells: ReadonlyMap<number, readonly (readonly [unit: number, cell: number])[]>,
): Pick<Step, 'reads' | 'writes'> {
  const reads: { cell: number; writer: EventId }[] = [];
  const writes: number[] = [];
  for (const [a, action] of event.actions.entries()) {
    if (!isAccess(action)) continue;
    const writers = execution.rf[event.id]?.[a];
    for (const [unit, cell] of cells.get(action.region) ?? []) {
      if (!covers(action, unit)) continue;
      const writer = writers?.[unit - action.offset];
      if (writer !== undefined) reads.push({ cell, writer });
      if (isWriting(action)) writes.push(cell);
    }
  }
  return { reads, writes };
}

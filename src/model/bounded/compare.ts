import type { Execution } from '../../event/execution.ts';
import type { Model, Verdict } from '../model.ts';
import { ModelRefusal } from '../refusal.ts';
import type { Alphabet } from './alphabet.ts';
import { Executions } from './execution.ts';
import type { BoundedProgram } from './programs.ts';
import { copyProgram, forEachProgram, letterOf } from './programs.ts';
import { forEachReadsFrom, readSlotsOf } from './reads-from.ts';
import type { BoundedExecution } from './sc-drf.ts';

/** An execution that one model allows and the other forbids. */
export interface Difference extends BoundedExecution {
  readonly events: number;
  /** The axiom by which the model that forbids it says so. */
  readonly axiom: string;
}

/** The smallest executions that `allows` allows and `forbids` forbids. */
export interface OneSide {
  readonly allows: Model;
  readonly forbids: Model;
  /** Of the least number of events at which there are any: how many there are, and the simplest, different axioms first. */
  readonly found: number;
  readonly differences: readonly Difference[];
}

export interface Comparison {
  readonly sides: readonly [OneSide, OneSide];
  /** Up to how many events every execution was judged by both models. */
  readonly events: number;
  /** Executions judged, up to symmetry. */
  readonly executions: number;
  /** Those that one of the models cannot speak of, and the first reason; they are passed over. */
  readonly unspoken: number;
  readonly reason: string | null;
  /** Whether executions with idle accesses were left out. */
  readonly withoutIdle: boolean;
  readonly complete: boolean;
}

export interface CompareOptions {
  readonly models: readonly [Model, Model];
  /** The alphabet for executions of so many events. */
  readonly alphabet: (events: number) => Alphabet;
  /** The most events. */
  readonly events: number;
  /** Leaves out executions with idle accesses; in the OOPSLA19 family they tell no models apart. */
  readonly withoutIdle: boolean;
  /** Differences to show of each side. */
  readonly limit: number;
  readonly shouldStop: () => boolean;
  /** Told now and then how many executions were judged. */
  readonly onProgress?: (executions: number) => void;
}

const PROGRESS_STEP = 0xff;

/** Looks for the smallest executions on which two models differ, in both directions. */
export function compareModels(options: CompareOptions): Comparison {
  const { models, limit, withoutIdle } = options;
  const sides: [Side, Side] = [new Side(), new Side()];
  let [executions, programs, unspoken] = [0, 0, 0];
  let reason: string | null = null;
  let events = 0;
  let complete = true;
  while (complete && events < options.events && !sides.every(({ found }) => found > 0)) {
    events++;
    const open = sides.map(({ found }) => found === 0);
    const alphabet = options.alphabet(events);
    const stopped = forEachProgram({ alphabet, events, withoutIdle }, (program) => {
      if ((++programs & PROGRESS_STEP) === 0) {
        options.onProgress?.(executions);
        if (options.shouldStop()) return true;
      }
      const slots = readSlotsOf(program, writersFor(models));
      const make = new Executions(program, slots);
      forEachReadsFrom(program, slots, (rf) => {
        executions++;
        const execution = make.execution(rf);
        const [a, b] = [ask(models[0], execution), ask(models[1], execution)];
        if (a instanceof ModelRefusal || b instanceof ModelRefusal) {
          unspoken++;
          reason ??= a instanceof ModelRefusal ? a.message : b instanceof ModelRefusal ? b.message : null;
          return;
        }
        if (a.consistent === b.consistent) return;
        const side = a.consistent ? 0 : 1;
        const axiom = a.consistent ? (b.consistent ? '' : b.axiom) : a.axiom;
        if (open[side] === true) sides[side].add({ program, rf, execution, events, axiom });
      });
      return false;
    });
    if (stopped) complete = false;
  }
  const show = (side: 0 | 1): OneSide => ({
    allows: models[side],
    forbids: models[side === 0 ? 1 : 0],
    found: sides[side].found,
    differences: sides[side].simplest(limit),
  });
  return {
    sides: [show(0), show(1)],
    events: complete ? events : events - 1,
    executions,
    unspoken,
    reason,
    withoutIdle,
    complete,
  };
}

function ask(model: Model, execution: Execution): Verdict | ModelRefusal {
  try {
    return model.check(execution);
  } catch (error) {
    if (error instanceof ModelRefusal) return error;
    throw error;
  }
}

function writersFor(models: readonly Model[]): 'local' | 'all' {
  return models.every(({ assumes }) => assumes.hbConsistent) ? 'local' : 'all';
}

/** The simplest differences of each axiom. */
class Side {
  found = 0;
  readonly #byAxiom = new Map<string, { readonly difference: Difference; readonly cost: number }[]>();

  add(difference: Difference): void {
    this.found++;
    const cost = costOf(difference.program);
    const kept = this.#byAxiom.get(difference.axiom) ?? [];
    this.#byAxiom.set(difference.axiom, kept);
    const worst = kept[KEPT - 1];
    if (worst !== undefined && worst.cost <= cost) return;
    const { program, rf } = difference;
    const at = kept.findIndex((other) => other.cost > cost);
    const copy = { ...difference, program: copyProgram(program), rf: rf.slice() };
    kept.splice(at < 0 ? kept.length : at, 0, { difference: copy, cost });
    kept.length = Math.min(kept.length, KEPT);
  }

  simplest(limit: number): readonly Difference[] {
    const lists = [...this.#byAxiom.values()].toSorted((a, b) => (a[0]?.cost ?? 0) - (b[0]?.cost ?? 0));
    const ranks = Array.from({ length: KEPT }, (_, rank) => lists.flatMap((list) => list.slice(rank, rank + 1)));
    return ranks
      .flat()
      .slice(0, limit)
      .map(({ difference }) => difference);
  }
}

/** Differences kept of each axiom. */
const KEPT = 10;

/** How hard a program is on its reader: places, threads, fences and read-modify-writes, strong orders. */
function costOf(program: BoundedProgram): number {
  let cost = 4 * new Set(program.place).size + 2 * program.sizes.length;
  for (let event = 0; event < program.count; event++) {
    const { kind, order } = letterOf(program, event);
    if (kind === 'fence' || kind === 'rmw') cost += 3;
    if (order !== 'unord') cost += order === 'acqrel' ? 2 : 1;
  }
  return cost;
}

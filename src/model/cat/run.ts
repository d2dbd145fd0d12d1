import * as kernel from '../../rel/kernels.ts';
import type { Rows } from '../../rel/rows.ts';
import type { Flag } from '../model.ts';
import { complain } from './complain.ts';
import { breaking, conditionHolds } from './failing.ts';
import { linearisations, listOf } from './linearise.ts';
import { Machine } from './machine.ts';
import type { Node } from './nodes.ts';
import { OrderSolver } from './order-stage.ts';
import type { CheckStep, ChooseStep, Step } from './program.ts';
import type { Schedule, ScheduledTest, Stage } from './schedule.ts';
import { schedule } from './schedule.ts';
import type { Frame } from './view.ts';

/** What a program makes of an execution. */
export type Outcome =
  | {
      readonly kind: 'holds';
      /** The first order chosen; null if the program chooses none. */
      readonly order: readonly number[] | null;
      /** The rows of the kept nodes. */
      readonly kept: ReadonlyMap<Node, Rows>;
      readonly flags: readonly Flag[];
    }
  | { readonly kind: 'failed'; readonly axiom: string; readonly elements: readonly number[] };

/** Runs the steps of a program on one frame after another. */
export class Runner {
  readonly #machine = new Machine();
  readonly #steps: readonly Step[];
  readonly #kept: readonly Node[];
  readonly #remarks: readonly CheckStep[];
  readonly #schedule: Schedule;
  readonly #solver: OrderSolver | null;
  /** Whether remarks depend on choices, so that all of them must be seen. */
  readonly #exhaustive: boolean;
  #plain: Runner | null = null;
  #failed: (Outcome & { kind: 'failed'; stage: number }) | null = null;
  #found: (Outcome & { kind: 'holds'; flags: Flag[] }) | null = null;
  /** By stage: the order chosen, as rows or as a list, if it is one. */
  #orders: (Rows | readonly number[] | null)[] = [];

  /** `kept` are nodes whose rows are wanted in the end; with `enumerate` orders are not solved for but tried. */
  constructor(steps: readonly Step[], kept: readonly Node[], enumerate: boolean) {
    this.#steps = steps;
    this.#kept = kept;
    const remarks = steps.filter((step): step is CheckStep => step.kind === 'check' && isRemark(step));
    const others = steps.filter((step) => step.kind !== 'check' || !isRemark(step));
    this.#remarks = remarks;
    const choices = new Set(steps.flatMap((step) => (step.kind === 'choose' ? [step.variable] : [])));
    this.#exhaustive = remarks.some(({ of }) => [...of.variables].some((variable) => choices.has(variable)));
    this.#schedule = schedule(others, [...kept, ...remarks.map(({ of }) => of)], enumerate);
    const orders = this.#schedule.stages.at(-1)?.orders ?? null;
    this.#solver = orders === null ? null : new OrderSolver(this.#machine, orders);
  }

  run(frame: Frame): Outcome {
    this.#machine.begin(frame);
    this.#failed = null;
    this.#found = null;
    this.#orders = [];
    const ended = this.#run(0);
    if (ended === 'untold') return this.#enumerating().run(frame);
    return this.#found ?? this.#failed ?? { kind: 'failed', axiom: '', elements: [] };
  }

  #enumerating(): Runner {
    this.#plain ??= new Runner(this.#steps, this.#kept, true);
    return this.#plain;
  }

  /** Whether to stop: a way to make all choices has been found, or there is no telling whether there is one. */
  #run(depth: number): boolean | 'untold' {
    const stage = this.#schedule.stages[depth] as Stage;
    for (const test of stage.tests) if (!this.#holds(test, depth)) return false;
    if (stage.orders !== null && this.#solver !== null) return this.#solve(this.#solver, depth);
    if (stage.choice === null) return this.#accept();
    this.#machine.compute(stage.choice.compute);
    return this.#choose(stage.choice.step, depth);
  }

  #solve(solver: OrderSolver, depth: number): boolean | 'untold' {
    const solved = solver.solve();
    if (solved.kind === 'untold') return 'untold';
    if (solved.kind === 'failed') {
      this.#fail(depth + 1, solved.axiom, solved.elements);
      return false;
    }
    this.#orders.push(...solved.orders);
    return this.#accept();
  }

  #choose(step: ChooseStep, depth: number): boolean | 'untold' {
    const { size, words, length } = this.#machine;
    if (step.orders === null) {
      for (const value of this.#machine.itemsOf(step.from)) {
        this.#machine.assign(step.variable, value);
        this.#orders.length = depth;
        this.#orders.push(null);
        const ended = this.#run(depth + 1);
        if (ended !== false) return ended;
      }
    } else {
      const elements = kernel.elementsOf(this.#machine.rowsOf(step.orders.set), words);
      const relation = this.#machine.rowsOf(step.orders.relation);
      for (const order of linearisations(elements, relation, size, words)) {
        kernel.copyInto(this.#machine.rowsOf(step.variable), order, length);
        this.#orders.length = depth;
        this.#orders.push(order);
        const ended = this.#run(depth + 1);
        if (ended !== false) return ended;
      }
    }
    this.#fail(depth, step.name, []);
    return false;
  }

  /** All choices are made and all checks hold. */
  #accept(): boolean {
    const machine = this.#machine;
    machine.compute(this.#schedule.last);
    const kept = new Map(this.#kept.map((node) => [node, machine.rowsOf(node).slice(0, machine.lengthOf(node))]));
    const first = this.#orders.find((chosen) => chosen !== null) ?? null;
    const order = first instanceof Int32Array ? listOf(first, machine.size, machine.words) : first;
    this.#found ??= { kind: 'holds', order, kept, flags: [] };
    const { flags } = this.#found;
    for (const remark of this.#remarks) {
      const undefinedness = remark.purpose === 'undefined-unless';
      if (flags.some(({ name }) => name === remark.name) || conditionHolds(machine, remark) === undefinedness) continue;
      flags.push({ name: remark.name, undefined: undefinedness });
    }
    return !this.#exhaustive;
  }

  /** Of the checks that fail, the one furthest on is told. */
  #fail(stage: number, axiom: string, elements: readonly number[]): void {
    if (this.#failed === null || this.#failed.stage <= stage) this.#failed = { kind: 'failed', stage, axiom, elements };
  }

  #holds(test: ScheduledTest, stage: number): boolean {
    this.#machine.compute(test.compute);
    if (test.kind === 'check') return this.#decide(test.check, stage);
    for (const value of this.#machine.itemsOf(test.forall.of)) {
      this.#machine.assign(test.forall.variable, value);
      for (const inner of test.body) if (!this.#holds(inner, stage)) return false;
    }
    return true;
  }

  #decide(check: CheckStep, stage: number): boolean {
    if (conditionHolds(this.#machine, check)) return true;
    if (check.purpose === 'assert') complain('Cat/evaluation', check.at, `the assertion ${check.name} fails`);
    this.#fail(stage, check.name, breaking(this.#machine, check));
    return false;
  }
}

function isRemark({ purpose }: CheckStep): boolean {
  return purpose === 'flag' || purpose === 'undefined-unless';
}

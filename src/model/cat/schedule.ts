import { dependsOn, isClausal } from './clausal.ts';
import { neededFor } from './machine.ts';
import type { Node } from './nodes.ts';
import { isOperator } from './nodes.ts';
import type { CheckStep, ChooseStep, ForallStep, Step } from './program.ts';

/** A check or a `forall` with the nodes that are computed just before it. */
export type ScheduledTest =
  | { readonly kind: 'check'; readonly check: CheckStep; readonly compute: readonly Node[] }
  | {
      readonly kind: 'forall';
      readonly forall: ForallStep;
      readonly compute: readonly Node[];
      readonly body: readonly ScheduledTest[];
    };

/**
 * The checks that depend on the same choices, and the choice that follows them; `compute` are the nodes that it and what comes after it need but that
 * do not depend on it.
 */
export interface Stage {
  readonly tests: readonly ScheduledTest[];
  readonly choice: { readonly step: ChooseStep; readonly compute: readonly Node[] } | null;
  /** Where all further choices are of orders that can be solved for. */
  readonly orders: OrderStage | null;
}

/** Choices of orders, and the checks that depend on them. */
export interface OrderStage {
  readonly choices: readonly ChooseStep[];
  readonly compute: readonly Node[];
  readonly checks: readonly OrderCheck[];
}

export interface OrderCheck {
  readonly check: CheckStep;
  /** What does not depend on the orders, and what does. */
  readonly compute: readonly Node[];
  readonly dependent: readonly Node[];
  readonly demand: Demand | null;
}

/** That `empty (of & tot^-1)` asks, tot being an order, or `by; order; by`: what `of` relates is in tot, if tot relates it at all. */
export interface Demand {
  readonly of: Node;
  readonly order: Node;
  readonly by: Node | null;
}

export interface Schedule {
  readonly stages: readonly Stage[];
  /** Computed at the end, when the choices are made. */
  readonly last: readonly Node[];
}

/**
 * Orders checks by what they depend on: those of fewer choices first, so that they are made once and fail early. `kept` are nodes that are looked at in the
 * end; with `enumerate` no orders are solved for.
 */
export function schedule(steps: readonly Step[], kept: readonly Node[], enumerate: boolean): Schedule {
  const choices = steps.filter((step) => step.kind === 'choose');
  const tests = steps.filter((step) => step.kind !== 'choose');
  const depthOf = (node: Node): number => choices.findLastIndex(({ variable }) => node.variables.has(variable)) + 1;
  const byDepth = choices.map((): (CheckStep | ForallStep)[] => []).concat([[]]);
  for (const test of tests) byDepth[Math.max(0, ...targetsOf(test).map(depthOf))]?.push(test);
  const solved = enumerate ? choices.length : firstSolved(choices, byDepth, kept);

  const computed = new Set<Node>();
  const fresh = (targets: readonly Node[], depth: number): Node[] => {
    const nodes = neededFor(targets).filter((node) => !computed.has(node) && depthOf(node) <= depth && !isLocal(node));
    for (const node of nodes) computed.add(node);
    return nodes;
  };
  const stages: Stage[] = [];
  for (let depth = 0; depth <= solved; depth++) {
    const own = (byDepth[depth] as Step[]).map((step) =>
      scheduleTest(step as CheckStep | ForallStep, (targets) => fresh(targets, depth)),
    );
    const froms = choices
      .slice(depth)
      .flatMap(({ from, orders }) => (orders === null ? [from] : [orders.set, orders.relation]));
    if (depth === solved && solved < choices.length) {
      const checks = byDepth.slice(solved + 1).flat() as CheckStep[];
      stages.push({
        tests: own,
        choice: null,
        orders: orderStage(choices.slice(solved), checks, froms, (targets) => fresh(targets, depth)),
      });
      break;
    }
    const step = choices[depth];
    const later = byDepth
      .slice(depth + 1)
      .flat()
      .flatMap(targetsOf);
    const choice = step === undefined ? null : { step, compute: fresh([...froms, ...later, ...kept], depth) };
    stages.push({ tests: own, choice, orders: null });
  }
  return { stages, last: fresh(kept, choices.length) };
}

/** The first of the choices from which on all are of orders that can be solved for. */
function firstSolved(
  choices: readonly ChooseStep[],
  byDepth: readonly (readonly Step[])[],
  kept: readonly Node[],
): number {
  for (let first = 0; first < choices.length; first++) {
    const rest = choices.slice(first);
    const orders = new Set(rest.map(({ variable }) => variable));
    const independent = rest.every(
      ({ orders: of }) => of !== null && !dependsOn(of.set, orders) && !dependsOn(of.relation, orders),
    );
    const tests = byDepth.slice(first + 1).flat();
    const clausal = tests.every((test) => test.kind === 'check' && isClausal(test, orders));
    if (independent && clausal && !kept.some((node) => dependsOn(node, orders))) return first;
  }
  return choices.length;
}

function orderStage(
  choices: readonly ChooseStep[],
  checks: readonly CheckStep[],
  froms: readonly Node[],
  fresh: (targets: readonly Node[]) => readonly Node[],
): OrderStage {
  const orders = new Set(choices.map(({ variable }) => variable));
  return {
    choices,
    compute: fresh(froms),
    checks: checks.map((check) => ({
      check,
      compute: fresh([check.of]),
      dependent: neededFor([check.of]).filter((node) => dependsOn(node, orders)),
      demand: demandOf(check, orders),
    })),
  };
}

function demandOf({ test, of }: CheckStep, orders: ReadonlySet<Node>): Demand | null {
  if (test !== 'empty' || !isOperator(of, 'intersection')) return null;
  const [a, b] = of.operands as [Node, Node];
  const [inverse, other] = isOperator(a, 'inverse') ? [a, b] : [b, a];
  if (!isOperator(inverse, 'inverse') || dependsOn(other, orders)) return null;
  const tot = inverse.operands[0] as Node;
  if (orders.has(tot)) return { of: other, order: tot, by: null };
  if (!isOperator(tot, 'sequence')) return null;
  const [by, rest] = tot.operands as [Node, Node];
  if (dependsOn(by, orders) || !isOperator(rest, 'sequence') || rest.operands[1] !== by) return null;
  const order = rest.operands[0] as Node;
  return orders.has(order) ? { of: other, order, by } : null;
}

/** A node that depends on the variable of a `forall` is computed for each of its values. */
function isLocal(node: Node): boolean {
  for (const { operation } of node.variables)
    if (operation.kind === 'variable' && operation.of === 'forall') return true;
  return false;
}

function targetsOf(step: Step): readonly Node[] {
  if (step.kind === 'check') return [step.of];
  return step.kind === 'forall' ? [step.of, ...step.body.flatMap(targetsOf)] : [];
}

function scheduleTest(
  step: CheckStep | ForallStep,
  fresh: (targets: readonly Node[]) => readonly Node[],
): ScheduledTest {
  if (step.kind === 'check') return { kind: 'check', check: step, compute: fresh([step.of]) };
  const compute = fresh(targetsOf(step));
  const local = (targets: readonly Node[]): readonly Node[] => neededFor(targets).filter(isLocal);
  const body = step.body.map((inner) => scheduleTest(inner as CheckStep | ForallStep, local));
  return { kind: 'forall', forall: step, compute, body };
}

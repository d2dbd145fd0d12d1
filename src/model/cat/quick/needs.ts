import { neededFor } from '../machine.ts';
import type { Node } from '../nodes.ts';
import type { CheckStep } from '../program.ts';
import type { OrderStage } from '../schedule.ts';

/** Nodes that are looked at themselves, not only by what is made of them. */
export function endsOf(checks: readonly { readonly check: CheckStep }[], orders: OrderStage | null): ReadonlySet<Node> {
  const ends = new Set(checks.map(({ check }) => check.of));
  for (const { check, demand } of orders?.checks ?? []) {
    ends.add(check.of);
    if (demand === null) continue;
    ends.add(demand.of);
    if (demand.by !== null) ends.add(demand.by);
  }
  for (const { orders: of } of orders?.choices ?? []) {
    if (of !== null) ends.add(of.set).add(of.relation);
  }
  return ends;
}

/** Whether a node that a check computes is needed when the check is passed over: by another one, or to see whether it is. */
export function sharedOf(orders: OrderStage | null, guards: readonly Node[]): (node: Node, check: number) => boolean {
  const checks = orders?.checks ?? [];
  const seen = new Set(neededFor(guards));
  const users = new Map<Node, Set<number>>();
  checks.forEach(({ check, demand }, i) => {
    const targets = demand === null ? [check.of] : [check.of, demand.of, ...(demand.by === null ? [] : [demand.by])];
    for (const node of neededFor(targets)) users.set(node, (users.get(node) ?? new Set()).add(i));
  });
  return (node, check) => seen.has(node) || [...(users.get(node) ?? [])].some((user) => user !== check);
}

/** By check on the orders: the nodes that depend on them and that no check before it has computed. */
export function dependentOf(orders: OrderStage | null): readonly (readonly Node[])[] {
  const computed = new Set<Node>();
  return (orders?.checks ?? []).map(({ dependent, demand }) => {
    if (demand !== null) return [];
    const fresh = dependent.filter((node) => !computed.has(node));
    for (const node of fresh) computed.add(node);
    return fresh;
  });
}

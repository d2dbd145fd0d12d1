import { dependent } from './footprint.ts';
import type { Pending } from './step.ts';
import { threadOf } from './step.ts';

/**
 * Wakeup trees [Abdulla, Aronis, Jonsson, Sagonas: Source sets, a foundation for optimal dynamic partial order reduction,
 * JACM 2017]: what has still to be explored from a state, as sequences of steps with common beginnings shared. A leaf is
 * explored in every way that its own races call for.
 */
export interface WakeupNode extends Pending {
  readonly children: WakeupNode[];
}

type Sequence = readonly Pending[];

/**
 * Where `step` can be moved to the front of the sequence: its position; 'before' if it is not in it and depends on nothing in
 * it; null if it cannot. A step that its thread chose stays out of a sequence without it: the other choices can follow that too,
 * and no execution has both, so no race would tell.
 */
export function initialIn(step: Pending, sequence: Sequence): number | 'before' | null {
  const thread = threadOf(step.label);
  for (let i = 0; i < sequence.length; i++) {
    const other = sequence[i] as Pending;
    if (threadOf(other.label) === thread) return other.label === step.label ? i : null;
    if (dependent(step.footprint, other.footprint)) return null;
  }
  return step.chosen ? null : 'before';
}

/** Adds a sequence, unless an equivalent one (or a beginning of one) is there to be explored. */
export function insertSequence(children: WakeupNode[], sequence: Sequence): void {
  let siblings = children;
  let rest = sequence;
  for (;;) {
    if (rest.length === 0) return;
    const found = matching(siblings, rest);
    if (found === null) break;
    if (found.node.children.length === 0) return;
    rest = found.rest;
    siblings = found.node.children;
  }
  for (const step of rest) {
    const node = leafOf(step);
    siblings.push(node);
    siblings = node.children;
  }
}

function matching(
  siblings: readonly WakeupNode[],
  sequence: Sequence,
): { readonly node: WakeupNode; readonly rest: Sequence } | null {
  for (const node of siblings) {
    const place = initialIn(node, sequence);
    if (place !== null) return { node, rest: place === 'before' ? sequence : sequence.filter((_, i) => i !== place) };
  }
  return null;
}

/** What is to be explored in every way that its own races call for, once the step is made. */
export function leafOf({ label, footprint, chosen }: Pending): WakeupNode {
  return { label, footprint, chosen, children: [] };
}

import { signal } from '@preact/signals';
import { addPart, isRecord } from '../state/address.ts';
import { replayed } from '../state/replayed.ts';
import type { Moves, TimeAnswer, TreeAnswer } from './calls.ts';

/** Whose order it is: mine, one drawn at random, that of the execution that is selected, or that of a replay file that was opened. */
export type Order = 'mine' | 'random' | 'selected' | 'file';
export const order = signal<Order>('mine');
export const seed = signal(1);
replayed.subscribe((it) => {
  if (it === null && order.peek() === 'file') order.value = 'mine';
});

/** Where the walk is; null before it was begun. */
export const now = signal<TimeAnswer | null>(null);
/** What kept it from being begun, for people. */
export const refusal = signal<string | null>(null);
export const isBusy = signal(false);

export const treeIsOpen = signal(false);
export const tree = signal<TreeAnswer | null>(null);
/** Nodes of the tree that are asked for. */
export const treeSize = signal(40);

/** What a link restores of a walk: its steps, and which of them were made. */
export interface Kept {
  readonly moves: Moves;
  readonly position: number;
}
/** From a link, until the walk is begun. */
export const kept = signal<Kept | null>(null);

addPart({
  key: 'time',
  read() {
    const it = now.value;
    const walked = it === null ? kept.value : { moves: it.moves, position: it.moment.position };
    return { order: order.value, seed: seed.value, tree: treeIsOpen.value, ...walked };
  },
  write(value) {
    if (!isRecord(value)) return;
    const said = (['mine', 'random', 'selected', 'file'] as const).find((one) => one === value['order']);
    if (said !== undefined) order.value = said;
    if (typeof value['tree'] === 'boolean') treeIsOpen.value = value['tree'];
    if (typeof value['seed'] === 'number') seed.value = Math.trunc(value['seed']);
    const { moves, position } = value;
    if (isMoves(moves) && typeof position === 'number') kept.value = { moves, position };
  },
});

function isMoves(value: unknown): value is Moves {
  if (!isRecord(value)) return false;
  const { threads, steps } = value;
  return (
    Array.isArray(threads) &&
    threads.every((name) => typeof name === 'string') &&
    Array.isArray(steps) &&
    steps.every(
      (step) =>
        Array.isArray(step) && step.length === 3 && step.every((n) => Number.isInteger(n) && (n as number) >= 0),
    )
  );
}

import type { Rows } from '../../rel/rows.ts';
import { addBit, hasBit } from '../../rel/rows.ts';

/** All total orders of the elements that contain what the relation says of them, as strict relations; none if it has a cycle there. */
export function* linearisations(
  elements: readonly number[],
  relation: Rows,
  size: number,
  words: number,
): Generator<Rows> {
  const left = new Set(elements);
  const placed: number[] = [];
  yield* extend();

  function* extend(): Generator<Rows> {
    if (left.size === 0) {
      yield orderOf(placed, size, words);
      return;
    }
    for (const next of elements) {
      if (!left.has(next)) continue;
      let blocked = false;
      for (const other of left) if (hasBit(relation, words, other, next)) blocked = true;
      if (blocked) continue;
      left.delete(next);
      placed.push(next);
      yield* extend();
      placed.pop();
      left.add(next);
    }
  }
}

/** The strict total order of the elements in a list. */
export function orderOf(list: readonly number[], size: number, words: number): Rows {
  const rows = new Int32Array(size * words);
  for (let i = 0; i < list.length; i++) {
    for (let j = i + 1; j < list.length; j++) addBit(rows, words, list[i] as number, list[j] as number);
  }
  return rows;
}

/** The elements that a strict total order relates, first to last. */
export function listOf(order: Rows, size: number, words: number): readonly number[] {
  const related: number[] = [];
  const before = new Int32Array(size);
  for (let a = 0; a < size; a++) {
    let some = false;
    for (let b = 0; b < size; b++) {
      if (hasBit(order, words, b, a)) before[a] = (before[a] as number) + 1;
      some ||= hasBit(order, words, a, b);
    }
    if (some || (before[a] as number) > 0) related.push(a);
  }
  return related.sort((a, b) => (before[a] as number) - (before[b] as number));
}

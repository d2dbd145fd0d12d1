/**
 * A lane for each stretch of rows, so that stretches in one lane share no row: short stretches get the lanes on the left. Stretches are pairs of
 * rows in either order.
 */
export function lanesOf(spans: readonly (readonly [number, number])[]): readonly number[] {
  const lanes = spans.map(() => 0);
  const taken: (readonly [number, number])[][] = [];
  const length = (i: number): number => Math.abs((spans[i]?.[0] ?? 0) - (spans[i]?.[1] ?? 0));
  for (const i of [...spans.keys()].toSorted((a, b) => length(a) - length(b))) {
    const [a, b] = spans[i] as readonly [number, number];
    const [first, last] = [Math.min(a, b), Math.max(a, b)];
    const free = taken.findIndex((lane) => lane.every(([from, to]) => last < from || to < first));
    const lane = free < 0 ? taken.length : free;
    taken[lane] = [...(taken[lane] ?? []), [first, last]];
    lanes[i] = lane;
  }
  return lanes;
}

/** Every choice of one item of each list, in order. */
export function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>(
    (partial, list) => partial.flatMap((chosen) => list.map((item) => [...chosen, item])),
    [[]],
  );
}

/** Sets that are looked at before the search for smallest ones gives up. */
const MOST_SETS = 400;

/**
 * The smallest subsets of `items` for which `solves` holds, at most `most` of them; null if it does not even hold for all items. `solves` must be monotone: what
 * holds for a set holds for every larger one. Where too many sets must be looked at, one answer of which no item can be left out.
 */
export function smallestHittingSets<T>(
  items: readonly T[],
  solves: (chosen: readonly T[]) => boolean,
  most: number,
): (readonly T[])[] | null {
  if (!solves(items)) return null;
  let level: (readonly T[])[] = [[]];
  for (let looked = 0; looked < MOST_SETS; ) {
    const found = level.filter((chosen) => solves(chosen));
    if (found.length > 0) return found.slice(0, most);
    const next = new Map<string, readonly T[]>();
    for (const chosen of level) {
      if (looked++ >= MOST_SETS) break;
      for (const item of conflict(items, chosen, solves)) {
        const more = items.filter((other) => other === item || chosen.includes(other));
        next.set(more.map((other) => items.indexOf(other)).join(), more);
      }
    }
    level = [...next.values()];
  }
  return [conflictFree(items, solves)];
}

/** Items outside `chosen`, which does not solve, of which every solution that contains it has one; none of them can be left out. */
function conflict<T>(items: readonly T[], chosen: readonly T[], solves: (chosen: readonly T[]) => boolean): T[] {
  let added = chosen;
  for (const item of items) {
    if (added.includes(item)) continue;
    const more = [...added, item];
    if (!solves(more)) added = more;
  }
  return items.filter((item) => !added.includes(item));
}

function conflictFree<T>(items: readonly T[], solves: (chosen: readonly T[]) => boolean): readonly T[] {
  let chosen = items;
  for (const item of items) {
    const fewer = chosen.filter((other) => other !== item);
    if (solves(fewer)) chosen = fewer;
  }
  return chosen;
}

/** Sets that are looked at before the search for smallest ones gives up. */
const MOST_SETS = 400;

/** How many sets are wanted, and how large they may be. */
export interface Limits {
  readonly sets: number;
  readonly size: number;
}

/**
 * The smallest subsets of `items` for which `solves` holds; null if there is none within the limits. `solves` must be monotone: what
 * holds for a set holds for every larger one. Where too many sets must be looked at, one answer of which no item can be left out.
 */
export function smallestHittingSets<T>(
  items: readonly T[],
  solves: (chosen: readonly T[]) => boolean,
  limits: Limits,
): (readonly T[])[] | null {
  let level: (readonly T[])[] = [[]];
  let looked = 0;
  for (let size = 0; level.length > 0 && size <= limits.size; size++) {
    const found = level.filter((chosen) => solves(chosen));
    if (found.length > 0) return found.slice(0, limits.sets);
    if (size === 0 && !solves(items)) return null;
    if (size === limits.size) return null;
    const next = new Map<string, readonly T[]>();
    for (const chosen of level) {
      if (looked++ >= MOST_SETS) return [irreducible(items, solves)].filter((set) => set.length <= limits.size);
      for (const item of conflict(items, chosen, solves)) {
        const more = items.filter((other) => other === item || chosen.includes(other));
        next.set(more.map((other) => items.indexOf(other)).join(), more);
      }
    }
    level = [...next.values()];
  }
  return null;
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

/** All items but those that can be left out, one after the other. */
function irreducible<T>(items: readonly T[], solves: (chosen: readonly T[]) => boolean): readonly T[] {
  let chosen = items;
  for (const item of items) {
    const fewer = chosen.filter((other) => other !== item);
    if (solves(fewer)) chosen = fewer;
  }
  return chosen;
}

/**
 * Where a generator's decisions come from: the stream of a seed, as far as a budget lasts. After it every decision is the first, which generators keep the
 * simplest, so that smaller budgets give simpler terms.
 */
export interface Choices {
  /** A whole number from 0 to below `n`. */
  below(n: number): number;
  /** True `times` out of `of` times; false is the simple answer. */
  chance(times: number, of: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** One of a list, null if it is empty. */
  maybe<T>(list: readonly T[]): T | null;
  /** `n` random bits, up to 64. */
  bits(n: number): bigint;
}

function choices(next: () => number): Choices {
  const below = (n: number): number => (n <= 1 ? 0 : next() % n);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new RangeError('nothing to pick from');
    return list[below(list.length)] as T;
  };
  return {
    below,
    chance: (times, of) => below(of) >= of - times,
    pick,
    maybe: (list) => (list.length === 0 ? null : pick(list)),
    bits(n) {
      let value = 0n;
      for (let i = 0; i < n; i += 16) value = (value << 16n) | BigInt(next() & 0xffff);
      return BigInt.asUintN(n, value);
    },
  };
}

/** The stream of a seed (mulberry32); after `budget` decisions every further one is the first. */
export function choicesFromSeed(seed: number, budget = Number.POSITIVE_INFINITY): Choices {
  let state = seed >>> 0;
  let left = budget;
  return choices(() => {
    if (left-- <= 0) return 0;
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) >>> 4;
  });
}

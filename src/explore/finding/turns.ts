/**
 * Chains of events, one for each thread, and what must come before what. `needs[e * chains + c]` is how many events of chain `c` must have
 * happened before event `e`.
 */
export interface Chains {
  readonly chains: readonly (readonly number[])[];
  readonly needs: Int32Array;
}

/** Cuts of one length that are gone on from; where there are more, the answer may have more turns than it needs. */
const BEAM = 500;

/**
 * The order of all events in which the threads take the fewest turns, each going on as far as it can, as the chain of each turn; of these the
 * first, chain by chain. To go as far as possible never costs a turn: what is done early can only free others. So a search by breadth meets the
 * answer first, since each of its layers is in the order of the turns that lead there.
 */
export function fewestTurns(chains: Chains, beam: number = BEAM): readonly number[] {
  const turns = turnsWithin(chains, Infinity, beam);
  if (turns === null) throw new RangeError('the order has a cycle');
  return turns;
}

/** The same, if it takes no more turns than that; else null. */
export function turnsWithin({ chains, needs }: Chains, most: number, beam: number = BEAM): readonly number[] | null {
  const size = chains.length;
  const total = chains.reduce((sum, chain) => sum + chain.length, 0);
  const isSmall = chains.reduce((product, chain) => product * (chain.length + 1), 1) <= Number.MAX_SAFE_INTEGER;
  let layer: Cut[] = [{ done: new Int32Array(size), count: 0, turn: -1, from: null }];
  const seen = new Set<number | string>();
  for (let turns = 0; layer.length > 0; turns++) {
    const next: Cut[] = [];
    for (const cut of layer) {
      if (cut.count === total) return turnsTo(cut);
      // Every thread that is not through takes a turn at least.
      if (turns + left(cut) > most) continue;
      for (let c = 0; c < size; c++) {
        const there = run(cut, c);
        if (there === null) continue;
        const key = isSmall ? numberOf(there) : there.done.join();
        if (seen.has(key)) continue;
        seen.add(key);
        if (there.count === total) return turnsTo(there);
        next.push(there);
      }
    }
    layer = next.length <= beam ? next : next.toSorted((a, b) => b.count - a.count).slice(0, beam);
  }
  return null;

  function left({ done }: Cut): number {
    let count = 0;
    for (let c = 0; c < size; c++) if ((done[c] as number) < (chains[c] as readonly number[]).length) count++;
    return count;
  }

  function numberOf({ done }: Cut): number {
    let number = 0;
    for (let c = 0; c < size; c++)
      number = number * ((chains[c] as readonly number[]).length + 1) + (done[c] as number);
    return number;
  }

  function run(cut: Cut, c: number): Cut | null {
    const chain = chains[c] as readonly number[];
    let done: Int32Array | null = null;
    let count = cut.count;
    for (let k = cut.done[c] as number; k < chain.length; k++) {
      if (!isFree(chain[k] as number, done ?? cut.done)) break;
      done ??= cut.done.slice();
      done[c] = k + 1;
      count++;
    }
    return done === null ? null : { done, count, turn: c, from: cut };
  }

  function isFree(event: number, done: Int32Array): boolean {
    for (let c = 0; c < size; c++) if ((done[c] as number) < (needs[event * size + c] as number)) return false;
    return true;
  }
}

/** So many events of each chain are done. */
interface Cut {
  readonly done: Int32Array;
  readonly count: number;
  readonly turn: number;
  readonly from: Cut | null;
}

function turnsTo(cut: Cut): number[] {
  const turns: number[] = [];
  for (let at: Cut = cut; at.from !== null; at = at.from) turns.push(at.turn);
  return turns.reverse();
}

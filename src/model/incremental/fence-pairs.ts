import { SEQCST } from '../accesses.ts';
import type { WriteAccess } from '../accesses.ts';
import type { GrowingOrder } from '../../rel/growing-order.ts';
import { BROKEN, force, OPEN, STABLE } from './clauses.ts';

interface Ranked {
  readonly event: number;
  readonly strength: number;
}

/** A is before B where `writer` is before both in hb, or (there being none) unless from→to is in `tot`. */
interface FencePair {
  readonly A: Ranked;
  readonly B: Ranked;
  readonly writer: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The axiom `fence-order`: accesses one of which is before the other, on whose fences `tot` must agree; the fences around them are looked for in hb each time.
 * A class because the list grows and shrinks.
 */
export class FencePairs {
  readonly #pairs: FencePair[] = [];
  readonly #element: (event: number) => number;
  openFrom = -1;
  openTo = -1;

  constructor(element: (event: number) => number) {
    this.#element = element;
  }

  get count(): number {
    return this.#pairs.length;
  }

  truncate(count: number): void {
    this.#pairs.length = count;
  }

  add(A: Ranked, B: Ranked, writer: WriteAccess | null, from: number, to: number): void {
    this.#pairs.push({ A, B, writer: writer === null ? -1 : writer.event, from, to });
  }

  /** As that of the clauses. */
  saturate(hb: GrowingOrder, tot: GrowingOrder, fences: readonly number[]): number {
    this.openFrom = -1;
    if (fences.length === 0) return STABLE;
    let result = STABLE;
    for (const pair of this.#pairs) {
      const { A, B, writer } = pair;
      if (writer >= 0 && !(hb.has(writer, A.event) && hb.has(writer, B.event))) continue;
      for (const fence of fences) {
        if (B.strength === SEQCST && hb.has(fence, A.event)) result = this.#demand(pair, fence, B.event, tot, result);
        if (hb.has(B.event, fence)) {
          if (A.strength === SEQCST) result = this.#demand(pair, A.event, fence, tot, result);
          for (const before of fences) {
            if (hb.has(before, A.event)) result = this.#demand(pair, before, fence, tot, result);
          }
        }
        if (result === BROKEN) return BROKEN;
      }
    }
    return result;
  }

  #demand({ from, to }: FencePair, a: number, b: number, tot: GrowingOrder, before: number): number {
    if (before === BROKEN) return BROKEN;
    const answer = force(tot, this.#element(a), this.#element(b), from, to);
    if (answer === OPEN) {
      if (this.openFrom < 0) [this.openFrom, this.openTo] = [this.#element(a), this.#element(b)];
      return before;
    }
    return answer === STABLE ? before : answer;
  }
}

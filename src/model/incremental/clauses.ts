import type { GrowingOrder } from '../../rel/growing-order.ts';

/** Numbers of one clause: two conditions and two edges, each from and to; -1 where there is none. */
const STRIDE = 8;

/**
 * Clauses on an order that is still growing: *if* up to two edges are in hb, *then* one of up to two edges is in `tot`. Without an edge the conditions
 * must not both hold. Elements of hb are events; those of `tot` also places in the modification orders. A class because the clauses are rows of numbers.
 */
export class Clauses {
  #rows = new Int32Array(64 * STRIDE);
  #length = 0;
  /** An edge of the first clause that {@link saturate} left open, from and to; -1 if it left none. */
  openFrom = -1;
  openTo = -1;

  get count(): number {
    return this.#length / STRIDE;
  }

  /** Forgets all but the first clauses. */
  truncate(count: number): void {
    this.#length = count * STRIDE;
  }

  /** If p→q and r→s, then a→b or c→d. */
  add(p: number, q: number, r: number, s: number, a: number, b: number, c: number, d: number): void {
    if (this.#length === this.#rows.length) {
      const longer = new Int32Array(2 * this.#rows.length);
      longer.set(this.#rows);
      this.#rows = longer;
    }
    const rows = this.#rows;
    const at = this.#length;
    rows[at] = p;
    rows[at + 1] = q;
    rows[at + 2] = r;
    rows[at + 3] = s;
    rows[at + 4] = a;
    rows[at + 5] = b;
    rows[at + 6] = c;
    rows[at + 7] = d;
    this.#length = at + STRIDE;
  }

  /**
   * One round over all clauses: where only one edge is possible, `tot` gets it. Answers {@link BROKEN} if some clause cannot be fulfilled, {@link CHANGED} if
   * an edge was added, so that earlier clauses are to be looked at again, else {@link STABLE}.
   */
  saturate(hb: GrowingOrder, tot: GrowingOrder): number {
    const rows = this.#rows;
    let result = STABLE;
    this.openFrom = -1;
    for (let at = 0; at < this.#length; at += STRIDE) {
      const p = rows[at] as number;
      if (p >= 0) {
        if (!hb.has(p, rows[at + 1] as number)) continue;
        const q = rows[at + 2] as number;
        if (q >= 0 && !hb.has(q, rows[at + 3] as number)) continue;
      }
      const answer = force(
        tot,
        rows[at + 4] as number,
        rows[at + 5] as number,
        rows[at + 6] as number,
        rows[at + 7] as number,
      );
      if (answer === BROKEN) return BROKEN;
      if (answer === CHANGED) result = CHANGED;
      else if (answer === OPEN && this.openFrom < 0) {
        this.openFrom = rows[at + 4] as number;
        this.openTo = rows[at + 5] as number;
      }
    }
    return result;
  }
}

export const STABLE = 0;
export const CHANGED = 1;
export const OPEN = 2;
export const BROKEN = 3;

/** Adds the edge a→b or c→d to the order (a, c: -1 if there is none) if only one of them is possible. */
export function force(tot: GrowingOrder, a: number, b: number, c: number, d: number): number {
  if (a >= 0 && a !== b && tot.has(a, b)) return STABLE;
  if (c >= 0 && c !== d && tot.has(c, d)) return STABLE;
  const first = a >= 0 && a !== b && !tot.has(b, a);
  const second = c >= 0 && c !== d && !tot.has(d, c);
  if (first && second) return OPEN;
  if (first) tot.add(a, b);
  else if (second) tot.add(c, d);
  else return BROKEN;
  return CHANGED;
}

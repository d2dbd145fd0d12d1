import { MOST } from './numbers.ts';

/** A clause is two edges, from, to, from, to, of which the order must contain one. */
const CLAUSE = 4;

/**
 * A total order as far as it is forced, as rows that are kept closed, and the clauses that are still choices. Memory is used again from one order to the next; what
 * a guess starts from is kept on a stack.
 */
export class Order {
  #size = 0;
  /** Something that is required contradicts the rest. */
  broken = false;
  /** By element: those after it, and those before it. */
  readonly after = new Int32Array(MOST);
  readonly before = new Int32Array(MOST);
  #clauses = new Int32Array(64 * CLAUSE);
  #end = 0;
  #saved = new Int32Array(2 * MOST);
  readonly #rank = new Int32Array(MOST);

  /** Starts with a strict partial order of the first `count` elements, by rows of what is after and before; or with nothing, if `count` is 0. */
  begin(size: number, count: number, after: Int32Array, before: Int32Array): void {
    this.#size = size;
    this.broken = false;
    this.#end = 0;
    for (let e = 0; e < size; e++) {
      this.after[e] = e < count ? (after[e] as number) : 0;
      this.before[e] = e < count ? (before[e] as number) : 0;
    }
  }

  has(a: number, b: number): boolean {
    return (((this.after[a] as number) >>> b) & 1) === 1;
  }

  /** The order must contain the edge. */
  require(a: number, b: number): void {
    const { after, before } = this;
    if ((((after[a] as number) >>> b) & 1) === 1) return;
    if (a === b || (((after[b] as number) >>> a) & 1) === 1) {
      this.broken = true;
      return;
    }
    const [early, late] = [(before[a] as number) | (1 << a), (after[b] as number) | (1 << b)];
    for (let left = early; left !== 0; left &= left - 1) {
      const x = 31 - Math.clz32(left & -left);
      after[x] = (after[x] as number) | late;
    }
    for (let left = late; left !== 0; left &= left - 1) {
      const y = 31 - Math.clz32(left & -left);
      before[y] = (before[y] as number) | early;
    }
  }

  /** The order must contain one of the edges. */
  either(a: number, b: number, c: number, d: number): void {
    if (this.has(a, b) || this.has(c, d)) return;
    if (a === b || this.has(b, a)) this.require(c, d);
    else if (c === d || this.has(d, c)) this.require(a, b);
    else {
      const at = this.#end;
      this.#room(at + CLAUSE);
      const clauses = this.#clauses;
      clauses[at] = a;
      clauses[at + 1] = b;
      clauses[at + 2] = c;
      clauses[at + 3] = d;
      this.#end = at + CLAUSE;
    }
  }

  #room(length: number): void {
    if (length <= this.#clauses.length) return;
    const longer = new Int32Array(2 * length);
    longer.set(this.#clauses);
    this.#clauses = longer;
  }

  /** Whether some total order contains all that is required. */
  isPossible(): boolean {
    return !this.broken && this.#solve(0, 0);
  }

  /** The clauses from `begin` on: what they force is added, then one extension tried, then an edge of a clause that it breaks, then that edge reversed. */
  #solve(begin: number, depth: number): boolean {
    for (;;) {
      if (!this.#saturate(begin)) return false;
      const broken = this.#firstBroken(begin);
      if (broken < 0) return true;
      const from = this.#clauses[broken] as number;
      const to = this.#clauses[broken + 1] as number;
      const end = this.#end;
      this.#save(depth);
      this.#room(end + end - begin);
      this.#clauses.copyWithin(end, begin, end);
      this.#end = end + end - begin;
      this.require(from, to);
      if (this.#solve(end, depth + 1)) return true;
      this.#end = end;
      this.#restore(depth);
      this.require(to, from);
      if (this.broken) return false;
    }
  }

  #save(depth: number): void {
    const at = depth * 2 * MOST;
    if (at + 2 * MOST > this.#saved.length) {
      const longer = new Int32Array(2 * this.#saved.length);
      longer.set(this.#saved);
      this.#saved = longer;
    }
    this.#saved.set(this.after, at);
    this.#saved.set(this.before, at + MOST);
  }

  #restore(depth: number): void {
    const at = depth * 2 * MOST;
    for (let e = 0; e < this.#size; e++) {
      this.after[e] = this.#saved[at + e] as number;
      this.before[e] = this.#saved[at + MOST + e] as number;
    }
    this.broken = false;
  }

  /** Adds what the clauses force and keeps those that are still choices; false if one can have neither edge. */
  #saturate(begin: number): boolean {
    const clauses = this.#clauses;
    for (let changed = true; changed; ) {
      changed = false;
      let kept = begin;
      for (let i = begin; i < this.#end; i += CLAUSE) {
        const a = clauses[i] as number;
        const b = clauses[i + 1] as number;
        const c = clauses[i + 2] as number;
        const d = clauses[i + 3] as number;
        if (this.has(a, b) || this.has(c, d)) continue;
        const [first, second] = [!this.has(b, a), !this.has(d, c)];
        if (first && second) {
          clauses[kept] = a;
          clauses[kept + 1] = b;
          clauses[kept + 2] = c;
          clauses[kept + 3] = d;
          kept += CLAUSE;
          continue;
        }
        if (first) this.require(a, b);
        else this.require(c, d);
        if (this.broken) return false;
        changed = true;
      }
      this.#end = kept;
    }
    return true;
  }

  /** The first clause that an extension of the order breaks, or -1. An element has more after it than any element that it is before. */
  #firstBroken(begin: number): number {
    if (begin === this.#end) return -1;
    const rank = this.#rank;
    for (let e = 0; e < this.#size; e++) rank[e] = ones(this.after[e] as number) * MOST - e;
    const clauses = this.#clauses;
    for (let i = begin; i < this.#end; i += CLAUSE) {
      const first = (rank[clauses[i] as number] as number) > (rank[clauses[i + 1] as number] as number);
      const second = (rank[clauses[i + 2] as number] as number) > (rank[clauses[i + 3] as number] as number);
      if (!first && !second) return i;
    }
    return -1;
  }
}

function ones(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

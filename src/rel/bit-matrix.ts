/**
 * A binary relation over 0 … size-1 as rows of bits. A class because the representation is hidden: one `Int32Array`, rows
 * of ⌈size/32⌉ words.
 */
export class BitMatrix {
  readonly size: number;
  readonly #words: number;
  readonly #bits: Int32Array;

  constructor(size: number, bits?: Int32Array) {
    this.size = size;
    this.#words = (size + 31) >> 5;
    this.#bits = bits ?? new Int32Array(size * this.#words);
  }

  has(a: number, b: number): boolean {
    return (((this.#bits[a * this.#words + (b >> 5)] ?? 0) >>> (b & 31)) & 1) === 1;
  }

  add(a: number, b: number): void {
    const i = a * this.#words + (b >> 5);
    this.#bits[i] = (this.#bits[i] ?? 0) | (1 << (b & 31));
  }

  copy(): BitMatrix {
    return new BitMatrix(this.size, this.#bits.slice());
  }

  /** A copy over 0 … size-1, `size` being no less than it is: nothing relates to the new elements, nor do they to anything. */
  grown(size: number): BitMatrix {
    if (size === this.size) return this.copy();
    const larger = new BitMatrix(size);
    if (larger.#words === this.#words) larger.#bits.set(this.#bits);
    else for (const [a, b] of this.pairs()) larger.add(a, b);
    return larger;
  }

  /** Adds row `b` to row `a`: everything that `b` relates to. Says whether row `a` changed. */
  addRow(a: number, b: number): boolean {
    const bits = this.#bits;
    const to = a * this.#words;
    const from = b * this.#words;
    let changed = false;
    for (let w = 0; w < this.#words; w++) {
      const old = bits[to + w] ?? 0;
      const now = old | (bits[from + w] ?? 0);
      if (now !== old) {
        bits[to + w] = now;
        changed = true;
      }
    }
    return changed;
  }

  /** How many elements `a` relates to. */
  rowCount(a: number): number {
    let count = 0;
    const start = a * this.#words;
    for (let i = start; i < start + this.#words; i++) {
      let word = this.#bits[i] ?? 0;
      word -= (word >>> 1) & 0x55555555;
      word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
      count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return count;
  }

  /** Replaces the relation by its transitive closure (Warshall). */
  close(): this {
    if (this.#words === 1) {
      const bits = this.#bits;
      for (let k = 0; k < this.size; k++) {
        const row = bits[k] as number;
        const column = 1 << k;
        for (let a = 0; a < this.size; a++) {
          const word = bits[a] as number;
          if ((word & column) !== 0) bits[a] = word | row;
        }
      }
      return this;
    }
    for (let k = 0; k < this.size; k++) {
      for (let a = 0; a < this.size; a++) if (a !== k && this.has(a, k)) this.addRow(a, k);
    }
    return this;
  }

  /** In a transitively closed relation: adds an edge and what follows from it. */
  addClosed(a: number, b: number): void {
    if (this.has(a, b)) return;
    for (let x = 0; x < this.size; x++) {
      if (x !== a && !this.has(x, a)) continue;
      this.add(x, b);
      this.addRow(x, b);
    }
  }

  /** Some element related to itself, or -1. */
  reflexivePoint(): number {
    for (let a = 0; a < this.size; a++) if (this.has(a, a)) return a;
    return -1;
  }

  *successors(a: number): IterableIterator<number> {
    for (let b = 0; b < this.size; b++) if (this.has(a, b)) yield b;
  }

  *pairs(): IterableIterator<readonly [number, number]> {
    for (let a = 0; a < this.size; a++) for (const b of this.successors(a)) yield [a, b];
  }

  equals(other: BitMatrix): boolean {
    if (other.size !== this.size) return false;
    return this.#bits.every((word, i) => word === other.#bits[i]);
  }
}

/**
 * A transitively closed relation over elements that come and go, last first: for each element the set of those after it, as a row of bits.
 * Everything is undone to a mark. A class because the representation is hidden: all rows and the undo log are typed arrays.
 */
export class GrowingOrder {
  #size = 0;
  #words = 1;
  #bits = new Int32Array(32);
  /** Two numbers for each change: which word, and what it was; the word is -1 for a new element. */
  #log = new Int32Array(256);
  #logged = 0;

  get size(): number {
    return this.#size;
  }

  has(a: number, b: number): boolean {
    return (((this.#bits[a * this.#words + (b >> 5)] as number) >>> (b & 31)) & 1) === 1;
  }

  /** The row of an element: 32 elements a word. */
  word(a: number, w: number): number {
    return w < this.#words ? (this.#bits[a * this.#words + w] as number) : 0;
  }

  /** A new element, to which nothing relates yet. */
  push(): number {
    if (this.#size === this.#words * 32) this.#widen();
    this.#note(-1, 0);
    return this.#size++;
  }

  /** Relates `a` to `b`, and what that entails. */
  add(a: number, b: number): void {
    if (this.has(a, b)) return;
    const words = this.#words;
    if (words === 1) {
      this.#addNarrow(a, b);
      return;
    }
    const bits = this.#bits;
    for (let x = 0; x < this.#size; x++) {
      if (x !== a && !this.has(x, a)) continue;
      for (let w = 0; w < words; w++) {
        const old = bits[x * words + w] as number;
        const now = old | (bits[b * words + w] as number) | (w === b >> 5 ? 1 << (b & 31) : 0);
        if (now === old) continue;
        this.#note(x * words + w, old);
        bits[x * words + w] = now;
      }
    }
  }

  #addNarrow(a: number, b: number): void {
    const bits = this.#bits;
    const column = 1 << a;
    const row = (bits[b] as number) | (1 << b);
    for (let x = 0; x < this.#size; x++) {
      const old = bits[x] as number;
      if (x !== a && (old & column) === 0) continue;
      const now = old | row;
      if (now === old) continue;
      this.#note(x, old);
      bits[x] = now;
    }
  }

  mark(): number {
    return this.#logged;
  }

  undoTo(mark: number): void {
    const log = this.#log;
    while (this.#logged > mark) {
      this.#logged -= 2;
      const at = log[this.#logged] as number;
      if (at < 0) this.#size--;
      else this.#bits[at] = log[this.#logged + 1] as number;
    }
  }

  #note(at: number, old: number): void {
    if (this.#logged === this.#log.length) {
      const longer = new Int32Array(2 * this.#log.length);
      longer.set(this.#log);
      this.#log = longer;
    }
    this.#log[this.#logged++] = at;
    this.#log[this.#logged++] = old;
  }

  #widen(): void {
    const words = this.#words;
    const wider = new Int32Array(2 * words * 2 * words * 32);
    for (let a = 0; a < this.#size; a++) {
      for (let w = 0; w < words; w++) wider[a * 2 * words + w] = this.#bits[a * words + w] as number;
    }
    for (let i = 0; i < this.#logged; i += 2) {
      const at = this.#log[i] as number;
      if (at >= 0) this.#log[i] = Math.floor(at / words) * 2 * words + (at % words);
    }
    this.#words = 2 * words;
    this.#bits = wider;
  }
}

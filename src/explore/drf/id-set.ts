/** A growing set of small numbers, as bits. A class because the representation is hidden. */
export class IdSet {
  #words = new Int32Array(1);

  has(id: number): boolean {
    return (((this.#words[id >>> 5] ?? 0) >>> (id & 31)) & 1) === 1;
  }

  get size(): number {
    let size = 0;
    for (let rest of this.#words) for (; rest !== 0; rest &= rest - 1) size++;
    return size;
  }

  /** Whether it is new. */
  add(id: number): boolean {
    if (this.has(id)) return false;
    this.#reach(id >>> 5);
    this.#words[id >>> 5] = (this.#words[id >>> 5] as number) | (1 << (id & 31));
    return true;
  }

  /** Adds all of another set but those of a third; whether some are new. */
  addAll(other: IdSet, but: IdSet | null = null): boolean {
    const from = other.#words;
    const less = but === null ? NOTHING : but.#words;
    let grew = false;
    for (let w = 0; w < from.length; w++) {
      const more = (from[w] as number) & ~(less[w] ?? 0);
      if ((more & ~(this.#words[w] ?? 0)) === 0) continue;
      this.#reach(w);
      this.#words[w] = (this.#words[w] as number) | more;
      grew = true;
    }
    return grew;
  }

  /** The members that are in another set too, in order. */
  within(other: IdSet): number[] {
    const ids: number[] = [];
    const words = Math.min(this.#words.length, other.#words.length);
    for (let w = 0; w < words; w++) {
      let rest = (this.#words[w] as number) & (other.#words[w] as number);
      for (; rest !== 0; rest &= rest - 1) ids.push(w * 32 + 31 - Math.clz32(rest & -rest));
    }
    return ids;
  }

  /** Takes out all that is neither in another set nor in a third; whether some was. */
  retain(other: IdSet, also: IdSet): boolean {
    let shrank = false;
    for (let w = 0; w < this.#words.length; w++) {
      const old = this.#words[w] as number;
      const now = old & ((other.#words[w] ?? 0) | (also.#words[w] ?? 0));
      if (now !== old) shrank = true;
      this.#words[w] = now;
    }
    return shrank;
  }

  meets(other: IdSet): boolean {
    const words = Math.min(this.#words.length, other.#words.length);
    for (let w = 0; w < words; w++) if (((this.#words[w] as number) & (other.#words[w] as number)) !== 0) return true;
    return false;
  }

  #reach(word: number): void {
    if (word < this.#words.length) return;
    const grown = new Int32Array(Math.max(word + 1, 2 * this.#words.length));
    grown.set(this.#words);
    this.#words = grown;
  }
}

const NOTHING = new Int32Array(0);

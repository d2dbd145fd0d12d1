/** A growing list of 32-bit integers. A class because the array behind it is replaced as it grows. */
export class IntList {
  #items = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(item: number): void {
    if (this.#length === this.#items.length) {
      const larger = new Int32Array(2 * this.#items.length);
      larger.set(this.#items);
      this.#items = larger;
    }
    this.#items[this.#length++] = item;
  }

  at(i: number): number {
    return this.#items[i] as number;
  }

  set(i: number, item: number): void {
    this.#items[i] = item;
  }

  /** All items, as they are until the list changes. */
  view(): Int32Array {
    return this.#items.subarray(0, this.#length);
  }

  /** Takes over items in place of those that it has. */
  assign(items: Int32Array): void {
    this.#items = items.slice();
    if (items.length === 0) this.#items = new Int32Array(1024);
    this.#length = items.length;
  }
}

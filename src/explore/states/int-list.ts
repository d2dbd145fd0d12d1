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
}

import { known } from '../../base/assert.ts';

/**
 * The happens-before order of a growing execution, kept transitively closed: for every event the set of those before it,
 * as a row of bits. A class because the representation is hidden. Changes are undone to a mark, last first.
 */
export class HappensBefore {
  #rows: Int32Array[] = [];
  #words: number;
  #undo: { readonly event: number; readonly row: Int32Array }[] = [];

  constructor(capacity = 64) {
    this.#words = (capacity + 31) >> 5;
  }

  get size(): number {
    return this.#rows.length;
  }

  /** Whether `a` happens before `b`. */
  before(a: number, b: number): boolean {
    const row = known(this.#rows[b], 'event');
    return (((row[a >> 5] ?? 0) >>> (a & 31)) & 1) === 1;
  }

  /** Adds the next event, after all of `predecessors`. */
  push(predecessors: readonly number[]): void {
    if (this.#rows.length >= this.#words * 32) this.#widen();
    const row = new Int32Array(this.#words);
    for (const p of predecessors) this.#merge(row, p);
    this.#rows.push(row);
  }

  /** Removes the last event, whose edges must have been undone. */
  pop(): void {
    this.#rows.pop();
  }

  mark(): number {
    return this.#undo.length;
  }

  undoTo(mark: number): void {
    while (this.#undo.length > mark) {
      const entry = known(this.#undo.pop(), 'undo entry');
      this.#rows[entry.event] = entry.row;
    }
  }

  /** Adds `a` before `b` and what follows; false (nothing added) if that closes a cycle. */
  order(a: number, b: number): boolean {
    if (a === b || this.before(b, a)) return false;
    if (this.before(a, b)) return true;
    for (let e = 0; e < this.#rows.length; e++) {
      if (e !== b && !this.before(b, e)) continue;
      const row = known(this.#rows[e], 'row');
      this.#undo.push({ event: e, row });
      const wider = row.slice();
      this.#merge(wider, a);
      this.#rows[e] = wider;
    }
    return true;
  }

  #merge(row: Int32Array, p: number): void {
    const from = known(this.#rows[p], 'event');
    for (let w = 0; w < from.length; w++) row[w] = (row[w] ?? 0) | (from[w] ?? 0);
    row[p >> 5] = (row[p >> 5] ?? 0) | (1 << (p & 31));
  }

  #widen(): void {
    this.#words *= 2;
    const widen = (row: Int32Array): Int32Array => {
      const wide = new Int32Array(this.#words);
      wide.set(row);
      return wide;
    };
    this.#rows = this.#rows.map(widen);
    this.#undo = this.#undo.map(({ event, row }) => ({ event, row: widen(row) }));
  }
}

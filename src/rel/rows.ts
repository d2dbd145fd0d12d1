/**
 * Sets and relations over 0 … size-1 as plain rows of bits, for loops that own their memory: a set is one row, a relation one row for each element, a row being
 * `wordsOf(size)` words. Bits beyond `size` are zero.
 */
export type Rows = Int32Array;

export function wordsOf(size: number): number {
  return (size + 31) >> 5;
}

/** Adds `b` to row `a` (row 0 being that of a set). */
export function addBit(rows: Rows, words: number, a: number, b: number): void {
  const i = a * words + (b >> 5);
  rows[i] = (rows[i] as number) | (1 << (b & 31));
}

export function hasBit(rows: Rows, words: number, a: number, b: number): boolean {
  return (((rows[a * words + (b >> 5)] as number) >>> (b & 31)) & 1) === 1;
}

import type { Rows } from './rows.ts';

/**
 * The operators of sets and relations over `size` elements in rows of `words` words (rows.ts), writing into memory that the caller owns. A set is one row, so
 * the operators that go word by word take any length. `out` may be an operand where it says so.
 */

/** `length` words; `out` may be either operand. */
export function unionInto(out: Rows, a: Rows, b: Rows, length: number): void {
  for (let i = 0; i < length; i++) out[i] = (a[i] as number) | (b[i] as number);
}

/** `length` words; `out` may be either operand. */
export function intersectionInto(out: Rows, a: Rows, b: Rows, length: number): void {
  for (let i = 0; i < length; i++) out[i] = (a[i] as number) & (b[i] as number);
}

/** `length` words; `out` may be either operand. */
export function differenceInto(out: Rows, a: Rows, b: Rows, length: number): void {
  for (let i = 0; i < length; i++) out[i] = (a[i] as number) & ~(b[i] as number);
}

/** All elements, in each of `rows` rows. */
export function allInto(out: Rows, size: number, words: number, rows: number): void {
  const last = size & 31;
  const full = words - (last === 0 ? 0 : 1);
  for (let a = 0; a < rows; a++) {
    const row = a * words;
    for (let w = 0; w < full; w++) out[row + w] = -1;
    if (last !== 0) out[row + full] = (1 << last) - 1;
  }
}

/** `out` may be `a`. */
export function complementInto(out: Rows, a: Rows, size: number, words: number, rows: number): void {
  const length = rows * words;
  for (let i = 0; i < length; i++) out[i] = ~(a[i] as number);
  const last = size & 31;
  if (last === 0) return;
  const mask = (1 << last) - 1;
  for (let i = words - 1; i < length; i += words) out[i] = (out[i] as number) & mask;
}

/** The identity on a set (one row). */
export function liftInto(out: Rows, set: Rows, size: number, words: number): void {
  out.fill(0, 0, size * words);
  for (let a = 0; a < size; a++) {
    const w = a >> 5;
    out[a * words + w] = (set[w] as number) & (1 << (a & 31));
  }
}

export function identityInto(out: Rows, size: number, words: number): void {
  out.fill(0, 0, size * words);
  for (let a = 0; a < size; a++) out[a * words + (a >> 5)] = 1 << (a & 31);
}

/** `out` may be `a`. */
export function optionalInto(out: Rows, a: Rows, size: number, words: number): void {
  if (out !== a) copyInto(out, a, size * words);
  for (let x = 0; x < size; x++) {
    const i = x * words + (x >> 5);
    out[i] = (out[i] as number) | (1 << (x & 31));
  }
}

export function copyInto(out: Rows, a: Rows, length: number): void {
  for (let i = 0; i < length; i++) out[i] = a[i] as number;
}

export function sequenceInto(out: Rows, a: Rows, b: Rows, size: number, words: number): void {
  if (words === 1) {
    for (let x = 0; x < size; x++) {
      let row = 0;
      for (let left = a[x] as number; left !== 0; left &= left - 1) row |= b[31 - Math.clz32(left & -left)] as number;
      out[x] = row;
    }
    return;
  }
  out.fill(0, 0, size * words);
  for (let x = 0; x < size; x++) {
    const to = x * words;
    for (let w = 0; w < words; w++) {
      for (let left = a[to + w] as number; left !== 0; left &= left - 1) {
        const from = (w * 32 + 31 - Math.clz32(left & -left)) * words;
        for (let v = 0; v < words; v++) out[to + v] = (out[to + v] as number) | (b[from + v] as number);
      }
    }
  }
}

/** The transitive closure (Warshall); `out` may be `a`. */
export function plusInto(out: Rows, a: Rows, size: number, words: number): void {
  if (out !== a) copyInto(out, a, size * words);
  if (words === 1) {
    for (let k = 0; k < size; k++) {
      const row = out[k] as number;
      if (row === 0) continue;
      const bit = 1 << k;
      for (let x = 0; x < size; x++) if (((out[x] as number) & bit) !== 0) out[x] = (out[x] as number) | row;
    }
    return;
  }
  for (let k = 0; k < size; k++) {
    const from = k * words;
    const w = k >> 5;
    const bit = 1 << (k & 31);
    for (let x = 0; x < size; x++) {
      const to = x * words;
      if (((out[to + w] as number) & bit) === 0) continue;
      for (let v = 0; v < words; v++) out[to + v] = (out[to + v] as number) | (out[from + v] as number);
    }
  }
}

export function inverseInto(out: Rows, a: Rows, size: number, words: number): void {
  out.fill(0, 0, size * words);
  for (let x = 0; x < size; x++) {
    const bit = 1 << (x & 31);
    const column = x >> 5;
    for (let w = 0; w < words; w++) {
      for (let left = a[x * words + w] as number; left !== 0; left &= left - 1) {
        const i = (w * 32 + 31 - Math.clz32(left & -left)) * words + column;
        out[i] = (out[i] as number) | bit;
      }
    }
  }
}

/** The pairs of an element of `a` and one of `b`. */
export function productInto(out: Rows, a: Rows, b: Rows, size: number, words: number): void {
  for (let x = 0; x < size; x++) {
    const inside = ((a[x >> 5] as number) >>> (x & 31)) & 1;
    for (let w = 0; w < words; w++) out[x * words + w] = inside === 1 ? (b[w] as number) : 0;
  }
}

/** `[S];r`; `out` may be `r`. */
export function beforeInto(out: Rows, set: Rows, r: Rows, size: number, words: number): void {
  for (let x = 0; x < size; x++) {
    const inside = -(((set[x >> 5] as number) >>> (x & 31)) & 1);
    for (let w = 0; w < words; w++) out[x * words + w] = (r[x * words + w] as number) & inside;
  }
}

/** `r;[S]`; `out` may be `r`. */
export function afterInto(out: Rows, r: Rows, set: Rows, size: number, words: number): void {
  for (let x = 0; x < size; x++) {
    for (let w = 0; w < words; w++) out[x * words + w] = (r[x * words + w] as number) & (set[w] as number);
  }
}

/** The elements that `r` relates to something (a set). */
export function domainInto(out: Rows, r: Rows, size: number, words: number): void {
  for (let w = 0; w < words; w++) out[w] = 0;
  for (let x = 0; x < size; x++) {
    let some = 0;
    for (let w = 0; w < words; w++) some |= r[x * words + w] as number;
    if (some !== 0) out[x >> 5] = (out[x >> 5] as number) | (1 << (x & 31));
  }
}

/** The elements that something is related to by `r` (a set). */
export function rangeInto(out: Rows, r: Rows, size: number, words: number): void {
  for (let w = 0; w < words; w++) out[w] = 0;
  for (let x = 0; x < size; x++) {
    for (let w = 0; w < words; w++) out[w] = (out[w] as number) | (r[x * words + w] as number);
  }
}

/** Whether no bit is set in `length` words. */
export function isEmpty(a: Rows, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[i] !== 0) return false;
  return true;
}

/** Whether every bit of `a` is one of `b`, in `length` words. */
export function isSubset(a: Rows, b: Rows, length: number): boolean {
  for (let i = 0; i < length; i++) if (((a[i] as number) & ~(b[i] as number)) !== 0) return false;
  return true;
}

/** An element that `r` relates to itself, or -1. */
export function reflexivePoint(r: Rows, size: number, words: number): number {
  for (let x = 0; x < size; x++) if ((((r[x * words + (x >> 5)] as number) >>> (x & 31)) & 1) === 1) return x;
  return -1;
}

/** The elements of a set, ascending. */
export function elementsOf(set: Rows, words: number): number[] {
  const elements: number[] = [];
  for (let w = 0; w < words; w++) {
    for (let left = set[w] as number; left !== 0; left &= left - 1)
      elements.push(w * 32 + 31 - Math.clz32(left & -left));
  }
  return elements;
}

/** A shortest cycle of `r` as its elements in order, or null: by breadth-first search from each element. */
export function findCycle(r: Rows, size: number, words: number): readonly number[] | null {
  let best: readonly number[] | null = null;
  for (let start = 0; start < size; start++) {
    const cycle = cycleThrough(r, start, size, words, best?.length ?? size + 1);
    if (cycle !== null) best = cycle;
  }
  return best;
}

function cycleThrough(r: Rows, start: number, size: number, words: number, limit: number): readonly number[] | null {
  const before = new Int32Array(size).fill(-1);
  let level = [start];
  for (let length = 1; level.length > 0 && length < limit; length++) {
    const next: number[] = [];
    for (const x of level) {
      for (const y of elementsOf(r.subarray(x * words, (x + 1) * words), words)) {
        if (y === start) {
          const cycle = [x];
          for (let at = x; at !== start; ) cycle.push((at = before[at] as number));
          return cycle.reverse();
        }
        if (before[y] === -1) {
          before[y] = x;
          next.push(y);
        }
      }
    }
    level = next;
  }
  return null;
}

/** Whether `r` has no cycle: elements without successors are taken away until none is left. */
export function isAcyclic(r: Rows, size: number, words: number): boolean {
  const left = new Int32Array(words);
  allInto(left, size, words, 1);
  for (let removed = true; removed; ) {
    removed = false;
    for (let w = 0; w < words; w++) {
      for (let bits = left[w] as number; bits !== 0; bits &= bits - 1) {
        const x = w * 32 + 31 - Math.clz32(bits & -bits);
        let some = 0;
        for (let v = 0; v < words; v++) some |= (r[x * words + v] as number) & (left[v] as number);
        if (some !== 0) continue;
        left[w] = (left[w] as number) & ~(bits & -bits);
        removed = true;
      }
    }
  }
  return isEmpty(left, words);
}

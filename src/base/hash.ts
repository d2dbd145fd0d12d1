/** Hashes, of 32 bits where no other number is said: equal things have equal ones, unequal things rarely. */

const MULTIPLIER = 0x9e3779b1;

/** Takes one more number, of which the lowest 32 bits count, into a hash. */
export function mix(hash: number, value: number): number {
  const h = Math.imul(hash ^ value, MULTIPLIER);
  return h ^ (h >>> 15);
}

export function hashText(text: string, from = 0): number {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i));
  return hash;
}

/** Hashes well even where its arguments are small and close together. */
export function hashPair(a: number, b: number): number {
  let h = Math.imul(a + 1, MULTIPLIER) ^ Math.imul(b, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 13), 0x27d4eb2f);
  return h ^ (h >>> 16);
}

/** 53 bits: two 32-bit multiplicative hashes of the UTF-16 units, put together. */
export function hash53(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, MULTIPLIER);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1f_ffff) * 2 ** 32 + (a >>> 0);
}

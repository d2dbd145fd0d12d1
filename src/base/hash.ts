/** 32-bit hashes: equal things have equal ones, unequal things rarely. */

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

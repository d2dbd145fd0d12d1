export interface Random {
  /** From 0 up to, but not including, 1. */
  unit(): number;
  /** A whole number from 0 up to, but not including, `end`. */
  below(end: number): number;
}

/** Pseudo-random numbers that depend on a seed and the number of a schedule alone (Mulberry32). A class because the state is hidden. */
export class RandomSource implements Random {
  #state: number;

  constructor(seed: number, schedule: number) {
    this.#state = mix(mix(seed | 0) ^ (schedule + 0x9e3779b9));
  }

  unit(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    return mix(this.#state) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.unit() * end);
  }
}

function mix(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}

/**
 * A map from ascending numbers to strings, of the size of its contents, that knows which of its entries were looked up: what a custom
 * section says of the parts of a module. Two numbers make a key by {@link pairKey}.
 */
export class Keyed {
  readonly #keys: number[] = [];
  readonly #values: string[] = [];
  #used = 0;
  #lost = 0;

  /** False, and nothing added, unless the key is above all others. */
  add(key: number, value: string): boolean {
    const last = this.#keys.at(-1);
    if (last !== undefined && key <= last) return false;
    this.#keys.push(key);
    this.#values.push(value);
    return true;
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Counts an entry that no key can express, and that is never looked up therefore. */
  lose(): void {
    this.#lost++;
  }

  /** Each key is to be asked for at most once. */
  get(key: number): string | null {
    if (this.#keys.length === 0) return null;
    const i = this.#from(key);
    if (this.#keys[i] !== key) return null;
    this.use();
    return this.#values[i] ?? null;
  }

  /** The entries from `first` to before `end`; who makes use of one says so by {@link use}. */
  *between(first: number, end: number): Generator<readonly [key: number, value: string]> {
    for (let i = this.#from(first); ; i++) {
      const key = this.#keys[i];
      const value = this.#values[i];
      if (key === undefined || value === undefined || key >= end) return;
      yield [key, value];
    }
  }

  use(): void {
    this.#used++;
  }

  hasBetween(first: number, end: number): boolean {
    if (this.#keys.length === 0) return false;
    const key = this.#keys[this.#from(first)];
    return key !== undefined && key < end;
  }

  /** Whether every entry was asked for. */
  get used(): boolean {
    return this.#lost === 0 && this.#used === this.#keys.length;
  }

  /** The first entry at or above a key. */
  #from(key: number): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#keys[middle] as number) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Above all second numbers of a pair. */
const SECOND = 2 ** 32;
/** First numbers from here on make no exact keys. No module has so many functions or types. */
const MAX_FIRST = 2 ** 20;

/** null where the first number is too large. */
export function pairKey(first: number, second: number): number | null {
  return first < MAX_FIRST ? first * SECOND + second : null;
}

/** The entries of one first number, by the second. */
export function* pairsOf(all: Keyed, first: number): Generator<readonly [second: number, value: string]> {
  if (first >= MAX_FIRST) return;
  for (const [key, value] of all.between(first * SECOND, (first + 1) * SECOND)) yield [key - first * SECOND, value];
}

/** What a map of pairs says of one first number. */
export class KeyedPart {
  readonly #all: Keyed;
  readonly #first: number;

  private constructor(all: Keyed, first: number) {
    this.#all = all;
    this.#first = first;
  }

  /** null where the map says nothing of it. */
  static of(all: Keyed, first: number): KeyedPart | null {
    if (first >= MAX_FIRST || !all.hasBetween(first * SECOND, (first + 1) * SECOND)) return null;
    return new KeyedPart(all, first);
  }

  get(second: number): string | null {
    return this.#all.get(this.#first * SECOND + second);
  }
}

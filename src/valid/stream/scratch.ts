/**
 * The state of the one validation that is under way (it is synchronous and never nests), kept from module to module so that a small
 * module costs no allocation. Everything grows with the bytes that were read, never with a count that the bytes claim.
 */

/** Larger arrays are given up after the module that needed them. */
const KEEP = 1 << 20;

/** A larger copy. */
export function grown(array: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> {
  let length = array.length;
  while (length < least) length *= 2;
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** A growable list of integers. */
export class IntList {
  items: Int32Array<ArrayBuffer> = new Int32Array(64);
  length = 0;

  push(x: number): void {
    if (this.length === this.items.length) this.items = grown(this.items, this.length + 1);
    this.items[this.length++] = x;
  }

  at(i: number): number {
    return this.items[i] as number;
  }

  clear(): void {
    this.length = 0;
    if (this.items.length > KEEP) this.items = new Int32Array(64);
  }
}

/** A hash table from hashes to integers; equality is its user's. Clearing it costs nothing. */
export class HashTable {
  private stamps = new Int32Array(64);
  private hashes = new Int32Array(64);
  private values = new Int32Array(64);
  private stamp = 0;
  private count = 0;

  clear(): void {
    if (this.stamp === 0x7fff_ffff || this.stamps.length > KEEP) {
      this.resize(64);
      this.stamp = 0;
    }
    this.stamp++;
    this.count = 0;
  }

  /** The slot to look at first. */
  first(hash: number): number {
    return this.probe(hash, hash & (this.stamps.length - 1));
  }

  /** The slot to look at after one whose value was another. */
  next(hash: number, slot: number): number {
    return this.probe(hash, (slot + 1) & (this.stamps.length - 1));
  }

  /** The value in a slot; -1 where nothing with that hash is left. */
  value(slot: number): number {
    return this.stamps[slot] === this.stamp ? (this.values[slot] as number) : -1;
  }

  add(hash: number, value: number): void {
    if (2 * ++this.count > this.stamps.length) {
      const [stamps, hashes, values] = [this.stamps, this.hashes, this.values];
      this.resize(2 * stamps.length);
      for (let i = 0; i < stamps.length; i++) {
        if (stamps[i] === this.stamp) this.put(hashes[i] as number, values[i] as number);
      }
    }
    this.put(hash, value);
  }

  private probe(hash: number, start: number): number {
    let slot = start;
    while (this.stamps[slot] === this.stamp && this.hashes[slot] !== hash) {
      slot = (slot + 1) & (this.stamps.length - 1);
    }
    return slot;
  }

  private put(hash: number, value: number): void {
    let slot = hash & (this.stamps.length - 1);
    while (this.stamps[slot] === this.stamp) slot = (slot + 1) & (this.stamps.length - 1);
    this.stamps[slot] = this.stamp;
    this.hashes[slot] = hash;
    this.values[slot] = value;
  }

  private resize(length: number): void {
    this.stamps = new Int32Array(length);
    this.hashes = new Int32Array(length);
    this.values = new Int32Array(length);
  }
}

import { known } from '../../base/assert.ts';
import { hashPair } from '../../base/hash.ts';
import { IntList } from './int-list.ts';

/**
 * A state of the world, as the values of its slots: what stands in each thread, piece of the store, queue and group, as the number that it was interned
 * under. 0 is what a slot holds that nothing was put into, so states may have different numbers of slots. The hash is kept up
 * to date at each change. A class because the array behind it is replaced as slots are added.
 */
export class Slots {
  #values = new Int32Array(64);
  /** No slot from here on holds anything. */
  #end = 0;
  #hash = 0;

  get end(): number {
    return this.#end;
  }

  get hash(): number {
    return this.#hash;
  }

  get(slot: number): number {
    return slot < this.#end ? (this.#values[slot] as number) : 0;
  }

  set(slot: number, value: number): void {
    const old = slot < this.#end ? (this.#values[slot] as number) : 0;
    if (old === value) return;
    if (value !== 0 && slot < this.#end) {
      this.#hash ^= old === 0 ? hashPair(slot, value) : hashPair(slot, old) ^ hashPair(slot, value);
      this.#values[slot] = value;
      return;
    }
    if (slot >= this.#values.length) {
      const larger = new Int32Array(2 * Math.max(slot + 1, this.#values.length));
      larger.set(this.#values);
      this.#values = larger;
    }
    if (old !== 0) this.#hash ^= hashPair(slot, old);
    if (value !== 0) this.#hash ^= hashPair(slot, value);
    if (slot >= this.#end) {
      this.#values.fill(0, this.#end, slot);
      this.#end = slot + 1;
    }
    this.#values[slot] = value;
    while (this.#end > 0 && this.#values[this.#end - 1] === 0) this.#end--;
  }

  /** Takes over `length` values that have the given hash. */
  load(from: Int32Array, start: number, length: number, hash: number): void {
    if (length > this.#values.length) this.#values = new Int32Array(2 * length);
    for (let i = 0; i < length; i++) this.#values[i] = from[start + i] as number;
    this.#end = length;
    this.#hash = hash;
  }

  copy(other: Slots): void {
    this.load(other.#values, 0, other.#end, other.#hash);
  }

  copyTo(to: Int32Array, start: number): void {
    for (let i = 0; i < this.#end; i++) to[start + i] = this.#values[i] as number;
  }

  equals(from: Int32Array, start: number, length: number): boolean {
    if (length !== this.#end) return false;
    for (let i = 0; i < length; i++) if (this.#values[i] !== from[start + i]) return false;
    return true;
  }
}

const CHUNK = 2 ** 18;

/** All states found, each once: looked up by hash, then compared. States have numbers, in the order in which they were found. */
export class StateTable {
  #chunks: Int32Array[] = [];
  /** Where the next state goes in the last chunk. */
  #free = CHUNK;
  readonly #chunkOf = new IntList();
  readonly #starts = new IntList();
  readonly #lengths = new IntList();
  readonly #hashes = new IntList();
  /** Open addressing; numbers plus one. */
  #buckets = new Int32Array(1024);

  get size(): number {
    return this.#starts.length;
  }

  /** The number of the state, which is new if it is the table's old size. */
  add(state: Slots): number {
    const { hash } = state;
    const mask = this.#buckets.length - 1;
    let bucket = hash & mask;
    for (;;) {
      const found = (this.#buckets[bucket] as number) - 1;
      if (found < 0) break;
      if (this.#hashes.at(found) === hash && this.#isAt(state, found)) return found;
      bucket = (bucket + 1) & mask;
    }
    const id = this.size;
    this.#buckets[bucket] = id + 1;
    this.#store(state);
    if (2 * this.size > this.#buckets.length) this.#rehash(2 * this.#buckets.length);
    return id;
  }

  load(id: number, into: Slots): void {
    into.load(this.#chunkAt(id), this.#starts.at(id), this.#lengths.at(id), this.#hashes.at(id));
  }

  /** What one slot of a state holds. */
  value(id: number, slot: number): number {
    return slot < this.#lengths.at(id) ? (this.#chunkAt(id)[this.#starts.at(id) + slot] as number) : 0;
  }

  /** How many slots of a state are to be looked at. */
  length(id: number): number {
    return this.#lengths.at(id);
  }

  /** All states as plain numbers, from which {@link restore} makes them again: lengths, hashes, then the values of one after the other. */
  saved(): Int32Array[] {
    const used = this.#chunks.map((chunk) => chunk.length);
    for (let id = 0; id < this.size; id++) used[this.#chunkOf.at(id)] = this.#starts.at(id) + this.#lengths.at(id);
    const values = this.#chunks.map((chunk, k) => chunk.subarray(0, used[k]));
    return [this.#lengths.view(), this.#hashes.view(), ...values];
  }

  /** Into an empty table. */
  restore([lengths, hashes, ...values]: readonly Int32Array[]): void {
    this.#lengths.assign(known(lengths, 'lengths'));
    this.#hashes.assign(known(hashes, 'hashes'));
    this.#chunks = [...values];
    let chunk = 0;
    let start = 0;
    for (let id = 0; id < this.#lengths.length; id++) {
      // A state that holds nothing may seem to be in the chunk before its own.
      while (start === this.#chunks[chunk]?.length && this.#lengths.at(id) > 0) [chunk, start] = [chunk + 1, 0];
      this.#chunkOf.push(chunk);
      this.#starts.push(start);
      start += this.#lengths.at(id);
    }
    this.#free = CHUNK;
    let buckets = this.#buckets.length;
    while (2 * this.size > buckets) buckets *= 2;
    this.#rehash(buckets);
  }

  #chunkAt(id: number): Int32Array {
    return this.#chunks[this.#chunkOf.at(id)] as Int32Array;
  }

  #isAt(state: Slots, id: number): boolean {
    return state.equals(this.#chunkAt(id), this.#starts.at(id), this.#lengths.at(id));
  }

  #store(state: Slots): void {
    const { end, hash } = state;
    if (this.#free + end > CHUNK) {
      this.#chunks.push(new Int32Array(Math.max(CHUNK, end)));
      this.#free = 0;
    }
    state.copyTo(this.#chunks[this.#chunks.length - 1] as Int32Array, this.#free);
    this.#chunkOf.push(this.#chunks.length - 1);
    this.#starts.push(this.#free);
    this.#lengths.push(end);
    this.#hashes.push(hash);
    this.#free += end;
  }

  #rehash(size: number): void {
    const buckets = new Int32Array(size);
    const mask = buckets.length - 1;
    for (let id = 0; id < this.size; id++) {
      let bucket = this.#hashes.at(id) & mask;
      while (buckets[bucket] !== 0) bucket = (bucket + 1) & mask;
      buckets[bucket] = id + 1;
    }
    this.#buckets = buckets;
  }
}

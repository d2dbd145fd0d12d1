import type { BoundedProgram } from './programs.ts';
import { letterOf, placeOf } from './programs.ts';
import type { ReadSlots } from './reads-from.ts';
import { ALLOCATION } from './reads-from.ts';
import { bytesOf } from './alphabet.ts';

/** Decides for many reads-from of one program whether an interleaving explains it, by running the threads. */
export class InterleavingFinder {
  readonly #program: BoundedProgram;
  readonly #slots: ReadSlots;
  readonly #threads: number;
  /** First event of each thread, and at the end the number of events. */
  readonly #starts: Int8Array;
  readonly #next: Int8Array;
  /** The last writer of each byte. */
  readonly #memory: Int8Array;
  /** Of each event: its first byte, and how many it reads and writes. */
  readonly #offset: Int8Array;
  readonly #reads: Int8Array;
  readonly #writes: Int8Array;
  #rf: Int8Array = new Int8Array();

  constructor(program: BoundedProgram, slots: ReadSlots) {
    const { count, sizes } = program;
    this.#program = program;
    this.#slots = slots;
    this.#threads = sizes.length;
    this.#starts = Int8Array.from(
      [...sizes.keys(), sizes.length].map((t) => sizes.slice(0, t).reduce((a, b) => a + b, 0)),
    );
    this.#next = new Int8Array(sizes.length);
    this.#memory = new Int8Array(bytesOf(program.alphabet.places));
    this.#offset = new Int8Array(count);
    this.#reads = new Int8Array(count);
    this.#writes = new Int8Array(count);
    for (let e = 0; e < count; e++) {
      const place = placeOf(program, e);
      if (place === null) continue;
      const { kind } = letterOf(program, e);
      this.#offset[e] = place.offset;
      this.#reads[e] = kind === 'wr' ? 0 : place.size;
      this.#writes[e] = kind === 'rd' ? 0 : place.size;
    }
  }

  explains(rf: Int8Array): boolean {
    this.#rf = rf;
    this.#memory.fill(ALLOCATION);
    this.#next.set(this.#starts.subarray(0, this.#threads));
    return this.#run(this.#program.count);
  }

  #run(left: number): boolean {
    if (left === 0) return true;
    let writer = -1;
    for (let t = 0; t < this.#threads; t++) {
      const e = this.#next[t] as number;
      if (e === this.#starts[t + 1] || !this.#canRead(e)) continue;
      // What only reads changes nothing, so it may as well go at once.
      if (this.#writes[e] === 0) return this.#step(t, e, left);
      writer = t;
    }
    if (writer < 0) return false;
    for (let t = writer; t >= 0; t--) {
      const e = this.#next[t] as number;
      if (e !== this.#starts[t + 1] && this.#canRead(e) && this.#step(t, e, left)) return true;
    }
    return false;
  }

  #canRead(e: number): boolean {
    const slot = this.#slots.first[e] as number;
    const offset = this.#offset[e] as number;
    for (let k = (this.#reads[e] as number) - 1; k >= 0; k--) {
      if (this.#memory[offset + k] !== this.#rf[slot + k]) return false;
    }
    return true;
  }

  #step(t: number, e: number, left: number): boolean {
    const memory = this.#memory;
    const from = this.#offset[e] as number;
    const to = from + (this.#writes[e] as number);
    const before = to > from ? memory.slice(from, to) : null;
    memory.fill(e, from, to);
    this.#next[t] = e + 1;
    if (this.#run(left - 1)) return true;
    this.#next[t] = e;
    if (before !== null) memory.set(before, from);
    return false;
  }
}

import type { Diagnostic } from '../base/diagnostic.ts';
import type { LexProblem, Note, Tokens } from './tokens.ts';

/** Tokens of texts up to this length are kept in arrays of the text's length, which are enough; those of longer ones in arrays that grow. */
const SMALL = 4096;

/** Hides the arrays of tokens while they grow. */
export class TokenTable {
  readonly problems: LexProblem[] = [];
  readonly #notes: Note[] = [];
  #units: Uint16Array;
  #starts: Int32Array;
  #ends: Int32Array;
  #links: Int32Array;
  #length = 0;

  constructor(textLength: number) {
    // A token is four characters long on average in the densest of real texts.
    const size = textLength <= SMALL ? textLength + 1 : Math.ceil(textLength / 4);
    this.#units = new Uint16Array(size);
    this.#starts = new Int32Array(size);
    this.#ends = new Int32Array(size);
    this.#links = new Int32Array(size);
  }

  get notes(): number {
    return this.#notes.length;
  }

  push(unit: number, start: number, end: number, link = -1): void {
    const i = this.#length++;
    if (i === this.#units.length) this.#grow();
    this.#units[i] = unit;
    this.#starts[i] = start;
    this.#ends[i] = end;
    this.#links[i] = link;
  }

  note(note: Omit<Note, 'before'>): void {
    this.#notes.push({ ...note, before: this.#length });
  }

  /** A complaint; the next token stands for what it is about. */
  problem(diagnostic: Diagnostic): void {
    this.problems.push({ token: this.#length, diagnostic });
  }

  finish(text: string, origin: Int32Array | null): Tokens {
    const n = this.#length;
    return {
      text,
      units: this.#units.subarray(0, n),
      starts: this.#starts.subarray(0, n),
      ends: this.#ends.subarray(0, n),
      links: this.#links.subarray(0, n),
      notes: this.#notes,
      problems: this.problems,
      origin,
    };
  }

  #grow(): void {
    const size = Math.ceil(this.#units.length * 1.5) + 16;
    const units = new Uint16Array(size);
    units.set(this.#units);
    this.#units = units;
    this.#starts = grown(this.#starts, size);
    this.#ends = grown(this.#ends, size);
    this.#links = grown(this.#links, size);
  }
}

function grown(array: Int32Array, size: number): Int32Array {
  const larger = new Int32Array(size);
  larger.set(array);
  return larger;
}

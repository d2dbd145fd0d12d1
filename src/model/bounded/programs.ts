import type { Alphabet, Letter, Place } from './alphabet.ts';
import { overlap } from './alphabet.ts';
import type { Symmetry } from './symmetry.ts';
import { symmetriesOf } from './symmetry.ts';

/** The place of a fence. */
export const NO_PLACE = -1;

/**
 * A program without values: threads of accesses and fences, events numbered thread by thread from 0 (allocation is not among them). The enumeration
 * reuses its arrays: a visitor that keeps a program copies it ({@link copyProgram}).
 */
export interface BoundedProgram {
  readonly alphabet: Alphabet;
  readonly count: number;
  /** How many events each thread has, the longest thread first. */
  readonly sizes: readonly number[];
  /** Thread of each event, from 0. */
  readonly thread: Int8Array;
  /** Index of each event's place in the alphabet, or {@link NO_PLACE}. */
  readonly place: Int8Array;
  /** Index of each event's letter in the alphabet. */
  readonly letter: Int8Array;
  /** The renamings that leave the program as it is, without the identity. */
  readonly symmetries: readonly Symmetry[];
}

export interface ProgramsOptions {
  readonly alphabet: Alphabet;
  /** How many events, allocation not counted. */
  readonly events: number;
  readonly threads?: number;
  /**
   * Leaves out programs with an *idle* access: one that overlaps with no other event's access such that one reads and the other writes. See
   * the README for when that loses nothing.
   */
  readonly withoutIdle?: boolean;
}

export function letterOf({ alphabet, letter }: BoundedProgram, event: number): Letter {
  return alphabet.letters[letter[event] as number] as Letter;
}

/** The event's place; null for a fence. */
export function placeOf({ alphabet, place }: BoundedProgram, event: number): Place | null {
  return alphabet.places[place[event] as number] ?? null;
}

export function copyProgram(program: BoundedProgram): BoundedProgram {
  const { thread, place, letter } = program;
  return { ...program, thread: thread.slice(), place: place.slice(), letter: letter.slice() };
}

/**
 * Visits one program of each class under renaming of threads and places: the one whose places, and then letters, come first in lexicographic
 * order. Ends early, answering true, when a visit answers true.
 */
export function forEachProgram(options: ProgramsOptions, visit: (program: BoundedProgram) => boolean | void): boolean {
  for (const sizes of partitions(options.events, options.events)) {
    if (sizes.length > (options.threads ?? options.events)) continue;
    if (new Enumeration(options, sizes, visit).run()) return true;
  }
  return false;
}

/** The ways to write `total` as a descending sum of parts of at most `largest`. */
export function partitions(total: number, largest: number): readonly (readonly number[])[] {
  if (total === 0) return [[]];
  return Array.from({ length: Math.min(total, largest) }, (_, i) => Math.min(total, largest) - i).flatMap((part) =>
    partitions(total - part, part).map((rest) => [part, ...rest]),
  );
}

class Enumeration {
  readonly #options: ProgramsOptions;
  readonly #visit: (program: BoundedProgram) => boolean | void;
  readonly #program: BoundedProgram;
  readonly #group: readonly Symmetry[];
  readonly #accesses: readonly number[];
  readonly #fences: readonly number[];
  readonly #overlaps: readonly (readonly boolean[])[];
  readonly #reads: readonly boolean[];
  readonly #writes: readonly boolean[];

  constructor(options: ProgramsOptions, sizes: readonly number[], visit: (program: BoundedProgram) => boolean | void) {
    const { alphabet, events: count } = options;
    const { places, letters } = alphabet;
    this.#options = options;
    this.#visit = visit;
    this.#group = symmetriesOf(sizes, places);
    this.#program = {
      alphabet,
      count,
      sizes,
      thread: Int8Array.from(sizes.flatMap((size, t) => Array.from({ length: size }, () => t))),
      place: new Int8Array(count),
      letter: new Int8Array(count),
      symmetries: [],
    };
    this.#accesses = letters.flatMap(({ kind }, i) => (kind === 'fence' ? [] : [i]));
    this.#fences = letters.flatMap(({ kind }, i) => (kind === 'fence' ? [i] : []));
    this.#overlaps = places.map((a) => places.map((b) => overlap(a, b)));
    this.#reads = letters.map(({ kind }) => kind === 'rd' || kind === 'rmw');
    this.#writes = letters.map(({ kind }) => kind === 'wr' || kind === 'rmw');
  }

  run(): boolean {
    return this.#choosePlace(0);
  }

  #choosePlace(event: number): boolean {
    const { place, count } = this.#program;
    if (event === count) return this.#placesChosen();
    for (let p = this.#fences.length > 0 ? NO_PLACE : 0; p < this.#options.alphabet.places.length; p++) {
      place[event] = p;
      if (this.#choosePlace(event + 1)) return true;
    }
    return false;
  }

  #placesChosen(): boolean {
    if (this.#options.withoutIdle === true && this.#isLonely()) return false;
    const stabiliser = this.#stabiliser(this.#group, this.#program.place, (p, { places }) =>
      p === NO_PLACE ? NO_PLACE : (places[p] as number),
    );
    return stabiliser !== null && this.#chooseLetter(0, stabiliser);
  }

  #chooseLetter(event: number, group: readonly Symmetry[]): boolean {
    const { place, letter, count } = this.#program;
    if (event === count) return this.#lettersChosen(group);
    const choices = place[event] === NO_PLACE ? this.#fences : this.#accesses;
    for (const l of choices) {
      letter[event] = l;
      if (this.#chooseLetter(event + 1, group)) return true;
    }
    return false;
  }

  #lettersChosen(group: readonly Symmetry[]): boolean {
    if (this.#options.withoutIdle === true && this.#isIdle()) return false;
    const stabiliser = this.#stabiliser(group, this.#program.letter, (l) => l);
    if (stabiliser === null) return false;
    return this.#visit({ ...this.#program, symmetries: stabiliser.slice(1) }) === true;
  }

  /** The renamings that leave `word` as it is; null if one makes it smaller. */
  #stabiliser(
    group: readonly Symmetry[],
    word: Int8Array,
    rename: (value: number, by: Symmetry) => number,
  ): readonly Symmetry[] | null {
    if (group.length === 1) return group;
    const image = new Int8Array(word.length);
    const fixed: Symmetry[] = [];
    for (const symmetry of group) {
      for (let i = 0; i < word.length; i++) {
        image[symmetry.events[i] as number] = rename(word[i] as number, symmetry);
      }
      const difference = compareWords(image, word);
      if (difference < 0) return null;
      if (difference === 0) fixed.push(symmetry);
    }
    return fixed;
  }

  /** Whether some place overlaps with no other event's, whatever the letters. */
  #isLonely(): boolean {
    const { place, count } = this.#program;
    for (let a = 0; a < count; a++) {
      if (place[a] !== NO_PLACE && !this.#hasPartner(a, () => true)) return true;
    }
    return false;
  }

  #isIdle(): boolean {
    const { place, letter, count } = this.#program;
    const reads = this.#reads;
    const writes = this.#writes;
    for (let a = 0; a < count; a++) {
      if (place[a] === NO_PLACE) continue;
      const l = letter[a] as number;
      const conflicts = (b: number): boolean => {
        const other = letter[b] as number;
        return (reads[l] === true && writes[other] === true) || (writes[l] === true && reads[other] === true);
      };
      if (!this.#hasPartner(a, conflicts)) return true;
    }
    return false;
  }

  #hasPartner(a: number, suits: (b: number) => boolean): boolean {
    const { place, count } = this.#program;
    const overlaps = this.#overlaps[place[a] as number];
    for (let b = 0; b < count; b++) {
      if (b !== a && place[b] !== NO_PLACE && overlaps?.[place[b] as number] === true && suits(b)) return true;
    }
    return false;
  }
}

function compareWords(a: Int8Array, b: Int8Array): number {
  for (let i = 0; i < a.length; i++) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

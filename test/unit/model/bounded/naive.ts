import type { Alphabet } from '../../../../src/model/bounded/alphabet.ts';
import { symmetriesOf } from '../../../../src/model/bounded/symmetry.ts';
import type { BoundedProgram } from '../../../../src/model/bounded/programs.ts';
import type { ReadSlots, Writers } from '../../../../src/model/bounded/reads-from.ts';
import { ALLOCATION, readSlotsOf } from '../../../../src/model/bounded/reads-from.ts';

/** The enumeration without symmetry: every sequence of threads of every sequence of letters at every place. */
export function naivePrograms(alphabet: Alphabet, events: number): readonly BoundedProgram[] {
  const choices = alphabet.letters.flatMap(({ kind }, letter) =>
    kind === 'fence' ? [{ letter, place: -1 }] : alphabet.places.map((_, place) => ({ letter, place })),
  );
  return compositions(events).flatMap((sizes) =>
    words(choices, events).map((word) => ({
      alphabet,
      count: events,
      sizes,
      thread: Int8Array.from(sizes.flatMap((size, t) => Array.from({ length: size }, () => t))),
      place: Int8Array.from(word.map(({ place }) => place)),
      letter: Int8Array.from(word.map(({ letter }) => letter)),
      symmetries: [],
    })),
  );
}

export function naiveReadsFrom(slots: ReadSlots): readonly Int8Array[] {
  const lists = slots.writers.map((list) => [...list]);
  return lists
    .reduce<number[][]>((all, list) => all.flatMap((rf) => list.map((writer) => [...rf, writer])), [[]])
    .map((rf) => Int8Array.from(rf));
}

function compositions(total: number): readonly (readonly number[])[] {
  if (total === 0) return [[]];
  return Array.from({ length: total }, (_, i) => i + 1).flatMap((first) =>
    compositions(total - first).map((rest) => [first, ...rest]),
  );
}

function words<T>(letters: readonly T[], length: number): readonly (readonly T[])[] {
  if (length === 0) return [[]];
  return words(letters, length - 1).flatMap((word) => letters.map((letter) => [...word, letter]));
}

/**
 * A name that an execution shares with exactly those that differ from it by names of threads and places: the least description among all
 * renamings, threads sorted. Written without the enumeration's group: by texts.
 */
export function className(program: BoundedProgram, which: Writers, rf: Int8Array): string {
  const slots = readSlotsOf(program, which);
  const { places } = program.alphabet;
  const renamings = symmetriesOf([1], places);
  return renamings.map(({ places: to, bytes }) => leastText(program, slots, rf, to, bytes)).toSorted()[0] as string;
}

function leastText(
  program: BoundedProgram,
  slots: ReadSlots,
  rf: Int8Array,
  places: Int8Array,
  bytes: Int8Array,
): string {
  const threads = orders([...program.sizes.keys()]);
  return threads
    .map((order) => {
      const events = order.flatMap((t) => [...program.thread.keys()].filter((e) => program.thread[e] === t));
      return events
        .map((e) => {
          const reads = [...slots.reader.keys()]
            .filter((slot) => slots.reader[slot] === e)
            .map((slot) => ({ byte: bytes[slots.byte[slot] as number] as number, from: rf[slot] as number }))
            .toSorted((a, b) => a.byte - b.byte)
            .map(({ from }) => (from === ALLOCATION ? 'init' : events.indexOf(from)));
          const place = program.place[e] as number;
          return `${order.indexOf(program.thread[e] as number)}:${program.letter[e]}@${place < 0 ? '-' : places[place]}(${reads})`;
        })
        .join(' ');
    })
    .toSorted()[0] as string;
}

function orders(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => orders(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

import type { Place } from './alphabet.ts';
import { bytesOf } from './alphabet.ts';

/** A renaming of threads and places, as what it does to events, places and bytes: `events[i]` is where event i goes. */
export interface Symmetry {
  readonly events: Int8Array;
  readonly places: Int8Array;
  readonly bytes: Int8Array;
}

/**
 * All renamings of programs whose threads have these sizes (events are numbered thread by thread), the identity first: threads of one
 * size change places with each other, and so do bytes, if every place becomes a place. No axiom looks at anything that these change.
 */
export function symmetriesOf(sizes: readonly number[], places: readonly Place[]): readonly Symmetry[] {
  const renamings = placeRenamings(places);
  return threadRenamings(sizes).flatMap((events) => renamings.map((renaming) => ({ events, ...renaming })));
}

function threadRenamings(sizes: readonly number[]): readonly Int8Array[] {
  const starts = sizes.map((_, t) => sizes.slice(0, t).reduce((sum, size) => sum + size, 0));
  return permutations(sizes.length)
    .filter((to) => to.every((image, t) => sizes[image] === sizes[t]))
    .map((to) =>
      Int8Array.from(
        sizes.flatMap((size, t) => Array.from({ length: size }, (_, i) => (starts[to[t] as number] as number) + i)),
      ),
    );
}

function placeRenamings(places: readonly Place[]): readonly Pick<Symmetry, 'places' | 'bytes'>[] {
  const key = (bytes: readonly number[]): string => bytes.toSorted((a, b) => a - b).join(',');
  const covered = places.map(({ offset, size }) => Array.from({ length: size }, (_, k) => offset + k));
  const keys = covered.map(key);
  return permutations(bytesOf(places)).flatMap((to) => {
    const images = covered.map((bytes) => keys.indexOf(key(bytes.map((b) => to[b] as number))));
    return images.includes(-1) ? [] : [{ places: Int8Array.from(images), bytes: Int8Array.from(to) }];
  });
}

/** All orders of 0 … count-1, the identity first. */
export function permutations(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return permutations(count - 1)
    .flatMap((order) =>
      Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
    )
    .toSorted((a, b) => {
      const i = a.findIndex((value, at) => value !== b[at]);
      return (a[i] as number) - (b[i] as number);
    });
}

import type { Access } from '../../event/action.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';
import type { Continuation } from '../states/continuations.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Shape, ShapeTable } from '../weak/shapes.ts';
import { IdSet } from './id-set.ts';
import { accessesAsked, isLoose } from './requests.ts';

/** The writes that threads could make at all. */
export interface Land<S> {
  readonly shapes: ShapeTable;
  /** Why there may be more, in words; null if they are all. */
  readonly bound: string | null;
  /** Those that a thread, standing there, and threads that it forks could make from then on; null if that is not known. */
  future(thread: ThreadId, at: Continuation<S>): IdSet | null;
}

/** Where a thread stands that is not over. */
export interface Stand<S> {
  readonly thread: ThreadId;
  readonly at: Continuation<S>;
  /** It is about to do what it asks; else it waits. */
  readonly isNext: boolean;
}

/**
 * Which reads could take a value from a write that does not happen before them, though no interleaving has a race (proofs-notes/sc-drf.md, Step 3). Such a
 * write need not occur in any interleaving, so it is looked for among the writes that each thread makes on whatever answers. A class
 * because what was found out is kept.
 */
export class LooseReads<S> {
  readonly #names: ThreadNames;
  readonly #mayBeLoose: (read: Access) => boolean;
  readonly #land: () => Land<S>;
  readonly #sources = new Map<string, IdSet | null>();
  readonly #futures = new Map<string, IdSet | null>();

  /** `mayBeLoose`: what the program's text says; `land` is asked where that does not say enough. */
  constructor(names: ThreadNames, mayBeLoose: (read: Access) => boolean, land: () => Land<S>) {
    this.#names = names;
    this.#mayBeLoose = mayBeLoose;
    this.#land = land;
  }

  /** Whether two of the threads may read so next, from what others may still write. */
  meet(stands: readonly Stand<S>[]): boolean {
    const likely = stands.filter(({ thread, at, isNext }) => isNext && this.mayBe(thread, at.request));
    if (likely.length < 2) return false;
    return likely.filter((one) => this.#isLoose(one, stands)).length > 1;
  }

  /** Whether the thread may read so by its next step, if others may make all their writes. */
  mayBe(thread: ThreadId, request: Request): boolean {
    return accessesAsked(request).some(({ access, reads }) => reads && this.#sourcesOf(thread, access) !== null);
  }

  #isLoose({ thread, at: { request } }: Stand<S>, stands: readonly Stand<S>[]): boolean {
    return accessesAsked(request).some(({ access, reads }) => {
      const sources = reads ? this.#sourcesOf(thread, access) : null;
      if (sources === null) return false;
      if (this.#land().bound !== null) return true;
      return stands.some((other) => other.thread !== thread && (this.#futureOf(other)?.meets(sources) ?? true));
    });
  }

  #futureOf({ thread, at }: Stand<S>): IdSet | null {
    const key = `${thread}|${at.id}`;
    let future = this.#futures.get(key);
    if (future === undefined) this.#futures.set(key, (future = this.#land().future(thread, at)));
    return future;
  }

  /** From which writes the thread could read so; null if from none. */
  #sourcesOf(thread: ThreadId, read: Access): IdSet | null {
    const key = `${thread}:${read.region}:${read.offset}:${read.size}:${read.order}`;
    let sources = this.#sources.get(key);
    if (sources === undefined) this.#sources.set(key, (sources = this.#find(thread, read)));
    return sources;
  }

  #find(thread: ThreadId, read: Access): IdSet | null {
    if (!this.#mayBeLoose(read)) return null;
    const sources = new IdSet();
    const { shapes, bound } = this.#land();
    let some = bound !== null;
    for (const shape of shapes.inRegion(read.region))
      if (this.#mayFollow(thread, read, shape)) some = sources.add(shape.id) || some;
    return some ? sources : null;
  }

  /** Whether the write could be read without the program's structure placing it before the read, or after. */
  #mayFollow(reader: ThreadId, read: Access, shape: Shape): boolean {
    if (shape.thread === reader || shape.order === 'init' || !isLoose(read, shape)) return false;
    if (shape.joined.has(reader)) return false;
    const child = this.#names.childTowards(shape.thread, reader);
    return child === null || shape.forked.has(child);
  }
}

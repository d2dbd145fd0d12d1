import type { Access } from '../../event/action.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Landscape } from '../weak/landscape.ts';
import type { Shape } from '../weak/shapes.ts';
import { accessesAsked, isLoose } from './requests.ts';

/** The writes that each thread could make at all, if they are all known. */
export type Land = Pick<Landscape<unknown>, 'shapes' | 'bound'>;

/**
 * Which reads could take a value from a write that does not happen before them, though no interleaving has a race (proofs-notes/sc-drf.md, Step 3). Such a
 * write need not occur in any interleaving, so it is looked for among the writes that each thread makes on whatever answers. A class
 * because what was found out is kept.
 */
export class LooseReads {
  readonly #names: ThreadNames;
  readonly #mayBeLoose: (read: Access) => boolean;
  readonly #survey: () => Land;
  #land: Land | null = null;
  readonly #known = new Map<string, boolean>();

  /** `mayBeLoose`: what the program's text says. `survey` is asked at most once, when that does not say enough. */
  constructor(names: ThreadNames, mayBeLoose: (read: Access) => boolean, survey: () => Land) {
    this.#names = names;
    this.#mayBeLoose = mayBeLoose;
    this.#survey = survey;
  }

  /** Whether the next step of two of the threads may read so. */
  meet(next: readonly (readonly [ThreadId, Request])[]): boolean {
    const likely = next.filter(([, request]) => this.mayBe(request));
    return likely.length > 1 && likely.filter(([thread, request]) => this.#are(thread, request)).length > 1;
  }

  /** What the program's text says of a step. */
  mayBe(request: Request): boolean {
    return accessesAsked(request).some(({ access, reads }) => reads && this.#mayBeLoose(access));
  }

  #are(thread: ThreadId, request: Request): boolean {
    return accessesAsked(request).some(({ access, reads }) => reads && this.#isLoose(thread, access));
  }

  #isLoose(thread: ThreadId, read: Access): boolean {
    const key = `${thread}:${read.region}:${read.offset}:${read.size}:${read.order}`;
    let loose = this.#known.get(key);
    if (loose === undefined) {
      loose = this.#mayBeLoose(read) && this.#couldBeWritten(thread, read);
      this.#known.set(key, loose);
    }
    return loose;
  }

  #couldBeWritten(thread: ThreadId, read: Access): boolean {
    this.#land ??= this.#survey();
    const { shapes, bound } = this.#land;
    return bound !== null || shapes.inRegion(read.region).some((shape) => this.#mayFollow(thread, read, shape));
  }

  /** Whether the write could be read without the program's structure placing it before the read, or after. */
  #mayFollow(reader: ThreadId, read: Access, shape: Shape): boolean {
    if (shape.thread === reader || shape.order === 'init' || !isLoose(read, shape)) return false;
    if (shape.joined.has(reader)) return false;
    const child = this.#names.childTowards(shape.thread, reader);
    return child === null || shape.forked.has(child);
  }
}

import { known } from '../../base/assert.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request, Start } from '../../event/request.ts';
import type { SearchThread } from './locals.ts';

/** Equal for starts of threads that do the same with the same answers, as far as others can tell (`alike.ts`). */
export type Alike = (start: Start) => string;

/** Alike threads that stand for each other, in order of index. */
export type Batch = readonly SearchThread[];

/** Threads of one parent that began alike. */
export interface Kin {
  readonly id: number;
  /** Null for a thread that is like no other. */
  readonly key: string | null;
  /** Those met so far, in order of index. */
  readonly threads: SearchThread[];
  /** Some member does what tells it from the others for good: it forks, or makes objects. */
  isTold: boolean;
  /** The parent's state may hold their names. */
  isNamed: boolean;
  /** Members that stand for each other wherever they have begun; null if none do; undefined before some began. */
  batch: Batch | null | undefined;
}

export function isBatch(batch: Kin['batch']): batch is Batch {
  return batch !== null && batch !== undefined;
}

/** Who is alike, and who turned out not to be: the latter outlives the search that found it, which begins again. */
export class Kinship {
  readonly alike: Alike;
  readonly #apart = new Set<string>();

  constructor(alike: Alike) {
    this.alike = alike;
  }

  /** Null if threads that begin so are not alike after all. */
  key(parent: ThreadId, start: Start, ownsGroup: boolean): string | null {
    const key = `${parent} ${ownsGroup} ${this.alike(start)}`;
    return this.#apart.has(key) ? null : key;
  }

  part({ key }: Kin): void {
    if (key !== null) this.#apart.add(key);
  }

  /** Who is not alike, for {@link partAll}. */
  get apart(): readonly string[] {
    return [...this.#apart];
  }

  partAll(keys: readonly string[]): void {
    for (const key of keys) this.#apart.add(key);
  }
}

/** The kin of a search's threads. A class because the tables are hidden. */
export class Kindred {
  readonly #kinship: Kinship | null;
  readonly #byKey = new Map<string, Kin>();
  #count = 0;
  #learnt = 0;
  #isWrong = false;

  constructor(kinship: Kinship | null) {
    this.#kinship = kinship;
  }

  /** Whether threads were taken for alike that are not: nothing that was found counts. */
  get isWrong(): boolean {
    return this.#isWrong;
  }

  /** Grows with all that is known. */
  get learnt(): number {
    return this.#learnt;
  }

  /** The kin of a thread that begins; the thread is to be added to it. */
  of(parent: ThreadId | null, start: Start, ownsGroup: boolean): Kin {
    const key = parent === null ? null : (this.#kinship?.key(parent, start, ownsGroup) ?? null);
    const old = key === null ? undefined : this.#byKey.get(key);
    if (old !== undefined) return old;
    this.#learnt++;
    const kin: Kin = { id: this.#count++, key, threads: [], isTold: false, isNamed: false, batch: undefined };
    if (key !== null) this.#byKey.set(key, kin);
    else kin.batch = null;
    return kin;
  }

  /** What a root is found by: alike threads go on with the same. */
  rootKey({ key }: Kin, start: Start): string {
    return key === null ? start.key : known(this.#kinship, 'kinship').alike(start);
  }

  add(kin: Kin, thread: SearchThread): void {
    this.#learnt++;
    kin.threads.push(thread);
    if (kin.threads.length > 1 && kin.isTold) this.part(kin);
  }

  /** A member asks this. */
  asks(kin: Kin, { kind }: Request): void {
    if (kin.key === null || kin.isTold || (kind !== 'fork' && kind !== 'new' && kind !== 'alloc')) return;
    this.#learnt++;
    kin.isTold = true;
    if (kin.threads.length > 1) this.part(kin);
  }

  /** Their parent can tell them from each other. */
  name(kin: Kin): void {
    if (kin.isNamed) return;
    this.#learnt++;
    kin.isNamed = true;
  }

  /** Which members stand for each other; null for none. */
  settle(kin: Kin, batch: Batch | null): void {
    this.#learnt++;
    kin.batch = batch;
  }

  part(kin: Kin): void {
    this.#kinship?.part(kin);
    this.#isWrong = true;
  }
}

/**
 * Something that a configuration only points at: an instance or a piece of code. Immer neither drafts nor freezes nor
 * searches the instances of a class, so the whole graph of instances behind `it` stays out of the state and its
 * patches.
 */
export class Atom<T> {
  readonly it: T;
  /** Atoms with the same identity are equal. */
  readonly identity: unknown;

  constructor(it: T, identity: unknown = it) {
    this.it = it;
    this.identity = identity;
  }
}

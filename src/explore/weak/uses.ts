import type { Access, Order } from '../../event/action.ts';
import type { Rewrite } from '../../exec/answer-trie.ts';
import { MAIN, overlaps } from '../../event/location.ts';
import type { Range, ThreadId } from '../../event/location.ts';
import type { Assumptions } from '../../model/model.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Progress, ShapeTable } from './shapes.ts';

/** A read that some thread can make in some execution. */
interface Use extends Range, Progress {
  readonly order: Order;
  readonly thread: ThreadId;
}

/**
 * Which reads there are beside the writes of the {@link ShapeTable}, so that rounds of a loop which write what they read can be told to be idle
 * (proofs-notes/awaits.md). Reads are noted from the first such round on. A class because the index by key is hidden.
 */
export class Uses {
  readonly #byRegion = new Map<number, Map<string, Use>>();
  /** Ranges that a spinning thread was taken to rewrite without effect, by thread. */
  readonly #trusted = new Map<string, { readonly rewrite: Rewrite; readonly thread: ThreadId }>();
  readonly #shapes: ShapeTable;
  readonly #names: ThreadNames;
  readonly #readings: Readings;
  readonly #assumes: Assumptions;

  constructor(shapes: ShapeTable, names: ThreadNames, readings: Readings, assumes: Assumptions) {
    this.#shapes = shapes;
    this.#names = names;
    this.#readings = readings;
    this.#assumes = assumes;
  }

  /** Whether reads are to be noted. */
  get isAsked(): boolean {
    return this.#trusted.size > 0;
  }

  note(thread: ThreadId, reads: readonly Access[], { forked, joined }: Progress): void {
    for (const { region, offset, size, order } of reads) {
      const progress = order === 'unord' ? `${thread}:${[...forked].join('.')}:${[...joined].join('.')}` : '';
      const key = `${offset}:${size}:${order}:${progress}`;
      let uses = this.#byRegion.get(region);
      if (uses === undefined) this.#byRegion.set(region, (uses = new Map()));
      if (!uses.has(key)) uses.set(key, { region, offset, size, order, thread, forked, joined });
    }
  }

  /** Whether a round that rewrites this can be left out, as far as is known; what is answered is remembered. */
  isIdle(thread: ThreadId, rewrites: readonly Rewrite[]): boolean {
    return rewrites.every((rewrite) => {
      if (rewrite.failed && this.#readings['cmpxchg-failure'] === 'read') return true;
      const key = `${thread}:${rewrite.region}:${rewrite.offset}:${rewrite.size}:${rewrite.order}`;
      if (!this.#isAlone(rewrite, thread)) {
        this.#trusted.delete(key);
        return false;
      }
      this.#trusted.set(key, { rewrite, thread });
      return true;
    });
  }

  /** Whether something that {@link isIdle} answered is known to be wrong by now, or was answered before reads were noted. */
  isOutdated(): boolean {
    return [...this.#trusted.values()].some(({ rewrite, thread }) => !this.#isAlone(rewrite, thread));
  }

  /**
   * Whether all accesses that overlap the update's, but for initial writes, are atomic and of its range, or ordered with every event of the
   * spinning thread by the program's structure.
   */
  #isAlone(update: Rewrite, spinner: ThreadId): boolean {
    if (!this.#assumes.rewrites || !this.#isAtomic(update.order)) return false;
    const alike = (access: Range & { readonly order: Order }): boolean =>
      !overlaps(access, update) ||
      (this.#isAtomic(access.order) && access.offset === update.offset && access.size === update.size);
    const writes = this.#shapes.inRegion(update.region);
    if (!writes.every((w) => w.order === 'init' || alike(w) || (w.thread === MAIN && w.forked.size === 0)))
      return false;
    const reads = [...(this.#byRegion.get(update.region)?.values() ?? [])];
    return reads.every((read) => alike(read) || this.#isOrdered(read, spinner));
  }

  /** Whether the reading event is before or after all of the thread's, or its own. */
  #isOrdered(read: Use, spinner: ThreadId): boolean {
    if (read.thread === spinner || read.joined.has(spinner)) return true;
    const child = this.#names.childTowards(read.thread, spinner);
    return child !== null && !read.forked.has(child);
  }

  #isAtomic(order: Order): boolean {
    return order === 'seqcst' || (order === 'acqrel' && this.#assumes.synchronises === 'acqrel');
  }
}

import type { CutLoop } from './loops/cut.ts';
import type { Added, FoundExecution } from './findings.ts';
import { Findings } from './findings.ts';
import type { Kept, Tally } from './tally.ts';
import { countOf, emptyTally } from './tally.ts';
import type { Cursor } from './task.ts';

/** Findings of a part of a search, which writes down what the whole needs. A class because findings are. */
export class Recorder<S> extends Findings<S> {
  readonly tally: Tally = emptyTally();
  #cursor: Cursor | null = null;
  #last: readonly number[] | null = null;
  #nth = 0;

  /** The search whose findings these are. */
  follow(cursor: Cursor): void {
    this.#cursor = cursor;
  }

  override add(found: FoundExecution<S>): Added | null {
    const path = this.#cursor?.path ?? [];
    this.#nth = this.#last !== null && samePath(path, this.#last) ? this.#nth + 1 : 0;
    this.#last = [...path];
    const added = super.add(found);
    this.tally.added++;
    this.tally.mayLoop ||= this.mayNotEnd;
    if (added === null) return null;
    const { profile, hash, news } = added;
    const isFirst = !this.tally.profiles.has(profile);
    const count = countOf(this.tally, profile);
    if (hash === null) count.others++;
    else count.hashes.add(hash);
    if (news || isFirst) this.tally.kept.push({ path: this.#last, nth: this.#nth, profile, hash });
    return added;
  }

  override block(): void {
    super.block();
    this.tally.blocked++;
  }

  override reach(bound: string): void {
    if (this.bound === null) this.#remark(bound, null);
    super.reach(bound);
  }

  override cut(loop: CutLoop): void {
    super.cut(loop);
    this.tally.mayLoop = true;
    this.#remark(null, loop);
  }

  override mayLoop(): void {
    super.mayLoop();
    this.tally.mayLoop = true;
  }

  #remark(bound: string | null, loop: CutLoop | null): void {
    const { remarks } = this.tally;
    const isKnown = remarks.some((r) =>
      loop === null
        ? r.bound === bound
        : r.loop !== null &&
          r.loop.thread === loop.thread &&
          r.loop.at.start === loop.at.start &&
          r.loop.rounds >= loop.rounds,
    );
    if (!isKnown) remarks.push({ path: [...(this.#cursor?.path ?? [])], bound, loop });
  }
}

/** Findings that are made again from what recorders wrote down. A class because findings are. */
export class Remaker<S> extends Findings<S> {
  #wanted: { readonly nth: number; readonly times: number } | null = null;
  #nth = 0;
  #last: Added | null = null;

  /** Adds the execution, which `search` finds again, as so many; what came of it. */
  again(kept: Kept, times: number, search: () => void): Added | null {
    this.#wanted = { nth: kept.nth, times };
    this.#nth = 0;
    this.#last = null;
    search();
    this.#wanted = null;
    return this.#last;
  }

  override add(found: FoundExecution<S>, times = 1): Added | null {
    if (this.#wanted === null) return super.add(found, times);
    if (this.#nth++ !== this.#wanted.nth) return null;
    this.#last = super.add(found, this.#wanted.times);
    return this.#last;
  }

  override block(times = 1): void {
    if (this.#wanted === null) super.block(times);
  }

  override reach(bound: string): void {
    if (this.#wanted === null) super.reach(bound);
  }

  override cut(loop: CutLoop): void {
    if (this.#wanted === null) super.cut(loop);
  }

  override mayLoop(): void {
    if (this.#wanted === null) super.mayLoop();
  }
}

function samePath(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((choice, i) => choice === b[i]);
}

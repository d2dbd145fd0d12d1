import type { Findings, FoundExecution } from '../findings.ts';

/** Executions that are counted before they are told. */
const MOST = 1_000;

/** Executions that show what another did are counted, and told as so many of that. A class because the counts are hidden. */
export class Counted<S> {
  readonly #findings: Findings<S>;
  readonly #most: number;
  readonly #shown = new Map<string, { readonly found: FoundExecution<S>; more: number }>();
  #count = 0;

  /** `most`: executions that are to be found. */
  constructor(findings: Findings<S>, most: number) {
    this.#findings = findings;
    this.#most = most;
  }

  /** The execution, which was told, stands for all that show the same. */
  standsFor(shows: string, found: FoundExecution<S>): void {
    this.#shown.set(shows, { found, more: 0 });
  }

  /** Whether one was told that shows so: then another is counted. */
  count(shows: string): boolean {
    const like = this.#shown.get(shows);
    if (like === undefined) return false;
    like.more++;
    this.#count++;
    if (this.#count >= MOST || this.#findings.executions + this.#count >= this.#most) this.tell();
    return true;
  }

  /** Nothing is counted that was not told. */
  get isEven(): boolean {
    return this.#count === 0;
  }

  tell(): void {
    for (const like of this.#shown.values()) {
      if (like.more > 0) this.#findings.add(like.found, like.more);
      like.more = 0;
    }
    this.#count = 0;
  }
}

import type { Source } from '../../base/span.ts';

export interface DrawOptions {
  /** The test's name. */
  readonly title: string;
  /** The model under which the execution is consistent. */
  readonly model?: string;
  /** What the execution showed, as in {@link import('../../explore/result.ts').Outcome}. */
  readonly outcome?: ReadonlyMap<string, string>;
  /** Gives events their line numbers. */
  readonly source?: Source;
  /**
   * Reads of a length by bounds checks. `auto` shows those that matter: out of bounds, racing, stale, or reading from a
   * growth. The read of `memory.size` is always shown.
   */
  readonly lengths?: Showing;
  /** From-read edges. `auto` shows those on a cycle, so that a violation of sequential consistency can be followed. */
  readonly fromReads?: Showing;
}

export type Showing = 'auto' | 'show' | 'hide';

import type { Source } from '../../base/span.ts';
import type { EventId } from '../../event/execution.ts';
import type { FigureEdge } from './figure.ts';

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
  /** What is said of the whole execution instead of its model, its weakness and its races. */
  readonly facts?: readonly string[];
  /** What a text beside the picture calls an event; null if it does not speak of it. */
  readonly nameOf?: (event: EventId) => string | null;
  /** Edges that a picture is about. */
  readonly stress?: readonly StressedEdge[];
  /** Drawn instead of all others. */
  readonly edges?: readonly FigureEdge[];
  /** `auto` leaves the main thread out where it only forks and joins, and nothing speaks of that. */
  readonly mainThread?: 'auto' | 'show';
  /** From-read edges. `auto` shows those on a cycle, so that a violation of sequential consistency can be followed. */
  readonly fromReads?: Showing;
}

/**
 * An edge that is drawn as with a marker. `po` may span several events; `sw`, `rf` and `asw` are stressed where they are drawn anyway; `fr`, `hb` and `tot` are
 * edges of their own.
 */
export interface StressedEdge {
  readonly kind: 'po' | 'sw' | 'rf' | 'asw' | 'fr' | 'hb' | 'tot';
  readonly from: EventId;
  readonly to: EventId;
  readonly label: string | null;
}

export type Showing = 'auto' | 'show' | 'hide';

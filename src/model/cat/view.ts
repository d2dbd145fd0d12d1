import type { EventId, Execution } from '../../event/execution.ts';
import type { Rows } from '../../rel/rows.ts';

/** What a name of the cat language can stand for before a file defines anything. */
export type BaseKind = 'set' | 'relation';

/** A set or relation that a view offers to the files written for it. */
export interface Base {
  readonly name: string;
  readonly kind: BaseKind;
  /** What it means, in a line. */
  readonly doc: string;
}

/**
 * An execution as a cat file looks at it: elements 0 … size-1 and, on demand, the view's sets and relations over them.
 */
export interface Frame {
  readonly size: number;
  /** The event that each element belongs to. */
  readonly eventOf: Int32Array;
  /**
   * Writes the base of that name into `out`, which is zero: a set as one row of `wordsOf(size)` words, a relation as one row for each element
   * (`addBit(out, words, a, b)` for a pair, `addBit(out, words, 0, a)` for an element of a set). Of a relation, only its pairs in `within` are wanted, if that is there.
   */
  write(base: string, out: Rows, within?: Rows): void;
}

/** Why a view cannot show an execution: it has something that the view's files cannot speak of. */
export interface Unsupported {
  /** Completes “the model X does not speak of …”. */
  readonly unsupported: string;
  /** The event in question, which has a place. */
  readonly event: EventId | null;
}

/** An execution that is none where the view's files are at home, whatever they say: no read there mixes two writes. */
export interface Impossible {
  /** What fails, as the name of a check. */
  readonly impossible: string;
  readonly events: readonly EventId[];
}

/** How executions are shown to a family of cat files: what their elements are, and which names they start from. */
export interface View {
  /** The first word of the header of the files that are written for it: `Wasm`, `C`, `X86`, `AArch64`. */
  readonly name: string;
  /** What the elements are, in a sentence. */
  readonly about: string;
  readonly bases: readonly Base[];
  /** Whether a read takes all that it reads from one write, so that a search need not look for others. */
  readonly wholeReads: boolean;
  frame(execution: Execution): Frame | Unsupported | Impossible;
  /**
   * The same frame but for the numbering of its elements, in memory that the next one takes, so that nothing is allocated; null of one with more than 32 elements.
   */
  readonly small?: (execution: Execution) => Frame | null;
}

/** A base with the function that writes it, for a view whose frames are of the type `F`. */
export interface BaseRow<F extends Frame> extends Base {
  readonly write: (frame: F, out: Rows) => void;
}

/** Looks a row up and lets it write: the body of {@link Frame.write}. */
export function writeBase<F extends Frame>(
  rows: ReadonlyMap<string, BaseRow<F>>,
  frame: F,
  name: string,
  out: Rows,
): void {
  rows.get(name)?.write(frame, out);
}

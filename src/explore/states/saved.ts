import type { CutLoop } from '../loops/cut.ts';
import type { NamedThread } from '../thread-names.ts';
import type { Moved } from './symmetry.ts';

/** What a search of states knows, as plain data: from it the search goes on, and finds what it would have found. */
export interface SavedStates {
  /** Numbers of states, edges and whatever else grows. */
  readonly lists: readonly Int32Array[];
  readonly rest: SavedRest;
}

export interface SavedRest {
  /** How many of the lists are which. */
  readonly parts: readonly number[];
  /** Who of alike threads took whose places in some step. */
  readonly moves: readonly Moved[];
  /** Where the search stands. */
  readonly position: Position;
  readonly names: readonly NamedThread[];
  /** Threads that were taken for alike in an earlier search, and are not. */
  readonly apart: readonly string[];
  readonly bounds: readonly string[];
  readonly loops: readonly CutLoop[];
  /** All was searched. */
  readonly complete: boolean;
}

export interface Position {
  /** The first state that was not explored. */
  readonly next: number;
  /** The first state to be looked at again, since more is known by now; null before the end of the first pass over all. */
  readonly again: number | null;
  /** Edges before that pass. */
  readonly before: number;
}

/** Where a search of states is saved now and then, and goes on from. */
export interface Saving {
  readonly saved: SavedStates | null;
  /** After how many states it is asked, if not as often as whether to stop. */
  readonly step?: number;
  readonly isDue: () => boolean;
  readonly save: (states: SavedStates) => void;
}

import type { Event, EventId, Execution } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import type { Label, Status } from '../interleave/step.ts';
import type { Segment } from './segment.ts';

/** How a thread stands between two requests. */
export interface CourseThread {
  readonly id: ThreadId;
  readonly node: TrieNode<Segment>;
  readonly status: Status;
}

/** What happened so far: events of the execution, in order. */
export interface History {
  readonly execution: Execution;
  readonly order: readonly EventId[];
}

/**
 * What answers the threads of a walk, one request after the other, and takes answers back. Two make it: any interleaving, answered by a store,
 * and one execution, each read answered as it has it.
 */
export interface Course {
  /** Whether threads choose freely; else the order is fixed. */
  readonly isFree: boolean;
  /** Null if no more is known of the program than the execution says: it is the beginning of one. */
  readonly bound: string | null;
  threads(): readonly CourseThread[];
  /** The answers that a thread, standing at its request, can be given now. */
  choices(thread: ThreadId): readonly Label[];
  /** Makes the step; the events that it made. */
  step(label: Label): readonly Event[];
  /** Whose turn it is, where the order is fixed. */
  turn(): ThreadId | null;
  mark(): unknown;
  undoTo(mark: unknown): void;
  history(): History;
  /** Why a group of threads ended, where a trap ended it. */
  crashOf(thread: ThreadId): string | null;
}

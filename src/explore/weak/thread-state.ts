import type { EventId } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import type { Progress } from './shapes.ts';

/**
 * How a thread stands in the search. `deferred`: it is at a read that synchronises with a write which is not placed yet.
 * `stuck`: it waits for ever. `cut`: ended by a trap elsewhere in its group; `trapped`: by its own.
 */
export type Status = 'running' | 'deferred' | 'done' | 'stuck' | 'cut' | 'trapped';

export interface ThreadState<S> {
  readonly id: ThreadId;
  readonly node: TrieNode<S>;
  readonly status: Status;
  /** Its latest event, or the fork that made it if it has none; null for a main thread without events. */
  readonly last: EventId | null;
  /** Its latest event; null if it has none. */
  readonly own: EventId | null;
  readonly events: number;
  readonly progress: Progress;
}

/** Whether the thread may still write. */
export function isLive<S>({ status }: ThreadState<S>): boolean {
  return status === 'running' || status === 'deferred';
}

/** Whether a join on the thread succeeds. */
export function hasEnded<S>(thread: ThreadState<S> | undefined): boolean {
  return thread?.status === 'done' || thread?.status === 'cut' || thread?.status === 'trapped';
}

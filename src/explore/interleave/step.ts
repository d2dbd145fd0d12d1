import type { Leave } from '../conclusions.ts';
import { known } from '../../base/assert.ts';
import type { EventId } from '../../event/execution.ts';
import type { ThreadId } from '../../event/location.ts';
import type { AccessRequest } from '../../event/request.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import type { Footprint } from './footprint.ts';

/**
 * How a thread stands. `waiting`: in a queue. `dozing`: in a queue, which it will leave by itself without a reason; `roused`: it dozed, but
 * was notified first, so that the execution is given up: those in which it waited are explored on their own. `parked`: it spins, and is not run on: if what it read changes, the executions
 * in which it reads later are explored on their own. `ended` by its end, `trapped` by its own trap, `cut` by another's.
 */
export type Status = 'running' | 'waiting' | 'dozing' | 'roused' | 'parked' | 'ended' | 'trapped' | 'cut';

export interface WorldThread<S> {
  readonly id: ThreadId;
  readonly node: TrieNode<S>;
  readonly status: Status;
  /** The event that forked it. */
  readonly forkedBy: EventId | null;
  /** Its latest event. */
  readonly last: EventId | null;
  readonly events: number;
  readonly forks: number;
}

/*
 * The two changes that nearly every step makes say all fields: copies by spreading take several times as long.
 */

/** The thread after one more event, at the same node. */
export function withEvent<S>(
  { id, node, status, forkedBy, events, forks }: WorldThread<S>,
  last: EventId,
): WorldThread<S> {
  return { id, node, status, forkedBy, last, events: events + 1, forks };
}

/** The thread when its request was answered. */
export function answered<S>(
  { id, forkedBy, last, events, forks }: WorldThread<S>,
  node: TrieNode<S>,
  status: Status,
): WorldThread<S> {
  return { id, node, status, forkedBy, last, events, forks };
}

/** What a thread may do next: its request as it stands, growth that fails, a wait that will end spuriously, or how it leaves a queue. */
export type Choice = 'go' | 'fail' | 'doze' | Leave['kind'];
const CHOICES: readonly Choice[] = ['go', 'fail', 'doze', 'timeout', 'spurious'];

export function isChoice(data: unknown): data is Choice {
  return (CHOICES as readonly unknown[]).includes(data);
}

/** A thread and its choice, as one number. */
export type Label = number;

export function labelOf(thread: ThreadId, choice: Choice): Label {
  return thread * CHOICES.length + CHOICES.indexOf(choice);
}

export function threadOf(label: Label): ThreadId {
  return Math.floor(label / CHOICES.length) as ThreadId;
}

export function choiceOf(label: Label): Choice {
  return known(CHOICES[label % CHOICES.length], 'choice');
}

/** A step with what it depends on. */
export interface Pending {
  readonly label: Label;
  readonly footprint: Footprint;
  /** Its thread has other choices in the same state. */
  readonly chosen: boolean;
}

export interface Step extends Pending {
  /** Whether the footprint is the same whatever the step reads (but for a length). */
  readonly steady: boolean;
  /** What it asked, if it is an access: what it touches follows from what it reads. */
  readonly access: AccessRequest | null;
  /** Steps of other threads that could have been made instead, and no longer can. */
  readonly disabled: readonly Label[];
}

/** Whether joins on the thread succeed. */
export function hasEnded(status: Status): boolean {
  return status === 'ended' || status === 'trapped' || status === 'cut';
}

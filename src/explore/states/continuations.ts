import { known } from '../../base/assert.ts';
import type { Request, Response, Start } from '../../event/request.ts';
import { responseKey } from '../../event/request.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Machine, Suspended } from '../../runtime/executor.ts';
import type { Course } from './rounds.ts';
import { RoundCounts } from './rounds.ts';

/** What a thread goes on with. */
export interface Continuation<S> {
  readonly id: number;
  readonly state: S;
  readonly request: Request;
  /** Answers on the way on which it was first found. */
  readonly depth: number;
  /** The thread does the same again and again: nothing is gained by running it on. */
  readonly spins: boolean;
  /** How often the thread has asked in this place, this time included, in the same activation of its function, where that is counted: the rounds of a loop that it has begun. */
  readonly rounds: number;
  /** Those are more than are allowed. */
  readonly isCut: boolean;
}

/** The continuations of a program's threads, found as they are asked for. */
export interface Continuations<S> {
  /** Of threads that begin so; starts with the same key have the same, by default the start's own. */
  readonly root: (start: Start, key?: string) => Continuation<S>;
  readonly next: (from: Continuation<S>, response: Response) => Continuation<S>;
  /** How many were found. */
  readonly count: () => number;
}

/**
 * Threads in equal states have one continuation: the first that was found, so that a loop leads back to where it began. Where no more than `most` rounds of a loop
 * are allowed, only threads that have made equally many are equal, but for those that spin.
 */
export function mergedContinuations<S, From extends Start>(
  machine: Machine<S, From>,
  most: number | null = null,
): Continuations<S> {
  const buckets = new Map<number, Continuation<S>[]>();
  const roots = new Map<string, Continuation<S>>();
  const children: Map<string, Continuation<S>>[] = [];

  const counts = most === null ? null : new RoundCounts<S, Continuation<S>>(machine);
  const courses: Course<Continuation<S>>[] = [];

  function intern(now: Suspended<S>, from: Continuation<S> | null, response: Response | null): Continuation<S> {
    const { state, request } = now;
    const before = counts === null || from === null ? null : { at: from, course: known(courses[from.id], 'course') };
    const course = counts?.after(before, response, now) ?? null;
    const isCut = course !== null && most !== null && course.rounds > most;
    const spin = course === null || isCut ? undefined : counts?.spinOf(course, now);
    if (spin !== undefined) return spin;
    const hash = machine.stateHash(state);
    const bucket = buckets.get(hash) ?? [];
    const old = bucket.find(
      (other) =>
        sameRequest(other.request, request) &&
        (course === null || courses[other.id]?.key === course.key) &&
        machine.sameState(other.state, state),
    );
    if (old !== undefined) return old;
    const depth = from === null ? 0 : from.depth + 1;
    const rounds = course?.rounds ?? 1;
    const fresh: Continuation<S> = { id: children.length, state, request, depth, spins: false, rounds, isCut };
    if (course !== null) courses.push(course);
    children.push(new Map());
    bucket.push(fresh);
    buckets.set(hash, bucket);
    return fresh;
  }

  return {
    root: (start, key = start.key) => remember(roots, key, () => intern(machine.start(start as From), null, null)),
    next: (from, response) =>
      remember(children[from.id] as Map<string, Continuation<S>>, responseKey(response), () =>
        intern(machine.resume(from.state, response), from, response),
      ),
    count: () => children.length,
  };
}

/** Every history of answers has its own. */
export function separateContinuations<S, From extends Start>(
  trie: AnswerTrie<S, From>,
  most: number | null = null,
): Continuations<S> {
  const found = new Map<TrieNode<S>, Continuation<S>>();
  const nodes: TrieNode<S>[] = [];

  function at(node: TrieNode<S>): Continuation<S> {
    let continuation = found.get(node);
    if (continuation === undefined) {
      const { state, request, depth, spin, rounds } = node;
      const isCut = most !== null && rounds > most;
      continuation = { id: nodes.length, state, request, depth, spins: spin !== null, rounds, isCut };
      nodes.push(node);
      found.set(node, continuation);
    }
    return continuation;
  }

  return {
    root: (start) => at(trie.root(start)),
    next: (from, response) => at(trie.child(nodes[from.id] as TrieNode<S>, response)),
    count: () => nodes.length,
  };
}

function remember<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/** As far as a machine's state may not say it: what threads in equal states ask is equal, but for how they end. */
export function sameRequest(a: Request, b: Request): boolean {
  if (a.kind === 'trap') return b.kind === 'trap' && a.reason === b.reason && a.exception === b.exception;
  if (a.kind === 'done') return b.kind === 'done' && a.code === b.code;
  return a.kind === b.kind;
}

import type { Request, Response, Start } from '../../event/request.ts';
import { responseKey } from '../../event/request.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Machine, Suspended } from '../../runtime/executor.ts';

/** What a thread goes on with. */
export interface Continuation<S> {
  readonly id: number;
  readonly state: S;
  readonly request: Request;
  /** Answers on the way on which it was first found. */
  readonly depth: number;
  /** The thread does the same again and again: nothing is gained by running it on. */
  readonly spins: boolean;
}

/** The continuations of a program's threads, found as they are asked for. */
export interface Continuations<S> {
  /** Of threads that begin so; starts with the same key have the same, by default the start's own. */
  readonly root: (start: Start, key?: string) => Continuation<S>;
  readonly next: (from: Continuation<S>, response: Response) => Continuation<S>;
}

/** Threads in equal states have one continuation: the first that was found, so that a loop leads back to where it began. */
export function mergedContinuations<S, From extends Start>(machine: Machine<S, From>): Continuations<S> {
  const buckets = new Map<number, Continuation<S>[]>();
  const roots = new Map<string, Continuation<S>>();
  const children: Map<string, Continuation<S>>[] = [];

  function intern({ state, request }: Suspended<S>, depth: number): Continuation<S> {
    const hash = machine.stateHash(state);
    const bucket = buckets.get(hash) ?? [];
    const old = bucket.find((other) => sameRequest(other.request, request) && machine.sameState(other.state, state));
    if (old !== undefined) return old;
    const fresh: Continuation<S> = { id: children.length, state, request, depth, spins: false };
    children.push(new Map());
    bucket.push(fresh);
    buckets.set(hash, bucket);
    return fresh;
  }

  return {
    root: (start, key = start.key) => remember(roots, key, () => intern(machine.start(start as From), 0)),
    next: (from, response) =>
      remember(children[from.id] as Map<string, Continuation<S>>, responseKey(response), () =>
        intern(machine.resume(from.state, response), from.depth + 1),
      ),
  };
}

/** Every history of answers has its own. */
export function separateContinuations<S, From extends Start>(trie: AnswerTrie<S, From>): Continuations<S> {
  const found = new Map<TrieNode<S>, Continuation<S>>();
  const nodes: TrieNode<S>[] = [];

  function at(node: TrieNode<S>): Continuation<S> {
    let continuation = found.get(node);
    if (continuation === undefined) {
      const { state, request, depth, spin } = node;
      continuation = { id: nodes.length, state, request, depth, spins: spin !== null };
      nodes.push(node);
      found.set(node, continuation);
    }
    return continuation;
  }

  return {
    root: (start) => at(trie.root(start)),
    next: (from, response) => at(trie.child(nodes[from.id] as TrieNode<S>, response)),
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
function sameRequest(a: Request, b: Request): boolean {
  if (a.kind === 'trap') return b.kind === 'trap' && a.reason === b.reason && a.exception === b.exception;
  if (a.kind === 'done') return b.kind === 'done' && a.code === b.code;
  return a.kind === b.kind;
}

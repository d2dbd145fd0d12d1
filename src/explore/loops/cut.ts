import type { Span } from '../../base/span.ts';
import type { ThreadId } from '../../event/location.ts';
import type { TrieNode } from '../../exec/answer-trie.ts';
import type { ThreadNames } from '../thread-names.ts';

/** A loop of a thread that a bound cut. */
export interface CutLoop {
  /** As in outcomes. */
  readonly thread: string;
  /** The access, or other request, that came round again. */
  readonly at: Span;
  readonly text: string;
  /** How often the thread had been there in the same activation of its function. */
  readonly rounds: number;
}

/** In which loop a thread is that was given up at the node: that which came round most often; null if it is in none. */
function cutLoop<S>(thread: string, node: TrieNode<S>): CutLoop | null {
  let most: TrieNode<S> = node;
  if (node.rounds === 1) {
    for (let at: TrieNode<S> | null = node; at !== null; at = at.parent) if (at.rounds > most.rounds) most = at;
  }
  const { request, rounds } = most;
  if (rounds === 1 || !('site' in request)) return null;
  return { thread, at: request.site.at, text: request.site.text, rounds: rounds - 1 };
}

/** Tells the loop in which a thread was given up. */
export function tellCut<S>(
  findings: { readonly cut: (loop: CutLoop) => void },
  names: ThreadNames,
  where: { readonly thread: ThreadId; readonly node: TrieNode<S> } | null,
): void {
  const loop = where === null ? null : cutLoop(names.info(where.thread).name, where.node);
  if (loop !== null) findings.cut(loop);
}

/** The loops, each once, with the most rounds that some path made. */
export class CutLoops {
  readonly #loops = new Map<string, CutLoop>();

  add(loop: CutLoop): void {
    const key = `${loop.thread}:${loop.at.start}`;
    if ((this.#loops.get(key)?.rounds ?? 0) < loop.rounds) this.#loops.set(key, loop);
  }

  all(): readonly CutLoop[] {
    return [...this.#loops.values()].sort(compareLoops);
  }
}

export function compareLoops(a: CutLoop, b: CutLoop): number {
  return a.at.start - b.at.start || (a.thread < b.thread ? -1 : 1);
}

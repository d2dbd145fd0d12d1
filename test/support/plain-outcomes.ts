import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import type { TrieNode } from '../../src/exec/answer-trie.ts';
import type { Response } from '../../src/event/request.ts';
import type { Execution } from '../../src/event/execution.ts';
import { endedThread, outcomeKey, outcomeValues, ThreadEnds } from '../../src/explore/outcome.ts';
import { explored } from '../../src/explore/publication.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { plainExecutions } from '../../src/explore/weak/plain.ts';
import { known } from '../../src/base/assert.ts';
import type { Model } from '../../src/model/model.ts';
import { BitMatrix } from '../../src/rel/bit-matrix.ts';
import type { Executor } from '../../src/runtime/executor.ts';
import type { Program } from '../../src/runtime/program.ts';
import { makeScriptMachine } from '../../src/runtime/script-machine.ts';
import type { ScriptStart, ScriptState } from '../../src/runtime/script-state.ts';
import type { CallStart } from '../../src/runtime/executor.ts';
import { scriptMain } from '../../src/runtime/session.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';

/** The outcomes of the plain enumeration of candidate executions. */
export interface PlainOutcomes {
  readonly all: ReadonlySet<string>;
  /** Those of executions in which reads and program order go round in no circle, so that no value can depend on itself. */
  readonly straight: ReadonlySet<string>;
}

class TooMany extends Error {}

/** Gives up after so many answers. */
class ShortTrie<S> extends AnswerTrie<ScriptState<S>, ScriptStart | CallStart> {
  left = 0;

  override child(node: TrieNode<ScriptState<S>>, response: Response): TrieNode<ScriptState<S>> {
    if (--this.left < 0) throw new TooMany();
    return super.child(node, response);
  }
}

/** All outcomes of a small program under a model, by plain enumeration; null if there is too much to enumerate, or a trap. */
export function plainOutcomes<S>(
  program: Program,
  executor: Executor<S>,
  model: Model,
  most: { readonly answers: number; readonly candidates: number },
): PlainOutcomes | null {
  const inner = explored(executor, DEFAULT_READINGS);
  const trie = new ShortTrie(makeScriptMachine(inner, program));
  trie.left = most.answers;
  const names = new ThreadNames();
  const ends = new ThreadEnds<ReturnType<typeof inner.start>['state']>();
  const [all, straight] = [new Set<string>(), new Set<string>()];
  let left = most.candidates;
  try {
    for (const found of plainExecutions(trie, scriptMain(program), names, DEFAULT_READINGS)) {
      if (--left < 0) return null;
      if (!model.check(found.execution).consistent) continue;
      const threads = [...found.ends]
        .sort(([a], [b]) => a - b)
        .map(([id, node]) => endedThread(names.info(id), node, node.request.kind === 'done', null));
      const values = new Map([...outcomeValues(threads, found.execution.events, ends)].sort());
      const key = outcomeKey(
        values,
        threads.some((thread) => !thread.ended),
      );
      all.add(key);
      if (isStraight(found.execution)) straight.add(key);
    }
  } catch (error) {
    if (error instanceof TooMany) return null;
    throw error;
  }
  return { all, straight };
}

function isStraight({ events, rf, asw }: Execution): boolean {
  const relation = new BitMatrix(events.length);
  for (const a of events)
    for (const b of events) if (a.thread === b.thread && a.index < b.index) relation.add(a.id, b.id);
  for (const [a, b] of asw) relation.add(a, b);
  rf.forEach((reads, reader) => {
    for (const writers of reads ?? []) for (const writer of writers ?? []) relation.add(writer, reader);
  });
  const closed = relation.close();
  return events.every(({ id }) => !closed.has(known(id, 'event'), id));
}

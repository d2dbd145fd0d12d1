import { known } from '../base/assert.ts';
import type { SavedRest, Saving } from '../explore/states/saved.ts';
import type { CheckpointFile } from './checkpoint-file.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';
import type { ExploreSpec } from './explore-job.ts';
import { printNote } from './output.ts';

/** Checkpoints of searches of states, which the search writes itself. */

interface Content {
  /** Which of the file's tests, from 0: those before it are searched anew. */
  readonly test: number;
  readonly states: number;
  readonly rest: SavedRest;
}

/** Where the exploration of a file is saved. */
export interface SavingSpec {
  readonly path: string;
  /** Milliseconds between two times. */
  readonly every: number;
}

/** Saving takes no more than one part in so many of the time. */
const SHARE = 10;

/** Says from where a search will go on, if what is written down there is one of states. Throws if it is of no use. */
export function announceStates(path: string, spec: ExploreSpec): void {
  const content = contentOf(readCheckpointFile(path, spec, false));
  if (content !== null) printNote(`going on from ${path}: ${content.states} states`);
}

/** Null where there is nothing, or an exploration in parts. */
function contentOf(file: CheckpointFile | null): Content | null {
  return file?.kind === 'states' ? (file.content as Content) : null;
}

/** How a test's search is saved, if it is. */
export function savingOf(spec: ExploreSpec, test: number): Saving | undefined {
  if (spec.saving === undefined || spec.saving === null) return undefined;
  const { path, every } = spec.saving;
  const file = readCheckpointFile(path, spec, true);
  // One in parts is that of an earlier test.
  const content = contentOf(file);
  // A file keeps the search of one test: no later one has begun before that is over.
  if (content !== null && (content.test > test || (content.test < test && !content.rest.complete))) return undefined;
  let due = performance.now() + every;
  return {
    saved: content?.test === test ? { lists: known(file, 'file').lists, rest: content.rest } : null,
    isDue: () => performance.now() > due,
    save: ({ lists, rest }) => {
      const started = performance.now();
      // The first list has a number for every state.
      const states = known(lists[0], 'states').length;
      writeCheckpointFile(path, spec, { kind: 'states', content: { test, states, rest } satisfies Content, lists });
      const ended = performance.now();
      due = ended + Math.max(every, SHARE * (ended - started));
    },
  };
}

import type { Progressed } from '../explore/divide.ts';
import { weightOf } from '../explore/divide.ts';
import { executionsIn } from '../explore/tally.ts';
import { progressedFromText, progressedText } from '../explore/tally-text.ts';
import { readCheckpointFile, writeCheckpointFile } from './checkpoint-file.ts';
import type { ExploreSpec, LongSearch } from './explore-job.ts';
import { printNote } from './output.ts';

/** Checkpoints of explorations in parts. */

export interface Checkpoint {
  readonly search: LongSearch;
  readonly progressed: Progressed;
}

interface Content {
  readonly search: LongSearch;
  readonly progressed: string;
}

/** Reads a checkpoint, if there is one of an exploration in parts. */
export function readCheckpoint(path: string, spec: ExploreSpec): Checkpoint | null {
  const file = readCheckpointFile(path, spec, false);
  if (file?.kind !== 'parts') return null;
  const { search, progressed: text } = file.content as Content;
  const progressed = progressedFromText(text);
  const done = 100 * (1 - weightOf(progressed.rest));
  printNote(`going on from ${path}: ${executionsIn(progressed.tally)} executions, some ${done.toFixed(1)} % done`);
  return { search, progressed };
}

export function writeCheckpoint(path: string, spec: ExploreSpec, { search, progressed }: Checkpoint): void {
  const content: Content = { search, progressed: progressedText(progressed) };
  writeCheckpointFile(path, spec, { kind: 'parts', content, lists: [] });
}

import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Progressed } from '../explore/divide.ts';
import { weightOf } from '../explore/divide.ts';
import { executionsIn } from '../explore/tally.ts';
import { progressedFromText, progressedText } from '../explore/tally-text.ts';
import { UsageError } from './exit.ts';
import type { ExploreSpec, LongSearch } from './explore-job.ts';
import { printNote } from './output.ts';
import { VERSION } from './version.ts';

/** Files from which a long exploration goes on. */

const FORMAT = 'weft checkpoint 1';

interface CheckpointFile {
  readonly format: string;
  /** Of everything that the search depends on. */
  readonly digest: string;
  readonly search: LongSearch;
  readonly progressed: string;
}

export interface Checkpoint {
  readonly search: LongSearch;
  readonly progressed: Progressed;
}

/** Reads a checkpoint, if there is one. Throws a {@link UsageError} if it is no checkpoint, or one of another search. */
export function readCheckpoint(path: string, spec: ExploreSpec): Checkpoint | null {
  if (!existsSync(path)) return null;
  const file = parsed(path);
  if (file.digest !== digestOf(spec))
    throw new UsageError(
      `${path} is a checkpoint of another search: of another program, model, or with other options; remove it to begin anew`,
    );
  const progressed = progressedFromText(file.progressed);
  const done = 100 * (1 - weightOf(progressed.rest));
  printNote(`going on from ${path}: ${executionsIn(progressed.tally)} executions, some ${done.toFixed(1)} % done`);
  return { search: file.search, progressed };
}

/** Writes a checkpoint so that at any time the file is a whole one. */
export function writeCheckpoint(path: string, spec: ExploreSpec, { search, progressed }: Checkpoint): void {
  const file: CheckpointFile = {
    format: FORMAT,
    digest: digestOf(spec),
    search,
    progressed: progressedText(progressed),
  };
  const beside = `${path}.new`;
  try {
    const descriptor = openSync(beside, 'w');
    writeFileSync(descriptor, JSON.stringify(file));
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(beside, path);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`);
  }
}

function parsed(path: string): CheckpointFile {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as Partial<CheckpointFile>;
    if (
      file.format === FORMAT &&
      file.digest !== undefined &&
      file.search !== undefined &&
      file.progressed !== undefined
    )
      return file as CheckpointFile;
  } catch {
    // Told below.
  }
  throw new UsageError(`${path} is no checkpoint of this version`);
}

/** How long a search may take, and how it is reported, is no matter. */
function digestOf({
  path: _,
  name: _name,
  color,
  draw,
  herd,
  parts,
  milliseconds,
  megabytes,
  ...search
}: ExploreSpec): string {
  void [_, _name, color, draw, herd, parts, milliseconds, megabytes];
  const model = existsSync(search.model) ? readFileSync(search.model, 'utf8') : '';
  const bytes = search.bytes === null ? null : [...search.bytes];
  return createHash('sha256')
    .update(JSON.stringify({ ...search, bytes, file: model, version: VERSION }))
    .digest('hex');
}

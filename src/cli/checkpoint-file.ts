import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { digest } from './digest.ts';
import { UsageError } from './exit.ts';
import type { ExploreSpec } from './explore-job.ts';
import { VERSION } from './version.ts';

/** Files from which a long exploration goes on: a line of JSON, then numbers in this machine's order. At any time such a file is a whole one, whenever the process is killed. */

const FORMAT = 'weft checkpoint 3';

interface Header {
  readonly format: string;
  /** Of everything that the search depends on. */
  readonly digest: string;
  readonly kind: CheckpointFile['kind'];
  readonly content: unknown;
  /** The lengths of the lists that follow, and their checksum. */
  readonly lengths: readonly number[];
  readonly checksum: string;
}

export interface CheckpointFile {
  /** What is written down: a search of states, or an exploration in parts. */
  readonly kind: 'states' | 'parts';
  /** As JSON has it. */
  readonly content: unknown;
  readonly lists: readonly Int32Array[];
}

export function writeCheckpointFile(path: string, spec: ExploreSpec, { kind, content, lists }: CheckpointFile): void {
  const lengths = lists.map(({ length }) => length);
  const header: Header = {
    format: FORMAT,
    digest: digestOf(spec),
    kind,
    content,
    lengths,
    checksum: checksumOf(lists),
  };
  const beside = `${path}.new`;
  try {
    const descriptor = openSync(beside, 'w');
    writeAll(descriptor, Buffer.from(`${JSON.stringify(header)}\n`));
    for (const list of lists) writeAll(descriptor, bytesOf(list));
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(beside, path);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`);
  }
}

/** What the file has, without its lists unless they are wanted; null if there is none. Throws a {@link UsageError} if it is no checkpoint, or one of another search. */
export function readCheckpointFile(path: string, spec: ExploreSpec, withLists: boolean): CheckpointFile | null {
  if (!existsSync(path)) return null;
  const { header, bytes } = parsed(path);
  if (header.digest !== digestOf(spec))
    throw new UsageError(
      `${path} is a checkpoint of another search: of another program, model, or with other options; remove it to begin anew`,
    );
  const { kind, content } = header;
  if (!withLists) return { kind, content, lists: [] };
  const lists = listsIn(bytes, header.lengths);
  if (lists === null || checksumOf(lists) !== header.checksum)
    throw new UsageError(`${path} is damaged; remove it to begin anew`);
  return { kind, content, lists };
}

function parsed(path: string): { readonly header: Header; readonly bytes: Buffer } {
  const file = readFileSync(path);
  const end = file.indexOf('\n');
  try {
    const header = JSON.parse(file.toString('utf8', 0, end === -1 ? file.length : end)) as Partial<Header>;
    if (header.format === FORMAT && header.digest !== undefined && header.lengths !== undefined)
      return { header: header as Header, bytes: file.subarray(end + 1) };
  } catch {
    // Told below.
  }
  throw new UsageError(`${path} is no checkpoint of this version`);
}

function listsIn(bytes: Buffer, lengths: readonly number[]): readonly Int32Array[] | null {
  const size = Int32Array.BYTES_PER_ELEMENT * lengths.reduce((sum, length) => sum + length, 0);
  if (bytes.length !== size) return null;
  // Lists begin where numbers may.
  const all = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + size));
  let at = 0;
  return lengths.map((length) => all.subarray(at, (at += length)));
}

function checksumOf(lists: readonly Int32Array[]): string {
  return digest('sha256', ...lists.map(bytesOf));
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** How long a search may take, how it is reported, and where it is saved is no matter. */
function digestOf({
  path: _,
  name: _name,
  color,
  draw,
  herd,
  parts,
  saving,
  milliseconds,
  megabytes,
  ...search
}: ExploreSpec): string {
  void [_, _name, color, draw, herd, parts, saving, milliseconds, megabytes];
  const model = existsSync(search.model) ? readFileSync(search.model, 'utf8') : '';
  const bytes = search.bytes === null ? null : [...search.bytes];
  return digest('sha256', JSON.stringify({ ...search, bytes, file: model, version: VERSION }));
}

import { isUtf8 } from 'node:buffer';
import type { Stats } from 'node:fs';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { ByteSource, Source } from '../base/span.ts';
import { UsageError } from './exit.ts';

/** The files that the arguments name; a folder stands for the files below it with one of the extensions, in order of name. */
export function expandPaths(paths: readonly string[], extensions: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!stat(path).isDirectory()) return [path];
    const below = walk(path).filter((file) => extensions.some((extension) => file.endsWith(extension)));
    if (below.length === 0) throw new UsageError(`no ${extensions.join(' or ')} file in ${path}`);
    return below;
  });
}

function walk(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return walk(path);
    return entry.isFile() ? [path] : [];
  });
}

function stat(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** A file's contents: text, with what is wrong with its encoding, or the bytes of a module. */
export type Input =
  | { readonly kind: 'text'; readonly source: Source; readonly problem: Diagnostic | null }
  | { readonly kind: 'binary'; readonly source: ByteSource };

const MAGIC = Buffer.from('\0asm');

/** Reads a file; a binary module is known by its name or its first bytes. */
export function readInput(path: string): Input {
  const bytes = readBytes(path);
  if (path.endsWith('.wasm') || bytes.subarray(0, MAGIC.length).equals(MAGIC))
    return { kind: 'binary', source: new ByteSource(path, bytes) };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return { kind: 'text', source: new Source(path, text), problem: isUtf8(bytes) ? null : utf8Problem(bytes) };
}

/** The source text of a file that must be one. */
export function readSource(path: string): Source {
  const input = readInput(path);
  if (input.kind === 'binary') throw new UsageError(`cannot read ${path}: it is a binary module, not a text`);
  const { source, problem } = input;
  if (problem === null) return source;
  const { line, column } = source.position(problem.at.start);
  throw new UsageError(`cannot read ${path}: ${problem.message} at ${line}:${column}`);
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** Complains of the first bytes that encode no character. */
function utf8Problem(bytes: Uint8Array): Diagnostic {
  let [valid, end] = [0, bytes.length];
  while (valid < end) {
    const middle = (valid + end + 1) >> 1;
    if (decodes(bytes.subarray(0, middle))) valid = middle;
    else end = middle - 1;
  }
  const start = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, valid), { stream: true }).length;
  const message = 'malformed UTF-8 encoding';
  return { code: 'malformed', rule: 'Lex/character', severity: 'error', message, at: { start, end: start + 1 } };
}

/** Whether bytes are characters, the last of which may be incomplete. */
function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** `MP` for `models/litmus/classic/MP.wast`. */
export function testName(path: string): string {
  return basename(path).replace(/\.(wast|wat|wasm|bex)$/, '');
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}

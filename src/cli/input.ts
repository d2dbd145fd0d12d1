import type { Stats } from 'node:fs';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Source } from '../base/span.ts';
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

/** The source text of a file. */
export function readSource(path: string): Source {
  const text = readText(path);
  if (text.startsWith('\0asm')) throw new UsageError(`cannot read ${path}: binary modules are not read yet, only text`);
  return new Source(path, text);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${reason(error)}`);
  }
}

/** `MP` for `models/litmus/classic/MP.wast`. */
export function testName(path: string): string {
  return basename(path).replace(/\.(wast|wat)$/, '');
}

function reason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no such file or folder';
  if (code === 'EACCES') return 'permission denied';
  return error instanceof Error ? error.message : String(error);
}

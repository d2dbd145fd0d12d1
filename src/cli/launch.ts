#!/usr/bin/env node
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * Starts the command, or a worker of it: whatever has this file's name in `code/`. Most of a short run would go into compiling what it
 * calls, so each file of code is loaded with what V8 compiled of it in the runs of scripts/warm-up.mjs, if that was with this version of
 * Node; V8 itself refuses what is not its own, and compiles. What some commands load lies together in one file for each, with
 * what V8 compiled of it in runs of that command alone: a third less to read, and nothing that others need.
 */

type Exports = Record<string, unknown>;
type Wrapped = (
  exports: Exports,
  require: (id: string) => unknown,
  module: { exports: Exports },
  filename: string,
) => void;

const here = fileURLToPath(import.meta.url);
const folder = join(dirname(here), 'code');
const requireOfNode = createRequire(here);
const entry = basename(here);
const [command = ''] = process.argv.slice(2);
/** Of this command's files together; there need not be any. */
const together = entry === 'weft.cjs' && /^[a-z]+$/.test(command) ? `${command}.together` : null;

const loaded = new Map<string, { exports: Exports }>();
/** Each text that was read, and what was compiled of it; by file. */
const scripts = new Map<string, { readonly text: string; readonly script: Script }>();

const compiledName = (file: string): string =>
  join(folder, `${file}.${process.version}-${process.platform}-${process.arch}.cache`);

function readCompiled(file: string): Buffer | undefined {
  try {
    return readFileSync(compiledName(file));
  } catch {
    return undefined;
  }
}

function compiled(file: string, text: string): unknown {
  const cachedData = readCompiled(file);
  const script = new Script(text, {
    filename: join(folder, file),
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  scripts.set(file, { text, script });
  return script.runInThisContext();
}

const kept =
  together !== null && existsSync(join(folder, together))
    ? // Plain ASCII, which Node reads fastest like this.
      (compiled(together, readFileSync(join(folder, together), 'latin1')) as Readonly<Record<string, Wrapped>>)
    : {};

function load(file: string): Exports {
  const before = loaded.get(file);
  if (before !== undefined) return before.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const run = kept[file] ?? (compiled(file, wrapped(readFileSync(join(folder, file), 'utf8'))) as Wrapped);
  const requireHere = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : requireOfNode(id));
  // It is told that it lies beside this file, where the workers' files are.
  run(module.exports, requireHere, module, join(dirname(here), file));
  return module.exports;
}

function wrapped(text: string): string {
  return `(function(exports,require,module,__filename){${text}\n})`;
}

/** Keeps what was compiled so far: functions are compiled at their first call, so this is more at the end of a run than after loading. */
function keepCompiled(): void {
  for (const [file, { script }] of scripts) write(compiledName(file), script.createCachedData());
}

/** Keeps what was loaded in one file; what was compiled of it is that of later runs. */
function keepTogether(file: string): void {
  const parts = [...scripts].map(([name, { text }]) => `${JSON.stringify(name)}:${text}`);
  // Where a character stands behind a backslash, it stands for itself.
  const ascii = `({${parts.join(',')}})`.replaceAll(/(\\*)([\x80-\uffff])/g, (_, slashes: string, char: string) => {
    const code = char.charCodeAt(0).toString(16).padStart(4, '0');
    return `${slashes.length % 2 === 0 ? slashes : slashes.slice(1)}\\u${code}`;
  });
  write(join(folder, file), ascii);
}

function write(path: string, what: string | Buffer): void {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, what);
  renameSync(beside, path);
}

const warmUp = process.env['WEFT_WARM_UP'];
if (warmUp === 'together' && together !== null) process.on('exit', () => keepTogether(together));
else if (warmUp !== undefined) process.on('exit', keepCompiled);
load(entry);

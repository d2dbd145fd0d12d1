#!/usr/bin/env node
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/**
 * Starts the command, or a worker of it: whatever has this file's name in `code/`. Most of a short run would go into compiling what it
 * calls, so each file of code is loaded with what V8 compiled of it in the runs of scripts/warm-up.mjs, if that was with this version of
 * Node; V8 itself refuses what is not its own, and compiles.
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
const compiledName = (file: string): string =>
  join(folder, `${file}.${process.version}-${process.platform}-${process.arch}.cache`);

const loaded = new Map<string, { exports: Exports }>();
const scripts = new Map<string, Script>();

function readCompiled(file: string): Buffer | undefined {
  try {
    return readFileSync(compiledName(file));
  } catch {
    return undefined;
  }
}

function load(file: string): Exports {
  const before = loaded.get(file);
  if (before !== undefined) return before.exports;
  const module = { exports: {} };
  loaded.set(file, module);
  const filename = join(folder, file);
  const text = readFileSync(filename, 'utf8');
  const cachedData = readCompiled(file);
  const script = new Script(`(function(exports,require,module,__filename){${text}\n})`, {
    filename,
    ...(cachedData === undefined ? {} : { cachedData }),
  });
  scripts.set(file, script);
  const requireHere = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : requireOfNode(id));
  // It is told that it lies beside this file, where the workers' files are.
  const place = join(dirname(here), file.replace(/\.cjs$/, '.js'));
  (script.runInThisContext() as Wrapped)(module.exports, requireHere, module, place);
  return module.exports;
}

/** Keeps what was compiled so far: functions are compiled at their first call, so this is more at the end of a run than after loading. */
function keepCompiled(): void {
  for (const [file, script] of scripts) {
    const beside = `${compiledName(file)}.${process.pid}`;
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, compiledName(file));
  }
}

if (process.env['WEFT_WARM_UP'] !== undefined) process.on('exit', keepCompiled);
load(basename(here).replace(/\.js$/, '.cjs'));

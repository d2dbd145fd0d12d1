import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Source } from '../../src/base/span.ts';
import { equalModules } from '../../src/syntax/equal.ts';
import type { Module } from '../../src/syntax/module.ts';
import type { Command } from '../../src/syntax/script.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { printModule } from '../../src/text/print-module.ts';
import { CORPORA, hasCorpora, scriptsIn } from '../support/corpora.ts';

/** Printing and reading again: the identity on every module of the official suites, whatever form the script has it in. */

function modulesOf(commands: readonly Command[]): readonly Module[] {
  return commands.flatMap((command) => {
    if (command.kind === 'thread') return modulesOf(command.commands);
    if (!('module' in command) || command.module === null || typeof command.module === 'string') return [];
    return command.module.parsed.ok ? [command.module.parsed.value] : [];
  });
}

function modulesIn(file: string): readonly Module[] {
  const script = parseScript(new Source(file, readFileSync(file, 'utf8')));
  if (!script.ok) throw new Error(`${file}: ${script.error[0]?.message}`);
  return modulesOf(script.value.commands);
}

/** Null if a module is printed and read again the same. */
function difference(module: Module): string | null {
  const printed = printModule(module);
  const again = parseModule(new Source('printed', printed));
  if (!again.ok) return `${again.error[0]?.message}: ${printed}`;
  return equalModules(again.value, module) ? null : printed;
}

/** Modules that parse, those that are asserted to be invalid included. */
const SUITES = [
  ['core', 5499],
  ['threads', 148],
  ['acquire-release', 1],
  ['shared-everything', 263],
] as const;

describe.skipIf(!hasCorpora())('every module of the suites is printed and read again the same', () => {
  test.each(SUITES)('%s', (folder, count) => {
    const differing: string[] = [];
    let modules = 0;
    for (const file of scriptsIn(folder)) {
      for (const module of modulesIn(file)) {
        modules++;
        const found = difference(module);
        if (found !== null) differing.push(`${relative(CORPORA, file)}: ${found}`);
      }
    }
    expect(differing).toEqual([]);
    expect(modules).toBe(count);
  });
});

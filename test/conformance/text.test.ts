import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Result } from '../../src/base/result.ts';
import { Source } from '../../src/base/span.ts';
import { equalModules } from '../../src/syntax/equal.ts';
import type { Module } from '../../src/syntax/module.ts';
import type { Command, ScriptModule } from '../../src/syntax/script.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { parseScript } from '../../src/text/parse-script.ts';
import { printModule } from '../../src/text/print-module.ts';
import { CORPORA, hasCorpora } from '../support/corpora.ts';

/** The scripts of a suite's folder, those in folders inside included. */
function scriptsIn(folder: string): string[] {
  const root = join(CORPORA, folder);
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.wast'))
    .map((file) => join(root, file))
    .toSorted();
}
